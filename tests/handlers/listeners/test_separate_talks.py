"""Me too, a thread of its own, and a group message: from the list and back to the channel, for people with buttons alone, too."""

import pytest

from handlers.blocks.ids import (
    ARRANGE,
    GROUP,
    LIST,
    ME_TOO,
    NOT_ME,
    READ,
    SAY_ME_TOO,
    TAKE_UP,
)
from handlers.blocks.me_too import TICKED
from playground.slack import Message
from playground.slack.faults import Dropped, Refused
from storage.items import ItemState
from storage.post_kinds import PostKind
from tests.handlers.quarter import Quarter
from tests.handlers.steps import filled, on_sqlite, opened, send, shown, standing
from tests.story import SHARED

pytestmark = on_sqlite

HOST, AUTHOR, ELSEWHERE, ONE = "U0CURATOR", "U0MEMBER", "U0RUTH", "U0SAM"
WAITING = f"{TICKED}{ItemState.WAITING}:0"
SEPARATELY = "We talk about this separately"
THREAD_OPENS = "2026-11-30 09:00"


async def brings(quarter: Quarter, *titles: str) -> None:
    for title in titles:
        await quarter.slack.types(AUTHOR, SHARED, f"/agenda add {title}")
    await quarter.ticks()


async def ticks(quarter: Quarter, person: str, *numbers: int) -> Message | None:
    """In the form behind the list, which everybody reaches from the message with the buttons."""
    slack = quarter.slack
    await slack.clicks(person, await standing(slack), LIST)
    listed = slack.seen_by(person, SHARED)[-1]
    await slack.clicks(person, listed, ME_TOO)
    assert await send(slack, person, **{WAITING: [str(number) for number in numbers]}) == {}
    return listed


async def decides_separately(quarter: Quarter, title: str = "Bus routes") -> None:
    slack = quarter.slack
    card = await slack.in_direct(HOST, title)
    await slack.clicks(HOST, card, ARRANGE, selected="1:separately:1")
    assert "It calls those who said “Me too”, and everybody can join in." in shown(opened(slack, HOST))
    assert await send(slack, HOST, note="Let us meet") == {}


async def thread(quarter: Quarter, *people: str) -> Message:
    """These said “Me too”, and the host has decided."""
    await brings(quarter, "Bus routes")
    for person in people:
        await ticks(quarter, person, 1)
    await decides_separately(quarter)
    await quarter.it_is("2026-11-23 17:00")
    assert quarter.said(SHARED, SEPARATELY) == []
    await quarter.it_is(THREAD_OPENS)
    return await quarter.slack.in_channel(SEPARATELY)


def groups(quarter: Quarter) -> list[str]:
    return [one.id for one in quarter.slack.world.channels.values() if one.is_mpim]


async def asks_for_group(quarter: Quarter, person: str, where: Message) -> str:
    await quarter.slack.clicks(person, where, GROUP)
    assert await send(quarter.slack, person) == {}
    said = shown(opened(quarter.slack, person))
    await quarter.slack.closes(person, everything=True)
    await quarter.ticks()
    return said


async def test_from_the_list_over_the_thread_to_the_group_message(quarter: Quarter) -> None:
    slack = quarter.slack
    await brings(quarter, "Bus routes", "Rents")
    await ticks(quarter, ELSEWHERE, 1)
    assert "You say “Me too” to these items:\n• Bus routes" in shown(opened(slack, ELSEWHERE))
    await slack.closes(ELSEWHERE, everything=True)
    await quarter.ticks()
    assert "Me too: Ruth Adeyemi" in (await slack.in_direct(HOST, "Bus routes")).text
    await decides_separately(quarter)
    await quarter.it_is("2026-11-23 17:00")
    said = quarter.told(AUTHOR)[-1]
    assert "CCSJ would like us to talk about it separately.\n• Bus routes\nLet us meet" in said
    assert quarter.said(SHARED, SEPARATELY) == []

    await quarter.it_is(THREAD_OPENS)
    above = await slack.in_channel(SEPARATELY)
    assert "<@U0MEMBER> <@U0RUTH>" in above.text
    week = await slack.in_channel("This week on the agenda")
    assert "Talked about separately\n• Bus routes · CCSJ · To the thread" in week.text
    assert f"https://sister-peace.slack.com/archives/{SHARED}/p{above.ts.replace('.', '')}" in str(
        week.blocks
    )

    await slack.clicks(ONE, above, SAY_ME_TOO)
    await quarter.ticks()
    assert "<@U0SAM>" in above.text
    assert "✓ You say “Me too” here." in slack.seen_by(ONE, SHARED)[-1].text
    before = len(slack.ledger)
    said = await asks_for_group(quarter, ELSEWHERE, above)
    assert "✓ You find the group message among your direct messages." in said
    [group] = groups(quarter)
    [first] = [one for one in slack.ledger[before:] if one.happened == "posted"]
    assert (first.channel, "Bus routes" in first.text) == (group, True)
    assert set(slack.world.channels[group].members) == {AUTHOR, ELSEWHERE, ONE, slack.app.user_id}
    await asks_for_group(quarter, ONE, above)
    assert len(slack.world.messages[group]) == 1


async def test_where_one_reads_the_item_one_says_it_and_takes_it_back(quarter: Quarter) -> None:
    slack = quarter.slack
    await slack.types(AUTHOR, SHARED, "/agenda add Bus routes\nWhich lines?")
    listed = await slack.asks(ONE, SHARED, "/agenda list")
    await slack.clicks(ONE, listed, READ)
    await slack.clicks(ONE, opened(slack, ONE), SAY_ME_TOO)
    assert "Me too: Sam Whitfield" in shown(opened(slack, ONE))
    await slack.clicks(ONE, opened(slack, ONE), NOT_ME)
    assert "Me too:" not in shown(opened(slack, ONE))
    await slack.closes(ONE)
    await slack.clicks(AUTHOR, await slack.asks(AUTHOR, SHARED, "/agenda list"), READ)
    assert "[Me too]" not in shown(opened(slack, AUTHOR))


async def test_what_stood_ticked_is_taken_back_and_what_another_device_ticked_meanwhile_stays(
    quarter: Quarter,
) -> None:
    slack = quarter.slack
    await brings(quarter, "Bus routes", "Rents")
    await ticks(quarter, ONE, 1)
    await slack.closes(ONE, everything=True)
    listed = await slack.asks(ONE, SHARED, "/agenda list")
    await slack.clicks(ONE, listed, ME_TOO)
    assert filled(opened(slack, ONE), WAITING) == [
        {"text": {"type": "plain_text", "text": "Bus routes · CCSJ", "emoji": False}, "value": "1"}
    ]
    await send(slack, ONE, **{WAITING: []})
    assert "You say “Me too” to no item on this page." in shown(opened(slack, ONE))


async def test_with_nothing_on_the_list_nothing_is_asked(quarter: Quarter) -> None:
    listed = await quarter.slack.asks(ONE, SHARED, "/agenda list")
    await quarter.slack.clicks(ONE, listed, ME_TOO)
    assert "There is nothing here that somebody else brought." in shown(opened(quarter.slack, ONE))


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("missing_scope", "I may not open group messages in this Slack yet."),
        ("invalid_user_combination", "Slack does not let all of you into one group message."),
        ("internal_error", "Slack does not answer just now. Please try again."),
    ],
)
async def test_where_slack_opens_none_that_is_said_plainly_and_the_thread_stays(
    quarter: Quarter, error: str, told: str
) -> None:
    above = await thread(quarter, ONE)
    quarter.slack.next_answer("conversations.open", Refused(error))
    assert told in await asks_for_group(quarter, ONE, above)
    assert (groups(quarter), quarter.posts(PostKind.GROUP_TALK)) == ([], [])
    is_for_admins = error == "missing_scope"
    assert bool(quarter.told("U0ADMIN", "with mpim:write")) is is_for_admins
    await asks_for_group(quarter, ONE, above)
    assert len(groups(quarter)) == 1


@pytest.mark.parametrize("is_stored", [False, True])
async def test_a_first_word_of_which_nobody_knows_is_said_again_and_nobody_is_asked(
    quarter: Quarter, *, is_stored: bool
) -> None:
    """The bot does not ask Slack for leave to read there: a double is better than a loss."""
    slack = quarter.slack
    above = await thread(quarter, ONE)
    slack.next_answer("chat.postMessage", Dropped(stored=is_stored))
    await asks_for_group(quarter, ONE, above)
    for _ in range(3):
        quarter.clock.passes(minutes=2)
        await quarter.ticks()
    [group] = groups(quarter)
    assert len(quarter.said(group)) == 1 + is_stored
    assert quarter.posts(PostKind.UNSURE) == []


@pytest.mark.parametrize("error", ["restricted_action", "channel_not_found"])
async def test_a_group_message_that_takes_no_word_is_tried_in_growing_pauses_and_admins_hear_of_it(
    quarter: Quarter, error: str
) -> None:
    slack = quarter.slack
    above = await thread(quarter, ONE)
    before = quarter.calls("chat.postMessage")
    slack.weather_becomes(lambda method: Refused(error) if method == "chat.postMessage" else None)
    await asks_for_group(quarter, ONE, above)
    for _ in range(12):
        quarter.clock.passes(seconds=1)
        await quarter.ticks()
    [owed] = quarter.posts(PostKind.GROUP_TALK)
    assert owed.attempts == 2
    assert quarter.calls("chat.postMessage") - before <= 5, "also to admins"
    slack.weather_becomes(lambda _: None)
    quarter.clock.passes(minutes=1)
    await quarter.ticks()
    [group] = groups(quarter)
    assert len(quarter.said(group)) == 1
    assert quarter.told("U0ADMIN", "The first word about an item") != []


async def test_an_answer_that_got_lost_opens_no_second_one(quarter: Quarter) -> None:
    above = await thread(quarter, ONE)
    for _ in range(2):  # the client asks once more by itself
        quarter.slack.next_answer("conversations.open", Dropped(stored=True))
    await asks_for_group(quarter, ONE, above)
    await asks_for_group(quarter, ONE, above)
    [group] = groups(quarter)
    assert len(quarter.slack.world.messages[group]) == 1


async def test_a_thread_that_somebody_deleted_stays_deleted_whoever_says_it_afterwards(
    quarter: Quarter,
) -> None:
    slack = quarter.slack
    above = await thread(quarter, ONE)
    await slack.clicks("U0ADMIN", above, READ)
    slack.world.delete(above)
    await slack.clicks("U0ADMIN", opened(slack, "U0ADMIN"), SAY_ME_TOO)
    assert "Me too: Sam Whitfield and Joan Castell" in shown(opened(slack, "U0ADMIN"))
    await quarter.ticks()
    assert quarter.said(SHARED, SEPARATELY) == []
    assert "Me too: Sam Whitfield" in (await slack.asks(AUTHOR, SHARED, "/agenda mine")).text


async def test_an_author_opens_a_thread_about_what_was_not_taken(quarter: Quarter) -> None:
    slack = quarter.slack
    await brings(quarter, "Bus routes")
    card = await slack.in_direct(HOST, "Bus routes")
    await slack.clicks(HOST, card, "item.leave_out")
    assert await send(slack, HOST, reason="too full") == {}
    await quarter.it_is("2026-11-23 17:00")
    told = await slack.in_direct(AUTHOR, "It is not on the agenda for")
    await quarter.it_is("2026-11-23 18:00")
    await slack.clicks(AUTHOR, told, TAKE_UP)
    await quarter.ticks()
    assert "This agenda is full" in told.text
    assert "A thread about it opens in the shared channel" in told.text
    assert "[Take it up separately]" not in told.text
    await quarter.it_is(THREAD_OPENS)
    above = await slack.in_channel(SEPARATELY)
    assert "<@U0MEMBER>" in above.text
    mine = await slack.asks(AUTHOR, SHARED, "/agenda mine")
    assert "Talked about separately" in mine.text
    assert "[Take it up separately]" not in mine.text
