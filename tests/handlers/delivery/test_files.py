"""Every file that is owed stands there once, whichever of its three steps goes wrong; where Slack takes none, its words stand there."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from handlers.delivery import uploads
from handlers.delivery.kinds import KINDS
from handlers.delivery.uploads import NOT_SHARED, TRIES
from handlers.files.file import File
from playground.slack import App, Dropped, Held, Message, Refused, ServerError
from playground.slack.app import SCOPES
from storage import outbox
from storage.database import Database
from storage.meetings import Meeting
from storage.people import Person
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from tests.clock import FrozenClock
from tests.handlers.delivery.test_loop import FAULTS, HASTE, LEASED, SETTLED, bot, passes, the_post, ticks
from tests.handlers.steps import on_sqlite, shown
from tests.story import OURS, Story

pytestmark = on_sqlite

ANA, BEN = "U0MEMBER", "U0SAM"
PROMISE, UPLOAD, COMPLETE, LOOK = (
    "files.getUploadURLExternal",
    "upload",
    "files.completeUploadExternal",
    "files.info",
)
SOME_FAULTS = ["told to wait", "dropped before storing"]
ANYWHERE = [(step, name) for step in (PROMISE, UPLOAD, LOOK) for name in SOME_FAULTS] + [
    (COMPLETE, name) for name in FAULTS
]
NO_FILES = [
    (PROMISE, "missing_scope"),
    (PROMISE, "file_uploads_disabled"),
    (PROMISE, "storage_limit_reached"),
    (PROMISE, "invalid_arguments"),
    (COMPLETE, "file_type_not_allowed"),
    (COMPLETE, "posting_to_channel_denied"),
    (COMPLETE, "invalid_blocks"),
]


@pytest.fixture(autouse=True)
def _looks_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "PAUSES", (0.01, 0.01))


def owe_file(database: Database, clock: FrozenClock, person: str = ANA) -> None:
    with database.transaction(OURS) as session:
        meeting = session.scalars(select(Meeting)).one()
        key = PostKind.CALENDAR_FILE.key(meeting=meeting.id, sequence=0, day=clock().date(), place=person)
        about = {"subject_id": meeting.id, "place": person}
        outbox.owe(session, PostKind.CALENDAR_FILE, key, due=clock(), **about)


def file_of(database: Database) -> Post:
    return the_post(database, PostKind.CALENDAR_FILE)


def direct(slack: Story, person: str = ANA) -> list[Message]:
    return slack.world.messages[slack.direct(person).id]


def told_admins(slack: Story) -> list[str]:
    return [shown(one) for one in direct(slack, "U0ADMIN") if "send files" in shown(one)]


async def rests(at_work: Any, clock: FrozenClock, database: Database) -> None:
    """Until nothing is left to do about it, a sweep included."""
    for _ in range(12):
        post = file_of(database)
        if post.state == PostState.SENT and post.sweep_at is None:
            return
        await passes(at_work, clock, seconds=SETTLED + 1)


async def test_a_file_stands_with_its_words_in_the_direct_messages_of_whoever_asked(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    owe_file(owing, clock)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
    [message] = direct(empty_slack)
    [file] = [empty_slack.world.files[one] for one in message.files]
    assert "Thursday, January 21, 2027" in shown(message)
    assert (file.content or b"").startswith(b"BEGIN:VCALENDAR\r\n")
    assert file.name.startswith("meeting-2027-01-21-")
    assert file.name.endswith(".ics")
    post = file_of(owing)
    assert (post.state, post.ts, post.error) == (PostState.SENT, message.ts, None)
    assert post.file_ids == message.files


@pytest.mark.parametrize(("step", "fault"), ANYWHERE)
async def test_whatever_goes_wrong_it_stands_there_once(
    empty_slack: Story, clock: FrozenClock, owing: Database, step: str, fault: str
) -> None:
    owe_file(owing, clock)
    empty_slack.next_answer(step, FAULTS[fault])
    async with bot(empty_slack, clock, owing, HASTE) as at_work:
        await at_work.comes_to_rest()
        await rests(at_work, clock, owing)
    [message] = direct(empty_slack)
    assert len(message.files) == 1
    assert file_of(owing).ts == message.ts


async def test_what_slack_shares_late_is_looked_for_and_not_sent_again(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    owe_file(owing, clock)
    empty_slack.scans_files_for(None)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        assert (file_of(owing).error, direct(empty_slack)) == (NOT_SHARED, [])
        empty_slack.ends_scans()
        await rests(at_work, clock, owing)
    [message] = direct(empty_slack)
    assert file_of(owing).ts == message.ts
    assert [call.method for call in empty_slack.calls].count(COMPLETE) == 1


async def test_what_is_shared_later_than_anybody_would_think_is_swept_up(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    """After it was sent again: of two the later one goes."""
    owe_file(owing, clock)
    empty_slack.scans_files_for(None)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        empty_slack.scans_files_for(0)
        await passes(at_work, clock, seconds=SETTLED + 1)
        assert len(direct(empty_slack)) == 1
        empty_slack.ends_scans()
        assert len(direct(empty_slack)) == 2
        await rests(at_work, clock, owing)
    [message] = direct(empty_slack)
    assert file_of(owing).ts == message.ts


async def test_what_slack_never_shares_is_said_in_words_after_some_tries(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    owe_file(owing, clock)
    empty_slack.scans_files_for(None)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        await rests(at_work, clock, owing)
        await ticks(at_work)
    [message] = direct(empty_slack)
    assert message.files == []
    assert "Slack takes no files from me" in shown(message)
    assert [call.method for call in empty_slack.calls].count(COMPLETE) == TRIES
    assert len(told_admins(empty_slack)) == 1


@pytest.mark.parametrize(("step", "error"), NO_FILES)
async def test_where_slack_takes_no_file_its_words_go_at_once_and_admins_hear_it_once(
    empty_slack: Story, clock: FrozenClock, owing: Database, step: str, error: str
) -> None:
    empty_slack.weather_becomes({step: Refused(error)}.get)
    owe_file(owing, clock)
    owe_file(owing, clock, BEN)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        await ticks(at_work)
        clock.passes(days=1)
        owe_file(owing, clock)
        await ticks(at_work)
    assert [len(direct(empty_slack, person)) for person in (ANA, BEN)] == [2, 1]
    for message in direct(empty_slack):
        assert message.files == []
        links = [one["url"] for block in message.blocks for one in block.get("elements", []) if "url" in one]
        assert len(links) == 2
    [told] = told_admins(empty_slack)
    assert ("with files:read and files:write" if error == "missing_scope" else error) in told


@pytest.mark.parametrize("scope", ["files:write", "files:read"])
async def test_without_leave_to_look_for_files_none_is_sent_blind(
    clock: FrozenClock, owing: Database, scope: str
) -> None:
    slack = Story(clock, app=App(scopes=SCOPES - {scope}))
    await slack.start()
    owe_file(owing, clock)
    async with bot(slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        await ticks(at_work)
    await slack.stop()
    [message] = direct(slack)
    assert message.files == []
    assert COMPLETE not in [call.method for call in slack.calls]
    [told] = [shown(one) for one in direct(slack, "U0ADMIN")]
    assert "with files:read and files:write" in told


async def test_words_that_went_alone_and_may_have_arrived_are_looked_for_by_their_reference(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    empty_slack.weather_becomes({PROMISE: Refused("file_uploads_disabled")}.get)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        owe_file(owing, clock)
        empty_slack.next_answer("chat.postMessage", Dropped(stored=True))
        await ticks(at_work)
        await rests(at_work, clock, owing)
    assert len(direct(empty_slack)) == 1


async def test_its_id_is_written_down_before_its_bytes_go_up(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    owe_file(owing, clock)
    seen: list[list[str]] = []

    async def looks() -> None:
        seen.append(file_of(owing).file_ids)

    empty_slack.next_answer(UPLOAD, Held(looks))
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
    assert seen == [file_of(owing).file_ids]
    assert seen != [[]]


@pytest.mark.parametrize("step", [PROMISE, UPLOAD, COMPLETE, LOOK])
async def test_whoever_takes_over_from_a_bot_that_ended_in_between_sends_it_once(
    empty_slack: Story, clock: FrozenClock, owing: Database, step: str
) -> None:
    """The step is done, and nobody hears that it is."""
    owe_file(owing, clock)
    empty_slack.next_answer(step, ServerError(500, stored=True))
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
    _is_being_sent(owing)
    clock.passes(seconds=LEASED + 1)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        await rests(at_work, clock, owing)
    assert len(direct(empty_slack)) == 1


def _is_being_sent(database: Database) -> None:
    """As a bot leaves it that is killed."""
    now = file_of(database)
    with database.transaction(OURS) as session:
        post = session.get_one(Post, now.id)
        post.state, post.not_before, post.error = PostState.SENDING, None, None
        post.attempts = post.hindrances = 0
        post.ts = post.channel_id = post.sent_at = None
        post.shown_version, post.may_be_there = 0, False
        post.lease_until = post.first_tried_at or post.due_at


async def test_who_has_lost_the_claim_shares_nothing(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    owe_file(owing, clock)

    async def another_has_it() -> None:
        with owing.transaction(OURS) as session:
            post = session.get_one(Post, file_of(owing).id)
            post.fence, post.lease_until = post.fence + 1, clock() + timedelta(hours=1)

    empty_slack.next_answer(PROMISE, Held(another_has_it))
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
    assert direct(empty_slack) == []
    assert {UPLOAD, COMPLETE}.isdisjoint(call.method for call in empty_slack.calls)


async def test_a_file_of_which_a_restore_has_lost_the_id_is_found_by_its_name(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    owe_file(owing, clock)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
    with owing.transaction(OURS) as session:
        post = session.get_one(Post, file_of(owing).id)
        post.state, post.ts, post.channel_id, post.sent_at, post.files = PostState.DUE, None, None, None, None
        post.may_be_there, post.shown_version, post.tried_version = True, 0, 0
    clock.passes(minutes=5)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        await rests(at_work, clock, owing)
    [message] = direct(empty_slack)
    post = file_of(owing)
    assert (post.ts, post.file_ids) == (message.ts, message.files)


async def test_an_earlier_file_of_which_a_restore_has_lost_the_id_is_known_when_it_is_found_by_a_sweep(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    """So that both go, should their words be removed."""
    owe_file(owing, clock)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        [lost] = file_of(owing).file_ids
        with owing.transaction(OURS) as session:
            post = session.get_one(Post, file_of(owing).id)
            post.state, post.ts, post.channel_id, post.sent_at, post.files = (
                *(PostState.DUE, None, None, None),
                None,
            )
            post.shown_version = 0
        await ticks(at_work)
        assert len(direct(empty_slack)) == 2
        with owing.transaction(OURS) as session:
            session.get_one(Post, file_of(owing).id).sweep_at = clock()
        await rests(at_work, clock, owing)
        [message] = direct(empty_slack)
        assert (message.files, file_of(owing).ts) == ([lost], message.ts)
        words_are_removed(owing, clock)
        await ticks(at_work)
    assert empty_slack.world.files == {}


def words_are_removed(database: Database, clock: FrozenClock) -> None:
    now = file_of(database)
    with database.transaction(OURS) as session:
        session.get_one(Post, now.id).loses_words(clock())


async def goes_in_words(at_work: Any, slack: Story, clock: FrozenClock) -> None:
    """Slack scans all that it gets, until words go alone, and until nobody has looked for doubles for a while."""
    slack.scans_files_for(None)
    await at_work.comes_to_rest()
    for _ in range(6):
        await passes(at_work, clock, seconds=SETTLED + 1)
    [message] = direct(slack)
    assert "Slack takes no files from me" in shown(message)


async def test_what_is_shared_long_after_its_words_went_alone_is_swept_up(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    owe_file(owing, clock)
    async with bot(empty_slack, clock, owing) as at_work:
        await goes_in_words(at_work, empty_slack, clock)
        clock.passes(hours=5)
        await ticks(at_work)
        empty_slack.ends_scans()
        assert len(direct(empty_slack)) == 1 + TRIES
        clock.passes(days=1)
        await ticks(at_work)
    assert len(direct(empty_slack)) == 1
    assert file_of(owing).sweep_at is None, "nobody looks any more"


async def test_what_slack_never_shows_is_looked_for_no_longer_than_other_doubles(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    owe_file(owing, clock)
    async with bot(empty_slack, clock, owing) as at_work:
        await goes_in_words(at_work, empty_slack, clock)
        asked = [call.method for call in empty_slack.calls].count(LOOK)
        for _ in range(31):
            clock.passes(days=1)
            await ticks(at_work)
    assert file_of(owing).sweep_at is None
    assert [call.method for call in empty_slack.calls].count(LOOK) - asked <= TRIES * 31


async def test_files_that_were_given_up_go_with_words_that_are_removed(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    owe_file(owing, clock)
    async with bot(empty_slack, clock, owing) as at_work:
        await goes_in_words(at_work, empty_slack, clock)
        assert len(empty_slack.world.files) == TRIES
        words_are_removed(owing, clock)
        await ticks(at_work)
    assert empty_slack.world.files == {}


async def test_without_the_history_a_file_is_found_by_its_id(clock: FrozenClock, owing: Database) -> None:
    slack = Story(clock, app=App(scopes=SCOPES - {"im:history"}))
    await slack.start()
    owe_file(owing, clock)
    slack.next_answer(COMPLETE, Dropped(stored=True))
    async with bot(slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        await rests(at_work, clock, owing)
    await slack.stop()
    assert len(direct(slack)) == 1


async def test_a_file_that_can_not_be_made_is_tried_again_and_holds_nobody_up(
    empty_slack: Story, clock: FrozenClock, owing: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    record, broken = KINDS[PostKind.CALENDAR_FILE], [True]

    def made(seen: Any) -> File:
        if broken:
            raise ValueError(broken.pop())
        return record.file(seen)  # type: ignore[misc]

    monkeypatch.setitem(KINDS, PostKind.CALENDAR_FILE, replace(record, file=made))  # type: ignore[misc]
    owe_file(owing, clock)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        assert file_of(owing).error == "ValueError"
        await rests(at_work, clock, owing)
    assert len(direct(empty_slack)) == 1


async def test_a_file_that_was_sent_is_not_edited(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    owe_file(owing, clock)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
        with owing.transaction(OURS) as session:
            outbox.refresh(session, PostKind.CALENDAR_FILE, subject_id=file_of(owing).subject_id)
        await ticks(at_work)
    edited = [entry.channel for entry in empty_slack.ledger if entry.happened == "edited"]
    assert empty_slack.direct(ANA).id not in edited
    assert file_of(owing).state == PostState.SENT


async def test_nobody_who_has_left_gets_a_file(
    empty_slack: Story, clock: FrozenClock, owing: Database
) -> None:
    with owing.transaction(OURS) as session:
        session.execute(update(Person).where(Person.user_id == ANA).values(left_at=clock()))
    owe_file(owing, clock)
    async with bot(empty_slack, clock, owing) as at_work:
        await at_work.comes_to_rest()
    assert (direct(empty_slack), file_of(owing).state) == ([], PostState.NOT_NEEDED)
