"""Outages: the Postgres under the replicas is restarted every few seconds, as a machine that fails and comes back."""

import asyncio
from collections.abc import Sequence
from random import Random

from tests.reliability.replica import Replica
from tests.reliability.trial import Trial
from tests.servers import PostgresServer

BETWEEN, DOWN = (1, 4), (0, 2)  # seconds


async def restarts(
    server: PostgresServer, trial: Trial, replicas: Sequence[Replica], *, times: int, posts: int, seed: int
) -> None:
    """Debts come in while it is up. A replica that could not begin because it was down is started again."""
    random = Random(seed)
    for time in range(1, times + 1):
        for replica in replicas:
            if not replica.is_running:
                await replica.starts()
        await asyncio.to_thread(trial.debts.owe_up_to, posts * time // times)
        await asyncio.sleep(random.uniform(*BETWEEN))
        await asyncio.to_thread(server.stop)
        await asyncio.sleep(random.uniform(*DOWN))
        await asyncio.to_thread(server.start)
