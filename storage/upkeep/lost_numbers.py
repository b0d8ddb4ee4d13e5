"""Numbers that a restore has lost: they are given to nothing else, as buttons that stand in Slack name by them what is gone.

Meetings alone get them again: most are the same that were there, and what is done anew for them is known by their number. What calendars
hold of one may be newer than this database knows, so each is newer than any that was lost.
"""

from functools import partial
from typing import cast

from sqlalchemy import Connection, Table, func, select, text, update

from storage.database import Base, Database, again_where_it_gave_way
from storage.follow_ups import FollowUp
from storage.items import Item
from storage.meetings import Meeting
from storage.posts import Post
from storage.questions import Question
from storage.swaps import Swap
from storage.tips import Tip

NAMED_IN_SLACK: tuple[type[Base], ...] = (Item, Tip, FollowUp, Question, Swap, Post)
SKIPPED = 100_000
"""More than may have been lost, and so few that the numbers last for thousands of restores."""


def skip_lost_numbers(database: Database) -> None:
    again_where_it_gave_way(partial(_skip, database))


def _skip(database: Database) -> None:
    skip = _skip_in_sqlite if database.engine.dialect.name == "sqlite" else _skip_in_postgres
    with database.engine.begin() as connection:
        for record in NAMED_IN_SLACK:
            skip(connection, cast(Table, record.__table__))
        meetings = cast(Table, Meeting.__table__)
        connection.execute(update(meetings).values(sequence=meetings.c.sequence + SKIPPED))


def _skip_in_sqlite(connection: Connection, table: Table) -> None:
    """What is to be known of a table before its first row stands nowhere (sqlite.org/autoinc.html)."""
    about = {"name": table.name, "skipped": SKIPPED}
    known = connection.execute(
        text("UPDATE sqlite_sequence SET seq = seq + :skipped WHERE name = :name"), about
    )
    if not known.rowcount:
        connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :skipped)"), about)


def _skip_in_postgres(connection: Connection, table: Table) -> None:
    sequence = func.pg_get_serial_sequence(table.name, "id")
    connection.execute(select(func.setval(sequence, func.nextval(sequence) + SKIPPED)))
