"""What time an answer of Slack tells."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

FRESH = "0"


def time_told(headers: Mapping[str, str]) -> datetime | None:
    """What time the answer tells; none if what is between us and Slack has kept it for a while, or wrote something else."""
    if headers.get("Age", FRESH).strip() != FRESH:
        return None
    try:
        told = parsedate_to_datetime(headers["Date"])
        return told.replace(tzinfo=told.tzinfo or UTC).astimezone(UTC)
    except (KeyError, ValueError, OverflowError):
        return None
