"""Time that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

SAN_FRANCISCO = ZoneInfo("America/Los_Angeles")


class FrozenClock:
    """`local` times are San Francisco's, such as 2027-01-14 10:00."""

    def __init__(self, local: str) -> None:
        self.strikes(local)

    def __call__(self) -> datetime:
        return self.now

    def timestamp(self) -> float:
        """As Slack's side reads it."""
        return self.now.timestamp()

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)

    def strikes(self, local: str) -> None:
        self.now = datetime.fromisoformat(local).replace(tzinfo=SAN_FRANCISCO).astimezone(UTC)
