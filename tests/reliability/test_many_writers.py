"""D1, R8: many processes that write the same rows lose no update, find nothing locked, and write each slot once."""

import pytest

from storage.consortia import Consortium
from storage.database import Database
from storage.posts import Post
from tests.builders import NOON, a_consortium
from tests.reliability.writers import count_up, owe_the_same, side_by_side
from tests.story import OURS

pytestmark = pytest.mark.slow

COUNTING, TIMES = 4, 150
TICKING, SLOTS = 8, 250


@pytest.fixture
def shared(database: Database) -> Database:
    with database.transaction() as session:
        a_consortium(session, told_after_minutes=0)
    return database


def url_of(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


def test_of_six_hundred_updates_by_four_processes_none_is_lost_and_none_finds_the_row_locked(
    shared: Database,
) -> None:
    assert side_by_side(COUNTING, count_up, url_of(shared), TIMES) == [0] * COUNTING
    with shared.transaction(OURS) as session:
        assert session.query(Consortium).one().told_after_minutes == COUNTING * TIMES


def test_of_eight_processes_that_write_the_same_slots_one_writes_each(shared: Database) -> None:
    assert side_by_side(TICKING, owe_the_same, url_of(shared), SLOTS, NOON) == [0] * TICKING
    with shared.transaction(OURS) as session:
        assert sorted(post.key for post in session.query(Post)) == sorted(f"slot:{n}" for n in range(SLOTS))
