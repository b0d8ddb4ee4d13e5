"""Two workspaces, two tokens, two bots on one Postgres: each speaks for its own."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot.consortia import apply
from bot.items import Proposal, propose
from bot.people import meet
from bot.plan.plan import read_plan
from playground.slack import App, Refused, Slack
from storage.consortia import Consortium, consortium_of
from storage.database import Database
from storage.people import Person, Who
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import across_consortia
from tests.builders import deliver
from tests.clock import FrozenClock
from tests.handlers.steps import at_rest
from tests.story import OURS, PLAN, SHARED, Story, bot_in, set_up
from tests.tables import content
from tests.waiting import for_ever

on_postgres = pytest.mark.parametrize("databases", ["postgres"], indirect=True, scope="session")
"""On a SQLite file there is one bot."""

BAY, BAYS_CHANNEL = "T0BAY", "C0BAY"
BAYS_PLAN = (
    PLAN.replace("T0SISTER", BAY).replace(SHARED, BAYS_CHANNEL).replace("U0", "U9").replace("T0OTHER/", "")
)


class Bay(Slack):
    """Another Slack, with people of its own and a bot with a token of its own."""

    def __init__(self, clock: FrozenClock) -> None:
        super().__init__(clock=clock.timestamp, patience=for_ever, app=App(bot_token="xoxb-bay"))
        self.add_workspace(BAY, "Bay", installed=True)
        for user_id in ("U9ADMIN", "U9CURATOR", "U9DEPUTY", "U9MEMBER", "U9SAM", "U9RUTH", "U9KOFI"):
            self.add_person(user_id, BAY, f"{user_id} of the bay", is_admin=user_id == "U9ADMIN")
        self.add_channel(BAYS_CHANNEL, "bay", [BAY], list(self.world.people))


@dataclass
class Both:
    sister: Story
    bay: Bay
    database: Database
    clock: FrozenClock

    @property
    def url(self) -> str:
        return self.database.engine.url.render_as_string(hide_password=False)


@pytest.fixture
async def both(empty_slack: Story, clock: FrozenClock, database: Database) -> AsyncIterator[Both]:
    set_up(database, clock)
    with database.transaction() as session:
        apply(session, read_plan(BAYS_PLAN), clock())
    bay = Bay(clock)
    await bay.start()
    yield Both(empty_slack, bay, database, clock)
    await bay.stop()


def _of(database: Database, team_id: str) -> dict[str, list[tuple[Any, ...]]]:
    """All that is remembered of the workspace's consortium."""
    with database.transaction() as session:
        consortium = consortium_of(session, team_id)
        assert consortium is not None
    rows = content(database)
    place = rows.pop("consortium")
    mine = {table: [row for row in found if row[0] == consortium.id] for table, found in rows.items()}
    return mine | {"consortium": [row for row in place if row[0] == consortium.id]}


def _sister_owes_everything(both: Both) -> None:
    """A message, an edit, a sweep, and what the clock has yet to owe; and Slack was never asked who people are."""
    with both.database.transaction(OURS) as session:
        member = meet(session, session.get_one(Consortium, OURS), Who("T0SISTER", "U0MEMBER"), None)
        propose(session, member, [Proposal("Only for our hosts")], both.clock())
        edit, sweep = session.query(Post).filter_by(kind=PostKind.CARD).order_by(Post.id)
        for post, state in ((edit, PostState.DUE), (sweep, PostState.SENT)):
            deliver(post, both.clock())
            post.state, post.channel_id = state, "D1"
        sweep.sweep_at = both.clock()
        session.query(Person).update({"named_at": None, "asked_at": None})


@on_postgres
async def test_what_is_the_others_is_not_touched_by_a_bot_of_another_workspace(both: Both) -> None:
    _sister_owes_everything(both)
    before = _of(both.database, "T0SISTER")
    async with bot_in(both.bay, both.clock, both.url) as bays_bot:
        for moment in ("2026-12-24 10:00", "2027-01-04 09:00", "2027-01-22 10:00"):
            both.clock.strikes(moment)
            await bays_bot.tick()
            await bays_bot.comes_to_rest()

    assert _of(both.database, "T0SISTER") == before
    said = repr((both.bay.world.messages, both.bay.calls))
    assert "The agenda of Sister Peace" in said  # it has spoken for its own, who are called the same
    assert not re.search(
        r"Only for our hosts|\bU0[A-Z]{3}|C0SHARED|T0SISTER", said.replace("U0AGENDABOT", "")
    )


@on_postgres
async def test_two_bots_each_tell_their_own(both: Both) -> None:
    async with bot_in(both.sister, both.clock, both.url), bot_in(both.bay, both.clock, both.url):
        await both.sister.types("U0MEMBER", SHARED, "/agenda add The sister's secret")
        await both.bay.types("U9MEMBER", BAYS_CHANNEL, "/agenda add The bay's secret")
        await at_rest(both.database, both.clock)
        await at_rest(both.database, both.clock, BAY)
        for slack, own, others in ((both.sister, "sister", "bay"), (both.bay, "bay", "sister")):
            said = repr((slack.world.messages, slack.calls))
            assert f"The {own}'s secret" in said
            assert f"The {others}'s secret" not in said
    with both.database.transaction() as session, across_consortia(session):
        assert {post.state for post in session.query(Post)} == {PostState.SENT}


async def test_nothing_is_claimed_or_asked_before_slack_has_said_whose_the_token_is(
    empty_slack: Story, clock: FrozenClock, database: Database
) -> None:
    set_up(database, clock)
    before = _of(database, "T0SISTER")
    for _at in ("the start", "the first tick", "the tick below"):
        empty_slack.next_answer("auth.test", Refused("fatal_error"))
    async with bot_in(empty_slack, clock, database.engine.url.render_as_string(hide_password=False)) as bot:
        await bot.tick()
        await bot.comes_to_rest()
        assert {call.method for call in empty_slack.calls} == {"auth.test"}
        assert _of(database, "T0SISTER") == before

        await bot.tick()
        await empty_slack.in_channel("The agenda of")
        with database.transaction() as session:
            assert consortium_of(session, "T0SISTER").confirmed_at is not None
