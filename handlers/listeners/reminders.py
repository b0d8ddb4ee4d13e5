"""Reminders of the next meeting."""

from bot import reminders
from bot.errors import NothingChanged, Words
from handlers.blocks import reminders as draw
from handlers.hearing.turn import Turn

ME = ("", "me")


async def on_remind(turn: Turn) -> None:
    """`/agenda remind me`; bare, or by the button, the same."""
    if turn.heard.text.strip().casefold() not in ME:
        raise NothingChanged(
            "I can remind only you yourself.", then=Words("Type /agenda remind me, or press “Remind me”.")
        )
    await turn.answer(draw.noted(await turn.do(reminders.remind, turn.now)))
