"""Where a person can go, at their left, and what they have not read there yet."""

from dataclasses import dataclass

from playground.page.reader import channels_of, groups_of
from playground.slack.world import World

APP, HOME = "app", "home"
"""The app's messages and its Home tab, by the same key for everybody."""


@dataclass(frozen=True)
class Place:
    key: str
    name: str
    sign: str
    channel: str
    is_shared: bool = False
    unread: int = 0
    is_channel: bool = False


class Places:
    """The same for every open page, as what was read is read."""

    def __init__(self, world: World, app: str) -> None:
        self.world, self.app = world, app
        self.last_read: dict[str, dict[str, str]] = {}
        """By person and channel, the ts of the newest message that they have seen."""

    def channels(self, person: str) -> list[Place]:
        return [
            Place(
                key=channel.id,
                name=channel.name,
                sign="🔒" if channel.is_private else "#",
                channel=channel.id,
                is_shared=channel.is_ext_shared,
                unread=self._unread(person, channel.id),
                is_channel=True,
            )
            for channel in channels_of(self.world, person)
        ]

    def groups(self, person: str) -> list[Place]:
        """Group messages, by the names of the others."""
        return [
            Place(
                key=group.id,
                name=", ".join(self._others(person, group.members)),
                sign="👥",
                channel=group.id,
                is_shared=len(group.teams) > 1,
                unread=self._unread(person, group.id),
            )
            for group in groups_of(self.world, person)
        ]

    def _others(self, person: str, members: list[str]) -> list[str]:
        others = [one for one in members if one not in (person, self.app)]
        return [self.world.people[one].real_name for one in others]

    def apps(self, person: str) -> list[Place]:
        """The app, once there are direct messages with it."""
        direct = self.world.direct(person, self.app)
        if direct is None:
            return []
        name = self.world.people[self.app].real_name
        return [Place(APP, name, "🗓️", direct.id, unread=self._unread(person, direct.id))]

    def has_app(self, person: str) -> bool:
        return self.world.workspaces[self.world.people[person].team_id].installed

    def unread(self, person: str) -> int:
        return sum(place.unread for place in self.everywhere(person))

    def everywhere(self, person: str) -> list[Place]:
        return [*self.channels(person), *self.groups(person), *self.apps(person)]

    def find(self, person: str, key: str) -> Place:
        """The place of this key, or the first one where the person has none such."""
        everywhere = self.everywhere(person)
        wanted = APP if key == HOME else key
        return next((place for place in everywhere if place.key == wanted), everywhere[0])

    def read(self, person: str, channel: str) -> None:
        newest = max((m.ts for m in self.world.messages[channel]), default="")
        self.last_read.setdefault(person, {})[channel] = newest

    def _unread(self, person: str, channel: str) -> int:
        last = self.last_read.get(person, {}).get(channel, "")
        return sum(m.ts > last and m.user != person for m in self.world.seen_by(person, channel))
