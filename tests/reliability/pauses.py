"""Pauses: a process stands still for longer than its claims hold, and then goes on as if nothing had been."""

import asyncio
from collections.abc import Sequence
from random import Random

from tests.reliability.replica import Replica
from tests.reliability.trial import Trial

LEASES = (1.05, 1.5)  # how long a pause takes, in leases
BETWEEN = (0.1, 0.8)  # seconds


async def pauses(trial: Trial, replicas: Sequence[Replica], *, times: int, posts: int, seed: int) -> None:
    """One of the replicas at a time stands still, and the others take over what it had claimed."""
    random = Random(seed)
    for replica in replicas:
        await replica.starts()
    for time in range(1, times + 1):
        await asyncio.to_thread(trial.debts.owe_up_to, posts * time // times)
        await asyncio.sleep(random.uniform(*BETWEEN))
        sleeper = random.choice(replicas)
        sleeper.pauses()
        await asyncio.sleep(trial.circumstances.timeouts.lease * random.uniform(*LEASES))
        sleeper.goes_on()
