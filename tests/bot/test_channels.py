"""What is known of a channel: under its new id it is the same one, and what was tried in it tells whether it is open."""

from datetime import timedelta

import pytest

from bot import setup
from bot.channels import Standing, channels_to_ask, has_new_id, look_again, note_asked, note_closed
from bot.consortia import apply
from handlers.delivery.bookkeeping import write_down
from handlers.delivery.kinds import view
from storage.channels import channel_known, why_closed
from storage.consortia import collaborative_named
from storage.happenings import Claimed
from storage.outcomes import NotSent, Outcome, Refused, Sent
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from tests.builders import Scene, a_plan, a_post, deliver

LEASE, SETTLE = timedelta(seconds=150), timedelta(seconds=90)
OLD, NEW = "C0SHARED", "C0FRESH"
BOTH_KNOWN = {
    'members = ["U0MEMBER"]': f'members = ["U0MEMBER"]\nchannel = "{OLD}"',
    f'channel = "{OLD}"\ntimezone': f'channel = "{NEW}"\ntimezone',
}
"""The admin chose the new id before Slack's news came; and curators are asked in the same channel, under its old id."""


def doors(scene: Scene) -> dict[str, Post]:
    scene.session.flush()
    scene.session.expire_all()
    return {post.key.split(":")[-1]: post for post in scene.posts(PostKind.STANDING)}


def gets_new_id(scene: Scene) -> None:
    has_new_id(scene.session, "T0SISTER", OLD, NEW, scene.now)
    scene.session.flush()


def under_way(scene: Scene, outcome: Outcome, *, renamed: bool = False) -> Post:
    """The doors are tried, with this outcome; meanwhile the channel may get its new id."""
    [post] = scene.posts(PostKind.STANDING)
    post.live_through(Claimed(LEASE), scene.now)
    scene.session.flush()
    claimed = Post(**{column.key: getattr(post, column.key) for column in Post.__mapper__.column_attrs})
    if renamed:
        gets_new_id(scene)
    write_down(scene.session, claimed, outcome, scene.now, SETTLE)
    scene.session.flush()
    return post


@pytest.mark.parametrize("known", ["stands", "may be there", "owed"])
@pytest.mark.parametrize("id_of_known", [OLD, NEW])
def test_what_is_owed_under_both_ids_is_one_post(scene: Scene, known: str, id_of_known: str) -> None:
    scene.apply(**BOTH_KNOWN)
    post = doors(scene)[id_of_known]
    if known == "stands":
        deliver(post, scene.now)
    post.may_be_there = known == "may be there"
    known_id, ts = post.id, post.ts

    gets_new_id(scene)
    found = doors(scene)
    assert (found[NEW].state, found[OLD].state) == (PostState.DUE, PostState.NOT_NEEDED)
    assert {found[NEW].place, found[OLD].place} == {NEW}
    assert found[NEW].ts == ts
    if known != "owed":
        assert found[NEW].id == known_id
    gets_new_id(scene)  # the same news again
    assert doors(scene)[NEW].state == PostState.DUE


@pytest.mark.parametrize("becomes", ["another", "known by a new id"])
def test_what_arrives_late_in_the_channel_of_before_is_left_there_unless_it_is_the_same_one(
    scene: Scene, becomes: str
) -> None:
    post = a_post(scene.session, scene.consortium, "call", kind=PostKind.CALL, place=OLD)
    post.live_through(Claimed(LEASE), scene.now)
    scene.session.flush()
    claimed = Post(**{column.key: getattr(post, column.key) for column in Post.__mapper__.column_attrs})
    if becomes == "another":
        scene.apply(**{f'channel = "{OLD}"\ntimezone': f'channel = "{NEW}"\ntimezone'})
    else:
        channel_known(scene.session, OLD)
        gets_new_id(scene)
        post.fence += 1
    scene.session.flush()
    write_down(scene.session, claimed, Sent(OLD, "1.1"), scene.now, SETTLE)
    assert (post.place, post.ts) == (NEW, None)
    assert post.stray_ts == (None if becomes == "another" else "1.1")


@pytest.mark.parametrize("outcome", [NotSent("channel_not_found"), Refused("channel_not_found")])
def test_what_was_refused_under_the_old_id_says_nothing_of_the_new_one(
    scene: Scene, outcome: Outcome
) -> None:
    told = len(scene.posts(PostKind.UNDELIVERED))
    post = under_way(scene, outcome, renamed=True)
    assert why_closed(scene.session, NEW) is None
    assert (scene.posts(PostKind.CHANNEL), len(scene.posts(PostKind.UNDELIVERED))) == ([], told)
    assert (post.place, post.state) == (NEW, PostState.DUE)
    assert post.not_before == scene.now + timedelta(seconds=1)


def test_only_a_new_message_shows_that_a_channel_is_open(scene: Scene) -> None:
    note_closed(scene.session, scene.consortium, OLD, "not_in_channel", scene.now)
    [post] = scene.posts(PostKind.STANDING)
    post.ts = "1.1"
    under_way(scene, Sent(OLD, "1.1"))
    assert why_closed(scene.session, OLD) == "not_in_channel"

    post.ts, post.state = None, PostState.DUE
    under_way(scene, Sent(OLD, "2.2"))
    assert why_closed(scene.session, OLD) is None


def test_who_is_in_a_channel_is_asked_as_soon_as_a_message_shows_that_it_is_open(scene: Scene) -> None:
    [asked] = [one for one in channels_to_ask(scene.session, scene.consortium, scene.now) if one.is_shared]
    note_asked(scene.session, scene.consortium, asked, Standing("not_in_channel"), scene.now)
    assert channels_to_ask(scene.session, scene.consortium, scene.now) == []

    under_way(scene, Sent(OLD, "2.2"))
    assert [one.channel_id for one in channels_to_ask(scene.session, scene.consortium, scene.now)] == [OLD]


def test_a_closed_channel_of_who_has_left_the_rotation_and_still_hosts_is_named_and_its_cards_move(
    scene: Scene,
) -> None:
    host = scene.collaborative("CCSJ")
    host.curators_channel_id = "C0CURATORS"
    item = scene.propose()
    assert scene.cards(item) == {"C0CURATORS": True}
    host.position = None
    scene.session.flush()
    note_closed(scene.session, scene.consortium, "C0CURATORS", "is_archived", scene.now)

    told = [post for post in scene.posts(PostKind.CHANNEL) if post.state == PostState.DUE]
    assert [view(scene.session, post, scene.now).hosts for post in told] == [("CCSJ",)]
    assert scene.cards(item) == {"C0CURATORS": False, "U0CURATOR": True, "U0DEPUTY": True}


def test_a_channel_that_is_closed_again_is_told_of_where_it_was_open_before_anybody_heard(
    scene: Scene,
) -> None:
    note_closed(scene.session, scene.consortium, OLD, "is_archived", scene.now)
    [notice] = scene.posts(PostKind.CHANNEL)
    note_closed(scene.session, scene.consortium, OLD, None, scene.now)
    scene.session.refresh(notice)
    assert view(scene.session, notice, scene.now) is None
    notice.state = PostState.NOT_NEEDED
    scene.session.flush()

    note_closed(scene.session, scene.consortium, OLD, "is_archived", scene.now)
    scene.session.flush()
    scene.session.refresh(notice)
    assert notice.state == PostState.DUE
    assert view(scene.session, notice, scene.now) is not None


def test_of_a_channel_that_is_closed_and_open_by_turns_admins_hear_once_a_day(scene: Scene) -> None:
    for closed_for in ("is_archived", None) * 3:
        note_closed(scene.session, scene.consortium, OLD, closed_for, scene.now)
        scene.clock.passes(minutes=10)
    assert len(scene.posts(PostKind.CHANNEL)) == 1
    note_closed(scene.session, scene.consortium, OLD, "not_in_channel", scene.now)
    assert len(scene.posts(PostKind.CHANNEL)) == 2
    scene.clock.passes(days=1)
    note_closed(scene.session, scene.consortium, OLD, "is_archived", scene.now)
    assert len(scene.posts(PostKind.CHANNEL)) == 3


def test_what_a_message_finds_out_is_newer_than_the_answer_on_its_way(scene: Scene) -> None:
    [asked] = channels_to_ask(scene.session, scene.consortium, scene.now)
    note_closed(scene.session, scene.consortium, OLD, "is_archived", scene.now)
    note_asked(scene.session, scene.consortium, asked, Standing(None), scene.now)
    assert why_closed(scene.session, OLD) == "is_archived"
    assert channels_to_ask(scene.session, scene.consortium, scene.now)


def test_of_two_bots_that_ask_at_once_the_answer_to_the_older_question_counts_no_more(scene: Scene) -> None:
    """Between them Slack said that something has changed."""
    [older] = channels_to_ask(scene.session, scene.consortium, scene.now)
    look_again(scene.session, "T0SISTER", OLD)
    [newer] = channels_to_ask(scene.session, scene.consortium, scene.now + timedelta(seconds=1))
    note_asked(scene.session, scene.consortium, older, Standing("is_archived"), scene.now)
    assert why_closed(scene.session, OLD) is None
    note_asked(scene.session, scene.consortium, newer, Standing("not_in_channel"), scene.now)
    assert why_closed(scene.session, OLD) == "not_in_channel"
    assert channels_to_ask(scene.session, scene.consortium, scene.now + timedelta(seconds=2)) == []


CURATORS = {'members = ["U0MEMBER"]': 'members = ["U0MEMBER"]\nchannel = "C0CURATORS"'}


def channels_now(scene: Scene) -> tuple[str, str | None]:
    ccsj = collaborative_named(scene.session, "CCSJ")
    return scene.consortium.channel_id, ccsj and ccsj.curators_channel_id


@pytest.mark.parametrize(
    ("renamed", "now"),
    [
        ([("C0SHARED", "C0FRESH")], ("C0FRESH", "C0CURATORS")),
        ([("C0CURATORS", "C0FRESH")], ("C0SHARED", "C0FRESH")),
        ([("C0SHARED", "C0FRESH"), ("C0FRESH", "C0NEWEST")], ("C0NEWEST", "C0CURATORS")),
        ([("C0SHARED", "C0FRESH"), ("C0FRESH", "C0SHARED")], ("C0SHARED", "C0CURATORS")),
        (
            [("C0SHARED", "C0FRESH"), ("C0FRESH", "C0SHARED"), ("C0SHARED", "C0NEWEST")],
            ("C0NEWEST", "C0CURATORS"),
        ),
        ([("C0FRESH", "C0NEWEST"), ("C0SHARED", "C0FRESH")], ("C0NEWEST", "C0CURATORS")),
        (
            [("C0NEWER", "C0NEWEST"), ("C0FRESH", "C0NEWER"), ("C0SHARED", "C0FRESH")],
            ("C0NEWEST", "C0CURATORS"),
        ),
        (
            [("C0FRESH", "C0NEWER"), ("C0NEWER", "C0NEWEST"), ("C0SHARED", "C0FRESH")],
            ("C0NEWEST", "C0CURATORS"),
        ),
        ([("C0CURATORS", "C0FRESH"), ("C0OTHER", "C0NEWER")], ("C0SHARED", "C0FRESH")),
    ],
)
def test_a_file_that_names_a_channel_by_its_former_id_means_the_same_channel(
    scene: Scene, renamed: list[tuple[str, str]], now: tuple[str, str]
) -> None:
    apply(scene.session, a_plan(**CURATORS), scene.now)
    for old, new in renamed:
        has_new_id(scene.session, "T0SISTER", old, new, scene.now)
    apply(scene.session, a_plan(**CURATORS), scene.now)
    assert channels_now(scene) == now


def chooses(scene: Scene, channel: str) -> None:
    scene.apply(**{'channel = "C0SHARED"\ntimezone': f'channel = "{channel}"\ntimezone'})
    scene.session.flush()


def chooses_in_the_form(scene: Scene, channel: str) -> None:
    described = a_plan(**{'channel = "C0SHARED"\ntimezone': f'channel = "{channel}"\ntimezone'})
    setup.describe(scene.session, scene.actor("U0ADMIN"), described, {}, scene.now)


@pytest.mark.parametrize("meanwhile", ["C0MEANWHILE", NEW])
def test_a_new_id_is_heard_also_of_a_channel_of_before(scene: Scene, meanwhile: str) -> None:
    """Another is used for a while; or the admin was faster than Slack's news."""
    chooses(scene, meanwhile)
    gets_new_id(scene)
    scene.apply()  # the file of before
    assert scene.consortium.channel_id == NEW


def test_the_buttons_of_a_channel_of_before_follow_it_to_its_new_id(scene: Scene) -> None:
    [post] = scene.posts(PostKind.STANDING)
    deliver(post, scene.now)
    scene.session.flush()
    chooses(scene, "C0MEANWHILE")
    gets_new_id(scene)
    chooses(scene, NEW)
    assert [one.place for one in scene.posts(PostKind.STANDING) if one.place in (OLD, NEW)] == [NEW]


def test_a_channel_that_is_chosen_by_an_id_that_it_had_before_it_was_ours_is_the_same_one(
    scene: Scene,
) -> None:
    """The form was open while Slack gave the chosen channel its new id."""
    has_new_id(scene.session, "T0SISTER", "C0CHOSEN", NEW, scene.now)
    chooses(scene, "C0CHOSEN")
    assert scene.consortium.channel_id == NEW


def test_a_channel_that_got_its_former_id_back_unheard_can_be_chosen_again(scene: Scene) -> None:
    gets_new_id(scene)
    note_closed(scene.session, scene.consortium, NEW, "channel_not_found", scene.now)
    chooses_in_the_form(scene, OLD)
    scene.apply()  # the file of before
    assert scene.consortium.channel_id == OLD


@pytest.mark.parametrize(
    "closed_for", ["is_archived", "not_in_channel", "channel_not_found", "org_login_required"]
)
def test_a_file_leads_to_the_newest_id_also_while_the_bot_can_not_use_it(
    scene: Scene, closed_for: str
) -> None:
    """It may be archived, or the bot taken out of it: when it is open again, all goes on."""
    scene.apply(**CURATORS)
    gets_new_id(scene)
    has_new_id(scene.session, "T0SISTER", "C0CURATORS", "C0THEIRS", scene.now)
    for channel_id in (NEW, "C0THEIRS"):
        note_closed(scene.session, scene.consortium, channel_id, closed_for, scene.now)
    scene.apply(**CURATORS)
    assert channels_now(scene) == (NEW, "C0THEIRS")


@pytest.mark.parametrize("closed_for", [None, "is_archived"])
def test_a_former_id_in_a_form_means_the_newest_as_long_as_slack_knows_that(
    scene: Scene, closed_for: str | None
) -> None:
    gets_new_id(scene)
    note_closed(scene.session, scene.consortium, NEW, closed_for, scene.now)
    chooses_in_the_form(scene, OLD)
    assert scene.consortium.channel_id == NEW


def test_a_second_new_id_of_one_former_id_counts(scene: Scene) -> None:
    gets_new_id(scene)
    note_closed(scene.session, scene.consortium, NEW, "channel_not_found", scene.now)
    chooses_in_the_form(scene, OLD)
    has_new_id(scene.session, "T0SISTER", OLD, "C0NEWEST", scene.now)
    scene.apply()
    assert scene.consortium.channel_id == "C0NEWEST"
