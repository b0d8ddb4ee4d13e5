"""The folder of a story: what is kept of it between two runs, until somebody says to forget it."""

import asyncio
import fcntl
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from playground.clock import StoryClock
from playground.guide import Guide
from playground.page.places import Places
from playground.slack.world import Channel, File, Message, Person, View, Workspace, World

OF_A_STORY = "story.*"
"""No other file of the folder is touched."""
A_WHILE = 1.0
"""Seconds between two times of writing down what the small Slack holds."""


class IsInUse(Exception):
    """Another playground plays here, or the bot that one has left behind."""


class CannotGoOn(Exception):
    """Why the story that was kept cannot be gone on with."""


@dataclass
class Snapshot:
    """All of the small Slack that is not the app's, and how far whoever plays is."""

    workspaces: dict[str, Workspace]
    people: dict[str, Person]
    channels: dict[str, Channel]
    messages: dict[str, list[Message]]
    forms: dict[str, list[View]]
    homes: dict[str, View]
    last_number: int
    last_ts: int
    last_read: dict[str, dict[str, str]]
    hours: set[time]
    step: int
    steps_are_hidden: bool
    files: dict[str, File] = field(default_factory=dict)


SNAPSHOT = TypeAdapter(Snapshot)


class StoryFolder:
    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        self.database, self.keys = path / "story.db", path / "story.keys"
        self.consortium, self.offset = path / "story.toml", path / "story.clock"
        self._slack = path / "story.slack.json"

    @property
    def has_story(self) -> bool:
        """What was not told to the end is none."""
        return self._slack.exists()

    @contextmanager
    def held(self) -> Iterator[int]:
        """For one playground at a time. Whoever inherits the file that is given holds it too."""
        with (self.path / "in-use.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise IsInUse from None
            yield lock.fileno()

    def forget(self) -> None:
        for file in self._files():
            file.unlink()

    def set_aside(self) -> Path:
        """Where the story lies afterwards, in place of one that was set aside before."""
        aside = self.path / "before"
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir()
        for file in self._files():
            file.rename(aside / file.name)
        return aside

    def clock(self) -> StoryClock:
        try:
            clock = StoryClock(self.offset)
        except ValueError:
            raise CannotGoOn("Its clock cannot be read.") from None
        if self.has_story:
            clock.has_stood_still_since(max(file.stat().st_mtime for file in self._files()))
        return clock

    def restore(self, world: World, places: Places, guide: Guide, hours: set[time]) -> None:
        try:
            kept = SNAPSHOT.validate_json(self._slack.read_bytes())
        except ValidationError as trouble:
            raise CannotGoOn(f"{self._slack.name} cannot be read ({trouble.error_count()} errors).") from None
        world.workspaces |= kept.workspaces
        world.people |= kept.people
        world.channels |= kept.channels
        world.messages |= kept.messages
        world.forms |= kept.forms
        world.homes |= kept.homes
        world.files |= kept.files
        world.last_number, world.last_ts = kept.last_number, kept.last_ts
        places.last_read = kept.last_read
        hours |= kept.hours
        guide.position, guide.is_hidden = kept.step, kept.steps_are_hidden

    @asynccontextmanager
    async def keeping(
        self, world: World, places: Places, guide: Guide, hours: set[time]
    ) -> AsyncIterator[Callable[[], None]]:
        """From when the function is called that it gives: write down what changes, soon after, and at the end."""
        begun, changed = asyncio.Event(), asyncio.Event()
        changed.set()
        unwatch = world.watch(lambda _: changed.set())

        async def keep() -> None:
            await begun.wait()
            while await changed.wait():
                changed.clear()
                self._keep(world, places, guide, hours)
                await asyncio.sleep(A_WHILE)

        keeping = asyncio.create_task(keep())
        try:
            yield begun.set
        finally:
            keeping.cancel()
            unwatch()
            if begun.is_set():
                self._keep(world, places, guide, hours)

    def _keep(self, world: World, places: Places, guide: Guide, hours: set[time]) -> None:
        """In one step: the power may go at any moment."""
        snapshot = Snapshot(
            workspaces=world.workspaces,
            people=world.people,
            channels=world.channels,
            messages=world.messages,
            forms=world.forms,
            homes=world.homes,
            last_number=world.last_number,
            last_ts=world.last_ts,
            last_read=places.last_read,
            hours=hours,
            step=guide.position,
            steps_are_hidden=guide.is_hidden,
            files=world.files,
        )
        fresh = self._slack.with_suffix(".new")
        fresh.write_bytes(SNAPSHOT.dump_json(snapshot))
        fresh.replace(self._slack)

    def _files(self) -> list[Path]:
        return list(self.path.glob(OF_A_STORY))
