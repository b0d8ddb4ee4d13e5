"""Follow-ups: the host writes down who does what by when, its owner is reminded once, and says what became of it."""

from datetime import date, time, timedelta

import pytest

from bot.after_meeting import Listed, what_became
from bot.audiences import EVERYBODY, hosts, reader
from bot.cards import tell_that_nobody_has
from bot.decisions import leave_out
from bot.doors import notice_what_is_over
from bot.errors import UserError
from bot.follow_ups import MOST_OF_AN_ITEM, Agreed, agree, take_out, to_agree
from bot.leaving import erase, everything_about, those_called
from bot.notes import listed
from bot.own_follow_ups import (
    OWN_ON_A_PAGE,
    Read,
    Said,
    decline,
    done,
    later,
    own_follow_ups,
    said_on_page,
    take_up_again,
)
from bot.participation import Identity
from bot.people import Actor
from bot.quiet import put_off_for_quiet
from bot.removal import remove_words
from bot.results import send_notes
from bot.seen.results import Became
from handlers.delivery.kinds import KINDS, NOISES
from handlers.delivery.saying import saying_and_instead
from handlers.words import in_words
from storage.follow_ups import FollowUp
from storage.former import Neutral
from storage.items import Item, Reason
from storage.meetings import Meeting, MeetingState
from storage.outcomes import PutOff
from storage.people import Who
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from tests.bot.hosting import OVER, curator, meeting_held
from tests.bot.test_results import became
from tests.builders import Scene, a_follow_up, deliver
from tests.clock import SAN_FRANCISCO
from tests.drawn import draw
from tests.refusals import refusal

OWNER = Who("T0SISTER", "U0MEMBER")
OTHER = Who("T0OTHER", "U0RUTH")
DAY = date(2027, 2, 8)  # a Monday
THE_FRIDAY_BEFORE = "2027-02-05 10:00"


def agreed(
    scene: Scene,
    meeting: Meeting,
    item: Item,
    words: str = "Call the clinic",
    owner: Who = OWNER,
    due_on: date = DAY,
    follow_up: FollowUp | None = None,
) -> FollowUp:
    """The follow-up, as the host writes it down or changes it."""
    said = Agreed(words, owner, due_on, identity_of(owner))
    known = follow_up.id if follow_up else None
    agree(scene.session, curator(scene), Listed(meeting.id, item.id), said, scene.now, known)
    if follow_up is not None:
        return follow_up
    return scene.session.query(FollowUp).order_by(FollowUp.id.desc()).first() or pytest.fail("none")


def identity_of(who: Who) -> Identity:
    return Identity(who.team_id, name=None, is_bot=False, is_deactivated=False)


def reminders(scene: Scene, follow_up: FollowUp) -> list[tuple[str, PostState]]:
    return [(post.place, post.state) for post in scene.posts(PostKind.FOLLOW_UP, about=follow_up.id)]


def told(scene: Scene, post: Post) -> str:
    message = draw(scene.session, post, scene.now)
    return message.text if message else ""


def notes_of(scene: Scene, meeting: Meeting) -> str:
    send_notes(scene.session, curator(scene), meeting.id, scene.now)
    [post] = scene.posts(PostKind.NOTES, about=meeting.id)
    deliver(post, scene.now)
    return told(scene, post)


def owner(scene: Scene, who: Who = OWNER) -> Actor:
    return scene.actor(who.user_id, who.team_id)


def test_what_is_agreed_stands_under_its_item_which_was_talked_about(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    agreed(scene, meeting, item)
    [one] = what_became(scene.session, curator(scene), meeting.id, scene.now).results.shown
    assert one.became is Became.DONE
    assert [(each.words, each.due_on, each.is_open) for each in one.follow_ups] == [
        ("Call the clinic", DAY, True)
    ]
    assert "Call the clinic (by Mon, Feb 8)" in notes_of(scene, meeting)


def test_what_goes_on_keeps_that_it_was_not_reached(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    became(scene, meeting, item, Became.NOT_REACHED)
    agreed(scene, meeting, item)
    [one] = what_became(scene.session, curator(scene), meeting.id, scene.now).results.shown
    assert one.became is Became.NOT_REACHED


def test_its_owner_is_reminded_once_on_the_working_day_before(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    follow_up = agreed(scene, meeting, item)
    agreed(scene, meeting, item, "Call the clinic twice", follow_up=follow_up)
    [post] = scene.posts(PostKind.FOLLOW_UP, about=follow_up.id)
    assert post.place == "U0MEMBER"
    scene.clock.strikes(THE_FRIDAY_BEFORE)
    assert post.due_at == scene.now
    assert "Call the clinic twice" in told(scene, post)


@pytest.mark.parametrize("day", [date(2027, 1, 21), date(2027, 1, 22)])
def test_of_what_is_due_at_once_its_owner_hears_as_the_notes_go(scene: Scene, day: date) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    notice_what_is_over(scene.session, scene.consortium, scene.now)
    follow_up = agreed(scene, meeting, item, due_on=day)
    [post] = scene.posts(PostKind.FOLLOW_UP, about=follow_up.id)
    [notes] = scene.posts(PostKind.NOTES, about=meeting.id)
    assert post.due_at == notes.due_at > scene.now
    send_notes(scene.session, curator(scene), meeting.id, scene.now)
    scene.session.refresh(post)
    assert post.due_at == scene.now
    deliver(notes, scene.now)
    later_one = agreed(scene, meeting, item, due_on=day)
    [post] = scene.posts(PostKind.FOLLOW_UP, about=later_one.id)
    assert post.due_at == scene.now


@pytest.mark.parametrize("gone", ["left_at", "deactivated_at"])
def test_where_its_owner_is_gone_by_the_reminder_the_host_is_told_that_nobody_has_it(
    scene: Scene, gone: str
) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    follow_up = agreed(scene, meeting, item)
    [post] = scene.posts(PostKind.FOLLOW_UP, about=follow_up.id)
    setattr(owner(scene).person, gone, scene.now)
    scene.clock.strikes(THE_FRIDAY_BEFORE)
    assert told(scene, post) == ""
    KINDS[PostKind.FOLLOW_UP].after_its_end(scene.session, post, scene.now)
    asked, _other = scene.posts(PostKind.FOLLOW_UP_DECLINED, about=follow_up.id)
    assert "Nobody has this follow-up any more." in told(scene, asked)


def test_in_an_organization_with_several_workspaces_a_corrected_word_opens_nothing_again(
    scene: Scene,
) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    follow_up = agreed(scene, meeting, item)
    done(scene.session, owner(scene), Read(follow_up.id), scene.now)
    home = Identity("T0BIG", None, is_bot=False, is_deactivated=False, teams=frozenset({"T0SISTER"}))
    said = Agreed("Call the clinic twice", Who("T0BIG", "U0MEMBER"), DAY, home)
    agree(scene.session, curator(scene), Listed(meeting.id, item.id), said, scene.now, follow_up.id)
    assert (follow_up.owner_id, follow_up.done_at) == (owner(scene).person.id, scene.now)


@pytest.mark.parametrize(
    ("day", "why"), [(date(2027, 1, 20), "is over"), (date(2028, 1, 23), "more than a year away")]
)
def test_a_day_that_is_over_or_too_far_away_is_refused_at_its_field(
    scene: Scene, day: date, why: str
) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    with pytest.raises(UserError) as refused:
        agreed(scene, meeting, item, due_on=day)
    assert (refused.value.field, why in in_words(refused.value.words)) == ("due_on", True)


def test_who_has_left_the_shared_channel_gets_nothing_to_do(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    owner(scene).person.left_at = scene.now
    with pytest.raises(UserError) as refused:
        agreed(scene, meeting, item)
    assert refused.value.field == "owner"


def test_an_item_has_so_many_and_no_more(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    for number in range(MOST_OF_AN_ITEM):
        agreed(scene, meeting, item, f"Call {number}")
    with refusal("at most"):
        to_agree(scene.session, curator(scene), Listed(meeting.id, item.id), scene.now)


def test_the_other_meeting_s_item_and_a_follow_up_of_another_item_are_refused(scene: Scene) -> None:
    meeting, [rents, cuts] = meeting_held(scene, "Rents", "Cuts")
    later_item = scene.propose("Brought since")
    with refusal("can't write about this item here"):
        agreed(scene, meeting, later_item)
    follow_up = agreed(scene, meeting, rents)
    with refusal("no longer here"):
        agreed(scene, meeting, cuts, follow_up=follow_up)
    with refusal("no longer here"):
        take_out(scene.session, curator(scene), Listed(meeting.id, cuts.id), follow_up.id, scene.now)


def test_before_the_meeting_is_over_nothing_is_agreed(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents", at="2027-01-21 10:00")
    with refusal("is not over"):
        agreed(scene, meeting, item)


def test_what_is_given_to_somebody_else_is_no_longer_on_the_list_of_the_first(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    follow_up = agreed(scene, meeting, item)
    [first] = scene.posts(PostKind.FOLLOW_UP, about=follow_up.id)
    deliver(first, scene.now)
    agreed(scene, meeting, item, owner=OTHER, follow_up=follow_up)
    assert own_follow_ups(scene.session, owner(scene), scene.now).follow_ups.count == 0
    assert own_follow_ups(scene.session, owner(scene, OTHER), scene.now).follow_ups.count == 1
    assert "not with you any more" in told(scene, first)
    assert ("U0RUTH", PostState.DUE) in reminders(scene, follow_up)


@pytest.mark.parametrize(
    ("stands", "then"),
    [
        (PostState.SENT, "who has it again"),
        (PostState.NOT_NEEDED, "who has it again"),
        (PostState.NOT_NEEDED, "who reads other words"),
    ],
)
def test_the_reminder_rings_again_for_who_has_it_again_and_a_deleted_one_not_for_other_words(
    scene: Scene, stands: PostState, then: str
) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    follow_up = agreed(scene, meeting, item)
    scene.clock.strikes(THE_FRIDAY_BEFORE)
    [post] = scene.posts(PostKind.FOLLOW_UP, about=follow_up.id)
    deliver(post, scene.now)
    if then == "who has it again":
        agreed(scene, meeting, item, owner=OTHER, follow_up=follow_up)
    scene.session.flush()
    scene.session.refresh(post)
    deliver(post, scene.now)
    post.state = stands
    scene.session.flush()
    agreed(scene, meeting, item, "Call them", follow_up=follow_up)
    scene.session.expire_all()
    unread = [
        one
        for one in scene.posts(PostKind.FOLLOW_UP, about=follow_up.id)
        if one.state == PostState.DUE and not one.ts
    ]
    assert [one.place for one in unread] == ([post.place] if then == "who has it again" else [])


@pytest.mark.parametrize("is_read", [True, False])
def test_who_has_it_again_hears_so_also_while_another_edit_is_owed(scene: Scene, *, is_read: bool) -> None:
    """The other one gives it back, so each message is drawn anew."""
    meeting, [item] = meeting_held(scene, "Rents")
    follow_up = agreed(scene, meeting, item)
    scene.clock.strikes(THE_FRIDAY_BEFORE)
    [post] = scene.posts(PostKind.FOLLOW_UP, about=follow_up.id)
    deliver(post, scene.now, ts="7.1")
    agreed(scene, meeting, item, owner=OTHER, follow_up=follow_up)
    scene.session.refresh(post)
    if is_read:
        deliver(post, scene.now, ts="7.1")
    decline(scene.session, owner(scene, OTHER), Read(follow_up.id), scene.now)
    agreed(scene, meeting, item, follow_up=follow_up)
    scene.session.refresh(post)
    assert (post.state, post.ts) == (PostState.DUE, "7.1"), "it is edited where it stands"
    told = [one.ts for one in scene.posts(PostKind.FOLLOW_UP, about=follow_up.id) if one.place == post.place]
    assert told == (["7.1", None] if is_read else ["7.1"])


def test_what_is_taken_out_is_gone_everywhere(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    follow_up = agreed(scene, meeting, item)
    assert "clinic" in notes_of(scene, meeting)
    [reminder] = scene.posts(PostKind.FOLLOW_UP, about=follow_up.id)
    deliver(reminder, scene.now)
    take_out(scene.session, curator(scene), Listed(meeting.id, item.id), follow_up.id, scene.now)
    [notes] = scene.posts(PostKind.NOTES, about=meeting.id)
    scene.session.refresh(notes)
    assert notes.state == PostState.DUE
    assert "clinic" not in told(scene, notes) + told(scene, reminder)
    with refusal("no longer here"):
        done(scene.session, owner(scene), Read(follow_up.id), scene.now)


def test_before_the_notes_are_sent_only_its_owner_and_the_host_s_team_see_it(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    agreed(scene, meeting, item)
    assert own_follow_ups(scene.session, owner(scene), scene.now).follow_ups.count == 1
    assert own_follow_ups(scene.session, owner(scene, OTHER), scene.now).follow_ups.count == 0
    readers = {
        "owner": reader(owner(scene).person.id),
        "host": hosts(meeting.host_id),
        "another": reader(owner(scene, OTHER).person.id),
        "everybody": EVERYBODY,
    }
    who_sees = {
        name
        for name, audience in readers.items()
        for one in listed(scene.session, meeting, audience, are_everybodys=False).shown
        if one.follow_ups
    }
    assert who_sees == {"owner", "host"}


def test_what_is_done_is_off_the_list_and_can_be_put_back(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    follow_up = agreed(scene, meeting, item)
    done(scene.session, owner(scene), Read(follow_up.id), scene.now)
    assert reminders(scene, follow_up) == [("U0MEMBER", PostState.NOT_NEEDED)]
    with refusal("You said that this is done"):
        later(scene.session, owner(scene), Read(follow_up.id), scene.now)
    take_up_again(scene.session, owner(scene), Read(follow_up.id), scene.now)
    assert reminders(scene, follow_up) == [("U0MEMBER", PostState.DUE)]
    with refusal("is on your list"):
        take_up_again(scene.session, owner(scene), Read(follow_up.id), scene.now)
    assert own_follow_ups(scene.session, owner(scene), scene.now).follow_ups.count == 1


def test_on_the_page_of_ones_own_the_rest_of_it_stays(scene: Scene) -> None:
    meeting, [rents, cuts] = meeting_held(scene, "Rents", "Cuts")
    follow_up = agreed(scene, meeting, rents)
    agreed(scene, meeting, cuts, "Call the others")
    one, rest = said_on_page(scene.session, owner(scene), Read(follow_up.id), scene.now, done, page=0)
    assert one.is_done
    assert [each.words for each in rest.follow_ups.shown] == ["Call the others"]


def test_nobody_but_its_owner_reads_that_it_is_done_or_put_off(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    follow_up = agreed(scene, meeting, item)
    before = notes_of(scene, meeting)
    [notes] = scene.posts(PostKind.NOTES, about=meeting.id)
    later(scene.session, owner(scene), Read(follow_up.id), scene.now)
    assert told(scene, notes) == before
    done(scene.session, owner(scene), Read(follow_up.id), scene.now)
    assert (told(scene, notes), notes.state) == (before, PostState.SENT)


@pytest.mark.parametrize(
    ("at", "then"),
    [
        (OVER, date(2027, 2, 15)),
        ("2027-02-08 09:00", date(2027, 2, 15)),
        ("2027-02-20 09:00", date(2027, 2, 27)),
    ],
)
def test_later_is_a_week_later_than_its_day_or_than_today(scene: Scene, at: str, then: date) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    follow_up = agreed(scene, meeting, item)
    scene.clock.strikes(at)
    seen = later(scene.session, owner(scene), Read(follow_up.id), scene.now)
    assert (seen.day, seen.due_on) == (then, DAY)
    states = [state for _place, state in reminders(scene, follow_up)]
    assert states == [PostState.NOT_NEEDED, PostState.DUE]


def test_what_is_not_theirs_is_nobody_s_until_the_host_gives_it_to_somebody(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    follow_up = agreed(scene, meeting, item)
    notes_of(scene, meeting)
    decline(scene.session, owner(scene), Read(follow_up.id), scene.now)
    [notes] = scene.posts(PostKind.NOTES, about=meeting.id)
    assert "Not given to anybody yet: Call the clinic" in told(scene, notes)
    post, other = scene.posts(PostKind.FOLLOW_UP_DECLINED, about=follow_up.id)
    assert (post.place, other.place) == ("U0CURATOR", "U0DEPUTY")
    assert "is not theirs" in told(scene, post)
    deliver(post, scene.now)
    agreed(scene, meeting, item, owner=OTHER, follow_up=follow_up)
    assert "has this follow-up" in told(scene, post)
    assert "Not given to anybody yet" not in told(scene, notes)


def test_who_decides_by_then_is_asked_who_else_could_do_it(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    follow_up = agreed(scene, meeting, item)
    decline(scene.session, owner(scene), Read(follow_up.id), scene.now)
    for post in scene.posts(PostKind.FOLLOW_UP_DECLINED, about=follow_up.id):
        deliver(post, scene.now)
    scene.apply(**{'"U0DEPUTY"': '"U0SAM"'})
    posts = {post.place: post for post in scene.posts(PostKind.FOLLOW_UP_DECLINED, about=follow_up.id)}
    assert "is not theirs" in told(scene, posts["U0SAM"])
    assert "This is with those who decide now." in told(scene, posts["U0DEPUTY"])
    assert posts["U0DEPUTY"].state == PostState.DUE


def test_each_time_that_it_is_given_back_the_host_is_told(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    follow_up = agreed(scene, meeting, item)
    for _ in range(2):
        decline(scene.session, owner(scene), Read(follow_up.id), scene.now)
        for post in scene.posts(PostKind.FOLLOW_UP_DECLINED, about=follow_up.id):
            deliver(post, scene.now)
        agreed(scene, meeting, item, follow_up=follow_up)
    keys = {post.key for post in scene.posts(PostKind.FOLLOW_UP_DECLINED, about=follow_up.id)}
    assert len(keys) == 2 * len(("U0CURATOR", "U0DEPUTY"))


@pytest.mark.parametrize("is_given_to_another_between", [True, False])
def test_given_back_twice_before_the_host_was_told_the_host_is_told_once(
    scene: Scene, *, is_given_to_another_between: bool
) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    follow_up = agreed(scene, meeting, item)
    decline(scene.session, owner(scene), Read(follow_up.id), scene.now)
    if is_given_to_another_between:
        agreed(scene, meeting, item, owner=OTHER, follow_up=follow_up)
        first = scene.posts(PostKind.FOLLOW_UP_DECLINED, about=follow_up.id)
        assert {post.state for post in first} == {PostState.NOT_NEEDED}
        decline(scene.session, owner(scene, OTHER), Read(follow_up.id), scene.now)
    else:
        follow_up.give_back(scene.now)
        tell_that_nobody_has(scene.session, follow_up, scene.now)
    due = [
        post
        for post in scene.posts(PostKind.FOLLOW_UP_DECLINED, about=follow_up.id)
        if post.state == PostState.DUE and saying_and_instead(scene.session, post, scene.now)[1] is None
    ]
    assert sorted(post.place for post in due) == ["U0CURATOR", "U0DEPUTY"]


def test_what_is_told_of_one_that_was_taken_out_is_not_told_of_the_next(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    first = agreed(scene, meeting, item).id
    take_out(scene.session, curator(scene), Listed(meeting.id, item.id), first, scene.now)
    assert agreed(scene, meeting, item).id != first


def test_words_and_owner_of_one_that_is_overdue_can_still_be_changed(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    follow_up = agreed(scene, meeting, item)
    scene.clock.strikes("2027-03-01 10:00")
    agreed(scene, meeting, item, "Call them", owner=OTHER, follow_up=follow_up)
    assert [
        one.words for one in own_follow_ups(scene.session, owner(scene, OTHER), scene.now).follow_ups.shown
    ] == ["Call them"]


def test_the_title_of_an_item_that_the_next_host_left_out_is_not_told_to_the_host_before(
    scene: Scene,
) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    became(scene, meeting, item, Became.NOT_REACHED)
    follow_up = agreed(scene, meeting, item)
    ruth = scene.actor("U0RUTH", "T0OTHER")
    leave_out(scene.session, ruth, item.id, scene.now, Reason.TOO_FULL, None)
    scene.tell(item)
    decline(scene.session, owner(scene), Read(follow_up.id), scene.now)
    post, _other = scene.posts(PostKind.FOLLOW_UP_DECLINED, about=follow_up.id)
    assert "Rents" not in told(scene, post)
    seen = to_agree(scene.session, curator(scene), Listed(meeting.id, item.id), scene.now, follow_up.id)
    assert (seen.item, seen.words) == (None, "Call the clinic")
    agreed(scene, meeting, item, owner=OTHER, follow_up=follow_up)


def test_of_a_meeting_that_was_cancelled_after_all_nobody_is_reminded(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    follow_up = agreed(scene, meeting, item)
    meeting.state, meeting.cancelled_at = MeetingState.CANCELLED, scene.now
    [post] = scene.posts(PostKind.FOLLOW_UP, about=follow_up.id)
    assert told(scene, post) == ""


def test_who_took_it_up_again_in_time_tells_nobody(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    follow_up = agreed(scene, meeting, item)
    decline(scene.session, owner(scene), Read(follow_up.id), scene.now)
    take_up_again(scene.session, owner(scene), Read(follow_up.id), scene.now)
    posts = scene.posts(PostKind.FOLLOW_UP_DECLINED, about=follow_up.id)
    assert {post.state for post in posts} == {PostState.NOT_NEEDED}


@pytest.mark.parametrize(("count", "page", "shown"), [(0, 0, 0), (1, 0, 1), (11, 1, 1), (11, 9, 1)])
def test_ones_own_are_there_a_page_at_a_time_the_soonest_first(
    scene: Scene, count: int, page: int, shown: int
) -> None:
    meeting, items = meeting_held(scene, *(f"Item {number}" for number in range(count)))
    for number, item in enumerate(items):
        agreed(scene, meeting, item, f"Call {number}", due_on=DAY - timedelta(days=number))
    seen = own_follow_ups(scene.session, owner(scene), scene.now, page)
    assert (len(seen.follow_ups.shown), seen.follow_ups.count) == (shown, count)
    days = [one.day for one in seen.follow_ups.shown]
    assert days == sorted(days)
    assert OWN_ON_A_PAGE == 10


def test_the_reminder_moves_with_the_hour_of_the_calls(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    follow_up = agreed(scene, meeting, item)
    [post] = scene.posts(PostKind.FOLLOW_UP, about=follow_up.id)
    before = post.due_at
    scene.apply(**{"days_before = [28, 14, 7, 1]": 'days_before = [28, 14, 7, 1]\nat = "14:00"'})
    scene.session.refresh(post)
    assert post.due_at - before == timedelta(hours=4)


@pytest.mark.parametrize(
    ("at", "due_on", "told"),
    [
        ("2027-02-05 21:00", DAY, "2027-02-05 21:00"),
        ("2027-02-05 21:16", DAY, "2027-02-08 08:00"),
        ("2027-01-22 22:30", date(2027, 1, 22), "2027-01-22 22:30"),
    ],
)
def test_the_reminder_rings_at_the_late_hour_of_the_calls_or_of_the_notes_and_later_in_the_morning(
    scene: Scene, at: str, due_on: date, told: str
) -> None:
    scene.consortium.is_quiet = True
    scene.consortium.call_at, scene.consortium.told_at = time(21), time(22, 30)
    meeting, [item] = meeting_held(scene, "Rents")
    notice_what_is_over(scene.session, scene.consortium, scene.now)
    follow_up = agreed(scene, meeting, item, due_on=due_on)
    [post] = scene.posts(PostKind.FOLLOW_UP, about=follow_up.id)
    scene.clock.strikes(at)
    assert rings(scene, post) == told


def test_of_what_is_given_to_somebody_at_night_they_hear_in_the_morning(scene: Scene) -> None:
    scene.consortium.is_quiet = True
    meeting, [item] = meeting_held(scene, "Rents")
    scene.clock.strikes("2027-02-05 21:00")
    follow_up = agreed(scene, meeting, item)
    [post] = scene.posts(PostKind.FOLLOW_UP, about=follow_up.id)
    assert (post.due_at, rings(scene, post)) == (scene.now, "2027-02-08 08:00")


def rings(scene: Scene, post: Post) -> str:
    """When it may, by now."""
    outcome = put_off_for_quiet(scene.session, scene.consortium, post, NOISES, scene.now)
    waits = timedelta(seconds=outcome.wait) if isinstance(outcome, PutOff) else timedelta()
    return f"{(scene.now + waits).astimezone(SAN_FRANCISCO):%Y-%m-%d %H:%M}"


def test_words_that_are_removed_are_gone_from_what_is_to_be_done(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents of Maria")
    follow_up = agreed(scene, meeting, item, "Call Maria")
    [reminder] = scene.posts(PostKind.FOLLOW_UP, about=follow_up.id)
    deliver(reminder, scene.now)
    remove_words(scene.session, curator(scene), item.id, "something", scene.now)
    scene.session.refresh(reminder)
    assert ("Maria" in told(scene, reminder), reminder.state) == (False, PostState.DUE)


def test_where_who_wrote_it_is_erased_its_words_are_gone_and_its_owner_keeps_it(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    agreed(scene, meeting, item)
    notes_of(scene, meeting)
    whom = those_called(scene.session, "", "U0CURATOR")
    erase(scene.session, scene.consortium, whom, Neutral("somebody", "something", "to do"), scene.now)
    scene.session.expire_all()
    [notes] = scene.posts(PostKind.NOTES, about=meeting.id)
    assert ("clinic" in told(scene, notes), notes.state) == (False, PostState.DUE)
    assert [one.words for one in own_follow_ups(scene.session, owner(scene), scene.now).follow_ups.shown] == [
        "to do"
    ]


def test_where_its_owner_is_erased_their_name_is_gone_from_the_notes(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    agreed(scene, meeting, item)
    notes_of(scene, meeting)
    owner(scene).person.name = "Priya Nair"
    whom = those_called(scene.session, "", "U0MEMBER")
    erase(scene.session, scene.consortium, whom, Neutral("somebody", "something", "to do"), scene.now)
    scene.session.expire_all()
    [notes] = scene.posts(PostKind.NOTES, about=meeting.id)
    assert ("Priya" in told(scene, notes), notes.state) == (False, PostState.DUE)
    assert "Not given to anybody yet: Call the clinic" in told(scene, notes)
    post, _other = scene.posts(PostKind.FOLLOW_UP_DECLINED)
    assert "Nobody has this follow-up any more." in told(scene, post)


SAID = (done, later, decline, take_up_again)


@pytest.mark.parametrize("said", SAID, ids=[said.__name__ for said in SAID])
def test_what_was_read_of_one_is_not_said_of_another_that_got_its_number(scene: Scene, said: Said) -> None:
    """As a restored database gives it, which knows nothing of the first."""
    meeting, [rents, cuts] = meeting_held(scene, "Rents", "Cuts")
    lost = agreed(scene, meeting, rents)
    read = Read(lost.id, str(lost.edition))
    scene.session.delete(lost)
    scene.session.flush()
    scene.clock.strikes("2027-01-21 13:00")
    another = a_follow_up(scene.session, cuts, id=read.follow_up_id, written_at=scene.now)
    with refusal("written this follow-up anew"):
        said(scene.session, owner(scene), read, scene.now)
    assert another.is_open


def test_what_is_said_holds_as_long_as_the_host_writes_nothing_else(scene: Scene) -> None:
    """Also by a button of before, which does not say what was read."""
    meeting, [item] = meeting_held(scene, "Rents")
    follow_up = agreed(scene, meeting, item)
    read = Read(follow_up.id, str(follow_up.edition))
    scene.clock.strikes("2027-01-21 13:00")
    for said in (later, done, take_up_again):
        said(scene.session, owner(scene), read, scene.now)
    agreed(scene, meeting, item, "Call another clinic", follow_up=follow_up)
    with refusal("written this follow-up anew"):
        done(scene.session, owner(scene), read, scene.now)
    done(scene.session, owner(scene), Read(follow_up.id), scene.now)


def test_a_file_of_all_that_is_kept_of_its_owner_says_what_they_have_to_do(scene: Scene) -> None:
    meeting, [item] = meeting_held(scene, "Rents")
    agreed(scene, meeting, item)
    [listed] = everything_about(scene.session, scene.consortium, owner(scene).person)["follow-ups to do"]
    assert (listed["words"], listed["due_on"]) == ("Call the clinic", DAY)
