"""The agenda on screen: how things stand, the list, the host's board, and the published one."""

from datetime import date

from bot.agenda import Agenda, entries_of, last_changes, lead_of
from bot.changes import Changes, Entry
from bot.words import _, listing, minutes, ngettext, short_day
from handlers.blocks.decisions import BOARD, decision_buttons
from handlers.blocks.items import ADD, MINE, item_line, proposer_of
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    actions,
    bold,
    button,
    divider,
    header,
    line,
    option,
    overflow,
    paragraph,
    rich,
    rows,
    small,
    words,
)
from handlers.blocks.meetings import CHANGE, items_close, when_and_where
from handlers.blocks.people import name_of, with_collaborative
from handlers.blocks.tips import FIND
from storage.items import Item

LIST = "agenda.list"
PUBLISH = "agenda.publish"
ARRANGE = "agenda.arrange"
ON_BOARD = "board:"
"""Begins the block ids of the board: what is clicked there is answered there."""
MOST_WAITING, MOST_PLACED = 5, 10
MOST_LISTED = 40


def status(agenda: Agenda, today: date, *, is_host: bool) -> Message:
    """`/agenda`: the next meeting, and where things stand."""
    if agenda.meeting is None:
        return Message([*_no_meeting(agenda), actions(*doors())])
    counts = [
        ngettext("{n} item on the agenda", "{n} items on the agenda", len(agenda.on_agenda)).format(
            n=len(agenda.on_agenda)
        ),
        ngettext("{n} waiting for the host", "{n} waiting for the host", len(agenda.waiting)).format(
            n=len(agenda.waiting)
        ),
        ngettext("{n} held for next time", "{n} held for next time", len(agenda.held)).format(
            n=len(agenda.held)
        ),
    ]
    return Message(
        [
            header(_("The next meeting")),
            *when_and_where(agenda.meeting),
            rich(rows(line(count) for count in counts)),
            *_closing(agenda, today),
            actions(*doors(), *_more_doors(agenda, is_host=is_host)),
        ]
    )


def doors() -> list[Element]:
    """What everybody can do, with or without commands."""
    return [_add_door(style="primary"), button(_("See the list"), LIST, "all"), _mine_door()]


def _add_door(style: str | None = None) -> Element:
    return button(_("Add an item"), ADD, "new", style=style)


def _mine_door() -> Element:
    return button(_("My items"), MINE, "all")


def _more_doors(agenda: Agenda, *, is_host: bool) -> list[Element]:
    """What is not for the standing message: it would be too much there, or is not for everybody."""
    board_door = [button(_("Host's board"), BOARD, agenda.meeting.id)] if is_host and agenda.meeting else []
    return [button(_("Tips"), FIND, "newest"), *board_door]


def items_list(agenda: Agenda, today: date, *, is_host: bool) -> Message:
    """`/agenda list`: everything, for the one who asks."""
    blocks = (
        [header(_("The next meeting")), *when_and_where(agenda.meeting)]
        if agenda.meeting
        else _no_meeting(agenda)
    )
    blocks += _group(_("On the agenda"), agenda.on_agenda, style="ordered")
    blocks += _group(_("Waiting for the host"), agenda.waiting)
    blocks += _group(_("Held for next time"), agenda.held)
    if not (agenda.on_agenda or agenda.waiting or agenda.held):
        blocks.append(paragraph(_("Nobody has added anything yet. Yours would be the first.")))
    return Message(
        [
            *blocks,
            *_closing(agenda, today),
            actions(_add_door(), _mine_door(), *_more_doors(agenda, is_host=is_host)),
        ]
    )


def _no_meeting(agenda: Agenda) -> list[Block]:
    waiting = ngettext("{n} item waits for it.", "{n} items wait for it.", len(agenda.waiting)).format(
        n=len(agenda.waiting)
    )
    return [paragraph(_("The next meeting is not set yet.")), paragraph(waiting)]


def _closing(agenda: Agenda, today: date) -> list[Block]:
    if agenda.meeting is None or agenda.closes is None:
        return []
    return [small(items_close(agenda.closes, today, agenda.meeting.host.name))]


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


def board(agenda: Agenda, today: date) -> Message:
    """`/agenda curate`: the host's board."""
    if agenda.meeting is None:
        return Message(_no_meeting(agenda))
    meeting = agenda.meeting
    blocks = [header(_("Host's board")), *when_and_where(meeting), *_closing(agenda, today)]
    blocks += [paragraph(bold(_("On the agenda"))), *_placed(agenda), _total(agenda), *_balance(agenda)]
    blocks += _to_decide(agenda)
    blocks += _set_aside(agenda)
    return Message([*blocks, divider(), *_publishing(agenda)])


def _placed(agenda: Agenda) -> list[Block]:
    if not agenda.on_agenda:
        return [small(_("Nothing yet."))]
    blocks: list[Block] = []
    for number, item in enumerate(agenda.on_agenda[:MOST_PLACED], start=1):
        blocks += [rich(line(words(f"{number}. "), *item_line(item, lead_of(item) or "")["elements"]))]
        blocks += [actions(_arranging(item))]
    if len(agenda.on_agenda) > MOST_PLACED:
        rest = agenda.on_agenda[MOST_PLACED:]
        blocks.append(rich(rows(item_line(item) for item in rest)))
    return blocks


def _arranging(item: Item) -> Element:
    choices = {
        "earlier": _("Move up"),
        "later": _("Move down"),
        "back": _("Take off, decide again"),
    }
    return overflow(ARRANGE, [option(label, f"{item.id}:{way}") for way, label in choices.items()])


def _total(agenda: Agenda) -> Block:
    length = agenda.meeting.minutes if agenda.meeting else 0
    facts = {"planned": minutes(agenda.minutes), "length": minutes(length)}
    if agenda.minutes > length:
        return small(
            _("{planned} planned for a meeting of {length}: {over} too much.").format(
                **facts, over=minutes(agenda.minutes - length)
            )
        )
    return small(_("{planned} planned for a meeting of {length}.").format(**facts))


def _balance(agenda: Agenda) -> list[Block]:
    if not agenda.without_items:
        return []
    names = listing(host.name for host in agenda.without_items)
    return [small(_("Nothing yet from {names}.").format(names=names))]


def _to_decide(agenda: Agenda) -> list[Block]:
    if not agenda.waiting:
        return [divider(), small(_("Nothing waits for a decision."))]
    blocks: list[Block] = [divider(), paragraph(bold(_("To decide")))]
    for item in agenda.waiting[:MOST_WAITING]:
        from_whom = with_collaborative(proposer_of(item), item.collaborative)
        blocks += [
            rich(item_line(item, from_whom)),
            actions(*decision_buttons(item), block_id=f"{ON_BOARD}{item.id}"),
        ]
    if len(agenda.waiting) > MOST_WAITING:
        blocks.append(
            small(
                _("and {n} more; they show here as you decide on these.").format(
                    n=len(agenda.waiting) - MOST_WAITING
                )
            )
        )
    return blocks


def _set_aside(agenda: Agenda) -> list[Block]:
    blocks: list[Block] = []
    if agenda.held:
        blocks += [
            paragraph(bold(_("Held for next time"))),
            rich(rows(item_line(item) for item in agenda.held)),
        ]
    if agenda.not_taken:
        blocks += [paragraph(bold(_("Not taken"))), rich(rows(item_line(item) for item in agenda.not_taken))]
    return blocks


def _publishing(agenda: Agenda) -> list[Block]:
    meeting = agenda.meeting
    if meeting is None:
        return []
    change = button(_("Change the meeting…"), CHANGE, meeting.id)
    if agenda.is_published_as_it_stands:
        return [small(_("✓ Published as it stands.")), actions(change)]
    label = _("Publish again") if agenda.publications else _("Publish agenda")
    blocks = [actions(button(label, PUBLISH, meeting.id, style="primary"), change)]
    if agenda.publications:
        return [small(_("The agenda has changed since it was published.")), *blocks]
    return blocks


def published(agenda: Agenda) -> Message:
    """In the shared channel: the agenda as last published, and what that changed."""
    meeting, newest = agenda.meeting, agenda.publications[0]
    if meeting is None:
        raise ValueError("an agenda is published for a meeting")
    entries = entries_of(newest)
    total = sum(entry.minutes or 0 for entry in entries)
    blocks = [
        header(_("Agenda for {day}").format(day=short_day(meeting.day))),
        *when_and_where(meeting),
        rich(rows((_entry_line(entry) for entry in entries), "ordered")),
        small(
            _("{planned} planned for a meeting of {length}.").format(
                planned=minutes(total), length=minutes(meeting.minutes)
            )
        ),
    ]
    if newest.held:
        blocks.append(
            small(
                ngettext(
                    "{n} item is held for next time.", "{n} items are held for next time.", newest.held
                ).format(n=newest.held)
            )
        )
    blocks += _what_changed(agenda)
    return Message([*blocks, actions(*doors())])


def _entry_line(entry: Entry) -> Element:
    facts = " · ".join(fact for fact in (minutes(entry.minutes) if entry.minutes else "", entry.lead) if fact)
    return line(bold(entry.title), words(f" · {facts}")) if facts else line(bold(entry.title))


def _what_changed(agenda: Agenda) -> list[Block]:
    changed = last_changes(agenda)
    if changed is None:
        return []
    newest = agenda.publications[0]
    said = _("Changed by {name}:").format(name=name_of(newest.by))
    return [paragraph(bold(said)), rich(rows(line(change) for change in _changes(changed)))]


def _changes(changed: Changes) -> list[str]:
    said = {
        _("Added: {title}"): changed.added,
        _("Taken off: {title}"): changed.removed,
        _("Moved: {title}"): changed.moved,
        _("Reworded: {title}"): changed.edited,
    }
    found = [sentence.format(title=entry.title) for sentence, which in said.items() for entry in which]
    return found or [_("The number of items held for next time.")]
