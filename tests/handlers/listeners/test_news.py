"""Who is let in: Slack is asked when somebody is first met, and again when it says that they changed."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.consortia import apply
from bot.plan.plan import read_plan
from handlers.blocks.ids import TAKE
from handlers.hearing.introductions import ask_who_people_are
from handlers.services import Services
from handlers.slack.connection import Connection
from playground.slack import Message, RateLimited, Refused, ServerError, Silence
from storage.database import Database
from storage.people import Person
from storage.tenancy import across_consortia
from tests.clock import FrozenClock
from tests.handlers.steps import at_rest, everything, on_sqlite, shown, standing, wakes_delivery
from tests.story import OURS, PLAN, SHARED, UNHURRIED, Story, bot_in, set_up

pytestmark = on_sqlite

Ask = Callable[[], Awaitable[None]]
WHO = "users.info"


@pytest.fixture
async def ask(slack: Story, database: Database, clock: FrozenClock) -> AsyncIterator[Ask]:
    """As the clock's next tick would do."""
    async with ClientSession() as session:
        services = Services(database, clock, session, UNHURRIED)
        connection = Connection(slack.api_url, slack.bot_token, session, clock)
        await connection.check_token()

        async def tick() -> None:
            await ask_who_people_are(services, connection)
            await wakes_delivery(slack)
            await at_rest(database, clock)

        yield tick


def asked_for(slack: Story) -> list[str]:
    return [call.arguments["user"] for call in slack.calls if call.method == WHO]


def known(database: Database, user_id: str) -> Person | None:
    with database.transaction() as session, across_consortia(session):
        return session.query(Person).filter_by(user_id=user_id).one_or_none()


async def types_though_deactivated(slack: Story, person: str, typed: str) -> Message | None:
    """A command that was on its way; Slack's client would take no other."""
    who, channel = slack.world.people[person], slack.world.channels[SHARED]
    delivery = slack._wires.payloads.command(who, channel, "/agenda", typed)
    answer = await slack.deliveries.deliver(delivery)
    return Message(SHARED, "", "", answer.get("text", ""), answer.get("blocks", []))


# --- First met


async def test_slack_is_asked_once_who_somebody_new_is(slack: Story, database: Database) -> None:
    for _ in range(3):
        assert "January 21" in shown(await slack.types("U0NEW", SHARED, "/agenda"))
    assert asked_for(slack) == ["U0NEW"]
    assert known(database, "U0NEW").name == "Noor Haddad"


@pytest.mark.parametrize(
    ("who", "why"), [({"is_bot": True}, "this account is a bot"), ({"deleted": True}, "deactivated")]
)
async def test_a_bot_and_who_was_deactivated_are_refused_and_not_written_down(
    slack: Story, database: Database, clock: FrozenClock, who: dict[str, Any], why: str
) -> None:
    slack.add_person("U0ODD", "T0SISTER", "Odd One", **who)
    slack.world.channels[SHARED].members.append("U0ODD")
    before = await everything(database, clock)
    assert why in shown(await types_though_deactivated(slack, "U0ODD", "add Budget"))
    assert await everything(database, clock) == before


async def test_slackbot_is_a_bot_also_though_slack_does_not_say_so(slack: Story, database: Database) -> None:
    slack.add_person("USLACKBOT", "T0SISTER", "Slackbot")
    slack.world.channels[SHARED].members.append("USLACKBOT")
    assert "is a bot" in shown(await slack.types("USLACKBOT", SHARED, "/agenda"))
    assert known(database, "USLACKBOT") is None


@pytest.mark.parametrize("fault", [RateLimited(1), ServerError(500), Refused("user_not_visible")])
async def test_whom_slack_does_not_tell_is_not_let_in(
    slack: Story, database: Database, clock: FrozenClock, fault: Any
) -> None:
    before = await everything(database, clock)
    slack.next_answer(WHO, fault)
    refusal = await slack.types("U0NEW", SHARED, "/agenda add Budget")
    assert "Slack does not tell me who you are" in refusal.text
    assert "/agenda add Budget" in refusal.text
    assert await everything(database, clock) == before

    clock.passes(seconds=2)  # as long as Slack wants not to be asked, if it said so
    assert "which collaborative" in shown(await slack.types("U0NEW", SHARED, "/agenda add Budget"))


async def test_while_slack_hangs_the_person_hears_in_time(
    empty_slack: Story, clock: FrozenClock, database: Database
) -> None:
    set_up(database, clock)
    empty_slack.next_answer(WHO, Silence(stored=True))
    url = database.engine.url.render_as_string(hide_password=False)
    async with bot_in(empty_slack, clock, url, timeouts=replace(UNHURRIED, answer=0.05)):
        refusal = await empty_slack.types("U0NEW", SHARED, "/agenda")
    assert "does not tell me who you are" in refusal.text
    assert known(database, "U0NEW") is None


@pytest.mark.parametrize(
    ("lost", "is_let_in"), [({"deleted", "is_bot"}, True), ({"team_id"}, False)], ids=["flags", "workspace"]
)
async def test_flags_that_do_not_apply_may_be_left_out_and_the_workspace_may_not(
    slack: Story, database: Database, monkeypatch: pytest.MonkeyPatch, lost: set[str], *, is_let_in: bool
) -> None:
    from playground.slack.methods import users  # noqa: PLC0415 - to make its answers poorer

    whole = users.as_json

    def poorer(*args: Any, **kwargs: Any) -> dict[str, Any]:
        return {key: value for key, value in whole(*args, **kwargs).items() if key not in lost}

    monkeypatch.setattr(users, "as_json", poorer)
    answer = await slack.types("U0NEW", SHARED, "/agenda")
    assert ("does not tell me who you are" in answer.text) is not is_let_in
    assert (known(database, "U0NEW") is not None) is is_let_in


async def test_who_goes_by_the_id_of_somebody_elsewhere_is_not_taken_for_them(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    """User ids alone are not promised to be unique."""
    await at_rest(database, clock)
    before = await everything(database, clock)
    impostor = slack.world.people["U0ADMIN"]
    delivery = slack._wires.payloads.command(impostor, slack.world.channels[SHARED], "/agenda", "setup")
    delivery.payload["team_id"] = "T0OTHER"
    answer = await slack.deliveries.deliver(delivery)
    assert "somebody else under your name" in answer["text"]
    assert await everything(database, clock) == before


async def test_people_named_in_the_settings_are_asked_for_before_they_first_act(
    slack: Story, database: Database
) -> None:
    with database.transaction() as session, across_consortia(session):
        session.query(Person).filter_by(user_id="U0CURATOR").one().named_at = None
    slack.world.people["U0CURATOR"].deleted = True
    refusal = await types_though_deactivated(slack, "U0CURATOR", "curate")
    assert "deactivated" in shown(refusal)
    assert asked_for(slack) == ["U0CURATOR"]


# --- Known


async def test_who_was_deactivated_can_do_nothing_from_then_on_and_back_again_can(
    slack: Story, database: Database, clock: FrozenClock, ask: Ask
) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    await slack.deactivates("U0MEMBER")
    assert "deactivated" in shown(await types_though_deactivated(slack, "U0MEMBER", "add Rents"))
    await ask()
    assert known(database, "U0MEMBER").deactivated_at == clock()
    before = await everything(database, clock)
    assert "deactivated" in shown(await types_though_deactivated(slack, "U0MEMBER", "add Rents"))
    assert await everything(database, clock) == before

    await slack.reactivates("U0MEMBER")
    assert "We got it" in shown(await slack.types("U0MEMBER", SHARED, "/agenda add Rents"))
    assert known(database, "U0MEMBER").deactivated_at is None


async def test_what_the_event_says_is_not_believed(slack: Story, database: Database, ask: Ask) -> None:
    member = {"id": "U0MEMBER", "team_id": "T0SISTER", "deleted": True, "is_bot": True, "is_admin": True}
    await slack.happens({"type": "user_change", "user": member})
    await ask()
    person = known(database, "U0MEMBER")
    assert (person.deactivated_at, person.is_bot, person.is_admin) == (None, False, False)
    assert "U0MEMBER" in asked_for(slack)


async def test_of_people_we_have_not_met_the_event_says_nothing_to_us(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    before = await everything(database, clock)
    await slack.deactivates("U0OUTSIDE")
    assert await everything(database, clock) == before
    assert slack.world.homes == {}


async def test_who_was_deactivated_while_the_bot_was_down_is_noticed_within_a_day(
    slack: Story, database: Database, clock: FrozenClock, ask: Ask
) -> None:
    with database.transaction() as session, across_consortia(session):
        session.query(Person).update({"asked_at": clock()})
    slack.world.people["U0SAM"].deleted = True
    clock.passes(hours=23)
    await ask()
    assert asked_for(slack) == []
    clock.passes(hours=2)
    await ask()
    assert known(database, "U0SAM").deactivated_at == clock()
    assert {"U0ADMIN", "U0MEMBER", "U0RUTH", "U0KOFI"} < set(asked_for(slack))


# --- Roles


async def test_for_deactivated_curators_the_admins_decide(
    slack: Story, database: Database, clock: FrozenClock, ask: Ask
) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    await slack.in_direct("U0DEPUTY", "Budget")
    await slack.deactivates("U0CURATOR")
    await ask()
    assert not slack.world.messages[slack.direct("U0ADMIN").id]

    await slack.deactivates("U0DEPUTY")
    await ask()
    card = await slack.in_direct("U0ADMIN", "Budget")
    await slack.clicks("U0ADMIN", card, TAKE)
    await at_rest(database, clock)
    assert "Joan Castell added this to the agenda" in card.text

    await slack.reactivates("U0CURATOR")
    await ask()
    assert TAKE not in str(card.blocks)


async def test_who_was_deactivated_is_owed_nothing_and_counts_as_told(
    slack: Story, clock: FrozenClock, ask: Ask
) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    card = await slack.in_direct("U0CURATOR", "Budget")
    await slack.clicks("U0CURATOR", card, TAKE)
    await slack.deactivates("U0MEMBER")
    await ask()
    clock.passes(minutes=6)
    await ask()

    assert not [one for one in slack.ledger if one.channel == slack.direct("U0MEMBER").id]
    assert "1 item on the agenda" in shown(await slack.types("U0SAM", SHARED, "/agenda"))
    assert "Slack did not let me tell Priya Nair" in card.text
    assert not slack.world.messages[slack.direct("U0ADMIN").id]


# --- Leaving the shared channel


async def test_who_left_the_shared_channel_acts_no_more_until_they_are_back(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    await slack.leaves("U0MEMBER", SHARED)
    before = await everything(database, clock)
    refusal = await slack.types("U0MEMBER", "C0OTHER", "/agenda add Budget")
    assert "people who are in the shared channel" in refusal.text
    assert await everything(database, clock) == before

    slack.app.events = frozenset()
    await slack.joins("U0MEMBER", SHARED)
    assert "We got it" in (await slack.types("U0MEMBER", "C0OTHER", "/agenda add Budget")).text
    calls = len(slack.calls)
    assert "We got it" in (await slack.types("U0MEMBER", "C0OTHER", "/agenda add Rents")).text
    assert "conversations.members" not in [call.method for call in slack.calls[calls:]]


async def test_leaving_another_channel_is_nothing_to_us(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    before = await everything(database, clock)
    await slack.leaves("U0MEMBER", "C0OTHER")
    assert await everything(database, clock) == before


async def test_of_somebody_who_is_there_the_event_is_not_believed(slack: Story, database: Database) -> None:
    left = {"type": "member_left_channel", "user": "U0MEMBER", "team": "T0SISTER", "channel": SHARED}
    await slack.happens(left)
    assert known(database, "U0MEMBER").left_at is not None
    assert "January 21" in shown(await slack.types("U0MEMBER", "C0OTHER", "/agenda"))
    assert known(database, "U0MEMBER").left_at is None


async def test_somebody_known_costs_no_call(slack: Story) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda")
    await slack.clicks("U0KOFI", await standing(slack), "agenda.list")
    assert asked_for(slack) == []


# --- Whose they are, and what they may as guests


@pytest.mark.parametrize("is_told_by", ["the clock", "their first click"])
async def test_a_curator_written_without_their_workspace_gets_a_card_and_decides(
    empty_slack: Story, clock: FrozenClock, database: Database, is_told_by: str
) -> None:
    plan = PLAN.replace('"T0OTHER/U0RUTH"', '"U0RUTH"').replace('host = "CCSJ"', 'host = "Bayview"')
    if is_told_by == "the clock":
        with database.transaction() as session:
            apply(session, read_plan(plan), clock())
    else:
        set_up(database, clock, plan)  # whom the clock asks for no more
        with database.transaction(OURS) as session:
            session.query(Person).filter_by(user_id="U0RUTH").update({"named_at": None})
    async with bot_in(empty_slack, clock, database.engine.url.render_as_string(hide_password=False)) as bot:
        await bot.tick()
        await empty_slack.types("U0MEMBER", SHARED, "/agenda add Budget")
        card = await empty_slack.in_direct("U0RUTH", "Budget")
        await empty_slack.clicks("U0RUTH", card, TAKE)
        await bot.comes_to_rest()
        assert "added this to the agenda" in shown(card)


@pytest.mark.parametrize("kind", ["is_restricted", "is_ultra_restricted"])
async def test_a_guest_brings_and_decides_and_keeps_no_settings(
    empty_slack: Story, clock: FrozenClock, database: Database, kind: str
) -> None:
    for person in ("U0NEW", "U0CURATOR", "U0ADMIN"):
        setattr(empty_slack.world.people[person], kind, True)
    with database.transaction() as session:
        apply(session, read_plan(PLAN), clock())
    async with bot_in(empty_slack, clock, database.engine.url.render_as_string(hide_password=False)) as bot:
        await bot.tick()
        await empty_slack.types("U0NEW", SHARED, "/agenda tip General: Breathe")
        await empty_slack.types("U0MEMBER", SHARED, "/agenda add Budget")
        card = await empty_slack.in_direct("U0CURATOR", "Budget")
        await empty_slack.clicks("U0CURATOR", card, TAKE)
        await bot.comes_to_rest()
        assert "added this to the agenda" in shown(card)
        refused = await empty_slack.types("U0ADMIN", SHARED, "/agenda setup")
        assert "guests can't change the settings" in shown(refused)
        assert "Breathe" in shown(await empty_slack.types("U0NEW", SHARED, "/agenda tips"))
