"""A meeting as a calendar entry: one file for who asks, always of the same entry, and newer after each change."""

from datetime import UTC, date, datetime, time

import pytest

from bot.calendar_entries import ask_for_entry, calendar_file
from bot.cancelling import cancel
from bot.consortia import apply
from bot.meetings import arrange, arrangement_of, change, confirm
from bot.participation import has_left
from bot.plan.plan import read_plan
from bot.rotation import turn_over
from bot.seen.calendar_entries import AskedForEntrySeen, CalendarEntrySeen
from bot.seen.meetings import Welcome
from bot.welcoming import welcome
from storage.meetings import Meeting, MeetingState
from storage.people import Who
from storage.post_kinds import PostKind
from storage.posts import Post
from tests.bot.hosting import OVER, curator
from tests.builders import Scene, a_meeting, an_arrangement, deliver
from tests.drawn import draw
from tests.refusals import refusal
from tests.story import PLAN

JANUARY, FEBRUARY, MARCH = date(2027, 1, 21), date(2027, 2, 18), date(2027, 3, 18)


def asks(scene: Scene, meeting: Meeting, person: str = "U0MEMBER") -> AskedForEntrySeen:
    return ask_for_entry(scene.session, scene.actor(person), meeting.id, scene.now)


def owed(scene: Scene) -> list[Post]:
    return scene.posts(PostKind.CALENDAR_FILE)


def sent(scene: Scene) -> CalendarEntrySeen | None:
    """What stands in the newest file that is owed."""
    return calendar_file(scene.session, scene.consortium, owed(scene)[-1], scene.now)


def moves(scene: Scene, meeting: Meeting, day: date, **where: object) -> None:
    change(scene.session, curator(scene), meeting.id, an_arrangement(day=day, **where), scene.now)


def is_cancelled(scene: Scene, meeting: Meeting) -> None:
    cancel(scene.session, curator(scene), meeting.id, scene.now)


def is_added(scene: Scene, day: date = JANUARY) -> Meeting:
    host = scene.collaborative("CCSJ")
    return arrange(scene.session, scene.consortium, host, an_arrangement(day=day), scene.now)


def test_who_asks_is_owed_a_file_in_their_direct_messages(scene: Scene) -> None:
    seen = asks(scene, scene.meeting)
    [post] = owed(scene)
    assert (post.place, post.subject_id, post.due_at) == ("U0MEMBER", scene.meeting.id, scene.now)
    assert seen.is_on_its_way
    assert seen.entry.begins == datetime(2027, 1, 21, 18, tzinfo=UTC)
    assert seen.entry.ends == datetime(2027, 1, 21, 20, tzinfo=UTC)


def test_asked_for_twice_it_comes_once(scene: Scene) -> None:
    assert asks(scene, scene.meeting).is_on_its_way
    assert not asks(scene, scene.meeting).is_on_its_way
    deliver(owed(scene)[0], scene.now)
    assert not asks(scene, scene.meeting).is_on_its_way
    assert asks(scene, scene.meeting, "U0SAM").is_on_its_way
    assert [post.place for post in owed(scene)] == ["U0MEMBER", "U0SAM"]


def test_on_another_day_and_after_a_change_it_comes_once_more(scene: Scene) -> None:
    asks(scene, scene.meeting)
    scene.clock.passes(days=1)
    assert asks(scene, scene.meeting).is_on_its_way
    moves(scene, scene.meeting, FEBRUARY)
    assert asks(scene, scene.meeting).is_on_its_way
    assert len(owed(scene)) == 3


def test_a_file_that_waits_says_how_the_meeting_is_when_it_is_sent(scene: Scene) -> None:
    meeting = scene.meeting
    asks(scene, meeting)
    moves(scene, meeting, FEBRUARY)
    entry = sent(scene)
    assert entry is not None
    assert (entry.meeting.day, entry.sequence) == (FEBRUARY, 1)


CHANGES = {
    "its day": {"day": FEBRUARY},
    "its hour": {"starts": time(14)},
    "its length": {"minutes": 60},
    "its place": {"office": "The library"},
}


@pytest.mark.parametrize("what", CHANGES)
def test_each_change_of_when_and_where_makes_it_newer(scene: Scene, what: str) -> None:
    meeting = scene.meeting
    uid, before = meeting.uid, meeting.revised_at
    scene.clock.passes(hours=1)
    wanted = vars(arrangement_of(meeting)) | CHANGES[what]
    change(scene.session, curator(scene), meeting.id, an_arrangement(**wanted), scene.now)
    assert (meeting.uid, meeting.sequence, meeting.revised_at) == (uid, 1, scene.now)
    assert before != scene.now


def test_a_change_that_changes_nothing_makes_nothing_newer(scene: Scene) -> None:
    meeting = scene.meeting
    change(scene.session, curator(scene), meeting.id, arrangement_of(meeting), scene.now)
    assert meeting.sequence == 0


def test_moved_twice_and_back_it_is_the_same_entry_and_newer_each_time(scene: Scene) -> None:
    meeting = scene.meeting
    uid = meeting.uid
    for number, day in enumerate((FEBRUARY, MARCH, JANUARY), start=1):
        moves(scene, meeting, day)
        assert (meeting.uid, meeting.sequence) == (uid, number)


def test_what_the_host_tells_of_the_way_makes_it_newer_and_who_says_hello_does_not(scene: Scene) -> None:
    meeting = scene.meeting
    for told, sequence in (
        (Welcome("Ana", None, None), 0),
        (Welcome("Ana", "The blue door", None), 1),
        (Welcome("Ana and Bo", "The blue door", None), 1),
        (Welcome(None, "The blue door", "Coffee next door"), 2),
    ):
        welcome(scene.session, curator(scene), meeting.id, told, scene.now)
        assert meeting.sequence == sequence


def test_a_date_that_is_confirmed_is_newer(scene: Scene) -> None:
    meeting = scene.meeting
    meeting.state = MeetingState.PROPOSED
    confirm(scene.session, curator(scene), meeting.id, scene.now)
    assert meeting.sequence == 1


def test_by_the_clocks_of_another_place_each_meeting_to_come_is_newer(scene: Scene) -> None:
    meeting = scene.meeting
    held = a_meeting(scene.session, scene.collaborative("CCSJ"), day=date(2026, 10, 15))
    plan = PLAN.replace("America/Los_Angeles", "America/New_York")
    apply(scene.session, read_plan(plan), scene.now)
    assert (meeting.sequence, held.sequence) == (1, 0)


def test_summer_time_moves_the_moment_and_not_the_hour(scene: Scene) -> None:
    """On March 14, 2027 the clocks go forward there."""
    meeting = scene.meeting
    begins = {}
    for day in (date(2027, 3, 11), MARCH):
        moves(scene, meeting, day)
        begins[day] = asks(scene, meeting).entry.begins
    assert [moment.hour for moment in begins.values()] == [18, 17]


def test_a_cancelled_one_says_so_in_a_newer_entry(scene: Scene) -> None:
    meeting = scene.meeting
    uid = meeting.uid
    asks(scene, meeting)
    is_cancelled(scene, meeting)
    seen = asks(scene, meeting)
    assert seen.is_on_its_way
    assert (seen.entry.uid, seen.entry.sequence, seen.entry.meeting.is_cancelled) == (uid, 1, True)
    assert sent(scene) == seen.entry


def test_what_waits_while_it_is_cancelled_says_so_and_is_not_taken_back(scene: Scene) -> None:
    meeting = scene.meeting
    asks(scene, meeting)
    is_cancelled(scene, meeting)
    [post] = owed(scene)
    message = draw(scene.session, post, scene.now)
    assert message is not None
    assert "We do not meet on Thursday, January 21, 2027" in message.text


def test_who_has_asked_for_it_hears_that_it_is_cancelled(scene: Scene) -> None:
    meeting = scene.meeting
    asks(scene, meeting)
    is_cancelled(scene, meeting)
    assert "U0MEMBER" in [post.place for post in scene.posts(PostKind.CANCELLED_FOR_ONE)]


def test_taken_back_it_is_the_same_entry_and_newer(scene: Scene) -> None:
    """Who still has a button of the cancelled one gets the one that took its place."""
    meeting = scene.meeting
    uid = meeting.uid
    is_cancelled(scene, meeting)
    again = is_added(scene)
    assert (again.uid, again.sequence) == (uid, 2)
    seen = asks(scene, meeting)
    assert (seen.entry.meeting.id, seen.entry.meeting.is_cancelled) == (again.id, False)
    moves(scene, again, FEBRUARY)
    assert (again.uid, again.sequence) == (uid, 3)


def test_cancelled_and_taken_back_twice_it_is_still_the_same_entry(scene: Scene) -> None:
    uid = scene.meeting.uid
    is_cancelled(scene, scene.meeting)
    again = is_added(scene)
    is_cancelled(scene, again)
    once_more = is_added(scene)
    assert (once_more.uid, once_more.sequence) == (uid, 4)


def test_two_meetings_never_share_an_entry(scene: Scene) -> None:
    """The one that took the place of a cancelled one has moved away, and another is put on its day."""
    is_cancelled(scene, scene.meeting)
    again = is_added(scene)
    moves(scene, again, FEBRUARY)
    other = is_added(scene)
    assert other.uid != again.uid
    assert other.sequence == 0


def test_the_next_one_has_an_entry_of_its_own(scene: Scene) -> None:
    meeting = scene.meeting
    is_cancelled(scene, meeting)
    turn_over(scene.session, scene.consortium, scene.now)
    assert scene.meeting.uid != meeting.uid


def test_of_one_that_is_over_there_is_none(scene: Scene) -> None:
    meeting = scene.meeting
    asks(scene, meeting)
    scene.clock.strikes(OVER)
    with refusal("This meeting is over"):
        asks(scene, meeting)
    assert sent(scene) is None
    assert len(owed(scene)) == 1


def test_of_one_that_is_not_here_there_is_none(scene: Scene) -> None:
    with refusal("no longer here"):
        ask_for_entry(scene.session, scene.actor("U0MEMBER"), 999, scene.now)


def test_who_has_left_gets_none(scene: Scene) -> None:
    asks(scene, scene.meeting)
    has_left(scene.session, "T0SISTER", Who("T0SISTER", "U0MEMBER"), "C0SHARED", scene.now)
    assert draw(scene.session, owed(scene)[0], scene.now) is None


def test_it_names_no_item(scene: Scene) -> None:
    """It has no place for any: its view holds a meeting and nothing that was brought."""
    assert set(CalendarEntrySeen.__dataclass_fields__) == {
        *("name", "meeting", "begins", "ends", "uid", "sequence", "revised_at", "told_at")
    }
