"""Whoever knocks at the front door, and whatever they bring: nothing unsigned gets in, nothing signed breaks anything."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.hearing.signed_requests import Refused
from handlers.listeners.table import LISTENERS
from tests.knocking.house import Knock, house_in
from tests.knocking.people import heard_as
from tests.knocking.signing import signed
from tests.knocking.visits import Visits, body_of, many
from tests.long_forms import examples
from tests.tables import content

pytestmark = pytest.mark.slow

SEED = "2026-11"

explored = settings(
    max_examples=examples(50),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
anybody = st.randoms(use_true_random=False)


@pytest.fixture
async def visits(tmp_path: Path) -> AsyncIterator[Visits]:
    async with house_in(tmp_path) as house:
        yield Visits.to(house)


def test_everything_that_is_heard_is_said(visits: Visits) -> None:
    assert {heard_as(said.delivery) for said in visits.said} == set(LISTENERS)


async def test_what_people_say_is_taken_and_does_something(visits: Visits) -> None:
    rng = Random(SEED)
    for said in visits.said * 4:
        delivery = said.anew(rng)
        reply = await visits.signed(delivery, delivery.payload)
        assert reply.status == 200, delivery
    visits.house.must_be_sound()
    assert visits.deeds > 25


async def test_strangers_get_nothing_and_break_nothing(visits: Visits) -> None:
    await many(visits, SEED, strangers=examples(2_000))
    assert {status for _, status in visits.seen} == {0, 200, 400, 401, 404, 405, 413}


async def test_forgers_are_refused(visits: Visits) -> None:
    await many(visits, SEED, forgers=examples(1_000))
    assert sum(visits.seen.values()) == examples(1_000)
    assert {status for _, status in visits.seen} <= {401, 413}


async def test_odd_things_of_slacks_own_break_nothing(visits: Visits) -> None:
    await many(visits, SEED, slack=examples(400))
    assert {status for _, status in visits.seen} >= {200, 400}
    assert visits.deeds > 20


@explored
@given(rng=anybody)
async def test_no_stranger_can_be_found_who_gets_in(visits: Visits, rng: Random) -> None:
    await visits.stranger(rng)


@explored
@given(rng=anybody)
async def test_no_forgery_can_be_found_that_passes(visits: Visits, rng: Random) -> None:
    await visits.forger(rng)


@explored
@given(rng=anybody)
async def test_nothing_signed_can_be_found_that_breaks_anything(visits: Visits, rng: Random) -> None:
    await visits.slack(rng)


# --- The same again


async def test_a_request_that_comes_again_byte_for_byte_counts_once(visits: Visits) -> None:
    """Whoever overhears one within its five minutes can say nothing new with it."""
    rng = Random(SEED)
    house, acted = visits.house, 0
    for said in visits.said:
        delivery = said.anew(rng)
        body, kind = body_of(delivery, delivery.payload)
        headers = signed(house.slack.signing_secret, body, kind, b"%d" % visits.now)
        knock = Knock([body], headers, frozenset({200}))
        before = content(house.database)
        await asyncio.gather(*(house.hears(knock) for _ in range(3)))
        after = content(house.database)
        house.clock.passes(seconds=299)
        assert (await house.hears(knock)).status == 200
        assert content(house.database) == after, delivery
        house.clock.passes(seconds=2)
        assert (await house.hears(knock)).status == 401
        acted += after != before
        assert len(after["input"]) <= len(before["input"]) + 1
    assert acted > 5


# --- That these tests can fail


def _lets_in(*_: Any) -> None:
    """As a check that checks nothing."""


def _tells(_secret: str, _now: float, _headers: Any, body: bytes) -> None:
    raise Refused(401, body.decode("latin-1"))


def _believed(answers: dict[str, Any], field: str) -> Any:
    return answers[field]


PLANTED: dict[str, tuple[str, Any, dict[str, int]]] = {
    "any signature is accepted": ("handlers.hearing.front_door.verify", _lets_in, {"forgers": 50}),
    "no time is too long ago": ("handlers.hearing.signed_requests.MAX_SECONDS", 10**13, {"forgers": 2000}),
    "nothing is too large": ("handlers.hearing.signed_requests.MAX_BYTES", 10**30, {"strangers": 2000}),
    "strangers' odd shapes are not expected": (
        "handlers.hearing.front_door.ODD_SHAPE",
        (),
        {"strangers": 2000},
    ),
    "Slack's odd shapes are not expected": ("handlers.hearing.dispatch.ODD_SHAPE", (), {"slack": 2000}),
    "what is in a form is believed": ("handlers.hearing.forms.said", _believed, {"slack": 3000}),
    "what was refused is logged": ("handlers.hearing.front_door.verify", _tells, {"strangers": 200}),
}


@pytest.mark.parametrize("bug", PLANTED)
async def test_a_planted_bug_is_found(visits: Visits, monkeypatch: pytest.MonkeyPatch, bug: str) -> None:
    where, instead, knocks = PLANTED[bug]
    monkeypatch.setattr(where, instead)
    with pytest.raises(AssertionError):
        await many(visits, SEED, **knocks)
