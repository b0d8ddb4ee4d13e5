"""Whatever keeps the bot from looking into the shared channel: who is not surely in it is refused, and admins are let in to mend it."""

import pytest
from sqlalchemy import update

from handlers.blocks.ids import TAKE
from playground.slack import Dropped, Garbled, RateLimited, Refused, ServerError
from playground.slack.faults import PLAIN, Fault
from storage.database import Database
from storage.people import Person
from tests.builders import NOON
from tests.clock import FrozenClock
from tests.handlers.steps import at_rest, on_sqlite
from tests.story import OURS, SHARED, Story

pytestmark = [on_sqlite, pytest.mark.slow]

MEMBERS, ELSEWHERE = "conversations.members", "C0OTHER"
CLOSED = [Refused("channel_not_found"), Refused("not_in_channel"), Refused("is_archived")]
FORBIDDEN = [Refused("missing_scope"), Refused("access_denied"), Refused("never_heard_of")]
PASSING: list[Fault] = [
    *(ServerError(503), RateLimited(60), Dropped(), Garbled(*PLAIN)),
    *(Refused("fetch_members_failed"), Refused("internal_error"), Refused("ratelimited")),
]


@pytest.fixture
def nobody_is_sure(slack: Story, database: Database) -> Story:
    """As after the shared channel became another."""
    slack.world.channels[ELSEWHERE].members += ["U0ADMIN", "U0MEMBER"]
    with database.transaction(OURS) as session:
        session.execute(update(Person).values(doubted_at=NOON))
    return slack


def cannot_look(slack: Story, fault: Fault) -> None:
    slack.weather_becomes(lambda method: fault if method == MEMBERS else None)


@pytest.mark.parametrize("fault", [*CLOSED, *FORBIDDEN, *PASSING], ids=repr)
async def test_an_admin_is_let_in_whatever_keeps_the_bot_from_looking(
    nobody_is_sure: Story, fault: Fault
) -> None:
    slack = nobody_is_sure
    cannot_look(slack, fault)
    assert "Settings of" in (await slack.types("U0ADMIN", ELSEWHERE, "/agenda setup")).text


@pytest.mark.parametrize(
    ("faults", "words"),
    [
        (CLOSED, "An admin can mend that: /agenda setup says how"),
        (FORBIDDEN, "until an admin mends that"),
        (PASSING, "just now who is in the shared channel. Please try again"),
    ],
    ids=["closed", "forbidden", "passing"],
)
async def test_others_hear_whether_it_helps_to_try_again(
    nobody_is_sure: Story, faults: list[Fault], words: str
) -> None:
    slack = nobody_is_sure
    for fault in faults:
        cannot_look(slack, fault)
        refusal = (await slack.types("U0MEMBER", ELSEWHERE, "/agenda add Rents")).text
        assert words in refusal, fault
        assert "/agenda add Rents" in refusal


@pytest.mark.parametrize(("fault", "is_let_in"), [(FORBIDDEN[0], True), (PASSING[0], False)])
async def test_an_admin_of_another_organization_waits_while_it_may_pass(
    nobody_is_sure: Story, database: Database, clock: FrozenClock, fault: Fault, *, is_let_in: bool
) -> None:
    """Maybe it was disconnected, and as soon as Slack can be asked they are in no more."""
    slack = nobody_is_sure
    with database.transaction(OURS) as session:
        session.execute(update(Person).where(Person.user_id == "U0RUTH").values(is_admin=True))
    for curator in ("U0CURATOR", "U0DEPUTY"):
        await slack.leaves(curator, SHARED)
    await slack.types("U0MEMBER", SHARED, "/agenda add Rents")
    await at_rest(database, clock)
    card = await slack.in_direct("U0RUTH", "Rents")
    cannot_look(slack, fault)
    refusal = await slack.clicks("U0RUTH", card, TAKE)
    assert ("Please try again" in str(refusal)) is not is_let_in
    await at_rest(database, clock)
    assert ("Ruth Adeyemi added this" in card.text) is is_let_in


async def test_an_admin_who_left_waits_too(nobody_is_sure: Story, database: Database) -> None:
    slack = nobody_is_sure
    with database.transaction(OURS) as session:
        session.execute(update(Person).where(Person.user_id == "U0CURATOR").values(is_admin=True))
    await slack.leaves("U0ADMIN", SHARED)
    for fault in (*CLOSED, *FORBIDDEN, *PASSING):
        cannot_look(slack, fault)
        assert "Settings of" not in (await slack.types("U0ADMIN", ELSEWHERE, "/agenda setup")).text, fault
