"""Behind a pooler that gives each transaction another session, everything goes as it does without."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.consortia import every_consortium
from storage.heartbeats import beat, newest_beat
from storage.items import Item
from storage.outbox import owe
from storage.post_kinds import PostKind
from storage.tenancy import enter
from storage.upkeep.inspection import Checkup
from storage.upkeep.open_database import KeySource, opened
from storage.upkeep.schema import Age
from tests.builders import NOON, a_consortium, a_person, an_item
from tests.keys import KEYS
from tests.pooler import Pooler, pooling
from tests.servers import PostgresServer

SOURCE = KeySource(Path("no-such-file"), KEYS)
COMMANDS = 200


@pytest.fixture
def pooled(postgres: PostgresServer) -> Iterator[tuple[str, Pooler]]:
    url = postgres.create()
    with pooling(url) as through:
        yield through
    postgres.drop(url)


def test_a_database_is_made_used_and_examined_through_it(pooled: tuple[str, Pooler]) -> None:
    url, pooler = pooled
    with opened(url, SOURCE) as database:
        with database.transaction() as session:
            consortium = a_consortium(session)
            enter(session, consortium.id)
            an_item(session, a_person(session, consortium), title="“Rents”")

        def command(number: int) -> None:
            with database.transaction(consortium.id) as session:
                beat(session, f"replica {number}", NOON + timedelta(seconds=number))
                owe(
                    session,
                    PostKind.STANDING,
                    f"key {number}",
                    subject_id=consortium.id,
                    place="C0SHARED",
                    due=NOON,
                )
                assert session.query(Item).one().title == "“Rents”"

        with ThreadPoolExecutor(8) as threads:
            list(threads.map(command, range(COMMANDS)))
        with database.transaction() as session:
            assert newest_beat(session) == NOON + timedelta(seconds=COMMANDS - 1)

    checkup = Checkup(url)
    checkup.must_open()
    checkup.must_be_of_use()
    assert checkup.age() == Age.NEWEST
    assert abs(checkup.clock_is_ahead_of(datetime.now(UTC))) < timedelta(minutes=1)
    with checkup.session() as session:
        assert len(every_consortium(session)) == 1
    assert pooler.refused == 0
