"""Preparing a meeting together: what its host says of help, and the admin who steps in."""

from functools import partial

from bot import board, preparing
from handlers.blocks import preparing as draw
from handlers.blocks.board import board as draw_board
from handlers.hearing.turn import Turn


async def on_help_yes_clicked(turn: Turn) -> None:
    """What was asked is drawn anew by the outbox."""
    await turn.do(preparing.say_whether_help_is_good, turn.subject, turn.now, is_wanted=True)


async def on_help_no_clicked(turn: Turn) -> None:
    await turn.do(preparing.say_whether_help_is_good, turn.subject, turn.now, is_wanted=False)


async def on_step_in_clicked(turn: Turn) -> None:
    step_in = partial(preparing.step_in, meeting_id=turn.subject, now=turn.now)
    await turn.answer(draw_board(await turn.do(board.changed_on_board, step_in, turn.now)))


async def on_step_back_clicked(turn: Turn) -> None:
    await turn.answer_in_place(
        draw.prepared_alone(await turn.do(preparing.step_back, turn.subject, turn.now))
    )
