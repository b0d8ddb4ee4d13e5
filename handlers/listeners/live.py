"""The live meeting: started with a form, and led by the buttons of its message, which the outbox draws anew."""

from collections.abc import Callable
from typing import Any

from bot import live, turns
from bot.live import MOST_TAKEN_UP
from handlers.blocks import live as draw
from handlers.hearing import forms
from handlers.hearing.payloads import leading_number
from handlers.hearing.turn import Turn


async def on_start(turn: Turn) -> None:
    """`/agenda start`, or the button: the form asks “Shall we?”."""
    seen = await turn.look(live.to_start, turn.heard.subject, turn.now)
    if seen.opens_at is None:
        await turn.open(draw.start_form(seen))
    else:
        await turn.open_message(draw.not_yet(seen, seen.opens_at))


async def on_start_form_sent(turn: Turn) -> None:
    chosen = forms.chosen(turn.heard.answers, draw.TAKEN_UP, MOST_TAKEN_UP)
    taken_up = {number for number in map(leading_number, chosen) if number}
    await turn.answer(draw.started(await turn.do(live.start, turn.subject, taken_up, turn.now)))


async def on_done_clicked(turn: Turn) -> None:
    await _lead(turn, turns.done)


async def on_put_off_clicked(turn: Turn) -> None:
    await _lead(turn, turns.put_off)


async def on_go_on_clicked(turn: Turn) -> None:
    await _lead(turn, turns.go_on)


async def on_go_back_clicked(turn: Turn) -> None:
    await _lead(turn, turns.go_back)


async def on_end_clicked(turn: Turn) -> None:
    await turn.do(live.end, turn.subject, turn.now)


async def _lead(turn: Turn, verb: Callable[..., Any]) -> None:
    """By a button that was made in one turn."""
    await turn.do(verb, turn.subject, turn.heard.value.partition(":")[2], turn.now)
