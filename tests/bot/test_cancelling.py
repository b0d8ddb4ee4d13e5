"""A meeting is cancelled: who was told of it hears so, what was brought goes on, and nothing is owed for it any more."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from bot.board import board
from bot.calls import owe_due_calls
from bot.cancelling import cancel, meeting_to_cancel
from bot.coming import say_whether_one_comes
from bot.decisions import add_to_agenda, decide_for, hold, item_to_leave_out, leave_out
from bot.errors import NothingChanged
from bot.expected import OF_A_MEETING, SAY_SO, UNTIL_CANCELLED
from bot.meetings import arrange, arrangement_of, change, confirm, meeting_to_rearrange
from bot.publishing import publish
from bot.reminders import remind
from bot.rotation import turn_over, whose_turn
from bot.timetable import is_closed, stage_of
from storage.database import Database
from storage.items import Item, ItemState, Reason
from storage.meetings import Meeting, MeetingState, Stage, meetings_from
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import Session
from tests.at_once import at_once
from tests.builders import Scene, a_post, a_scene, an_arrangement, deliver, post_at
from tests.clock import FrozenClock
from tests.drawn import draw
from tests.refusals import refusal

JANUARY, APRIL = date(2027, 1, 21), date(2027, 4, 15)
HOSTS, NEXT_HOSTS = ["U0CURATOR", "U0DEPUTY"], ["U0RUTH"]

Deed = Callable[[Scene, Meeting], object]


def host(scene: Scene):
    return scene.actor("U0CURATOR")


def cancelled(scene: Scene, by: str = "U0CURATOR") -> Meeting:
    meeting = scene.meeting
    cancel(scene.session, scene.actor(by), meeting.id, scene.now)
    return meeting


def with_another(scene: Scene, day: date = APRIL, **where: str) -> Meeting:
    bayview = scene.collaborative("Bayview")
    return arrange(scene.session, scene.consortium, bayview, an_arrangement(day=day, **where), scene.now)


def words(scene: Scene, post: Post) -> str:
    message = draw(scene.session, post, scene.now)
    return message.text if message else ""


def told(scene: Scene, kind: PostKind) -> dict[str, str]:
    """By place, what is said there."""
    return {post.place: words(scene, post) for post in scene.posts(kind)}


def delivered(scene: Scene, *kinds: PostKind) -> list[Post]:
    posts = [post for kind in kinds for post in scene.posts(kind)]
    for post in posts:
        deliver(post, scene.now)
    scene.session.flush()
    return posts


@pytest.mark.parametrize(
    ("moment", "stage"),
    [
        ("2027-01-21 09:59", Stage.SET),
        ("2027-01-21 10:00", Stage.BEGUN),
        ("2027-01-21 11:59", Stage.BEGUN),
        ("2027-01-21 12:00", Stage.OVER),
    ],
)
def test_a_meeting_is_in_one_state_at_a_time(scene: Scene, moment: str, stage: Stage) -> None:
    meeting = scene.meeting
    scene.clock.strikes(moment)
    assert stage_of(scene.consortium, meeting, scene.now) is stage
    assert stage.is_to_come is (stage is Stage.SET)
    meeting.state = MeetingState.PROPOSED
    assert (stage_of(scene.consortium, meeting, scene.now) is Stage.PROPOSED) is stage.is_to_come
    meeting.state = MeetingState.CANCELLED
    assert stage_of(scene.consortium, meeting, scene.now) is Stage.CANCELLED
    assert is_closed(scene.consortium, meeting, scene.now)


@pytest.mark.parametrize(
    ("moment", "why"),
    [
        ("2027-01-21 09:59", ""),
        ("2027-01-21 10:00", "has begun, so it stays as it is"),
        ("2027-01-21 12:00", "is over"),
    ],
)
def test_it_can_be_cancelled_until_it_begins(scene: Scene, moment: str, why: str) -> None:
    meeting = scene.meeting
    scene.clock.strikes(moment)
    if not why:
        meeting_to_cancel(scene.session, host(scene), meeting.id, scene.now)
        assert cancelled(scene).cancelled_at == scene.now
        return
    for verb in (cancel, meeting_to_cancel):
        with refusal(why):
            verb(scene.session, host(scene), meeting.id, scene.now)
    assert meeting.state == MeetingState.SET


def test_a_second_time_changes_nothing(scene: Scene) -> None:
    meeting = cancelled(scene)
    owed = len(scene.posts(PostKind.CANCELLED_FOR_ONE)), len(known(scene))
    with refusal("January 21, 2027 is cancelled"):
        cancel(scene.session, scene.actor("U0ADMIN"), meeting.id, scene.now)
    assert (len(scene.posts(PostKind.CANCELLED_FOR_ONE)), len(known(scene))) == owed


def test_one_that_has_moved_since_its_form_was_opened_is_not_cancelled(scene: Scene) -> None:
    meeting = scene.meeting
    change(scene.session, host(scene), meeting.id, an_arrangement(day=date(2027, 1, 28)), scene.now)
    with refusal("has moved. It is on Thursday, January 28, 2027 now"):
        cancel(scene.session, host(scene), meeting.id, scene.now, JANUARY)
    cancel(scene.session, host(scene), meeting.id, scene.now, meeting.day)


def test_of_two_who_cancel_at_once_the_second_hears_so(database: Database, clock: FrozenClock) -> None:
    with database.transaction() as session:
        scene = a_scene(session, clock)
        meeting_id, ours = scene.meeting.id, scene.consortium.id

    def cancels(user_id: str) -> Callable[[Session], object]:
        def unit(session: Session) -> object:
            scene = Scene.found(session, clock)
            return cancel(session, scene.actor(user_id), meeting_id, scene.now)

        return unit

    _first, second = at_once(database, cancels("U0CURATOR"), cancels("U0DEPUTY"), ours)
    assert "is cancelled" in str(second)


@pytest.mark.parametrize("is_first", [True, False], ids=["decided first", "cancelled first"])
def test_what_is_decided_while_it_is_cancelled_goes_on_undecided(
    database: Database, clock: FrozenClock, *, is_first: bool
) -> None:
    with database.transaction() as session:
        scene = a_scene(session, clock)
        item_id, meeting_id, ours = scene.propose().id, scene.meeting.id, scene.consortium.id

    def decides(session: Session) -> object:
        scene = Scene.found(session, clock)
        about = {"meeting_id": meeting_id, "decide": add_to_agenda}
        return decide_for(session, host(scene), item_id, scene.now, **about)

    def cancels(session: Session) -> object:
        scene = Scene.found(session, clock)
        return cancel(session, scene.actor("U0ADMIN"), meeting_id, scene.now)

    deeds = (decides, cancels) if is_first else (cancels, decides)
    _first, second = at_once(database, *deeds, ours)
    assert isinstance(second, NothingChanged) is not is_first
    with database.transaction(ours) as session:
        item = session.get_one(Item, item_id)
        assert (item.state, item.meeting and item.meeting.day) == (ItemState.WAITING, APRIL)
        told = [post.state for post in Scene.found(session, clock).posts(PostKind.OUTCOME, about=item_id)]
        assert set(told) <= {PostState.NOT_NEEDED}


def known(scene: Scene) -> list[tuple[date, str, MeetingState]]:
    return [
        (meeting.day, meeting.host.name, meeting.state) for meeting in meetings_from(scene.session, date.min)
    ]


def test_each_who_was_told_hears_of_it_once(scene: Scene) -> None:
    with_another(scene)
    brought = scene.propose("First"), scene.propose("Second")
    add_to_agenda(scene.session, host(scene), brought[0].id, scene.now)
    for somebody in ("U0MEMBER", "U0KOFI"):
        remind(scene.session, scene.actor(somebody), scene.now)
    sam = scene.actor("U0SAM")
    say_whether_one_comes(scene.session, sam, scene.meeting.id, scene.now, comes=True)
    cancelled(scene)

    everybody = told(scene, PostKind.CANCELLED_MEETING)
    assert list(everybody) == ["C0SHARED"]
    for said in ("We do not meet on Thursday, January 21, 2027", "Thursday, April 15, 2027", "Bayview hosts"):
        assert said in everybody["C0SHARED"]
    assert sorted(told(scene, PostKind.CANCELLED_FOR_ONE)) == ["U0DEPUTY", "U0KOFI", "U0MEMBER", "U0SAM"]


def test_an_admin_who_cancels_is_heard_by_all_who_were_to_decide(scene: Scene) -> None:
    cancelled(scene, by="U0ADMIN")
    assert sorted(told(scene, PostKind.CANCELLED_FOR_ONE)) == HOSTS


def test_where_nothing_told_of_it_the_channel_hears_nothing(scene: Scene) -> None:
    later = with_another(scene)
    seen = meeting_to_cancel(scene.session, scene.actor("U0RUTH"), later.id, scene.now)
    assert seen.is_told_in_channel is False
    cancel(scene.session, scene.actor("U0RUTH"), later.id, scene.now)
    assert told(scene, PostKind.CANCELLED_MEETING) == {}


@pytest.mark.parametrize("kind", [PostKind.CALL, PostKind.AGENDA, PostKind.MOVED_MEETING])
def test_where_anything_in_the_channel_told_of_it_the_channel_hears(scene: Scene, kind: PostKind) -> None:
    later = with_another(scene)
    out = {"kind": kind, "subject_id": later.id, "place": "C0SHARED"}
    deliver(a_post(scene.session, scene.consortium, "told before", **out), scene.now)
    cancel(scene.session, scene.actor("U0RUTH"), later.id, scene.now)
    assert list(told(scene, PostKind.CANCELLED_MEETING)) == ["C0SHARED"]


def test_where_nobody_knows_whether_anything_told_of_it_the_channel_hears(scene: Scene) -> None:
    """Nobody is asked any more whether that is there."""
    later = with_another(scene)
    about = {"kind": PostKind.AGENDA, "subject_id": later.id, "place": "C0SHARED"}
    a_post(scene.session, scene.consortium, "told, or not", state=PostState.UNKNOWN, **about)
    cancel(scene.session, scene.actor("U0RUTH"), later.id, scene.now)
    assert list(told(scene, PostKind.CANCELLED_MEETING)) == ["C0SHARED"]


def test_the_word_that_waited_until_its_day_had_passed_is_no_news(scene: Scene) -> None:
    cancelled(scene)
    scene.clock.strikes("2027-01-21 12:00")
    assert told(scene, PostKind.CANCELLED_MEETING) == {"C0SHARED": ""}


def test_what_was_brought_goes_on_and_what_was_decided_for_it_stands_no_more(scene: Scene) -> None:
    later = with_another(scene)
    waiting, taken, untold, held, declined = map(scene.propose, ("1", "2", "3", "4", "5"))
    for item in (taken, untold):
        add_to_agenda(scene.session, host(scene), item.id, scene.now)
    hold(scene.session, host(scene), held.id, scene.now)
    leave_out(scene.session, host(scene), declined.id, scene.now, Reason.TOO_FULL, None)
    for item in (taken, held, declined):
        scene.tell(item)
    meeting = cancelled(scene)

    for item in (waiting, taken, untold, held):
        assert (item.meeting, item.state, item.is_carried_over) == (later, ItemState.WAITING, True)
        assert (item.position, item.decided_by, item.told_at) == (None, None, None)
        assert scene.cards(item) == dict.fromkeys(HOSTS, False) | {"U0RUTH": True}
    assert (declined.meeting, declined.state) == (meeting, ItemState.NOT_TAKEN)
    hears = {item.id: len(scene.posts(PostKind.CARRIED_OVER, about=item.id)) for item in brought(scene)}
    assert hears == {waiting.id: 1, taken.id: 1, untold.id: 1, held.id: 0, declined.id: 0}
    outcomes = {post.subject_id: post.state for post in scene.posts(PostKind.OUTCOME)}
    assert outcomes[untold.id] == PostState.NOT_NEEDED  # nobody hears that it is on an agenda of nothing


def brought(scene: Scene) -> list[Item]:
    return scene.session.query(Item).filter_by(consortium_id=scene.consortium.id).order_by(Item.id).all()


def test_where_no_other_is_set_the_next_quarterly_one_is_proposed_to_the_same_host(scene: Scene) -> None:
    item = scene.propose()
    assert scene.cards(item) == dict.fromkeys(HOSTS, True)
    cancelled(scene)
    turn_over(scene.session, scene.consortium, scene.now)

    assert known(scene) == [(APRIL, "CCSJ", MeetingState.PROPOSED)]  # their turn is still theirs
    assert item.meeting is scene.meeting
    [old, *_] = scene.posts(PostKind.CARD, about=item.id)
    assert "This is with CCSJ now, for Thu, Apr 15" in words(scene, old)


def hosted_by(scene: Scene, name: str, day: date) -> Meeting:
    wanted = an_arrangement(day=day)
    return arrange(scene.session, scene.consortium, scene.collaborative(name), wanted, scene.now)


def who_is_next_once_cancelled(scene: Scene, *meetings: Meeting) -> str:
    for meeting in meetings:
        cancel(scene.session, scene.actor("U0ADMIN"), meeting.id, scene.now)
        scene.clock.passes(hours=1)
    return known(scene)[-1][1]


def test_who_was_to_host_out_of_turn_still_has_their_turn(scene: Scene) -> None:
    meeting = hosted_by(scene, "Sunset", APRIL)
    scene.clock.strikes("2027-01-22 12:00")
    assert who_is_next_once_cancelled(scene, meeting) == "Sunset"
    assert known(scene)[-1] == (date(2027, 7, 15), "Sunset", MeetingState.PROPOSED)


def test_of_several_that_are_cancelled_the_host_of_the_last_to_be_has_its_turn(scene: Scene) -> None:
    january, april = scene.meeting, hosted_by(scene, "Sunset", APRIL)
    january.host = scene.collaborative("Mission")
    assert who_is_next_once_cancelled(scene, april, january) == "Mission"


@pytest.mark.parametrize(
    ("moment", "expected"), [("2026-12-02 12:00", "Bayview"), ("2026-12-04 12:00", "CCSJ")]
)
def test_who_has_hosted_since_it_was_cancelled_has_had_their_turn(
    scene: Scene, moment: str, expected: str
) -> None:
    january = scene.meeting
    hosted_by(scene, "CCSJ", date(2026, 12, 3))
    scene.clock.strikes(moment)
    who_is_next_once_cancelled(scene, january)
    scene.clock.strikes("2026-12-04 13:00")
    turn_over(scene.session, scene.consortium, scene.now)
    assert known(scene)[-1] == (APRIL, expected, MeetingState.PROPOSED)


def test_who_hosts_no_more_has_no_turn(scene: Scene) -> None:
    scene.meeting.host = scene.collaborative("Mission")
    scene.collaborative("Mission").position = None
    assert who_is_next_once_cancelled(scene, scene.meeting) == "CCSJ"


def test_while_nobody_could_host_another_what_was_brought_waits(scene: Scene) -> None:
    item = scene.propose()
    add_to_agenda(scene.session, host(scene), item.id, scene.now)
    for name in ("CCSJ", "Bayview", "Mission", "Sunset"):
        scene.collaborative(name).position = None
    scene.session.flush()
    delivered(scene, PostKind.CARD)
    meeting = cancelled(scene)
    [card, *_] = scene.posts(PostKind.CARD, about=item.id)

    assert card.state == PostState.DUE  # as an edit
    assert (item.meeting, item.state) == (meeting, ItemState.WAITING)
    assert "This meeting is cancelled. The item goes to the next host." in words(scene, card)
    assert "The next meeting is not set yet." in told(scene, PostKind.CANCELLED_MEETING)["C0SHARED"]
    with refusal("This meeting is cancelled. The item goes to the next host"):
        add_to_agenda(scene.session, host(scene), item.id, scene.now)
    another = with_another(scene)
    assert item.meeting is another
    assert "on Thu, Apr 15. Bayview will read it" in told(scene, PostKind.CARRIED_OVER)["U0MEMBER"]


def test_a_cancelled_meeting_leaves_its_day_to_another(scene: Scene) -> None:
    before = cancelled(scene)
    again = with_another(scene, JANUARY)
    assert (again.day, before.day) == (JANUARY, JANUARY)
    assert scene.meeting is again
    with refusal("There is a meeting on"):
        with_another(scene, JANUARY)
    assert whose_turn(scene.session, JANUARY).name == "CCSJ"


LATER = date(2027, 1, 28)


def test_of_a_move_that_nobody_heard_of_the_word_names_both_days(scene: Scene) -> None:
    change(scene.session, host(scene), scene.meeting.id, an_arrangement(day=LATER), scene.now)
    cancelled(scene)
    for kind in SAY_SO:
        for said in told(scene, kind).values():
            assert "We do not meet on Thursday, January 21" in said
            assert re.search("We do not meet on Thursday, January 28, .* either", said)


def test_of_a_move_that_was_told_the_word_names_the_new_day_alone(scene: Scene) -> None:
    change(scene.session, host(scene), scene.meeting.id, an_arrangement(day=LATER), scene.now)
    delivered(scene, PostKind.MOVED_MEETING)
    cancelled(scene)
    said = told(scene, PostKind.CANCELLED_MEETING)["C0SHARED"]
    assert ("January 28" in said, "January 21" in said) == (True, False)


ELSEWHERE = {"office": "100 Main St"}


def test_a_word_that_is_not_out_yet_is_owed_no_longer_if_we_meet_after_all_as_before(scene: Scene) -> None:
    before = cancelled(scene)
    places = {post.place: "" for kind in SAY_SO for post in scene.posts(kind)}
    again = arrange(scene.session, scene.consortium, before.host, arrangement_of(before), scene.now)
    assert told(scene, PostKind.CANCELLED_MEETING) | told(scene, PostKind.CANCELLED_FOR_ONE) == places
    again.host = scene.collaborative("Bayview")
    assert "Bayview hosts." in told(scene, PostKind.CANCELLED_FOR_ONE)["U0DEPUTY"]


def test_a_word_that_is_not_out_yet_says_where_we_meet_after_all(scene: Scene) -> None:
    cancelled(scene)
    with_another(scene, JANUARY, **ELSEWHERE)
    for kind in SAY_SO:
        for said in told(scene, kind).values():
            assert "We meet after all" in said
            assert "100 Main St" in said


@pytest.mark.parametrize("anew", ["added", "moved there"])
def test_whatever_says_it_is_cancelled_says_that_we_meet_after_all_while_we_do(
    scene: Scene, anew: str
) -> None:
    calls = told_of(scene, scene.meeting)
    for post in calls:
        deliver(post, scene.now)
    cancelled(scene)
    posts = [*calls, *delivered(scene, *SAY_SO)]
    for post in calls:
        deliver(post, scene.now)
    if anew == "added":
        again = with_another(scene, JANUARY, **ELSEWHERE)
    else:
        [again] = meetings_from(scene.session, JANUARY)
        change(scene.session, scene.actor("U0ADMIN"), again.id, an_arrangement(**ELSEWHERE), scene.now)
    assert {(post.kind, "We meet after all" in words(scene, post)) for post in posts} == {
        (kind, True) for kind in OF_A_MEETING
    }
    assert {post.state for post in posts} == {PostState.DUE}  # as edits
    for post in posts:
        deliver(post, scene.now)
    scene.session.flush()
    cancel(scene.session, scene.actor("U0ADMIN"), again.id, scene.now)
    for post in posts:
        scene.session.refresh(post)
        assert "We do not meet on Thursday, January 21, 2027" in words(scene, post), post.kind
        assert post.state == PostState.DUE, post.kind


OPEN: dict[str, Deed] = {
    "moved": lambda s, m: change(s.session, host(s), m.id, an_arrangement(day=APRIL), s.now),
    "opened to be changed": lambda s, m: meeting_to_rearrange(s.session, host(s), m.id, s.now),
    "confirmed": lambda s, m: confirm(s.session, host(s), m.id, s.now),
    "published": lambda s, m: publish(s.session, host(s), m.id, s.now),
}


@pytest.mark.parametrize("deed", OPEN.values(), ids=OPEN)
def test_buttons_of_a_cancelled_meeting_say_what_to_do_and_change_nothing(scene: Scene, deed: Deed) -> None:
    add_to_agenda(scene.session, host(scene), scene.propose().id, scene.now)
    later, meeting = with_another(scene, date(2027, 7, 15)), cancelled(scene)
    with refusal("January 21, 2027 is cancelled") as refused:
        deed(scene, meeting)
    assert "adds a meeting in /agenda setup" in str(refused.value.then)
    assert (later.day, later.state) == (date(2027, 7, 15), MeetingState.SET)
    assert board(scene.session, host(scene), meeting.id, scene.now).stage is Stage.CANCELLED


def test_a_button_to_decide_is_good_for_the_meeting_it_was_made_for(scene: Scene) -> None:
    """Also where the same people decide about the next one. One of before names no meeting, and is good as it was."""
    item, meeting = scene.propose(), cancelled(scene)
    assert scene.meeting.host is meeting.host

    def presses(meeting_id: int | None) -> object:
        about = {"meeting_id": meeting_id, "decide": add_to_agenda}
        return decide_for(scene.session, host(scene), item.id, scene.now, **about)

    for deed in (
        lambda: presses(meeting.id),
        lambda: item_to_leave_out(scene.session, host(scene), item.id, scene.now, meeting.id),
    ):
        with refusal(
            "was for the meeting on Thursday, January 21, 2027. The item is with CCSJ now, for Thursday, April 15"
        ):
            deed()
    assert item.state == ItemState.WAITING
    presses(None)
    assert item.state == ItemState.ON_AGENDA


@pytest.mark.parametrize("number", ["its meeting's", "nobody's"])
def test_a_button_of_its_own_meeting_decides(scene: Scene, number: str) -> None:
    item = scene.propose()
    meeting_id = scene.meeting.id if number == "its meeting's" else 10**6
    decide_for(scene.session, host(scene), item.id, scene.now, meeting_id=meeting_id, decide=hold)
    assert item.state == ItemState.HELD


def told_of(scene: Scene, meeting: Meeting) -> list[Post]:
    """One of each kind that tells of a meeting, as it stands in Slack."""
    posts = []
    for kind in UNTIL_CANCELLED:
        is_for_all = kind in (PostKind.CALL, PostKind.AGENDA, PostKind.MOVED_MEETING)
        place = "C0SHARED" if is_for_all else "U0CURATOR"
        about = {"kind": kind, "subject_id": meeting.id, "place": place}
        posts.append(a_post(scene.session, scene.consortium, f"{kind} of it", **about))
    return posts


def test_whatever_told_of_it_says_in_its_place_that_it_is_cancelled(scene: Scene) -> None:
    meeting = scene.meeting
    posts = told_of(scene, meeting)
    for post in posts:
        deliver(post, scene.now)
    scene.session.flush()
    cancelled(scene)
    for post in posts:
        scene.session.refresh(post)
        message = draw(scene.session, post, scene.now)
        assert post.state == PostState.DUE, post.kind  # as an edit
        assert message is not None, post.kind
        assert "We do not meet on Thursday, January 21, 2027" in message.text
        assert "actions" not in {block["type"] for block in message.blocks}


def test_what_was_not_told_of_it_yet_is_owed_no_longer(scene: Scene) -> None:
    meeting = scene.meeting
    keys = [post.key for post in told_of(scene, meeting)]
    cancelled(scene)
    scene.session.expire_all()
    assert {post_at(scene.session, key).state for key in keys} == {PostState.NOT_NEEDED}


def test_nobody_is_called_for_it_and_no_call_counts_as_missed(scene: Scene) -> None:
    later = with_another(scene, date(2027, 1, 28))
    scene.clock.strikes("2027-01-15 12:00")
    owe_due_calls(scene.session, scene.consortium, scene.now)
    before = [(post.key, post.state) for post in scene.posts(PostKind.CALL) if post.state != PostState.DUE]
    troubles = len(scene.posts(PostKind.UNDELIVERED))
    cancelled(scene)
    owe_due_calls(scene.session, scene.consortium, scene.now)
    assert {post.state for post in scene.posts(PostKind.CALL)} == {PostState.MISSED, PostState.NOT_NEEDED}
    assert [
        (one.key, one.state) for one in scene.posts(PostKind.CALL) if one.state == PostState.MISSED
    ] == before
    assert len(scene.posts(PostKind.UNDELIVERED)) == troubles
    scene.clock.strikes("2027-01-27 10:00")
    owe_due_calls(scene.session, scene.consortium, scene.now)
    assert later.id in {post.subject_id for post in scene.posts(PostKind.CALL)}
