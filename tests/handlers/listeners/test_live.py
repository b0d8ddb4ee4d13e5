"""The live meeting, by a command and by buttons: one message, which stands where it is found, is edited in time, and goes first."""

from copy import copy

import pytest
from aiohttp import ClientSession

from handlers.blocks.ids import DONE, END, GO_BACK, GO_ON, PUT_OFF, START, STATUS, TAKES_NOTES
from handlers.slack.connection import Connection
from handlers.slack.outcomes import AskedToWait
from handlers.slack.rate_limits import MOST_THAT_WAIT
from playground.slack import Message, Refused, Slack
from storage import outbox
from storage.consortia import every_consortium
from storage.database import Database
from storage.items import Item
from storage.post_kinds import PostKind
from storage.results import Result
from storage.tenancy import across_consortia, enter
from tests.bot.hosting import on_agenda
from tests.builders import Scene
from tests.clock import FrozenClock
from tests.handlers.quarter import NEW, Quarter
from tests.handlers.steps import at_rest, on_sqlite, opened, shown, standing, words_to
from tests.story import OURS, SHARED, Story

HOST, AUTHOR, ELSEWHERE = "U0CURATOR", "U0MEMBER", "U0KOFI"
BEGUN, OVER = "2027-01-21 10:00", "2027-01-21 12:00"
LIVE = "We meet now"


def with_agenda(database: Database, clock: FrozenClock, *titles: str) -> None:
    with database.transaction(OURS) as session:
        on_agenda(Scene.found(session, clock), *titles)


def written(database: Database) -> dict[str, str]:
    with database.transaction() as session, across_consortia(session):
        found = session.query(Result, Item).join(Item, Result.item_id == Item.id)
        return {item.title: result.became.value for result, item in found}


async def starts(slack: Slack, person: str = HOST, **answers: list[str]) -> None:
    await slack.types(person, SHARED, "/agenda start")
    for field, answer in answers.items():
        await slack.fills(person, field, field, answer)
    await slack.submits(person)
    await slack.closes(person, everything=True)


def live_messages(slack: Story, channel: str = SHARED) -> list[Message]:
    return [one for one in slack.world.messages[channel] if one.only_for is None and LIVE in one.text]


async def live_message(slack: Story, words: str = LIVE) -> Message:
    await slack.until(lambda: any(words in one.text for one in live_messages(slack)))
    [message] = live_messages(slack)
    return message


async def presses(slack: Story, database: Database, clock: FrozenClock, person: str, button: str) -> None:
    """When the last edit is written down, and two seconds old."""
    await at_rest(database, clock)
    clock.passes(seconds=2)
    await slack.clicks(person, live_messages(slack)[0], button)


async def test_it_is_started_with_a_command_and_led_by_buttons_in_one_message(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    with_agenda(database, clock, "Rents", "Parking", "Food")
    await slack.types(AUTHOR, SHARED, "/agenda add Late one (5 min)")
    clock.strikes(BEGUN)
    await slack.types(HOST, SHARED, "/agenda start")
    form = opened(slack, HOST)
    assert all(title in shown(form) for title in ("Rents", "Parking", "Food"))
    await slack.closes(HOST, everything=True)
    await starts(slack, taken_up=["4"])

    await live_message(slack, "We say hello")
    await presses(slack, database, clock, HOST, GO_ON)
    await live_message(slack, "On now\nRents")
    await presses(slack, database, clock, HOST, DONE)
    await live_message(slack, "On now\nParking")
    await presses(slack, database, clock, HOST, PUT_OFF)
    message = await live_message(slack, "On now\nFood")
    assert "Late one" in message.text
    assert written(database) == {"Rents": "done"}
    await presses(slack, database, clock, HOST, END)
    await slack.until(lambda: "The meeting is over" in message.text)
    assert "actions" not in {block["type"] for block in message.blocks}


async def test_it_is_started_with_a_button_by_who_takes_notes_in_a_workspace_without_the_app(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    with_agenda(database, clock, "Rents")
    await slack.clicks(ELSEWHERE, await standing(slack), STATUS)
    await slack.clicks(ELSEWHERE, slack.seen_by(ELSEWHERE, SHARED)[-1], "coming.show")
    await slack.clicks(ELSEWHERE, slack.seen_by(ELSEWHERE, SHARED)[-1], TAKES_NOTES)
    clock.strikes(BEGUN)
    await slack.clicks(ELSEWHERE, await standing(slack), STATUS)
    await slack.clicks(ELSEWHERE, slack.seen_by(ELSEWHERE, SHARED)[-1], START)
    await slack.submits(ELSEWHERE)
    assert "The meeting is live" in shown(opened(slack, ELSEWHERE))
    await slack.closes(ELSEWHERE, everything=True)
    await live_message(slack)
    await presses(slack, database, clock, ELSEWHERE, GO_ON)
    await live_message(slack, "On now\nRents")


async def test_nobody_else_starts_it_or_presses_its_buttons(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    with_agenda(database, clock, "Rents", "Parking")
    clock.strikes(BEGUN)
    assert "those who take notes, can do this" in shown(await slack.types(AUTHOR, SHARED, "/agenda start"))
    await starts(slack)
    message = await live_message(slack)
    before = message.text
    for person in (AUTHOR, ELSEWHERE):
        for button in (GO_ON, END):
            await slack.clicks(person, message, button)
            assert "those who take notes, can do this" in words_to(slack, person)[-1]
    await at_rest(database, clock)
    assert message.text == before


async def test_the_same_click_told_twice_and_that_of_a_second_person_go_on_once(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    with_agenda(database, clock, "Rents", "Parking", "Food")
    clock.strikes(BEGUN)
    await starts(slack)
    as_it_was = copy(await live_message(slack))
    await presses(slack, database, clock, HOST, GO_ON)
    await slack.again()
    await slack.clicks("U0DEPUTY", as_it_was, GO_ON)
    await at_rest(database, clock)
    await live_message(slack, "On now\nRents")
    assert "has gone on since" in words_to(slack, "U0DEPUTY")[-1]


async def test_whoever_pressed_too_early_goes_back_one_item_and_a_second_person_does_not_go_further(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    with_agenda(database, clock, "Rents", "Parking", "Food")
    clock.strikes(BEGUN)
    await starts(slack)
    await live_message(slack)
    for button in (GO_ON, DONE):
        await presses(slack, database, clock, HOST, button)
    as_it_was = copy(await live_message(slack, "On now\nParking"))
    await presses(slack, database, clock, HOST, GO_BACK)
    await slack.again()
    await slack.clicks("U0DEPUTY", as_it_was, GO_BACK)
    await slack.clicks(AUTHOR, as_it_was, GO_BACK)
    await at_rest(database, clock)
    message = await live_message(slack, "On now\nRents")
    assert "Go back one item" not in message.text
    assert "has gone on since" in words_to(slack, "U0DEPUTY")[-1]
    assert "those who take notes, can do this" in words_to(slack, AUTHOR)[-1]
    assert written(database) == {}


# --- Where its message is


@on_sqlite
@pytest.mark.slow
async def test_where_it_can_be_edited_no_more_the_clock_alone_posts_no_other(quarter: Quarter) -> None:
    await _is_live(quarter)
    quarter.slack.weather_becomes({"chat.update": Refused("edit_window_closed")}.get)
    await _minutes_pass(quarter, 3)
    [message] = live_messages(quarter.slack)
    await quarter.slack.clicks(HOST, message, GO_ON)
    await _minutes_pass(quarter, 3)
    assert len(live_messages(quarter.slack)) == 2


@on_sqlite
@pytest.mark.slow
async def test_where_somebody_deletes_it_another_takes_over(quarter: Quarter) -> None:
    await _is_live(quarter)
    [message] = live_messages(quarter.slack)
    quarter.slack.world.messages[SHARED].remove(message)
    await _minutes_pass(quarter)
    [another] = live_messages(quarter.slack)
    assert another.ts != message.ts


@on_sqlite
@pytest.mark.slow
async def test_where_it_can_be_edited_no_more_another_takes_over_and_each_is_good_for_its_own_turn(
    quarter: Quarter,
) -> None:
    await _is_live(quarter)
    [message] = live_messages(quarter.slack)
    quarter.slack.weather_becomes({"chat.update": Refused("edit_window_closed")}.get)
    quarter.clock.passes(seconds=1)
    await quarter.slack.clicks(HOST, message, GO_ON)
    await _minutes_pass(quarter)
    quarter.slack.weather_becomes({}.get)
    [_, another] = live_messages(quarter.slack)
    await quarter.slack.clicks("U0DEPUTY", message, GO_ON)
    await _minutes_pass(quarter)
    assert "has gone on since" in words_to(quarter.slack, "U0DEPUTY")[-1]
    assert "On now\nRents" in another.text


@on_sqlite
@pytest.mark.slow
async def test_where_the_shared_channel_is_replaced_it_goes_on_there_and_nothing_can_be_pressed_before(
    quarter: Quarter,
) -> None:
    await _is_live(quarter)
    [message] = live_messages(quarter.slack)
    await quarter.chooses(NEW)
    await _minutes_pass(quarter)
    assert "The meeting is over" not in live_messages(quarter.slack, NEW)[0].text
    assert "Another channel is the shared one now" in message.text
    assert "actions" not in {block["type"] for block in message.blocks}


@on_sqlite
@pytest.mark.slow
@pytest.mark.parametrize(("trouble", "seconds"), [("fetch_members_failed", 15), ("internal_error", 90)])
async def test_while_slack_takes_no_edits_what_was_pressed_is_kept_and_shown_soon_after_it_does(
    quarter: Quarter, trouble: str, seconds: int
) -> None:
    """An edit of unknown fate may still be stored until then."""
    await _is_live(quarter)
    [message] = live_messages(quarter.slack)
    quarter.slack.weather_becomes({"chat.update": Refused(trouble)}.get)
    await quarter.slack.clicks(HOST, message, GO_ON)
    await _minutes_pass(quarter, 10)
    assert "We say hello" in message.text
    quarter.slack.weather_becomes({}.get)
    quarter.clock.passes(seconds=seconds)
    await quarter.ticks()
    assert "On now\nRents" in message.text


@on_sqlite
@pytest.mark.slow
async def test_it_is_edited_two_seconds_after_the_last_time_and_each_minute_by_the_clock(
    quarter: Quarter,
) -> None:
    await _is_live(quarter)
    quarter.clock.passes(seconds=10)
    before = _edits(quarter)
    [message] = live_messages(quarter.slack)
    await quarter.slack.clicks(HOST, message, GO_ON)
    await at_rest(quarter.database, quarter.clock)
    for _ in range(2):
        await quarter.slack.clicks(HOST, message, PUT_OFF)
    await at_rest(quarter.database, quarter.clock)
    assert _edits(quarter) == before + 1
    quarter.clock.passes(seconds=2)
    await quarter.ticks()
    assert _edits(quarter) == before + 2
    await _minutes_pass(quarter, 3)
    assert _edits(quarter) == before + 5


@on_sqlite
@pytest.mark.slow
async def test_it_is_edited_before_all_else_that_is_to_be_edited_there(quarter: Quarter) -> None:
    await _is_live(quarter)
    quarter.clock.passes(minutes=1)
    before = len(quarter.slack.ledger)
    with quarter.database.transaction() as session:
        [ours] = every_consortium(session)
        enter(session, ours.id)
        outbox.refresh(session, PostKind.STANDING, subject_id=ours.id)
    await quarter.ticks()
    [message] = live_messages(quarter.slack)
    edited = [entry.ts for entry in quarter.slack.ledger[before:] if entry.happened == "edited"]
    assert (edited[0], len(edited)) == (message.ts, 2)


async def _is_live(quarter: Quarter) -> None:
    with_agenda(quarter.database, quarter.clock, "Rents", "Parking", "Food")
    quarter.clock.strikes(BEGUN)
    await quarter.ticks()
    await starts(quarter.slack)
    await quarter.ticks()


async def _minutes_pass(quarter: Quarter, minutes: int = 1) -> None:
    for _ in range(minutes):
        quarter.clock.passes(minutes=1)
        await quarter.ticks()


def _edits(quarter: Quarter) -> int:
    [message] = live_messages(quarter.slack)
    return sum(entry.happened == "edited" and entry.ts == message.ts for entry in quarter.slack.ledger)


# --- Of the edits that Slack takes in a minute some are left for it


@pytest.mark.parametrize("is_live", [False, True])
async def test_of_sixty_redrawn_cards_so_many_are_edited_that_it_never_waits(
    empty_slack: Story,
    clock: FrozenClock,
    is_live: bool,  # noqa: FBT001
) -> None:
    channel = next(iter(empty_slack.world.channels))
    async with ClientSession() as session:
        connection = Connection(empty_slack.api_url, empty_slack.bot_token, session, clock)
        posted = await connection.posting_client.chat_postMessage(channel=channel, text="Hello")
        edit = {"channel": channel, "ts": posted["ts"], "text": "Hello again"}
        if is_live:
            for _ in range(MOST_THAT_WAIT):
                await connection.client_of_what_goes_first.chat_update(**edit)
        waits = []
        for _ in range(60):
            try:
                await connection.posting_client.chat_update(**edit)
            except AskedToWait as waiting:
                waits.append(waiting.seconds)
        await connection.client_of_what_goes_first.chat_update(**edit)
        assert len(waits) == (60 - MOST_THAT_WAIT if is_live else 0)
        assert set(waits) <= {60}
        clock.passes(seconds=60)
        await connection.posting_client.chat_update(**edit)
