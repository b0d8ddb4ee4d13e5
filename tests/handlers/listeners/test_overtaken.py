"""Slack's answer counts as of when it was asked: what became known on its way here is newer."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from playground.slack.faults import Answering
from program.app import Running
from storage.database import Database
from storage.people import Person
from storage.tenancy import across_consortia
from tests.clock import FrozenClock
from tests.handlers.steps import on_sqlite
from tests.story import SHARED, Story, bot_in, set_up

pytestmark = [on_sqlite, pytest.mark.slow]

ELSEWHERE = "C0OTHER"
INFO, MEMBERS, WHO = "conversations.info", "conversations.members", "users.info"
SHUT_OUT, NEWS = "This is for people who are in the shared channel", "Slack tells me something new"


@dataclass(frozen=True)
class OnItsWay:
    """What is true now is answered, and arrives when it may."""

    user_id: str = ""
    has_left: asyncio.Event = field(default_factory=asyncio.Event)
    may_arrive: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, answering: Answering, request: web.Request) -> web.Response:
        answer = answering()
        if self.user_id in await request.text() + request.query_string:
            self.has_left.set()
            await self.may_arrive.wait()
        return answer


@dataclass(frozen=True)
class World:
    slack: Story
    database: Database
    clock: FrozenClock
    running: Running

    @asynccontextmanager
    async def while_asked(
        self, method: str, doing: Awaitable[object] | None = None, user_id: str = ""
    ) -> AsyncIterator[None]:
        """Something happens while the answer is on its way: by default to the clock, which asks."""
        answer = OnItsWay(user_id)
        self.slack.weather_becomes(lambda called: answer if called == method else None)
        asking = asyncio.ensure_future(doing or self.running.tick())
        await answer.has_left.wait()
        self.slack.weather_becomes(lambda _: None)
        yield
        answer.may_arrive.set()
        await asking

    async def ticks(self) -> None:
        await self.running.tick()
        await self.running.comes_to_rest()

    def person(self, user_id: str) -> Person:
        with self.database.transaction() as session, across_consortia(session):
            return session.query(Person).filter_by(user_id=user_id).one()

    def told(self, user_id: str) -> list[str]:
        return [one.text for one in self.slack.world.messages[self.slack.direct(user_id).id]]

    async def says(self, user_id: str, typed: str) -> str:
        """The answer to what they type outside of the shared channel."""
        return (await self.slack.types(user_id, ELSEWHERE, typed)).text


@pytest.fixture
async def world(empty_slack: Story, database: Database, clock: FrozenClock) -> AsyncIterator[World]:
    set_up(database, clock)
    slack = empty_slack
    slack.world.channels[ELSEWHERE].members += ["U0CURATOR", "U0ADMIN", "U0NEW"]
    async with bot_in(slack, clock, database.engine.url.render_as_string(hide_password=False)) as running:
        await running.tick()
        yield World(slack, database, clock, running)


# --- The clock asks


@pytest.mark.parametrize("had_left_before", [False, True])
async def test_who_leaves_while_the_members_are_asked_for_stays_out(
    world: World, *, had_left_before: bool
) -> None:
    if had_left_before:
        await world.slack.leaves("U0CURATOR", SHARED)
        await world.slack.joins("U0CURATOR", SHARED)
    world.clock.passes(hours=25)
    async with world.while_asked(MEMBERS):
        await world.slack.leaves("U0CURATOR", SHARED)
    assert world.person("U0CURATOR").left_at
    assert SHUT_OUT in await world.says("U0CURATOR", "/agenda curate")


async def test_who_comes_back_while_the_members_are_asked_for_is_in(world: World) -> None:
    await world.slack.leaves("U0CURATOR", SHARED)
    world.clock.passes(hours=25)
    async with world.while_asked(MEMBERS):
        await world.slack.joins("U0CURATOR", SHARED)
        await world.slack.types("U0CURATOR", SHARED, "/agenda")
    assert world.person("U0CURATOR").left_at is None


async def test_who_is_new_while_the_members_are_asked_for_is_in(world: World) -> None:
    world.slack.world.channels[SHARED].members.remove("U0NEW")
    world.clock.passes(hours=25)
    async with world.while_asked(MEMBERS):
        world.slack.world.channels[SHARED].members.append("U0NEW")
        await world.slack.types("U0NEW", SHARED, "/agenda")
    assert world.person("U0NEW").left_at is None


async def test_what_became_known_of_others_meanwhile_keeps_nobody_else_in(world: World) -> None:
    world.slack.app.events = frozenset()
    await world.slack.leaves("U0DEPUTY", SHARED)
    world.slack.app.events = frozenset({"member_left_channel"})
    world.clock.passes(hours=25)
    async with world.while_asked(MEMBERS):
        await world.slack.leaves("U0CURATOR", SHARED)
    assert world.person("U0DEPUTY").left_at


async def test_of_whom_was_disconnected_while_the_members_are_asked_for_nobody_knows(world: World) -> None:
    world.clock.passes(hours=25)
    async with world.while_asked(MEMBERS):
        await world.slack.unshares(SHARED, "T0OTHER")
    assert not world.person("U0KOFI").reads_along
    await world.ticks()
    assert world.person("U0KOFI").left_at


@pytest.mark.parametrize("is_asked_about_news", [False, True])
async def test_what_happens_to_a_channel_while_it_is_asked_about_is_asked_again(
    world: World, *, is_asked_about_news: bool
) -> None:
    if is_asked_about_news:
        await world.slack.archives(SHARED)
        await world.slack.unarchives(SHARED)
    else:
        world.clock.passes(hours=25)
    async with world.while_asked(MEMBERS):
        await world.slack.archives(SHARED)
    await world.ticks()
    assert any("archived" in one for one in world.told("U0ADMIN"))


@pytest.mark.parametrize("is_asked_about_news", [False, True])
async def test_who_is_deactivated_while_asked_for_is_asked_for_again(
    world: World, *, is_asked_about_news: bool
) -> None:
    if is_asked_about_news:
        await world.slack.reactivates("U0CURATOR")
    else:
        world.clock.passes(hours=25)
    async with world.while_asked(WHO, user_id="U0CURATOR"):
        await world.slack.deactivates("U0CURATOR")
    await world.ticks()
    assert world.person("U0CURATOR").deactivated_at


# --- Somebody acts, and Slack is asked whether they may


@pytest.mark.parametrize("had_left_before", [False, True])
async def test_who_leaves_while_let_in_is_not_in(world: World, *, had_left_before: bool) -> None:
    slack = world.slack
    await slack.leaves("U0CURATOR", SHARED)
    if had_left_before:
        await slack.types("U0CURATOR", ELSEWHERE, "/agenda")
    await slack.joins("U0CURATOR", SHARED)
    typing = slack.types("U0CURATOR", ELSEWHERE, "/agenda add Secret rents")
    async with world.while_asked(MEMBERS, typing):
        await slack.leaves("U0CURATOR", SHARED)
    assert world.person("U0CURATOR").left_at
    assert SHUT_OUT in await world.says("U0CURATOR", "/agenda add Still here")


@pytest.mark.parametrize("method", [WHO, MEMBERS])
@pytest.mark.parametrize(
    "besides", ["nothing", "the clock asks again meanwhile", "another unknown one left before"]
)
async def test_who_is_new_and_leaves_while_let_in_is_not_in(world: World, method: str, besides: str) -> None:
    if besides == "another unknown one left before":
        world.slack.world.channels[SHARED].members.append("U0OUTSIDE")
        await world.slack.leaves("U0OUTSIDE", SHARED)
    typing = asyncio.ensure_future(world.says("U0NEW", "/agenda add Secret rents"))
    async with world.while_asked(method, typing):
        await world.slack.leaves("U0NEW", SHARED)
        if besides == "the clock asks again meanwhile":
            world.clock.passes(seconds=30)
            await world.running.tick()
    assert "We got it" not in typing.result()
    assert SHUT_OUT in await world.says("U0NEW", "/agenda add Still here")


async def test_who_speaks_in_the_channel_and_leaves_while_asked_for_is_not_in(world: World) -> None:
    slack = world.slack
    await slack.reactivates("U0CURATOR")
    typing = asyncio.ensure_future(slack.types("U0CURATOR", SHARED, "/agenda add Secret rents"))
    async with world.while_asked(WHO, typing):
        await slack.leaves("U0CURATOR", SHARED)
    assert NEWS in typing.result().text
    assert "/agenda add Secret rents" in typing.result().text
    assert SHUT_OUT in await world.says("U0CURATOR", "/agenda add Still here")


async def test_who_becomes_a_guest_while_asked_for_keeps_no_settings(world: World) -> None:
    slack = world.slack
    await slack.reactivates("U0ADMIN")
    async with world.while_asked(WHO, slack.types("U0ADMIN", SHARED, "/agenda setup")):
        slack.world.people["U0ADMIN"].is_restricted = True
        await slack.reactivates("U0ADMIN")
    assert "guests can't change the settings" in (await slack.types("U0ADMIN", SHARED, "/agenda setup")).text


async def test_who_is_met_is_asked_for_by_the_clock_too(world: World) -> None:
    """Of somebody unknown the bot could write down no news while it asked."""
    async with world.while_asked(WHO, world.slack.types("U0NEW", SHARED, "/agenda")):
        await world.slack.deactivates("U0NEW")
    await world.ticks()
    assert world.person("U0NEW").deactivated_at
