"""The word to whoever brought an item: what its host decided, that this holds no more, or that it goes on."""

from bot.seen.items import ItemSeen, ItemState
from bot.seen.posts import CarriedOverSeen, OutcomeSeen
from handlers.blocks.decisions import host_and_day, why
from handlers.blocks.items import item_line, proposer_of
from handlers.blocks.kit import Block, Message, actions, paragraph, rich, rows, small
from handlers.blocks.meetings import yet_to_confirm
from handlers.blocks.own_items import add_again_door, called_there
from handlers.blocks.people import with_collaborative
from handlers.blocks.separate_talks import take_up_door, thread_is_open, thread_opens_soon
from handlers.words import _, listing


def outcome(seen: OutcomeSeen) -> Message:
    """To the proposer, in a direct message: what the host decided, and why."""
    item = seen.item
    host, day = host_and_day(item)
    sentences = {
        ItemState.ON_AGENDA: _("Your item was on the agenda for {day}.")
        if seen.is_over
        else _("Good news: your item is on the agenda for {day}. {host} hosts."),
        ItemState.HELD: _(
            "Your item is kept for the next meeting. The next host will read it. You need to do nothing."
        ),
        ItemState.NOT_TAKEN: _not_taken(seen),
        ItemState.WAITING: _("We do not meet on {day}. Your item goes on to the next meeting.")
        if item.meeting and item.meeting.is_cancelled
        else _("{host} is looking at your item again, and will answer you."),
    }
    said = sentences[item.state].format(day=day, host=host)
    blocks = [
        paragraph(said),
        rich(rows([item_line(item.as_brought)])),
        *map(small, filter(None, [_shares_place(item), called_there(item)])),
        *why(item),
        *_separately(seen),
    ]
    if item.state == ItemState.NOT_TAKEN:
        apart = [take_up_door(item)] if seen.may_take_up else []
        blocks += [
            small(_("You can change it and bring it again. It then goes to the host of the next meeting.")),
            actions(add_again_door(item), *apart),
        ]
    return Message(blocks)


def _not_taken(seen: OutcomeSeen) -> str:
    decision = seen.item.decision
    if decision is not None and decision.separately:
        return _("Thank you for bringing this. {host} would like us to talk about it separately.")
    if seen.is_over:
        return _("Thank you for bringing this. It was not on the agenda for {day}.")
    return _("Thank you for bringing this. It is not on the agenda for {day}.")


def _separately(seen: OutcomeSeen) -> list[Block]:
    """Where it is talked about, if the host decided so, or its author since."""
    if seen.is_talk_open:
        return [thread_is_open(seen.thread)]
    item = seen.item
    is_so = item.is_separate or (item.decision is not None and item.decision.separately)
    return [small(thread_opens_soon())] if is_so else []


def _shares_place(item: ItemSeen) -> str:
    """To whoever brought one of several that go together: with whom."""
    if item.state != ItemState.ON_AGENDA or not item.goes_with:
        return ""
    names = listing(
        dict.fromkeys(with_collaborative(proposer_of(one), one.collaborative) for one in item.goes_with)
    )
    return _("It goes together with what {names} brought. They take one place on the agenda.").format(
        names=names
    )


def reconsidered(item: ItemSeen) -> Message:
    """To the proposer: what they were told about their item stands no more."""
    said = _(
        "{host} is looking at your item again, so what I told you about it no longer stands. You will hear what they decide."
    )
    host, _day = host_and_day(item)
    return Message([paragraph(said.format(host=host)), rich(rows([item_line(item)]))])


def carried_over(seen: CarriedOverSeen) -> Message:
    """To the proposer: the meeting came and went, and their item goes on."""
    item = seen.item
    said = _("Your item goes on to the next meeting, on {day}. {host} will read it and answer you.")
    if seen.stays:
        said = _("Your item was on the agenda for {day}. It does not go on.")
    host, day = host_and_day(item)
    unsure = yet_to_confirm(item.meeting) if item.meeting and not seen.stays else []
    return Message([paragraph(said.format(day=day, host=host)), *unsure, rich(rows([item_line(item)]))])
