"""The proofs can fail: each bug that they are for is planted, and seen."""

from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.long_forms import shortened
from tests.reliability.scripts import SCRIPTS, UNHURRIED, edit_stored_late, play
from tests.reliability.trial import trial

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("databases", ["postgres"], indirect=True, scope="session"),
]

PLAYS = 3
NOT_IN_STORMS = {"settle 0", "fence unchecked", "nobody passes"}
"""What the others play is in the weather of test_kill_loop too."""


@pytest.mark.parametrize("bug", SCRIPTS)
async def test_a_planted_bug_is_seen(
    new_database: NewDatabase, migrated: str, tmp_path: Path, bug: str
) -> None:
    """On a busy machine a process may come too late to do harm, so it is played more than once if need be."""
    for number in range(PLAYS):
        folder = tmp_path / str(number)
        folder.mkdir()
        async with trial(new_database(migrated), folder, timeouts=UNHURRIED) as arranged:
            verdict = await play(bug, arranged, bug=bug)
        if not (verdict.is_clean and verdict.never_doubled):
            return
    pytest.fail(f"{bug} does no harm: {verdict}")


@pytest.mark.parametrize("script", shortened(SCRIPTS, NOT_IN_STORMS))
async def test_without_the_bug_the_same_weather_does_no_harm(
    new_database: NewDatabase, migrated: str, tmp_path: Path, script: str
) -> None:
    async with trial(new_database(migrated), tmp_path, timeouts=UNHURRIED) as arranged:
        verdict = await play(script, arranged, bug=None)
    assert verdict.is_clean, verdict
    assert verdict.never_doubled, verdict


async def test_an_edit_that_is_stored_late_does_not_undo_a_newer_one(
    new_database: NewDatabase, migrated: str, tmp_path: Path
) -> None:
    async with trial(new_database(migrated), tmp_path, timeouts=UNHURRIED) as arranged:
        await edit_stored_late(arranged, arranged.replica(), arranged.replica())
        verdict = await arranged.verdict()
    assert verdict.is_clean, verdict
    assert [entry.happened for entry in arranged.slack.ledger].count("edited") > 1
