"""Who comes, over HTTP: one click for people of any workspace, two forms that are open at once, and a deed that nobody remembers."""

from sqlalchemy import select

from handlers.blocks.ids import COMES, COMING, PARTY, WHO_COMES
from storage.database import Database
from storage.inbox import Input
from tests.handlers.steps import on_sqlite, send, standing
from tests.story import OURS, SHARED, Story

pytestmark = on_sqlite


async def comes(slack: Story, person: str) -> None:
    await slack.clicks(person, await standing(slack), COMES)


async def host_reads(slack: Story) -> str:
    board = await slack.types("U0CURATOR", SHARED, "/agenda curate")
    return (await slack.clicks("U0CURATOR", board, WHO_COMES)).text


async def test_who_has_no_commands_says_it_with_one_click_and_the_host_reads_it(slack: Story) -> None:
    noted = await slack.clicks("U0KOFI", await standing(slack), COMES)
    assert "You are coming." in noted.text
    await slack.clicks("U0KOFI", noted, COMING)
    assert await send(slack, "U0KOFI", about_me=["access"], more="By wheelchair") == {}
    assert "needs a way in without stairs\nBy wheelchair" in await host_reads(slack)


async def test_what_two_change_in_the_same_form_at_once_both_stand(slack: Story) -> None:
    for person in ("U0MEMBER", "U0CURATOR"):
        noted = await slack.clicks(person, await standing(slack), COMES)
        await slack.clicks(person, noted, PARTY)
    assert await send(slack, "U0MEMBER", people="4") == {}
    assert await send(slack, "U0CURATOR", who_is_new="Rosa") == {}
    assert "CCSJ 4\nRosa" in await host_reads(slack)


async def test_nobody_remembers_who_pressed_it(slack: Story, database: Database) -> None:
    await comes(slack, "U0MEMBER")
    with database.transaction(OURS) as session:
        deeds = [one.listener for one in session.scalars(select(Input)) if one.person_id is not None]
    assert not [deed for deed in deeds if deed and "coming" in deed]
