"""Calendar entries: a meeting as a file for who asks for it, and the calendars that take one by a link."""

from bot import calendar_entries
from handlers.blocks import calendar_entries as draw
from handlers.hearing.turn import Turn


async def on_calendar_clicked(turn: Turn) -> None:
    await turn.answer(draw.asked_for(await turn.do(calendar_entries.ask_for_entry, turn.subject, turn.now)))


async def on_link_opened(_turn: Turn) -> None:
    """Slack opens it by itself, and there is nothing to say."""
