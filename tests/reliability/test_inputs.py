"""R11: every command, click, form and event acts once, however often it arrives and wherever."""

from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.reliability.inputs import Inputs
from tests.reliability.trial import trial
from tests.story import UNHURRIED

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("databases", ["postgres"], indirect=True, scope="session"),
]

INPUTS = 800


async def arrive(
    url: str, folder: Path, inputs: int, bug: str | None = None
) -> tuple[Inputs, dict[str, int]]:
    """What arrived, and the effects that it had."""
    async with trial(url, folder, timeouts=UNHURRIED) as arranged:
        replicas = [arranged.replica(bug=bug), arranged.replica(bug=bug)]
        for replica in replicas:
            await replica.starts()
        arrived = Inputs(arranged.slack, arranged.database, arranged.clock, seed=1, each=inputs // 4)
        await arrived.arrive_at(replicas)
        return arrived, arrived.effects()


async def test_inputs_that_arrive_up_to_four_times_have_as_many_effects_as_inputs(
    new_database: NewDatabase, migrated: str, tmp_path: Path
) -> None:
    arrived, effects = await arrive(new_database(migrated), tmp_path, INPUTS)
    assert arrived.arrivals > 2 * INPUTS
    assert effects == arrived.all_counts


async def test_a_bot_that_forgets_what_it_heard_is_seen(
    new_database: NewDatabase, migrated: str, tmp_path: Path
) -> None:
    arrived, effects = await arrive(new_database(migrated), tmp_path, 40, bug="inbox ignored")
    assert effects["commands"] > arrived.all_counts["commands"]
