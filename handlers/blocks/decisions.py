"""Decisions on screen: the card for those who decide, and the word to the proposer."""

from bot.calendar import local_day, zone
from bot.decisions import DECIDED
from handlers.blocks.items import ADD_AGAIN, item_line, proposer_of, wishes
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    View,
    actions,
    bold,
    button,
    form,
    input_block,
    line,
    option,
    paragraph,
    quote,
    rich,
    rows,
    select,
    small,
    text_input,
)
from handlers.blocks.people import called, with_collaborative
from handlers.words import _, moment, short_day
from storage.items import Item, ItemState, Reason
from storage.meetings import Meeting

TAKE = "item.take"
HOLD = "item.hold"
LEAVE_OUT = "item.leave_out"
LEAVE_OUT_FORM = "item.leave_out_form"
UNDO = "item.undo"
BOARD = "agenda.board"


def reasons() -> dict[Reason, str]:
    return {
        Reason.TOO_FULL: _("This agenda is full"),
        Reason.ELSEWHERE: _("Better settled outside the meeting"),
        Reason.ALREADY_COVERED: _("Covered by another item"),
        Reason.NEEDS_MORE: _("It needs more preparation first"),
        Reason.NOT_OURS: _("Not for this group"),
        Reason.OTHER: _("Another reason"),
    }


def card(item: Item, timezone: str, *, is_for_hosts: bool, was_reached: bool = True) -> Message:
    """One item, for one of those who decide: what it is, and what can be done about it or was done.

    `was_reached`: whether Slack took the word to its proposer.
    """
    if item.state in DECIDED:
        next_step = _decided(item, timezone, was_reached=was_reached)
    else:
        next_step = _undecided(item, is_for_hosts=is_for_hosts)
    return Message([*_told(item, timezone), *next_step])


def _told(item: Item, timezone: str) -> list[Block]:
    from_whom = with_collaborative(proposer_of(item), item.collaborative)
    wish = wishes()[item.wish] if item.wish else ""
    since = short_day(local_day(item.submitted_at or item.created_at, zone(timezone)))
    parts = [item_line(item), line(_("From {name}").format(name=from_whom))]
    if item.lead:
        parts.append(line(_("Led by {name}").format(name=item.lead)))
    parts += [quote(text) for text in (item.details, item.links) if text]
    facts = " · ".join(fact for fact in (wish, _("added {day}").format(day=since), _meeting(item)) if fact)
    return [rich(*_on_lines_of_their_own(parts)), small(facts)]


def _on_lines_of_their_own(parts: list[Element]) -> list[Element]:
    """Slack sets neighbouring sections on one line, unless a line end stands between them."""
    spaced: list[Element] = []
    for part in parts:
        if spaced and part["type"] == spaced[-1]["type"] == "rich_text_section":
            spaced[-1]["elements"].append({"type": "text", "text": "\n"})
        spaced.append(part)
    return spaced


def _meeting(item: Item) -> str:
    return _("for {day}").format(day=short_day(item.meeting.day)) if item.meeting else ""


def _undecided(item: Item, *, is_for_hosts: bool) -> list[Block]:
    if item.state != ItemState.WAITING:
        return [paragraph(_("{name} has withdrawn this item.").format(name=called(item.proposer.name)))]
    if is_for_hosts or item.meeting is None:
        return [actions(*decision_buttons(item))]
    elsewhere = _("This is with {host} now, for {day}.")
    return [paragraph(elsewhere.format(host=item.meeting.host.name, day=short_day(item.meeting.day)))]


def decision_buttons(item: Item) -> list[Element]:
    return [
        button(_("Add to agenda"), TAKE, item.id, style="primary", about=item.title),
        button(_("Hold for next time"), HOLD, item.id, about=item.title),
        button(_("Not this one…"), LEAVE_OUT, item.id, about=item.title),
    ]


def _decided(item: Item, timezone: str, *, was_reached: bool) -> list[Block]:
    sentences = {
        ItemState.ON_AGENDA: _("✓ {name} added this to the agenda, {when}."),
        ItemState.HELD: _("✓ {name} held this for next time, {when}."),
        ItemState.NOT_TAKEN: _("✓ {name} decided against this one, {when}."),
    }
    when = moment(item.decided_at, timezone) if item.decided_at else ""
    said = sentences[item.state].format(
        name=called(item.decided_by.name if item.decided_by else None), when=when
    )
    return [paragraph(said), *_why(item), _undo_or_told(item, was_reached=was_reached)]


def _undo_or_told(item: Item, *, was_reached: bool) -> Block:
    if item.told_at is None:
        return actions(button(_("Undo"), UNDO, f"{item.id}:{item.decisions}", about=item.title))
    told = (
        _("{name} has been told.")
        if was_reached
        else _("Slack did not let me tell {name}. Please do it yourself.")
    )
    return small(told.format(name=called(item.proposer.name)))


def _why(item: Item) -> list[Block]:
    """The reason, and the host's own line."""
    if item.reason is None:
        return []
    parts = [line(reasons()[item.reason])]
    return [rich(*parts, quote(item.note)) if item.note else rich(*parts)]


def outcome(item: Item, host: str) -> Message:
    """To the proposer, in a direct message: what the host decided, and why."""
    meeting = short_day(item.meeting.day) if item.meeting else ""
    sentences = {
        ItemState.ON_AGENDA: _("Good news: your item is on the agenda for {day}. {host} added it."),
        ItemState.HELD: _(
            "{host} holds your item for next time. The next host will see it; you need do nothing."
        ),
        ItemState.NOT_TAKEN: _("{host} did not take your item for {day}."),
    }
    said = sentences[item.state].format(day=meeting, host=host)
    blocks = [paragraph(said), rich(rows([item_line(item)])), *_why(item)]
    if item.state == ItemState.NOT_TAKEN:
        blocks += [
            small(_("You can change it and bring it again: it then goes to whoever hosts the next meeting.")),
            actions(button(_("Change it and add it again…"), ADD_AGAIN, item.id)),
        ]
    return Message(blocks)


def reconsidered(item: Item, host: str) -> Message:
    """To the proposer: what they were told about their item stands no more."""
    said = _(
        "{host} is looking at your item again, so what I told you about it no longer stands. You will hear what they decide."
    )
    return Message([paragraph(said.format(host=host)), rich(rows([item_line(item)]))])


def carried_over(item: Item, meeting: Meeting) -> Message:
    """To the proposer: the meeting came and went, and their item goes on."""
    said = _(
        "Your item goes on to the next meeting, on {day}. {host} hosts it and decides; you will hear either way."
    )
    return Message(
        [
            paragraph(said.format(day=short_day(meeting.day), host=meeting.host.name)),
            rich(rows([item_line(item)])),
        ]
    )


def withdrawal(item: Item) -> Message:
    """To those who decide, in a message of its own: what they had put on the agenda was taken back."""
    day = short_day(item.meeting.day) if item.meeting else ""
    said = _("{name} has withdrawn an item that was on the agenda for {day}:")
    board = button(_("Host's board"), BOARD, item.meeting_id or 0)
    return Message(
        [
            paragraph(said.format(name=called(item.proposer.name), day=day)),
            rich(rows([item_line(item)])),
            small(_("If the agenda is published already, publish it again to show this.")),
            actions(board),
        ]
    )


def leave_out_form(item: Item, opened_from: str) -> View:
    return form(
        LEAVE_OUT_FORM,
        _("Not this one"),
        [
            rich(line(bold(item.title))),
            small(_("{name} will read this, in a direct message.").format(name=called(item.proposer.name))),
            input_block(
                "reason",
                _("Why not this time?"),
                select([option(why, key) for key, why in reasons().items()]),
            ),
            input_block(
                "note",
                _("A line of your own"),
                text_input(limit=1000, multiline=True),
                optional=True,
                hint=_("A kind word helps between neighbors."),
            ),
        ],
        submit=_("Tell them"),
        about=f"{item.id}:{opened_from}",
    )
