"""Whoever owes something to places, and whoever changes them at the same moment: it is owed where it belongs, in whichever order."""

from collections.abc import Callable
from typing import Any

import pytest

from bot import calls, channels, digests, participation, publishing, rotation, setup
from bot.consortia import apply
from bot.decisions import add_to_agenda
from bot.items import Proposal, propose, withdraw
from bot.meetings import change
from bot.people import Actor, meet
from bot.timetable import next_meeting
from storage.consortia import Consortium, Places, enter_consortium_of
from storage.database import Database
from storage.items import Item
from storage.meetings import Meeting
from storage.people import Who
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import Session
from tests.at_once import at_once
from tests.builders import Scene, a_plan, an_arrangement
from tests.clock import FrozenClock
from tests.refusals import refusal
from tests.story import OURS, SHARED

TEAM, FRESH, CURATORS, BAYS_CURATORS = "T0SISTER", "C0FRESH", "C0CURATORS", "C0BAYS"
BEFORE, FIRST_CALL, AFTER = "2026-11-23 12:00", "2026-12-24 10:00", "2027-01-22 10:00"
"""The meeting is on January 21st."""
Owes = Callable[[Session, Consortium, FrozenClock], object]
Changes = Callable[[Session, FrozenClock], object]


def actor(session: Session, consortium: Consortium, user_id: str) -> Actor:
    return meet(session, consortium, Who(TEAM, user_id), None)


def meeting(session: Session, consortium: Consortium, clock: FrozenClock) -> Meeting:
    found = next_meeting(session, consortium, clock())
    assert found is not None
    return found


def brings(session: Session, consortium: Consortium, clock: FrozenClock) -> int:
    member = actor(session, consortium, "U0MEMBER")
    [item] = propose(session, member, [Proposal("Rents")], clock()).items
    return item.id


def takes(session: Session, consortium: Consortium, clock: FrozenClock) -> None:
    brought = brings(session, consortium, clock)
    add_to_agenda(session, actor(session, consortium, "U0CURATOR"), brought, clock())


def withdraws(session: Session, consortium: Consortium, clock: FrozenClock) -> None:
    withdraw(session, actor(session, consortium, "U0MEMBER"), session.query(Item.id).scalar(), clock())


def publishes(session: Session, consortium: Consortium, clock: FrozenClock) -> None:
    publishing.publish(
        session,
        actor(session, consortium, "U0CURATOR"),
        meeting(session, consortium, clock).id,
        clock(),
    )


def moves_the_meeting(session: Session, consortium: Consortium, clock: FrozenClock) -> None:
    elsewhere = an_arrangement(office="5 Pine St")
    host, its = actor(session, consortium, "U0CURATOR"), meeting(session, consortium, clock)
    change(session, host, its.id, elsewhere, clock())


def proposes_the_next(session: Session, consortium: Consortium, clock: FrozenClock) -> None:
    rotation.turn_over(session, consortium, clock())


def calls_for_items(session: Session, consortium: Consortium, clock: FrozenClock) -> None:
    calls.owe_due_calls(session, consortium, clock())


def owes_the_digest(session: Session, consortium: Consortium, clock: FrozenClock) -> None:
    digests.owe_due_digest(session, consortium, clock())


def those_who_decide_leave(session: Session, clock: FrozenClock) -> None:
    for user_id in ("U0CURATOR", "U0DEPUTY", "U0RUTH"):
        participation.has_left(session, TEAM, Who(TEAM, user_id), SHARED, clock())


def those_who_decide_are_deactivated(session: Session, clock: FrozenClock) -> None:
    consortium = enter_consortium_of(session, TEAM, Places.CHANGE)
    assert consortium is not None
    for user_id in ("U0CURATOR", "U0DEPUTY", "U0RUTH"):
        who = Who("T0OTHER" if user_id == "U0RUTH" else TEAM, user_id)
        identity = participation.Identity(who.team_id, None, is_bot=False, is_deactivated=True)
        participation.note(
            session, consortium, meet(session, consortium, who, None).person, identity, clock()
        )


def the_file(**lines: str) -> Changes:
    return lambda session, clock: apply(session, a_plan(**lines), clock())


def the_file_names_others(session: Session, clock: FrozenClock) -> None:
    the_file(**{'["U0CURATOR", "U0DEPUTY"]': '["U0NEW"]', '["T0OTHER/U0RUTH"]': '["U0NEW"]'})(session, clock)


def the_file_gives_them_a_channel(session: Session, clock: FrozenClock) -> None:
    members = ('members = ["U0MEMBER"]', 'members = ["T0OTHER/U0KOFI"]')
    theirs = zip(members, (CURATORS, BAYS_CURATORS), strict=True)
    the_file(**{line: f'{line}\nchannel = "{channel}"' for line, channel in theirs})(session, clock)


def the_file_names_another_channel(session: Session, clock: FrozenClock) -> None:
    the_file(**{SHARED: FRESH})(session, clock)


def slack_gives_it_a_new_id(session: Session, clock: FrozenClock) -> None:
    channels.has_new_id(session, TEAM, SHARED, FRESH, clock())


def nothing(*_: Any) -> None:
    """Nothing has to be there before."""


ASKED = {
    brings: (PostKind.CARD, BEFORE, nothing),
    withdraws: (PostKind.WITHDRAWAL, BEFORE, takes),
    proposes_the_next: (PostKind.PROPOSED_MEETING, AFTER, nothing),
}
SAID = {
    calls_for_items: (PostKind.CALL, FIRST_CALL, nothing),
    owes_the_digest: (PostKind.DIGEST, "2026-11-30 09:00", nothing),
    publishes: (PostKind.AGENDA, BEFORE, takes),
    moves_the_meeting: (PostKind.MOVED_MEETING, BEFORE, nothing),
}
OTHERS_DECIDE: dict[Changes, set[str]] = {
    those_who_decide_leave: {"U0ADMIN"},
    those_who_decide_are_deactivated: {"U0ADMIN"},
    the_file_names_others: {"U0NEW"},
    the_file_gives_them_a_channel: {CURATORS, BAYS_CURATORS},
}
"""And one of these places is where they are asked."""


def meet_each_other(
    database: Database, clock: FrozenClock, owes: Owes, changes: Changes, *, owes_first: bool
) -> None:
    def owing(session: Session) -> None:
        consortium = enter_consortium_of(session, TEAM, Places.STAY)
        assert consortium is not None
        owes(session, consortium, clock)

    def changing(session: Session) -> None:
        changes(session, clock)

    units = (owing, changing) if owes_first else (changing, owing)
    assert at_once(database, *units) == (None, None)


def owed(database: Database, kind: PostKind) -> set[str]:
    """Where it is owed, when both have committed."""
    with database.transaction(OURS) as session:
        due = session.query(Post).filter_by(kind=kind, state=PostState.DUE)
        return {post.place for post in due}


def has_happened(database: Database, clock: FrozenClock, before: Owes) -> None:
    with database.transaction(OURS) as session:
        before(session, session.get_one(Consortium, OURS), clock)


both_orders = pytest.mark.parametrize("owes_first", [True, False], ids=["owed first", "changed first"])


@both_orders
@pytest.mark.parametrize("changes", OTHERS_DECIDE)
@pytest.mark.parametrize("owes", ASKED)
@pytest.mark.usefixtures("founded")
def test_those_are_asked_who_decide_when_both_are_done(
    database: Database, clock: FrozenClock, owes: Owes, changes: Changes, *, owes_first: bool
) -> None:
    kind, moment, before = ASKED[owes]
    has_happened(database, clock, before)
    clock.strikes(moment)
    meet_each_other(database, clock, owes, changes, owes_first=owes_first)
    asked = owed(database, kind)
    assert asked
    assert asked <= OTHERS_DECIDE[changes]


@both_orders
@pytest.mark.usefixtures("founded")
def test_another_host_gets_the_card_of_what_was_brought_to_the_one_before(
    database: Database, clock: FrozenClock, *, owes_first: bool
) -> None:
    gives_it_away = the_file(**{'host = "CCSJ"': 'host = "Bayview"'})
    meet_each_other(database, clock, brings, gives_it_away, owes_first=owes_first)
    assert "U0RUTH" in owed(database, PostKind.CARD)


@both_orders
@pytest.mark.parametrize("changes", [the_file_names_another_channel, slack_gives_it_a_new_id])
@pytest.mark.parametrize("owes", SAID)
@pytest.mark.usefixtures("founded")
def test_it_is_said_in_the_channel_that_is_the_shared_one_when_both_are_done(
    database: Database, clock: FrozenClock, owes: Owes, changes: Changes, *, owes_first: bool
) -> None:
    kind, moment, before = SAID[owes]
    has_happened(database, clock, before)
    clock.strikes(moment)
    meet_each_other(database, clock, owes, changes, owes_first=owes_first)
    assert FRESH in owed(database, kind)


@pytest.mark.usefixtures("founded")
def test_of_two_who_leave_at_once_none_is_left_with_the_card(database: Database, clock: FrozenClock) -> None:
    has_happened(database, clock, brings)

    def leaves(user_id: str) -> Callable[[Session], None]:
        return lambda session: participation.has_left(session, TEAM, Who(TEAM, user_id), SHARED, clock())

    assert at_once(database, leaves("U0CURATOR"), leaves("U0DEPUTY")) == (None, None)
    assert owed(database, PostKind.CARD) == {"U0ADMIN"}


def test_a_form_of_before_brings_nobody_back(scene: Scene) -> None:
    """Somebody who would be asked in the shared channel by now, for one."""
    described = a_plan(**{'members = ["U0MEMBER"]': 'members = ["U0MEMBER"]\nchannel = "C0CURATORS"'})
    apply(scene.session, described, scene.now)
    ccsj = scene.collaborative("CCSJ")
    scene.meeting.host, ccsj.position = scene.collaborative("Bayview"), None
    scene.consortium.channel_id = "C0CURATORS"
    scene.session.flush()
    sent = described.collaboratives[0].model_copy(update={"channel": None})
    with refusal("no longer here"):
        setup.seat(scene.session, scene.actor("U0ADMIN"), ccsj.id, sent, 1, {}, scene.now)
