"""Preparing together: the host alone is asked whether some help would be good, an admin's collaborative helps, and nobody reads that somebody was replaced."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.before_closing import remind_before_closing
from bot.board import board
from bot.calendar_entries import ask_for_entry
from bot.came_up import bring_up
from bot.cancelling import cancel
from bot.coming import tell, who_comes
from bot.decisions import add_to_agenda
from bot.documents import to_hand_on
from bot.items import Proposal
from bot.meetings import arrangement_of, change
from bot.note_takers import take_notes
from bot.people import Actor
from bot.policies import (
    decides_on_item,
    decides_on_meeting,
    decides_on_next_meeting,
    hosts_meeting,
    hosts_or_keeps,
    removes_words,
    writes_down,
)
from bot.preparing import may_step_in, say_whether_help_is_good, step_back, step_in
from bot.questions import answer, ask
from bot.roles import name_admins
from bot.seats import leave_rotation
from bot.seen.coming import Told
from bot.seen.documents import AgendaDocument, Of
from bot.seen.meetings import seen_meeting
from bot.where_things_stand import status
from handlers.blocks.calendar_entries import about_meeting
from storage.coming import Need
from storage.items import Item, ItemState
from storage.people import Who
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.questions import Question
from tests.bot.hosting import OVER, curator, on_agenda, publish
from tests.bot.test_hosting import gives
from tests.builders import Scene, deliver
from tests.drawn import draw
from tests.refusals import refusal

ADMIN, OF_HELPER = "U0ADMIN", "U0SAM"
"""An admin of Sunset, and who decides for Sunset."""
FIVE_DAYS, THREE_DAYS = "2027-01-16 10:00", "2027-01-18 10:00"


@pytest.fixture
def scene(scene: Scene) -> Scene:
    scene.actor(ADMIN).person.collaborative = scene.collaborative("Sunset")
    scene.session.flush()
    return scene


def test_who_helps_reads_what_the_hosts_team_reads_of_items_and_not_what_the_day_needs(scene: Scene) -> None:
    """docs/privacy.md, and the hint of the form in which somebody answers, say so."""
    session, member = scene.session, scene.actor("U0MEMBER")
    item = scene.propose()
    ask(session, curator(scene), item.id, scene.now, words="Who is it about?")
    answer(session, member, session.scalars(select(Question)).one().id, "Drivers", scene.now)
    tell(session, member, scene.meeting.id, Told(needed=frozenset({Need.FOOD}), more="No nuts"), scene.now)
    take_notes(session, member, scene.meeting.id, scene.now)
    say_whether_help_is_good(session, curator(scene), scene.meeting.id, scene.now, is_wanted=True)
    step_in(session, scene.actor(ADMIN), scene.meeting.id, scene.now)
    seen = board(session, scene.actor(OF_HELPER), scene.meeting.id, scene.now)
    assert seen.note_takers == ("Priya Nair",)
    assert [one.answer for one in seen.questions[item.id].shown] == ["Drivers"]
    of_the_day = who_comes(session, scene.actor(OF_HELPER), scene.meeting.id, scene.now)
    assert "No nuts" not in repr(of_the_day)
    assert "No nuts" in repr(who_comes(session, curator(scene), scene.meeting.id, scene.now))


def comes(scene: Scene, moment: str) -> None:
    scene.clock.strikes(moment)
    remind_before_closing(scene.session, scene.consortium, scene.now)


def told(scene: Scene, kind: PostKind = PostKind.HELP_OFFERED) -> dict[str, str]:
    """By place, what is to be read there now."""
    drawn = {post.place: draw(scene.session, post, scene.now) for post in scene.posts(kind)}
    return {place: message.text for place, message in drawn.items() if message}


def delivered(scene: Scene, kind: PostKind = PostKind.HELP_OFFERED) -> list[Post]:
    posts = scene.posts(kind)
    for post in posts:
        deliver(post, scene.now)
    scene.session.flush()
    return posts


def says(scene: Scene, *, is_wanted: bool) -> None:
    say_whether_help_is_good(scene.session, curator(scene), scene.meeting.id, scene.now, is_wanted=is_wanted)


def steps_in(scene: Scene, by: str = ADMIN) -> None:
    step_in(scene.session, scene.actor(by), scene.meeting.id, scene.now)


def helped(scene: Scene) -> Item:
    item = scene.propose()
    says(scene, is_wanted=True)
    steps_in(scene)
    return item


def may(scene: Scene, by: str = ADMIN) -> bool:
    return may_step_in(scene.session, scene.actor(by), scene.meeting, scene.now)


# --- The question to the host


def test_five_days_before_the_hosts_team_alone_is_asked_once(scene: Scene) -> None:
    scene.propose()
    comes(scene, "2027-01-16 09:59")
    assert scene.posts(PostKind.HELP_OFFERED) == []
    comes(scene, FIVE_DAYS)
    comes(scene, "2027-01-17 10:00")
    assert set(told(scene)) == {"U0CURATOR", "U0DEPUTY"}
    said = told(scene)["U0CURATOR"]
    assert "We meet on Thursday, January 21, 2027, and 1 item still waits for your answer." in said
    assert "Would some help be good?" in said
    assert scene.posts(PostKind.HELP_WANTED) == []


def test_where_the_bot_is_quiet_it_is_the_friday_rather_than_a_weekend(scene: Scene) -> None:
    scene.consortium.is_quiet = True
    scene.propose()
    comes(scene, "2027-01-15 10:00")
    assert set(told(scene)) == {"U0CURATOR", "U0DEPUTY"}


def decides(scene: Scene) -> None:
    for item in (item for item in scene.session.query(Item) if item.state == ItemState.WAITING):
        add_to_agenda(scene.session, curator(scene), item.id, scene.now)


def no_admin_is_of_another(scene: Scene) -> None:
    scene.actor(ADMIN).person.collaborative = scene.collaborative("CCSJ")
    scene.session.flush()


def begins(scene: Scene) -> None:
    scene.clock.strikes("2027-01-21 10:00")


def says_so_before(scene: Scene) -> None:
    says(scene, is_wanted=False)


@pytest.mark.parametrize("happens", [decides, no_admin_is_of_another, begins, says_so_before])
def test_who_has_decided_or_would_be_helped_by_nobody_is_not_asked(
    scene: Scene, happens: Callable[[Scene], None]
) -> None:
    scene.propose()
    comes(scene, FIVE_DAYS)
    happens(scene)
    assert told(scene) == {}


def test_what_comes_in_after_it_had_nothing_to_ask_asks_nothing(scene: Scene) -> None:
    comes(scene, FIVE_DAYS)
    assert told(scene) == {}
    for post in scene.posts(PostKind.HELP_OFFERED):
        post.state = "not needed"  # as delivery does
    scene.propose()
    comes(scene, "2027-01-17 10:00")
    assert {post.state for post in scene.posts(PostKind.HELP_OFFERED)} == {"not needed"}


def test_a_meeting_set_later_than_that_asks_nothing(scene: Scene) -> None:
    scene.propose()
    scene.meeting.known_since = scene.now.replace(year=2027, month=1, day=17)
    comes(scene, "2027-01-18 10:00")
    assert scene.posts(PostKind.HELP_OFFERED) == []


def test_a_host_without_a_team_of_its_own_is_not_asked_as_admins_decide_there(scene: Scene) -> None:
    gives(scene, scene.meeting, "Mission")
    scene.propose()
    comes(scene, FIVE_DAYS)
    assert scene.posts(PostKind.HELP_OFFERED) == []
    assert not may(scene)


def moves(scene: Scene, day: date) -> None:
    wanted = replace(arrangement_of(scene.meeting), day=day)
    change(scene.session, curator(scene), scene.meeting.id, wanted, scene.now)


def test_of_a_meeting_that_moves_the_host_was_asked_already(scene: Scene) -> None:
    scene.propose()
    comes(scene, FIVE_DAYS)
    delivered(scene)
    moves(scene, date(2027, 2, 18))
    comes(scene, "2027-02-13 10:00")
    assert len(scene.posts(PostKind.HELP_OFFERED)) == 2
    assert "We meet on Thursday, February 18" in told(scene)["U0CURATOR"]


def test_where_another_decides_by_now_they_who_did_read_only_that(scene: Scene) -> None:
    scene.propose()
    comes(scene, FIVE_DAYS)
    delivered(scene)
    gives(scene, scene.meeting, "Bayview")
    assert set(told(scene).values()) == {"This is with those who decide now."}


def test_of_a_cancelled_meeting_it_says_so(scene: Scene) -> None:
    scene.propose()
    comes(scene, FIVE_DAYS)
    delivered(scene)
    cancel(scene.session, curator(scene), scene.meeting.id, scene.now)
    assert "We do not meet on" in told(scene)["U0CURATOR"]


# --- The answer, and the word to admins


def test_yes_reaches_the_admins_of_other_collaboratives_in_one_message(scene: Scene) -> None:
    scene.actor("U0DEPUTY").person.is_admin = True  # of the host's own team
    scene.actor("U0NEW").person.is_admin = True  # with none
    item = scene.propose()
    comes(scene, FIVE_DAYS)
    delivered(scene)
    for is_wanted in (True, False, True):
        says(scene, is_wanted=is_wanted)
    assert set(told(scene, PostKind.HELP_WANTED)) == {ADMIN, "U0NEW"}
    assert (
        "CCSJ would be glad of some help: 1 item waits for an answer."
        in told(scene, PostKind.HELP_WANTED)[ADMIN]
    )
    assert "You would like some help" in told(scene)["U0CURATOR"]
    add_to_agenda(scene.session, curator(scene), item.id, scene.now)
    assert told(scene, PostKind.HELP_WANTED) == {}


def test_who_is_fine_after_all_is_left_alone(scene: Scene) -> None:
    scene.propose()
    says(scene, is_wanted=True)
    delivered(scene, PostKind.HELP_WANTED)
    says(scene, is_wanted=False)
    assert told(scene, PostKind.HELP_WANTED)[ADMIN] == "✓ CCSJ needs no more help. Thank you!"
    scene.clock.strikes(THREE_DAYS)
    assert not may(scene)
    with refusal("CCSJ needs no help with this meeting at the moment"):
        steps_in(scene)


def is_ended_by_the_host(scene: Scene) -> None:
    step_back(scene.session, curator(scene), scene.meeting.id, scene.now)


def is_fine_after_all(scene: Scene) -> None:
    says(scene, is_wanted=False)


def is_hosted_by_others_meanwhile(scene: Scene) -> None:
    for host in ("Bayview", "CCSJ"):
        gives(scene, scene.meeting, host)


@pytest.mark.parametrize("ends", [is_fine_after_all, is_hosted_by_others_meanwhile, is_ended_by_the_host])
@pytest.mark.parametrize("is_read", [True, False])
def test_a_second_wish_is_told_once_more_where_the_first_may_be_read_as_taken_back(
    scene: Scene, ends: Callable[[Scene], None], *, is_read: bool
) -> None:
    """An edit makes no sound."""
    scene.propose()
    says(scene, is_wanted=True)
    delivered(scene, PostKind.HELP_WANTED)
    if ends is is_ended_by_the_host:
        steps_in(scene)
    ends(scene)
    scene.session.flush()
    scene.session.expire_all()
    if is_read:
        delivered(scene, PostKind.HELP_WANTED)
    before = len(scene.posts(PostKind.HELP_WANTED))
    for _ in range(2):
        says(scene, is_wanted=True)
    assert len(scene.posts(PostKind.HELP_WANTED)) - before == int(is_read)


def test_where_nobody_could_help_that_is_said_at_once(scene: Scene) -> None:
    no_admin_is_of_another(scene)
    with refusal("There is no admin of another collaborative whom I could ask"):
        says(scene, is_wanted=True)


# --- Stepping in


@pytest.mark.parametrize(
    ("moment", "decided", "answer", "expected"),
    [
        ("2027-01-17 23:59", False, None, False),
        ("2027-01-18 00:00", False, None, True),
        ("2027-01-18 00:00", True, None, False),
        ("2027-01-18 00:00", False, False, False),
        ("2027-01-10 10:00", True, True, True),
        ("2027-01-21 09:59", False, None, True),
        ("2027-01-21 10:00", False, None, False),
        ("2027-01-21 10:00", False, True, False),
    ],
)
def test_an_admin_may_step_in_where_help_is_wanted_or_shortly_before_if_nothing_was_decided(
    scene: Scene, moment: str, *, decided: bool, answer: bool | None, expected: bool
) -> None:
    scene.propose()
    if decided:
        on_agenda(scene, "Rents")
    if answer is not None:
        says(scene, is_wanted=answer)
    scene.clock.strikes(moment)
    assert may(scene) is expected
    assert status(scene.session, scene.actor(ADMIN), scene.now).may_step_in is expected
    assert not any(may(scene, other) for other in (OF_HELPER, "U0MEMBER", "U0CURATOR", "U0NEW"))


def test_where_nothing_waits_there_is_nothing_to_step_in_for(scene: Scene) -> None:
    scene.clock.strikes(THREE_DAYS)
    assert not may(scene)
    with refusal("needs no help"):
        steps_in(scene)


def test_their_collaborative_decides_besides_the_host_and_about_nothing_else(scene: Scene) -> None:
    item, meeting = helped(scene), scene.meeting
    scene.actor("U0NEW").person.is_admin = True  # who has not stepped in
    for who in (ADMIN, OF_HELPER, "U0CURATOR", "U0DEPUTY"):
        for policy, about in (
            (decides_on_item, item.id),
            (removes_words, item.id),
            (decides_on_meeting, meeting.id),
            (decides_on_next_meeting, None),
        ):
            policy(scene.session, scene.actor(who), about, scene.now)
    for policy in (hosts_meeting, hosts_or_keeps, writes_down):
        with refusal("CCSJ hosts this meeting, so its team decides"):
            policy(scene.session, scene.actor(OF_HELPER), meeting.id, scene.now)
    for who in ("U0MEMBER", "U0NEW"):
        with refusal("so its team decides"):
            decides_on_item(scene.session, scene.actor(who), item.id, scene.now)
    assert not who_comes(scene.session, scene.actor(OF_HELPER), meeting.id, scene.now).is_host


def test_they_find_the_board_on_home_and_get_no_cards(scene: Scene) -> None:
    item = helped(scene)
    seen = status(scene.session, scene.actor(OF_HELPER), scene.now)
    assert (seen.is_host, seen.to_decide, seen.may_step_in) == (True, 1, False)
    assert set(scene.cards(item)) == {"U0CURATOR", "U0DEPUTY"}
    add_to_agenda(scene.session, scene.actor(OF_HELPER), item.id, scene.now)
    assert item.state == ItemState.ON_AGENDA
    assert board(scene.session, scene.actor(OF_HELPER), scene.meeting.id, scene.now).on_agenda.count == 1
    draft = to_hand_on(scene.session, scene.actor(OF_HELPER), scene.meeting.id, Of.DRAFT, scene.now)
    assert isinstance(draft, AgendaDocument)
    assert draft.is_draft


def test_everybody_reads_that_they_prepare_it_together_and_nobody_gets_a_message(scene: Scene) -> None:
    on_agenda(scene, "Rents")
    publish(scene)
    [agenda] = delivered(scene, PostKind.AGENDA)
    scene.propose()
    says(scene, is_wanted=True)
    before = len(scene.session.query(Post).all())
    steps_in(scene)
    assert len(scene.session.query(Post).all()) == before
    for kind in (PostKind.AGENDA, PostKind.STANDING):
        [post] = scene.posts(kind)
        assert post.wanted_version > post.shown_version
        message = draw(scene.session, post, scene.now)
        assert message is not None
        assert "CCSJ and Sunset prepare this together." in message.text
        assert "CCSJ hosts." not in message.text
    assert agenda.place == "C0SHARED"


def test_calendars_name_both_in_a_newer_entry_until_it_is_prepared_alone_again(scene: Scene) -> None:
    def entry() -> tuple[int, str]:
        asked = ask_for_entry(scene.session, scene.actor("U0MEMBER"), scene.meeting.id, scene.now)
        return asked.entry.sequence, about_meeting(asked.entry).splitlines()[0]

    first, alone = entry()
    scene.propose()
    says(scene, is_wanted=True)
    assert entry() == (first, alone)
    steps_in(scene)
    assert entry() == (first + 1, "CCSJ and Sunset prepare this together.")
    assert scene.posts(PostKind.CALENDAR_FILE)[-1].state == PostState.DUE
    assert len(scene.posts(PostKind.CALENDAR_FILE)) == 2
    step_back(scene.session, scene.actor(ADMIN), scene.meeting.id, scene.now)
    assert entry() == (first + 2, alone)


def test_the_host_and_the_admins_read_who_helps_where_they_were_asked(scene: Scene) -> None:
    scene.propose()
    comes(scene, FIVE_DAYS)
    delivered(scene)
    says(scene, is_wanted=True)
    delivered(scene, PostKind.HELP_WANTED)
    steps_in(scene)
    for kind, place in ((PostKind.HELP_OFFERED, "U0CURATOR"), (PostKind.HELP_WANTED, ADMIN)):
        assert "✓ CCSJ and Sunset prepare this together." in told(scene, kind)[place]


def test_the_first_admin_helps_and_the_second_reads_who(scene: Scene) -> None:
    other = scene.actor("U0KOFI", "T0OTHER")
    other.person.is_admin = True
    helped(scene)
    with refusal("CCSJ and Sunset prepare this together already"):
        step_in(scene.session, other, scene.meeting.id, scene.now)
    for is_wanted in (True, False):
        with refusal("CCSJ and Sunset prepare this together already"):
            says(scene, is_wanted=is_wanted)


def test_an_admin_who_is_with_none_helps_under_their_own_name_as_long_as_they_are_an_admin(
    scene: Scene,
) -> None:
    scene.actor(ADMIN).person.collaborative = None
    item = helped(scene)
    assert seen_meeting(scene.meeting).helper == "Joan Castell"
    decides_on_item(scene.session, scene.actor(ADMIN), item.id, scene.now)
    with refusal("so its team decides"):
        decides_on_item(scene.session, scene.actor(OF_HELPER), item.id, scene.now)
    scene.actor(ADMIN).person.leaves(scene.now)
    assert seen_meeting(scene.meeting).helper is None


def has_another_host(scene: Scene) -> None:
    gives(scene, scene.meeting, "Bayview")


def helper_is_out(scene: Scene) -> None:
    leave_rotation(scene.session, scene.collaborative("Sunset"))


def is_over(scene: Scene) -> None:
    scene.clock.strikes(OVER)


@pytest.mark.parametrize("happens", [has_another_host, is_ended_by_the_host, helper_is_out, is_over])
def test_it_ends_with_the_meeting_or_another_host_or_a_word_of_either(
    scene: Scene, happens: Callable[[Scene], None]
) -> None:
    helped(scene)
    meeting = scene.meeting
    happens(scene)
    for who in (ADMIN, OF_HELPER):
        with refusal("so its team decides"):
            decides_on_meeting(scene.session, scene.actor(who), meeting.id, scene.now)


def test_given_back_to_the_host_it_is_prepared_alone(scene: Scene) -> None:
    helped(scene)
    gives(scene, scene.meeting, "Bayview")
    gives(scene, scene.meeting, "CCSJ")
    assert (seen_meeting(scene.meeting).helper, scene.meeting.help_wanted) == (None, None)


def test_moved_to_another_day_they_prepare_it_together_still(scene: Scene) -> None:
    helped(scene)
    moves(scene, scene.meeting.day + timedelta(days=28))
    assert seen_meeting(scene.meeting).helper == "Sunset"


def test_who_is_no_admin_any_more_helps_only_if_they_decide_for_theirs(scene: Scene) -> None:
    item = helped(scene)
    name_admins(scene.session, scene.consortium, [Who("T0SISTER", "U0NEW")], scene.now)
    decides_on_item(scene.session, scene.actor(OF_HELPER), item.id, scene.now)
    with refusal("so its team decides"):
        decides_on_item(scene.session, scene.actor(ADMIN), item.id, scene.now)


@pytest.mark.parametrize(("by", "may_again"), [("U0CURATOR", False), (OF_HELPER, True)])
def test_where_the_host_ends_it_nobody_steps_in_again_and_where_the_others_do_somebody_may(
    scene: Scene, by: str, *, may_again: bool
) -> None:
    helped(scene)
    scene.clock.strikes(THREE_DAYS)
    step_back(scene.session, scene.actor(by), scene.meeting.id, scene.now)
    assert seen_meeting(scene.meeting).helper is None
    assert may(scene) is may_again


def test_alone_there_is_nothing_to_end(scene: Scene) -> None:
    with refusal("CCSJ prepares this meeting alone"):
        is_ended_by_the_host(scene)


def test_what_comes_up_in_the_room_they_take_up_at_once(scene: Scene) -> None:
    helped(scene)
    begins(scene)
    helper: Actor = scene.actor(OF_HELPER)
    [brought] = bring_up(scene.session, helper, [Proposal("Same system")], scene.now).items
    assert scene.session.get_one(Item, brought.id).state == ItemState.ON_AGENDA
