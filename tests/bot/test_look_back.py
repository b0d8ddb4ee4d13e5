"""The look back: counts by quarter, as far as everybody may know, and never more."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.after_meeting import Listed
from bot.decisions import add_to_agenda, leave_out
from bot.errors import Moment
from bot.joining import join
from bot.leaving import erase, those_called
from bot.look_back import ask_for_it, is_offered, look_back, look_back_to_send, may_look_back, post_it
from bot.people import Actor
from bot.quiet import put_off_for_quiet
from bot.replaced_channels import follow_shared_channel
from bot.results import Written, send_notes, write_down
from bot.rotation import turn_over
from bot.seen.agenda import Planned
from bot.seen.look_back import AskedForLookBackSeen, Fate, LookBackSeen, QuarterSeen
from bot.seen.results import Became
from bot.separate_talks import come_along
from bot.timetable import ends_at
from handlers.delivery.kinds import KINDS, NOISES
from storage.former import Neutral
from storage.items import Item, ItemState, Reason
from storage.meetings import Meeting, MeetingState
from storage.outcomes import PutOff
from storage.post_kinds import PostKind
from tests.bot.hosting import OVER, curator, meeting_held
from tests.builders import Scene, a_meeting, an_item, deliver
from tests.refusals import refusal

NEXT_DAY = "2027-01-22 10:00"
DAYS = [date(2025, 10, 16), date(2026, 1, 15), date(2026, 4, 16), date(2026, 7, 16), date(2026, 10, 15)]
"""Of meetings before the scene begins."""


def seen(scene: Scene, by: str = "U0CURATOR") -> LookBackSeen:
    return look_back(scene.session, scene.actor(by), scene.now)


def fates(scene: Scene) -> dict[Fate, int]:
    return {one.fate: one.items for one in seen(scene).fates}


def became(scene: Scene, meeting: Meeting, item: Item, what: Became) -> None:
    write_down(scene.session, curator(scene), Listed(meeting.id, item.id), Written(what), scene.now)


def tell_notes(scene: Scene, meeting: Meeting) -> None:
    send_notes(scene.session, curator(scene), meeting.id, scene.now)
    [post] = scene.posts(PostKind.NOTES, about=meeting.id)
    deliver(post, scene.now)
    post.place = scene.consortium.channel_id
    scene.session.flush()


def held_before(scene: Scene, *days: date) -> list[Meeting]:
    host = scene.collaborative("CCSJ")
    return [a_meeting(scene.session, host, day=day) for day in days]


def test_before_any_meeting_was_held_there_is_nothing_to_look_back_at(scene: Scene) -> None:
    scene.propose()
    assert seen(scene) == LookBackSeen(scene.consortium.channel_id)
    for deed in (ask_for_it, post_it):
        with refusal("No meeting has been held yet"):
            deed(scene.session, curator(scene), scene.now)
    assert scene.posts(PostKind.LOOK_BACK) == []


def test_of_one_quarter_it_tells_what_came_in_and_what_was_on_the_agenda(scene: Scene) -> None:
    meeting, [rents, cuts, van, _tours] = meeting_held(scene, "Rents", "Cuts", "Van", "Tours")
    scene.clock.strikes("2027-01-21 12:05")
    scene.propose("For April")  # after the meeting: of the quarter to come
    for item, what in ((rents, Became.DONE), (cuts, Became.AGAIN), (van, Became.NOT_REACHED)):
        became(scene, meeting, item, what)
    tell_notes(scene, meeting)
    quarter = QuarterSeen(
        meeting.day, 4, 4, Planned(40), talked_about=2, not_reached=1, not_needed=0, not_written=1
    )
    assert seen(scene).quarters == (quarter,)
    assert fates(scene) == {Fate.DONE: 1, Fate.AGAIN: 1, Fate.NOT_REACHED: 1, Fate.NOT_WRITTEN: 1}


def test_a_quarter_goes_from_the_meeting_before_to_the_end_of_its_own(scene: Scene) -> None:
    [last] = held_before(scene, DAYS[-1])
    member, ended = scene.actor("U0MEMBER").person, ends_at(scene.consortium, last)
    for moment in (ended, ended + timedelta(seconds=1)):
        an_item(scene.session, member, submitted_at=moment)
    meeting_held(scene)
    assert [(one.day, one.came_in) for one in seen(scene).quarters] == [(last.day, 1), (date(2027, 1, 21), 1)]


def test_of_many_quarters_the_last_four_are_told_the_earliest_first(scene: Scene) -> None:
    earlier = held_before(scene, *DAYS)
    member, ended = scene.actor("U0MEMBER").person, ends_at(scene.consortium, earlier[1])
    for moment in (ended, ended - timedelta(days=1000)):
        an_item(scene.session, member, submitted_at=moment)
    meeting_held(scene)
    assert [one.day for one in seen(scene).quarters] == [*DAYS[2:], date(2027, 1, 21)]
    assert seen(scene).came_in == 0


def test_a_meeting_that_is_cancelled_or_under_way_ends_no_quarter(scene: Scene) -> None:
    held_before(scene, DAYS[-1])
    meeting, _ = meeting_held(scene, at="2027-01-21 11:59")
    assert len(seen(scene).quarters) == 1
    scene.clock.strikes(OVER)
    assert len(seen(scene).quarters) == 2
    meeting.state = MeetingState.CANCELLED
    scene.session.flush()
    assert len(seen(scene).quarters) == 1


def test_what_became_of_items_counts_once_everybody_has_the_notes(scene: Scene) -> None:
    meeting, [rents] = meeting_held(scene, "Rents")
    became(scene, meeting, rents, Became.DONE)
    assert fates(scene) == {Fate.NOT_WRITTEN: 1}
    assert seen(scene).quarters[0].talked_about == 0
    tell_notes(scene, meeting)
    assert fates(scene) == {Fate.DONE: 1}
    assert seen(scene).quarters[0].talked_about == 1


def test_a_decision_counts_once_its_proposer_has_heard_of_it(scene: Scene) -> None:
    meeting_held(scene)
    item = scene.propose("Rents")
    scene.clock.strikes("2027-04-10 10:00")
    turn_over(scene.session, scene.consortium, scene.now)
    bayview = scene.actor("U0RUTH", "T0OTHER")
    held_before(scene, date(2027, 3, 1))
    leave_out(scene.session, bayview, item.id, scene.now, Reason.OTHER, None)
    assert fates(scene) == {Fate.WAITING: 1}
    assert seen(scene).waited_days is None
    scene.tell(item)
    assert fates(scene) == {Fate.NOT_TAKEN: 1}


STATES = {
    ItemState.WAITING: Fate.WAITING,
    ItemState.HELD: Fate.HELD,
    ItemState.NOT_TAKEN: Fate.NOT_TAKEN,
    ItemState.RESTING: Fate.RESTING,
    ItemState.SOLVED: Fate.SOLVED,
    ItemState.WITHDRAWN: Fate.WITHDRAWN,
    ItemState.ON_AGENDA: Fate.ON_AGENDA,
}


def test_each_state_is_a_fate_and_a_draft_never_came_in(scene: Scene) -> None:
    [held] = held_before(scene, DAYS[-1])
    member, before = scene.actor("U0MEMBER").person, scene.now - timedelta(days=200)
    for state in ItemState:
        came_in = None if state == ItemState.DRAFT else before
        an_item(
            scene.session, member, state=state, submitted_at=came_in, told_at=scene.now, meeting=scene.meeting
        )
    assert fates(scene) == dict.fromkeys(STATES.values(), 1)
    assert list(fates(scene)) == [fate for fate in Fate if fate in STATES.values()]
    assert seen(scene).quarters[0].on_agenda == 0, held.day


def test_a_copy_is_no_other_item_and_one_that_was_erased_counts_on(scene: Scene) -> None:
    meeting, [rents, cuts] = meeting_held(scene, "Rents", "Cuts")
    became(scene, meeting, rents, Became.AGAIN)
    became(scene, meeting, cuts, Became.DONE)
    tell_notes(scene, meeting)
    before = seen(scene)
    assert (before.came_in, fates(scene)) == (2, {Fate.AGAIN: 1, Fate.DONE: 1})
    whom = those_called(scene.session, "", "U0MEMBER")
    erase(scene.session, scene.consortium, whom, Neutral("somebody", "something", "something"), scene.now)
    scene.session.expire_all()
    assert seen(scene) == before


def test_what_goes_together_has_one_place_on_the_agenda_and_became_the_same(scene: Scene) -> None:
    first, second = (scene.propose(title, minutes=10) for title in ("Rents", "Rent"))
    join(scene.session, curator(scene), second.id, scene.now, other_id=first.id)
    add_to_agenda(scene.session, curator(scene), first.id, scene.now)
    meeting, _ = meeting_held(scene)
    became(scene, meeting, first, Became.DONE)
    tell_notes(scene, meeting)
    [quarter] = seen(scene).quarters
    assert (quarter.came_in, quarter.on_agenda, quarter.planned) == (2, 1, Planned(10))
    assert fates(scene) == {Fate.DONE: 2}


def test_minutes_are_those_that_its_host_planned_and_of_what_went_on_those_it_was_brought_with(
    scene: Scene,
) -> None:
    meeting, [rents, cuts] = meeting_held(scene, "Rents", "Cuts")
    for item in (rents, cuts):
        item.placed_minutes = 30
    scene.session.flush()
    assert seen(scene).quarters[0].planned == Planned(60)
    became(scene, meeting, cuts, Became.NOT_REACHED)
    assert seen(scene).quarters[0].planned == Planned(40)
    cuts.placed_minutes = 45  # by the next host
    scene.session.flush()
    assert seen(scene).quarters[0].planned == Planned(40)
    cuts.minutes = None
    scene.session.flush()
    assert seen(scene).quarters[0].planned == Planned(30, without_length=1)


@pytest.mark.parametrize(
    ("waits", "days"),
    [
        ([], None),
        ([timedelta(days=3)], None),
        ([timedelta(0), timedelta(0)], 1),
        ([timedelta(days=3, hours=1), timedelta(days=90)], 4),
        ([timedelta(days=1), timedelta(days=2), timedelta(days=30)], 3),
        ([timedelta(days=-1), timedelta(days=-1)], 1),  # a clock was wrong
    ],
)
def test_half_of_them_waited_less_than_it_says(
    scene: Scene, waits: list[timedelta], days: int | None
) -> None:
    held_before(scene, DAYS[-1])
    came_in = scene.now - timedelta(days=200)
    for wait in waits:
        an_item(
            *(scene.session, scene.actor("U0MEMBER").person),
            state=ItemState.NOT_TAKEN,
            submitted_at=came_in,
            decided_at=came_in + wait,
            told_at=came_in + wait,
        )
    waits_on, untold = {"submitted_at": came_in}, {"submitted_at": came_in, "decided_at": scene.now}
    for about in (waits_on, untold | {"state": ItemState.NOT_TAKEN}):
        an_item(scene.session, scene.actor("U0MEMBER").person, **about)
    assert seen(scene).waited_days == days


def test_who_asks_gets_it_once_a_day_and_so_does_the_shared_channel(scene: Scene) -> None:
    meeting_held(scene)
    host = curator(scene)
    asked = [deed(scene.session, host, scene.now) for deed in (ask_for_it, ask_for_it, post_it)]
    assert asked == [
        AskedForLookBackSeen(is_for_everybody=False, is_new=True),
        AskedForLookBackSeen(is_for_everybody=False, is_new=False),
        AskedForLookBackSeen(is_for_everybody=True, is_new=True),
    ]
    assert post_it(scene.session, scene.actor("U0ADMIN"), scene.now).is_new is False
    owed = [*scene.posts(PostKind.LOOK_BACK), *scene.posts(PostKind.LOOK_BACK_FOR_ALL)]
    assert [post.place for post in owed] == ["U0CURATOR", "C0SHARED"]
    scene.clock.strikes(NEXT_DAY)
    assert ask_for_it(scene.session, host, scene.now).is_new
    assert post_it(scene.session, host, scene.now).is_new


NIGHTS = ["2027-01-22 20:00", "2027-01-23 12:00", "2027-01-24 23:59", "2027-01-25 07:59"]
"""From Friday evening until Monday morning."""


def test_what_everybody_gets_waits_until_they_are_awake_once_whenever_it_is_asked_for(scene: Scene) -> None:
    meeting_held(scene)
    scene.consortium.is_quiet = True
    host, zone = curator(scene), scene.consortium.timezone
    monday = datetime(2027, 1, 25, 8, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    for number, at in enumerate(NIGHTS):
        scene.clock.strikes(at)
        asked = post_it(scene.session, host, scene.now)
        assert asked.is_new is (number == 0)
        assert asked.waits_until == Moment(monday, zone)
        assert ask_for_it(scene.session, host, scene.now).waits_until is None
    [post] = scene.posts(PostKind.LOOK_BACK_FOR_ALL)
    assert put_off_for_quiet(scene.session, scene.consortium, post, NOISES, scene.now) == PutOff(60)
    scene.clock.strikes("2027-01-25 08:00")
    assert put_off_for_quiet(scene.session, scene.consortium, post, NOISES, scene.now) is None
    assert post_it(scene.session, host, scene.now) == AskedForLookBackSeen(
        is_for_everybody=True, is_new=False
    )


def test_where_nobody_wants_quiet_it_comes_at_once(scene: Scene) -> None:
    meeting_held(scene)
    scene.consortium.is_quiet = False
    scene.clock.strikes(NIGHTS[0])
    assert post_it(scene.session, curator(scene), scene.now).waits_until is None


def test_threads_that_wait_open_with_it_as_with_all_else_that_comes_to_the_channel() -> None:
    ends = KINDS[PostKind.LOOK_BACK_FOR_ALL].after_its_end
    assert ends is come_along


def test_what_was_for_everybody_goes_where_the_shared_channel_is_by_then(scene: Scene) -> None:
    meeting_held(scene)
    post_it(scene.session, curator(scene), scene.now)
    before, scene.consortium.channel_id = scene.consortium.channel_id, "C0FRESH"
    follow_shared_channel(scene.session, scene.consortium, before, scene.now)
    [post] = scene.posts(PostKind.LOOK_BACK_FOR_ALL)
    assert post.place == "C0FRESH"
    assert look_back_to_send(scene.session, scene.consortium, post, scene.now) == seen(scene)


def test_what_was_for_another_shared_channel_is_owed_no_longer(scene: Scene) -> None:
    meeting_held(scene)
    for deed in (ask_for_it, post_it):
        deed(scene.session, curator(scene), scene.now)
    scene.consortium.channel_id = "C0FRESH"
    [to_me], [to_all] = scene.posts(PostKind.LOOK_BACK), scene.posts(PostKind.LOOK_BACK_FOR_ALL)
    told = [look_back_to_send(scene.session, scene.consortium, post, scene.now) for post in (to_me, to_all)]
    assert told == [seen(scene), None]


def may(scene: Scene, actor: Actor) -> bool:
    return may_look_back(scene.session, actor, scene.now)


def test_the_teams_of_the_last_host_and_the_next_may_and_admins_and_nobody_else(scene: Scene) -> None:
    last_host, admin, member = curator(scene), scene.actor("U0ADMIN"), scene.actor("U0MEMBER")
    next_host, another = scene.actor("U0RUTH", "T0OTHER"), scene.actor("U0SAM")
    assert [one for one in (last_host, admin, member, next_host, another) if may(scene, one)] == [
        *(last_host, admin)
    ]
    meeting_held(scene)
    assert [one for one in (last_host, admin, member, next_host, another) if may(scene, one)] == [
        *(last_host, admin, next_host)
    ]


def test_it_is_offered_once_a_meeting_was_held_to_those_who_may(scene: Scene) -> None:
    assert not is_offered(scene.session, curator(scene), scene.now)
    meeting_held(scene)
    assert is_offered(scene.session, curator(scene), scene.now)
    assert not is_offered(scene.session, scene.actor("U0MEMBER"), scene.now)
