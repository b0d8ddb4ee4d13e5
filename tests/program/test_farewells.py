"""The parts of the bot end one after another, and all of them before a service manager kills it."""

import ast
import asyncio
import inspect
from dataclasses import astuple, fields, replace

import pytest
from aiohttp import ClientSession

from handlers.services import Services
from handlers.slack.timeouts import FAREWELLS, KILLED_AFTER, Farewells
from program import app
from tests.clock import FrozenClock

PARTS = [field.name for field in fields(Farewells)]
TAKEN_UP_BY = {"enter_async_context", "push_async_callback"}
FOR_EVER = 30
"""Seconds, as good as."""


def farewells_handed_out() -> list[list[str]]:
    """What each part that the exit stack of the bot takes up is handed of the budget."""
    calls = [one for one in ast.walk(ast.parse(inspect.getsource(app.running))) if isinstance(one, ast.Call)]
    taken_up = [one for one in calls if isinstance(one.func, ast.Attribute) and one.func.attr in TAKEN_UP_BY]
    return [_farewells_in(one) for one in sorted(taken_up, key=lambda one: one.lineno)]


def _farewells_in(call: ast.Call) -> list[str]:
    within = [one for one in ast.walk(call) if isinstance(one, ast.Attribute)]
    return [one.attr for one in within if isinstance(one.value, ast.Name) and one.value.id == "FAREWELLS"]


def test_all_farewells_together_are_over_before_the_bot_is_killed():
    assert FAREWELLS.longest == sum(astuple(FAREWELLS))
    assert FAREWELLS.longest < KILLED_AFTER == 15


@pytest.mark.parametrize("part", PARTS)
def test_no_part_may_take_so_long_that_the_bot_would_be_killed(part: str):
    with pytest.raises(ValueError, match="killed"):
        replace(FAREWELLS, **{part: getattr(FAREWELLS, part) + 2})


def test_the_parts_end_in_the_order_of_the_budget():
    handed_out = [part for parts in reversed(farewells_handed_out()) for part in parts]
    assert handed_out == [part for part in PARTS if part != "closing"]


def test_every_part_that_takes_its_time_has_a_share_of_the_budget():
    assert (
        farewells_handed_out().count([]) == 2
    )  # the HTTP session, and who asks whether Slack is back: both end at once


async def test_an_answer_that_never_ends_keeps_the_bot_no_longer_than_its_share(clock: FrozenClock):
    async with ClientSession() as session:
        services = Services(None, clock, session)
        speaking = asyncio.create_task(services.speak(asyncio.Event().wait()))
        await asyncio.sleep(0)  # it has begun
        async with asyncio.timeout(FOR_EVER):
            await services.finish_speaking(farewell=0)
        assert not speaking.done()
        speaking.cancel()
