"""Inputs that arrive one to four times, at once or out of order, at replicas that know nothing of each other."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from functools import partial
from random import Random

from sqlalchemy import func, select

from bot.people import meet
from bot.tips import keep
from handlers.blocks import tips as draw
from playground.slack import Message, Slack
from playground.slack.deliveries import Wait
from playground.slack.delivery import Delivery
from playground.slack.messages import checked_blocks
from playground.slack.views import checked, open_form
from storage.consortia import every_consortium
from storage.database import Database
from storage.inbox import Input
from storage.people import Who
from storage.tenancy import Session
from storage.tips import Tip
from tests.reliability.clock import RunningClock
from tests.reliability.replica import Replica
from tests.story import OURS, SHARED

TEAM, TYPISTS, AT_ONCE, MOST_COPIES = "T0SISTER", 40, 12, 4
OLD, NEW, TYPED, SENT = "General", "Grant reporting", "typed", "Case management"
"""The topics of the tips, by which what came of each kind of input is counted."""
ALREADY = "This reached us already"


@dataclass
class Inputs:
    """So many of each kind, each unlike all others, by people in the shared channel."""

    slack: Slack
    database: Database
    clock: RunningClock
    seed: int
    each: int
    arrivals: int = 0
    clicks_repeated: int = 0
    _random: Random = field(init=False)
    _people: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self._random = Random(self.seed)
        self._people = [f"U0TYPIST{number}" for number in range(TYPISTS)]
        for person in [*self._people, *self._guests]:
            self.slack.add_person(person, TEAM, f"Person {person}")
        self.slack.world.channels[SHARED].members += self._people

    @property
    def _guests(self) -> list[str]:
        """Who opens the Home tab, each once, so that each has one to show for it."""
        return [f"U0GUEST{number}" for number in range(self.each)]

    async def arrive_at(self, replicas: Sequence[Replica]) -> None:
        tips = self._tips_to_file()
        self.slack.deliveries.replicas = [replica.url for replica in replicas]
        self.slack.deliveries.route = self._route
        inputs = [
            *(self._types(number) for number in range(self.each)),
            *(self._clicks(person, message, tip) for person, message, tip in tips),
            *(self.slack.opens_home(guest) for guest in self._guests),
        ]
        self._random.shuffle(inputs)
        shares = [self._forms_of(number) for number in range(TYPISTS)]
        await asyncio.gather(_all_of(inputs), *shares)
        await self.slack.deliveries.settled()

    @property
    def all_counts(self) -> dict[str, int]:
        """What `effects` has to be. Events only look, so that they leave nothing in the inbox."""
        kinds = dict.fromkeys(("commands", "forms", "clicks", "events"), self.each)
        return kinds | {"deeds": 3 * self.each, "clicks refused": self.clicks_repeated}

    def effects(self) -> dict[str, int]:
        """What is there to show for the inputs."""
        with self.database.transaction(OURS) as session:
            topics = Counter(session.scalars(select(Tip.topic)))
            deeds = session.scalars(select(func.count()).select_from(Input)).one()
        return {
            "commands": topics[TYPED],
            "forms": topics[SENT],
            "clicks": topics[NEW],
            "events": sum(guest in self.slack.world.homes for guest in self._guests),
            "deeds": deeds,
            "clicks refused": sum(map(_refuses_a_click, self.slack.world.messages[SHARED])),
        }

    def _route(self, delivery: Delivery) -> Sequence[Wait]:
        """How late each copy is: many at once, some long after others that were sent later."""
        copies = self._random.randint(1, MOST_COPIES)
        self.arrivals += copies
        if "actions" in delivery.payload:
            self.clicks_repeated += copies - 1
        return [partial(asyncio.sleep, self._late()) for _ in range(copies)]

    def _late(self) -> float:
        return self._random.choice((0.0, 0.0, self._random.uniform(0, 0.1)))

    async def _types(self, number: int) -> None:
        person = self._people[number % TYPISTS]
        await self.slack.types(person, SHARED, f"/agenda tip {TYPED}: number {number}")

    async def _clicks(self, person: str, message: Message, tip: int) -> None:
        await self.slack.clicks(person, message, draw.FILE_UNDER, selected=f"{tip}:{NEW}")

    async def _forms_of(self, number: int) -> None:
        """A person has one form open at a time."""
        person = self._people[number]
        for _ in range(number, self.each, TYPISTS):
            view = open_form(self.slack.world, person, checked(draw.tip_form(), "modal"))
            await self.slack.fills(person, "topic", "topic", SENT)
            await self.slack.fills(person, "text", "text", view.id)
            await self.slack.submits(person)

    def _tips_to_file(self) -> list[tuple[str, Message, int]]:
        with self.database.transaction(OURS) as session:
            return [self._tip_to_file(session, self._people[n % TYPISTS], n) for n in range(self.each)]

    def _tip_to_file(self, session: Session, person: str, number: int) -> tuple[str, Message, int]:
        """A tip of this person's, with the message in which they can file it under another topic."""
        actor = meet(session, every_consortium(session)[0], Who(TEAM, person), person)
        tip = keep(session, actor, OLD, f"number {number}", self.clock())
        world = self.slack.world
        message = Message(SHARED, world.next_ts(), self.slack.app.user_id, only_for=person, from_app=True)
        message.blocks = checked_blocks(draw.kept(tip).blocks)
        return person, world.add(message), tip.id


def _refuses_a_click(message: Message) -> bool:
    """A refused command stands there with what was typed."""
    return ALREADY in message.text and "You typed" not in message.text


async def _all_of(inputs: Sequence[Awaitable[object]]) -> None:
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(awaited: Awaitable[object]) -> None:
        async with turn:
            await awaited

    await asyncio.gather(*(one(awaited) for awaited in inputs))
