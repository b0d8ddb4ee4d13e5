"""What is asked again and again reads no table from end to end, and what grows is told as it is."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event, select

from bench import cast, databases
from bench.growth.filling import FEW, fill
from bench.growth.part import Grown, report
from bench.growth.questions import QUESTIONS, Question
from storage.consortia import enter_consortium_of
from storage.database import Database
from storage.posts import Post
from storage.sqlite import count_roughly
from storage.upkeep.schema import bring_up_to_date
from tests.keys import RING
from tests.servers import PostgresServer

NOW = datetime(2026, 11, 23, 20, tzinfo=UTC)
ALL_OF_A_TABLE = re.compile(
    r"SCAN (item|post|tip)(_\d+)?\b|SEARCH (item|post|tip)(_\d+)? USING .*\(consortium_id=\?\)$"
)
READ_ALL_TIPS = {name for name in QUESTIONS if name.startswith("`/agenda tips`")}
"""Words are looked for within words, for which there is no index."""


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('growth')}/agenda.db", RING)
    bring_up_to_date(database.engine)
    with database.transaction() as session:
        fill(session, FEW, NOW)
    with database.engine.begin() as connection:
        count_roughly(connection, every_table=True)
    yield database
    database.close()


async def plans(database: Database, question: Question) -> list[str]:
    """How SQLite finds what the question asks for."""
    found: list[str] = []

    def explain(connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        cursor = connection.connection.dbapi_connection.cursor()
        if not statement.startswith("PRAGMA"):
            found.extend(row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))

    def ask(session: Any) -> None:
        consortium = enter_consortium_of(session, cast.TEAM)
        assert consortium is not None
        event.listen(database.engine, "before_cursor_execute", explain)
        try:
            question.ask(session, consortium, NOW)
            session.flush()
        finally:
            event.remove(database.engine, "before_cursor_execute", explain)

    await database.look(ask)
    return found


@pytest.mark.parametrize("name", sorted(QUESTIONS.keys() - READ_ALL_TIPS))
async def test_no_question_reads_a_table_from_end_to_end(grown: Database, name: str) -> None:
    planned = await plans(grown, QUESTIONS[name])
    assert planned
    assert [line for line in planned if ALL_OF_A_TABLE.match(line)] == []


async def test_a_question_that_does_is_noticed(grown: Database) -> None:
    planned = await plans(
        grown, Question(lambda session, *_: session.scalars(select(Post).where(Post.error == "odd")).all())
    )
    assert any(map(ALL_OF_A_TABLE.match, planned))


def test_the_table_tells_how_many_times_longer_it_takes(postgres: PostgresServer) -> None:
    shown = report(databases.on_server(postgres), {"to ask": Grown(0.5, 1.25)})
    assert shown.splitlines()[-1] == "| to ask | 0.50 | 1.25 | 2.5 |"
