"""Meetings: the host confirms the one that the rotation proposes, or changes it."""

from datetime import date
from functools import partial

from bot import cancelling, meetings
from bot.board import Rearranged, change_on_board
from bot.calendar import read_day
from bot.errors import Words
from bot.seen.meetings import MeetingSeen
from handlers.blocks import cancelling as draw_cancelling
from handlers.blocks import meetings as draw
from handlers.blocks.board import saved_on_board
from handlers.hearing import forms
from handlers.hearing.revising import Deed, revise
from handlers.hearing.turn import Turn


async def on_confirm_clicked(turn: Turn) -> None:
    await turn.do(meetings.confirm, turn.subject, turn.now, _day_read(turn))


async def on_change_clicked(turn: Turn) -> None:
    await turn.open(draw.change_form(await turn.look(meetings.meeting_to_rearrange, turn.subject, turn.now)))


async def on_change_form_sent(turn: Turn) -> None:
    look = partial(meetings.meeting_to_rearrange, meeting_id=turn.subject, now=turn.now)
    changed = await revise(turn, look, partial(_rearranging, turn))
    await turn.answer_in_place(
        saved_on_board(changed.board) if changed.board else draw.changed(changed.meeting)
    )


async def on_cancel_clicked(turn: Turn) -> None:
    await turn.open(
        draw_cancelling.cancel_form(await turn.look(cancelling.meeting_to_cancel, turn.subject, turn.now))
    )


async def on_cancel_form_sent(turn: Turn) -> None:
    await turn.answer_in_place(
        draw_cancelling.cancelled(await turn.do(cancelling.cancel, turn.subject, turn.now, _day_read(turn)))
    )


def _day_read(turn: Turn) -> date | None:
    """It stands behind the number."""
    read = turn.heard.value.partition(":")[2]
    return read_day(read) if read else None


async def _rearranging(turn: Turn, meeting: MeetingSeen) -> Deed[Rearranged]:
    answers = forms.as_changed(turn.heard, draw.change_form(meeting))
    forms.text(answers, "office", needed=Words("Where is it?"))
    arrangement = forms.arrangement(answers)
    return partial(change_on_board, meeting_id=turn.subject, arrangement=arrangement, now=turn.now)
