"""Swaps: a host asks another to change places, or to host in their place; until both sides agree, nothing changes and nobody else hears of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.at_every_tick import CLOCKWORK
from bot.cancelling import cancel
from bot.hosting import Read, give
from bot.leaving import erase, those_called
from bot.meetings import arrangement_of, change
from bot.people import Actor
from bot.plan import plan
from bot.policies import asked_to_swap, hosts_or_keeps, was_asked_to_swap
from bot.roles import name_admins
from bot.seats import leave_rotation, seat
from bot.seen.swaps import SwapSeen, mark_of
from bot.swaps import agree, ask_to_host, ask_to_swap, decline, take_back, to_ask
from bot.taking_out import take_out
from bot.year import who_hosts_when
from storage.former import Neutral
from storage.meetings import Meeting, MeetingState
from storage.people import Who
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.swaps import Swap
from tests.bot.test_hosting import APRIL, BEGUN, JULY, OVER, admin, meets
from tests.builders import Scene, deliver
from tests.drawn import draw
from tests.refusals import refusal

A, B = "U0CURATOR", "U0RUTH"
"""Who decides for CCSJ, which hosts in January, and for Bayview, which hosts in April."""


def person(scene: Scene, user_id: str) -> Actor:
    return scene.actor(user_id, "T0OTHER" if user_id in (B, "U0KOFI") else "T0SISTER")


def april(scene: Scene) -> Meeting:
    return meets(scene, "Bayview", APRIL)


def asks(scene: Scene, other: Meeting, by: str = A, meeting: Meeting | None = None) -> Swap:
    about = meeting or scene.meeting
    return ask_to_swap(scene.session, person(scene, by), about.id, other.id, scene.now)


def asks_to_host(scene: Scene, host: str = "Bayview", by: str = A) -> Swap:
    to = scene.collaborative(host).id
    return ask_to_host(scene.session, person(scene, by), scene.meeting.id, to, scene.now)


def agrees(scene: Scene, swap: Swap, by: str = B) -> None:
    agree(scene.session, person(scene, by), swap.id, scene.now)


def told(scene: Scene, kind: PostKind = PostKind.SWAP) -> dict[str, str]:
    """By place, what is to be read there now. What nobody needs any more is told to nobody."""
    found = {}
    for post in scene.posts(kind):
        message = draw(scene.session, post, scene.now)
        if message is not None:
            found[post.place] = message.text
    return found


def delivered(scene: Scene, kind: PostKind = PostKind.SWAP) -> list[Post]:
    posts = scene.posts(kind)
    for post in posts:
        deliver(post, scene.now)
    scene.session.flush()
    return posts


def swaps_seen(scene: Scene, user_id: str) -> list[SwapSeen]:
    return list(who_hosts_when(scene.session, person(scene, user_id), scene.now).swaps)


def hosts(*meetings: Meeting) -> list[str]:
    return [meeting.host.name for meeting in meetings]


def test_until_the_other_agrees_nothing_changes_and_the_two_sides_alone_know(scene: Scene) -> None:
    later = april(scene)
    before = {kind: len(scene.posts(kind)) for kind in PostKind}
    asks(scene, later)
    assert hosts(scene.meeting, later) == ["CCSJ", "Bayview"]
    [(place, said)] = told(scene).items()
    assert place == B
    assert "Thu, Jan 21: Bayview hosts instead of CCSJ" in said
    assert "Thu, Apr 15: CCSJ hosts instead of Bayview" in said
    new = {kind: len(scene.posts(kind)) - count for kind, count in before.items()}
    assert {kind: count for kind, count in new.items() if count} == {PostKind.SWAP: 1}
    may = {
        who: [(one.may_answer, one.may_take_back) for one in swaps_seen(scene, who)]
        for who in (A, "U0DEPUTY", B)
    }
    assert may == {A: [(False, True)], "U0DEPUTY": [(False, True)], B: [(True, False)]}
    for other in ("U0MEMBER", "U0SAM", "U0KOFI", "U0ADMIN"):
        assert swaps_seen(scene, other) == []


def test_on_yes_both_meetings_change_hosts_and_each_new_host_hears_that_it_hosts(scene: Scene) -> None:
    january, later = scene.meeting, april(scene)
    swap = asks(scene, later)
    delivered(scene)
    agrees(scene, swap)
    assert hosts(january, later) == ["Bayview", "CCSJ"]
    assert (january.office, later.office) == ("2 Third St, San Francisco", "1 Main St, San Francisco")
    assert told(scene)[B].endswith("✓ Agreed. This is how it is now.")
    hear = {post.place for post in scene.posts(PostKind.PROPOSED_MEETING, about=later.id)}
    assert hear == {A, "U0DEPUTY"}
    assert (
        scene.posts(PostKind.PROPOSED_MEETING, about=january.id) == []
    )  # who agreed knows, and is the only one there
    assert scene.posts(PostKind.SWAP_ANSWER) == []


def test_without_an_exchange_who_asked_hears_the_answer(scene: Scene) -> None:
    swap = asks_to_host(scene)
    assert "Bayview hosts instead of CCSJ" in told(scene)[B]
    agrees(scene, swap)
    assert scene.meeting.host.name == "Bayview"
    answer = told(scene, PostKind.SWAP_ANSWER)
    assert list(answer) == [A]
    assert "✓ Bayview agrees" in answer[A]


def test_an_admin_who_asked_for_a_host_hears_the_answer_too(scene: Scene) -> None:
    later = april(scene)
    agrees(scene, asks(scene, later, by="U0ADMIN"))
    assert list(told(scene, PostKind.SWAP_ANSWER)) == ["U0ADMIN"]


def test_on_no_everything_stays_and_who_asked_alone_hears_so(scene: Scene) -> None:
    later = april(scene)
    swap = asks(scene, later)
    delivered(scene)
    decline(scene.session, person(scene, B), swap.id, scene.now)
    assert hosts(scene.meeting, later) == ["CCSJ", "Bayview"]
    assert "Not this time. CCSJ knows" in told(scene)[B]
    assert list(told(scene, PostKind.SWAP_ANSWER)) == [A]
    assert "Bayview can't do it this time. Everything stays as it is" in told(scene, PostKind.SWAP_ANSWER)[A]
    assert swaps_seen(scene, A) == swaps_seen(scene, B) == []


def test_taken_back_before_it_was_told_nobody_hears_of_it_and_after_that_they_read_so(scene: Scene) -> None:
    later = april(scene)
    take_back(scene.session, person(scene, "U0DEPUTY"), asks(scene, later).id, scene.now)
    assert told(scene) == {}
    again = asks(scene, later)
    delivered(scene)
    take_back(scene.session, person(scene, A), again.id, scene.now)
    assert "CCSJ has taken this back." in told(scene)[B]
    with refusal("CCSJ has taken this back"):
        agrees(scene, again)


@pytest.mark.parametrize("answer", [agree, decline])
@pytest.mark.parametrize("second", [agree, decline, take_back])
def test_a_second_answer_changes_nothing(
    scene: Scene, answer: Callable[..., Swap], second: Callable[..., Swap]
) -> None:
    later = april(scene)
    swap = asks(scene, later)
    answer(scene.session, person(scene, B), swap.id, scene.now)
    before = hosts(scene.meeting, later)
    with refusal("Bayview has answered this already"):
        second(scene.session, person(scene, B), swap.id, scene.now)
    assert hosts(scene.meeting, later) == before


def gives_away(scene: Scene, _swap: Swap) -> None:
    give(scene.session, admin(scene), scene.meeting.id, scene.collaborative("Sunset").id, scene.now)


def gives_away_and_back(scene: Scene, swap: Swap) -> None:
    gives_away(scene, swap)
    give(scene.session, admin(scene), scene.meeting.id, scene.collaborative("CCSJ").id, scene.now)


def cancels(scene: Scene, swap: Swap) -> None:
    cancel(scene.session, admin(scene), swap.meeting.id, scene.now)


def cancels_the_other(scene: Scene, swap: Swap) -> None:
    assert swap.in_exchange is not None
    cancel(scene.session, admin(scene), swap.in_exchange.id, scene.now)


def begins(scene: Scene, _swap: Swap) -> None:
    scene.clock.strikes(BEGUN)


def is_over(scene: Scene, _swap: Swap) -> None:
    scene.clock.strikes(OVER)


def other_is_out(scene: Scene, swap: Swap) -> None:
    take_out(scene.session, admin(scene), swap.other_id, {}, scene.now)


@pytest.mark.parametrize(
    "happens", [gives_away, gives_away_and_back, cancels, cancels_the_other, begins, is_over]
)
@pytest.mark.parametrize("is_told", [True, False])
def test_where_a_meeting_has_begun_or_another_host_or_is_cancelled_it_lapses(
    scene: Scene, happens: Callable[[Scene, Swap], None], *, is_told: bool
) -> None:
    january, later = scene.meeting, april(scene)
    swap = asks(scene, later)
    if is_told:
        delivered(scene)
    happens(scene, swap)
    before = hosts(january, later)
    with refusal("has begun, is cancelled, or has another host by now"):
        agrees(scene, swap)
    assert hosts(january, later) == before
    assert swaps_seen(scene, A) == swaps_seen(scene, B) == []
    assert ("There is nothing to answer any more" in told(scene).get(B, "")) is is_told


@pytest.mark.parametrize("which", ["meeting", "in_exchange"])
def test_what_is_asked_names_the_day_on_which_each_meeting_is_by_now(scene: Scene, which: str) -> None:
    swap = asks(scene, april(scene))
    [asked] = delivered(scene)
    moves(scene, getattr(swap, which), date(2027, 2, 25))
    assert asked.state == PostState.DUE
    assert "Thu, Feb 25: " in told(scene)[B]
    deliver(asked, scene.now)
    gives_a_new_office(scene, getattr(swap, which))
    assert asked.state == PostState.SENT, "it names no place"


def test_an_answer_names_the_day_on_which_the_meeting_is_by_now(scene: Scene) -> None:
    swap = asks(scene, april(scene))
    decline(scene.session, person(scene, B), swap.id, scene.now)
    [answer] = delivered(scene, PostKind.SWAP_ANSWER)
    moves(scene, scene.meeting, date(2027, 2, 25))
    assert answer.state == PostState.DUE
    assert "Thu, Feb 25: CCSJ hosts" in told(scene, PostKind.SWAP_ANSWER)[A]
    gives_away(scene, swap)
    assert told(scene, PostKind.SWAP_ANSWER)[A] == "Bayview could not do it this time."


def test_what_was_agreed_is_how_it_is_now_until_it_changes_once_more(scene: Scene) -> None:
    later = april(scene)
    swap = asks(scene, later)
    delivered(scene)
    agrees(scene, swap)
    [asked] = delivered(scene)
    give(scene.session, admin(scene), later.id, scene.collaborative("Sunset").id, scene.now)
    scene.session.expire_all()
    assert asked.state == PostState.DUE
    assert told(scene)[B].endswith("✓ Agreed. It has changed once more since then.")
    give(scene.session, admin(scene), later.id, scene.collaborative("CCSJ").id, scene.now)
    assert told(scene)[B].endswith("✓ Agreed. This is how it is now.")
    cancel(scene.session, admin(scene), later.id, scene.now)
    assert told(scene)[B].endswith("✓ Agreed. It has changed once more since then.")


def moves(scene: Scene, meeting: Meeting, day: date) -> None:
    change(scene.session, admin(scene), meeting.id, replace(arrangement_of(meeting), day=day), scene.now)
    scene.session.expire_all()


def gives_a_new_office(scene: Scene, meeting: Meeting) -> None:
    there = replace(arrangement_of(meeting), office="The library")
    change(scene.session, admin(scene), meeting.id, there, scene.now)
    scene.session.expire_all()


@pytest.mark.parametrize("lapses", [begins, is_over, other_is_out])
def test_what_lapses_without_a_word_from_anybody_loses_its_buttons(
    scene: Scene, lapses: Callable[[Scene, Swap], None]
) -> None:
    asks_to_host(scene)
    [swap] = scene.session.query(Swap)
    [asked] = delivered(scene)
    notices(scene)
    assert asked.state == PostState.SENT
    lapses(scene, swap)
    notices(scene)
    assert asked.state == PostState.DUE
    assert "There is nothing to answer any more" in told(scene)[B]
    deliver(asked, scene.now)
    notices(scene)
    assert asked.state == PostState.SENT, "once is enough"


def notices(scene: Scene) -> None:
    scene.session.flush()
    CLOCKWORK["notice what has lapsed"](scene.session, scene.consortium, scene.now)
    scene.session.flush()
    scene.session.expire_all()


@pytest.mark.parametrize("answers", [agree, decline, take_back])
def test_a_button_that_asked_something_else_answers_nothing(
    scene: Scene, answers: Callable[..., Swap]
) -> None:
    """Its request was lost by a restore, and another has its number now. Or a meeting moved, and the edit is on its way."""
    later = april(scene)
    alone = asks_to_host(scene)
    of_january = mark_of(alone)
    take_back(scene.session, person(scene, A), alone.id, scene.now)
    swap = asks(scene, later)
    before = mark_of(swap)
    moves(scene, later, date(2027, 4, 22))
    for read in (of_january, before, ""):
        with refusal("This is not what you have read"):
            answers(scene.session, person(scene, B), swap.id, scene.now, read=read)
    assert hosts(scene.meeting, later) == ["CCSJ", "Bayview"]
    answers(scene.session, person(scene, B), swap.id, scene.now, read=mark_of(swap))


def test_under_another_name_a_host_is_asked_by_that(scene: Scene) -> None:
    swap = asks(scene, april(scene))
    [asked] = delivered(scene)
    before = mark_of(swap)
    described = plan.collaborative_from(
        {"name": "Bay", "office": "2 Third St", "curators": ["T0OTHER/U0RUTH"]}
    )
    seat(scene.session, scene.consortium, described, 2, scene.now, scene.collaborative("Bayview"))
    scene.session.expire_all()
    assert asked.state == PostState.DUE
    assert mark_of(swap) != before
    assert "Thu, Jan 21: Bay hosts instead of CCSJ" in told(scene)[B]


def test_a_host_asks_one_other_at_a_time(scene: Scene) -> None:
    asks(scene, april(scene))
    for ask in (lambda: asks_to_host(scene, "Sunset"), lambda: asks_to_host(scene, by="U0DEPUTY")):
        with refusal("CCSJ has asked Bayview about the meeting on Thursday, January 21, 2027 already"):
            ask()
    with refusal("already"):
        to_ask(scene.session, person(scene, A), scene.meeting.id, scene.now)
    [january, *_] = who_hosts_when(scene.session, person(scene, A), scene.now).turns.shown
    assert not january.may_ask


def test_what_nobody_answered_until_a_meeting_was_over_keeps_nobody_from_asking_others(scene: Scene) -> None:
    """Bayview hosts in April and asks CCSJ, which hosts in January and says nothing."""
    january, later, july = scene.meeting, april(scene), meets(scene, "Sunset", JULY)
    asks(scene, january, by=B, meeting=later)
    delivered(scene)
    scene.clock.strikes(OVER)
    assert swaps_seen(scene, B) == [], "there is nothing to take back on the page"
    [in_april, *_] = who_hosts_when(scene.session, person(scene, B), scene.now).turns.shown
    assert in_april.may_ask
    to_ask(scene.session, person(scene, B), later.id, scene.now)
    asks(scene, july, by=B, meeting=later)


def test_who_has_left_hosting_order_keeps_nobody_from_asking_others(scene: Scene) -> None:
    asks_to_host(scene, "Bayview")
    delivered(scene)
    take_out(scene.session, admin(scene), scene.collaborative("Bayview").id, {}, scene.now)
    assert swaps_seen(scene, A) == []
    asks_to_host(scene, "Sunset")


def test_of_what_nobody_can_agree_to_any_more_no_new_curator_is_asked(scene: Scene) -> None:
    later = april(scene)
    asks(scene, scene.meeting, by=B, meeting=later)
    delivered(scene)
    scene.clock.strikes(OVER)
    described = plan.collaborative_from(
        {"name": "CCSJ", "office": "1 Main St", "curators": ["T0SISTER/U0SAM"]}
    )
    seat(scene.session, scene.consortium, described, 1, scene.now, scene.collaborative("CCSJ"))
    assert "U0SAM" not in {post.place for post in scene.posts(PostKind.SWAP)}


def test_of_two_who_ask_for_the_same_meeting_the_first_answer_counts_and_the_other_lapses(
    scene: Scene,
) -> None:
    january, later, july = scene.meeting, april(scene), meets(scene, "Sunset", JULY)
    first, second = asks(scene, later), asks(scene, later, by="U0SAM", meeting=july)
    assert len(told(scene)) == 1
    assert len(swaps_seen(scene, B)) == 2
    agrees(scene, second)
    assert hosts(january, later, july) == ["CCSJ", "Sunset", "Bayview"]
    with refusal("has another host by now"):
        agrees(scene, first)


def test_where_both_ask_for_the_same_the_second_is_led_to_the_first(scene: Scene) -> None:
    later = april(scene)
    asks(scene, later)
    with refusal("CCSJ has asked for the same swap already"):
        asks(scene, scene.meeting, by=B, meeting=later)
    july = meets(scene, "CCSJ", JULY)
    asks(scene, july, by=B, meeting=later)  # for another one it is another thing


def test_who_decides_for_both_answers_themselves_and_only_the_others_are_asked(scene: Scene) -> None:
    later = april(scene)
    described = plan.collaborative_from(
        {
            "name": "Bayview",
            "office": "2 Third St, San Francisco",
            "curators": ["T0OTHER/U0RUTH", "T0SISTER/U0CURATOR"],
        }
    )
    seat(scene.session, scene.consortium, described, 2, scene.now, scene.collaborative("Bayview"))
    swap = asks(scene, later)
    assert list(told(scene)) == [B]
    [seen] = swaps_seen(scene, A)
    assert (seen.may_answer, seen.may_take_back) == (True, True)
    agrees(scene, swap, by=A)
    assert hosts(scene.meeting, later) == ["Bayview", "CCSJ"]


def test_where_no_curator_is_named_the_admins_answer_as_the_form_says_before(scene: Scene) -> None:
    seen = to_ask(scene.session, person(scene, A), scene.meeting.id, scene.now)
    assert seen.answered_by_admins == ("Mission",)
    swap = asks_to_host(scene, "Mission")
    assert list(told(scene)) == ["U0ADMIN"]
    agrees(scene, swap, by="U0ADMIN")
    assert scene.meeting.host.name == "Mission"


def test_where_nobody_can_answer_nobody_is_asked(scene: Scene) -> None:
    scene.actor("U0ADMIN").person.is_admin = False
    with refusal("Nobody can answer for Mission at the moment") as refused:
        asks_to_host(scene, "Mission")
    assert refused.value.field == "host"


def test_who_decides_by_the_time_it_is_told_is_asked_and_who_did_before_is_not(scene: Scene) -> None:
    later = april(scene)
    asks(scene, later)
    described = plan.collaborative_from(
        {"name": "Bayview", "office": "2 Third St, San Francisco", "curators": ["T0SISTER/U0SAM"]}
    )
    bayview = scene.collaborative("Bayview")
    seat(scene.session, scene.consortium, described, 2, scene.now, bayview)
    assert list(told(scene)) == ["U0SAM"]
    delivered(scene)
    again = plan.collaborative_from(
        {"name": "Bayview", "office": "2 Third St, San Francisco", "curators": ["T0OTHER/U0KOFI"]}
    )
    seat(scene.session, scene.consortium, again, 2, scene.now, bayview)
    read = told(scene)
    assert "asks you for a swap" in read["U0KOFI"]
    assert read["U0SAM"] == "This is with those who decide now."


def test_a_channel_of_curators_is_asked_where_it_is_always_asked(scene: Scene) -> None:
    scene.collaborative("Bayview").curators_channel_id = "C0BAYVIEW"
    asks_to_host(scene)
    assert list(told(scene)) == ["C0BAYVIEW"]


def test_a_host_that_has_left_hosting_order_takes_no_meeting(scene: Scene) -> None:
    swap = asks_to_host(scene, "Sunset")
    delivered(scene)
    take_out(scene.session, admin(scene), scene.collaborative("Sunset").id, {}, scene.now)
    with refusal("Sunset does not host any more"):
        agrees(scene, swap, by="U0SAM")
    assert "There is nothing to answer any more: Sunset does not host any more." in told(scene)["U0SAM"]
    assert scene.meeting.host.name == "CCSJ"


def test_a_host_that_asked_and_has_left_hosting_order_takes_no_meeting_in_exchange(scene: Scene) -> None:
    later = april(scene)
    swap = asks(scene, later)
    leave_rotation(scene.session, scene.collaborative("CCSJ"))
    with refusal("CCSJ does not host any more"):
        agrees(scene, swap)
    assert hosts(later) == ["Bayview"]


def test_a_proposed_meeting_stays_to_be_confirmed_by_its_new_host(scene: Scene) -> None:
    later = april(scene)
    later.state = MeetingState.PROPOSED
    agrees(scene, asks(scene, later))
    assert (later.host.name, later.state) == ("CCSJ", MeetingState.PROPOSED)


def test_nobody_asks_for_what_nobody_read(scene: Scene) -> None:
    """Meanwhile somebody gave the other meeting to a third one."""
    later = april(scene)
    read = Read(scene.meeting.host_id, later.host_id)
    give(scene.session, admin(scene), later.id, scene.collaborative("Sunset").id, scene.now)
    with refusal("Sunset hosts the meeting on"):
        ask_to_swap(scene.session, person(scene, A), scene.meeting.id, later.id, scene.now, read)
    assert told(scene) == {}


@pytest.mark.parametrize("moment", [BEGUN, OVER])
def test_a_meeting_that_has_begun_is_not_asked_about(scene: Scene, moment: str) -> None:
    january, later = scene.meeting, april(scene)
    scene.clock.strikes(moment)
    for ask in (
        lambda: to_ask(scene.session, person(scene, A), january.id, scene.now),
        lambda: ask_to_swap(scene.session, person(scene, A), january.id, later.id, scene.now),
        lambda: ask_to_swap(scene.session, person(scene, B), later.id, january.id, scene.now),
    ):
        with refusal("has begun|is over"):
            ask()


def test_with_the_own_meeting_there_is_nothing_to_swap(scene: Scene) -> None:
    with refusal("CCSJ hosts the meeting on Thursday, January 21, 2027 already"):
        asks(scene, scene.meeting)


def test_who_may_ask_answer_and_take_back(scene: Scene) -> None:
    swap = asks(scene, april(scene))
    may = {
        hosts_or_keeps: {A, "U0DEPUTY", "U0ADMIN"},
        was_asked_to_swap: {B},
        asked_to_swap: {A, "U0DEPUTY"},
    }
    for policy, allowed in may.items():
        about = scene.meeting.id if policy is hosts_or_keeps else swap.id
        for who in (A, "U0DEPUTY", B, "U0ADMIN", "U0SAM", "U0MEMBER", "U0KOFI"):
            if who in allowed:
                policy(scene.session, person(scene, who), about, scene.now)
                continue
            with refusal("team"):
                policy(scene.session, person(scene, who), about, scene.now)
    for policy in (was_asked_to_swap, asked_to_swap):
        with refusal("no longer here"):
            policy(scene.session, person(scene, A), 999, scene.now)


def test_an_admin_who_asked_takes_it_back(scene: Scene) -> None:
    swap = asks(scene, april(scene), by="U0ADMIN")
    asked_to_swap(scene.session, admin(scene), swap.id, scene.now)
    assert [one.may_take_back for one in swaps_seen(scene, "U0ADMIN")] == [True]


def test_who_asked_and_was_erased_is_told_nothing_and_the_others_can_still_agree(scene: Scene) -> None:
    later = april(scene)
    swap = asks(scene, later)
    people = those_called(scene.session, "T0SISTER", A)
    erase(scene.session, scene.consortium, people, Neutral("somebody", "something", "something"), scene.now)
    agrees(scene, swap)
    assert hosts(scene.meeting, later) == ["Bayview", "CCSJ"]
    assert [
        post.state for post in scene.posts(PostKind.SWAP_ANSWER) if draw(scene.session, post, scene.now)
    ] == []


def test_where_admins_answer_and_are_others_by_then_those_are_asked(scene: Scene) -> None:
    asks_to_host(scene, "Mission")
    name_admins(scene.session, scene.consortium, [Who("T0SISTER", "U0SAM")], scene.now)
    assert list(told(scene)) == ["U0SAM"]
