"""The Home tab: where things stand, and what is its reader's own."""

from bot.home import home
from handlers.blocks.home import home as draw_home
from handlers.hearing.turn import Turn


async def on_home_opened(turn: Turn) -> None:
    if turn.heard.value == "home":
        await turn.answer(draw_home(await turn.look(home, turn.now)))
