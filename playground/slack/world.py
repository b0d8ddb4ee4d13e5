"""What exists in the small Slack: workspaces, people, channels, messages, forms. No HTTP, no rules of the Web API."""

import itertools
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

Json = dict[str, Any]
Entries = dict[str, dict[str, Json]]
"""What a person has entered: block_id to action_id to the element's state, in Slack's shape of `state.values`."""

SLACKBOT = "USLACKBOT"


@dataclass
class Workspace:
    id: str
    name: str
    domain: str
    installed: bool
    """Whether the app is installed here. Where it is not, people have its buttons and forms but no commands."""


@dataclass
class Person:
    id: str
    team_id: str
    name: str
    """The handle, "ana"; on screen the real name stands."""
    real_name: str
    tz: str = "America/Los_Angeles"
    locale: str = "en-US"
    email: str | None = None
    is_admin: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    """A guest of their workspace, of several channels or, if ultra restricted, of one."""
    is_ultra_restricted: bool = False
    deleted: bool = False
    """Deactivated: they can do nothing in Slack any more."""
    organization: tuple[str, ...] = ()
    """The workspaces of an Enterprise organization that they are of, under one user id. They speak from that of `team_id`."""


@dataclass
class Channel:
    id: str
    name: str
    teams: list[str]
    """Workspaces that share the channel; the first one is its host."""
    members: list[str]
    is_private: bool = False
    is_im: bool = False
    is_mpim: bool = False
    """A group message: always these people, and nobody else."""
    is_archived: bool = False
    created: int = 0

    @property
    def is_ext_shared(self) -> bool:
        return len(self.teams) > 1 and not self.is_direct

    @property
    def is_direct(self) -> bool:
        """A conversation of people, and no channel."""
        return self.is_im or self.is_mpim


@dataclass
class Message:
    channel: str
    ts: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    only_for: str | None = None
    """The one person who sees it (an ephemeral message), None: everybody in the channel."""
    from_app: bool = False
    other_bot: str | None = None
    """The bot id of another app, where that has written it."""
    edited: str | None = None
    """The ts of the last edit that shows "(edited)", which edits with blocks do not."""
    entries: dict[str, Entries] = field(default_factory=dict)
    """What each person has chosen in the menus and pickers of this message."""
    files: list[str] = field(default_factory=list)
    """The ids of the files that were shared by it."""

    @property
    def is_reply(self) -> bool:
        return self.thread_ts not in (None, self.ts)


@dataclass
class File:
    id: str
    name: str
    length: int
    """Of its content, in bytes, as the app said before it had sent any."""
    user: str
    title: str = ""
    content: bytes | None = None
    """None until the app has sent it."""
    is_complete: bool = False
    created: int = 0

    __pydantic_config__: ClassVar[Json] = {"ser_json_bytes": "base64", "val_json_bytes": "base64"}
    """How the story's folder keeps its content."""


@dataclass
class View:
    id: str
    type: Literal["modal", "home"]
    person: str
    hash: str
    content: Json
    """The view as the app gave it, with a block_id and action_id everywhere: title, blocks, submit, close ..."""
    entries: Entries = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    """What stands in red under an input, by block_id; under "" what Slack says about the whole form."""
    root_view_id: str = ""
    previous_view_id: str | None = None

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.content["blocks"]
        return blocks


@dataclass(frozen=True)
class LedgerEntry:
    """One thing that happened to a message that people can see; ephemeral messages are not entered."""

    happened: Literal["posted", "edited", "deleted"]
    channel: str
    ts: str
    text: str
    metadata: Json | None
    files: tuple[str, ...] = ()


Watcher = Callable[[str], None]
"""Called with the id of what changed: a channel's, or a person's (their forms or Home tab)."""


class World:
    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.workspaces: dict[str, Workspace] = {}
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, list[Message]] = defaultdict(list)
        self.files: dict[str, File] = {}
        self.forms: dict[str, list[View]] = defaultdict(list)
        """Each person's stack of modals, the one on top last."""
        self.homes: dict[str, View] = {}
        self.ledger: list[LedgerEntry] = []
        self._watchers: list[Watcher] = []
        self.last_number = 0
        self.last_ts = 0

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Call `watcher` after each change, on the event loop; returns what ends the watching."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def changed(self, what: str) -> None:
        for watcher in tuple(self._watchers):
            watcher(what)

    def new_id(self, letter: str) -> str:
        self.last_number += 1
        return f"{letter}{self.last_number:010d}"

    def next_ts(self) -> str:
        """A timestamp no message had before: Slack's name for a message in its channel, in seconds with six digits."""
        self.last_ts = max(int(self.clock() * 1_000_000), self.last_ts + 1)
        return f"{self.last_ts // 1_000_000}.{self.last_ts % 1_000_000:06d}"

    def add(self, message: Message) -> Message:
        self.messages[message.channel].append(message)
        self._enter("posted", message)
        self.changed(message.channel)
        return message

    def edited(self, message: Message) -> None:
        self._enter("edited", message)
        self.changed(message.channel)

    def delete(self, message: Message) -> None:
        self.messages[message.channel].remove(message)
        self._enter("deleted", message)
        self.changed(message.channel)

    def _enter(self, happened: Literal["posted", "edited", "deleted"], message: Message) -> None:
        if message.only_for is None:
            said = message.text, message.metadata, tuple(message.files)
            entry = LedgerEntry(happened, message.channel, message.ts, *said)
            self.ledger.append(entry)

    def give_new_id(self, channel: Channel, new: str) -> None:
        """It is the same channel, with all that was said in it."""
        old, channel.id = channel.id, new
        self.channels[new] = self.channels.pop(old)
        self.messages[new] = self.messages.pop(old, [])
        for message in self.messages[new]:
            message.channel = new
        self.changed(new)

    def message(self, channel: str, ts: str) -> Message | None:
        return next((found for found in self.messages[channel] if found.ts == ts), None)

    def seen_by(self, person: str, channel: str) -> list[Message]:
        """What stands in the channel for this person, oldest first, their ephemeral messages included."""
        return [found for found in self.messages[channel] if found.only_for in (None, person)]

    def form(self, person: str) -> View | None:
        return self.forms[person][-1] if self.forms[person] else None

    def view(self, view_id: str) -> View | None:
        stacks = itertools.chain(*self.forms.values(), self.homes.values())
        return next((view for view in stacks if view.id == view_id), None)

    def direct(self, one: str, other: str) -> Channel | None:
        """The direct-message channel of these two, if it was ever opened."""
        return next((c for c in self.channels.values() if c.is_im and set(c.members) == {one, other}), None)

    def group(self, members: Collection[str]) -> Channel | None:
        """The group message of these, if it was ever opened."""
        groups = (channel for channel in self.channels.values() if channel.is_mpim)
        return next((one for one in groups if set(one.members) == set(members)), None)
