"""An old backup posts nothing again: what was said after it is found, and what was not is said."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.consortia import apply
from bot.expected import SAY_SO
from bot.follow_up_reminders import TELL_OF_ONE
from bot.plan.plan import read_plan
from bot.swap_posts import TELL_OF_SWAPS
from handlers.blocks.ids import (
    AGREE_TO_SWAP,
    ANSWER,
    ARRANGE,
    CHANGE,
    EDIT,
    END,
    FOLLOW_UP_DONE,
    HOLD,
    LEAVE_OUT,
    PUBLISH,
    SWAP,
    TAKE,
    UNDO,
)
from handlers.delivery.kinds import KINDS
from handlers.slack.timeouts import Timeouts
from playground.slack import Message
from program.after_restore import PRESSED_OF_A_MEETING, PRESSED_OF_AN_ITEM, STILL_ON_ITS_WAY, take_up
from program.app import Running
from storage.database import Database
from storage.inbox import Input
from storage.meetings import Meeting
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import across_consortia
from storage.upkeep.backup import back_up, put_back
from storage.upkeep.open_database import KeySource
from tests.bot.hosting import meeting_held, on_agenda
from tests.bot.test_follow_ups import agreed
from tests.bot.test_hosting import APRIL, meets
from tests.builders import Scene
from tests.clock import FrozenClock
from tests.conftest import NewDatabase
from tests.handlers.steps import send, standing
from tests.keys import KEYS, RING
from tests.story import NAMES, OURS, PLAN, SHARED, Story, bot_in, set_up

pytestmark = pytest.mark.slow  # days pass in them

NEW = "C0FRESH"
TOLD_AT_FIVE = PLAN.replace("quiet = false", "quiet = true").replace("told_after_minutes = 5\n", "")
CALL, DOORS = "What shall we talk about?", "Anyone here may bring something"
SOURCE = KeySource(Path("not there"), KEYS)


class Backups:
    """Backups of a database, each put back by the tools of its engine."""

    def __init__(self, folder: Path, clock: FrozenClock, new_database: NewDatabase) -> None:
        self._folder, self._clock, self._new_database = folder, clock, new_database
        self.restored: list[Database] = []

    def of(self, database: Database) -> Callable[[], Database]:
        """Back it up now; the answer restores it."""
        url = database.engine.url.render_as_string(hide_password=False)
        if database.engine.dialect.name == "sqlite":
            back_up(url, self._folder / "backup.db")
            return self._put_back
        database.engine.dispose()
        copy = self._new_database(url)
        return lambda: self._opened(copy, taken_up=False)

    def _put_back(self) -> Database:
        url = f"sqlite:///{self._folder}/restored.db"
        put_back(self._folder / "backup.db", url, SOURCE, self._take_up)
        return self._opened(url, taken_up=True)

    def _opened(self, url: str, *, taken_up: bool) -> Database:
        self.restored.append(Database(url, RING))
        if not taken_up:
            self._take_up(self.restored[-1])
        self._clock.passes(minutes=2)
        return self.restored[-1]

    def _take_up(self, database: Database) -> None:
        take_up(database, [], self._clock())


@pytest.fixture
def backups(tmp_path: Path, clock: FrozenClock, new_database: NewDatabase) -> Iterator[Backups]:
    backups = Backups(tmp_path, clock, new_database)
    yield backups
    for database in backups.restored:
        database.close()


@asynccontextmanager
async def bot(slack: Story, clock: FrozenClock, database: Database) -> AsyncIterator[Running]:
    url = database.engine.url.render_as_string(hide_password=False)
    async with bot_in(slack, clock, url) as at_work:
        yield at_work
        await at_work.comes_to_rest()


def posted(slack: Story) -> list[tuple[str, str]]:
    """What was ever posted: where, and what it said at first."""
    return [(entry.channel, entry.text) for entry in slack.ledger if entry.happened == "posted"]


def references(slack: Story) -> Counter[str]:
    return Counter(
        entry.metadata["event_payload"]["reference"]
        for entry in slack.ledger
        if entry.happened == "posted" and entry.metadata
    )


async def passes(clock: FrozenClock, at_work: Running, *moments: str) -> None:
    """One moment after the other, with all that is due in each: the clock has ticked in it, and all is said."""
    for moment in moments:
        clock.strikes(moment)
        await at_work.tick()
        await at_work.comes_to_rest()


async def test_yesterdays_backup_posts_nothing_again_and_a_day_later_all_is_there(
    empty_slack: Story, clock: FrozenClock, database: Database, backups: Backups
) -> None:
    """In between: cards, outcomes told early by a published agenda, a call for items and a digest."""
    slack = empty_slack
    set_up(database, clock)
    clock.strikes("2026-12-23 12:00")
    async with bot(slack, clock, database):
        await slack.types("U0MEMBER", SHARED, "/agenda add Budget cuts (15 min)")
        await slack.types("U0SAM", SHARED, "/agenda add Parking (5 min)")
        await slack.in_direct("U0CURATOR", "Parking")
        await slack.clicks("U0CURATOR", await slack.in_direct("U0CURATOR", "Budget cuts"), TAKE)
    restore = backups.of(database)

    async with bot(slack, clock, database) as at_work:
        board = await slack.types("U0CURATOR", SHARED, "/agenda curate")
        await slack.clicks("U0CURATOR", board, PUBLISH)
        await slack.in_channel("Agenda for")
        await slack.in_direct("U0MEMBER", "your item is on the agenda")
        await slack.clicks("U0CURATOR", await slack.in_direct("U0CURATOR", "Parking"), HOLD)
        await passes(clock, at_work, "2026-12-23 12:30", "2026-12-24 10:01")  # a call goes out at 10
        await passes(clock, at_work, "2026-12-28 09:01")  # and a digest at 9
    before = posted(slack)
    said = ("is kept for the next", "What shall we talk about?", "This week on the agenda", "Agenda for")
    assert all(any(words in text for _, text in before) for words in said)

    clock.passes(hours=1)
    again = restore()
    async with bot(slack, clock, again) as at_work:
        await passes(clock, at_work, "2026-12-28 10:30", "2026-12-28 21:00", "2026-12-29 10:30")
    assert posted(slack) == before
    assert max(references(slack).values()) == 1


async def test_what_was_not_said_before_the_restore_is_said_after_it(
    empty_slack: Story, clock: FrozenClock, database: Database, backups: Backups
) -> None:
    slack = empty_slack
    set_up(database, clock)
    async with bot(slack, clock, database):
        await slack.types("U0MEMBER", SHARED, "/agenda add Budget cuts (15 min)")
        await slack.clicks("U0CURATOR", await slack.in_direct("U0CURATOR", "Budget cuts"), TAKE)
    restore = backups.of(database)
    clock.strikes("2026-12-24 10:30")  # nobody told the proposer, nor called for items

    again = restore()
    async with bot(slack, clock, again):
        assert "your item is on the agenda" in (await slack.in_direct("U0MEMBER", "Budget cuts")).text
        await slack.in_channel("What shall we talk about?")
    assert max(references(slack).values()) == 1


async def test_the_next_meeting_is_not_proposed_twice(
    empty_slack: Story, clock: FrozenClock, database: Database, backups: Backups
) -> None:
    slack = empty_slack
    set_up(database, clock)
    clock.strikes("2027-01-21 09:00")
    async with bot(slack, clock, database):
        await slack.types("U0MEMBER", SHARED, "/agenda add Budget cuts (15 min)")
    restore = backups.of(database)
    async with bot(slack, clock, database) as at_work:
        await passes(clock, at_work, "2027-01-21 12:30", "2027-01-22 00:30", "2027-01-22 12:00")
        await slack.in_direct("U0MEMBER", "goes on to the next meeting")
    before = posted(slack)

    again = restore()
    async with bot(slack, clock, again) as at_work:
        await passes(clock, at_work, "2027-01-22 12:30", "2027-01-23 12:00")
    assert posted(slack) == before


async def test_a_decision_that_was_lost_has_its_buttons_again(
    empty_slack: Story, clock: FrozenClock, database: Database, backups: Backups
) -> None:
    slack = empty_slack
    set_up(database, clock)
    async with bot(slack, clock, database):
        await slack.types("U0MEMBER", SHARED, "/agenda add Budget cuts (15 min)")
        await slack.in_direct("U0CURATOR", "Budget cuts")
    restore = backups.of(database)
    async with bot(slack, clock, database):
        card = await slack.in_direct("U0CURATOR", "Budget cuts")
        await slack.clicks("U0CURATOR", card, TAKE)
        await slack.until(lambda: "added this" in card.text)

    again = restore()
    async with bot(slack, clock, again):
        await slack.until(lambda: "added this" not in card.text)
        await slack.clicks("U0CURATOR", card, HOLD)
        await slack.until(lambda: "kept this" in card.text)


async def test_an_answer_that_was_lost_has_its_button_again(
    empty_slack: Story, clock: FrozenClock, database: Database, backups: Backups
) -> None:
    slack = empty_slack
    set_up(database, clock)
    async with bot(slack, clock, database) as at_work:
        await slack.types("U0MEMBER", SHARED, "/agenda add Budget cuts")
        card = await slack.in_direct("U0CURATOR", "Budget cuts")
        await slack.clicks("U0CURATOR", card, ARRANGE, selected="1:ask:1")
        assert await send(slack, "U0CURATOR", question="Which one?") == {}
        asked = await slack.in_direct("U0MEMBER", "Which one?")
        await at_work.comes_to_rest()
    restore = backups.of(database)
    async with bot(slack, clock, database):
        await slack.clicks("U0MEMBER", asked, ANSWER)
        assert await send(slack, "U0MEMBER", answer="The one for youth") == {}
        await slack.until(lambda: "You answered" in asked.text)

    async with bot(slack, clock, restore()):
        await slack.until(lambda: "has a question about your item" in asked.text)
        await slack.clicks("U0MEMBER", asked, ANSWER)
        assert await send(slack, "U0MEMBER", answer="The one for elders") == {}
        await slack.until(lambda: "The one for elders" in card.text)


async def test_a_follow_up_that_was_said_to_be_done_has_its_buttons_again(
    empty_slack: Story, clock: FrozenClock, database: Database, backups: Backups
) -> None:
    slack = empty_slack
    set_up(database, clock)
    clock.strikes("2027-01-19 12:00")
    with database.transaction(OURS) as session:
        scene = Scene.found(session, clock)
        meeting, [item] = meeting_held(scene, "Budget cuts")
        agreed(scene, meeting, item)
    async with bot(slack, clock, database) as at_work:
        await passes(clock, at_work, "2027-01-22 17:01", "2027-02-05 10:01")
        reminder = await slack.in_direct("U0MEMBER", "Call the clinic")
    restore = backups.of(database)
    async with bot(slack, clock, database):
        await slack.clicks("U0MEMBER", reminder, FOLLOW_UP_DONE)
        await slack.until(lambda: FOLLOW_UP_DONE not in str(reminder.blocks))

    async with bot(slack, clock, restore()):
        await slack.until(lambda: FOLLOW_UP_DONE in str(reminder.blocks))


async def test_a_live_meeting_that_went_on_after_its_end_has_no_buttons_where_that_was_lost(
    empty_slack: Story, clock: FrozenClock, database: Database, backups: Backups
) -> None:
    slack = empty_slack
    set_up(database, clock)
    with database.transaction(OURS) as session:
        on_agenda(Scene.found(session, clock), "Rents")
    clock.strikes("2027-01-21 10:00")
    async with bot(slack, clock, database) as at_work:
        message = await _starts(slack, at_work)
        clock.passes(seconds=2)
        await slack.clicks("U0CURATOR", message, END)
        await slack.until(lambda: "The meeting is over" in message.text)
        await at_work.comes_to_rest()
    restore = backups.of(database)
    clock.passes(minutes=1)
    async with bot(slack, clock, database) as at_work:
        assert await _starts(slack, at_work) is message
    async with bot(slack, clock, restore()) as at_work:
        await _minutes_pass(at_work, clock, 1)
    assert END not in str(message.blocks)


async def _starts(slack: Story, at_work: Running) -> Message:
    await slack.types("U0CURATOR", SHARED, "/agenda start")
    await slack.submits("U0CURATOR")
    await slack.closes("U0CURATOR", everything=True)
    message = await slack.in_channel("We meet now")
    await at_work.comes_to_rest()
    return message


SHOWN_ANEW = {
    *(*PRESSED_OF_A_MEETING, *PRESSED_OF_AN_ITEM),
    *(PostKind.STANDING, PostKind.QUESTION, PostKind.STILL_WANTED, *TELL_OF_SWAPS, *TELL_OF_ONE),
    *(*SAY_SO, PostKind.LEGAL_HOLD, PostKind.HOLD_ENDS),
}
STAYS = {
    **{kind: "it stays as it was sent" for kind, record in KINDS.items() if record.stays_as_it_is},
    **dict.fromkeys(
        (PostKind.CALL, PostKind.DIGEST, PostKind.REMINDER, PostKind.MOVED_MEETING, PostKind.GROUP_TALK),
        "nobody's deed gives it buttons or takes them away",
    ),
    **dict.fromkeys(
        (PostKind.RECONSIDERED, PostKind.CARRIED_OVER, PostKind.WITHDRAWAL, PostKind.TIP_REMOVED),
        "it tells something, and has no buttons",
    ),
    PostKind.WORDS_REMOVED: "its button is good whatever was lost",
    **dict.fromkeys((PostKind.AFTER_MEETING, PostKind.NOTES), "what the host wrote down is lost"),
    **dict.fromkeys((PostKind.UNSURE, PostKind.UNDELIVERED), "what became of a message is found out anew"),
    **dict.fromkeys((PostKind.CHANNEL, PostKind.NOT_GRANTED), "so is what Slack lets the bot do"),
}
"""Why a message is not drawn anew. What is lost with it stands in docs/reliability.md."""


def test_every_kind_of_message_is_drawn_anew_or_has_a_reason_not_to_be() -> None:
    assert SHOWN_ANEW | STAYS.keys() == {*PostKind}
    assert not SHOWN_ANEW & STAYS.keys()


def april_is_set(database: Database, clock: FrozenClock) -> tuple[int, int]:
    """The meetings of January, which CCSJ hosts, and of April, which Bayview hosts."""
    with database.transaction(OURS) as session:
        scene = Scene.found(session, clock)
        return scene.meeting.id, meets(scene, "Bayview", APRIL).id


async def asks_to_swap(slack: Story, at_work: Running, choice: str) -> Message:
    page = await slack.types("U0CURATOR", SHARED, "/agenda hosts")
    await slack.clicks("U0CURATOR", page, SWAP)
    assert await send(slack, "U0CURATOR", host=choice) == {}
    await slack.closes("U0CURATOR", everything=True)
    await at_work.comes_to_rest()
    return await slack.in_direct("U0RUTH", "asks")


async def test_a_swap_whose_answer_was_lost_has_its_buttons_again(
    empty_slack: Story, clock: FrozenClock, database: Database, backups: Backups
) -> None:
    slack = empty_slack
    set_up(database, clock)
    _january, april = april_is_set(database, clock)
    async with bot(slack, clock, database) as at_work:
        asked = await asks_to_swap(slack, at_work, f"swap:{april}:2")
    restore = backups.of(database)
    clock.passes(minutes=10)
    async with bot(slack, clock, database) as at_work:
        await slack.clicks("U0RUTH", asked, AGREE_TO_SWAP)
        await at_work.comes_to_rest()
    assert "Agreed. This is how it is now." in asked.text
    async with bot(slack, clock, restore()) as at_work:
        await passes(clock, at_work, "2026-11-23 12:30")
        assert "Agreed" not in asked.text
        await slack.clicks("U0RUTH", asked, AGREE_TO_SWAP)
        await at_work.comes_to_rest()
    assert "Agreed. This is how it is now." in asked.text


async def test_a_button_of_a_swap_that_was_lost_agrees_to_no_other(
    empty_slack: Story, clock: FrozenClock, database: Database, backups: Backups
) -> None:
    """The next one that is asked for gets its number."""
    slack = empty_slack
    set_up(database, clock)
    january, april = april_is_set(database, clock)
    async with bot(slack, clock, database) as at_work:
        await at_work.comes_to_rest()
    restore = backups.of(database)
    clock.passes(minutes=10)
    async with bot(slack, clock, database) as at_work:
        lost = await asks_to_swap(slack, at_work, "give:2")
    clock.passes(minutes=10)
    restored = restore()
    async with bot(slack, clock, restored) as at_work:
        await passes(clock, at_work, "2026-11-23 12:30")
        await asks_to_swap(slack, at_work, f"swap:{april}:2")
        await passes(clock, at_work, "2026-11-23 12:40")
        assert "asks whether you can host" in lost.text
        await slack.clicks("U0RUTH", lost, AGREE_TO_SWAP)
    with restored.transaction(OURS) as session:
        hosts = [session.get_one(Meeting, number).host.name for number in (january, april)]
    assert hosts == ["CCSJ", "Bayview"], "who read of January alone gave April away"


async def test_what_is_decided_and_published_again_is_not_told_twice(
    empty_slack: Story, clock: FrozenClock, database: Database, backups: Backups
) -> None:
    slack = empty_slack
    set_up(database, clock)
    async with bot(slack, clock, database):
        await slack.types("U0MEMBER", SHARED, "/agenda add Parking (5 min)")
        await slack.in_direct("U0CURATOR", "Parking")
    restore = backups.of(database)
    clock.passes(hours=1)
    async with bot(slack, clock, database):
        await takes_and_publishes(slack)
        good_news = await slack.in_direct("U0MEMBER", "your item is on the agenda")
        agenda = await slack.in_channel("Agenda for")
    before = posted(slack)

    again = restore()
    async with bot(slack, clock, again) as at_work:
        clock.passes(days=1)
        await at_work.tick()
        await at_work.comes_to_rest()
        await takes_and_publishes(slack)
        clock.passes(minutes=10)
        await at_work.tick()
        await at_work.comes_to_rest()
    assert [text for text in posted(slack)[len(before) :] if "new this week" not in text[1]] == []
    assert max(references(slack).values()) == 1
    assert {state for _, state in told(again)} == {PostState.SENT}
    assert {ts for ts, _ in told(again)} == {good_news.ts, agenda.ts}


@pytest.mark.parametrize("slips", [[], [HOLD], [HOLD, LEAVE_OUT]])
async def test_what_is_decided_again_is_told_once_whatever_was_undone_before(
    empty_slack: Story, clock: FrozenClock, database: Database, backups: Backups, slips: list[str]
) -> None:
    slack = empty_slack
    set_up(database, clock)
    async with bot(slack, clock, database):
        card = await _brought(slack)
    restore = backups.of(database)
    clock.passes(hours=1)
    async with bot(slack, clock, database) as at_work:
        for slip in slips:
            await slack.clicks("U0CURATOR", card, slip)
            if slip == LEAVE_OUT:
                assert await send(slack, "U0CURATOR", reason="too full") == {}
            await at_work.comes_to_rest()
            await slack.clicks("U0CURATOR", card, UNDO)
            await at_work.comes_to_rest()
        await slack.clicks("U0CURATOR", card, TAKE)
        await _minutes_pass(at_work, clock, 10)
    clock.passes(hours=1)
    async with bot(slack, clock, restore()) as at_work:
        await _minutes_pass(at_work, clock, 5)
        await slack.clicks("U0CURATOR", card, TAKE)
        for _ in range(6):
            await _minutes_pass(at_work, clock, 10)
    assert sum("your item is on the agenda" in text for _, text in posted(slack)) == 1


async def test_what_was_decided_and_undone_before_the_backup_rings_once_when_it_is_decided_again(
    empty_slack: Story, clock: FrozenClock, database: Database, backups: Backups
) -> None:
    slack = empty_slack
    set_up(database, clock)
    async with bot(slack, clock, database) as at_work:
        card = await _brought(slack)
        for press in (TAKE, UNDO):
            await slack.clicks("U0CURATOR", card, press)
            await at_work.comes_to_rest()
    restore = backups.of(database)
    clock.passes(hours=1)
    async with bot(slack, clock, database) as at_work:
        await slack.clicks("U0CURATOR", card, TAKE)
        await _minutes_pass(at_work, clock, 10)
    clock.passes(hours=1)
    async with bot(slack, clock, restore()) as at_work:
        await _minutes_pass(at_work, clock, 5)
        await slack.clicks("U0CURATOR", card, TAKE)
        await _minutes_pass(at_work, clock, 10)
    assert sum("your item is on the agenda" in text for _, text in posted(slack)) == 1


async def test_nobody_is_rung_again_where_the_backup_was_made_by_a_clock_that_was_ahead(
    empty_slack: Story, clock: FrozenClock, database: Database, backups: Backups
) -> None:
    slack = empty_slack
    set_up(database, clock)
    async with bot(slack, clock, database):
        card = await _brought(slack)
    with database.transaction() as session, across_consortia(session):
        for moment in (Input.at, Post.sent_at):
            session.execute(update(moment.class_).values({moment: clock() + timedelta(days=1)}))
    restore = backups.of(database)
    clock.passes(hours=1)
    async with bot(slack, clock, database) as at_work:
        await slack.clicks("U0CURATOR", card, TAKE)
        await _minutes_pass(at_work, clock, 10)
    clock.passes(hours=1)
    async with bot(slack, clock, restore()) as at_work:
        await _minutes_pass(at_work, clock, 10)
        await slack.clicks("U0CURATOR", card, TAKE)
        await _minutes_pass(at_work, clock, 10)
    assert sum("your item is on the agenda" in text for _, text in posted(slack)) == 1


@pytest.mark.parametrize("change", [('at = "09:00"', 'at = "08:30"'), ('"10:00"', '"10:30"')])
async def test_what_was_due_while_the_bot_was_down_is_said_though_its_file_was_changed_meanwhile(
    empty_slack: Story, clock: FrozenClock, database: Database, change: tuple[str, str]
) -> None:
    """Another hour for digests, another hour for the meeting: neither says anything of the call that was due."""
    slack = empty_slack
    plan = PLAN + '\n[digest]\nat = "09:00"\n'
    set_up(database, clock, plan)
    clock.strikes("2026-12-24 09:50")
    async with bot(slack, clock, database) as at_work:
        await passes(clock, at_work, "2026-12-24 09:50")
    clock.strikes("2026-12-24 10:05")
    with database.transaction() as session:
        apply(session, read_plan(plan.replace(*change)), clock())
    async with bot(slack, clock, database) as at_work:
        await passes(clock, at_work, "2026-12-24 10:20", "2026-12-25 12:00")
    assert sum(CALL in text for _, text in posted(slack)) == 1


async def test_what_was_posted_anew_after_the_backup_is_not_posted_once_more(
    empty_slack: Story, clock: FrozenClock, database: Database, backups: Backups
) -> None:
    """One card stood in a direct channel that was closed for good, and somebody had deleted the other."""
    slack = empty_slack
    set_up(database, clock)
    async with bot(slack, clock, database):
        await slack.types("U0MEMBER", SHARED, "/agenda add Parking (5 min)")
        for host in ("U0CURATOR", "U0DEPUTY"):
            await slack.in_direct(host, "Parking")
    restore = backups.of(database)
    clock.passes(hours=1)
    slack.direct("U0CURATOR").members.remove(slack.app.user_id)
    slack.world.delete(await slack.in_direct("U0DEPUTY", "Parking"))
    async with bot(slack, clock, database) as at_work:
        await _is_edited(slack, at_work, clock)
    before = posted(slack)
    assert sum("Parking for bicycles" in text for _, text in before) == len(("U0CURATOR", "U0DEPUTY"))
    clock.passes(hours=1)
    async with bot(slack, clock, restore()) as at_work:
        await _is_edited(slack, at_work, clock)
    assert posted(slack) == before
    assert max(references(slack).values()) == 1


async def test_what_stands_together_is_found_together_and_nobody_is_rung_again(
    empty_slack: Story, clock: FrozenClock, database: Database, backups: Backups
) -> None:
    """Of three items that reached the hosts in one message, the backup knows one that was told, and one that was not."""
    slack = empty_slack
    set_up(database, clock, PLAN.replace("quiet = false", "quiet = true"))
    async with bot(slack, clock, database):
        await slack.types("U0MEMBER", SHARED, "/agenda add Parking")
        await slack.in_direct("U0CURATOR", "Parking")
    with database.transaction() as session, across_consortia(session):
        place = session.scalars(select(Post.place).where(Post.kind == PostKind.CARD)).first()
    assert place
    async with bot(slack, clock, database) as at_work:
        await slack.types("U0MEMBER", SHARED, "/agenda add Rents")
        await at_work.comes_to_rest()
    with database.transaction() as session, across_consortia(session):
        session.execute(
            update(Post)
            .where(Post.kind == PostKind.CARD, Post.subject_id == 2)
            .values(state=PostState.DUE, ts=None, channel_id=None, shown_version=0, fence=0, sent_at=None)
        )
    restore = backups.of(database)
    before = posted(slack)
    clock.passes(hours=30)
    async with bot(slack, clock, restore()) as at_work:
        for _ in range(3):
            await _minutes_pass(at_work, clock, 10)
    assert posted(slack) == before
    for host in ("U0CURATOR", "U0DEPUTY"):
        message = await slack.in_direct(host, "Rents")
        assert "Parking" in message.text
        assert str(message.blocks).count(TAKE) == 2


async def test_a_word_that_was_told_among_others_is_told_once(
    empty_slack: Story, clock: FrozenClock, database: Database, backups: Backups
) -> None:
    """Rents was decided before the backup, Food after it. Both are told at five, in one message."""
    slack = empty_slack
    set_up(database, clock, TOLD_AT_FIVE)
    async with bot(slack, clock, database) as at_work:
        for title in ("Rents", "Food"):
            await slack.types("U0MEMBER", SHARED, f"/agenda add {title}")
            await at_work.comes_to_rest()
        [message] = _direct(slack, "U0CURATOR")
        await slack.clicks("U0CURATOR", message, TAKE, value="1:1")
        await at_work.comes_to_rest()
    restore = backups.of(database)
    async with bot(slack, clock, database) as at_work:
        await slack.clicks("U0CURATOR", message, TAKE, value="2:1")
        await passes(clock, at_work, "2026-11-23 17:00")
    [told] = _direct(slack, "U0MEMBER")
    assert all(title in told.text for title in ("Rents", "Food"))
    async with bot(slack, clock, restore()) as at_work:
        for _ in range(6):
            await _minutes_pass(at_work, clock, 3)
    assert _direct(slack, "U0MEMBER") == [told]


async def test_words_of_somebody_lost_stay_also_where_the_backup_was_not_quiet_yet(
    empty_slack: Story, clock: FrozenClock, database: Database, backups: Backups
) -> None:
    slack = empty_slack
    set_up(database, clock, TOLD_AT_FIVE.replace("quiet = true", "quiet = false"))
    async with bot(slack, clock, database) as at_work:
        await slack.types("U0MEMBER", SHARED, "/agenda add Rents")
        await at_work.comes_to_rest()
    restore = backups.of(database)
    async with bot(slack, clock, database) as at_work:
        with database.transaction() as session:
            apply(session, read_plan(TOLD_AT_FIVE), clock())
        await _minutes_pass(at_work, clock, 10)
        await slack.types("U0MEMBER", SHARED, "/agenda add Food")
        await at_work.comes_to_rest()
    [message] = _direct(slack, "U0CURATOR")
    assert "Food" in message.text
    async with bot(slack, clock, restore()) as at_work:
        for _ in range(6):
            await _minutes_pass(at_work, clock, 3)
    assert any("Food" in one.text for one in _direct(slack, "U0CURATOR"))


def _direct(slack: Story, person: str) -> list[Message]:
    return slack.world.messages[slack.direct(person).id]


async def _brought(slack: Story) -> Message:
    """The card of an item that somebody has brought."""
    await slack.types("U0MEMBER", SHARED, "/agenda add Parking (5 min)")
    return await slack.in_direct("U0CURATOR", "Parking")


async def _is_edited(slack: Story, at_work: Running, clock: FrozenClock) -> None:
    mine = await slack.types("U0MEMBER", SHARED, "/agenda mine")
    await slack.clicks("U0MEMBER", mine, EDIT)
    await send(slack, "U0MEMBER", title="Parking for bicycles")
    for _ in range(4):
        await _minutes_pass(at_work, clock, 5)


async def _minutes_pass(at_work: Running, clock: FrozenClock, minutes: int) -> None:
    await at_work.comes_to_rest()
    clock.passes(minutes=minutes)
    await at_work.tick()
    await at_work.comes_to_rest()


async def takes_and_publishes(slack: Story) -> None:
    await slack.clicks("U0CURATOR", await slack.in_direct("U0CURATOR", "Parking"), TAKE)
    board = await slack.types("U0CURATOR", SHARED, "/agenda curate")
    await slack.clicks("U0CURATOR", board, PUBLISH)


def told(database: Database) -> list[tuple[str | None, PostState]]:
    kinds = (PostKind.OUTCOME, PostKind.AGENDA)
    with database.transaction() as session, across_consortia(session):
        return [(post.ts, post.state) for post in session.scalars(select(Post).where(Post.kind.in_(kinds)))]


async def test_what_is_brought_after_it_has_a_card_of_its_own_and_the_card_of_one_that_was_lost_decides_nothing(
    empty_slack: Story, clock: FrozenClock, database: Database, backups: Backups
) -> None:
    slack = empty_slack
    set_up(database, clock)
    async with bot(slack, clock, database):
        await slack.types("U0MEMBER", SHARED, "/agenda help")
    restore = backups.of(database)
    async with bot(slack, clock, database):
        await slack.types("U0MEMBER", SHARED, "/agenda add Of the lost day (5 min)")
        lost = await slack.in_direct("U0CURATOR", "Of the lost day")

    async with bot(slack, clock, restore()):
        card = await _brought(slack)
        await slack.clicks("U0CURATOR", lost, TAKE)
    assert card.ts != lost.ts
    assert TAKE in str(card.blocks), "it is decided by its own card alone"


@pytest.mark.parametrize("how", ["a new id", "another"])
async def test_in_the_channel_that_is_chosen_again_nothing_is_said_twice(
    empty_slack: Story, clock: FrozenClock, database: Database, backups: Backups, how: str
) -> None:
    slack = empty_slack
    set_up(database, clock)
    slack.world.channels["C0OTHER"].members += ["U0ADMIN"]
    slack.add_channel(NEW, "agenda-anew", ["T0SISTER"], [*NAMES, slack.app.user_id])
    clock.strikes("2026-12-23 12:00")
    async with bot(slack, clock, database) as at_work:
        await at_work.tick()
    restore = backups.of(database)
    async with bot(slack, clock, database) as at_work:
        chosen = NEW if how == "another" else await gets_a_new_id(slack)
        if how == "another":
            await chooses(slack, chosen)
        await passes(clock, at_work, "2026-12-24 10:01", "2026-12-24 10:30")
    assert len(said(slack, chosen, CALL)) == 1
    doors = len(said(slack, chosen, DOORS))

    again = restore()
    async with bot(slack, clock, again) as at_work:
        await chooses(slack, chosen)
        await passes(clock, at_work, "2026-12-24 10:50", "2026-12-24 11:00")
    assert len(said(slack, chosen, CALL)) == 1
    assert len(said(slack, chosen, DOORS)) == (1 if how == "another" else doors + 1)


def said(slack: Story, channel: str, words: str) -> list[str]:
    return [text for where, text in posted(slack) if where == channel and words in text]


async def gets_a_new_id(slack: Story) -> str:
    place = slack.world.channels[SHARED]
    place.teams.remove("T0OTHER")
    place.is_private = True
    await slack.shares(place, "T0OTHER")
    return place.id


async def chooses(slack: Story, channel: str) -> None:
    """The admin does, by the form."""
    settings = await slack.types("U0ADMIN", "C0OTHER", "/agenda setup")
    await slack.clicks("U0ADMIN", settings, "setup.consortium")
    assert await send(slack, "U0ADMIN", channel=channel) == {}
    await slack.closes("U0ADMIN", everything=True)


def test_a_message_on_its_way_has_time_to_arrive() -> None:
    assert Timeouts().settling <= STILL_ON_ITS_WAY


@pytest.mark.parametrize("lost", [["2027-02-04"], ["2027-02-04", "2027-02-11"]], ids=len)
async def test_a_move_that_is_made_again_rings_nobody_again(
    empty_slack: Story, clock: FrozenClock, database: Database, backups: Backups, lost: list[str]
) -> None:
    set_up(database, clock)
    clock.strikes("2026-12-02 12:00")
    async with bot(empty_slack, clock, database) as at_work:
        await passes(clock, at_work, "2026-12-02 12:01")
    restore = backups.of(database)
    async with bot(empty_slack, clock, database) as at_work:
        for day in lost:
            await _moves(empty_slack, day)
            clock.passes(minutes=5)
            await at_work.tick()
        await passes(clock, at_work, "2026-12-02 14:00")
    async with bot(empty_slack, clock, restore()) as at_work:
        await passes(clock, at_work, "2026-12-02 14:10")
        await _moves(empty_slack, lost[-1])
        await passes(clock, at_work, "2026-12-02 14:20", "2026-12-02 15:00")
        assert _moves_told(empty_slack) == len(lost)
        await _moves(empty_slack, "2027-02-18")  # which is new
        await passes(clock, at_work, "2026-12-02 15:10", "2026-12-02 16:00")
        assert _moves_told(empty_slack) == len(lost) + 1


async def test_a_digest_that_went_out_after_the_backup_is_not_said_to_be_missed(
    empty_slack: Story, clock: FrozenClock, database: Database, backups: Backups
) -> None:
    set_up(database, clock)
    clock.strikes("2026-12-01 12:00")
    async with bot(empty_slack, clock, database) as at_work:
        await passes(clock, at_work, "2026-12-01 12:01")
        await empty_slack.types("U0MEMBER", SHARED, "/agenda add Budget (5 min)")
    restore = backups.of(database)
    async with bot(empty_slack, clock, database) as at_work:
        await passes(clock, at_work, "2026-12-07 09:01")
        await empty_slack.types("U0MEMBER", SHARED, "/agenda tip General: Ask first")
        await passes(clock, at_work, "2026-12-14 09:01")
    before = posted(empty_slack)
    clock.strikes("2026-12-15 12:00")
    async with bot(empty_slack, clock, restore()) as at_work:
        await passes(clock, at_work, "2026-12-15 12:10", "2026-12-15 14:00")
    assert not [text for _place, text in posted(empty_slack) if "did not get through" in text]
    told = [text for _place, text in posted(empty_slack) if "This week on the agenda" in text]
    assert ["Budget" in text for text in told] == [True, False]
    assert len(posted(empty_slack)) == len(before)


async def _moves(slack: Story, day: str) -> None:
    board = await slack.types("U0CURATOR", SHARED, "/agenda curate")
    await slack.clicks("U0CURATOR", board, CHANGE)
    assert await send(slack, "U0CURATOR", day=day) == {}
    await slack.closes("U0CURATOR", everything=True)


def _moves_told(slack: Story) -> int:
    return sum("The meeting moved" in text for _place, text in posted(slack))


async def test_the_buttons_tell_of_the_meeting_that_the_restored_database_knows(
    empty_slack: Story, clock: FrozenClock, database: Database, backups: Backups
) -> None:
    slack = empty_slack
    set_up(database, clock)
    async with bot(slack, clock, database) as at_work:
        await passes(clock, at_work, "2026-12-01 10:00")
    restore = backups.of(database)
    clock.passes(minutes=10)
    async with bot(slack, clock, database) as at_work:
        with database.transaction() as session:
            apply(session, read_plan(PLAN.replace("2027-01-21", "2027-01-28")), clock())
        await at_work.tick()
        await at_work.comes_to_rest()
        assert "January 28" in (await standing(slack)).text
    clock.passes(hours=1)
    async with bot(slack, clock, restore()) as at_work:
        await passes(clock, at_work, "2026-12-02 10:30")
        assert "January 21" in (await standing(slack)).text
