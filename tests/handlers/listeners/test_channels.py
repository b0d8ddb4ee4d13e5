"""What happens to channels: closed, open again, known by a new id, replaced; and who is in the shared one after it."""

import asyncio

import pytest
from aiohttp import web
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.channels import CLOSED_FOR
from bot.consortia import apply
from bot.plan.plan import read_plan
from handlers.blocks.ids import TAKE
from playground.slack import Garbled, Message, RateLimited, Refused, ServerError
from playground.slack.faults import Answering, Fault, Held
from program import setup_command
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from tests.clock import FrozenClock
from tests.handlers.quarter import CURATORS, NEW, OTHER_CURATORS, Quarter
from tests.handlers.steps import everything, on_sqlite, send, shown, standing
from tests.story import PLAN, SHARED, Story

pytestmark = pytest.mark.slow  # hours of the story pass in each

FIRST_CALL = "2026-12-24 10:00"
"""Four weeks before the meeting."""
CALL, DOORS = "What shall we talk about?", "Anyone here may bring something"
SHUT_OUT = "This is for people who are in the shared channel"
MEMBERS = "conversations.members"


over_both = pytest.mark.parametrize("transport", ["http", "socket"], indirect=True)


# --- A new id


@over_both
async def test_a_channel_that_is_shared_is_followed_under_its_new_id(quarter: Quarter) -> None:
    slack, place = quarter.slack, quarter.slack.world.channels[SHARED]
    place.teams.remove("T0OTHER")
    place.is_private = True
    await slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    await slack.shares(place, "T0OTHER")
    assert place.id != SHARED
    assert quarter.shared_channel() == place.id

    slack.add_person("U0LATE", "T0OTHER", "Lata Comer")
    place.members.append("U0LATE")
    doors = next(one for one in slack.world.messages[place.id] if DOORS in one.text)
    assert "Budget" in shown(await slack.clicks("U0LATE", doors, "agenda.list"))
    assert "We got it" in (await slack.types("U0CURATOR", place.id, "/agenda add Rents")).text

    await quarter.it_is(FIRST_CALL)
    assert len(quarter.said(place.id, CALL)) == 1
    assert quarter.told("U0ADMIN", "The shared channel") == []


async def test_what_stood_in_it_is_edited_and_not_said_again(quarter: Quarter) -> None:
    slack, place = quarter.slack, quarter.slack.world.channels[SHARED]
    await quarter.publishes("Budget")
    place.teams.remove("T0OTHER")
    place.is_private = True
    await slack.shares(place, "T0OTHER")
    assert place.id != SHARED

    await quarter.publishes("Rents", place.id)
    await quarter.chooses(place.id)  # which it is already
    agendas = quarter.said(place.id, "Budget")
    assert len(agendas) == 1
    assert "Rents" in agendas[0]
    assert len(quarter.said(place.id, DOORS)) == 1


async def test_a_curators_channel_is_followed_too(quarter: Quarter) -> None:
    slack, place = quarter.slack, quarter.slack.world.channels[CURATORS]
    await quarter.plans(curators=CURATORS)
    await slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    await quarter.ticks()
    await slack.shares(place, "T0OTHER")
    await slack.types("U0MEMBER", SHARED, "/agenda add Rents")
    await quarter.ticks()

    cards = quarter.cards(place.id)
    assert len(cards) == 2
    await slack.clicks("U0DEPUTY", cards[0], TAKE)
    await quarter.ticks()
    assert TAKE not in str(cards[0].blocks)
    await quarter.plans(curators=place.id)
    assert len(slack.world.messages[place.id]) == 2


@on_sqlite
async def test_the_same_news_again_or_of_another_channel_changes_nothing(
    quarter: Quarter, clock: FrozenClock
) -> None:
    before = await everything(quarter.database, clock)
    await quarter.slack.shares(CURATORS, "T0OTHER")  # which is nobody's yet
    await quarter.slack.renames(SHARED, "quarterly")
    await quarter.slack.archives("C0OTHER")
    after = await everything(quarter.database, clock)
    assert after.pop("former_channel_id")  # another channel may become theirs under its former id
    assert after == {table: rows for table, rows in before.items() if table in after}


@on_sqlite
@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"old_channel_id": SHARED},
        {"old_channel_id": SHARED, "new_channel_id": ""},
        {"old_channel_id": SHARED, "new_channel_id": "<!channel>"},
        {"old_channel_id": SHARED, "new_channel_id": ["C1"]},
        {"old_channel_id": SHARED, "new_channel_id": "C" * 500},
    ],
)
async def test_an_id_in_no_shape_of_slacks_is_not_followed(
    quarter: Quarter, clock: FrozenClock, odd: dict[str, object]
) -> None:
    before = await everything(quarter.database, clock)
    await quarter.slack.happens({"type": "channel_id_changed"} | odd)
    assert await everything(quarter.database, clock) == before


# --- The message with the buttons


@on_sqlite
async def test_buttons_that_somebody_deleted_are_back_when_they_tell_of_something_new_or_the_file_is_applied(
    quarter: Quarter,
) -> None:
    async def applies() -> None:
        with quarter.database.transaction() as session:
            setup_command._apply(session, read_plan(PLAN), quarter.clock())

    for again in (lambda: quarter.publishes("Rents"), applies):
        for message in list(quarter.slack.world.messages[SHARED]):
            quarter.slack.world.delete(message)
        await again()
        await quarter.ticks()
        await quarter.ticks()
        assert len(quarter.said(SHARED, DOORS)) == 1


# --- Closed, and open again


@over_both
async def test_admins_hear_once_that_the_channel_is_archived_and_what_waits_goes_out_when_it_is_back(
    quarter: Quarter,
) -> None:
    slack = quarter.slack
    await slack.archives(SHARED)
    await quarter.ticks()
    (told,) = quarter.told("U0ADMIN", "The shared channel")
    assert "archived" in told
    assert "invite" not in told.lower()
    assert quarter.told("U0MEMBER") == []

    await quarter.it_is(FIRST_CALL)
    assert quarter.said(SHARED, CALL) == []
    assert quarter.told("U0ADMIN", "did not get through: the call") == []
    settings = shown(await slack.types("U0ADMIN", "C0OTHER", "/agenda setup"))
    assert "The channel is archived: bring it back" in settings

    await slack.unarchives(SHARED)
    await quarter.ticks()
    assert len(quarter.said(SHARED, CALL)) == 1
    (told,) = quarter.told("U0ADMIN", "The shared channel")
    assert "I can use it again" in told
    assert "I can't use" not in shown(await slack.types("U0ADMIN", "C0OTHER", "/agenda setup"))


async def happened_to(slack: Story, what: str) -> None:
    if what == "deleted":
        await slack.deletes(SHARED)
    elif what == "taken out":
        await slack.removes_app(SHARED)
    else:
        slack.world.channels[SHARED].is_private = True
        await slack.removes_app(SHARED)


@pytest.mark.parametrize(
    ("what", "helps"),
    [
        ("deleted", "Slack shows me this channel no longer"),
        ("taken out", "I am not in this channel: invite me there"),
        ("taken out of a private one", "Slack shows me this channel no longer"),
    ],
)
@pytest.mark.parametrize("is_heard", [True, False])
async def test_admins_hear_what_helps_whether_slack_says_so_or_it_is_found_out(
    quarter: Quarter, what: str, helps: str, *, is_heard: bool
) -> None:
    if not is_heard:
        quarter.slack.app.events = frozenset()
    await happened_to(quarter.slack, what)
    quarter.clock.passes(hours=0 if is_heard else 25)
    with capture_logs() as logged:
        await quarter.ticks()
        (told,) = quarter.told("U0ADMIN", "The shared channel")
        assert helps in told
        await quarter.ticks()
    assert len(quarter.told("U0ADMIN", "The shared channel")) == 1
    assert _points_to_doctor(logged) == 1


def _points_to_doctor(logged: list[EventDict]) -> int:
    return len([line for line in logged if "doctor" in line["event"] and line["error"] in CLOSED_FOR])


@over_both
async def test_who_invites_the_bot_as_it_says_has_it_back(quarter: Quarter) -> None:
    slack = quarter.slack
    await slack.removes_app(SHARED)
    await quarter.ticks()
    assert "/invite @Agenda" in quarter.told("U0ADMIN", "The shared channel")[0]
    assert await slack.types("U0ADMIN", SHARED, "/invite @Agenda") is None
    await quarter.ticks()
    assert "I can use it again" in quarter.told("U0ADMIN", "The shared channel")[0]
    again = await slack.types("U0ADMIN", SHARED, "/invite @agenda")
    assert "already in this channel" in again.text
    elsewhere = await slack.types("U0KOFI", SHARED, "/invite @Agenda")
    assert "can't be invited here" in elsewhere.text


async def test_a_message_finds_out_before_the_clock_does(quarter: Quarter) -> None:
    slack = quarter.slack
    slack.app.events = frozenset()
    await quarter.it_is("2026-12-24 09:50")
    slack.world.channels[SHARED].is_archived = True
    with capture_logs() as logged:
        await quarter.it_is("2026-12-24 10:01")
    (told,) = quarter.told("U0ADMIN", "archived")
    assert "The shared channel" in told
    assert _points_to_doctor(logged) == 1
    assert len(quarter.told("U0ADMIN", "archived")) == 1


async def test_it_is_back_before_anybody_heard_of_it_and_nobody_hears(quarter: Quarter) -> None:
    await quarter.slack.archives(SHARED)
    await quarter.slack.unarchives(SHARED)
    await quarter.ticks()
    assert quarter.told("U0ADMIN") == []


async def test_a_channel_that_becomes_private_goes_on(quarter: Quarter) -> None:
    await quarter.slack.makes_private(SHARED)
    await quarter.it_is(FIRST_CALL)
    assert len(quarter.said(SHARED, CALL)) == 1
    assert quarter.told("U0ADMIN", "The shared channel") == []


@on_sqlite
@pytest.mark.parametrize(
    "fault", [ServerError(), RateLimited(7), Refused("missing_scope"), Refused("fatal_error")]
)
@pytest.mark.parametrize("method", ["conversations.info", MEMBERS])
async def test_what_slack_does_not_tell_closes_nothing_and_puts_nobody_out(
    quarter: Quarter, fault: object, method: str
) -> None:
    await quarter.slack.unarchives(SHARED)  # news
    quarter.slack.next_answer(method, fault)
    await quarter.ticks()
    assert quarter.told("U0ADMIN") == []
    assert "January 21" in shown(await quarter.slack.types("U0MEMBER", "C0OTHER", "/agenda"))


@on_sqlite
@pytest.mark.parametrize(
    ("method", "odd"),
    [
        ("conversations.info", '{"ok": true, "channel": {"id": "C0SHARED"}}'),
        (MEMBERS, '{"ok": true, "members": []}'),
    ],
)
async def test_an_answer_that_leaves_out_what_matters_closes_nothing_and_puts_nobody_out(
    quarter: Quarter, method: str, odd: str
) -> None:
    await quarter.slack.unarchives(SHARED)  # news
    quarter.slack.next_answer(method, Garbled(odd, "application/json"))
    await quarter.ticks()
    assert quarter.told("U0ADMIN") == []
    assert "January 21" in shown(await quarter.slack.types("U0MEMBER", "C0OTHER", "/agenda"))


ODD_CHANNEL = Garbled('{"ok": true}', "application/json")


@on_sqlite
@pytest.mark.parametrize("fault", [ServerError(), Refused("fetch_members_failed"), ODD_CHANNEL])
@pytest.mark.parametrize("method", ["conversations.info", MEMBERS])
async def test_a_channel_of_which_slack_never_tells_holds_up_no_other(
    quarter: Quarter, fault: Fault, method: str
) -> None:
    slack = quarter.slack
    await quarter.plans(curators=CURATORS)
    slack.app.events = frozenset()
    slack.world.channels[CURATORS].is_archived = True  # and the bot was down when Slack said so

    async def about_the_shared_one(answering: Answering, request: web.Request) -> web.Response:
        told = request.query_string + await request.text()
        return await fault(answering, request) if SHARED in told else answering()

    slack.weather_becomes(lambda called: about_the_shared_one if called == method else None)
    quarter.clock.passes(hours=25)
    await quarter.ticks()
    assert len(quarter.told("U0ADMIN", "The channel of those who decide for CCSJ")) == 1
    assert quarter.person("U0MEMBER").left_at is None


# --- Another channel


@over_both
async def test_a_call_that_waited_reaches_the_new_channel_and_never_the_old_one(quarter: Quarter) -> None:
    await quarter.slack.archives(SHARED)
    await quarter.it_is(FIRST_CALL)
    await quarter.chooses(NEW)
    await quarter.ticks()
    assert len(quarter.said(NEW, CALL)) == 1

    await quarter.slack.unarchives(SHARED)
    quarter.clock.passes(hours=1)
    await quarter.ticks()
    assert quarter.said(SHARED, CALL) == []
    assert len(quarter.said(NEW, CALL)) == 1


async def test_admins_who_heard_that_the_channel_is_closed_read_that_another_was_chosen(
    quarter: Quarter,
) -> None:
    await quarter.slack.archives(SHARED)
    await quarter.ticks()
    (told,) = quarter.told("U0ADMIN", "The shared channel")
    assert f"<#{SHARED}>" in told
    settings = await quarter.slack.types("U0ADMIN", "C0OTHER", "/agenda setup")
    assert f"I can't use the shared channel: <#{SHARED}>" in settings.text
    await quarter.slack.closes("U0ADMIN", everything=True)

    await quarter.chooses(NEW)
    await quarter.ticks()
    (told,) = quarter.told("U0ADMIN", "A channel that I no longer use")
    assert "waits until then" not in told
    assert (
        f"The shared channel: <#{NEW}>" in (await quarter.slack.types("U0ADMIN", NEW, "/agenda setup")).text
    )

    await quarter.chooses(SHARED)
    await quarter.ticks()
    assert quarter.told("U0ADMIN", "A channel that I no longer use") == []
    assert len(quarter.told("U0ADMIN", "waits until then")) == 1


async def test_what_may_have_arrived_in_the_old_channel_is_said_in_the_new_one(quarter: Quarter) -> None:
    await quarter.it_is("2026-12-24 09:59")
    quarter.slack.next_answer("chat.postMessage", ServerError())
    await quarter.it_is(FIRST_CALL)
    assert quarter.said(SHARED, CALL) == []
    await quarter.chooses(NEW)
    quarter.clock.passes(minutes=5)
    await quarter.ticks()
    assert (len(quarter.said(NEW, CALL)), quarter.said(SHARED, CALL)) == (1, [])


async def test_the_doors_and_the_agenda_stand_in_the_new_channel_and_the_old_one_says_so(
    quarter: Quarter,
) -> None:
    await quarter.publishes("Budget")
    await quarter.it_is(FIRST_CALL)
    old_call = quarter.said(SHARED, CALL)

    await quarter.chooses(NEW)
    await quarter.ticks()
    assert (len(quarter.said(NEW, DOORS)), len(quarter.said(NEW, "Budget")), quarter.said(NEW, CALL)) == (
        1,
        1,
        [],
    )
    assert quarter.said(SHARED, DOORS) == []
    assert len(quarter.said(SHARED, "The agenda is made in another channel now")) == 1
    assert quarter.said(SHARED, CALL) == old_call

    await quarter.chooses(SHARED)
    await quarter.ticks()
    assert len(quarter.said(SHARED, DOORS)) == len(quarter.said(SHARED, "Budget")) - len(old_call) == 1
    assert quarter.said(NEW, DOORS) == []


async def test_an_agenda_that_may_stand_in_a_channel_is_looked_for_when_the_channel_is_the_shared_one_again(
    quarter: Quarter,
) -> None:
    slack = quarter.slack
    await slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    await quarter.ticks()
    [card] = quarter.cards(slack.direct("U0CURATOR").id)
    await slack.clicks("U0CURATOR", card, TAKE)
    quarter.clock.passes(minutes=6)
    await quarter.ticks()
    board = await slack.types("U0CURATOR", SHARED, "/agenda curate")
    slack.next_answer("chat.postMessage", ServerError(stored=True))
    await slack.clicks("U0CURATOR", board, "agenda.publish")
    await quarter.ticks()
    assert len(quarter.said(SHARED, "Budget")) == 1

    for channel in (NEW, SHARED):
        await quarter.chooses(channel)
        quarter.clock.passes(minutes=5)
        await quarter.ticks()
    assert len(quarter.said(SHARED, "Budget")) == 1


async def test_nobody_hears_that_an_old_channel_can_not_be_edited(quarter: Quarter) -> None:
    await quarter.slack.archives(SHARED)
    await quarter.chooses(NEW)
    quarter.clock.passes(hours=1)
    await quarter.ticks()
    assert [post.state for post in quarter.posts(PostKind.STANDING)] == [PostState.SENT] * 2
    assert quarter.told("U0ADMIN", "did not get through") == []


PASSES = ["accesslimited", "token_revoked", "missing_scope", "external_channel_migrating"]
"""What is mended for the workspace, or ends by itself. It says nothing of the old channel."""


@on_sqlite
@pytest.mark.parametrize("word", PASSES)
async def test_the_old_doors_say_that_they_moved_also_after_a_trouble_that_passes(
    quarter: Quarter, word: str
) -> None:
    quarter.slack.next_answer("chat.update", Refused(word))
    await quarter.chooses(NEW)
    assert len(quarter.said(SHARED, DOORS)) == 1
    await some_hours_pass(quarter)
    assert quarter.said(SHARED, DOORS) == []
    assert quarter.told("U0ADMIN", "did not get through") == []


async def some_hours_pass(quarter: Quarter) -> None:
    for _ in range(6):
        quarter.clock.passes(hours=1)
        await quarter.ticks()


async def test_no_agenda_of_a_meeting_that_is_over_goes_to_the_new_channel(quarter: Quarter) -> None:
    await quarter.publishes("Budget")
    await quarter.it_is("2027-01-21 12:30")
    await quarter.chooses(NEW)
    await quarter.ticks()
    assert quarter.said(NEW, "Budget") == []


# --- Curators' channels


async def test_what_waits_for_a_curators_channel_goes_to_the_one_that_replaces_it(quarter: Quarter) -> None:
    slack = quarter.slack
    await quarter.plans(curators=CURATORS)
    slack.app.scopes -= {"groups:read"}  # so that only messages tell of it
    for _ in range(3):
        slack.next_answer("chat.postMessage", Refused("restricted_action"))
    await slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    await quarter.ticks()
    assert quarter.cards(CURATORS) == []

    await quarter.plans(curators=OTHER_CURATORS)
    quarter.clock.passes(hours=1)
    await quarter.ticks()
    assert len(quarter.cards(OTHER_CURATORS)) == 1
    assert slack.world.messages[CURATORS] == []

    await quarter.plans(curators=CURATORS)
    assert len(quarter.cards(CURATORS)) == 1
    assert quarter.cards(OTHER_CURATORS) == []


@on_sqlite
@pytest.mark.parametrize("word", PASSES)
async def test_cards_in_the_curators_channel_of_before_tell_less_also_after_a_trouble_that_passes(
    quarter: Quarter, word: str
) -> None:
    slack = quarter.slack
    await quarter.plans(curators=CURATORS)
    await slack.types("U0MEMBER", SHARED, "/agenda add")
    assert await send(slack, "U0MEMBER", title="Layoffs", details="Noor's number") == {}
    await quarter.ticks()
    slack.next_answer("chat.update", Refused(word))
    await quarter.plans(curators=OTHER_CURATORS)
    assert "Noor" in str(slack.world.messages[CURATORS])
    await some_hours_pass(quarter)
    assert "Noor" not in str(slack.world.messages[CURATORS])
    assert (quarter.cards(CURATORS), len(quarter.cards(OTHER_CURATORS))) == ([], 1)


@over_both
async def test_while_a_curators_channel_is_archived_each_curator_is_asked(quarter: Quarter) -> None:
    slack = quarter.slack
    await quarter.plans(curators=CURATORS)
    await slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    await quarter.ticks()
    await slack.archives(CURATORS)
    await slack.types("U0MEMBER", SHARED, "/agenda add Rents")
    await quarter.ticks()
    for person in ("U0CURATOR", "U0DEPUTY"):
        direct = slack.direct(person).id
        assert len(quarter.cards(direct)) == 2
    (told,) = quarter.told("U0ADMIN", "The channel of those who decide for CCSJ")
    assert "Until then I ask each person of the host's team directly" in told

    await slack.unarchives(CURATORS)
    await quarter.ticks()
    assert len(quarter.cards(CURATORS)) == 2
    assert quarter.cards(slack.direct("U0CURATOR").id) == []


async def test_a_withdrawal_that_waited_for_a_curators_channel_reaches_its_curators(quarter: Quarter) -> None:
    slack = quarter.slack
    await quarter.plans(curators=CURATORS)
    receipt = await slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    await quarter.ticks()
    await slack.clicks("U0CURATOR", quarter.cards(CURATORS)[0], TAKE)
    quarter.clock.passes(minutes=6)
    await quarter.ticks()
    slack.app.events = frozenset()
    slack.world.channels[CURATORS].is_archived = True
    mine = await slack.types("U0MEMBER", SHARED, "/agenda mine")
    await slack.clicks("U0MEMBER", mine, "item.withdraw")
    await quarter.ticks()
    assert receipt is not None
    assert len(quarter.told("U0DEPUTY", "withdr")) >= 1


# --- Who is in the shared channel


async def test_after_it_was_replaced_who_is_in_the_new_one_may_act_and_nobody_else(
    quarter: Quarter, clock: FrozenClock
) -> None:
    slack = quarter.slack
    assert "January 21" in shown(await slack.types("U0SAM", "C0OTHER", "/agenda"))
    await quarter.chooses(NEW)
    before = await everything(quarter.database, clock)
    assert SHUT_OUT in (await slack.types("U0SAM", SHARED, "/agenda add Budget")).text
    assert await everything(quarter.database, clock) == before
    assert "We got it" in (await slack.types("U0MEMBER", SHARED, "/agenda add Budget")).text

    await quarter.ticks()
    assert SHUT_OUT in (await slack.types("U0SAM", SHARED, "/agenda add Budget")).text
    asked = quarter.calls(MEMBERS)
    assert "We got it" in (await slack.types("U0CURATOR", NEW, "/agenda add Rents")).text
    assert quarter.calls(MEMBERS) == asked


async def test_nobody_but_admins_acts_while_the_bot_is_not_in_the_new_channel(quarter: Quarter) -> None:
    slack = quarter.slack
    slack.world.channels[NEW].members.remove(slack.app.user_id)
    slack.world.channels[NEW].is_private = True
    await slack.types("U0MEMBER", SHARED, "/agenda remind")
    await quarter.chooses(NEW)
    await quarter.ticks()
    refusal = (await slack.types("U0MEMBER", SHARED, "/agenda add Budget")).text
    assert "I can't look into the shared channel" in refusal
    assert "Settings of" in shown(await slack.types("U0ADMIN", "C0OTHER", "/agenda setup"))
    assert quarter.person("U0ADMIN").doubted_at is not None

    slack.world.channels[NEW].members.append(slack.app.user_id)
    quarter.clock.passes(minutes=11)
    await quarter.ticks()
    assert "We got it" in (await slack.types("U0MEMBER", SHARED, "/agenda add Budget")).text
    assert len(quarter.said(NEW, DOORS)) == 1


@on_sqlite
async def test_a_reminder_that_waits_for_news_of_its_reader_holds_up_nothing_else_that_they_are_told(
    quarter: Quarter,
) -> None:
    """The bot is not in the channel that was chosen the day before the meeting, so it knows of nobody who is in it."""
    slack, place = quarter.slack, quarter.slack.world.channels[NEW]
    place.members.remove(slack.app.user_id)
    place.is_private = True
    for person in ("U0CURATOR", "U0ADMIN"):
        await slack.types(person, SHARED, "/agenda remind me")
    await quarter.it_is("2027-01-20 09:59")
    await quarter.chooses(NEW)
    with capture_logs() as logged:
        await quarter.it_is("2027-01-20 10:00")
    assert PostKind.REMINDER not in {line.get("kind") for line in logged}  # to wait is no trouble
    assert "We got it" in (await slack.types("U0ADMIN", "C0OTHER", "/agenda add Budget")).text
    await quarter.ticks()
    assert len(quarter.cards(slack.direct("U0CURATOR").id)) == 1
    assert len(quarter.told("U0ADMIN", "The shared channel")) == 1
    assert quarter.told("U0CURATOR", "Your reminder") == []

    await slack.joins(slack.app.user_id, NEW)
    await quarter.ticks()
    quarter.clock.passes(seconds=20)
    await quarter.ticks()
    assert len(quarter.told("U0CURATOR", "Your reminder")) == 1


@over_both
async def test_people_of_a_workspace_that_was_disconnected_act_no_more(quarter: Quarter) -> None:
    slack = quarter.slack
    doors = await standing(slack)
    assert "We got it" not in shown(await slack.clicks("U0KOFI", doors, "agenda.list"))
    home = slack.world.channels[SHARED]
    await slack.unshares(SHARED, "T0OTHER")
    assert "U0KOFI" not in home.members
    slack.world.channels["C0OTHER"].members.append("U0KOFI")
    click = slack._wires.payloads.click_in_message(
        slack.world.people["U0KOFI"],
        Message("C0OTHER", doors.ts, slack.app.user_id, from_app=True),
        {"type": "button", "action_id": "agenda.list", "block_id": "b", "value": "1", "action_ts": "1.1"},
    )
    await slack.deliveries.deliver(click)
    told = [one.text for one in slack.world.messages["C0OTHER"] if one.only_for == "U0KOFI"]
    assert SHUT_OUT in told[-1]
    await quarter.ticks()
    assert quarter.person("U0KOFI").left_at is not None
    assert quarter.person("U0MEMBER").left_at is None


async def test_who_left_while_the_bot_was_down_is_found_out_within_a_day(quarter: Quarter) -> None:
    slack = quarter.slack
    slack.app.events = frozenset()
    await slack.leaves("U0MEMBER", SHARED)
    assert "January 21" in shown(await slack.types("U0MEMBER", "C0OTHER", "/agenda"))
    quarter.clock.passes(hours=25)
    await quarter.ticks()
    assert SHUT_OUT in (await slack.types("U0MEMBER", "C0OTHER", "/agenda add Budget")).text
    await slack.joins("U0MEMBER", SHARED)
    quarter.clock.passes(hours=25)
    await quarter.ticks()
    assert "We got it" in (await slack.types("U0MEMBER", "C0OTHER", "/agenda add Budget")).text


@on_sqlite
async def test_a_channel_of_five_thousand_costs_six_calls_a_day(quarter: Quarter) -> None:
    crowd = [f"U1{number:06}" for number in range(5000 - len(quarter.slack.world.channels[SHARED].members))]
    quarter.slack.world.channels[SHARED].members[:0] = crowd
    asked = quarter.calls(MEMBERS)
    quarter.clock.passes(hours=25)
    for _ in range(3):
        await quarter.ticks()
    assert quarter.calls(MEMBERS) - asked == 6
    assert quarter.person("U0MEMBER").left_at is None


# --- What may be there, where others decide by then


@pytest.mark.parametrize("becomes", ["another curator", "who left", "another channel"])
async def test_a_card_of_which_nobody_knew_whether_it_arrived_tells_no_more_than_any_other(
    quarter: Quarter, becomes: str
) -> None:
    slack, place = quarter.slack, quarter.slack.direct("U0DEPUTY").id
    if becomes == "another channel":
        await quarter.plans(curators=CURATORS)
        place = CURATORS
    await slack.types("U0MEMBER", SHARED, "/agenda add")
    for _ in range(2):
        slack.next_answer("chat.postMessage", ServerError(500, stored=True))
    assert await send(slack, "U0MEMBER", title="Layoffs", details="Noor's number") == {}
    await quarter.ticks()
    quarter.clock.passes(seconds=20)
    match becomes:
        case "another curator":
            others = PLAN.replace('curators = ["U0CURATOR", "U0DEPUTY"]', 'curators = ["U0CURATOR"]')
            with quarter.database.transaction() as session:
                apply(session, read_plan(others), quarter.clock())
        case "who left":
            await slack.leaves("U0DEPUTY", SHARED)
        case _:
            await quarter.plans(curators=OTHER_CURATORS)
    for _ in range(6):
        await quarter.ticks()
        quarter.clock.passes(minutes=5)
    assert "Noor" not in str([one.blocks for one in slack.world.messages[place]])
    assert quarter.cards(place) == []


async def test_the_settings_form_that_was_open_while_the_channel_was_changed_leaves_it_changed(
    quarter: Quarter,
) -> None:
    slack = quarter.slack
    two = PLAN.replace('admins = ["U0ADMIN"]', 'admins = ["U0ADMIN", "U0SAM"]')
    with quarter.database.transaction() as session:
        apply(session, read_plan(two), quarter.clock())
    slack.world.channels[NEW].members.append("U0SAM")
    settings = await slack.types("U0SAM", SHARED, "/agenda setup")
    await slack.clicks("U0SAM", settings, "setup.consortium")
    await quarter.chooses(NEW)
    assert await send(slack, "U0SAM", digest_at="08:00") == {}
    assert quarter.shared_channel() == NEW


async def test_what_others_save_while_a_sent_form_waits_for_slack_stays_saved(quarter: Quarter) -> None:
    """Whoever was taken out of the admins in that moment is not back by it."""
    slack = quarter.slack
    three = PLAN.replace('admins = ["U0ADMIN"]', 'admins = ["U0ADMIN", "U0SAM", "U0DEPUTY"]')
    with quarter.database.transaction() as session:
        apply(session, read_plan(three), quarter.clock())
    for admin, place in (("U0ADMIN", "C0OTHER"), ("U0SAM", SHARED)):
        await slack.clicks(admin, await slack.types(admin, place, "/agenda setup"), "setup.consortium")
    asked, answers = asyncio.Event(), asyncio.Event()

    async def when_it_answers() -> None:
        asked.set()
        await answers.wait()

    slack.next_answer("users.info", Held(when_it_answers))
    chosen = ["U0ADMIN", "U0SAM", "U0DEPUTY", "U0MEMBER"]
    waits = asyncio.create_task(send(slack, "U0ADMIN", admins=chosen))
    await asked.wait()
    assert await send(slack, "U0SAM", admins=["U0ADMIN", "U0SAM"], name="Sisters") == {}
    answers.set()
    assert await waits == {}
    keep = {who for who in chosen if quarter.person(who).is_admin}
    assert keep == {"U0ADMIN", "U0SAM", "U0MEMBER"}


async def test_a_form_brings_no_collaborative_back_that_was_taken_out(quarter: Quarter) -> None:
    slack = quarter.slack
    overview = await slack.types("U0ADMIN", "C0OTHER", "/agenda setup")
    await slack.clicks("U0ADMIN", overview, "setup.collaborative", value="4")
    fewer = PLAN[: PLAN.rindex("[[collaborative]]")] + PLAN[PLAN.index("[[meeting]]") :]
    with quarter.database.transaction() as session:
        apply(session, read_plan(fewer), quarter.clock())
    refused = await send(slack, "U0ADMIN", office="9 Ninth St")
    assert "no longer here" in refused["name"]
    await slack.closes("U0ADMIN", everything=True)
    told = await slack.clicks("U0ADMIN", overview, "setup.collaborative", value="4")
    assert "no longer here" in told.text
