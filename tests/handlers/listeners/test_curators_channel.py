"""A host's curators' channel is where those who decide are asked: only while some of them can."""

import pytest

from handlers.blocks.ids import TAKE
from playground.slack import Refused, ServerError
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from tests.handlers.quarter import CURATORS, Quarter
from tests.handlers.steps import on_sqlite
from tests.story import PLAN, SHARED

pytestmark = [pytest.mark.slow, on_sqlite]

FIRST_CALL = "2026-12-24 10:00"
WHERE = pytest.mark.parametrize("where", [None, CURATORS], ids=["directly", "in a channel"])


async def curators_leave(quarter: Quarter) -> None:
    for curator in ("U0CURATOR", "U0DEPUTY"):
        await quarter.slack.leaves(curator, SHARED)
    await quarter.ticks()


async def admin_is_asked(quarter: Quarter) -> None:
    await quarter.slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    await quarter.ticks()
    (card,) = quarter.cards(quarter.slack.direct("U0ADMIN").id)
    await quarter.slack.clicks("U0ADMIN", card, TAKE)
    await quarter.ticks()
    assert "added this to the agenda" in card.text
    assert quarter.cards(CURATORS) == []


@WHERE
async def test_where_all_curators_left_the_shared_channel_the_admins_are_asked(
    quarter: Quarter, where: str | None
) -> None:
    await quarter.plans(curators=where)
    await curators_leave(quarter)
    await admin_is_asked(quarter)


@WHERE
async def test_where_no_curator_is_named_the_admins_are_asked(quarter: Quarter, where: str | None) -> None:
    await quarter.plans(PLAN.replace('curators = ["U0CURATOR", "U0DEPUTY"]\n', ""), curators=where)
    await admin_is_asked(quarter)


@pytest.mark.parametrize("becomes", ["deleted", "is_bot"])
async def test_where_the_only_curator_can_not_act_any_more_the_admins_are_asked(
    quarter: Quarter, becomes: str
) -> None:
    alone = PLAN.replace('["U0CURATOR", "U0DEPUTY"]', '["U0CURATOR"]')
    await quarter.plans(alone, curators=CURATORS)
    setattr(quarter.slack.world.people["U0CURATOR"], becomes, True)
    quarter.clock.passes(hours=25)
    await quarter.ticks()
    await admin_is_asked(quarter)


async def test_once_a_curator_is_back_they_are_asked_in_their_channel_again(quarter: Quarter) -> None:
    await quarter.plans(curators=CURATORS)
    await curators_leave(quarter)
    await quarter.slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    await quarter.ticks()
    await quarter.slack.joins("U0CURATOR", SHARED)
    quarter.clock.passes(minutes=5)
    await quarter.ticks()
    assert len(quarter.cards(CURATORS)) == 1
    assert quarter.cards(quarter.slack.direct("U0ADMIN").id) == []


async def test_whether_a_call_arrived_is_asked_of_those_who_decide(quarter: Quarter) -> None:
    slack = quarter.slack
    await quarter.plans(curators=CURATORS)
    await curators_leave(quarter)
    nobody_looks = Refused("missing_scope")
    slack.weather_becomes(lambda method: nobody_looks if method == "conversations.history" else None)
    slack.next_answer("chat.postMessage", ServerError(500))
    await quarter.it_is(FIRST_CALL)
    for _ in range(4):
        quarter.clock.passes(minutes=2)
        await quarter.ticks()
    assert [post.state for post in quarter.posts(PostKind.CALL)] == [PostState.UNKNOWN]
    assert [post.place for post in quarter.posts(PostKind.UNSURE)] == ["U0ADMIN"]
