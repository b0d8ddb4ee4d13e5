"""One message that always fails: it steps aside, admins hear of it once, and it goes out when it can."""

from dataclasses import replace

import pytest

from bot.channels import CLOSED_FOR
from handlers.delivery.kinds import KINDS
from playground.slack import Garbled, Refused, ServerError, Silence
from playground.slack.faults import HTML, TORN, Disliked, Fault
from program.app import Running
from storage import outbox
from storage.consortia import every_consortium
from storage.database import Database
from storage.post_facts import TRIES_IN_ORDER, PostState
from storage.post_kinds import PostKind
from tests.clock import FrozenClock
from tests.handlers.delivery.test_loop import (
    HASTE,
    SETTLED,
    UNHURRIED,
    bot,
    edited,
    owe,
    passes,
    posted,
    the_post,
    ticks,
    times_called,
)
from tests.handlers.steps import on_sqlite, shown
from tests.long_forms import shortened
from tests.story import OURS, SHARED, Story

pytestmark = pytest.mark.slow  # hours of the story pass in each

WORD = "Forbidden"
FAULTS = {
    "error 500": ServerError(500),
    "a firewall's 403": Garbled(*HTML, status=403),
    "HTML": Garbled(*HTML),
    "torn JSON": Garbled(*TORN),
    "silence": Silence(),
    "a word that nobody knows": Refused("never_heard_of"),
    "a word that says nothing": Refused("internal_error"),
}
every_fault = pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
A_CALL, A_NOTICE = "What shall we talk about?", "A message did not get through"


def patience(fault: Fault) -> object:
    return HASTE if isinstance(fault, Silence) else UNHURRIED


def firewall(slack: Story, fault: Fault) -> None:
    slack.weather_becomes(lambda method: Disliked(WORD, fault) if method.startswith("chat.") else None)


def falls(slack: Story) -> None:
    slack.weather_becomes(lambda _: None)


def called_forbidden(database: Database) -> None:
    """What the message with the buttons says has a word in it that the firewall dislikes."""
    with database.transaction(OURS) as session:
        every_consortium(session)[0].name = WORD
        outbox.refresh(session, PostKind.STANDING, subject_id=1)


def mistaken(*_: object) -> None:
    raise ZeroDivisionError


def said(slack: Story, place: str, words: str) -> int:
    return sum(words in shown(message) for message in slack.world.messages[place])


def notices(slack: Story) -> list[str]:
    direct = slack.world.direct("U0ADMIN", slack.app.user_id)
    everything = [shown(one) for one in slack.world.messages[direct.id]] if direct else []
    return [one for one in everything if A_NOTICE in one]


async def fails_in_line(at_work: Running, clock: FrozenClock, database: Database) -> None:
    """As often as all that is owed to its place waits for it."""
    await at_work.comes_to_rest()
    for tries in range(1, TRIES_IN_ORDER):
        assert (the_post(database).hindrances, the_post(database).life.stands_aside) == (tries, False)
        await passes(at_work, clock, seconds=SETTLED + 1)
    assert the_post(database).life.stands_aside
    await ticks(at_work)


@every_fault
@on_sqlite
async def test_a_message_that_always_fails_steps_aside_and_goes_out_when_it_can(
    empty_slack: Story, clock: FrozenClock, owing: Database, fault: Fault
) -> None:
    called_forbidden(owing)
    firewall(empty_slack, fault)
    clock.passes(minutes=1)
    owe(owing, clock, PostKind.CALL, SHARED)
    async with bot(empty_slack, clock, owing, patience(fault)) as at_work:
        await fails_in_line(at_work, clock, owing)
        assert said(empty_slack, SHARED, A_CALL) == 1
        (notice,) = notices(empty_slack)
        assert "The message with the buttons, for the shared channel. I go on trying" in notice

        for _ in range(6):
            await passes(at_work, clock, hours=1)
        assert (the_post(owing).state, the_post(owing).ts) == (PostState.DUE, None)
        assert the_post(owing).attempts == TRIES_IN_ORDER + 6
        assert len(notices(empty_slack)) == 1

        falls(empty_slack)
        await passes(at_work, clock, hours=1)
        assert (the_post(owing).state, the_post(owing).hindrances) == (PostState.SENT, 0)
    assert said(empty_slack, SHARED, WORD) == 1
    assert len(posted(empty_slack)) == 2


@every_fault
@on_sqlite
async def test_an_edit_that_always_fails_steps_aside_and_is_made_when_it_can(
    empty_slack: Story, clock: FrozenClock, owing: Database, fault: Fault
) -> None:
    async with bot(empty_slack, clock, owing, patience(fault)) as at_work:
        await empty_slack.in_channel("The agenda of")
        await at_work.comes_to_rest()
        firewall(empty_slack, fault)
        called_forbidden(owing)
        clock.passes(minutes=1)
        owe(owing, clock, PostKind.CALL, SHARED)
        await ticks(at_work)
        await fails_in_line(at_work, clock, owing)
        assert said(empty_slack, SHARED, A_CALL) == 1
        assert len(notices(empty_slack)) == 1

        falls(empty_slack)
        await passes(at_work, clock, hours=1)
        assert the_post(owing).state == PostState.SENT
    assert (len(edited(empty_slack)), said(empty_slack, SHARED, WORD)) == (1, 1)


async def test_what_has_stepped_aside_changes_and_holds_nobody_up_again(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    called_forbidden(owing)
    firewall(empty_slack, ServerError(500))
    async with bot(empty_slack, clock, owing) as at_work:
        await fails_in_line(at_work, clock, owing)
        called_forbidden(owing)
        tried = times_called(empty_slack, "chat.postMessage", SHARED)
        for _ in range(3):
            clock.passes(seconds=1)
            owe(owing, clock, PostKind.CALL, SHARED)
            await ticks(at_work)
        assert said(empty_slack, SHARED, A_CALL) == 3
        assert times_called(empty_slack, "chat.postMessage", SHARED) == tried + 3


async def test_while_slack_cannot_be_searched_others_pass_and_admins_hear_of_it(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    empty_slack.next_answer("chat.postMessage", ServerError(500))
    empty_slack.weather_becomes(
        lambda method: ServerError(502) if method == "conversations.history" else None
    )
    clock.passes(minutes=1)
    owe(owing, clock, PostKind.CALL, SHARED)
    async with bot(empty_slack, clock, owing) as at_work:
        await fails_in_line(at_work, clock, owing)
        assert (said(empty_slack, SHARED, A_CALL), len(notices(empty_slack))) == (1, 1)
        assert times_called(empty_slack, "chat.postMessage", SHARED) == 2
        falls(empty_slack)
        await passes(at_work, clock, hours=1)
    assert said(empty_slack, SHARED, "The agenda of") == 1


@on_sqlite
@pytest.mark.parametrize(
    "error",
    [
        "accesslimited",
        "message_limit_exceeded",
        "team_access_not_granted",
        "invalid_auth",
        "account_inactive",
        "token_revoked",
        "not_in_channel",
        "is_archived",
        "restricted_action",
    ],
)
async def test_where_nothing_gets_through_all_waits_in_order_and_nothing_is_lost(
    empty_slack: Story, clock: FrozenClock, owing: Database, error: str
) -> None:
    clock.passes(minutes=1)
    owe(owing, clock, PostKind.CALL, SHARED)
    refused = ("chat.", "conversations.info") if error in CLOSED_FOR else ("chat.",)
    empty_slack.weather_becomes(lambda method: Refused(error) if method.startswith(refused) else None)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        for tries in range(1, 30):
            assert the_post(owing).attempts == tries
            await passes(at_work, clock, minutes=5)
        assert (the_post(owing).state, the_post(owing).error) == (PostState.DUE, error)
        assert the_post(owing, PostKind.CALL).attempts == 0
        falls(empty_slack)
        for _ in range(2):
            await passes(at_work, clock, minutes=5)
    first, second = (shown(message) for message in empty_slack.world.messages[SHARED])
    assert "The agenda of" in first
    assert A_CALL in second


@on_sqlite
@pytest.mark.parametrize(
    "error",
    shortened(
        ["never_heard_of", "invalid_charset", "internal_error", "update_failed"],
        {"never_heard_of", "invalid_charset"},
    ),
)
async def test_what_nobody_knows_to_be_final_is_tried_for_hours(
    empty_slack: Story, clock: FrozenClock, owing: Database, error: str
) -> None:
    empty_slack.weather_becomes(lambda method: Refused(error) if method == "chat.postMessage" else None)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        for _ in range(48):
            await passes(at_work, clock, minutes=30)
        falls(empty_slack)
        await passes(at_work, clock, hours=1)
        assert the_post(owing).state == PostState.SENT
    assert said(empty_slack, SHARED, "The agenda of") == 1


@on_sqlite
async def test_admins_hear_once_of_what_fails_for_days(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    called_forbidden(owing)
    firewall(empty_slack, ServerError(500))
    async with bot(empty_slack, clock, owing) as at_work:
        await fails_in_line(at_work, clock, owing)
        for _ in range(30):
            await passes(at_work, clock, hours=1)
        assert the_post(owing).attempts == TRIES_IN_ORDER + 30
        about_it = [one for one in notices(empty_slack) if "The message with the buttons" in one]
    assert len(about_it) == 1


@on_sqlite
@pytest.mark.parametrize("hours", [10, 90])
async def test_one_moment_in_which_it_cannot_be_drawn_gives_nothing_up(
    empty_slack: Story, clock: FrozenClock, owing: Database, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    called_forbidden(owing)
    firewall(empty_slack, FAULTS["a firewall's 403"])
    async with bot(empty_slack, clock, owing) as at_work:
        await fails_in_line(at_work, clock, owing)
        for _ in range(hours):
            await passes(at_work, clock, hours=1)
        with monkeypatch.context() as away:
            away.setitem(KINDS, PostKind.STANDING, replace(KINDS[PostKind.STANDING], view=mistaken))
            await passes(at_work, clock, hours=1)
        assert (the_post(owing).state, the_post(owing).error) == (PostState.DUE, "ZeroDivisionError")
        falls(empty_slack)
        await passes(at_work, clock, minutes=5)
    assert the_post(owing).state == PostState.SENT
    assert said(empty_slack, SHARED, WORD) == 1


@on_sqlite
async def test_one_odd_refusal_after_a_day_gives_nothing_up(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    called_forbidden(owing)
    firewall(empty_slack, FAULTS["a firewall's 403"])
    async with bot(empty_slack, clock, owing) as at_work:
        await fails_in_line(at_work, clock, owing)
        for _ in range(25):
            await passes(at_work, clock, hours=1)
        falls(empty_slack)
        empty_slack.next_answer("chat.postMessage", Refused("invalid_arguments"))
        await passes(at_work, clock, hours=1)
        assert (the_post(owing).state, the_post(owing).error) == (PostState.DUE, "invalid_arguments")
        await passes(at_work, clock, minutes=5)
    assert the_post(owing).state == PostState.SENT


@on_sqlite
async def test_what_cannot_be_drawn_steps_aside_and_admins_read_how_it_ended(
    empty_slack: Story, clock: FrozenClock, owing: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(KINDS, PostKind.STANDING, replace(KINDS[PostKind.STANDING], view=mistaken))
    clock.passes(minutes=1)
    owe(owing, clock, PostKind.CALL, SHARED)
    async with bot(empty_slack, clock, owing) as at_work:
        await fails_in_line(at_work, clock, owing)
        assert said(empty_slack, SHARED, A_CALL) == 1
        assert "I go on trying" in notices(empty_slack)[0]
        while the_post(owing).state != PostState.FAILED:
            await passes(at_work, clock, minutes=5)
        (notice,) = notices(empty_slack)
    assert "Something is wrong on my side" in notice
