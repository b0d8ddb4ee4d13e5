"""Who hears of a message that did not get through, and who may say whether it is there."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot.at_every_tick import CLOCKWORK
from bot.calls import owe_due_calls
from bot.cancelling import cancel
from bot.cards import card_key, following_those_who_decide
from bot.leaving import Neutral, erase
from bot.meetings import arrange
from bot.participation import Identity, has_left, is_there, note
from bot.policies import answers_for_post
from bot.removal import remove_words
from bot.roles import name_admins
from bot.undelivered import (
    ask_whether_it_is_there,
    it_is_there,
    post_again,
    tell_admins,
    tell_admins_of_files,
)
from handlers.delivery.bookkeeping import write_down
from storage.happenings import Claimed
from storage.items import Item
from storage.meetings import Meeting
from storage.outcomes import Refused
from storage.people import Who, set_curators
from storage.post_facts import PUT_OFF, PostState
from storage.post_kinds import PostKind
from storage.post_tries import MOST_TRIES
from storage.posts import Post
from storage.tenancy import across_consortia
from tests.bot.test_policies import CURATORS, EVERYBODY, allowed, hosted_by
from tests.builders import Scene, a_post, an_arrangement, deliver, post_at
from tests.drawn import draw
from tests.refusals import refusal

HOSTS = {
    "CCSJ": ["U0CURATOR", "U0DEPUTY"],
    "Bayview": ["U0RUTH"],
    "Mission": ["U0ADMIN"],
    "Sunset": ["U0SAM"],
}
ADMIN = ("T0SISTER", "U0ADMIN")


def lost(scene: Scene, kind: PostKind = PostKind.DIGEST, subject_id: int = 1, wanted: int = 1) -> Post:
    """A message of which nobody knows whether it is there: its first version, of those that were `wanted` since."""
    post = a_post(scene.session, scene.consortium, f"lost {kind}", kind=kind, subject_id=subject_id)
    post.state, post.may_be_there, post.tried_version, post.wanted_version = (
        PostState.UNKNOWN,
        True,
        1,
        wanted,
    )
    scene.session.flush()
    return post


def asked(scene: Scene, post: Post) -> list[str]:
    ask_whether_it_is_there(scene.session, post, scene.now)
    return [question.place for question in scene.posts(PostKind.UNSURE, about=post.id)]


@pytest.mark.parametrize("host", list(HOSTS))
def test_the_host_of_the_next_meeting_is_asked_about_what_is_about_none(scene: Scene, host: str) -> None:
    hosted_by(scene, host)

    assert asked(scene, lost(scene)) == HOSTS[host]


@pytest.mark.parametrize("kind", [PostKind.CALL, PostKind.AGENDA, PostKind.MOVED_MEETING])
def test_a_meetings_own_host_is_asked_about_it(scene: Scene, kind: PostKind) -> None:
    meeting = hosted_by(scene, "Bayview")
    scene.clock.strikes("2027-01-22 12:00")  # it is over

    assert asked(scene, lost(scene, kind, meeting.id)) == ["U0RUTH"]


@pytest.mark.parametrize("kind", [PostKind.CARD, PostKind.OUTCOME, PostKind.WITHDRAWAL])
def test_the_host_of_an_items_meeting_is_asked_about_it(scene: Scene, kind: PostKind) -> None:
    item = scene.propose()
    hosted_by(scene, "Sunset")
    scene.clock.strikes("2027-01-22 12:00")

    assert asked(scene, lost(scene, kind, item.id)) == ["U0SAM"]


def test_where_no_meeting_is_known_admins_are_asked(scene: Scene) -> None:
    scene.clock.strikes("2027-01-22 12:00")

    assert asked(scene, lost(scene)) == ["U0ADMIN"]


@pytest.mark.parametrize("kind", [PostKind.UNSURE, PostKind.UNDELIVERED])
def test_about_a_question_nobody_is_asked(scene: Scene, kind: PostKind) -> None:
    before = len(scene.posts(PostKind.UNSURE)), len(scene.posts(PostKind.UNDELIVERED))
    post = lost(scene, kind)
    ask_whether_it_is_there(scene.session, post, scene.now)
    tell_admins(scene.session, post, scene.now)

    after = len(scene.posts(PostKind.UNSURE)), len(scene.posts(PostKind.UNDELIVERED))
    assert sum(after) == sum(before) + 1  # the lost one itself


def test_what_the_bot_itself_waits_with_is_told_to_nobody_as_lost(scene: Scene) -> None:
    post = lost(scene)
    post.state, post.error = PostState.DUE, "accesslimited"
    tell_admins(scene.session, post, scene.now)
    [notice] = scene.posts(PostKind.UNDELIVERED, about=post.id)
    assert draw(scene.session, notice, scene.now) is not None
    post.error = PUT_OFF
    assert draw(scene.session, notice, scene.now) is None


@pytest.mark.parametrize("host", list(CURATORS))
def test_those_who_host_and_admins_may_answer(scene: Scene, host: str) -> None:
    hosted_by(scene, host)

    assert allowed(scene, answers_for_post, lost(scene).id) == CURATORS[host] | {ADMIN}


def test_a_message_of_another_consortium_is_nobodys_to_answer_for(scene: Scene) -> None:
    with across_consortia(scene.session):
        theirs = scene.session.query(Post).filter(Post.consortium_id != scene.consortium.id).first()
    assert theirs is not None
    assert allowed(scene, answers_for_post, theirs.id) == set()
    assert len(EVERYBODY) > 5


def test_what_is_there_as_it_was_wanted_is_settled(scene: Scene) -> None:
    post = lost(scene)
    post.sweep_at = scene.now
    it_is_there(scene.session, scene.actor("U0CURATOR"), post.id, scene.now)

    assert (post.state, post.may_be_there, post.ts) == (PostState.SENT, False, None)
    assert post.sweep_at is None  # nobody knows which copy to keep


def test_what_is_there_in_an_older_version_is_owed_in_the_newest(scene: Scene) -> None:
    post = lost(scene, wanted=3)
    it_is_there(scene.session, scene.actor("U0CURATOR"), post.id, scene.now)

    assert (post.state, post.may_be_there) == (PostState.DUE, False)


def test_what_is_missing_is_owed_as_a_new_message(scene: Scene) -> None:
    post = lost(scene)
    reference = post.reference
    post_again(scene.session, scene.actor("U0CURATOR"), post.id, scene.now)

    assert (post.state, post.may_be_there) == (PostState.DUE, False)
    assert post.reference != reference


@pytest.mark.parametrize("answer", [it_is_there, post_again])
def test_the_first_answer_counts(scene: Scene, answer: object) -> None:
    post = lost(scene)
    it_is_there(scene.session, scene.actor("U0CURATOR"), post.id, scene.now)

    with refusal("Maria Vega has answered this already"):
        answer(scene.session, scene.actor("U0DEPUTY"), post.id, scene.now)
    assert post.state == PostState.SENT


@pytest.mark.parametrize("state", [PostState.DUE, PostState.SENDING, PostState.SENT, PostState.FAILED])
def test_what_is_known_is_no_question_any_more(scene: Scene, state: PostState) -> None:
    post = lost(scene)
    post.state = state
    scene.session.flush()

    with refusal("I know by now"):
        post_again(scene.session, scene.actor("U0CURATOR"), post.id, scene.now)
    assert post.state == state


def test_admins_hear_once_that_a_time_away_made_calls_come_too_late(scene: Scene) -> None:
    before = len(scene.posts(PostKind.UNDELIVERED))
    scene.clock.strikes("2027-01-16 08:00")
    for _ in range(3):
        owe_due_calls(scene.session, scene.consortium, scene.now)

    told = scene.posts(PostKind.UNDELIVERED)[before:]
    assert [post.place for post in told] == ["U0ADMIN"]
    missed = scene.session.get(Post, told[0].subject_id)
    assert missed is not None
    assert (missed.state, missed.error) == (PostState.MISSED, "missed")


def goes_without_its_file(scene: Scene, place: str, error: str = "file_uploads_disabled") -> None:
    post = a_post(scene.session, scene.consortium, f"file for {place} {error} {scene.now}", place=place)
    post.state, post.error = PostState.SENT, error
    scene.session.flush()
    tell_admins_of_files(scene.session, post, scene.now)


def notices(scene: Scene) -> list[str]:
    """What admins read."""
    drawn = [draw(scene.session, post, scene.now) for post in scene.posts(PostKind.UNDELIVERED)]
    return [message.text for message in drawn if message]


def test_admins_hear_once_a_month_that_no_file_gets_through_whoever_asks(scene: Scene) -> None:
    goes_without_its_file(scene, "U0MEMBER")
    goes_without_its_file(scene, "U0SAM")
    scene.clock.passes(days=3)
    goes_without_its_file(scene, "U0MEMBER")
    [said] = notices(scene)
    assert "can allow files in its settings" in said
    scene.clock.passes(days=30)
    goes_without_its_file(scene, "U0MEMBER")
    assert len(notices(scene)) == 2


def test_another_cause_is_told_too_and_whose_file_it_was_is_not(scene: Scene) -> None:
    goes_without_its_file(scene, "U0MEMBER")
    goes_without_its_file(scene, "U0MEMBER", "storage_limit_reached")
    assert len(notices(scene)) == 2
    assert not any("Priya" in said for said in notices(scene))


def test_a_message_that_went_without_its_file_after_all_is_no_message_that_is_lost(scene: Scene) -> None:
    post = a_post(scene.session, scene.consortium, "late", place="U0MEMBER")
    post.error = "HTTP 500"
    scene.session.flush()
    tell_admins(scene.session, post, scene.now)
    assert len(notices(scene)) == 1
    post.state = PostState.SENT
    scene.session.flush()
    assert notices(scene) == []


def test_the_hosts_of_meetings_are_those_of_this_consortium(scene: Scene) -> None:
    """Two consortia look alike; of the other one's meeting nobody here is the host."""
    with across_consortia(scene.session):
        [theirs] = scene.session.query(Meeting).filter(Meeting.consortium_id != scene.consortium.id)
    hosted_by(scene, "Bayview")

    assert asked(scene, lost(scene, PostKind.CALL, theirs.id)) == ["U0RUTH"]


# --- Who may answer changes


CURATOR, DEPUTY, ONLY_ADMIN = (Who("T0SISTER", user) for user in ("U0CURATOR", "U0DEPUTY", "U0ADMIN"))
NO_CURATOR = {'curators = ["U0CURATOR", "U0DEPUTY"]\n': ""}


def leaves(scene: Scene, who: Who) -> None:
    has_left(scene.session, "T0SISTER", who, scene.consortium.channel_id, scene.now)


def slack_tells(scene: Scene, who: Who, *, is_deactivated: bool) -> None:
    told = Identity(who.team_id, who.user_id, is_bot=False, is_deactivated=is_deactivated)
    note(scene.session, scene.consortium, scene.actor(who.user_id).person, told, scene.now)


def ticks(scene: Scene) -> None:
    CLOCKWORK["ask about what may have arrived"](scene.session, scene.consortium, scene.now)


def questions(scene: Scene, post: Post) -> dict[str, bool]:
    """Where the question stands, and whether it has buttons, once all that is owed was delivered."""
    drawn = scene.session.info.setdefault("drawn", {})
    for question in scene.posts(PostKind.UNSURE, about=post.id):
        if question.state != PostState.DUE:
            continue
        message = draw(scene.session, question, scene.now)
        if message is not None:
            drawn[question.place] = "post.again" in str(message.blocks)
            deliver(question, scene.now)
        elif question.ts is None:
            question.state = PostState.NOT_NEEDED
    scene.session.flush()
    return dict(drawn)


@pytest.mark.parametrize("how", ["they leave", "they are deactivated", "the file names another"])
def test_who_decides_now_is_asked_and_who_did_before_loses_the_buttons(scene: Scene, how: str) -> None:
    post = lost(scene)
    asked(scene, post)
    assert questions(scene, post) == {"U0CURATOR": True, "U0DEPUTY": True}

    if how == "the file names another":
        scene.apply(**{'curators = ["U0CURATOR", "U0DEPUTY"]': 'curators = ["U0NEW"]'})
        assert questions(scene, post) == {"U0CURATOR": False, "U0DEPUTY": False, "U0NEW": True}
        return
    for who in (CURATOR, DEPUTY):
        if how == "they leave":
            leaves(scene, who)
        else:
            slack_tells(scene, who, is_deactivated=True)
    assert questions(scene, post)["U0ADMIN"]


def test_of_two_who_were_asked_the_one_who_leaves_loses_the_buttons_until_they_are_back(scene: Scene) -> None:
    post = lost(scene)
    asked(scene, post)
    questions(scene, post)
    leaves(scene, DEPUTY)
    assert questions(scene, post) == {"U0CURATOR": True, "U0DEPUTY": False}

    is_there(scene.session, scene.consortium, scene.actor("U0DEPUTY").person, scene.now)
    assert questions(scene, post) == {"U0CURATOR": True, "U0DEPUTY": True}


def test_an_admin_who_was_asked_keeps_the_buttons_for_they_may_always_answer(scene: Scene) -> None:
    scene.apply(**NO_CURATOR)
    post = lost(scene)
    assert asked(scene, post) == ["U0ADMIN"]
    questions(scene, post)

    scene.apply()
    assert questions(scene, post) == {"U0ADMIN": True, "U0CURATOR": True, "U0DEPUTY": True}


def test_when_the_meeting_is_over_the_next_host_is_asked_once(scene: Scene) -> None:
    scene.apply(
        **{
            'host = "CCSJ"': 'host = "CCSJ"\n[[meeting]]\ndate = "2027-04-22"\nstarts = "10:00"\nminutes = 120\nhost = "Bayview"'
        }
    )
    post = lost(scene)
    asked(scene, post)
    ticks(scene)
    assert questions(scene, post) == {"U0CURATOR": True, "U0DEPUTY": True}

    scene.clock.strikes("2027-01-22 12:00")
    ticks(scene)
    assert questions(scene, post) == {"U0CURATOR": False, "U0DEPUTY": False, "U0RUTH": True}
    versions = [question.wanted_version for question in scene.posts(PostKind.UNSURE, about=post.id)]
    for _ in range(3):
        ticks(scene)
    assert [one.wanted_version for one in scene.posts(PostKind.UNSURE, about=post.id)] == versions


@pytest.mark.parametrize("has_gone_out", [True, False])
def test_while_nobody_decides_nobody_is_asked_and_who_decides_again_is(
    scene: Scene, *, has_gone_out: bool
) -> None:
    scene.apply(**NO_CURATOR)
    post = lost(scene)
    asked(scene, post)
    if has_gone_out:
        questions(scene, post)
    slack_tells(scene, ONLY_ADMIN, is_deactivated=True)
    ticks(scene)
    questions(scene, post)
    assert asked(scene, post) == ["U0ADMIN"]

    slack_tells(scene, ONLY_ADMIN, is_deactivated=False)
    assert questions(scene, post) == {"U0ADMIN": True}


def test_where_no_meeting_is_known_a_new_admin_is_asked(scene: Scene) -> None:
    scene.clock.strikes("2027-01-22 12:00")
    post = lost(scene)
    asked(scene, post)
    questions(scene, post)
    name_admins(scene.session, scene.consortium, [Who("T0SISTER", "U0NEW")], scene.now)
    ticks(scene)
    assert questions(scene, post) == {"U0ADMIN": False, "U0NEW": True}


def test_of_a_message_about_delivery_nobody_is_asked_it_is_owed_again(scene: Scene) -> None:
    """Also one that was taken for unknown by an older bot."""
    post = lost(scene, PostKind.UNSURE)
    ticks(scene)
    assert (post.state, post.may_be_there) == (PostState.DUE, False)
    assert scene.posts(PostKind.UNSURE, about=post.id) == []


def test_an_answered_question_gets_no_buttons_again_when_its_message_is_lost_again(scene: Scene) -> None:
    post = lost(scene)
    asked(scene, post)
    questions(scene, post)
    post_again(scene.session, scene.actor("U0CURATOR"), post.id, scene.now)
    post.state, post.may_be_there, post.fence = PostState.UNKNOWN, True, post.fence + 1
    scene.session.flush()
    ticks(scene)

    drawn = [draw(scene.session, one, scene.now) for one in scene.posts(PostKind.UNSURE, about=post.id)]
    assert ["post.again" in str(message and message.blocks) for message in drawn] == [
        False,
        False,
        True,
        True,
    ]


def test_who_was_not_reached_before_another_answered_is_asked_nothing(scene: Scene) -> None:
    post = lost(scene)
    asked(scene, post)
    it_is_there(scene.session, scene.actor("U0CURATOR"), post.id, scene.now)
    assert questions(scene, post) == {}


@pytest.mark.parametrize("kind", [PostKind.UNSURE, PostKind.CARD])
def test_what_is_refused_for_good_is_given_up_as_the_bot_may_look(scene: Scene, kind: PostKind) -> None:
    post = lost(scene, kind)
    post.state, post.error, post.attempts = PostState.DUE, "invalid_blocks", -MOST_TRIES
    post.live_through(Claimed(timedelta(minutes=2)), scene.now)
    scene.session.flush()
    write_down(scene.session, post, Refused("invalid_blocks"), scene.now, timedelta(minutes=1))
    assert post.state == PostState.FAILED


def test_the_next_trouble_of_a_day_is_told_where_the_first_was_over_before_anybody_heard(
    scene: Scene,
) -> None:
    first, second = lost(scene), lost(scene, PostKind.CALL)
    for post in (first, second):
        post.place, post.error, post.state = "C0SHARED", "restricted_action", PostState.FAILED
    tell_admins(scene.session, first, scene.now)
    [notice] = scene.posts(PostKind.UNDELIVERED)
    notice.state = PostState.NOT_NEEDED
    scene.session.flush()

    tell_admins(scene.session, second, scene.now)
    scene.session.flush()
    scene.session.refresh(notice)
    assert (notice.state, notice.subject_id) == (PostState.DUE, second.id)


def of_unknown_fate(scene: Scene, item: Item) -> tuple[Post, list[Post]]:
    """The card of one who decides, and the questions about it, which were read."""
    card = post_at(scene.session, card_key(item, item.meeting, "U0DEPUTY"))
    card.state, card.fence, card.may_be_there, card.tried_version = PostState.UNKNOWN, 1, True, 1
    scene.session.flush()
    asked(scene, card)
    questions = scene.posts(PostKind.UNSURE, about=card.id)
    for one in questions:
        deliver(one, scene.now)
    scene.session.flush()
    return card, questions


@pytest.mark.parametrize("is_asked_before", [True, False])
def test_where_its_meeting_is_cancelled_nobody_has_to_look(scene: Scene, *, is_asked_before: bool) -> None:
    """Also where nobody could find it only afterwards."""
    meeting = hosted_by(scene, "CCSJ")
    arrange(scene.session, scene.consortium, meeting.host, an_arrangement(day=date(2027, 4, 15)), scene.now)
    if is_asked_before:
        call = lost(scene, PostKind.CALL, meeting.id)
        asked(scene, call)
        assert set(questions(scene, call).values()) == {True}
    cancel(scene.session, scene.actor("U0ADMIN"), meeting.id, scene.now)
    if not is_asked_before:
        call = lost(scene, PostKind.CALL, meeting.id)
        assert asked(scene, call) == []
    ticks(scene)
    scene.session.refresh(call)
    assert call.state == PostState.NOT_NEEDED
    assert True not in questions(scene, call).values()
    with refusal("I know by now what became of this message"):
        post_again(scene.session, scene.actor("U0CURATOR"), call.id, scene.now)


def decides_no_longer(scene: Scene, _card: Post) -> None:
    with following_those_who_decide(scene.session, scene.consortium, scene.now):
        set_curators(scene.session, scene.collaborative("CCSJ"), [scene.actor("U0CURATOR").person])


def test_who_can_look_no_more_after_a_cancelling_loses_the_buttons(scene: Scene) -> None:
    """Those who decide for the next host were asked before, so nobody new is asked."""
    set_curators(scene.session, scene.collaborative("Bayview"), [scene.actor("U0DEPUTY").person])
    april = an_arrangement(day=date(2027, 4, 15))
    arrange(scene.session, scene.consortium, scene.collaborative("Bayview"), april, scene.now)
    assert asked(scene, lost(scene)) == ["U0CURATOR", "U0DEPUTY"]
    questions = {one.place: one for one in scene.posts(PostKind.UNSURE)}
    for one in questions.values():
        deliver(one, scene.now)
    scene.session.flush()
    cancel(scene.session, scene.actor("U0ADMIN"), scene.meeting.id, scene.now)
    scene.session.expire_all()
    assert questions["U0CURATOR"].state == PostState.DUE  # as an edit


def is_posted_again(scene: Scene, card: Post) -> None:
    post_again(scene.session, scene.actor("U0CURATOR"), card.id, scene.now)


def test_where_nobody_has_to_look_any_more_the_question_loses_its_buttons(scene: Scene) -> None:
    card, questions = of_unknown_fate(scene, scene.propose())
    decides_no_longer(scene, card)
    scene.session.expire_all()
    assert card.state == PostState.NOT_NEEDED
    for one in questions:
        message = draw(scene.session, one, scene.now)
        assert "I know by now what became of this message." in message.text
        assert "actions" not in {block["type"] for block in message.blocks}
        assert one.state == PostState.DUE  # as an edit


@pytest.mark.parametrize("meanwhile", [is_posted_again, decides_no_longer])
@pytest.mark.parametrize("how", ["removed", "erased"])
def test_a_question_keeps_no_words_that_were_taken_away(
    scene: Scene, how: str, meanwhile: Callable[[Scene, Post], None]
) -> None:
    item = scene.propose("Jane Doe of Oak St", by="U0SAM")
    card, questions = of_unknown_fate(scene, item)
    meanwhile(scene, card)
    for one in questions:
        deliver(one, scene.now)
    scene.session.flush()
    if how == "removed":
        remove_words(scene.session, scene.actor("U0ADMIN"), item.id, "(removed)", scene.now)
    else:
        neutral = Neutral("A former member", "An item", "To do")
        erase(scene.session, scene.consortium, [scene.actor("U0SAM").person], neutral, scene.now)
    scene.session.expire_all()
    for one in questions:
        assert one.state == PostState.DUE  # as an edit
        assert "Jane Doe" not in draw(scene.session, one, scene.now).text
