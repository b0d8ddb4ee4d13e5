"""The scopes that Slack has granted are read beside its answers: what lacks one is not offered, and is offered once it is granted."""

from copy import deepcopy

import pytest

from handlers.blocks.ids import CALENDAR, GROUP, HAND_ON
from playground.slack.faults import Refused
from storage.post_kinds import PostKind
from tests.handlers.listeners.test_separate_talks import asks_for_group, groups, thread
from tests.handlers.quarter import Quarter
from tests.handlers.steps import on_sqlite, opened, send, shown
from tests.story import SHARED

pytestmark = on_sqlite

ONE, HOST, ADMIN = "U0SAM", "U0CURATOR", "U0ADMIN"
MAY_NOT = "What I may not do in this Slack"


async def grants(quarter: Quarter, *, but: str = "", scopes: frozenset[str] | None = None) -> frozenset[str]:
    """From now on. Whatever is asked of Slack tells the bot so."""
    app = quarter.slack.app
    before, app.scopes = app.scopes, (scopes or app.scopes) - {but}
    await quarter.slack.types(ONE, SHARED, "/agenda")
    await quarter.slack.clicks(ONE, quarter.slack.seen_by(ONE, SHARED)[-1], "item.add")
    await quarter.slack.closes(ONE, everything=True)
    await quarter.ticks()
    await quarter.ticks()
    return before


@pytest.mark.parametrize(
    ("scope", "told"),
    [
        ("mpim:write", "with mpim:write"),
        ("files:read", "with files:read and files:write"),
        ("files:write", "with files:read and files:write"),
        ("channels:history", None),
        ("groups:history", None),
        ("im:history", None),
    ],
)
async def test_of_what_people_would_be_offered_admins_hear_once_that_it_is_not_granted(
    quarter: Quarter, scope: str, told: str | None
) -> None:
    every = await grants(quarter, but=scope)
    await quarter.it_is("2026-11-24 09:00")
    await quarter.it_is("2026-11-25 09:00")
    heard = quarter.told(ADMIN, MAY_NOT)
    assert len(heard) == (1 if told else 0)
    assert all(told in one for one in heard if told)
    await grants(quarter, scopes=every)
    await grants(quarter, but=scope)
    await quarter.it_is("2026-11-26 09:00")
    assert len(quarter.told(ADMIN, MAY_NOT)) == len(heard)


async def test_a_thread_of_before_answers_its_button_and_has_none_until_it_is_granted(
    quarter: Quarter,
) -> None:
    above = await thread(quarter, ONE)
    of_before = deepcopy(above)
    every = await grants(quarter, but="mpim:write")
    assert GROUP not in str(above.blocks)
    await quarter.slack.clicks(ONE, of_before, GROUP)
    assert "I may not open group messages in this Slack yet." in quarter.slack.seen_by(ONE, SHARED)[-1].text
    assert "The thread is open for all of you." in quarter.slack.seen_by(ONE, SHARED)[-1].text
    await grants(quarter, scopes=every)
    await asks_for_group(quarter, ONE, above)
    assert len(groups(quarter)) == 1


async def test_where_slack_does_not_tell_its_scopes_nothing_counts_as_missing_and_a_refusal_is_told(
    quarter: Quarter,
) -> None:
    quarter.slack.app.tells_scopes = False
    above = await thread(quarter, ONE)
    every = await grants(quarter, but="mpim:write")
    assert GROUP in str(above.blocks)
    assert quarter.told(ADMIN, MAY_NOT) == []
    assert "I may not open group messages in this Slack yet." in await asks_for_group(quarter, ONE, above)
    assert len(quarter.told(ADMIN, "with mpim:write")) == 1
    assert GROUP in str(above.blocks)
    await grants(quarter, scopes=every)
    assert "✓ You find the group message" in await asks_for_group(quarter, ONE, above)


async def test_a_refusal_tells_what_is_missing_at_the_next_tick(quarter: Quarter) -> None:
    above = await thread(quarter, ONE)
    quarter.slack.app.scopes -= {"mpim:write"}
    await asks_for_group(quarter, ONE, above)
    assert GROUP not in str(above.blocks)


async def test_files_are_not_offered_and_what_comes_instead_is(quarter: Quarter) -> None:
    slack = quarter.slack
    await quarter.publishes("Bus routes")
    agenda = await slack.in_channel("Agenda for")
    every = await grants(quarter, but="files:write")
    before = quarter.told(ONE)
    await slack.clicks(ONE, agenda, CALENDAR)
    answer = slack.seen_by(ONE, SHARED)[-1]
    assert "[Google Calendar]" in shown(answer)
    assert "file" not in shown(answer)
    await slack.clicks(ONE, agenda, HAND_ON)
    assert "Bus routes" in str(opened(slack, ONE))
    assert "I may not send files in this Slack yet. You can copy the words." in str(opened(slack, ONE))
    assert "A page to print" not in str(opened(slack, ONE))
    assert await send(slack, ONE) == {}
    await quarter.ticks()
    assert (quarter.told(ONE), quarter.posts(PostKind.CALENDAR_FILE)) == (before, [])
    await slack.closes(ONE, everything=True)
    await grants(quarter, scopes=every)
    await slack.clicks(ONE, agenda, HAND_ON)
    assert "A page to print" in str(opened(slack, ONE))


async def test_a_form_of_before_whose_file_may_not_be_sent_any_more_says_so(quarter: Quarter) -> None:
    slack = quarter.slack
    await quarter.publishes("Bus routes")
    await slack.clicks(ONE, await slack.in_channel("Agenda for"), HAND_ON)
    slack.app.scopes -= {"files:write"}
    slack.next_answer("files.getUploadURLExternal", Refused("missing_scope"))
    await quarter.ticks()
    await slack.clicks(HOST, await slack.in_channel("Agenda for"), CALENDAR)
    await quarter.ticks()
    await quarter.ticks()
    assert "I may not send files in this Slack yet." in str(await send(slack, ONE, files=["page"]))
