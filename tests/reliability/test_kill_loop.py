"""R1, D6: whenever it is killed and whatever Slack answers, what is owed stands there once, in order and up to date."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.reliability.databases import unsound
from tests.reliability.monkey import Monkey
from tests.reliability.replica import APART, NotAtWork
from tests.reliability.trial import Trial, trial
from tests.reliability.verdict import Verdict

pytestmark = pytest.mark.slow

POSTS, KILLS, REPLICAS, SEED = 60, 24, 3, 20261124
POSTS_APART, KILLS_APART = 40, 12
KILLS_IN_TURNS = 12
CLOCKS = (timedelta(minutes=5), timedelta(0), timedelta(days=-300))
"""By how much each machine's clock is ahead."""


def on(engine: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("databases", [engine], indirect=True, scope="session")


def no_harm_was_done(verdict: Verdict, arranged: Trial) -> None:
    assert verdict.is_clean, verdict
    assert verdict.never_doubled, verdict
    assert verdict.owed > POSTS
    assert {"soak:disliked 0", "soak:disliked 1"} <= {*verdict.aside}, verdict.aside
    assert len(arranged.weather.counted) == len(arranged.weather.faults()), "a fault never came"


@on("postgres")
async def test_replicas_that_are_killed_side_by_side_lose_and_double_nothing(
    new_database: NewDatabase, migrated: str, tmp_path: Path
) -> None:
    async with trial(new_database(migrated), tmp_path, seed=SEED) as arranged:
        arranged.storm()
        replicas = [arranged.replica() for _ in range(REPLICAS)]
        monkey = Monkey(arranged, KILLS, POSTS, SEED)
        await monkey.side_by_side(*replicas)
        no_harm_was_done(await arranged.verdict(*replicas), arranged)
    assert monkey.killed >= KILLS


@on("postgres")
async def test_replicas_whose_machines_show_other_times_lose_and_double_nothing(
    new_database: NewDatabase, migrated: str, tmp_path: Path
) -> None:
    async with trial(new_database(migrated), tmp_path, seed=SEED, timeouts=APART) as arranged:
        arranged.storm()
        replicas = [arranged.replica(ahead=ahead) for ahead in CLOCKS]
        monkey = Monkey(arranged, KILLS_APART, POSTS_APART, SEED, share_of_long=0.5)
        await monkey.side_by_side(*replicas)
        verdict = await arranged.verdict(*replicas)
    assert verdict.is_clean, verdict
    assert verdict.never_doubled, verdict
    assert verdict.owed > POSTS_APART


@on("sqlite")
async def test_processes_that_take_turns_on_one_file_lose_and_double_nothing_and_leave_it_sound(
    new_database: NewDatabase, migrated: str, tmp_path: Path
) -> None:
    url = new_database(migrated)
    faults_found: list[str] = []
    async with trial(url, tmp_path, seed=SEED) as arranged:
        arranged.storm()
        one, other = arranged.replica(), arranged.replica()
        monkey = Monkey(
            *(arranged, KILLS_IN_TURNS, POSTS, SEED),
            share_of_long=0.1,  # one lives at a time, and so the whole takes as long as all of their lives
            after_each=lambda: faults_found.extend(unsound(url)),
        )
        await monkey.in_turns(one, other)
        no_harm_was_done(await arranged.verdict(one), arranged)
    assert monkey.killed >= KILLS_IN_TURNS
    assert faults_found == []


@on("sqlite")
async def test_the_second_on_one_file_is_refused_until_the_first_is_killed(
    new_database: NewDatabase, migrated: str, tmp_path: Path
) -> None:
    async with trial(new_database(migrated), tmp_path) as arranged:
        first, second = arranged.replica(), arranged.replica()
        await first.starts()
        with pytest.raises(NotAtWork, match="Another bot works with this SQLite file"):
            await second.starts()
        await first.is_killed()
        await second.starts()
        verdict = await arranged.verdict(second)
    assert verdict.is_clean, verdict
