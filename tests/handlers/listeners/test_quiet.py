"""A bot that rings seldom: what one person gets on one day stands in one message, and none comes at night or on a weekend."""

from datetime import timedelta

import pytest

from handlers.blocks.ids import CANCEL, EDIT, HOLD, LEAVE_OUT, TAKE, UNDO, WITHDRAW
from playground.slack import Message, Refused, ServerError
from playground.slack.faults import Disliked
from storage.figures import figures
from storage.post_facts import TRIES_IN_ORDER, PostState
from storage.post_kinds import PostKind
from tests.handlers.quarter import CURATORS, Quarter
from tests.handlers.steps import on_sqlite, send, shown
from tests.story import PLAN, SHARED

pytestmark = [on_sqlite, pytest.mark.slow]  # days of the story pass

QUIET = PLAN.replace("quiet = false", "quiet = true").replace("told_after_minutes = 5\n", "")
HOSTS = ("U0CURATOR", "U0DEPUTY")


@pytest.fixture
async def quiet(quarter: Quarter) -> Quarter:
    await quarter.plans(QUIET)
    return quarter


async def brings(quarter: Quarter, *titles: str, person: str = "U0MEMBER") -> None:
    for title in titles:
        await quarter.slack.types(person, SHARED, f"/agenda add {title}")
        await quarter.ticks()


def messages(quarter: Quarter, person: str = "U0CURATOR") -> list[Message]:
    direct = quarter.slack.world.direct(person, quarter.slack.app.user_id)
    return [one for one in quarter.slack.world.messages[direct.id] if one.only_for is None] if direct else []


def rung(quarter: Quarter, person: str) -> int:
    """How often a new message came."""
    direct = quarter.slack.world.direct(person, quarter.slack.app.user_id)
    return sum(
        entry.happened == "posted" and direct is not None and entry.channel == direct.id
        for entry in quarter.slack.ledger
    )


async def time_passes(quarter: Quarter) -> None:
    for _ in range(4):
        quarter.clock.passes(seconds=2)
        await quarter.ticks()


async def test_the_items_of_a_day_reach_each_who_decides_in_one_message(quiet: Quarter) -> None:
    await brings(quiet, "Rents", "Food", "Buses")
    for host in HOSTS:
        [message] = messages(quiet, host)
        assert all(title in shown(message) for title in ("Rents", "Food", "Buses"))
        assert str(message.blocks).count(TAKE) == 3
        assert rung(quiet, host) == 1


async def test_each_of_them_is_decided_by_itself(quiet: Quarter) -> None:
    await brings(quiet, "Rents", "Food", "Buses")
    [message] = messages(quiet)
    ids = [post.subject_id for post in quiet.posts(PostKind.CARD) if post.place == "U0CURATOR"]
    await quiet.slack.clicks("U0CURATOR", message, TAKE, value=f"{ids[1]}:1")
    await quiet.slack.clicks("U0CURATOR", message, HOLD, value=f"{ids[2]}:1")
    await quiet.ticks()
    for host in HOSTS:
        [message] = messages(quiet, host)
        assert str(message.blocks).count(TAKE) == 1
        assert str(message.blocks).count(UNDO) == 2
    await quiet.slack.clicks("U0DEPUTY", messages(quiet, "U0DEPUTY")[0], UNDO, value=f"{ids[1]}:1")
    await quiet.ticks()
    assert str(messages(quiet)[0].blocks).count(TAKE) == 2
    assert rung(quiet, "U0CURATOR") == 1


async def test_what_is_brought_on_another_day_is_another_message(quiet: Quarter) -> None:
    await brings(quiet, "Rents")
    await quiet.it_is("2026-11-24 09:00")
    await brings(quiet, "Food")
    first, second = messages(quiet)
    assert ("Rents" in first.text, "Food" in first.text) == (True, False)
    assert ("Rents" in second.text, "Food" in second.text) == (False, True)


@pytest.mark.parametrize(
    ("at", "wakes"),
    [
        ("2026-11-23 20:00", "2026-11-24 08:00"),
        ("2026-11-24 07:59", "2026-11-24 08:00"),
        ("2026-11-27 20:30", "2026-11-30 08:00"),
        ("2026-11-28 12:00", "2026-11-30 08:00"),
        ("2026-11-29 23:00", "2026-11-30 08:00"),
    ],
)
async def test_at_night_and_on_a_weekend_nobody_is_rung_until_the_morning(
    quiet: Quarter, at: str, wakes: str
) -> None:
    await quiet.it_is(at)
    await brings(quiet, "Rents", "Food")
    day, hour = wakes.split()
    await quiet.it_is(f"{day} 07:59")
    assert messages(quiet) == []
    assert {post.state for post in quiet.posts(PostKind.CARD)} == {PostState.DUE}
    await quiet.it_is(f"{day} 08:00")
    await quiet.ticks()
    [message] = messages(quiet)
    assert "Rents" in message.text
    assert "Food" in message.text
    assert hour == "08:00"


async def test_a_message_of_the_day_may_grow_at_night(quiet: Quarter) -> None:
    await brings(quiet, "Rents")
    await quiet.it_is("2026-11-23 21:00")
    await brings(quiet, "Food")
    [message] = messages(quiet)
    assert "Food" in message.text
    assert rung(quiet, "U0CURATOR") == 1


async def test_before_a_meeting_in_the_morning_nothing_waits_for_the_morning(quiet: Quarter) -> None:
    await quiet.it_is("2027-01-21 07:30")
    await quiet.plans(QUIET.replace('starts = "10:00"', 'starts = "08:00"'))
    await brings(quiet, "Rents")
    assert "Rents" in messages(quiet)[-1].text


async def test_proposers_are_told_together_at_five(quiet: Quarter) -> None:
    await brings(quiet, "Rents", "Food")
    [message] = messages(quiet)
    ids = [post.subject_id for post in quiet.posts(PostKind.CARD) if post.place == "U0CURATOR"]
    for item_id in ids:
        await quiet.slack.clicks("U0CURATOR", message, TAKE, value=f"{item_id}:1")
    await quiet.it_is("2026-11-23 16:59")
    assert messages(quiet, "U0MEMBER") == []
    assert "You can undo this until" in messages(quiet)[0].text
    await quiet.it_is("2026-11-23 17:00")
    await quiet.ticks()
    [told] = messages(quiet, "U0MEMBER")
    assert "Rents" in told.text
    assert "Food" in told.text
    assert UNDO not in str(messages(quiet)[0].blocks)
    assert rung(quiet, "U0MEMBER") == 1


async def test_what_is_decided_on_a_friday_evening_is_told_on_monday(quiet: Quarter) -> None:
    await quiet.it_is("2026-11-27 10:00")
    await brings(quiet, "Rents")
    await quiet.it_is("2026-11-27 18:00")
    await quiet.slack.clicks("U0CURATOR", messages(quiet)[0], TAKE)
    await quiet.it_is("2026-11-30 16:59")
    assert messages(quiet, "U0MEMBER") == []
    await quiet.it_is("2026-11-30 17:00")
    assert "on the agenda" in messages(quiet, "U0MEMBER")[0].text


async def test_who_got_three_messages_in_a_week_is_left_in_peace_until_it_is_over(quiet: Quarter) -> None:
    for day in ("2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03"):
        await quiet.it_is(f"{day} 10:00")
        await brings(quiet, f"Item of {day}")
        await quiet.slack.clicks("U0CURATOR", messages(quiet)[-1], TAKE)
        await quiet.it_is(f"{day} 17:00")
    assert rung(quiet, "U0MEMBER") == 3
    await quiet.it_is("2026-12-07 16:59")
    assert rung(quiet, "U0MEMBER") == 3
    await quiet.it_is("2026-12-07 17:00")
    assert "Item of 2026-12-03" in messages(quiet, "U0MEMBER")[-1].text


async def test_a_deleted_message_comes_back_with_all_that_waits_in_it(quiet: Quarter) -> None:
    await brings(quiet, "Rents", "Food", "Buses")
    [message] = messages(quiet)
    ids = [post.subject_id for post in quiet.posts(PostKind.CARD) if post.place == "U0CURATOR"]
    await quiet.slack.clicks("U0CURATOR", message, TAKE, value=f"{ids[0]}:1")
    await quiet.ticks()
    quiet.slack.world.delete(message)
    await brings(quiet, "Roads")
    await time_passes(quiet)
    [again] = messages(quiet)
    assert str(again.blocks).count(TAKE) == 3
    assert all(title in again.text for title in ("Food", "Buses", "Roads"))


async def test_what_somebody_deleted_comes_back_in_the_morning_if_it_is_noticed_at_night(
    quiet: Quarter,
) -> None:
    await brings(quiet, "Rents")
    quiet.slack.world.delete(messages(quiet)[0])
    await quiet.it_is("2026-11-23 21:00")
    await brings(quiet, "Food")
    await time_passes(quiet)
    assert messages(quiet) == []
    await quiet.it_is("2026-11-24 08:00")
    await time_passes(quiet)
    assert all(title in messages(quiet)[0].text for title in ("Rents", "Food"))


async def test_a_word_that_a_firewall_dislikes_holds_up_no_other_item_of_its_message(quiet: Quarter) -> None:
    await brings(quiet, "Rents", "Food")
    quiet.slack.weather_becomes(
        lambda method: Disliked("Forbidden", ServerError(403)) if method.startswith("chat.") else None
    )
    await brings(quiet, "Forbidden")
    for _ in range(TRIES_IN_ORDER + 1):
        quiet.clock.passes(minutes=6)
        await quiet.ticks()
    await quiet.slack.clicks("U0CURATOR", messages(quiet)[0], LEAVE_OUT)
    assert await send(quiet.slack, "U0CURATOR", reason="too full") == {}
    await quiet.ticks()
    [message] = messages(quiet)
    assert "decided against" in message.text
    quiet.slack.weather_becomes(lambda _: None)
    quiet.clock.passes(hours=1)
    await quiet.ticks()
    assert [one.text.split("\n")[0] for one in messages(quiet)] == ["Rents", "Forbidden"]


async def test_the_channel_of_those_who_decide_gets_one_message_a_day_too(quarter: Quarter) -> None:
    await quarter.plans(QUIET, curators=CURATORS)
    await brings(quarter, "Rents", "Food")
    [message] = quarter.cards(CURATORS)
    assert str(message.blocks).count(TAKE) == 2


async def test_what_has_no_room_in_a_message_is_another_one(quiet: Quarter) -> None:
    await brings(quiet, *(f"Item number {number}" for number in range(20)))
    first, second = messages(quiet)
    assert "more" not in first.text + second.text
    assert str(first.blocks).count(TAKE) + str(second.blocks).count(TAKE) == 20
    assert max(len(first.blocks), len(second.blocks)) <= 50


@pytest.mark.parametrize("word", ["edit_window_closed", "cant_update_message"])
async def test_where_a_message_takes_no_more_edits_it_is_another_one(quiet: Quarter, word: str) -> None:
    await brings(quiet, "Rents")
    quiet.slack.weather_becomes({"chat.update": Refused(word)}.get)
    await brings(quiet, "Food")
    assert [one.text.split("\n")[0] for one in messages(quiet)] == ["Rents", "Food"]
    of_the_doors = 2  # the message with the buttons tells of each item
    assert quiet.calls("chat.update") <= len(HOSTS) + of_the_doors


async def test_what_joins_and_is_not_shown_yet_goes_to_those_who_decide_now(quiet: Quarter) -> None:
    """A former curator who has left learns nothing of it."""
    await brings(quiet, "Rents", "Food")
    [message] = messages(quiet)
    item_id = next(post.subject_id for post in quiet.posts(PostKind.CARD) if post.place == "U0CURATOR")
    await quiet.slack.clicks("U0CURATOR", message, TAKE, value=f"{item_id}:1")
    await quiet.ticks()
    quiet.slack.weather_becomes({"chat.update": ServerError(503)}.get)
    mine = await quiet.slack.types("U0MEMBER", SHARED, "/agenda mine")
    await quiet.slack.clicks("U0MEMBER", mine, WITHDRAW, value=f"{item_id}:0")
    await quiet.ticks()
    for host in HOSTS:
        await quiet.slack.leaves(host, SHARED)
    await quiet.ticks()
    quiet.slack.weather_becomes({}.get)
    for _ in range(3):
        quiet.clock.passes(minutes=5)
        await quiet.ticks()
    assert "has withdrawn an item" in messages(quiet, "U0ADMIN")[-1].text
    assert "has withdrawn an item" not in messages(quiet)[0].text


async def test_who_turns_it_off_gets_each_message_by_itself_at_once(quiet: Quarter) -> None:
    await quiet.it_is("2026-11-23 21:00")
    await brings(quiet, "Rents")
    assert messages(quiet) == []
    await quiet.plans(PLAN)
    await brings(quiet, "Food")
    assert len(messages(quiet)) == 2


@pytest.mark.parametrize(
    ("day", "at", "said"),
    [
        ("2027-01-21", "2027-01-20 10:00", "We meet tomorrow. Here is the agenda."),
        ("2027-01-25", "2027-01-22 10:00", "We meet on Monday. Here is the agenda."),
        ("2027-01-24", "2027-01-22 10:00", "We meet on Sunday. Here is the agenda."),
    ],
)
async def test_the_last_word_before_a_meeting_tells_its_agenda_on_a_working_day(
    quarter: Quarter, day: str, at: str, said: str
) -> None:
    await quarter.plans(QUIET.replace("2027-01-21", day))
    await brings(quarter, "Rents")
    await quarter.slack.clicks("U0CURATOR", messages(quarter)[0], TAKE)
    await quarter.it_is("2027-01-19 18:00")
    await quarter.it_is(at)
    [call] = quarter.said(SHARED, said)
    assert "Rents" in call


async def test_of_two_calls_on_one_friday_only_the_last_word_comes(quarter: Quarter) -> None:
    """Three days before a Monday is the Friday, and so is the last working day before it."""
    await quarter.plans(QUIET.replace("2027-01-21", "2027-01-25").replace("[28, 14, 7, 1]", "[14, 3, 1]"))
    for moment in ("2027-01-11 10:00", "2027-01-22 10:00", "2027-01-25 08:00"):
        await quarter.it_is(moment)
    first, last = quarter.posts(PostKind.CALL)
    assert (first.state, last.state) == (PostState.SENT, PostState.SENT)
    assert len(quarter.said(SHARED, "We meet on Monday. Here is the agenda.")) == 1
    assert quarter.told("U0ADMIN", "did not get through") == []


async def test_on_the_day_itself_it_says_today(quarter: Quarter) -> None:
    await quarter.plans(
        QUIET.replace("[28, 14, 7, 1]", "[0]").replace('starts = "10:00"', 'starts = "15:00"')
    )
    await quarter.it_is("2027-01-21 10:00")
    assert quarter.said(SHARED, "We meet today. Here is the agenda.")


async def test_a_digest_gives_way_to_the_call_of_its_week_and_the_next_one_covers_its_time(
    quarter: Quarter,
) -> None:
    """The call is due on Thursday, December 24."""
    await quarter.plans(QUIET.replace("[28, 14, 7, 1]", "[28, 1]"))
    await quarter.it_is("2026-12-15 10:00")
    await brings(quarter, "Rents")
    await quarter.it_is("2026-12-21 09:00")
    assert quarter.said(SHARED, "This week on the agenda") == []
    await quarter.it_is("2026-12-24 10:00")
    assert len(quarter.said(SHARED, "What shall we talk about?")) == 1
    await quarter.it_is("2026-12-28 09:00")
    [digest] = quarter.said(SHARED, "This week on the agenda")
    assert "Rents" in digest
    assert quarter.told("U0ADMIN", "did not get through") == []


async def test_a_digest_gives_way_to_no_call_that_never_came(quarter: Quarter) -> None:
    """The bot is away from before the digest on Monday until the meeting on Friday is over, and with it its call on Thursday."""
    await quarter.plans(QUIET.replace("2027-01-21", "2027-01-22").replace("[28, 14, 7, 1]", "[1]"))
    await quarter.it_is("2027-01-11 09:00")
    await brings(quarter, "Rents")
    await quarter.it_is("2027-01-22 13:00")
    [digest] = quarter.said(SHARED, "This week on the agenda")
    assert "Rents" in digest


async def test_a_digest_gives_way_to_an_agenda_that_was_just_published(quarter: Quarter) -> None:
    await quarter.plans(QUIET)
    await quarter.it_is("2026-11-27 10:00")
    await brings(quarter, "Rents")
    await quarter.slack.clicks("U0CURATOR", messages(quarter)[0], TAKE)
    board = await quarter.slack.types("U0CURATOR", SHARED, "/agenda curate")
    await quarter.slack.clicks("U0CURATOR", board, "agenda.publish")
    await quarter.it_is("2026-11-30 09:00")
    assert quarter.said(SHARED, "This week on the agenda") == []
    await quarter.it_is("2026-12-07 09:00")
    [digest] = quarter.said(SHARED, "This week on the agenda")
    assert "Rents" in digest


async def test_what_waits_for_the_morning_is_no_trouble_in_the_figures(quiet: Quarter) -> None:
    await quiet.it_is("2026-11-28 12:00")
    await brings(quiet, "Rents")
    await quiet.it_is("2026-11-29 12:00")
    with quiet.database.transaction() as session:
        assert figures(session, quiet.clock()).oldest_due == timedelta()


async def test_what_waits_for_the_morning_is_not_looked_at_again_before(quiet: Quarter) -> None:
    await quiet.it_is("2026-11-28 12:00")
    await brings(quiet, "Rents")
    fences = [post.fence for post in quiet.posts(PostKind.CARD)]
    for _ in range(30):
        quiet.clock.passes(minutes=2)
        await quiet.ticks()
    assert [post.fence for post in quiet.posts(PostKind.CARD)] == fences


async def test_a_card_says_that_who_is_asleep_is_told_in_the_morning(quarter: Quarter) -> None:
    await quarter.plans(PLAN.replace("quiet = false", "quiet = true"))
    await brings(quarter, "Rents")
    await quarter.it_is("2026-11-23 21:00")
    await quarter.slack.clicks("U0CURATOR", messages(quarter)[0], TAKE)
    await quarter.ticks()
    assert "You can undo this until Tue, Nov 24, 8:00 AM" in messages(quarter)[0].text
    await quarter.it_is("2026-11-23 22:00")
    await quarter.slack.clicks("U0CURATOR", messages(quarter)[0], UNDO)
    await quarter.it_is("2026-11-24 08:00")
    assert messages(quarter, "U0MEMBER") == []


async def test_what_is_decided_at_night_joins_no_word_of_that_day_to_who_brought_it(quarter: Quarter) -> None:
    """Until the morning it can be undone, as the card says."""
    await quarter.plans(PLAN.replace("quiet = false", "quiet = true"))
    await brings(quarter, "Rents", "Food")
    ids = [post.subject_id for post in quarter.posts(PostKind.CARD) if post.place == "U0CURATOR"]
    await quarter.slack.clicks("U0CURATOR", messages(quarter)[0], TAKE, value=f"{ids[0]}:1")
    await quarter.it_is("2026-11-23 13:00")
    assert "Rents" in shown(messages(quarter, "U0MEMBER")[-1])
    await quarter.it_is("2026-11-23 21:00")
    await quarter.slack.clicks("U0CURATOR", messages(quarter)[0], TAKE, value=f"{ids[1]}:1")
    await quarter.it_is("2026-11-23 22:00")
    assert "Food" not in shown(messages(quarter, "U0MEMBER")[-1])
    assert UNDO in str(messages(quarter)[0].blocks)
    await quarter.it_is("2026-11-24 08:00")
    assert "Food" in shown(messages(quarter, "U0MEMBER")[-1])


async def test_an_edit_that_is_refused_gives_up_no_other_of_its_message(quiet: Quarter) -> None:
    """What Slack refuses is in the newest words of the second item."""
    await brings(quiet, "Rents", "Food")
    [message] = messages(quiet)
    ids = [post.subject_id for post in quiet.posts(PostKind.CARD) if post.place == "U0CURATOR"]
    quiet.slack.weather_becomes({"chat.update": Disliked("Forbidden", Refused("invalid_blocks"))}.get)
    mine = await quiet.slack.types("U0MEMBER", SHARED, "/agenda mine")
    await quiet.slack.clicks("U0MEMBER", mine, EDIT, value=str(ids[1]))
    assert await send(quiet.slack, "U0MEMBER", title="Forbidden") == {}
    await quiet.slack.clicks("U0CURATOR", message, TAKE, value=f"{ids[0]}:1")
    for _ in range(6):
        quiet.clock.passes(minutes=6)
        await quiet.ticks()
    assert "added this to the agenda" in messages(quiet)[0].text


@pytest.mark.parametrize(("day", "times"), [("2026-11-30", 1), ("2027-01-19", 2)], ids=["in weeks", "soon"])
async def test_a_cancelling_rings_by_itself_if_the_meeting_is_soon(
    quiet: Quarter, day: str, times: int
) -> None:
    await quiet.it_is(f"{day} 10:00")
    await brings(quiet, "Rents")
    await quiet.slack.clicks("U0CURATOR", messages(quiet)[-1], TAKE)
    await quiet.it_is(f"{day} 17:00")
    before = rung(quiet, "U0MEMBER")
    board = await quiet.slack.types("U0CURATOR", SHARED, "/agenda curate")
    await quiet.slack.clicks("U0CURATOR", board, CANCEL)
    assert await send(quiet.slack, "U0CURATOR") == {}
    await quiet.ticks()
    assert "The meeting is cancelled" in shown(messages(quiet, "U0MEMBER")[-1])
    assert (before, rung(quiet, "U0MEMBER")) == (1, times)
