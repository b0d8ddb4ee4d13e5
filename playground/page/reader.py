"""The person at the screen: the names, the time zone and the moment by which text is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from playground.slack.world import SLACKBOT, Channel, World


@dataclass(frozen=True)
class Reader:
    person: str
    timezone: ZoneInfo
    clock: Callable[[], float]
    name_of: Callable[[str], str]
    channel_name: Callable[[str], str]
    people: Callable[[], list[tuple[str, str]]] = list
    """Whom a menu of people offers: ids and names."""
    channels: Callable[[], list[tuple[str, str]]] = list

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
        name_of=lambda user: _name(world, user),
        channel_name=lambda channel: world.channels[channel].name if channel in world.channels else channel,
        people=lambda: [(one.id, one.real_name) for one in world.people.values() if not one.is_bot],
        channels=lambda: [(one.id, f"#{one.name}") for one in channels_of(world, person)],
    )


def _name(world: World, user: str) -> str:
    if user == SLACKBOT:
        return "Slackbot"
    return world.people[user].real_name if user in world.people else user


def channels_of(world: World, person: str) -> list[Channel]:
    """The channels that stand at the person's left, without direct messages."""
    return [one for one in world.channels.values() if person in one.members and not one.is_direct]


def groups_of(world: World, person: str) -> list[Channel]:
    """The group messages in which they are."""
    return [one for one in world.channels.values() if person in one.members and one.is_mpim]
