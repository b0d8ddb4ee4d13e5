"""The agenda on screen: how things stand, and the list."""

from collections.abc import Sequence
from datetime import date

from bot.agenda import Agenda
from handlers.blocks.decisions import BOARD
from handlers.blocks.items import ADD, MINE, item_line, proposer_of
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    actions,
    bold,
    button,
    header,
    line,
    paragraph,
    rich,
    rows,
    small,
)
from handlers.blocks.meetings import items_close, when_and_where
from handlers.blocks.people import with_collaborative
from handlers.blocks.tips import FIND
from handlers.words import _, minutes, ngettext
from storage.items import Item

LIST = "agenda.list"
PREVIEW = "digest.preview"
HELP = "help.show"
SETTINGS = "setup.show"
MOST_LISTED = 40


def status(agenda: Agenda, today: date, *, is_host: bool, is_admin: bool) -> Message:
    """`/agenda`: the next meeting, and where things stand."""
    more = actions(*_more_doors(agenda, is_host=is_host, is_admin=is_admin))
    if agenda.meeting is None:
        return Message([*no_meeting(agenda), actions(*doors()), more])
    return Message(
        [
            header(_("The next meeting")),
            *when_and_where(agenda.meeting),
            _counts(agenda),
            *closing(agenda, today),
            actions(*doors()),
            more,
        ]
    )


def _counts(agenda: Agenda) -> Block:
    on_agenda, waiting, held = len(agenda.on_agenda), len(agenda.waiting), len(agenda.held)
    counts = {
        ngettext("{n} item on the agenda", "{n} items on the agenda", on_agenda): on_agenda,
        ngettext("{n} waiting for the host", "{n} waiting for the host", waiting): waiting,
        ngettext("{n} held for next time", "{n} held for next time", held): held,
    }
    said = [line(sentence.format(n=n)) for sentence, n in counts.items() if n]
    return (
        rich(rows(said)) if said else paragraph(_("Nobody has added anything yet. Yours would be the first."))
    )


def doors() -> list[Element]:
    """What everybody can do, with or without commands."""
    return [_add_door(style="primary"), button(_("See the list"), LIST, "all"), _mine_door()]


def _add_door(style: str | None = None) -> Element:
    return button(_("Add an item"), ADD, "new", style=style)


def _mine_door() -> Element:
    return button(_("My items"), MINE, "all")


def _more_doors(agenda: Agenda, *, is_host: bool, is_admin: bool) -> list[Element]:
    """What is not for the standing message: it would be too much there, or is not for everybody."""
    board_door = [button(_("Host's board"), BOARD, agenda.meeting.id)] if is_host and agenda.meeting else []
    settings_door = [button(_("Settings"), SETTINGS, "all")] if is_admin else []
    return [
        *board_door,
        button(_("Tips"), FIND, "newest"),
        button(_("This week's digest"), PREVIEW, "now"),
        *settings_door,
        button(_("Help"), HELP, "all"),
    ]


def items_list(agenda: Agenda, today: date, *, is_host: bool, is_admin: bool) -> Message:
    """`/agenda list`: everything, for the one who asks."""
    blocks = (
        [header(_("The next meeting")), *when_and_where(agenda.meeting)]
        if agenda.meeting
        else no_meeting(agenda)
    )
    blocks += _group(_("On the agenda"), agenda.on_agenda, style="ordered")
    blocks += _group(_("Waiting for the host"), agenda.waiting)
    blocks += _group(_("Held for next time"), agenda.held)
    if not (agenda.on_agenda or agenda.waiting or agenda.held):
        blocks.append(paragraph(_("Nobody has added anything yet. Yours would be the first.")))
    return Message(
        [
            *blocks,
            *closing(agenda, today),
            actions(_add_door(), _mine_door()),
            actions(*_more_doors(agenda, is_host=is_host, is_admin=is_admin)),
        ]
    )


def no_meeting(agenda: Agenda) -> list[Block]:
    waiting = ngettext("{n} item waits for it.", "{n} items wait for it.", len(agenda.waiting)).format(
        n=len(agenda.waiting)
    )
    return [paragraph(_("The next meeting is not set yet.")), paragraph(waiting)]


def closing(agenda: Agenda, today: date) -> list[Block]:
    if agenda.meeting is None or agenda.closes is None:
        return []
    return [small(items_close(agenda.closes, today, agenda.meeting.host.name))]


def time_planned(lengths: Sequence[int | None], available: int) -> str:
    """How many minutes of those of the meeting are spoken for, and of how many items nobody said how long."""
    known = [length for length in lengths if length]
    unknown = len(lengths) - len(known)
    if not known:
        return _("No lengths given yet, for a meeting of {length}.").format(length=minutes(available))
    planned = _("{planned} planned for a meeting of {length}.").format(
        planned=minutes(sum(known)), length=minutes(available)
    )
    open_ended = ngettext(
        "{n} item without a length comes on top.", "{n} items without a length come on top.", unknown
    ).format(n=unknown)
    return f"{planned} {open_ended}" if unknown else planned


def _group(title: str, items: list[Item], style: str = "bullet") -> list[Block]:
    if not items:
        return []
    listed = [
        item_line(item, with_collaborative(proposer_of(item), item.collaborative))
        for item in items[:MOST_LISTED]
    ]
    blocks = [paragraph(bold(title)), rich(rows(listed, style))]
    if len(items) > MOST_LISTED:
        blocks.append(small(_("and {n} more").format(n=len(items) - MOST_LISTED)))
    return blocks
