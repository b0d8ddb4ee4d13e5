"""The monkey: kills replicas with -9, at gaps short and long. Short ones alone would prove little: no late store would come."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.reliability.replica import NotAtWork, Replica
from tests.reliability.trial import Trial

SHORT, LONG = (0.05, 0.18), (0.8, 3)  # seconds that a replica lives


@dataclass
class Monkey:
    """Debts come in as the kills go on, so that there is always something under way when one dies."""

    trial: Trial
    kills: int
    posts: int
    seed: int
    share_of_long: float = 0.2
    after_each: Callable[[], None] = lambda: None
    killed: int = 0

    def __post_init__(self) -> None:
        self._random = Random(self.seed)

    async def side_by_side(self, *replicas: Replica) -> None:
        """All live at the same time."""
        await asyncio.gather(*(self._torments(replica) for replica in replicas))

    async def in_turns(self, *replicas: Replica) -> None:
        """When one has died, the next takes over."""
        while self.killed < self.kills:
            await self._one_life(replicas[self.killed % len(replicas)])

    async def _torments(self, replica: Replica) -> None:
        while self.killed < self.kills:
            await self._one_life(replica)

    async def _one_life(self, replica: Replica) -> None:
        await replica.starts()
        await asyncio.to_thread(self.trial.debts.owe_up_to, self._owed_by_now)
        await asyncio.sleep(self._gap())
        if not replica.is_running:
            raise NotAtWork("it ended before it was killed")
        self.killed += 1
        await replica.is_killed()
        await asyncio.to_thread(self.after_each)

    @property
    def _owed_by_now(self) -> int:
        """All of them after half of the kills."""
        return min(self.posts, 2 * self.posts * (self.killed + 1) // self.kills)

    def _gap(self) -> float:
        is_long = self._random.random() < self.share_of_long
        return self._random.uniform(*(LONG if is_long else SHORT))
