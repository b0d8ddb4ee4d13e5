"""The digest's preview."""

from bot import digests
from handlers.blocks import digests as draw
from handlers.hearing.turn import Turn


async def on_digest(turn: Turn) -> None:
    await turn.answer(draw.preview(await turn.look(digests.preview, turn.now)))
