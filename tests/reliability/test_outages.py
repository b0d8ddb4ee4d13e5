"""R4: a database that is away only delays."""

from pathlib import Path

import pytest

from tests.reliability.databases import on_postgres
from tests.reliability.outages import restarts
from tests.reliability.trial import trial

pytestmark = pytest.mark.slow

RESTARTS, POSTS, SEED = 5, 60, 4


async def test_postgres_restarted_under_load_loses_and_doubles_nothing(tmp_path: Path) -> None:
    with on_postgres() as (server, url):
        async with trial(url, tmp_path, seed=SEED) as arranged:
            arranged.storm()
            replicas = [arranged.replica() for _ in range(3)]
            await restarts(server, arranged, replicas, times=RESTARTS, posts=POSTS, seed=SEED)
            verdict = await arranged.verdict(*replicas)
    assert verdict.is_clean, verdict
    assert verdict.never_doubled, verdict
    assert verdict.owed > POSTS
