"""The host's board: what is on the agenda, what is to be decided, and publishing."""

from datetime import date

from bot.agenda import Agenda, lead_of
from bot.words import _, listing, minutes
from handlers.blocks.agenda import closing, no_meeting
from handlers.blocks.decisions import decision_buttons
from handlers.blocks.items import item_line, proposer_of
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
from handlers.blocks.meetings import CHANGE, when_and_where
from handlers.blocks.people import with_collaborative
from storage.items import Item

PUBLISH = "agenda.publish"
ARRANGE = "agenda.arrange"
ON_BOARD = "board:"
"""Begins the block ids of the board: what is clicked there is answered there."""
MOST_WAITING, MOST_PLACED = 5, 10


def board(agenda: Agenda, today: date) -> Message:
    """`/agenda curate`: the host's board."""
    if agenda.meeting is None:
        return Message(no_meeting(agenda))
    meeting = agenda.meeting
    blocks = [header(_("Host's board")), *when_and_where(meeting), *closing(agenda, today)]
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
