"""Endings: replicas are told to end by SIGTERM in the middle of their work, and begin again."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from tests.reliability.replica import Replica
from tests.reliability.trial import Trial

GAPS = (0.05, 1.0)  # seconds of work before each


@dataclass
class Endings:
    trial: Trial
    times: int
    posts: int
    seed: int
    statuses: list[int | None] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    begun: int = 0

    async def happen_to(self, replicas: Sequence[Replica]) -> None:
        random = Random(self.seed)
        await asyncio.gather(*(self._end_again_and_again(replica, random) for replica in replicas))

    async def _end_again_and_again(self, replica: Replica, random: Random) -> None:
        while self.begun < self.times:
            self.begun += 1
            await replica.starts()
            await asyncio.to_thread(self.trial.debts.owe_up_to, self.posts * self.begun // self.times)
            await asyncio.sleep(random.uniform(*GAPS))
            status, seconds = await replica.ends()
            self.statuses.append(status)
            self.seconds.append(seconds)
