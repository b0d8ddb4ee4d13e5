"""How a host welcomes people: what is told of the day, and whether the meeting begins with the host's staff."""

from functools import partial

from bot import board, welcoming
from bot.errors import NothingChanged
from bot.seen.agenda import AgendaSeen
from bot.seen.meetings import Welcome
from bot.welcoming import ToWelcomeSeen
from handlers.blocks import welcoming as draw
from handlers.blocks.board import board as draw_board
from handlers.blocks.board import saved_on_board
from handlers.hearing import forms
from handlers.hearing.revising import Deed, revise
from handlers.hearing.turn import Turn


async def on_welcome_chosen(turn: Turn) -> None:
    """The button, or the menu of the line with which the meeting begins."""
    way = turn.heard.value.partition(":")[2]
    if way == draw.TO_FILL_IN:
        await turn.open(draw.welcome_form(await turn.look(welcoming.to_welcome, turn.subject, turn.now)))
    elif way == draw.TO_LEAVE_OUT:
        without = partial(welcoming.begin_without_staff, meeting_id=turn.subject, now=turn.now)
        await turn.answer_in_place(draw_board(await turn.do(board.changed_on_board, without, turn.now)))
    else:
        raise NothingChanged("This can't be done with a meeting.")


async def on_welcome_form_sent(turn: Turn) -> None:
    look = partial(welcoming.to_welcome, meeting_id=turn.subject, now=turn.now)
    await turn.answer_in_place(saved_on_board(await revise(turn, look, partial(_telling, turn))))


async def _telling(turn: Turn, seen: ToWelcomeSeen) -> Deed[AgendaSeen]:
    answers = forms.as_changed(turn.heard, draw.welcome_form(seen))
    staff, arrival, nearby = (forms.optional_text(answers, field) for field in ("staff", "arrival", "nearby"))
    told = Welcome(staff, arrival, nearby)
    tell = partial(welcoming.welcome, meeting_id=turn.subject, told=told, now=turn.now)
    return partial(board.changed_on_board, change=tell, now=turn.now)
