"""The digest's preview."""

from datetime import datetime

from bot.digests import digest_until
from bot.people import Actor
from bot.timetable import today_in
from handlers.blocks import digests as draw
from handlers.blocks.kit import Message
from handlers.hearing.turn import Turn
from storage.tenancy import Session


async def on_digest(turn: Turn) -> None:
    await turn.answer(await turn.look(_preview, turn.now))


def _preview(session: Session, actor: Actor, now: datetime) -> Message:
    news = digest_until(session, actor.consortium, now)
    return draw.digest(news, today_in(actor.consortium, now), is_preview=True)
