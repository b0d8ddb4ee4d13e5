"""Which collaborative somebody is with: asked once."""

from bot import items, membership
from bot.membership import Joined
from handlers.blocks import membership as draw
from handlers.blocks import own_items as draw_own
from handlers.blocks.kit import Message
from handlers.hearing import forms
from handlers.hearing.turn import Turn


async def on_join_clicked(turn: Turn) -> None:
    await turn.open(draw.join_form(await turn.look(items.choices_to_make)))


async def on_join_form_sent(turn: Turn) -> None:
    chosen = forms.number(turn.heard.answers, "collaborative", 1, 10**9)
    await turn.answer(_joined(await turn.do(membership.join, chosen, turn.now)))


def _joined(joined: Joined) -> Message:
    if joined.received.items:
        return draw_own.receipt(joined.received)
    return draw.welcome(joined.collaborative)
