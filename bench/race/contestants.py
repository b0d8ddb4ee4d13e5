"""Who races, and what each does and does not do."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from bench.databases import DEEDS, ITEMS, POSTS, Question
from bench.race.javascript import FOLDER as JAVASCRIPT

EngineName = Literal["SQLite", "Postgres"]


@dataclass(frozen=True, eq=False)
class Contestant:
    """`does` is one line. `rows` says how many rows of which question each item leaves."""

    name: str
    engine: EngineName
    does: str
    command: tuple[str, ...]
    is_right: Callable[[str, str], bool]
    rows: Mapping[Question, int]
    sends_cards: bool = False

    @property
    def full_name(self) -> str:
        return f"{self.name}, {self.engine}"


def _is_a_receipt(title: str, body: str) -> bool:
    """To this person alone, with the title and with a button that takes it back."""
    said = json.loads(body)
    shown = json.dumps(said["blocks"])
    return said["response_type"] == "ephemeral" and title in shown and "Withdraw" in shown


def _is_a_thank_you(title: str, body: str) -> bool:
    return body.startswith(f"Added: {title}")


def _bot(engine: EngineName) -> Contestant:
    return Contestant(
        name="the bot",
        engine=engine,
        does="all of it: 55 listeners, permissions asked of the database, real drawing, a card to each of two curators",
        command=(sys.executable, "-m", "bot", "run"),
        is_right=_is_a_receipt,
        rows={ITEMS: 1},
        sends_cards=True,
    )


def _floor(name: str, engine: EngineName, where: str) -> Contestant:
    return Contestant(
        name=name,
        engine=engine,
        does="raw ASGI on the bot's uvicorn and h11: signature, one INSERT, commit; no Bolt, no permissions, no drawing, no cards",
        command=(sys.executable, "-m", "bench.race.floor", where),
        is_right=_is_a_thank_you,
        rows={ITEMS: 1},
    )


def _bolt_js(name: str, engine: EngineName, manner: str, does: str) -> Contestant:
    return Contestant(
        name=name,
        engine=engine,
        does=f"{does}; no permissions, a template instead of drawing, cards written down and not sent",
        command=("node", str(JAVASCRIPT / "app.js"), manner),
        is_right=_is_a_receipt,
        rows={ITEMS: 1, DEEDS: 1, POSTS: 2},
    )


def _as_usual(engine: EngineName, library: str) -> Contestant:
    does = f"{library}, 55 listeners as the guide shows them, 4 rows in one transaction a request"
    return _bolt_js("Bolt JS as usual", engine, "usual", does)


def _in_groups(engine: EngineName, library: str) -> Contestant:
    does = f"{library}, 55 listeners in one table that is looked up, 4 rows a request, those that wait in one commit"
    return _bolt_js("Bolt JS, table and groups", engine, "table", does)


BOTS: dict[EngineName, Contestant] = {"SQLite": _bot("SQLite"), "Postgres": _bot("Postgres")}
FLOORS: dict[EngineName, Contestant] = {
    "SQLite": _floor("floor (WAL)", "SQLite", "wal"),
    "Postgres": _floor("floor", "Postgres", "postgres"),
}
SLOWER_FLOOR = _floor("floor (DELETE)", "SQLite", "delete")
AS_USUAL: dict[EngineName, Contestant] = {
    "SQLite": _as_usual("SQLite", "better-sqlite3 (WAL, FULL)"),
    "Postgres": _as_usual("Postgres", "pg"),
}
IN_GROUPS: dict[EngineName, Contestant] = {
    "SQLite": _in_groups("SQLite", "better-sqlite3 (WAL, FULL)"),
    "Postgres": _in_groups("Postgres", "pg"),
}


def contestants(engine: EngineName, *, javascript: bool) -> list[Contestant]:
    slower = [SLOWER_FLOOR] if engine == "SQLite" else []
    others = [AS_USUAL[engine], IN_GROUPS[engine]] if javascript else []
    return [BOTS[engine], FLOORS[engine], *slower, *others]
