"""The whole bot behind its front door, in this process: a real database, a small Slack that answers, and no sockets in front."""

import io
import json
import logging
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import structlog
from aiohttp import ClientSession

from handlers.hearing.front_door import FrontDoor
from handlers.listeners.table import register
from handlers.services import Services
from handlers.slack.connection import Connection
from handlers.slack.timeouts import FAREWELLS
from playground.slack import views
from playground.slack.messages import checked_blocks
from program.logs import start_logging
from storage import sqlite
from storage.database import Database
from storage.posts import Post
from storage.upkeep.schema import bring_up_to_date
from tests.builders import Scene
from tests.clock import FrozenClock
from tests.drawn import draw
from tests.keys import RING
from tests.story import PLAN, UNHURRIED, Story, set_up

BEGINNING = "2026-11-23 12:00"
OURS = 1
"""The id of the one consortium there is."""
MASTER = "U0ADMIN"
"""Curator and admin in one, and the author of all items: what they may not do, nobody may."""
PLAN_WITH_MASTER = PLAN.replace('curators = ["U0CURATOR"', f'curators = ["{MASTER}", "U0CURATOR"')
TITLES = ("Rents", "Food", "Shelter", "Grants", "Transit", "Trust")


@dataclass(frozen=True)
class Knock:
    """One request as it comes in at the door, and the statuses that it may be answered with."""

    chunks: Sequence[bytes]
    headers: Sequence[tuple[bytes, bytes]]
    may_be: frozenset[int]
    method: str = "POST"
    path: str = "/slack/events"
    hangs_up: bool = False


MEBIBYTE = 1024 * 1024


def if_not_too_large(body: bytes, *statuses: int) -> frozenset[int]:
    """What may be answered to this body."""
    return frozenset({413} if len(body) > MEBIBYTE else statuses)


@dataclass
class Reply:
    """`status` is 0 where nobody was left to be answered."""

    status: int = 0
    body: bytes = b""
    read: int = 0
    """Chunks of the request that were asked for."""


@dataclass
class House:
    door: FrontDoor
    slack: Story
    database: Database
    clock: FrozenClock
    template: Path
    log: io.StringIO = field(default_factory=io.StringIO)

    def __post_init__(self) -> None:
        self._watching = sqlite.open_file(self._file, "rwc")

    @property
    def _file(self) -> Path:
        return Path(str(self.database.engine.url.database))

    async def hears(self, knock: Knock) -> Reply:
        reply, waiting = Reply(), iter(knock.chunks)

        async def receive() -> dict[str, Any]:
            reply.read += 1
            if (chunk := next(waiting, None)) is None:
                return {"type": "http.disconnect"}
            is_last = reply.read >= len(knock.chunks) and not knock.hangs_up
            return {"type": "http.request", "body": chunk, "more_body": not is_last}

        async def send(message: Any) -> None:
            reply.status = message.get("status", reply.status)
            reply.body += message.get("body", b"")

        scope = {"type": "http", "method": knock.method, "path": knock.path, "headers": knock.headers}
        await self.door(scope, receive, send)
        return reply

    def version(self) -> int:
        """Another number whenever anything was written since."""
        return int(self._watching.execute("PRAGMA data_version").fetchone()[0])

    def restore(self) -> None:
        """Everything as it was at first, in the bot's memory and in Slack's."""
        with closing(sqlite.open_file(self.template)) as before, closing(sqlite.open_file(self._file)) as now:
            before.backup(now)
        self.slack.world.ledger.clear()
        self.slack.calls.clear()
        for messages in (*self.slack.world.messages.values(), *self.slack.world.forms.values()):
            messages.clear()

    def close(self) -> None:
        self._watching.close()

    def faults(self) -> list[dict[str, Any]]:
        """What was logged since the last time that must not be: failures of ours, and what Slack called malformed."""
        lines = [json.loads(line) for line in self.log.getvalue().splitlines()]
        self.log.seek(0)
        self.log.truncate()
        return [line for line in lines if _is_fault(line)]

    def must_have_spoken_well(self) -> None:
        """Slack takes everything that the bot has said to it since the last time."""
        for call in self.slack.calls:
            must_be_taken(call.arguments)
        self.slack.calls.clear()

    def must_be_sound(self) -> None:
        """All that is owed can be drawn, and Slack takes it; no row points nowhere."""
        assert self._watching.execute("PRAGMA foreign_key_check").fetchall() == []
        with self.database.transaction(OURS) as session:
            for post in session.query(Post):
                message = draw(session, post, self.clock())
                if message is not None:
                    checked_blocks(message.blocks)


def _is_fault(line: dict[str, Any]) -> bool:
    malformed = (
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_blocks_too_long",
        "no_text",
        "view_too_large",
    )
    return line["level"] in ("error", "critical") or line.get("error") in malformed


def must_be_taken(said: dict[str, Any]) -> None:
    """Of an answer, or of what a method of Slack's was called with: the blocks and forms in it are what Slack takes."""
    if "blocks" in said:
        checked_blocks(_read(said["blocks"]))
    if "view" in said:
        view = _read(said["view"])
        views.checked(view, view["type"])


def _read(structure: Any) -> Any:
    """In a call it stands as JSON, or as JSON within a form."""
    return json.loads(structure) if isinstance(structure, str) else structure


@asynccontextmanager
async def house_in(folder: Path) -> AsyncIterator[House]:
    """With items that wait, all of one author, and a meeting to come."""
    clock = FrozenClock(BEGINNING)
    template = folder / "template.db"
    template.write_bytes(_furnished())
    async with AsyncExitStack() as stack:
        database = stack.enter_context(closing(Database(f"sqlite:///{folder / 'live.db'}", RING)))
        slack = Story(clock)
        await slack.start()
        stack.push_async_callback(slack.stop)
        session = await stack.enter_async_context(ClientSession())
        services = Services(database, clock, session, UNHURRIED)
        stack.push_async_callback(services.finish_speaking, FAREWELLS.speaking)
        connection = Connection(slack.api_url, slack.bot_token, session, clock)
        bolt = register(connection, services)
        door = FrontDoor(
            listen=bolt.async_dispatch,
            signing_secret=slack.signing_secret,
            ready=_ready,
            clocks=[clock.timestamp],
        )
        house = stack.enter_context(closing(House(door, slack, database, clock, template)))
        house.restore()
        stack.enter_context(logging_into(house.log))
        yield house


async def _ready() -> list[str]:
    return []


@cache
def _furnished() -> bytes:
    """The file in which all of it stands, for every house the same."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "template.db"
        _furnish(f"sqlite:///{file}", FrozenClock(BEGINNING))
        return file.read_bytes()


def _furnish(url: str, clock: FrozenClock) -> None:
    with closing(Database(url, RING)) as database:
        bring_up_to_date(database.engine)
        set_up(database, clock, PLAN_WITH_MASTER)
        with database.transaction() as session:
            scene = Scene.found(session, clock)
            for title in TITLES:
                scene.propose(title, by=MASTER, details="As they are", lead="Ana")


@contextmanager
def logging_into(log: io.StringIO) -> Iterator[None]:
    """As the bot logs when it runs, all of it; afterwards as before."""
    root, hooks = logging.getLogger(), (sys.excepthook, threading.excepthook)
    before, level = root.handlers[:], root.level
    root.handlers.clear()
    start_logging("DEBUG", log)
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = hooks
        logging.captureWarnings(capture=False)
        structlog.reset_defaults()
        root.handlers[:] = before
        root.setLevel(level)
