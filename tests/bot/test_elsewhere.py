"""What is owed in a place that is none of those where it belongs, and was told nobody: it goes where it belongs, once."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot import calls, digests, rotation
from bot.items import withdraw
from bot.meetings import change
from bot.participation import has_left, is_there
from bot.people import keepers
from bot.undelivered import ask_whether_it_is_there, tell_admins
from handlers.delivery.bookkeeping import write_down
from handlers.delivery.kinds import view
from storage.happenings import Claimed
from storage.outcomes import NotNeeded, Refused, Sent, TooLate
from storage.people import Person, Who
from storage.post_facts import NOBODY, PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from tests.bot.hosting import curator, on_agenda, publish
from tests.builders import Scene, an_arrangement, deliver
from tests.story import SHARED

LEASE, SETTLE = timedelta(seconds=150), timedelta(seconds=90)
FRESH = "C0FRESH"
DUE, NOT_NEEDED, SENT = PostState.DUE, PostState.NOT_NEEDED, PostState.SENT


def brings(scene: Scene) -> None:
    scene.propose()


def withdraws(scene: Scene) -> None:
    [item] = on_agenda(scene, "Budget cuts")
    withdraw(scene.session, scene.actor("U0MEMBER"), item.id, scene.now)


def proposes(scene: Scene) -> None:
    scene.clock.strikes("2027-01-22 10:00")
    rotation.turn_over(scene.session, scene.consortium, scene.now)


def asks_whether_the_doors_arrived(scene: Scene) -> None:
    [doors] = scene.posts(PostKind.STANDING)
    doors.state, doors.may_be_there = PostState.UNKNOWN, True
    scene.session.flush()
    ask_whether_it_is_there(scene.session, doors, scene.now)


def tells_that_the_doors_were_lost(scene: Scene) -> None:
    [doors] = scene.posts(PostKind.STANDING)
    doors.state, doors.error = PostState.FAILED, "restricted_action"
    scene.session.flush()
    tell_admins(scene.session, doors, scene.now)


def calls_for_items(scene: Scene) -> None:
    scene.clock.strikes("2026-12-24 10:00")
    calls.owe_due_calls(scene.session, scene.consortium, scene.now)


def owes_the_digest(scene: Scene) -> None:
    scene.clock.passes(hours=1)
    scene.propose()
    scene.clock.strikes("2026-11-30 09:00")
    digests.owe_due_digest(scene.session, scene.consortium, scene.now)


def publishes(scene: Scene) -> None:
    on_agenda(scene, "Budget cuts")
    publish(scene)


def moves(scene: Scene) -> None:
    elsewhere = an_arrangement(office="5 Pine St")
    change(scene.session, curator(scene), scene.meeting.id, elsewhere, scene.now)


def others_decide(scene: Scene) -> None:
    """Curators are gone, and nothing that they were asked has followed."""
    ids = [person.id for person in scene.session.query(Person).filter(~Person.is_admin)]
    scene.session.query(Person).filter(Person.id.in_(ids)).update({"left_at": scene.now})
    scene.session.expire_all()


def another_keeps_the_settings(scene: Scene) -> None:
    scene.actor("U0SAM").person.is_admin = True
    scene.actor("U0ADMIN").person.deactivated_at = scene.now
    scene.session.flush()


def another_channel_is_shared(scene: Scene) -> None:
    scene.consortium.channel_id = FRESH
    scene.session.flush()


Step = Callable[[Scene], None]
OWED: dict[PostKind, tuple[Step, Step, str]] = {
    PostKind.CARD: (brings, others_decide, "U0ADMIN"),
    PostKind.WITHDRAWAL: (withdraws, others_decide, "U0ADMIN"),
    PostKind.PROPOSED_MEETING: (proposes, others_decide, "U0ADMIN"),
    PostKind.UNSURE: (asks_whether_the_doors_arrived, others_decide, "U0ADMIN"),
    PostKind.UNDELIVERED: (tells_that_the_doors_were_lost, another_keeps_the_settings, "U0SAM"),
    PostKind.CALL: (calls_for_items, another_channel_is_shared, FRESH),
    PostKind.DIGEST: (owes_the_digest, another_channel_is_shared, FRESH),
    PostKind.AGENDA: (publishes, another_channel_is_shared, FRESH),
    PostKind.MOVED_MEETING: (moves, another_channel_is_shared, FRESH),
}
"""How it comes to be owed, what happens then, and where it belongs after that."""


def taken_up(scene: Scene, post: Post) -> Post:
    """As whoever delivers it holds it: what was read when it was claimed."""
    post.live_through(Claimed(LEASE), scene.now)
    scene.session.flush()
    return Post(**{column.key: getattr(post, column.key) for column in Post.__mapper__.column_attrs})


def tried(scene: Scene, post: Post) -> None:
    """It is drawn, and there is nothing to say in its place."""
    claimed = taken_up(scene, post)
    assert view(scene.session, post, scene.now) is None
    write_down(scene.session, claimed, NotNeeded(), scene.now, SETTLE)
    scene.session.flush()


def all_are_tried(scene: Scene, kind: PostKind, place: str) -> None:
    for post in scene.posts(kind):
        if post.place != place:
            tried(scene, post)


def due(scene: Scene, kind: PostKind) -> list[str]:
    return [post.place for post in scene.posts(kind) if post.state == DUE]


@pytest.mark.parametrize("kind", OWED)
def test_it_goes_where_it_belongs(scene: Scene, kind: PostKind) -> None:
    owes, happens, place = OWED[kind]
    owes(scene)
    happens(scene)
    all_are_tried(scene, kind, place)
    assert due(scene, kind) == [place]
    [there] = [post for post in scene.posts(kind) if post.state == DUE]
    assert view(scene.session, there, scene.now) is not None


@pytest.mark.parametrize("kind", OWED)
def test_where_it_was_told_already_it_is_not_told_again(scene: Scene, kind: PostKind) -> None:
    owes, happens, _place = OWED[kind]
    owes(scene)
    for post in scene.posts(kind):
        deliver(post, scene.now)
    happens(scene)
    told = {post.place for post in scene.posts(kind)}
    for post in scene.posts(kind):
        post.state = DUE
        claimed = taken_up(scene, post)
        write_down(scene.session, claimed, NotNeeded(), scene.now, SETTLE)
    assert {post.place: post.state for post in scene.posts(kind)} == dict.fromkeys(told, SENT)


def test_what_goes_elsewhere_by_itself_is_looked_for_nowhere(scene: Scene) -> None:
    """It keeps its reference, by which a database that is restored finds it."""
    calls_for_items(scene)
    [call] = scene.posts(PostKind.CALL)
    before, key = call.reference, call.key
    another_channel_is_shared(scene)
    tried(scene, call)
    assert (call.place, call.key, call.state, call.lease_until) == (FRESH, key, DUE, None)
    assert (call.reference, call.may_be_there) == (before, False)


def test_who_is_back_before_it_was_written_down_that_they_are_gone_gets_the_card(scene: Scene) -> None:
    brings(scene)
    [theirs, _deputys] = scene.posts(PostKind.CARD)
    claimed = taken_up(scene, theirs)
    for user_id in ("U0CURATOR", "U0DEPUTY"):
        has_left(scene.session, "T0SISTER", Who("T0SISTER", user_id), SHARED, scene.now)
    assert view(scene.session, theirs, scene.now) is None
    is_there(scene.session, scene.consortium, scene.actor("U0CURATOR").person, scene.now)

    write_down(scene.session, claimed, NotNeeded(), scene.now, SETTLE)
    assert theirs.state == DUE


@pytest.mark.parametrize("end", [PostState.FAILED, PostState.UNKNOWN])
def test_a_proposer_who_was_told_by_somebody_whose_claim_had_run_out_counts_as_told(
    scene: Scene, end: PostState
) -> None:
    [item] = on_agenda(scene, "Budget cuts", told=False)
    [outcome] = scene.posts(PostKind.OUTCOME)
    scene.clock.passes(hours=1)
    claimed = taken_up(scene, outcome)
    outcome.fence, outcome.state = outcome.fence + 1, end
    scene.session.flush()
    write_down(scene.session, claimed, Sent("D1", "1.1"), scene.now, SETTLE)
    assert (outcome.ts, item.told_at) == ("1.1", scene.now)


def test_what_is_needed_nowhere_goes_nowhere(scene: Scene) -> None:
    """Its item has gone to the next meeting, for which there is a card of its own."""
    item = scene.propose()
    scene.clock.strikes("2027-01-22 10:00")
    old = scene.posts(PostKind.CARD)
    rotation.turn_over(scene.session, scene.consortium, scene.now)
    for post in old:
        tried(scene, post)
    cards = scene.posts(PostKind.CARD, about=item.id)
    assert [(post.place, post.state) for post in cards if post not in old] == [("U0RUTH", DUE)]
    assert {post.state for post in old} == {NOT_NEEDED}


def test_what_was_refused_in_a_channel_that_is_none_of_ours_goes_where_it_belongs(scene: Scene) -> None:
    calls_for_items(scene)
    [call] = scene.posts(PostKind.CALL)
    claimed = taken_up(scene, call)
    another_channel_is_shared(scene)
    write_down(scene.session, claimed, Refused("is_archived"), scene.now, SETTLE)
    assert (call.place, call.state) == (FRESH, DUE)


def test_what_came_too_late_and_does_so_no_longer_is_owed_still(scene: Scene) -> None:
    """As where the meeting was moved back while it was looked for."""
    calls_for_items(scene)
    [call] = scene.posts(PostKind.CALL)
    claimed = taken_up(scene, call)
    write_down(scene.session, claimed, TooLate(), scene.now, SETTLE)
    assert call.state == DUE


def test_where_nobody_keeps_the_settings_it_is_held_for_whoever_will(scene: Scene) -> None:
    tells_that_the_doors_were_lost(scene)
    [post] = scene.posts(PostKind.UNDELIVERED)
    scene.actor("U0ADMIN").person.deactivated_at = scene.now
    scene.session.flush()
    assert keepers(scene.session) == []
    tried(scene, post)
    told = [(one.place, one.state) for one in scene.posts(PostKind.UNDELIVERED)]
    assert told == [("U0ADMIN", NOT_NEEDED), (NOBODY, DUE)]
