"""Tips: shared with a line or a form, found by a word."""

from handlers.blocks.ids import FILE_UNDER, FIND, SEARCH, SHARE
from storage.database import Database
from tests.clock import FrozenClock
from tests.handlers.steps import everything, on_sqlite, opened, send, shown
from tests.story import SHARED, Story


async def test_a_line_is_kept_under_its_topic_and_found_by_a_word(slack: Story) -> None:
    kept = await slack.types("U0MEMBER", SHARED, "/agenda tip referrals: Ask for the intake line first")
    assert kept.only_for == "U0MEMBER"
    assert "Client referrals" in kept.text
    found = await slack.types("U0SAM", SHARED, "/agenda tips INTAKE line")
    assert "Ask for the intake line first" in found.text
    assert "Priya Nair (CCSJ)" in found.text
    missing = await slack.types("U0SAM", SHARED, "/agenda tips snacks")
    assert "Nothing here has all of these words: snacks" in missing.text


@on_sqlite
async def test_a_tip_is_filed_elsewhere_by_who_shared_it(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    kept = await slack.types("U0MEMBER", SHARED, "/agenda tip Bring snacks")
    await slack.clicks("U0MEMBER", kept, FILE_UNDER, selected="1:Grant reporting")
    assert "Grant reporting" in kept.text
    assert any("Grant reporting" in row for row in (await everything(database, clock))["tip"])


@on_sqlite
async def test_a_tip_is_shared_and_searched_by_buttons(slack: Story) -> None:
    status = await slack.types("U0MEMBER", SHARED, "/agenda")
    found = await slack.clicks("U0MEMBER", status, FIND)
    assert "Nobody has shared anything here yet" in found.text
    await slack.clicks("U0MEMBER", found, SHARE)
    assert await send(slack, "U0MEMBER", topic="General", text="Bring snacks") == {}
    assert "Bring snacks" in shown(opened(slack, "U0MEMBER"))
    await slack.clicks("U0MEMBER", found, SEARCH)
    assert await send(slack, "U0MEMBER", words="snacks") == {}
    assert "Bring snacks" in shown(opened(slack, "U0MEMBER"))


@on_sqlite
async def test_a_tip_without_words_is_asked_for_in_a_form(slack: Story) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda tip")
    refused = await send(slack, "U0MEMBER", topic="General", text="  ")
    assert refused == {"text": "What would you like to share?"}
