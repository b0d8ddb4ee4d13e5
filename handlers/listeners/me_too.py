"""Me too: anybody says it of what others brought, of several in a form, or of one where they read it."""

from functools import partial
from typing import Any

from bot import me_too
from bot.errors import UserError
from bot.me_too import SayOfOne
from handlers.blocks import items as draw_items
from handlers.blocks import me_too as draw
from handlers.blocks.limits import CHECKBOXES
from handlers.hearing import forms
from handlers.hearing.payloads import leading_number
from handlers.hearing.turn import Turn


async def on_me_too_clicked(turn: Turn) -> None:
    seen = await turn.look(me_too.to_say, turn.now, turn.heard.page or 0)
    if seen.items:
        await turn.open(draw.me_too_form(seen))
    else:
        await turn.open_message(draw.nothing_to_say(seen))


async def on_me_too_form_sent(turn: Turn) -> None:
    """What its sender did not touch stays as it is."""
    touched = [field for field in forms.changed(turn.heard) if field.startswith(draw.TICKED)]
    sent, before = (_ticked(of, touched) for of in (turn.heard.answers, turn.heard.filled_in))
    page = leading_number(turn.heard.value.partition(":")[2]) or 0
    say = partial(me_too.say, more=sent - before, no_more=before - sent, now=turn.now, page=page)
    await turn.answer(draw.noted(await turn.do(say)))


async def on_say_clicked(turn: Turn) -> None:
    await _say_of_one(turn, me_too.say_of_one)


async def on_not_me_clicked(turn: Turn) -> None:
    await _say_of_one(turn, me_too.take_back_of_one)


async def _say_of_one(turn: Turn, say: SayOfOne) -> None:
    """Where they read the item it stands there then. A message for all is drawn anew by the outbox."""
    read = await turn.do(say, turn.subject, turn.now)
    if turn.heard.view is None:
        await turn.answer(draw.noted_of_one(read))
    else:
        await turn.answer_in_place(draw_items.read(read))


def _ticked(answers: dict[str, Any], fields: list[str]) -> set[int]:
    return {_number(field, one) for field in fields for one in forms.chosen(answers, field, CHECKBOXES)}


def _number(field: str, ticked: str) -> int:
    number = leading_number(ticked)
    if number is None:
        raise UserError("Please choose one of the list.", field=field)
    return number
