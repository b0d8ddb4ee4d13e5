"""How loud the bot is in the story of a quarter: forty people, twenty-four new items, eight of the last time."""

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random

import pytest

from bot.calendar import is_working_day
from bot.quiet import SLEEPS, WAKES
from handlers.blocks.ids import HOLD, TAKE
from tests.clock import SAN_FRANCISCO
from tests.handlers.quarter import Quarter
from tests.handlers.steps import on_sqlite
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
TICKS = {"08:00", "09:00", "10:00", "17:00", "18:00"}
DECIDES_ON = (1, 3)
"""Tuesday and Thursday."""
HOSTS, ADMIN, DECIDES_ELSEWHERE = ("U0CURATOR", "U0DEPUTY"), "U0ADMIN", "U0RUTH"
FIRST, MEETING = date(2026, 11, 24), date(2027, 1, 21)
MOST = {"idle": 0, "who decides for others": 1, "member": 6, "host": 20, "admin": 10, "channel": 12}
"""New messages in the quarter."""


def rung(quarter: Quarter, place: str) -> list[float]:
    """When it was, in Slack's seconds: each new message in the channel, or in a person's direct messages."""
    slack = quarter.slack
    direct = None if place == SHARED else slack.world.direct(place, slack.app.user_id)
    channel = SHARED if place == SHARED else direct.id if direct else None
    return [float(one.ts) for one in slack.ledger if one.happened == "posted" and one.channel == channel]


def is_awake(moment: datetime) -> bool:
    return is_working_day(moment.date()) and WAKES <= moment.time() < SLEEPS


async def begins(quarter: Quarter) -> None:
    for person in (*OTHERS, IDLE):
        quarter.slack.add_person(person, "T0SISTER", person.title())
        quarter.slack.world.channels[SHARED].members.append(person)
    await quarter.plans(QUIET)


async def lives_through(quarter: Quarter, seed: int) -> None:
    """Items come on days and at hours of chance, and the host decides twice a week."""
    chance = Random(seed)
    days = [FIRST + timedelta(days=day) for day in range((MEETING - FIRST).days)]
    items = Counter((chance.choice(days[:-3]), f"{chance.randrange(24):02}:30") for _ in range(24))
    items[FIRST, "09:30"] += 8  # what the last meeting has kept
    for day in days:
        for hour in sorted({hour for on, hour in items if on == day} | TICKS):
            await quarter.it_is(f"{day} {hour}")
            for number in range(items[day, hour]):
                proposer = chance.choice(PROPOSERS)
                await quarter.slack.types(proposer, SHARED, f"/agenda add Item {number} of {day} {hour}")
                await quarter.ticks()
            if hour == "18:00" and day.weekday() in DECIDES_ON:
                await decides(quarter, chance)


async def decides(quarter: Quarter, chance: Random) -> None:
    """About all that waits."""
    for card in quarter.cards(quarter.slack.direct("U0CURATOR").id):
        elements = [one for block in card.blocks for one in block.get("elements", [])]
        for item_id in [one["value"] for one in elements if one.get("action_id") == TAKE]:
            press = chance.choice([TAKE, TAKE, HOLD])
            await quarter.slack.clicks("U0CURATOR", card, press, value=item_id)


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_quarter_rings_no_more_than_people_bear(quarter: Quarter, seed: int) -> None:
    """And nobody at night, on a weekend, or twice a day."""
    await begins(quarter)
    await lives_through(quarter, seed)
    loud = {
        "idle": len(rung(quarter, IDLE)),
        "who decides for others": len(rung(quarter, DECIDES_ELSEWHERE)),
        "member": max(len(rung(quarter, person)) for person in PROPOSERS),
        "host": max(len(rung(quarter, person)) for person in HOSTS),
        "admin": len(rung(quarter, ADMIN)),
        "channel": len(rung(quarter, SHARED)),
    }
    assert {place: count for place, count in loud.items() if count > MOST[place]} == {}
    for person in (*HOSTS, ADMIN, DECIDES_ELSEWHERE, *PROPOSERS):
        moments = [datetime.fromtimestamp(ts, SAN_FRANCISCO) for ts in rung(quarter, person)]
        assert [one for one in moments if not is_awake(one)] == []
        assert [day for day, count in Counter(one.date() for one in moments).items() if count > 1] == []
