"""All that a database holds, to be compared with what it held before."""

from typing import Any

from sqlalchemy import select

from storage import Database
from storage.database import Base


def content(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with database.transaction() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }
