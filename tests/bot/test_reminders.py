"""Reminders: wished for once, sent once, the day before the meeting, wherever that moves."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest

from bot.before_closing import remind_before_closing
from bot.cancelling import cancel
from bot.errors import UserError
from bot.meetings import arrange, arrangement_of, change, rearrange
from bot.participation import has_left
from bot.people import meet
from bot.reminders import remind
from bot.seen.reminders import ReminderSeen
from handlers.blocks.kit import Message
from handlers.delivery.saying import saying_and_instead
from storage.consortia import consortium_of
from storage.outbox_doubted import mark_what_may_have_been_sent
from storage.outcomes import PutOff
from storage.people import (
    Who,
)
from storage.post_facts import Gap, PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.upkeep.note_gap import note_gap
from storage.whereabouts import (
    doubt,
)
from tests.bot.hosting import curator, meeting_held, on_agenda, publish
from tests.bot.test_follow_ups import agreed
from tests.builders import Scene, among, an_arrangement, deliver
from tests.clock import SAN_FRANCISCO
from tests.drawn import draw


def wish(scene: Scene, person: str = "U0MEMBER") -> ReminderSeen:
    return remind(scene.session, scene.actor(person), scene.now)


def reminders(scene: Scene) -> list[Post]:
    return scene.posts(PostKind.REMINDER)


def the_reminder(scene: Scene) -> Post:
    [post] = reminders(scene)
    return post


def local(moment: datetime) -> str:
    return f"{moment.astimezone(SAN_FRANCISCO):%Y-%m-%d %H:%M}"


def moves(scene: Scene, day: date, starts: time = time(10)) -> None:
    change(scene.session, curator(scene), scene.meeting.id, an_arrangement(day=day, starts=starts), scene.now)


def is_cancelled(scene: Scene) -> None:
    cancel(scene.session, curator(scene), scene.meeting.id, scene.now)


def is_added(scene: Scene) -> None:
    arrange(scene.session, scene.consortium, scene.collaborative("CCSJ"), an_arrangement(), scene.now)


def said(scene: Scene) -> Message | None:
    return draw(scene.session, the_reminder(scene), scene.now)


def test_it_is_owed_to_who_asked_the_day_before_at_the_hour_of_the_calls(scene: Scene) -> None:
    seen = wish(scene)

    post = the_reminder(scene)
    assert (post.place, local(post.due_at)) == ("U0MEMBER", "2027-01-20 10:00")
    assert (seen.at, seen.is_new, seen.is_over) == (post.due_at, True, False)


def test_asked_for_twice_it_comes_once(scene: Scene) -> None:
    wish(scene)
    seen = wish(scene)

    assert (seen.is_new, seen.is_over) == (False, False)
    assert len(reminders(scene)) == 1


def test_each_person_has_their_own(scene: Scene) -> None:
    wish(scene)
    assert wish(scene, "U0SAM").is_new
    assert [post.place for post in reminders(scene)] == ["U0MEMBER", "U0SAM"]


def test_it_tells_the_agenda_as_everybody_may_see_it_then(scene: Scene) -> None:
    wish(scene)
    on_agenda(scene, "Told", told=True)
    on_agenda(scene, "Untold", told=False)
    scene.clock.strikes("2027-01-20 10:00")

    message = said(scene)
    assert message is not None
    assert "Told" in message.text
    assert "Untold" not in message.text


def test_once_the_agenda_is_published_it_tells_when_each_item_begins(scene: Scene) -> None:
    wish(scene)
    on_agenda(scene, "Rents")
    publish(scene)
    scene.clock.strikes("2027-01-20 10:00")

    message = said(scene)
    assert message is not None
    assert "1. 10:10 AM · Rents" in message.text


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2027-01-20 10:00", "too late"),
        ("2027-01-21 09:59", "too late"),
        ("2027-01-21 10:00", "has begun"),
        ("2027-01-21 11:59", "has begun"),
        ("2027-01-21 12:00", "not set yet"),
    ],
)
def test_when_it_is_too_late_nothing_is_owed(scene: Scene, moment: str, told: str) -> None:
    scene.clock.strikes(moment)
    with pytest.raises(UserError, match=told):
        wish(scene)
    assert reminders(scene) == []


def test_a_minute_before_there_is_still_time(scene: Scene) -> None:
    scene.clock.strikes("2027-01-20 09:59")
    assert wish(scene).is_new


@pytest.mark.parametrize("day", [date(2027, 1, 28), date(2027, 1, 14)])
def test_it_goes_with_the_meeting(scene: Scene, day: date) -> None:
    wish(scene)
    moves(scene, day)
    assert local(the_reminder(scene).due_at) == f"{day.replace(day=day.day - 1)} 10:00"
    assert wish(scene).is_new is False


def test_with_a_meeting_that_moved_near_it_is_late(scene: Scene) -> None:
    wish(scene)
    scene.clock.strikes("2027-01-13 15:00")
    moves(scene, date(2027, 1, 14))

    assert local(the_reminder(scene).due_at) == "2027-01-13 10:00"
    assert said(scene) is not None


def test_of_a_meeting_that_has_begun_nothing_is_sent(scene: Scene) -> None:
    wish(scene)
    scene.clock.strikes("2027-01-21 10:00")
    assert said(scene) is None


def test_another_host_does_not_move_it(scene: Scene) -> None:
    wish(scene)
    meeting, bayview = scene.meeting, scene.collaborative("Bayview")
    rearrange(scene.session, scene.consortium, meeting, bayview, arrangement_of(meeting), scene.now)
    assert local(the_reminder(scene).due_at) == "2027-01-20 10:00"


def test_one_that_was_sent_is_edited_and_not_sent_again(scene: Scene) -> None:
    wish(scene)
    scene.clock.strikes("2027-01-20 10:00")
    deliver(the_reminder(scene), scene.now)
    scene.session.flush()
    moves(scene, date(2027, 1, 28))

    post = the_reminder(scene)
    assert (post.state, post.ts, local(post.due_at)) == (PostState.DUE, "1.1", "2027-01-20 10:00")
    message = said(scene)
    assert message is not None
    assert "January 28" in message.text
    seen = wish(scene)
    assert (seen.is_new, seen.is_over) == (False, True)
    assert len(reminders(scene)) == 1


def test_one_that_slack_refused_goes_with_the_meeting_too(scene: Scene) -> None:
    wish(scene)
    the_reminder(scene).state = PostState.FAILED
    scene.session.flush()
    moves(scene, date(2027, 1, 28))

    post = the_reminder(scene)
    assert (post.state, local(post.due_at)) == (PostState.DUE, "2027-01-27 10:00")


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({"[calls]": '[calls]\nat = "08:30"'}, "2027-01-20 08:30"),
        ({"America/Los_Angeles": "America/New_York"}, "2027-01-20 07:00"),
    ],
)
def test_it_goes_with_the_hour_of_the_calls_and_the_time_zone(
    scene: Scene, changes: dict[str, str], due: str
) -> None:
    wish(scene)
    scene.apply(**changes)
    assert local(the_reminder(scene).due_at) == due


def test_the_same_settings_again_change_nothing(scene: Scene) -> None:
    wish(scene)
    scene.apply()
    assert the_reminder(scene).wanted_version == 1


@pytest.mark.parametrize(("day", "utc"), [(date(2027, 3, 15), 17), (date(2027, 3, 14), 18)])
def test_clocks_that_change_change_nothing_for_who_reads_them(scene: Scene, day: date, utc: int) -> None:
    """The clocks go forward on March 14."""
    moves(scene, day)
    wish(scene)
    assert the_reminder(scene).due_at.hour == utc


def test_who_left_the_shared_channel_hears_nothing(scene: Scene) -> None:
    wish(scene)
    has_left(scene.session, "T0SISTER", Who("T0SISTER", "U0MEMBER"), "C0SHARED", scene.now)
    assert said(scene) is None


def test_who_was_deactivated_hears_nothing(scene: Scene) -> None:
    wish(scene)
    scene.actor("U0MEMBER").person.deactivated_at = scene.now
    scene.session.flush()
    assert said(scene) is None


def test_nobody_elses_reminder_is_moved(scene: Scene) -> None:
    wish(scene)
    others = consortium_of(scene.session, "T0NOISE")
    assert others is not None
    with among(scene.session, others):
        remind(scene.session, meet(scene.session, others, Who("T0NOISE", "U0MEMBER"), None), scene.now)
    moves(scene, date(2027, 1, 28))
    scene.apply(**{"America/Los_Angeles": "America/New_York"})

    [theirs] = [post for post in scene.theirs(Post) if post.kind == PostKind.REMINDER]
    assert (local(theirs.due_at), theirs.wanted_version) == ("2027-01-20 10:00", 1)
    assert local(the_reminder(scene).due_at) == "2027-01-27 07:00"


def test_one_that_came_to_nothing_can_be_asked_for_again(scene: Scene) -> None:
    """Its person was out of the shared channel when it was due, and is back."""
    wish(scene)
    the_reminder(scene).state = PostState.NOT_NEEDED
    scene.session.flush()
    moves(scene, date(2027, 2, 18))
    again = wish(scene)
    assert (again.is_new, again.is_over) == (True, False)
    assert (the_reminder(scene).state, local(the_reminder(scene).due_at)) == (
        PostState.DUE,
        "2027-02-17 10:00",
    )


@pytest.mark.parametrize(
    ("day", "comes"), [(date(2027, 1, 14), "2027-01-13"), (date(2027, 2, 18), "2027-02-17")]
)
def test_after_a_restore_it_still_moves_with_the_meeting(scene: Scene, day: date, comes: str) -> None:
    wish(scene)
    scene.session.flush()
    mark_what_may_have_been_sent(scene.session, scene.now, scene.now)
    scene.session.expire_all()
    moves(scene, day)
    assert local(the_reminder(scene).due_at) == f"{comes} 10:00"


def of_the_meeting(scene: Scene) -> Post:
    wish(scene)
    return the_reminder(scene)


def of_a_follow_up(scene: Scene) -> Post:
    meeting, [item] = meeting_held(scene, "Rents")
    follow_up = agreed(scene, meeting, item)
    [post] = scene.posts(PostKind.FOLLOW_UP, about=follow_up.id)
    return post


def to_bring_something(scene: Scene) -> Post:
    scene.clock.strikes("2027-01-11 10:00")
    remind_before_closing(scene.session, scene.consortium, scene.now)
    return scene.posts(PostKind.NOTHING_YET)[0]


@pytest.mark.parametrize("reminder", [of_the_meeting, of_a_follow_up, to_bring_something])
def test_while_nobody_knows_whether_its_reader_reads_along_it_waits(
    scene: Scene, reminder: Callable[[Scene], Post]
) -> None:
    post = reminder(scene)
    assert saying_and_instead(scene.session, post, scene.now)[1] is None
    doubt(scene.session, scene.now)
    scene.session.expire_all()
    seen, instead = saying_and_instead(scene.session, post, scene.now)
    assert seen is not None
    assert isinstance(instead, PutOff)


def test_it_comes_when_its_meeting_is_added_again_also_to_who_asked_for_the_next_one(scene: Scene) -> None:
    wish(scene)
    is_cancelled(scene)
    assert wish(scene).meeting.day == date(2027, 4, 15)
    is_added(scene)
    owed = [local(post.due_at) for post in reminders(scene) if post.state == PostState.DUE]
    assert owed == ["2027-01-20 10:00", "2027-04-14 10:00"]


def test_it_comes_once_however_often_its_meeting_is_cancelled_and_added_again(scene: Scene) -> None:
    wish(scene)
    is_cancelled(scene)
    is_added(scene)
    scene.clock.strikes("2027-01-20 10:00")
    deliver(the_reminder(scene), scene.now)
    is_cancelled(scene)
    is_added(scene)
    assert the_reminder(scene).ts is not None


def test_asked_for_two_meetings_that_were_cancelled_on_one_day_it_comes_once(scene: Scene) -> None:
    wish(scene)
    is_cancelled(scene)
    wish(scene)
    moves(scene, date(2027, 1, 21))
    is_cancelled(scene)
    is_added(scene)
    assert [post.state for post in reminders(scene)].count(PostState.DUE) == 1


def test_after_a_restore_it_is_looked_for_also_where_its_meeting_is_added_again(scene: Scene) -> None:
    wish(scene)
    scene.clock.strikes("2027-01-20 09:00")
    is_cancelled(scene)
    note_gap(scene.session, Gap(scene.now, scene.now + timedelta(hours=2)))
    is_added(scene)
    assert the_reminder(scene).may_be_there
