"""Every sealed cell at once: bring it under the newest key, see whether it opens, tell which keys are in use."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import Column, Connection, Table, func, inspect, select, text, update

from storage.database import Database, again_where_it_gave_way
from storage.keys import KeyRing
from storage.sealing import VERSION, CannotOpen, Cell, NoKeys, key_of, seal, unseal
from storage.upkeep.records import Base

BATCH = 50
"""Rows of one transaction: the bot goes on writing in between."""


@dataclass
class Resealed:
    """How many cells were brought under the newest key, and which do not open."""

    count: int = 0
    closed: set[Cell] = field(default_factory=set)

    def add(self, other: "Resealed") -> None:
        self.count += other.count
        self.closed |= other.closed


def seal_everything(database: Database) -> Resealed:
    """Bring every cell under the newest key, also those that are plain from before. Safe beside a bot that writes."""
    keys, done = keys_of(database), Resealed()
    for column in _sealed_columns():
        before = None
        while (
            done.count != before
        ):  # until one time through has found nothing: meanwhile somebody may have sealed
            before = done.count
            _seal_column(database, keys, column, done)
    return done


def _seal_column(database: Database, keys: KeyRing, column: Column[Any], done: Resealed) -> None:
    seen: int | None = 0
    while seen is not None:
        batch = partial(_sealed_batch, database, keys, column, seen)
        seen, sealed = again_where_it_gave_way(batch)
        done.add(sealed)


def _sealed_batch(
    database: Database, keys: KeyRing, column: Column[Any], after: int
) -> tuple[int | None, Resealed]:
    with database.engine.begin() as connection:
        return _seal_batch(connection, keys, column, after)


def _seal_batch(
    connection: Connection, keys: KeyRing, column: Column[Any], after: int
) -> tuple[int | None, Resealed]:
    """Give the last row that was seen, None when there is none left; and what was done."""
    prefix = f"{VERSION}.{keys.newest}."
    table = column.table
    old = select(table.c.id, table.c.consortium_id, column).where(column.is_not(None), table.c.id > after)
    old = old.where(func.substr(column, 1, len(prefix)) != prefix).order_by(table.c.id).limit(BATCH)
    seen, done = None, Resealed()
    for row_id, consortium_id, stands in connection.execute(old).all():
        seen = row_id
        cell = Cell(consortium_id, table.name, column.name, row_id)
        try:
            plain = stands if key_of(stands) is None else unseal(keys, cell, stands)
        except CannotOpen:
            done.closed.add(cell)
            continue
        # Only what still stands there as it was read: a decision may have come in between.
        this = update(table).where(table.c.id == row_id, column == stands)
        done.count += connection.execute(this.values({column.name: seal(keys, cell, plain)})).rowcount
    return seen, done


def drop_unused_keys(database: Database) -> set[str]:
    """Remove from the file what nothing is sealed under any more, and say which keys those were."""
    return again_where_it_gave_way(partial(_drop_unused_keys, database, keys_of(database)))


def _drop_unused_keys(database: Database, keys: KeyRing) -> set[str]:
    with keys.alone(), database.engine.begin() as connection:
        _hold_still(connection)
        keys.look_again()
        unused = set(keys.ids) - keys_in_use(connection) - {keys.newest}
        if unused:
            keys.drop(unused)
    return unused


def _hold_still(connection: Connection) -> None:
    """Nobody seals anything until the transaction ends; on SQLite that is so anyway."""
    if connection.dialect.name == "postgresql":
        for table in dict.fromkeys(column.table for column in _sealed_columns()):
            connection.execute(text(f"LOCK TABLE {table.name} IN SHARE MODE"))


def keys_of(database: Database) -> KeyRing:
    if database.keys is None:
        raise NoKeys("The database was opened without keys")
    return database.keys


def cells(connection: Connection) -> Iterator[tuple[Cell, str]]:
    """Every cell that is to be sealed, and what stands in it; also of a database that is not at the newest schema."""
    there = inspect(connection)
    for column in _sealed_columns():
        table = column.table
        if there.has_table(table.name) and {"consortium_id", column.name} <= _names(there, table):
            rows = select(table.c.id, table.c.consortium_id, column).where(column.is_not(None))
            for row_id, consortium_id, stands in connection.execute(rows.order_by(table.c.id)):
                yield Cell(consortium_id, table.name, column.name, row_id), stands


def _names(there: Any, table: Table) -> set[str]:
    return {column["name"] for column in there.get_columns(table.name)}


def closed_cells(connection: Connection, keys: KeyRing) -> list[Cell]:
    """Those whose sealed text does not open."""
    closed = []
    for cell, stands in cells(connection):
        if key_of(stands) is not None:
            try:
                unseal(keys, cell, stands)
            except CannotOpen:
                closed.append(cell)
    return closed


def keys_in_use(connection: Connection) -> set[str]:
    return {key_id for _, stands in cells(connection) if (key_id := key_of(stands)) is not None}


def _sealed_columns() -> Iterator[Column[Any]]:
    for table in Base.metadata.sorted_tables:
        yield from (column for column in table.columns if column.info.get("sealed"))
