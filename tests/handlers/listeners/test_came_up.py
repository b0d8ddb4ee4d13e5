"""What comes up in the room, by commands, buttons and forms, while the clock says that the meeting is under way."""

from handlers.blocks.ids import NEXT_TIME, NOW, RESULTS, STATUS, TAKE, TAKES_NOTES, TODAY
from storage.database import Database
from storage.items import Item, ItemState
from storage.tenancy import across_consortia
from tests.clock import FrozenClock
from tests.handlers.steps import at_rest, everything, on_sqlite, opened, send, shown, standing, words_to
from tests.story import SHARED, Story

HOST, AUTHOR, ELSEWHERE = "U0CURATOR", "U0MEMBER", "U0KOFI"
BEGUN, OVER = "2027-01-21 10:05", "2027-01-21 12:00"


def states(database: Database) -> dict[str, ItemState]:
    with database.transaction() as session, across_consortia(session):
        return {item.title: item.state for item in session.query(Item).order_by(Item.id)}


async def test_one_line_of_the_hosts_team_is_on_the_agenda_once_however_often_slack_tells_it(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    clock.strikes(BEGUN)
    receipt = await slack.types(HOST, SHARED, "/agenda now Same system! (10 min)")
    assert "on today's agenda" in shown(receipt)
    before = await everything(database, clock)
    await slack.again()
    assert await everything(database, clock) == before
    assert states(database) == {"Same system!": ItemState.ON_AGENDA}
    board = await slack.types(HOST, SHARED, "/agenda curate")
    assert "Same system! · 10 min · Maria Vega · came up in the room" in shown(board)


async def test_who_takes_notes_in_a_workspace_without_the_app_does_all_of_it_with_buttons(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    await slack.clicks(ELSEWHERE, await standing(slack), STATUS)
    await slack.clicks(ELSEWHERE, slack.seen_by(ELSEWHERE, SHARED)[-1], "coming.show")
    await slack.clicks(ELSEWHERE, slack.seen_by(ELSEWHERE, SHARED)[-1], TAKES_NOTES)
    assert "✓ You take notes" in words_to(slack, ELSEWHERE)[-1]
    clock.strikes(BEGUN)
    await slack.clicks(ELSEWHERE, await standing(slack), STATUS)
    status = slack.seen_by(ELSEWHERE, SHARED)[-1]
    await slack.clicks(ELSEWHERE, status, NOW)
    assert await send(slack, ELSEWHERE, title="Same system! (10 min)") == {}
    assert "on today's agenda" in shown(opened(slack, ELSEWHERE))
    assert states(database) == {"Same system!": ItemState.ON_AGENDA}
    await slack.closes(ELSEWHERE, everything=True)

    await slack.clicks(ELSEWHERE, status, NOW)
    clock.strikes(OVER)
    refused = await send(slack, ELSEWHERE, title="One more")
    assert "No meeting is under way" in refused["title"]
    assert opened(slack, ELSEWHERE).entries["title"]["title"]["value"] == "One more"
    await slack.closes(ELSEWHERE, everything=True)
    await slack.clicks(ELSEWHERE, await standing(slack), STATUS)
    await slack.clicks(ELSEWHERE, slack.seen_by(ELSEWHERE, SHARED)[-1], RESULTS)
    assert "1. Same system! · 10 min" in words_to(slack, ELSEWHERE)[-1]


@on_sqlite
async def test_what_others_bring_is_before_the_host_and_for_today_or_next_time_as_they_choose(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    clock.strikes(BEGUN)
    receipt = await slack.types(AUTHOR, SHARED, "/agenda now Parking")
    assert "Today or next time?" in shown(receipt)
    card = await slack.in_direct(HOST, "Parking")
    assert "Take it up today" in str(card.blocks)
    await slack.clicks(AUTHOR, receipt, NEXT_TIME)
    await at_rest(database, clock)
    card = await slack.in_direct(HOST, "Priya Nair keeps this for the next meeting")
    assert TAKE not in str(card.blocks)
    assert states(database) == {"Parking": ItemState.HELD}
    await slack.clicks(AUTHOR, await slack.types(AUTHOR, SHARED, "/agenda mine"), TODAY)
    await at_rest(database, clock)
    await slack.clicks(HOST, await slack.in_direct(HOST, "Parking"), TAKE)
    assert states(database) == {"Parking": ItemState.ON_AGENDA}


@on_sqlite
async def test_where_no_meeting_is_under_way_what_was_typed_is_given_back(slack: Story) -> None:
    await slack.types(HOST, SHARED, "/agenda now Same system!")
    assert "No meeting is under way" in words_to(slack, HOST)[-1]
    assert "/agenda now Same system!" in words_to(slack, HOST)[-1]
