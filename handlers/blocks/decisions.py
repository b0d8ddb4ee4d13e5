"""Decisions on screen: the card for those who decide, and what they read of one that was taken back."""

from bot.seen.items import DECIDED, DecisionSeen, ItemSeen, ItemState, Reason
from bot.seen.posts import CardSeen
from handlers.blocks.asked import TO_ASK, questions
from handlers.blocks.ids import ARRANGE, BOARD, HOLD, LEAVE_OUT, TAKE, UNDO
from handlers.blocks.items import in_short, item_line, remove_label, whole
from handlers.blocks.joining import TO_JOIN, goes_with, join_label, take_apart_door
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    actions,
    button,
    line,
    option,
    overflow,
    paragraph,
    quote,
    rich,
    rows,
    section,
    small,
)
from handlers.blocks.people import called
from handlers.blocks.who_says_me_too import who_says_me_too
from handlers.words import _, moment, short_day

SEPARATELY = "separately"
"""Among the reasons why an item is not on the agenda; and in its menu, the way to the form for that one alone."""
TO_REMOVE = "remove"
"""In the menu of an item, the way to remove its words."""


def reasons() -> dict[Reason, str]:
    return {
        Reason.TOO_FULL: _("This agenda is full"),
        Reason.ELSEWHERE: _("Better settled outside the meeting"),
        Reason.ALREADY_COVERED: _("Covered by another item"),
        Reason.NEEDS_MORE: _("It needs more preparation first"),
        Reason.NOT_OURS: _("Not for this group"),
        Reason.OTHER: _("Another reason"),
    }


def card(seen: CardSeen) -> Message:
    """One item, for one of those who decide: what it is, and what can be done about it or was done."""
    if seen.item is None:
        return Message([_elsewhere(seen)])
    if seen.item.decision is not None:
        next_step = _decided(seen.item, seen.item.decision, seen)
    else:
        next_step = _undecided(seen.item, seen)
    tell = whole if seen.is_for_hosts else in_short
    asked = questions(seen.questions, seen.item.proposer, on_card=True)
    me_too = map(small, filter(None, [who_says_me_too(seen.me_too)]))
    return Message([*tell(seen.item, seen.timezone), *me_too, *asked, *next_step])


def folded_card(seen: CardSeen) -> Message:
    """The same among others: what is decided takes little room, and can be undone on its own line."""
    item = seen.item
    if item is None or item.decision is None:
        return card(seen)
    stays = item.decision.is_told or seen.is_closed or item.joined_to
    undo = None if stays else _undo(item, item.decision)
    said = section(f"{item.title}\n{_what_was_decided(item, item.decision, seen)}", undo)
    return Message([said, *why(item), *_what_follows(item, item.decision, seen)])


def _undecided(item: ItemSeen, seen: CardSeen) -> list[Block]:
    if item.state == ItemState.ON_AGENDA:
        return [_had_its_time(item)]
    if item.joined_to and seen.is_for_hosts and not seen.is_closed:
        return [goes_with(item), actions(take_apart_door(item), more_ways(item))]
    if item.state != ItemState.WAITING:
        return [_off_the_list(item), *([actions(more_ways(item))] if seen.is_for_hosts else [])]
    if seen.is_closed:
        said_of_meeting = (
            _("This meeting is cancelled. The item goes to the next host.")
            if seen.meeting.is_cancelled
            else _("This meeting is over. The item goes to the next host.")
        )
        return [paragraph(said_of_meeting)]
    if seen.is_for_hosts:
        return [actions(*decision_buttons(item), more_ways(item))]
    return [_elsewhere(seen)]


def _off_the_list(item: ItemSeen) -> Block:
    sentences = {
        ItemState.SOLVED: _("{name} says that this is solved."),
        ItemState.HELD: _("{name} keeps this for the next meeting."),
        ItemState.RESTING: _(
            "This rests, since meetings were held without it. Hosts find it on their board."
        ),
    }
    said = sentences.get(item.state, _("{name} has withdrawn this item."))
    return paragraph(said.format(name=called(item.proposer)))


def _elsewhere(seen: CardSeen) -> Block:
    said = _("This is with {host} now, for {day}.")
    return paragraph(said.format(host=seen.meeting.host, day=short_day(seen.meeting.day)))


def _had_its_time(item: ItemSeen) -> Block:
    """Nobody decided on it for this meeting: it came back from the next one, to which it was to go on."""
    _host, day = host_and_day(item)
    return paragraph(_("This was on the agenda for {day}. You need not decide.").format(day=day))


def more_ways(item: ItemSeen, *, is_closed: bool = False) -> Element:
    """What is seldom needed, behind three dots. `is_closed`: nothing about it is decided any more."""
    may_ask = _may_be_asked_about(item) and not is_closed
    may_decide = item.state == ItemState.WAITING and not (item.joined_to or is_closed)
    may_join = item.state in (ItemState.WAITING, ItemState.ON_AGENDA) and not (item.joined_to or is_closed)
    ways = {
        **({TO_ASK: _("Ask a question…")} if may_ask else {}),
        **({TO_JOIN: join_label()} if may_join else {}),
        **({SEPARATELY: _("Take it up separately…")} if may_decide else {}),
    }
    offered = [option(label, way_of(item, way)) for way, label in ways.items()]
    return overflow(ARRANGE, [*offered, option(remove_label(), f"{item.id}:{TO_REMOVE}")])


def way_of(item: ItemSeen, way: str) -> str:
    """And the meeting: should the item go on to another one, it is good for nothing there."""
    return f"{item.id}:{way}:{item.meeting.id}" if item.meeting else f"{item.id}:{way}"


def _may_be_asked_about(item: ItemSeen) -> bool:
    """As long as its author waits for a decision."""
    is_told = item.decision is not None and item.decision.is_told
    return item.state in (ItemState.WAITING, *DECIDED) and not is_told


def decision_buttons(item: ItemSeen) -> list[Element]:
    asked = asked_of(item)
    take = _("Take it up today") if item.came_up else _("Add to agenda")
    return [
        button(take, TAKE, asked, style="primary", about=item.title),
        button(_("Keep for the next meeting"), HOLD, asked, about=item.title),
        button(_("Not this one…"), LEAVE_OUT, asked, about=item.title),
    ]


def asked_of(item: ItemSeen) -> str:
    """The item and the meeting: should it go on to another one, the button is good for nothing."""
    return f"{item.id}:{item.meeting.id}" if item.meeting else f"{item.id}"


def _decided(item: ItemSeen, decision: DecisionSeen, seen: CardSeen) -> list[Block]:
    said = paragraph(_what_was_decided(item, decision, seen))
    undo = [] if seen.is_closed else _back(item, decision, seen)
    more = [more_ways(item, is_closed=seen.is_closed or seen.is_of_nobody)] if seen.is_for_hosts else []
    ways = [actions(*undo, *_to_publish(item, seen), *more)] if undo or more else []
    return [said, *why(item), *ways, *_what_follows(item, decision, seen)]


def _what_was_decided(item: ItemSeen, decision: DecisionSeen, seen: CardSeen) -> str:
    sentences = {
        ItemState.ON_AGENDA: _("✓ {name} added this to the agenda, {when}."),
        ItemState.HELD: _("✓ {name} kept this for the next meeting, {when}."),
        ItemState.NOT_TAKEN: _("✓ {name} takes this up separately, {when}.")
        if decision.separately
        else _("✓ {name} decided against this one, {when}."),
    }
    when = moment(decision.at, seen.timezone)
    return sentences[item.state].format(name=called(decision.by), when=when)


def _to_publish(item: ItemSeen, seen: CardSeen) -> list[Element]:
    """From what is on the agenda the way leads on to the board, where it is arranged and published."""
    goes_on = item.state == ItemState.ON_AGENDA and seen.is_for_hosts and not seen.is_closed
    return [button(_("Host's board"), BOARD, seen.meeting.id)] if goes_on else []


def _back(item: ItemSeen, decision: DecisionSeen, seen: CardSeen) -> list[Element]:
    """What was decided about an item together with another is undone there."""
    if item.joined_to:
        return [take_apart_door(item)] if seen.is_for_hosts else []
    return [] if decision.is_told else [_undo(item, decision)]


def _undo(item: ItemSeen, decision: DecisionSeen) -> Element:
    return button(_("Undo"), UNDO, f"{item.id}:{decision.number}", about=item.title)


def _what_follows(item: ItemSeen, decision: DecisionSeen, seen: CardSeen) -> list[Block]:
    """Until when it can be undone, or whether its proposer has heard."""
    if not decision.is_told:
        return [] if seen.is_closed else _until_then(item, seen)
    if seen.is_of_nobody:
        return []
    if seen.had_left:
        return [
            small(
                _("{name} had left the channel, so I told them nothing.").format(name=called(item.proposer))
            )
        ]
    told = (
        _("{name} has been told.")
        if seen.was_reached
        else _("Slack did not let me tell {name}. Please do it yourself.")
    )
    return [small(told.format(name=called(item.proposer)))]


def _until_then(item: ItemSeen, seen: CardSeen) -> list[Block]:
    if seen.told_at is None:
        return []
    said = (
        _("{name} hears this on {when}.")
        if item.joined_to
        else _("You can undo this until {when}. Then {name} is told.")
    )
    return [small(said.format(when=moment(seen.told_at, seen.timezone), name=called(item.proposer)))]


def why(item: ItemSeen) -> list[Block]:
    """The reason, if that is not told before, and the host's own line."""
    decision = item.decision
    if decision is None or decision.reason is None:
        return []
    parts = [] if decision.separately else [line(reasons()[decision.reason])]
    parts += [quote(decision.note)] if decision.note else []
    return [rich(*parts)] if parts else []


def withdrawal(item: ItemSeen) -> Message:
    """To those who decide, in a message of its own: what they had put on the agenda was taken back."""
    sentences = {
        ItemState.WITHDRAWN: _("{name} has withdrawn an item that was on the agenda for {day}:"),
        ItemState.SOLVED: _("{name} says that this item is solved. It was on the agenda for {day}:"),
    }
    said = sentences.get(item.state, _("{name} has brought this item back:"))
    _host, day = host_and_day(item)
    board = button(_("Host's board"), BOARD, item.meeting.id if item.meeting else 0)
    return Message(
        [
            paragraph(said.format(name=called(item.proposer), day=day)),
            rich(rows([item_line(item)])),
            small(_("If the agenda is published already, publish it again to show this.")),
            actions(board),
        ]
    )


def host_and_day(item: ItemSeen) -> tuple[str, str]:
    """Whose meeting it is proposed for, and on which day."""
    return (item.meeting.host, short_day(item.meeting.day)) if item.meeting else ("", "")
