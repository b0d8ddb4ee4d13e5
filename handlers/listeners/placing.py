"""How a host puts an agenda together: what stands there of an item, in which order, and how the time is shared out."""

from functools import partial

from bot import board, meetings, placing
from bot.calendar import LONGEST_MEETING
from bot.errors import Words
from bot.placing import NotForItems, Placed
from bot.reading.durations import LONGEST, SHORTEST
from bot.seen.agenda import AgendaSeen
from bot.seen.items import ItemRead
from bot.seen.meetings import MeetingSeen
from handlers.blocks import placing as draw
from handlers.blocks.board import saved_on_board
from handlers.hearing import forms
from handlers.hearing.payloads import leading_number
from handlers.hearing.revising import Deed, revise
from handlers.hearing.turn import Turn


async def on_place_chosen(turn: Turn) -> None:
    seen = await turn.look(placing.item_to_place, turn.subject, turn.now, _made_for(turn))
    await turn.open(draw.place_form(seen, turn.heard.value))


async def on_place_form_sent(turn: Turn) -> None:
    look = partial(placing.item_to_place, item_id=turn.subject, now=turn.now, meeting_id=_made_for(turn))
    await turn.answer_in_place(saved_on_board(await revise(turn, look, partial(_placing, turn))))


async def _placing(turn: Turn, seen: ItemRead) -> Deed[AgendaSeen]:
    answers = forms.as_changed(turn.heard, draw.place_form(seen, turn.heard.value))
    wanted = Placed(
        title=forms.optional_text(answers, "title"),
        minutes=forms.optional_number(answers, "minutes", SHORTEST, LONGEST),
        lead=forms.optional_text(answers, "lead"),
        heading=forms.optional_text(answers, "heading"),
    )
    place = partial(
        placing.place, item_id=turn.subject, wanted=wanted, now=turn.now, meeting_id=_made_for(turn)
    )
    return partial(board.changed_on_board, change=place, now=turn.now)


async def on_order_clicked(turn: Turn) -> None:
    await turn.open(draw.order_form(await turn.look(placing.to_order, turn.subject, turn.now)))


async def on_order_form_sent(turn: Turn) -> None:
    typed = forms.text(turn.heard.answers, "order", needed=Words("Please write at least one number."))
    mark = turn.heard.value.partition(":")[2]
    order = partial(placing.put_in_order, meeting_id=turn.subject, typed=typed, mark=mark, now=turn.now)
    await turn.answer_in_place(saved_on_board(await turn.do(board.changed_on_board, order, turn.now)))


async def on_timing_clicked(turn: Turn) -> None:
    await turn.open(draw.timing_form(await turn.look(meetings.meeting_to_rearrange, turn.subject, turn.now)))


async def on_timing_form_sent(turn: Turn) -> None:
    look = partial(meetings.meeting_to_rearrange, meeting_id=turn.subject, now=turn.now)
    await turn.answer_in_place(saved_on_board(await revise(turn, look, partial(_sharing_out, turn))))


async def _sharing_out(turn: Turn, meeting: MeetingSeen) -> Deed[AgendaSeen]:
    answers = forms.as_changed(turn.heard, draw.timing_form(meeting))
    opening, breaks, reserve = (
        forms.number(answers, field, 0, LONGEST_MEETING) for field in ("opening", "breaks", "reserve")
    )
    wanted = NotForItems(opening, breaks, reserve)
    share_out = partial(placing.share_out, meeting_id=turn.subject, wanted=wanted, now=turn.now)
    return partial(board.changed_on_board, change=share_out, now=turn.now)


def _made_for(turn: Turn) -> int | None:
    """The meeting on whose board the item stood."""
    return leading_number(turn.heard.value.rpartition(":")[2])
