"""What goes with a chart stands there once, with it or, where the workspace has none, in words alone."""

import pytest
from aiohttp import ClientSession

from playground.slack import Message, Refused
from playground.slack.faults import NO_CHARTS, Disliked
from storage import outbox
from storage.database import Database
from storage.post_kinds import PostKind
from tests.clock import FrozenClock
from tests.handlers.delivery.test_loop import FAULTS, HASTE, SETTLED, bot, passes, the_post, ticks
from tests.handlers.steps import on_sqlite, shown
from tests.story import OURS, SHARED, Story

pytestmark = on_sqlite

ANA, BEN = "U0MEMBER", "U0SAM"
POST = "chat.postMessage"
AFTER = "2027-01-22 12:00"
SOME_FAULTS = ["told to wait", "error 500 after storing", "dropped before storing", "torn JSON after storing"]
CHARTS = ("data_visualization", "data_table")


def owe_look_back(database: Database, clock: FrozenClock, place: str) -> None:
    with database.transaction(OURS) as session:
        key = PostKind.LOOK_BACK.key(consortium=OURS, day=clock().date(), place=place)
        outbox.owe(session, PostKind.LOOK_BACK, key, subject_id=OURS, place=place, due=clock())


def look_backs(slack: Story, place: str = ANA) -> list[Message]:
    channel = place if place == SHARED else slack.direct(place).id
    return [one for one in slack.world.messages[channel] if "Looking back" in one.text]


def charts(message: Message) -> list[str]:
    return [block["type"] for block in message.blocks if block["type"] in CHARTS]


async def refused(slack: Story) -> float:
    assert slack.app.request_url is not None
    address = slack.app.request_url.replace("/slack/events", "/metrics")
    async with ClientSession() as session, session.get(address) as answer:
        lines = (await answer.text()).splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("charts_refused_total"))


@pytest.mark.parametrize("place", [ANA, SHARED])
async def test_it_stands_there_with_a_chart_a_table_and_the_same_in_words(
    empty_slack: Story, clock: FrozenClock, owing: Database, place: str
) -> None:
    clock.strikes(AFTER)
    owe_look_back(owing, clock, place)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        assert await refused(empty_slack) == 0
    [message] = look_backs(empty_slack, place)
    assert charts(message) == list(CHARTS)
    assert "The last meeting\nJan 21, 2027\n" in message.text


async def test_where_the_workspace_has_none_it_goes_in_words_and_no_other_is_tried(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    clock.strikes(AFTER)
    empty_slack.weather_becomes({POST: NO_CHARTS}.get)
    for person in (ANA, BEN):
        owe_look_back(owing, clock, person)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        await passes(at_work, clock, days=1)
        owe_look_back(owing, clock, ANA)
        await ticks(at_work)
        assert await refused(empty_slack) in (1, 2)  # two that are sent at once may both try
    assert [len(look_backs(empty_slack, person)) for person in (ANA, BEN)] == [2, 1]
    tried = [one for one in empty_slack.calls if one.method == POST and CHARTS[0] in str(one.arguments)]
    assert len(tried) in (1, 2)
    for message in look_backs(empty_slack):
        assert charts(message) == []
        assert "Jan 21, 2027" in shown(message)


async def test_after_a_restart_it_is_tried_once_more(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    clock.strikes(AFTER)
    empty_slack.weather_becomes({POST: NO_CHARTS}.get)
    owe_look_back(owing, clock, ANA)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
    empty_slack.weather_becomes({}.get)
    owe_look_back(owing, clock, BEN)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
    assert [charts(message) for one in (ANA, BEN) for message in look_backs(empty_slack, one)] == [
        [],
        list(CHARTS),
    ]


async def test_what_is_refused_without_a_chart_too_tells_nothing_of_charts(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    clock.strikes(AFTER)
    empty_slack.weather_becomes({POST: Disliked("Looking back", Refused("invalid_blocks"))}.get)
    owe_look_back(owing, clock, ANA)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        assert the_post(owing, PostKind.LOOK_BACK).error == "invalid_blocks"
        empty_slack.weather_becomes({}.get)
        owe_look_back(owing, clock, BEN)
        await ticks(at_work)
        assert await refused(empty_slack) == 0
    [message] = look_backs(empty_slack, BEN)
    assert charts(message) == list(CHARTS)


@pytest.mark.parametrize("fault", SOME_FAULTS)
@pytest.mark.parametrize("has_charts", [True, False])
async def test_whatever_goes_wrong_it_stands_there_once(
    *, empty_slack: Story, clock: FrozenClock, owing: Database, fault: str, has_charts: bool
) -> None:
    """Also with the second try, where the first was refused."""
    clock.strikes(AFTER)
    async with bot(empty_slack, clock, owing, HASTE) as at_work:
        await at_work.comes_to_rest()
        if not has_charts:
            empty_slack.weather_becomes({POST: NO_CHARTS}.get)
            empty_slack.next_answer(POST, Refused("invalid_blocks"))
        empty_slack.next_answer(POST, FAULTS[fault])
        owe_look_back(owing, clock, ANA)
        await ticks(at_work)
        for _ in range(3):
            await passes(at_work, clock, seconds=SETTLED + 1)
    [message] = look_backs(empty_slack)
    assert charts(message) == (list(CHARTS) if has_charts else [])
    assert the_post(owing, PostKind.LOOK_BACK).ts == message.ts


async def test_it_stays_as_it_was_said(empty_slack: Story, clock: FrozenClock, owing: Database) -> None:
    clock.strikes(AFTER)
    owe_look_back(owing, clock, ANA)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        with owing.transaction(OURS) as session:
            outbox.refresh(session, PostKind.LOOK_BACK, subject_id=OURS)
        await ticks(at_work)
    [message] = look_backs(empty_slack)
    assert charts(message) == list(CHARTS)
    assert "chat.update" not in [
        one.method for one in empty_slack.calls if "Looking back" in str(one.arguments)
    ]
