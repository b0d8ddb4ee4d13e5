"""Shortcuts: from Slack's menus into the form."""

import pytest

from handlers.blocks.ids import BRING, BRING_MESSAGE
from playground.slack import Message, Refused
from storage.database import Database
from tests.clock import FrozenClock
from tests.handlers.steps import everything, filled, on_sqlite, opened, send, shown
from tests.story import SHARED, Story

pytestmark = on_sqlite


async def test_a_message_is_brought_with_its_first_line_and_a_link_and_its_reader_may_change_both(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    said = await _said(slack, "*Rents* rise again &amp; we pay\nWho else?")
    before = await everything(database, clock)
    await slack.uses_shortcut("U0MEMBER", BRING_MESSAGE, said)
    form = opened(slack, "U0MEMBER")
    assert filled(form, "title") == "Rents rise again & we pay"
    assert filled(form, "links").endswith(said.ts.replace(".", ""))
    assert await everything(database, clock) == before, "nothing is kept of what nobody sends in"
    assert await send(slack, "U0MEMBER", title="Rents: who else?") == {}
    assert "Rents: who else?" in shown(opened(slack, "U0MEMBER"))


async def test_where_slack_gives_no_link_the_form_opens_without(slack: Story) -> None:
    said = await _said(slack, "Rents")
    slack.next_answer("chat.getPermalink", Refused("channel_not_found"))
    await slack.uses_shortcut("U0MEMBER", BRING_MESSAGE, said)
    form = opened(slack, "U0MEMBER")
    assert (filled(form, "title"), filled(form, "links")) == ("Rents", None)


async def test_a_message_without_words_opens_an_empty_form(slack: Story) -> None:
    said = await _said(slack, "<!here> <@U0MEMBER>\n~ ~")
    await slack.uses_shortcut("U0MEMBER", BRING_MESSAGE, said)
    assert filled(opened(slack, "U0MEMBER"), "title") is None


async def test_the_shortcut_of_slack_itself_opens_the_form_from_everywhere(slack: Story) -> None:
    await slack.uses_shortcut("U0MEMBER", BRING)
    assert await send(slack, "U0MEMBER", title="Rents") == {}
    assert "Rents" in shown(opened(slack, "U0MEMBER"))


async def test_who_does_not_read_the_shared_channel_is_told_so(slack: Story) -> None:
    await slack.uses_shortcut("U0OUTSIDE", BRING)
    assert "people who are in the shared channel" in shown(opened(slack, "U0OUTSIDE"))


async def test_people_of_a_workspace_without_the_app_have_no_shortcuts(slack: Story) -> None:
    with pytest.raises(PermissionError):
        await slack.uses_shortcut("U0KOFI", BRING)


async def _said(slack: Story, words: str) -> Message:
    await slack.types("U0CURATOR", SHARED, words)
    return slack.world.messages[SHARED][-1]
