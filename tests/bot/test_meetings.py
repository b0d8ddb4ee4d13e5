"""Which meeting is next, how one follows another, and what comes along."""

from dataclasses import replace
from datetime import date, time

import pytest

from bot.consortia import settle
from bot.decisions import add_to_agenda, hold, undo
from bot.items import withdraw
from bot.meetings import arrange, change, confirm
from bot.meetings_to_change import meeting_to_change
from bot.people import Actor
from bot.rotation import host_after, turn_over
from bot.timetable import next_meeting
from storage.database import Database
from storage.items import Item, ItemState
from storage.meetings import Meeting, MeetingState, meetings_from
from storage.post_kinds import PostKind
from storage.tenancy import Session
from tests.at_once import at_once
from tests.bot.hosting import publish
from tests.builders import Scene, a_post, a_scene, an_arrangement, deliver
from tests.clock import FrozenClock
from tests.drawn import draw
from tests.refusals import refusal

APRIL = date(2027, 4, 15)


def turned_over(scene: Scene, local: str = "2027-01-22 09:00") -> Meeting:
    scene.clock.strikes(local)
    turn_over(scene.session, scene.consortium, scene.now)
    return scene.meeting


def known(scene: Scene) -> list[tuple[date, str, MeetingState]]:
    meetings = meetings_from(scene.session, date.min)
    return [(meeting.day, meeting.host.name, meeting.state) for meeting in meetings]


@pytest.mark.parametrize(
    ("local", "is_over"),
    [("2027-01-20 23:00", False), ("2027-01-21 11:59", False), ("2027-01-21 12:00", True)],
)
def test_a_meeting_is_next_until_its_end(scene: Scene, local: str, *, is_over: bool) -> None:
    scene.clock.strikes(local)

    assert (next_meeting(scene.session, scene.consortium, scene.now) is None) is is_over


@pytest.mark.parametrize(("local", "is_over"), [("2027-01-22 00:30", False), ("2027-01-22 01:00", True)])
def test_a_meeting_that_runs_past_midnight_is_next_until_its_end(
    scene: Scene, local: str, *, is_over: bool
) -> None:
    scene.meeting.starts, scene.meeting.minutes = time(22), 180
    scene.clock.strikes(local)

    assert (next_meeting(scene.session, scene.consortium, scene.now) is None) is is_over


def test_the_nearest_meeting_is_next(scene: Scene) -> None:
    bayview = scene.collaborative("Bayview")
    for day in (APRIL, date(2026, 12, 10)):
        arrange(scene.session, scene.consortium, bayview, an_arrangement(day=day), scene.now)

    assert scene.meeting.day == date(2026, 12, 10)


def test_the_day_after_a_meeting_the_next_quarterly_one_is_proposed_to_the_next_host_once(
    scene: Scene,
) -> None:
    scene.clock.strikes("2027-01-21 23:59")
    turn_over(scene.session, scene.consortium, scene.now)
    assert len(known(scene)) == 1

    meeting = turned_over(scene, "2027-01-22 00:00")
    turn_over(scene.session, scene.consortium, scene.now)
    assert known(scene)[1:] == [(APRIL, "Bayview", MeetingState.PROPOSED)]
    assert (meeting.starts, meeting.minutes, meeting.office) == (time(10), 120, "2 Third St, San Francisco")
    assert meeting.known_since == scene.now
    assert [(post.place, post.subject_id) for post in scene.posts(PostKind.PROPOSED_MEETING)] == [
        ("U0RUTH", meeting.id)
    ]


def test_nothing_is_proposed_before_there_was_a_first_meeting_or_while_one_is_to_come(scene: Scene) -> None:
    turn_over(scene.session, scene.consortium, scene.now)

    assert known(scene) == [(date(2027, 1, 21), "CCSJ", MeetingState.SET)]


def test_after_a_long_time_away_the_proposed_meeting_is_still_to_come(scene: Scene) -> None:
    assert turned_over(scene, "2027-08-01 09:00").day == date(2027, 10, 21)
    assert len(known(scene)) == 2


def test_hosting_goes_round(scene: Scene) -> None:
    days_after = ("2027-01-22", "2027-04-16", "2027-07-16", "2027-10-22", "2028-01-21")
    hosts = [turned_over(scene, f"{day} 09:00").host.name for day in days_after]

    assert hosts == ["Bayview", "Mission", "Sunset", "CCSJ", "Bayview"]


def test_where_a_host_has_no_curator_the_admins_are_asked(scene: Scene) -> None:
    scene.meeting.host = scene.collaborative("Bayview")
    meeting = turned_over(scene)

    assert meeting.host.name == "Mission"
    assert [post.place for post in scene.posts(PostKind.PROPOSED_MEETING)] == ["U0ADMIN"]


def test_a_host_that_left_the_rotation_is_followed_by_its_first(scene: Scene) -> None:
    scene.meeting.host = scene.collaborative("Sunset")
    scene.meeting.host.position = None

    assert turned_over(scene).host.name == "CCSJ"


def test_without_anybody_to_host_that_is_said(scene: Scene) -> None:
    host = scene.meeting.host
    for name in ("CCSJ", "Bayview", "Mission", "Sunset"):
        scene.collaborative(name).position = None

    with refusal("no collaborative yet"):
        host_after(scene.session, host)


def test_what_is_held_or_undecided_goes_to_the_next_host_with_fresh_cards(scene: Scene) -> None:
    waiting, held, taken, declined = (scene.propose(title) for title in ("Waiting", "Held", "Taken", "Gone"))
    curator = scene.actor("U0CURATOR")
    hold(scene.session, curator, held.id, scene.now)
    scene.tell(held)
    add_to_agenda(scene.session, curator, taken.id, scene.now)
    declined.state = ItemState.NOT_TAKEN
    waiting.is_late = True
    assert scene.cards(waiting) == {"U0CURATOR": True, "U0DEPUTY": True}

    meeting = turned_over(scene)
    for item in (waiting, held):
        assert (item.meeting, item.state, item.is_carried_over) == (meeting, ItemState.WAITING, True)
        assert (item.is_late, item.decided_by, item.decided_at, item.told_at) == (False, None, None, None)
        assert scene.cards(item) == {"U0CURATOR": False, "U0DEPUTY": False, "U0RUTH": True}
    [word] = scene.posts(PostKind.CARRIED_OVER, about=waiting.id)
    message = draw(scene.session, word, scene.now)
    assert word.place == "U0MEMBER"
    assert message is not None
    assert "Your item goes on to the next meeting, on Thu, Apr 15. Bayview will read it" in message.text
    for item in (held, taken, declined):  # of what is held its proposer has heard
        assert scene.posts(PostKind.CARRIED_OVER, about=item.id) == []
    assert {item.meeting and item.meeting.day for item in (taken, declined)} == {date(2027, 1, 21)}


def test_what_is_left_goes_along_also_when_the_next_meeting_was_known_before(scene: Scene) -> None:
    item = scene.propose()
    bayview = scene.collaborative("Bayview")
    meeting = arrange(scene.session, scene.consortium, bayview, an_arrangement(day=APRIL), scene.now)
    turn_over(scene.session, scene.consortium, scene.now)
    assert item.meeting is not meeting

    assert turned_over(scene, "2027-01-21 12:00") is meeting
    assert (item.meeting, item.is_carried_over) == (meeting, True)
    assert scene.cards(item) == {"U0CURATOR": False, "U0DEPUTY": False, "U0RUTH": True}


def test_what_a_curator_does_meanwhile_is_not_overwritten_by_gathering(
    database: Database, clock: FrozenClock
) -> None:
    with database.transaction() as session:
        item_id = a_scene(session, clock).propose().id

    def withdrawing(session: Session) -> None:
        withdraw(session, Scene.found(session, clock).actor("U0MEMBER"), item_id, clock())

    def gathering(session: Session) -> None:
        turned_over(Scene.found(session, clock))

    assert at_once(database, withdrawing, gathering) == (None, None)
    with database.transaction() as session:
        Scene.found(session, clock)
        item = session.get_one(Item, item_id)
        assert (item.state, item.is_carried_over) == (ItemState.WITHDRAWN, False)


def test_turning_over_again_changes_nothing(scene: Scene) -> None:
    item = scene.propose()
    turned_over(scene)
    before = [(post.key, post.wanted_version) for post in scene.posts(PostKind.CARD, about=item.id)]

    turn_over(scene.session, scene.consortium, scene.now)
    assert [(post.key, post.wanted_version) for post in scene.posts(PostKind.CARD, about=item.id)] == before


def test_an_undo_from_before_does_not_reach_an_item_carried_over(scene: Scene) -> None:
    item = scene.propose()
    hold(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    turned_over(scene)

    with refusal("stands no more"):
        undo(scene.session, scene.actor("U0RUTH", "T0OTHER"), item.id, 1, scene.now)


def test_a_proposed_meeting_is_confirmed_once(scene: Scene) -> None:
    meeting = turned_over(scene)
    before = scene.posts(PostKind.PROPOSED_MEETING)[0].wanted_version

    confirm(scene.session, ruth(scene), meeting.id, scene.now)
    assert meeting.state == MeetingState.SET
    assert scene.posts(PostKind.PROPOSED_MEETING)[0].wanted_version == before + 1
    with refusal("Thursday, April 15, 2027 is confirmed already"):
        confirm(scene.session, ruth(scene), meeting.id, scene.now)


def test_only_the_day_is_confirmed_that_was_read(scene: Scene) -> None:
    """After a restore the number may be that of another proposal."""
    meeting = turned_over(scene)
    with refusal("This meeting has moved. It is on Thursday, April 15, 2027 now"):
        confirm(scene.session, ruth(scene), meeting.id, scene.now, date(2027, 5, 20))
    assert meeting.state == MeetingState.PROPOSED
    confirm(scene.session, ruth(scene), meeting.id, scene.now, date(2027, 4, 15))
    assert meeting.state == MeetingState.SET


def test_a_changed_meeting_takes_its_items_along_and_is_set(scene: Scene) -> None:
    item = scene.propose()
    meeting = turned_over(scene)
    before = [post.wanted_version for post in scene.posts(PostKind.CARD, about=item.id)]

    scene.clock.passes(days=1)
    arrangement = an_arrangement(day=date(2027, 4, 22), starts=time(14), minutes=90, office="Library")
    change(scene.session, ruth(scene), meeting.id, arrangement, scene.now)
    assert known(scene)[1:] == [(date(2027, 4, 22), "Bayview", MeetingState.SET)]
    assert (meeting.starts, meeting.minutes, meeting.office) == (time(14), 90, "Library")
    assert item.meeting is meeting
    assert [post.wanted_version for post in scene.posts(PostKind.CARD, about=item.id)] == [
        n + 1 for n in before
    ]
    assert scene.posts(PostKind.PROPOSED_MEETING)[0].wanted_version == 2


def test_calls_count_anew_from_a_new_day_and_not_from_a_new_hour(scene: Scene) -> None:
    meeting, since = scene.meeting, scene.meeting.known_since
    scene.clock.passes(days=1)
    curator = scene.actor("U0CURATOR")

    change(scene.session, curator, meeting.id, an_arrangement(starts=time(11)), scene.now)
    assert meeting.known_since == since
    change(scene.session, curator, meeting.id, an_arrangement(day=date(2027, 1, 28)), scene.now)
    assert meeting.known_since == scene.now


def moves(scene: Scene) -> list[str]:
    return [post.place for post in scene.posts(PostKind.MOVED_MEETING, about=scene.meeting.id)]


def test_everybody_hears_where_and_when_a_meeting_is_now(scene: Scene) -> None:
    curator, meeting = scene.actor("U0CURATOR"), scene.meeting
    there = an_arrangement(office=meeting.office)
    for arrangement in (replace(there, minutes=90), replace(there, starts=time(11)), there):
        scene.clock.passes(minutes=1)
        change(scene.session, curator, meeting.id, arrangement, scene.now)

    assert moves(scene) == ["C0SHARED", "C0SHARED"]  # another length is no move; one back is
    message = draw(scene.session, scene.posts(PostKind.MOVED_MEETING)[-1], scene.now)
    assert "Thursday, January 21, 2027, 10:00 AM" in str(message and message.blocks)


def newest_move(scene: Scene) -> str:
    message = draw(scene.session, scene.posts(PostKind.MOVED_MEETING)[-1], scene.now)
    return message.text if message else ""


def test_a_move_tells_what_was_before_as_people_know_it(scene: Scene) -> None:
    curator, meeting = scene.actor("U0CURATOR"), scene.meeting
    here = an_arrangement(office=meeting.office)
    for starts in (time(11), time(12)):  # of the first move nobody has heard yet
        change(scene.session, curator, meeting.id, replace(here, starts=starts), scene.now)
    assert "It was to be on Thursday, January 21, 2027, 10:00 AM" in newest_move(scene)
    assert "It was to be at" not in newest_move(scene)
    for post in scene.posts(PostKind.MOVED_MEETING):
        deliver(post, scene.now)
    elsewhere = replace(here, starts=time(12), office="5 Pier St")
    change(scene.session, curator, meeting.id, elsewhere, scene.now)
    assert f"It was to be at {here.office}." in newest_move(scene)
    assert "It was to be on" not in newest_move(scene)


def test_a_move_back_that_nobody_has_heard_of_tells_of_nothing_before(scene: Scene) -> None:
    curator, meeting = scene.actor("U0CURATOR"), scene.meeting
    here = an_arrangement(office=meeting.office)
    for starts in (time(11), time(10)):
        change(scene.session, curator, meeting.id, replace(here, starts=starts), scene.now)
    assert "It was to be" not in newest_move(scene)


def test_that_a_proposed_meeting_moves_is_news_once_it_was_called_for(scene: Scene) -> None:
    meeting = turned_over(scene)
    change(scene.session, ruth(scene), meeting.id, an_arrangement(day=APRIL), scene.now)
    assert moves(scene) == []

    meeting.state = MeetingState.PROPOSED
    owe_a_call(scene, meeting)
    change(scene.session, ruth(scene), meeting.id, an_arrangement(day=date(2027, 4, 22)), scene.now)
    assert moves(scene) == ["C0SHARED"]


def test_a_call_that_is_out_follows_the_meetings_day(scene: Scene) -> None:
    owe_a_call(scene, scene.meeting)
    arrangement = an_arrangement(day=date(2027, 1, 28))
    change(scene.session, scene.actor("U0CURATOR"), scene.meeting.id, arrangement, scene.now)

    assert [post.wanted_version for post in scene.posts(PostKind.CALL)] == [2]


def owe_a_call(scene: Scene, meeting: Meeting) -> None:
    post = a_post(scene.session, scene.consortium, "call", kind=PostKind.CALL, subject_id=meeting.id)
    deliver(post, scene.now)
    scene.session.flush()


def test_a_published_agenda_follows_the_meetings_day(scene: Scene) -> None:
    item = scene.propose()
    add_to_agenda(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    publish(scene)

    arrangement = an_arrangement(day=date(2027, 1, 28))
    change(scene.session, scene.actor("U0CURATOR"), scene.meeting.id, arrangement, scene.now)
    assert scene.posts(PostKind.AGENDA)[0].wanted_version == 2


def test_a_meeting_can_not_be_changed_into_the_past_or_onto_another(scene: Scene) -> None:
    bayview = scene.collaborative("Bayview")
    arrange(scene.session, scene.consortium, bayview, an_arrangement(day=APRIL), scene.now)
    meeting, curator = scene.meeting, scene.actor("U0CURATOR")

    for day, said in ((APRIL, "There is a meeting on"), (date(2026, 11, 22), "has passed")):
        with refusal(said) as refused:
            change(scene.session, curator, meeting.id, an_arrangement(day=day), scene.now)
        assert refused.value.field == "day"
    assert meeting.day == date(2027, 1, 21)


def test_a_meeting_of_today_is_not_changed_into_hours_that_have_passed(scene: Scene) -> None:
    today, meeting, curator = date(2026, 11, 23), scene.meeting, scene.actor("U0CURATOR")

    with refusal("this time has passed") as refused:  # it is noon, and it would be over
        change(scene.session, curator, meeting.id, an_arrangement(day=today), scene.now)
    assert (refused.value.field, meeting.day) == ("starts", date(2027, 1, 21))
    change(scene.session, curator, meeting.id, an_arrangement(day=today, minutes=121), scene.now)


def test_two_meetings_are_not_on_one_day(scene: Scene) -> None:
    with refusal("There is a meeting on Thursday, January 21, 2027 already"):
        settle(scene.session, scene.consortium, an_arrangement(), None, scene.now)


def test_the_meeting_of_another_consortium_is_not_there(scene: Scene) -> None:
    [other] = scene.theirs(Meeting)

    with refusal("no longer here"):
        meeting_to_change(scene.session, scene.actor("U0CURATOR"), other.id, scene.now)


def ruth(scene: Scene) -> Actor:
    return scene.actor("U0RUTH", "T0OTHER")
