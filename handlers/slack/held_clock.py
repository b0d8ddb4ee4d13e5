"""The one clock that everything is given: the machine's, held to the time that Slack's answers tell."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.outcomes import FAILURES, AskedToWait

log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]

LEAST_SKEW = timedelta(seconds=3)
"""Slack tells whole seconds, and an answer is under way for a while: less than this is no skew."""
WHOLE_SECONDS = timedelta(seconds=1)
LONGEST_WAY = timedelta(seconds=30)
"""No call takes longer: while that answer was under way, the machine's clock leapt."""
GOOD_FOR = timedelta(minutes=10)
"""By the clock itself: after a leap, Slack is asked again before anything is done that can't be undone."""
WITNESSES = 3
MOST_QUESTIONS = 3 * WITNESSES
MOST_DATES = 100
"""So many are remembered: whatever is between us and Slack may have kept more than one answer."""


@dataclass(frozen=True)
class _Contradiction:
    """By how much Slack's answer differs from the machine's clock, which is known no closer than the answer was under way.

    It was `asked` for and `answered` in seconds that no clock can move.
    """

    least: timedelta
    most: timedelta
    asked: float
    answered: float


@dataclass
class _Told:
    """`since` when a `Date` of Slack's is told, in seconds that no clock can move. `is_kept`: it was told again too late to tell a time."""

    since: float
    is_kept: bool = False


class HeldClock:
    """The machine's clock plus its known skew to the `Date` of Slack's answers.

    One odd answer moves nothing. The skew changes when three in a row, over `agreeing` seconds, tell the same, each as closely as
    the time that it was under way lets it: a proxy's old
    `Date` does not go on with time, so it never does. Until then the clock is in doubt, and so it is after a leap of its own.
    `follows`: a clock that is moved on purpose is compared, but not held. Where Slack tells no time, or no more, or always
    the same, there is nothing to be held to, and the machine is believed.
    """

    def __init__(
        self,
        machine: Clock,
        agreeing: float,
        *,
        follows: bool = True,
        passing: Callable[[], float] = time.monotonic,
    ) -> None:
        self.machine = machine
        self._agreeing = agreeing
        self._follows = follows
        self._passing = passing
        self._skew = timedelta(0)
        self._against: list[_Contradiction] = []
        self._confirmed_at: datetime | None = None
        self._told: dict[datetime, _Told] = {}
        self.is_ahead_by = timedelta(0)
        """Of what Slack said last, where that is known."""

    def __call__(self) -> datetime:
        return self.machine() + self._skew

    @property
    def is_in_doubt(self) -> bool:
        """Whether Slack has not confirmed it, or not since it leapt."""
        if not self._follows:
            return False
        if self._confirmed_at is None or self._against:
            return True
        return not -LEAST_SKEW <= self.machine() - self._confirmed_at <= GOOD_FOR

    def slack_answered(self, told: datetime | None, asked: datetime) -> None:
        """`told` is the answer's `Date`; `asked` is what the machine's clock showed when the question left."""
        answered = self.machine()
        if told is None or self._stands_still(told, (answered - asked).total_seconds()):
            self._believe_the_machine(answered)
            return
        self.is_ahead_by = max(answered + self._skew - told - LEAST_SKEW, timedelta(0))
        if asked + self._skew - LEAST_SKEW <= told <= answered + self._skew + LEAST_SKEW:
            self._confirm(answered)
        elif self._follows and timedelta(0) <= answered - asked <= LONGEST_WAY:
            now, way = self._passing(), (answered - asked).total_seconds()
            skews = told - answered, told + WHOLE_SECONDS - asked
            self._hear_against(_Contradiction(*skews, now - way, now))

    def _stands_still(self, told: datetime, way: float) -> bool:
        """Whether it was told already before this question left, as by a kept answer."""
        now = self._passing()
        known = self._told[told] = self._told.pop(told, _Told(now))  # the newest stands last
        known.is_kept |= now - max(way, 0) - known.since > LEAST_SKEW.total_seconds()
        if len(self._told) > MOST_DATES:
            del self._told[next(iter(self._told))]
        return known.is_kept

    def _believe_the_machine(self, answered: datetime) -> None:
        told_at = max((one.since for one in self._told.values() if not one.is_kept), default=None)
        if told_at is None or self._passing() - told_at > GOOD_FOR.total_seconds():
            self._confirm(answered)

    def _confirm(self, at: datetime) -> None:
        self._against.clear()
        self._confirmed_at = at

    def _hear_against(self, newest: _Contradiction) -> None:
        self._against.append(newest)
        least, most = self._agreed()
        if least > most + LEAST_SKEW:
            self._against = [newest]
        elif len(self._against) >= WITNESSES and newest.asked - self._against[0].answered >= self._agreeing:
            self._set((least + most) / 2)

    def _agreed(self) -> tuple[timedelta, timedelta]:
        return max(one.least for one in self._against), min(one.most for one in self._against)

    def _set(self, skew: timedelta) -> None:
        log.warning("the clock is set by Slack's", seconds=round((skew - self._skew).total_seconds()))
        self._skew = skew
        self.is_ahead_by = timedelta(0)
        self._confirm(self.machine())

    async def settles(self, client: AsyncWebClient) -> None:
        """Where Slack has contradicted it, ask until Slack has confirmed it or set it; not for ever."""
        for _ in range(MOST_QUESTIONS):
            if not self._against:
                return
            await asyncio.sleep(self._agreeing / WITNESSES)
            await self.is_sure(client)

    async def is_sure(self, client: AsyncWebClient) -> bool:
        """Whether what it shows may be acted upon. If it is in doubt, Slack is asked once."""
        if self.is_in_doubt:
            with suppress(*FAILURES):
                await _ask_anything(client)
        return not self.is_in_doubt


async def _ask_anything(client: AsyncWebClient) -> None:
    """Any answer tells the time. Slack limits each method by itself."""
    try:
        await client.auth_test()
    except AskedToWait:
        await client.api_test()
