"""The Home tab: where things stand, and the doors."""

from handlers.hearing.turn import Turn
from handlers.listeners.agenda import on_status


async def on_home_opened(turn: Turn) -> None:
    if turn.heard.value == "home":
        await on_status(turn)
