"""Which collaborative somebody is with: asked once."""

from datetime import datetime

from bot import membership
from bot.people import Actor
from handlers.blocks import items as draw_items
from handlers.blocks import membership as draw
from handlers.blocks.kit import Message
from handlers.hearing import forms
from handlers.hearing.turn import Turn
from storage.tenancy import Session


async def on_join_clicked(turn: Turn) -> None:
    await turn.open(draw.join_form(await turn.look(membership.choices)))


async def on_join_form_sent(turn: Turn) -> None:
    chosen = forms.number(turn.heard.answers, "collaborative", 1, 10**9)
    await turn.answer(await turn.do(_join, chosen, turn.now))


def _join(session: Session, actor: Actor, collaborative_id: int, now: datetime) -> Message:
    received = membership.join(session, actor, collaborative_id, now)
    if received.items:
        return draw_items.receipt(received)
    joined = actor.person.collaborative
    return draw.welcome(joined.name if joined else "")
