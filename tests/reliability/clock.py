"""Time that passes as it does, in the year of the story: what is due must not depend on the day of the run."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.clock import FrozenClock


@dataclass(frozen=True)
class RunningClock:
    """The real clock, `ahead` of itself. It is given to processes, which then agree on the time."""

    ahead: timedelta

    @classmethod
    def from_now(cls, local: str = "2026-11-23 12:00") -> "RunningClock":
        return cls(FrozenClock(local)() - datetime.now(UTC))

    def ahead_by(self, more: timedelta) -> "RunningClock":
        """As a machine shows it whose clock is wrong."""
        return RunningClock(self.ahead + more)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def timestamp(self) -> float:
        """As Slack's side reads it."""
        return self().timestamp()
