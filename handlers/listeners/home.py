"""The Home tab: where things stand, and the doors."""

from handlers.listeners.agenda import status
from handlers.turn import Turn


async def on_home_opened(turn: Turn) -> None:
    if turn.heard.value == "home":
        await turn.answer(await turn.look(status, turn.now))
