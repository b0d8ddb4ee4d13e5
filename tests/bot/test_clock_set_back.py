"""A clock that was ahead is set right: what it put off is brought back, and a card says until when its decision can be undone."""

from datetime import date, datetime, timedelta

import pytest

from bot import clock_set_back
from bot.calendar import last_working_day
from bot.consortia import apply
from bot.decisions import add_to_agenda, take_up_separately
from bot.doors import notice_what_is_over
from bot.items import Proposal, edit, propose
from bot.own_follow_ups import Read, later
from bot.people import Actor, meet
from bot.results import send_notes
from bot.word_to_proposers import outcome_key
from handlers.delivery.kinds import NOISES
from storage.consortia import Places, consortium_at, consortium_of
from storage.database import Database
from storage.inbox import Deed, hear
from storage.meetings import Meeting
from storage.people import Who
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.results import Became
from storage.tenancy import Session
from tests.bot.hosting import OVER, meeting_held
from tests.bot.test_follow_ups import OTHER, agreed
from tests.bot.test_live import mark, starts, under_way
from tests.bot.test_notes import local
from tests.bot.test_results import became
from tests.builders import Scene, a_plan, deliver, post_at
from tests.clock import FrozenClock
from tests.story import OURS, set_up

LEASE, SETTLE = timedelta(seconds=120), timedelta(seconds=90)
SIX_DAYS = timedelta(days=6)
on_postgres = pytest.mark.parametrize("databases", ["postgres"], indirect=True, scope="session")


def actor(session: Session, user_id: str, places: Places = Places.STAY) -> Actor:
    consortium = consortium_of(session, "T0SISTER", places)
    assert consortium is not None
    return meet(session, consortium, Who("T0SISTER", user_id), None)


def tick(database: Database, now: datetime) -> None:
    with database.transaction(OURS) as session:
        ours = consortium_at(session, OURS, Places.STAY)
        clock_set_back.take_back(session, ours, now, LEASE, SETTLE, NOISES)


def due_of_new_curator(database: Database, item_id: int) -> datetime:
    with database.transaction(OURS) as session:
        card = session.query(Post).filter_by(kind=PostKind.CARD, subject_id=item_id, place="U0NEW").one()
        return card.due_at


@on_postgres
def test_what_somebody_holds_at_the_first_right_tick_is_brought_back_at_the_next(
    database: Database, clock: FrozenClock
) -> None:
    set_up(database, clock)
    now, ahead = clock(), clock() + SIX_DAYS
    with database.transaction(OURS) as session:
        item_id = propose(session, actor(session, "U0MEMBER"), [Proposal("Budget")], now).items[0].id
    with database.transaction(OURS) as session:
        admin = actor(session, "U0ADMIN", Places.CHANGE)
        hear(session, "a form", Deed(admin.person.id, "view setup", None), ahead)
        apply(session, a_plan(**{'"U0CURATOR", "U0DEPUTY"': '"U0CURATOR", "U0DEPUTY", "U0NEW"'}), ahead)
    with database.transaction(OURS) as session:
        edit(session, actor(session, "U0MEMBER"), item_id, Proposal("Budget cuts"), 3000, now)
        session.flush()
        tick(database, now)
    assert due_of_new_curator(database, item_id) == ahead
    tick(database, now)
    assert due_of_new_curator(database, item_id) <= now + timedelta(minutes=5)


def test_where_the_time_for_undoing_is_shorter_by_now_the_card_says_so(scene: Scene) -> None:
    scene.consortium.told_after_minutes = 1440
    item = scene.propose()
    add_to_agenda(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    [card, *_] = scene.posts(PostKind.CARD, about=item.id)
    said = card.wanted_version
    scene.consortium.told_after_minutes = 5
    clock_set_back.take_back(scene.session, scene.consortium, scene.now, LEASE, SETTLE, NOISES)
    scene.session.flush()
    scene.session.expire_all()
    assert post_at(scene.session, outcome_key(item)).due_at == scene.now + timedelta(minutes=5)
    assert card.wanted_version > said


def is_set_right(scene: Scene) -> None:
    """Once more than needed, it changes nothing."""
    for _ in range(2):
        clock_set_back.take_back(scene.session, scene.consortium, scene.now, LEASE, SETTLE, NOISES)
        notice_what_is_over(scene.session, scene.consortium, scene.now)
        scene.session.flush()
        scene.session.expire_all()


AHEAD, RIGHT = "2027-02-23 12:00", "2027-01-22 12:05"


def sends_notes(scene: Scene, meeting: Meeting) -> Post:
    send_notes(scene.session, scene.actor("U0CURATOR"), meeting.id, scene.now)
    [post] = scene.posts(PostKind.NOTES, about=meeting.id)
    return post


@pytest.mark.parametrize(
    ("noticed", "sent", "due", "reminded"),
    [
        (OVER, None, "2027-01-22 17:00", "2027-01-22 17:00"),
        (AHEAD, None, "2027-01-25 17:00", "2027-02-22 10:00"),
        (AHEAD, AHEAD, RIGHT, "2027-02-22 10:00"),
    ],
    ids=["by a right clock", "noticed by one that was ahead", "sent by one that was ahead"],
)
def test_notes_go_when_they_would_have_and_reminders_that_wait_for_them_with_them(
    scene: Scene, noticed: str, sent: str | None, due: str, reminded: str
) -> None:
    meeting, [item] = meeting_held(scene, "Rents", at=noticed)
    notice_what_is_over(scene.session, scene.consortium, scene.now)
    follow_up = agreed(scene, meeting, item, due_on=scene.now.date())
    [reminder] = scene.posts(PostKind.FOLLOW_UP, about=follow_up.id)
    if sent:
        sends_notes(scene, meeting)
    scene.clock.strikes(RIGHT)
    is_set_right(scene)
    [notes] = scene.posts(PostKind.NOTES, about=meeting.id)
    assert (local(notes.due_at), local(reminder.due_at)) == (due, reminded)


@pytest.mark.parametrize(("given", "due"), [(OVER, "2027-02-05 10:00"), (AHEAD, "2027-02-05 10:00")])
def test_the_reminder_of_what_is_given_to_somebody_is_due_on_the_working_day_before(
    scene: Scene, given: str, due: str
) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    became(scene, meeting, item, Became.DONE)
    deliver(sends_notes(scene, meeting), scene.now)
    follow_up = agreed(scene, meeting, item)
    scene.clock.strikes(given)
    agreed(scene, meeting, item, owner=OTHER, follow_up=follow_up)
    scene.clock.strikes(RIGHT)
    is_set_right(scene)
    [reminder] = [post for post in scene.posts(PostKind.FOLLOW_UP) if post.place == OTHER.user_id]
    assert local(reminder.due_at) == due


@pytest.mark.parametrize(
    ("times", "at", "then"),
    [(1, AHEAD, date(2027, 2, 15)), (1, RIGHT, date(2027, 2, 15)), (2, RIGHT, date(2027, 2, 22))],
)
def test_what_was_put_off_is_a_week_later_than_its_day_by_a_right_clock(
    scene: Scene, times: int, at: str, then: date
) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    follow_up = agreed(scene, meeting, item)
    scene.clock.strikes(at)
    for _ in range(times):
        later(scene.session, scene.actor("U0MEMBER"), Read(follow_up.id), scene.now)
    scene.clock.strikes(RIGHT)
    is_set_right(scene)
    scene.session.refresh(follow_up)
    [reminder] = [post for post in scene.posts(PostKind.FOLLOW_UP) if post.state == PostState.DUE]
    assert follow_up.day == then
    assert str(then) in reminder.key
    assert reminder.due_at.date() == last_working_day(then - timedelta(days=1))


def test_who_has_a_follow_up_that_was_written_by_a_clock_ahead_can_say_that_it_is_done(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    scene.clock.strikes(AHEAD)
    agreed(scene, meeting, item, due_on=date(2027, 4, 1))
    [reminder] = scene.posts(PostKind.FOLLOW_UP)
    deliver(reminder, scene.now)
    scene.clock.strikes(RIGHT)
    is_set_right(scene)
    scene.session.refresh(reminder)
    assert reminder.state == PostState.DUE  # its buttons say when the follow-up was written


def test_the_buttons_of_a_meeting_that_was_started_by_a_clock_ahead_are_drawn_anew(scene: Scene) -> None:
    under_way(scene, "Rents")
    scene.clock.passes(minutes=5)
    starts(scene)
    [post] = scene.posts(PostKind.LIVE)
    before, version = mark(scene), post.wanted_version
    scene.clock.passes(minutes=-5)
    clock_set_back.take_back(scene.session, scene.consortium, scene.now, LEASE, SETTLE, NOISES)
    scene.session.expire_all()
    assert mark(scene) != before
    assert post.wanted_version > version


def test_a_thread_that_opens_with_the_next_message_to_the_channel_waits_for_it(scene: Scene) -> None:
    item = scene.propose()
    take_up_separately(scene.session, scene.actor("U0CURATOR"), item.id, scene.now, None)
    scene.tell(item)
    [thread] = scene.posts(PostKind.SEPARATE_TALK)
    due = thread.due_at
    assert due > scene.now + timedelta(days=1)
    clock_set_back.take_back(scene.session, scene.consortium, scene.now, LEASE, SETTLE, NOISES)
    assert thread.due_at == due
    thread.due_at += timedelta(days=30)
    scene.session.flush()
    clock_set_back.take_back(scene.session, scene.consortium, scene.now, LEASE, SETTLE, NOISES)
    assert thread.due_at == scene.now + timedelta(weeks=1)
