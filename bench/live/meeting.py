"""A live meeting in which its host presses every three seconds: first in peace, then while the cards of thirty decisions are edited."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from time import perf_counter

from bench import cast
from bench.live.edits import FiftyAMinute
from bench.on_screen.contestants import Bot
from bench.wrong_answer import WrongAnswer
from handlers.blocks.ids import GO_ON, PUT_OFF, TAKE
from playground.slack import Message

ON_AGENDA, DECIDED_MEANWHILE = 6, 30
CARDS = DECIDED_MEANWHILE * len(cast.CURATORS)
PRESSES_IN_PEACE, PRESSES_MEANWHILE = 12, 24
EVERY = 3.0
"""Seconds from press to press."""
SOON = timedelta(minutes=20)
HOST = cast.CURATORS[0]
LIVE, ON_NOW, DECIDED = "We meet now", "On now\n", "added this to the agenda"
LONGEST_WAIT = 600.0


def that_begins_soon(now: datetime) -> str:
    """Where it is about noon, so that the day does not end meanwhile."""
    ahead = 12 - now.astimezone(UTC).hour
    begins = now.astimezone(timezone(timedelta(hours=ahead))) + SOON
    place = f"Etc/GMT{-ahead:+d}"  # whose signs are the other way round
    return cast.consortium(begins.date(), in_days=0, starts=f"{begins:%H:%M}", timezone=place)


class Meeting:
    """The one of this bot."""

    def __init__(self, bot: Bot) -> None:
        self._bot, self._slack = bot, bot.slack

    async def begins(self) -> None:
        """With a few items on its agenda, of which everybody has heard, and many that wait."""
        for person in cast.CROWD[: ON_AGENDA + DECIDED_MEANWHILE]:
            await self._bot.answers(person)
        await self._bot.settled()
        for card in self._cards(HOST)[:ON_AGENDA]:
            await self._slack.clicks(HOST, card, TAKE)
        await self._slack.types(HOST, cast.CHANNEL, "/agenda start")
        await self._slack.submits(HOST)
        await self._slack.closes(HOST, everything=True)
        await self._until(lambda: LIVE in self._shown())
        await self._slack.clicks(HOST, self._message(), GO_ON)
        await self._until(lambda: ON_NOW in self._shown() and len(self._undecided()) == CARDS)
        self._slack.weather_becomes(FiftyAMinute())

    async def in_peace(self) -> list[float]:
        """Seconds from each press to the edit that shows what is on by then."""
        return [await self._press() for _ in range(PRESSES_IN_PEACE)]

    async def while_cards_are_edited(self) -> tuple[list[float], int]:
        """The same; and how many of the cards were edited meanwhile."""
        deciding = asyncio.create_task(self._decide())
        presses = [await self._press() for _ in range(PRESSES_MEANWHILE)]
        await deciding
        return presses, CARDS - len(self._undecided())

    async def _decide(self) -> None:
        for card in [one for one in self._cards(HOST) if not _is_decided(one)]:
            await self._slack.clicks(HOST, card, TAKE)

    async def _press(self) -> float:
        before, pressed = _on(self._shown()), perf_counter()
        await self._slack.clicks(HOST, self._message(), PUT_OFF)
        await self._until(lambda: _on(self._shown()) != before)
        late = perf_counter() - pressed
        await asyncio.sleep(max(EVERY - late, 0))
        return late

    def _cards(self, person: str) -> Sequence[Message]:
        return [one for one in self._slack.world.messages[self._slack.direct(person).id] if one.from_app]

    def _undecided(self) -> list[Message]:
        return [one for person in cast.CURATORS for one in self._cards(person) if not _is_decided(one)]

    def _message(self) -> Message:
        [*_, newest] = [one for one in self._slack.world.messages[cast.CHANNEL] if LIVE in one.text]
        return newest

    def _shown(self) -> str:
        return "\n".join(one.text for one in self._slack.world.messages[cast.CHANNEL] if LIVE in one.text)

    async def _until(self, true: Callable[[], bool]) -> None:
        try:
            await self._slack.until(true, LONGEST_WAIT)
        except TimeoutError:
            raise WrongAnswer(f"After {LONGEST_WAIT:.0f} seconds it is not shown: {self._shown()}") from None


def _is_decided(card: Message) -> bool:
    return DECIDED in card.text


def _on(shown: str) -> str:
    return shown.partition(ON_NOW)[2].partition("\n")[0]
