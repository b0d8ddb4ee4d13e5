"""Separate talks: an author has a thread opened, and those who talk in one go on in a group message."""

from functools import partial

from bot import capabilities, group_talks, separate_talks
from bot.group_talks import others_by_now
from bot.seen.separate_talks import GroupSeen
from handlers.blocks import separate_talks as draw
from handlers.hearing.group_messages import NotAllowed, opened
from handlers.hearing.revising import Deed, revise
from handlers.hearing.turn import Turn
from handlers.listeners.items import say_of_own
from storage.capabilities import Capability


async def on_take_up_clicked(turn: Turn) -> None:
    await say_of_own(turn, separate_talks.take_up, draw.taken_up)


async def on_group_clicked(turn: Turn) -> None:
    await turn.open(draw.group_form(await turn.look(group_talks.to_talk_in_group, turn.subject)))


async def on_group_form_sent(turn: Turn) -> None:
    """Slack opens the same conversation for the same people however often it is asked, so that comes first."""
    look = partial(group_talks.to_talk_in_group, item_id=turn.subject)
    try:
        group = await revise(turn, look, partial(_opening, turn))
    except NotAllowed:
        await turn.do(capabilities.note_a_refusal, Capability.GROUP_MESSAGES, turn.now)
        raise group_talks.opens_none() from None
    else:
        await turn.answer(draw.group_opened(group))


async def _opening(turn: Turn, seen: GroupSeen) -> Deed[GroupSeen]:
    """For those whom the form named, and nobody else."""
    if turn.heard.value.partition(":")[2] != seen.mark:
        raise others_by_now()
    channel_id = await opened(turn.client, seen.talkers, turn.services.timeouts.answer)
    return partial(
        group_talks.talk_in_group, item_id=turn.subject, channel_id=channel_id, mark=seen.mark, now=turn.now
    )
