"""The person at the screen: the names, the time zone and the moment by which text is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from playground.slack.world import World


@dataclass(frozen=True)
class Reader:
    person: str
    timezone: ZoneInfo
    clock: Callable[[], float]
    name_of: Callable[[str], str]
    channel_name: Callable[[str], str]

    def now(self) -> datetime:
        return self.local(self.clock())

    def local(self, timestamp: float) -> datetime:
        """This moment (Unix seconds) by the wall clock of the reader's device."""
        return datetime.fromtimestamp(timestamp, self.timezone)


def reader(world: World, person: str) -> Reader:
    return Reader(
        person=person,
        timezone=ZoneInfo(world.people[person].tz),
        clock=world.clock,
        name_of=lambda user: world.people[user].real_name if user in world.people else user,
        channel_name=lambda channel: world.channels[channel].name if channel in world.channels else channel,
    )
