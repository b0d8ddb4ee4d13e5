"""Opens the database for work: at the newest schema, with keys that fit, and with nothing in it that should be sealed and is not."""

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import structlog
from sqlalchemy import Connection

from storage.database import Database, connect
from storage.followed_file import follows_its_file
from storage.keys import KeyRing, KeysAreWrong, a_key, alone_with_keys, write_keys
from storage.sealing import CannotOpen, key_of, unseal
from storage.sqlite import (
    Identity,
    count_roughly,
    engine_to_look,
    file_of,
    identity_of,
    journals_of,
)
from storage.troubles import DatabaseTrouble, Told
from storage.upkeep.one_process import lock_of
from storage.upkeep.resealing import cells, keys_in_use, seal_everything
from storage.upkeep.schema import REVISIONS, bring_up_to_date, is_up_to_date

log = structlog.get_logger(__name__)

ANOTHER = "Another database file has taken the place of the one that was open"
BESIDE_ANOTHER_LOCK: Told = (
    f"{ANOTHER}, and the lock beside it (.lock) is not the bot's own.",
    "end the bot and start it again, so that no second one works with it.",
)
BESIDE_ANOTHERS_JOURNAL: Told = (
    f"{ANOTHER}, and a journal lies beside it, maybe of the one before.",
    "end the bot, move the file and its journals away, and restore a backup: a wrong journal damages it.",
)
OF_ANOTHER_VERSION: Told = (
    f"{ANOTHER}, and it is not at the newest schema.",
    "put the right file there, or end the bot and start it again, which brings this one up to date.",
)
UNDER_OTHER_KEYS: Told = (
    f"{ANOTHER}, and it is sealed under other keys.",
    "put the right file there, or end the bot and start it with the keys of this one.",
)


@dataclass(frozen=True)
class KeySource:
    """Where the keys are: in a file, unless their lines were given."""

    file: Path
    lines: str | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        return "KEYS" if self.lines else str(self.file)

    def ring(self) -> KeyRing:
        return KeyRing.of(self.lines) if self.lines else KeyRing.in_file(self.file)


@contextmanager
def opened(url: str, source: KeySource, *, alone: bool = False) -> Iterator[Database]:
    """`alone`: the caller has seen to it that no bot works on it."""
    with opened_as_it_is(url, source, alone=alone) as database:
        sealed = seal_everything(database)
        if sealed.closed:
            log.error("sealed cells do not open", count=len(sealed.closed))
        database.engine.dispose()  # closing brings the WAL into the file, so no plain text is left in either
        yield database


@contextmanager
def opened_as_it_is(url: str, source: KeySource, *, alone: bool = False) -> Iterator[Database]:
    """What is plain in it from before stays so for now."""
    _bring_up_to_date(url, alone=alone)
    with closing(Database(url, revision=REVISIONS[-1])) as database:
        keys = database.keys = fitting_keys(database, source)
        with database.engine.begin() as connection:
            count_roughly(connection, every_table=True)
        _follow_the_file(database, keys, source)
        yield database


def _bring_up_to_date(url: str, *, alone: bool) -> None:
    engine = connect(url)
    try:
        bring_up_to_date(engine, alone=alone)
    finally:
        engine.dispose()


def _follow_the_file(database: Database, keys: KeyRing, source: KeySource) -> None:
    """A SQLite file can be moved, and another put in its place, while the bot runs."""
    file = file_of(database.engine.url)
    if file is not None:
        lock = identity_of(lock_of(file))
        follows_its_file(database.engine, file, lambda: _must_be_of_use(file, lock, keys, source))


def _must_be_of_use(file: Path, lock: Identity, keys: KeyRing, source: KeySource) -> None:
    """Raises DatabaseTrouble where the file that took the place of another could not be worked on as it is.

    `lock` is the one that is held, if any: beside another nobody would notice a second bot.
    """
    if identity_of(lock_of(file)) != lock:
        raise DatabaseTrouble(*BESIDE_ANOTHER_LOCK)
    if journals_of(file):
        raise DatabaseTrouble(*BESIDE_ANOTHERS_JOURNAL)
    engine = engine_to_look(file, "rw")
    if not is_up_to_date(engine):
        raise DatabaseTrouble(*OF_ANOTHER_VERSION)
    try:
        with engine.connect() as connection:
            _must_fit(connection, keys, source)
    except KeysAreWrong:
        raise DatabaseTrouble(*UNDER_OTHER_KEYS) from None


def fitting_keys(database: Database, source: KeySource) -> KeyRing:
    """The keys, made new where nothing is sealed yet, and refused where they do not fit what is."""
    with database.engine.begin() as connection:
        if source.lines is None and not os.path.lexists(source.file):
            _make_keys(connection, source)
        keys = source.ring()
        _must_fit(connection, keys, source)
    return keys


def _make_keys(connection: Connection, source: KeySource) -> None:
    lost = keys_in_use(connection)
    if lost:
        raise KeysAreWrong(
            f"There is no file {source.file} with key {_listed(lost)}, under which texts in the database are sealed. "
            "Put your copy of it there, or say in KEYS_FILE where it is."
        )
    # Another replica may have been faster: then its keys are ours.
    with alone_with_keys(source.file):
        write_keys(source.file, dict([a_key()]), replace=False)


def _must_fit(connection: Connection, keys: KeyRing, source: KeySource) -> None:
    """For each key in use there is a cell that it opens; a cell or two that somebody tampered with stop nobody."""
    opens: dict[str, bool] = defaultdict(bool)
    for cell, text in cells(connection):
        key_id = key_of(text)
        if key_id is not None and not opens[key_id]:
            try:
                unseal(keys, cell, text)
            except CannotOpen:
                continue
            opens[key_id] = True
    misfits = {key_id for key_id, fits in opens.items() if not fits}
    missing = misfits - set(keys.ids)
    if missing:
        raise KeysAreWrong(
            f"Key {_listed(missing)} is not in {source.name}, and texts in the database are sealed under it. "
            f"Add its line from your copy of the keys."
        )
    if misfits:
        raise KeysAreWrong(
            f"Key {_listed(misfits)} in {source.name} is another one than the texts in the database are sealed under. "
            "Put its line from your copy of the keys there instead."
        )


def _listed(key_ids: set[str]) -> str:
    return ", ".join(sorted(key_ids))
