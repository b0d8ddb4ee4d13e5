"""Meetings: the host confirms the one that the rotation proposes, or changes it."""

from bot import meetings
from bot.board import change_on_board
from bot.errors import Words
from handlers.blocks import meetings as draw
from handlers.blocks.board import board as draw_board
from handlers.blocks.kit import View
from handlers.hearing import forms
from handlers.hearing.turn import Turn


async def on_confirm_clicked(turn: Turn) -> None:
    await turn.do(meetings.confirm, turn.subject, turn.now)


async def on_change_clicked(turn: Turn) -> None:
    await turn.open(await _change_form(turn))


async def on_change_form_sent(turn: Turn) -> None:
    answers = forms.as_changed(turn.heard, await _change_form(turn))
    forms.text(answers, "office", needed=Words("Where is it?"))
    arrangement = forms.arrangement(answers)
    stands = await turn.do(change_on_board, turn.subject, arrangement, turn.now)
    await turn.answer_in_place(draw_board(stands))


async def _change_form(turn: Turn) -> View:
    return draw.change_form(await turn.look(meetings.meeting_to_rearrange, turn.subject, turn.now))
