"""How loud the bot is in the story of a quarter: forty people, twenty-four new items, eight of the last time."""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

import pytest

from bot.calendar import is_working_day
from bot.quiet import A_WEEK, MOST_IN_A_WEEK, SLEEPS, WAKES
from handlers.blocks.ids import HOLD, PUBLISH, TAKE
from storage.post_facts import posted_at
from storage.post_kinds import PostKind
from tests.clock import SAN_FRANCISCO
from tests.handlers.quarter import Quarter
from tests.handlers.steps import on_sqlite
from tests.long_forms import LONG
from tests.story import PLAN, SHARED

pytestmark = [on_sqlite, pytest.mark.slow]

IDLE = "U0NEIGHBOR9"
OTHERS = tuple(f"U0NEIGHBOR{number}" for number in range(9))
QUIET = (
    PLAN.replace("quiet = false", "quiet = true")
    .replace("told_after_minutes = 5\n", "")
    .replace("[28, 14, 7, 1]", "[28, 10, 1]")
    .replace('members = ["U0MEMBER"]', f"members = {['U0MEMBER', *OTHERS, IDLE]}")
)
PROPOSERS = ("U0MEMBER", "U0SAM", "U0KOFI", *OTHERS)
TICKS = {"09:00", "10:00", "18:00"} | ({"08:00", "17:00"} if LONG in os.environ else set())
AT_REST = TICKS if LONG in os.environ else {"10:00"}
"""On days on which nobody works: what would ring then rings at any hour of day."""
HOSTS, ADMIN, DECIDES_ELSEWHERE = ("U0CURATOR", "U0DEPUTY"), "U0ADMIN", "U0RUTH"
FIRST, MEETING = date(2026, 11, 24), date(2027, 1, 21)
DAYS = [FIRST + timedelta(days=day) for day in range((MEETING - FIRST).days)]
MOST = {"idle": 0, "who decides for others": 1, "member": 6, "host": 20, "admin": 10, "channel": 12}
"""New messages in the quarter."""


def rung(quarter: Quarter, place: str) -> list[datetime]:
    """When it was: each new message in the channel, or in a person's direct messages."""
    slack = quarter.slack
    direct = None if place == SHARED else slack.world.direct(place, slack.app.user_id)
    channel = SHARED if place == SHARED else direct.id if direct else None
    return [
        datetime.fromtimestamp(float(one.ts), SAN_FRANCISCO)
        for one in slack.ledger
        if one.happened == "posted" and one.channel == channel
    ]


def is_awake(moment: datetime) -> bool:
    return is_working_day(moment.date()) and WAKES <= moment.time() < SLEEPS


async def begins(quarter: Quarter) -> None:
    for person in (*OTHERS, IDLE):
        quarter.slack.add_person(person, "T0SISTER", person.title())
        quarter.slack.world.channels[SHARED].members.append(person)
    await quarter.plans(QUIET)


@dataclass
class Habits:
    """What people of a quarter do, and when."""

    chance: Random
    items: Counter[tuple[date, str]]
    decides_on: Sequence[int] = (1, 3)
    """Tuesday and Thursday."""
    decides_at: str = "18:00"
    publishes_on: Sequence[date] = ()


def usual(seed: int) -> Habits:
    """Items come on days and at hours of chance, and the host decides twice a week."""
    chance = Random(seed)
    items = Counter((chance.choice(DAYS[:-3]), f"{chance.randrange(24):02}:30") for _ in range(24))
    items[FIRST, "09:30"] += 8  # what the last meeting has kept
    return Habits(chance, items)


def odd(seed: int) -> Habits:
    """Few items or many, on any day until the last, decided at any hour, and an agenda that is published again and again."""
    chance = Random(seed)
    days = [chance.choice(DAYS) for _ in range(chance.choice([0, 1, 20, 60]))]
    return Habits(
        chance,
        Counter((day, f"{chance.randrange(24):02}:30") for day in days),
        decides_on=chance.sample(range(7), chance.randrange(1, 5)),
        decides_at=f"{chance.randrange(24):02}:45",
        publishes_on=chance.sample(DAYS, chance.randrange(4)),
    )


async def lives_through(quarter: Quarter, habits: Habits, days: Sequence[date] = DAYS) -> None:
    for day in days:
        hours = (
            {hour for on, hour in habits.items if on == day}
            | (TICKS if is_working_day(day) else AT_REST)
            | {habits.decides_at}
        )
        for hour in sorted(hours):
            await quarter.it_is(f"{day} {hour}")
            for number in range(habits.items[day, hour]):
                proposer = habits.chance.choice(PROPOSERS)
                await quarter.slack.types(proposer, SHARED, f"/agenda add Item {number} of {day} {hour}")
                await quarter.ticks()
            if hour == habits.decides_at and day.weekday() in habits.decides_on:
                await decides(quarter, habits.chance)
            if hour == habits.decides_at and day in habits.publishes_on:
                await publishes(quarter)


async def publishes(quarter: Quarter) -> None:
    """Where there is something to publish."""
    board = await quarter.slack.types("U0CURATOR", SHARED, "/agenda curate")
    if PUBLISH in str(board.blocks):
        await quarter.slack.clicks("U0CURATOR", board, PUBLISH)
        await quarter.ticks()


async def decides(quarter: Quarter, chance: Random) -> None:
    """About all that waits."""
    for card in quarter.cards(quarter.slack.direct("U0CURATOR").id):
        elements = [one for block in card.blocks for one in block.get("elements", [])]
        for item_id in [one["value"] for one in elements if one.get("action_id") == TAKE]:
            press = chance.choice([TAKE, TAKE, HOLD])
            await quarter.slack.clicks("U0CURATOR", card, press, value=item_id)


async def test_a_quarter_rings_no_more_than_people_bear(quarter: Quarter) -> None:
    await begins(quarter)
    await lives_through(quarter, usual(seed=1))
    loud = {
        "idle": len(rung(quarter, IDLE)),
        "who decides for others": len(rung(quarter, DECIDES_ELSEWHERE)),
        "member": max(len(rung(quarter, person)) for person in PROPOSERS),
        "host": max(len(rung(quarter, person)) for person in HOSTS),
        "admin": len(rung(quarter, ADMIN)),
        "channel": len(rung(quarter, SHARED)),
    }
    assert {place: count for place, count in loud.items() if count > MOST[place]} == {}
    holds_its_peace(quarter)


async def test_whatever_people_do_nobody_is_rung_at_night_or_again_and_again(quarter: Quarter) -> None:
    """In the last weeks of a quarter."""
    await begins(quarter)
    await lives_through(quarter, odd(seed=1), DAYS[-17:])
    holds_its_peace(quarter)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1, 20))
async def test_in_no_quarter_is_anybody_rung_at_night_or_again_and_again(quarter: Quarter, seed: int) -> None:
    await begins(quarter)
    await lives_through(quarter, odd(seed))
    holds_its_peace(quarter)


def holds_its_peace(quarter: Quarter) -> None:
    for person in (*HOSTS, ADMIN, DECIDES_ELSEWHERE, *PROPOSERS, IDLE):
        moments = rung(quarter, person)
        assert [one for one in moments if not is_awake(one)] == [], person
        assert [day for day, count in Counter(one.date() for one in moments).items() if count > 1] == []
        if person not in HOSTS:
            after_three = zip(moments, moments[MOST_IN_A_WEEK:], strict=False)
            assert [later for earlier, later in after_three if later - earlier < A_WEEK] == [], person
    calls, digests, agendas = (
        weeks(quarter, kind) for kind in (PostKind.CALL, PostKind.DIGEST, PostKind.AGENDA)
    )
    assert [week for week, count in digests.items() if count > 1 or calls[week]] == []
    assert [week for week, count in calls.items() if count > 1 and week != week_of(MEETING)] == []
    assert max(agendas.values(), default=0) <= 1  # published again it is edited


def weeks(quarter: Quarter, kind: PostKind) -> Counter[date]:
    """How many of this kind came in which week."""
    came = [posted_at(post.ts).astimezone(SAN_FRANCISCO) for post in quarter.posts(kind) if post.ts]
    return Counter(week_of(moment.date()) for moment in came)


def week_of(day: date) -> date:
    """Its Monday."""
    return day - timedelta(days=day.weekday())
