"""R11: every command, click, form and event acts once, however often it arrives and wherever."""

import time
from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.soak.inputs import PATIENT, Inputs
from tests.soak.trial import trial

pytestmark = pytest.mark.slow

OF_EACH_KIND = 100
INPUTS = 4 * OF_EACH_KIND


@pytest.mark.parametrize("databases", ["postgres"], indirect=True, scope="session")
async def test_five_thousand_inputs_that_arrive_up_to_four_times_have_five_thousand_effects(
    new_database: NewDatabase, migrated: str, tmp_path: Path
) -> None:
    async with trial(new_database(migrated), tmp_path, ack_seconds=PATIENT) as arranged:
        replicas = [arranged.replica(), arranged.replica()]
        for replica in replicas:
            await replica.starts()
        inputs = Inputs(arranged.slack, arranged.database, arranged.clock, seed=1, each=OF_EACH_KIND)
        b = time.time()
        await inputs.arrive_at(replicas)
        print(time.time() - b, inputs.arrivals, inputs.clicks_repeated, inputs.effects())
        effects = inputs.effects()

    assert inputs.arrivals > 2 * INPUTS
    assert {name: effects[name] for name in ("commands", "clicks", "forms", "events")} == dict.fromkeys(
        ("commands", "clicks", "forms", "events"), OF_EACH_KIND
    )
    assert sum(effects.values()) == 0
