"""All that a database holds, to be compared with what it held before."""

from typing import Any

from sqlalchemy import select

from storage.database import Base, Database
from storage.heartbeats import Heartbeat
from storage.tenancy import across_consortia


def content(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but for heartbeats: they only say that a clock ticks."""
    with database.transaction() as session, across_consortia(session):
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
            if table is not Heartbeat.__table__
        }
