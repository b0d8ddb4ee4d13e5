"""Help, and an answer to words that mean nothing to us."""

from handlers.blocks import help as draw
from handlers.hearing.turn import Turn


async def on_help(turn: Turn) -> None:
    await turn.answer(draw.help_text())


async def on_unknown(turn: Turn) -> None:
    await turn.answer(draw.not_understood(turn.heard.value))
