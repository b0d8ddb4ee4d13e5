"""The host's board: what is on the agenda, what is to be decided, and publishing."""

from datetime import date

from bot.agenda import Agenda, lead_of
from handlers.blocks.agenda import closing, no_meeting, time_planned
from handlers.blocks.decisions import decision_buttons
from handlers.blocks.items import item_line, item_text, proposer_of
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    actions,
    bold,
    button,
    divider,
    header,
    option,
    overflow,
    paragraph,
    rich,
    section,
    small,
)
from handlers.blocks.meetings import CHANGE, when_and_where
from handlers.blocks.people import with_collaborative
from handlers.words import _, listing, minutes
from storage.items import Item

PUBLISH = "agenda.publish"
ARRANGE = "agenda.arrange"
ON_BOARD = "board:"
"""Begins the block ids of the board: what is clicked there is answered there."""
MOST_PLACED, MOST_WAITING, MOST_ASIDE = 16, 5, 3


def board(agenda: Agenda, today: date) -> Message:
    """`/agenda curate`: the host's board."""
    if agenda.meeting is None:
        return Message(no_meeting(agenda))
    meeting = agenda.meeting
    blocks = [header(_("Host's board")), *when_and_where(meeting), *closing(agenda, today)]
    blocks += [paragraph(bold(_("On the agenda"))), *_placed(agenda), *_total(agenda), *_balance(agenda)]
    blocks += _to_decide(agenda)
    blocks += _set_aside(agenda)
    return Message([*blocks, divider(), *_publishing(agenda)])


def _placed(agenda: Agenda) -> list[Block]:
    if not agenda.on_agenda:
        return [small(_("Nothing yet."))]
    blocks = [
        section(f"{number}. {item_text(item, lead_of(item) or '')}", _menu(item, _ways_on_agenda()))
        for number, item in enumerate(agenda.on_agenda[:MOST_PLACED], start=1)
    ]
    return blocks + _more(len(agenda.on_agenda) - MOST_PLACED)


def _ways_on_agenda() -> dict[str, str]:
    return {"earlier": _("Move up"), "later": _("Move down"), "back": _("Take off, decide again")}


def _menu(item: Item, ways: dict[str, str]) -> Element:
    return overflow(ARRANGE, [option(label, f"{item.id}:{way}") for way, label in ways.items()])


def _more(count: int) -> list[Block]:
    """As many again have no room here; they come up as others leave."""
    return [small(_("and {n} more").format(n=count))] if count > 0 else []


def _total(agenda: Agenda) -> list[Block]:
    if agenda.meeting is None or not agenda.on_agenda:
        return []
    available = agenda.meeting.minutes
    said = time_planned([item.minutes for item in agenda.on_agenda], available)
    over = agenda.minutes - available
    if over > 0:
        said = _("{over} too much. {planned}").format(over=minutes(over), planned=said)
    return [small(said)]


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
    return blocks + _more(len(agenda.waiting) - MOST_WAITING)


def _set_aside(agenda: Agenda) -> list[Block]:
    return _aside(_("Held for next time"), agenda.held) + _aside(_("Not taken"), agenda.not_taken)


def _aside(title: str, items: list[Item]) -> list[Block]:
    if not items:
        return []
    again = {"back": _("Decide again")}
    shown = [section(item_text(item), _menu(item, again)) for item in items[:MOST_ASIDE]]
    return [paragraph(bold(title)), *shown, *_more(len(items) - MOST_ASIDE)]


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
