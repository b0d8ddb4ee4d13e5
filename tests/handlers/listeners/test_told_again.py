"""A host that is told once more: in another message, once, and whoever hosts by then."""

from datetime import date

import pytest

from bot.hosting import give
from bot.meetings import arrange
from bot.questions import ask
from handlers.blocks.ids import CONFIRM, TAKE
from playground.slack import ServerError
from storage.meetings import MeetingState
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from tests.bot.hosting import curator
from tests.builders import Scene, an_arrangement
from tests.handlers.listeners.test_quiet import QUIET, messages, rung
from tests.handlers.quarter import CURATORS, OTHER_CURATORS, Quarter
from tests.handlers.steps import on_sqlite
from tests.story import OURS

pytestmark = [on_sqlite, pytest.mark.slow]
APRIL = date(2027, 4, 15)


def gives(quarter: Quarter, host: str) -> None:
    with quarter.database.transaction(OURS) as session:
        scene = Scene.found(session, quarter.clock)
        give(session, scene.actor("U0ADMIN"), scene.meeting.id, scene.collaborative(host).id, scene.now)


def is_proposed(quarter: Quarter) -> None:
    with quarter.database.transaction(OURS) as session:
        Scene.found(session, quarter.clock).meeting.state = MeetingState.PROPOSED


async def owed_to_ccsj_once_more(quarter: Quarter) -> None:
    """It has read that Sunset hosts. For a moment Slack takes no new message."""
    await quarter.plans(curators=CURATORS)
    is_proposed(quarter)
    for host in ("Sunset", "CCSJ", "Sunset"):
        gives(quarter, host)
        await quarter.ticks()
    quarter.slack.weather_becomes({"chat.postMessage": ServerError(503)}.get)
    gives(quarter, "CCSJ")
    await quarter.ticks()


async def the_weather_is_better(quarter: Quarter) -> None:
    quarter.slack.weather_becomes({}.get)
    for _ in range(5):
        quarter.clock.passes(minutes=10)
        await quarter.ticks()


def questions_in(quarter: Quarter, channel: str) -> list[str]:
    return [said for said in quarter.said(channel) if "Does this suit you" in said]


async def test_where_the_curators_channel_is_replaced_meanwhile_the_new_one_is_asked_once(
    quarter: Quarter,
) -> None:
    await owed_to_ccsj_once_more(quarter)
    await quarter.plans(curators=OTHER_CURATORS)
    await the_weather_is_better(quarter)
    assert len(questions_in(quarter, OTHER_CURATORS)) == 1


async def test_where_others_host_by_then_they_are_asked_once(quarter: Quarter) -> None:
    await owed_to_ccsj_once_more(quarter)
    gives(quarter, "Bayview")
    await the_weather_is_better(quarter)
    assert len(questions_in(quarter, quarter.slack.direct("U0RUTH").id)) == 1


@pytest.mark.parametrize("host", ["CCSJ", "Mission"])
async def test_where_several_or_nobody_decide_by_the_morning_nothing_is_tried_for_ever(
    quarter: Quarter, host: str
) -> None:
    await quarter.plans(QUIET)
    is_proposed(quarter)
    gives(quarter, "Sunset")
    await quarter.it_is("2026-11-24 09:00")
    gives(quarter, "CCSJ")
    await quarter.it_is("2026-11-25 22:00")
    gives(quarter, "Sunset")
    await quarter.ticks()
    gives(quarter, host)
    await quarter.it_is("2026-11-27 09:00")
    await the_weather_is_better(quarter)
    owed = [post.state for post in quarter.posts(PostKind.PROPOSED_MEETING)]
    assert not {PostState.DUE, PostState.SENDING} & {*owed}
    assert not [said for said in quarter.told("U0ADMIN") if "did not get through" in said]


@pytest.mark.parametrize("proposed", [True, False])
async def test_who_gets_it_back_on_the_same_day_is_told_in_a_message_of_its_own(
    quarter: Quarter, *, proposed: bool
) -> None:
    await quarter.plans(QUIET)
    if proposed:
        is_proposed(quarter)
    for hour, host in (("09:00", "Sunset"), ("10:00", "CCSJ"), ("11:00", "Sunset")):
        await quarter.it_is(f"2026-11-24 {hour}")
        gives(quarter, host)
        await quarter.ticks()
    assert [message.text.count("Sunset hosts") for message in messages(quarter, "U0SAM")] == [1, 1]
    assert rung(quarter, "U0SAM") == 2


async def test_where_room_is_short_cards_give_way_before_a_date_that_is_confirmed_nowhere_else(
    quarter: Quarter,
) -> None:
    await quarter.plans(QUIET, curators=CURATORS)
    with quarter.database.transaction(OURS) as session:
        scene = Scene.found(session, quarter.clock)
        [item, *_] = [scene.propose(f"Item {number}").id for number in range(11)]
    await quarter.ticks()
    with quarter.database.transaction(OURS) as session:
        scene = Scene.found(session, quarter.clock)
        host = scene.collaborative("Bayview")
        april = arrange(session, scene.consortium, host, an_arrangement(day=APRIL), scene.now)
        april.state = MeetingState.PROPOSED
        session.flush()
        give(session, scene.actor("U0ADMIN"), april.id, scene.collaborative("CCSJ").id, scene.now)
    await quarter.ticks()
    with quarter.database.transaction(OURS) as session:
        for words in ("Which one?", "Since when?"):
            ask(session, curator(Scene.found(session, quarter.clock)), item, quarter.clock(), words=words)
    await the_weather_is_better(quarter)
    [message] = quarter.slack.world.messages[CURATORS]
    assert CONFIRM in str(message.blocks)
    assert "Since when?" in message.text
    assert 0 < str(message.blocks).count(TAKE) < 11
