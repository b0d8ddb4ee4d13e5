"""The look back: shown to who asks, and sent where they say."""

from bot import look_back
from bot.errors import NothingChanged, Words
from handlers.blocks import look_back as draw
from handlers.hearing.turn import Turn

BACK = ("", "back")


async def on_look_back(turn: Turn) -> None:
    """`/agenda look back`; bare, or by the button, the same."""
    if turn.heard.text.strip().casefold() not in BACK:
        raise NothingChanged(
            "I only know how to look back.",
            then=Words("Type /agenda look back. To find what helped others, type /agenda tips."),
        )
    await turn.open_message(draw.look_back(await turn.look(look_back.look_back, turn.now)))


async def on_send_clicked(turn: Turn) -> None:
    await turn.answer(draw.asked_for(await turn.do(look_back.ask_for_it, turn.now)))


async def on_post_clicked(turn: Turn) -> None:
    await turn.answer(draw.asked_for(await turn.do(look_back.post_it, turn.now)))
