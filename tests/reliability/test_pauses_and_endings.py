"""R3, R13: a process that stood still leaves no double behind, and one that is told to end ends in time and in order."""

from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.reliability.endings import Endings
from tests.reliability.pauses import pauses
from tests.reliability.trial import trial

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("databases", ["postgres"], indirect=True, scope="session"),
]

PAUSES, ENDINGS, POSTS, SEED = 4, 10, 40, 3
SECONDS_TO_END = 15


async def test_processes_that_stood_still_longer_than_their_claims_held_leave_nothing_doubled(
    new_database: NewDatabase, migrated: str, tmp_path: Path
) -> None:
    async with trial(new_database(migrated), tmp_path, seed=SEED) as arranged:
        arranged.storm()
        replicas = [arranged.replica() for _ in range(3)]
        await pauses(arranged, replicas, times=PAUSES, posts=POSTS, seed=SEED)
        verdict = await arranged.verdict(*replicas)
    assert verdict.is_clean, verdict
    assert verdict.owed > POSTS


async def test_processes_that_are_told_to_end_do_so_in_time_and_lose_and_double_nothing(
    new_database: NewDatabase, migrated: str, tmp_path: Path
) -> None:
    async with trial(new_database(migrated), tmp_path, seed=SEED) as arranged:
        arranged.storm()
        replicas = [arranged.replica() for _ in range(3)]
        endings = Endings(arranged, ENDINGS, POSTS, SEED)
        await endings.happen_to(replicas)
        verdict = await arranged.verdict(*replicas)
    assert endings.statuses == [0] * ENDINGS
    assert max(endings.seconds) < SECONDS_TO_END
    assert verdict.is_clean, verdict
    assert verdict.never_doubled, verdict
    assert verdict.owed > POSTS
