"""Who hosts: the year's turns, and what hosts ask each other."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from bot import swaps, year
from bot.errors import UserError
from bot.hosting import Read
from handlers.blocks import swaps as draw
from handlers.blocks.hosting import GIVE, SWAP
from handlers.blocks.year import year as draw_year
from handlers.hearing import forms
from handlers.hearing.payloads import leading_number
from handlers.hearing.turn import Turn


class Chosen(NamedTuple):
    """What was chosen in the menu of hosts and meetings: its `way` and id, and who hosted when the form opened."""

    way: str
    id: int
    read: Read


def chosen_host(turn: Turn) -> Chosen:
    """Raises UserError if it is none of the list."""
    way, _colon, choice = forms.said(turn.heard.answers, "host").partition(":")
    number = leading_number(choice)
    if way not in (GIVE, SWAP) or number is None:
        raise UserError("Please choose one of the list.", field="host")
    before, in_exchange = (leading_number(told.partition(":")[2]) for told in (turn.heard.value, choice))
    return Chosen(way, number, Read(before, in_exchange))


async def on_hosts(turn: Turn) -> None:
    await turn.answer(draw_year(await turn.look(year.who_hosts_when, turn.now)))


async def on_swap_clicked(turn: Turn) -> None:
    await turn.open(draw.swap_form(await turn.look(swaps.to_ask, turn.subject, turn.now)))


async def on_swap_form_sent(turn: Turn) -> None:
    chosen = chosen_host(turn)
    ask = {GIVE: swaps.ask_to_host, SWAP: swaps.ask_to_swap}[chosen.way]
    asking = partial(ask, meeting_id=turn.subject, other_id=chosen.id, now=turn.now, read=chosen.read)
    await turn.answer_in_place(draw_year(await turn.do(year.after, asking, turn.now)))


async def on_agree_clicked(turn: Turn) -> None:
    await _settle(turn, swaps.agree)


async def on_decline_clicked(turn: Turn) -> None:
    await _settle(turn, swaps.decline)


async def on_take_back_clicked(turn: Turn) -> None:
    await _settle(turn, swaps.take_back)


async def _settle(turn: Turn, deed: Callable[..., Any]) -> None:
    """The page is answered where it was said on one. A message of its own is drawn anew by the outbox."""
    read = turn.heard.value.rpartition(":")[2]
    settle = partial(deed, swap_id=turn.subject, now=turn.now, read=read)
    if turn.heard.page is None:
        await turn.do(settle)
    else:
        await turn.answer_in_place(draw_year(await turn.do(year.after, settle, turn.now)))
