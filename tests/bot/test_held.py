"""What is told to those who decide: it goes to whoever decides now, and is held while nobody can."""

from datetime import timedelta

import pytest

from bot.at_every_tick import CLOCKWORK
from bot.channels import note_closed
from bot.decisions import add_to_agenda
from bot.items import withdraw
from bot.participation import Identity, note
from bot.preparing import say_whether_help_is_good
from bot.undelivered import tell_admins
from program.doctor.outbox import OVERDUE
from storage import claims
from storage.figures import figures, how_many_unsent
from storage.happenings import Claimed
from storage.items import Item
from storage.outcomes import Unclear
from storage.people import Who
from storage.post_facts import NOBODY, PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import across_consortia
from tests.bot.hosting import curator
from tests.bot.test_channels import LEASE
from tests.bot.test_policies import hosted_by
from tests.builders import Scene, a_post, deliver
from tests.drawn import draw

ADMIN = Who("T0SISTER", "U0ADMIN")
OTHER_ADMIN = {'admins = ["U0ADMIN"]': 'admins = ["U0SAM"]'}


def the_admin(scene: Scene, *, is_away: bool) -> None:
    told = Identity(ADMIN.team_id, "Ana", is_bot=False, is_deactivated=is_away)
    note(scene.session, scene.consortium, scene.actor(ADMIN.user_id).person, told, scene.now)
    scene.session.flush()


def ticks(scene: Scene) -> None:
    CLOCKWORK["hand over what was held"](scene.session, scene.consortium, scene.now)
    scene.session.flush()


def on_the_agenda(scene: Scene) -> Item:
    """Of Mission, which has no curator: only the admin decides."""
    hosted_by(scene, "Mission")
    item = scene.propose()
    add_to_agenda(scene.session, scene.actor("U0ADMIN"), item.id, scene.now)
    return item


def withdrawn(scene: Scene, item: Item) -> None:
    withdraw(scene.session, scene.actor("U0MEMBER"), item.id, scene.now)


def owed(scene: Scene, kind: PostKind) -> list[str]:
    """Where it is owed, or stands."""
    return [post.place for post in scene.posts(kind) if post.state in (PostState.DUE, PostState.SENT)]


@pytest.mark.parametrize("when", ["before", "while", "under way"])
@pytest.mark.parametrize("who", ["is back", "is another"])
def test_who_decides_again_hears_of_a_withdrawal_that_nobody_could_hear_of(
    scene: Scene, when: str, who: str
) -> None:
    item = on_the_agenda(scene)
    if when != "while":
        withdrawn(scene, item)
    [*before] = scene.posts(PostKind.WITHDRAWAL)
    if when == "under way":
        before[0].live_through(Claimed(LEASE), scene.now)
        scene.session.flush()
    the_admin(scene, is_away=True)
    if when == "while":
        withdrawn(scene, item)
    assert owed(scene, PostKind.WITHDRAWAL) == [NOBODY]
    for _ in range(3):
        ticks(scene)
    assert owed(scene, PostKind.WITHDRAWAL) == [NOBODY]

    if who == "is another":
        scene.apply(**OTHER_ADMIN)
        assert owed(scene, PostKind.WITHDRAWAL) == ["U0SAM"]
    elif when != "under way":  # that one says itself what became of it
        the_admin(scene, is_away=False)
        assert owed(scene, PostKind.WITHDRAWAL) == ["U0ADMIN"]


def test_what_is_held_is_sent_to_nobody_and_is_not_overdue(scene: Scene) -> None:
    item = on_the_agenda(scene)
    the_admin(scene, is_away=True)
    everything_else_is_sent(scene)
    withdrawn(scene, item)
    everything_else_is_sent(scene)

    later = scene.now + timedelta(days=1)
    assert claims.claim(scene.session, later, LEASE, set()) == []
    assert figures(scene.session, later).oldest_due == timedelta()
    assert how_many_unsent(scene.session, before=later - OVERDUE) == 0


def everything_else_is_sent(scene: Scene) -> None:
    with across_consortia(scene.session):
        for post in scene.session.query(Post).filter(Post.place != NOBODY):
            deliver(post, scene.now)
        scene.session.flush()


def test_what_may_have_arrived_before_it_was_held_is_looked_for_in_the_same_place(scene: Scene) -> None:
    withdrawn(scene, on_the_agenda(scene))
    [post] = scene.posts(PostKind.WITHDRAWAL)
    reference = post.reference
    post.may_be_there, post.error = True, Unclear("HTTP 500").error
    scene.session.flush()
    the_admin(scene, is_away=True)
    the_admin(scene, is_away=False)

    [post] = scene.posts(PostKind.WITHDRAWAL)
    assert (post.state, post.may_be_there, post.reference) == (PostState.DUE, True, reference)


def test_a_withdrawal_that_was_told_is_not_told_again(scene: Scene) -> None:
    withdrawn(scene, on_the_agenda(scene))
    everything_else_is_sent(scene)
    the_admin(scene, is_away=True)
    the_admin(scene, is_away=False)
    assert [post.state for post in scene.posts(PostKind.WITHDRAWAL)] == [PostState.SENT]


def test_an_item_that_nobody_could_decide_on_has_one_card_for_who_decides_again(scene: Scene) -> None:
    hosted_by(scene, "Mission")
    the_admin(scene, is_away=True)
    item = scene.propose()
    assert scene.cards(item) == {}

    the_admin(scene, is_away=False)
    ticks(scene)
    assert scene.cards(item) == {"U0ADMIN": True}


def closes(scene: Scene) -> PostKind:
    note_closed(scene.session, scene.consortium, "C0SHARED", "is_archived", scene.now)
    return PostKind.CHANNEL


def loses(scene: Scene) -> PostKind:
    lost = a_post(scene.session, scene.consortium, "lost", kind=PostKind.AGENDA)
    lost.error = "invalid_blocks"
    scene.session.flush()
    tell_admins(scene.session, lost, scene.now)
    return PostKind.UNDELIVERED


def wishes_for_help(scene: Scene) -> PostKind:
    scene.propose()
    say_whether_help_is_good(scene.session, curator(scene), scene.meeting.id, scene.now, is_wanted=True)
    return PostKind.HELP_WANTED


NEWS = pytest.mark.parametrize("news", [closes, loses])


@NEWS
@pytest.mark.parametrize("when", ["before", "while"])
def test_what_no_admin_could_hear_goes_to_the_next(scene: Scene, news: object, when: str) -> None:
    before = len(scene.posts(PostKind.UNDELIVERED))
    if when == "while":
        the_admin(scene, is_away=True)
    kind = news(scene)
    the_admin(scene, is_away=True)
    told = scene.posts(kind)[before if kind == PostKind.UNDELIVERED else 0 :]
    assert [post.place for post in told] == [NOBODY]

    scene.apply(**OTHER_ADMIN)
    ticks(scene)
    assert owed(scene, kind)[-1] == "U0SAM"
    assert NOBODY not in owed(scene, kind)


@pytest.mark.parametrize("news", [closes, loses, wishes_for_help])
def test_what_has_not_reached_the_admin_before_goes_to_those_of_now(scene: Scene, news: object) -> None:
    kind = news(scene)
    scene.apply(**OTHER_ADMIN)
    assert owed(scene, kind)[-1] == "U0SAM"
    assert "U0ADMIN" not in owed(scene, kind)[-1:]


def test_a_wish_for_help_is_held_for_the_next_admin_who_is_not_of_the_hosts_own_team(scene: Scene) -> None:
    kind = wishes_for_help(scene)
    the_admin(scene, is_away=True)
    assert owed(scene, kind) == [NOBODY]
    scene.actor("U0DEPUTY").person.is_admin = True
    ticks(scene)
    assert owed(scene, kind) == [NOBODY]
    scene.apply(**OTHER_ADMIN)
    ticks(scene)
    assert owed(scene, kind) == ["U0SAM"]
    [post] = [one for one in scene.posts(kind) if one.place == "U0SAM"]
    assert "CCSJ would be glad of some help" in draw(scene.session, post, scene.now).text


def test_a_channel_that_is_open_again_before_anybody_could_hear_is_not_spoken_of(scene: Scene) -> None:
    the_admin(scene, is_away=True)
    closes(scene)
    note_closed(scene.session, scene.consortium, "C0SHARED", None, scene.now)
    the_admin(scene, is_away=False)
    ticks(scene)
    [post] = [one for one in scene.posts(PostKind.CHANNEL) if one.place == "U0ADMIN"]
    assert draw(scene.session, post, scene.now) is None
