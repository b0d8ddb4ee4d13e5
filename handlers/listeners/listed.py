"""Which item of the list after a meeting was meant, as `handlers.blocks.listed` says it."""

from bot.after_meeting import Listed
from handlers.hearing.payloads import leading_number
from handlers.hearing.turn import Turn


def listed(turn: Turn) -> tuple[Listed, list[str]]:
    """The item, and what is said of it, if anything. What is no number is about nothing."""
    item, page, *more = (turn.heard.value + "::::").split(":")[1:]
    return Listed(turn.subject, leading_number(item) or 0, leading_number(page) or 0), more
