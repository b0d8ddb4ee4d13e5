"""When Slack was last asked about something: empty once it said that this has changed, and marked while it is asked about that."""

from datetime import UTC, datetime, timedelta

LONG_AGO = timedelta(days=36_525)
FIRST = datetime(2000, 1, 1, tzinfo=UTC)


def taken_up(asked_at: datetime | None, now: datetime) -> datetime:
    """What stands there while Slack is asked. News empties it, so an answer finds out whether it was overtaken.

    The mark counts as long ago: a question whose answer never came is still to be asked.
    """
    return asked_at or now - LONG_AGO


def was_answered(asked_at: datetime | None) -> bool:
    return asked_at is not None and asked_at > FIRST
