"""How time passes in the story: never past a moment at which the bot may have something to say."""

from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from datetime import datetime, time, timedelta

from playground.clock import StoryClock

CaughtUp = Callable[[], Awaitable[None]]
"""Returns once whoever lives by the clock has done what was due."""


async def nobody_waits() -> None:
    """Where no bot lives by the clock."""


class Passing:
    """One leap of the clock would make late what was due on the way, so it stops there and lets it be said.

    `hours` are those of the days on which something may be due. More of them may come, as people pick them.
    """

    def __init__(
        self, clock: StoryClock, hours: Collection[time], caught_up: CaughtUp = nobody_waits
    ) -> None:
        self._clock, self._hours, self._caught_up = clock, hours, caught_up
        self.is_under_way = False

    async def to(self, moment: datetime) -> None:
        """Returns when it is that moment. What somebody else asks for meanwhile is not done."""
        if self.is_under_way:
            return
        self.is_under_way = True
        try:
            for stop in stops(
                datetime.fromtimestamp(self._clock(), moment.tzinfo), moment, sorted(self._hours)
            ):
                await self.leap(stop)
        finally:
            self.is_under_way = False

    async def leap(self, moment: datetime) -> None:
        """For whoever knows that nothing is due on the way."""
        self._clock.go_to(moment.timestamp())
        await self._caught_up()


def stops(now: datetime, until: datetime, hours: Sequence[time]) -> Iterator[datetime]:
    """Each of the hours on each day between, by the wall clock of `until`, and the end itself."""
    for days in range((until.date() - now.date()).days + 1):
        for hour in hours:
            stop = datetime.combine(now.date() + timedelta(days=days), hour, until.tzinfo)
            if now < stop < until:
                yield stop
    yield until
