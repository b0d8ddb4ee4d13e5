"""The engine, and the one place where a transaction opens and commits."""

import asyncio
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import (
    URL,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    TypeDecorator,
    create_engine,  # noqa: TID251 - for Postgres alone
    make_url,
)
from sqlalchemy.exc import ArgumentError, IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase

from storage.hosts import is_name_of_host
from storage.keys import KeyRing
from storage.lanes import Lane, Lanes
from storage.postgres_revision import works_only_at
from storage.postgres_troubles import NO_HOST, server_tells_its_troubles
from storage.sqlite import engine_to_work, is_sqlite
from storage.sqlite_troubles import NO_OPTIONS
from storage.tenancy import Session, enter
from storage.troubles import NO_ADDRESS, DatabaseTrouble

Answer = TypeVar("Answer")

NO_LONG_SILENCE = {
    "connect_timeout": 10,
    "tcp_user_timeout": 10_000,  # milliseconds
    "keepalives_idle": 30,
}
"""To libpq: a Postgres behind a network that died without a word is given up, where the system would wait for minutes."""
AS_IT_HAS_TO_BE: dict[str, Any] = {
    "client_encoding": "utf8",  # a database without an encoding would give bytes
    "prepare_threshold": None,  # a pooler gives each transaction another session, which knows nothing prepared before
}
"""To psycopg, whatever the connection is for."""


GAVE_WAY = ("40P01", "40001")
"""Postgres' states for a deadlock, and for what can't be done as if one after the other."""
ALWAYS_GAVE_WAY = (
    "Postgres broke this off each time, since it and others waited for each other.",
    "try again when the bots have less to do, or end them meanwhile.",
)
OTHERS_GO_FIRST = 0.1
"""Seconds, in which whoever was waited for takes what was given up."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; a naive one is refused, as nobody could say what it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every constraint has a name, or Alembic could not change it on SQLite."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime()}  # noqa: RUF012 - SQLAlchemy reads it from the class


def one_of(choices: type[StrEnum]) -> Enum:
    """A column that holds one of the choices, by its value."""
    return Enum(choices, native_enum=False, length=20, values_callable=_values)


def _values(choices: type[StrEnum]) -> list[str]:
    return [choice.value for choice in choices]


class Database:
    """Runs units of work: each in a worker thread, inside one transaction."""

    def __init__(self, url: str, keys: KeyRing | None = None, revision: str | None = None) -> None:
        """Without keys, what is sealed in it can be neither read nor written. Without a revision nobody looks whether it is still at that."""
        self.engine = connect(url, revision)
        self.keys = keys
        # SQLite has one writer whatever we do: one thread spares it the waiting.
        threads = 1 if is_sqlite(self.engine.url) else 8
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="database")
        self._lanes = Lanes(threads)

    @contextmanager
    def transaction(self, consortium_id: int | None = None) -> Iterator[Session]:
        """Commit at the end, or roll everything back when an exception passes. It is of that consortium, if one is known already."""
        with self._session(consortium_id) as session, session.begin():
            yield session

    def _session(self, consortium_id: int | None = None) -> Session:
        session = Session(self.engine, expire_on_commit=False, info={"keys": self.keys})
        if consortium_id is not None:
            enter(session, consortium_id)
        return session

    def do(self, unit: Callable[[Session], Answer], consortium_id: int | None = None) -> Answer:
        """Do `unit` and commit it before giving back its answer; its exceptions come out as they are.

        Where another transaction waits for this one, and this one for it, it is done anew: a unit does nothing outside of it.
        """

        def run() -> Answer:
            with self.transaction(consortium_id) as session:
                return unit(session)

        return again_where_it_gave_way(run)

    async def run(
        self, unit: Callable[[Session], Answer], consortium_id: int | None = None, lane: Lane = Lane.PERSON
    ) -> Answer:
        """The same in a worker thread, in its turn."""
        return await self._in_thread(lane, self.do, unit, consortium_id)

    async def look(
        self, unit: Callable[[Session], Answer], consortium_id: int | None = None, lane: Lane = Lane.PERSON
    ) -> Answer:
        """Do `unit` and keep nothing of what it writes; its answer can still be read, and its exceptions come out as they are."""
        return await self._in_thread(lane, self._look, unit, consortium_id)

    async def _in_thread(self, lane: Lane, do: Callable[..., Answer], *given: Any) -> Answer:
        async with self._lanes.place(lane):
            return await asyncio.get_running_loop().run_in_executor(self._threads, do, *given)

    def _look(self, unit: Callable[[Session], Answer], consortium_id: int | None) -> Answer:
        def look() -> Answer:
            with self._session(consortium_id) as session:  # which closes without a commit
                return unit(session)

        return again_where_it_gave_way(look)

    def close(self) -> None:
        self._threads.shutdown(wait=True)
        self.engine.dispose()


def again_where_it_gave_way(do: Callable[[], Answer], tries: int = 4) -> Answer:
    """Of transactions that wait for each other Postgres breaks one off, and nothing is kept of it: it is done anew.

    Raises DatabaseTrouble where it had to give way each time.
    """
    try:
        return do()
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) not in GAVE_WAY:
            raise
        if tries == 1:
            raise DatabaseTrouble(*ALWAYS_GAVE_WAY) from None
    time.sleep(OTHERS_GO_FIRST)
    return again_where_it_gave_way(do, tries - 1)


@contextmanager
def unless_taken(session: Session, refusal: Exception) -> Iterator[None]:
    """Write what is done within, or raise the refusal where another transaction has taken a key of it since it was asked for."""
    try:
        yield
        session.flush()
    except IntegrityError as error:
        if _is_taken(error.orig):
            raise refusal from None
        raise


def _is_taken(failure: Any) -> bool:
    """Whether it is a unique key that was there already. Of SQLite's libraries not all tell a code for that, but the same words."""
    return getattr(failure, "sqlstate", None) == "23505" or str(failure).startswith(
        "UNIQUE constraint failed"
    )


def connect(url: str, revision: str | None = None) -> Engine:
    """An engine for a SQLite or Postgres URL, with the settings both need to be safe. Raises DatabaseTrouble where it is no URL.

    A Postgres that a newer version migrates meanwhile is left alone from then on, if its revision was given. SQLite's file has a lock for that.
    """
    address = address_of(url)
    if is_sqlite(address):
        return engine_to_work(address)
    engine = postgres_engine(address, pool_pre_ping=revision is None, connect_args=NO_LONG_SILENCE)
    return engine if revision is None else works_only_at(engine, revision)


def postgres_engine(address: URL, **settings: Any) -> Engine:
    """An engine for Postgres. Raises DatabaseTrouble where its driver can't read the address."""
    given = AS_IT_HAS_TO_BE | settings.pop("connect_args", {})
    try:
        engine = create_engine(address, isolation_level="READ COMMITTED", connect_args=given, **settings)
    except (ArgumentError, ValueError):  # their texts hold parts of the address
        raise DatabaseTrouble(*NO_ADDRESS) from None
    return server_tells_its_troubles(engine)


def address_of(url: str) -> URL:
    """Read a URL. Raises DatabaseTrouble where it is none."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):  # their texts hold parts of the address
        raise DatabaseTrouble(*NO_ADDRESS) from None
    if not all(_is_taken_as_it_is(part, address) for part in _parts(address)):
        raise DatabaseTrouble(*NO_ADDRESS)
    if is_sqlite(address) and address.query:
        raise DatabaseTrouble(*NO_OPTIONS)
    if not is_sqlite(address) and _holds_rest_of_password(address):
        raise DatabaseTrouble(*NO_ADDRESS)
    if not is_sqlite(address) and not all(map(is_name_of_host, _hosts(address))):
        raise DatabaseTrouble(*NO_HOST)
    return _without_links(address) if is_sqlite(address) else address


def _parts(address: URL) -> list[str]:
    """All that it says, as it is once %20 and the like are read."""
    options = [text for name, values in address.normalized_query.items() for text in (name, *values)]
    return [*filter(None, (address.username, address.password, address.host, address.database)), *options]


def _is_taken_as_it_is(part: str, address: URL) -> bool:
    """Of what holds a NUL a library of C reads the half. libpq takes UTF-8 alone, and a file may be called anything else."""
    is_utf8 = is_sqlite(address) or not any("\ud800" <= character <= "\udfff" for character in part)
    return "\0" not in part and is_utf8


def _without_links(address: URL) -> URL:
    """What lies beside a database, its lock and its WAL, lies beside the file and not beside a link to it, as SQLite has it."""
    file = address.database or ""
    return address.set(database=os.path.realpath(file)) if os.path.islink(file) else address  # noqa: PTH114 - it raises nothing


def _hosts(address: URL) -> list[str]:
    """All that it names, separated by commas. One that begins with a slash is the folder of a socket."""
    named = (address.host or "", *address.normalized_query.get("host", ()))
    return [host for host in ",".join(named).split(",") if not host.startswith("/")]


def _holds_rest_of_password(address: URL) -> bool:
    """A password that was not encoded ends at its first @, and what follows is taken for the host."""
    return "@" in f"{address.host}{address.database}"
