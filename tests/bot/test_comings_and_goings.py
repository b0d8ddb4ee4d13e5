"""What names somebody as long as they are among us is drawn anew, without a sound, when they come or go, and when they are erased."""

from collections.abc import Callable

import pytest

from bot.consortia import apply
from bot.duties import take
from bot.leaving import Neutral, erase, those_called
from bot.membership import join
from bot.participation import has_left, is_there
from bot.plan.plan import read_plan
from bot.preparing import say_whether_help_is_good, step_in
from bot.reminders import remind
from bot.taking_out import take_out
from storage.duties import Work
from storage.people import Who
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from tests.bot.hosting import curator, on_agenda, publish
from tests.builders import Scene, deliver
from tests.drawn import draw
from tests.handlers.steps import on_sqlite, shown
from tests.story import PLAN, SHARED

pytestmark = on_sqlite

NOOR, JOAN, SAM = "U0NEW", "U0ADMIN", "U0SAM"
"""Noor and Joan are with no collaborative, and Sam is with Sunset."""
SUNSET = """[[collaborative]]
name = "Sunset"
office = "4 Noriega St, San Francisco"
curators = ["U0SAM"]
"""


@pytest.fixture
def scene(scene: Scene) -> Scene:
    scene.actor(NOOR).person.name = "Noor Haddad"
    scene.session.flush()
    return scene


def brings_food(scene: Scene, by: str = NOOR) -> None:
    take(scene.session, scene.actor(by), scene.meeting.id, Work.FOOD, scene.now)


def helps(scene: Scene, by: str = JOAN) -> None:
    say_whether_help_is_good(scene.session, curator(scene), scene.meeting.id, scene.now, is_wanted=True)
    step_in(scene.session, scene.actor(by), scene.meeting.id, scene.now)


Deed = Callable[[Scene], None]
of_both = pytest.mark.parametrize(
    ("does", "who", "name"),
    [(brings_food, NOOR, "Noor Haddad"), (helps, JOAN, "Joan Castell")],
    ids=["food", "help"],
)


def told(scene: Scene, does: Deed) -> list[Post]:
    """The agenda and a reminder, as everybody has read them."""
    on_agenda(scene, "Rents")
    scene.propose("Bus routes")
    does(scene)
    publish(scene)
    remind(scene.session, scene.actor(SAM), scene.now)
    posts = [post for kind in (PostKind.AGENDA, PostKind.REMINDER) for post in scene.posts(kind)]
    for post in posts:
        deliver(post, scene.now)
    scene.session.flush()
    return posts


def drawn(scene: Scene, post: Post) -> str:
    """Owed as an edit, and what that says."""
    scene.session.refresh(post)
    assert (post.state, post.ts) == (PostState.DUE, "1.1")
    message = draw(scene.session, post, scene.now)
    assert message is not None
    return shown(message)


def erases(scene: Scene, user_id: str) -> None:
    people = those_called(scene.session, "", user_id)
    neutral = Neutral("A former member", "An item of a former member", "To do")
    erase(scene.session, scene.consortium, people, neutral, scene.now)


def leaves(scene: Scene, user_id: str) -> None:
    has_left(scene.session, "T0SISTER", Who("T0SISTER", user_id), SHARED, scene.now)


def is_back(scene: Scene, user_id: str) -> None:
    is_there(scene.session, scene.consortium, scene.actor(user_id).person, scene.now)


@of_both
def test_who_does_something_alone_is_gone_from_every_message_when_they_are_erased(
    scene: Scene, does: Deed, who: str, name: str
) -> None:
    posts = told(scene, does)
    assert all(name in shown(draw(scene.session, post, scene.now)) for post in posts)  # type: ignore[arg-type]
    erases(scene, who)
    for post in posts:
        said = drawn(scene, post)
        assert name not in said
        assert "Rents" in said


@of_both
def test_who_does_something_alone_is_named_as_long_as_they_are_there(
    scene: Scene, does: Deed, who: str, name: str
) -> None:
    [agenda, _] = told(scene, does)
    for deed, says in ((leaves, False), (is_back, True)):
        deliver(agenda, scene.now)
        deed(scene, who)
        assert (name in drawn(scene, agenda)) is says


def test_whose_collaborative_becomes_known_does_it_for_that_one(scene: Scene) -> None:
    [agenda, _] = told(scene, brings_food)
    join(scene.session, scene.actor(NOOR), scene.collaborative("Sunset").id, scene.now)
    assert "Food: Sunset" in drawn(scene, agenda)


def test_a_collaborative_that_is_taken_out_does_nothing_any_more(scene: Scene) -> None:
    [agenda, _] = told(scene, lambda scene: brings_food(scene, SAM))
    take_out(scene.session, scene.actor(JOAN), scene.collaborative("Sunset").id, {}, scene.now)
    assert "Food: Sunset" not in drawn(scene, agenda)


def test_who_comes_and_goes_and_does_nothing_draws_nothing_anew(scene: Scene) -> None:
    posts = told(scene, brings_food)
    leaves(scene, "U0DEPUTY")
    for post in posts:
        scene.session.refresh(post)
        assert post.state == PostState.SENT


# --- Who prepares a meeting with its host stands in people's calendars, too


def sunset_helps(scene: Scene) -> None:
    scene.meeting.helper, scene.meeting.helped_by = scene.collaborative("Sunset"), scene.actor(SAM).person
    scene.session.flush()


def test_a_helper_that_leaves_the_hosting_order_makes_calendar_entries_newer(scene: Scene) -> None:
    meeting = scene.meeting
    sunset_helps(scene)
    take_out(scene.session, scene.actor(JOAN), scene.collaborative("Sunset").id, {}, scene.now)
    assert (meeting.prepared_with, meeting.sequence, meeting.revised_at) == (None, 1, scene.now)


def test_so_does_one_that_the_file_names_no_more_and_one_that_comes_back_with_it(scene: Scene) -> None:
    meeting = scene.meeting
    sunset_helps(scene)
    for number, plan in enumerate((PLAN.replace(SUNSET, ""), PLAN), start=1):
        apply(scene.session, read_plan(plan), scene.now)
        assert (meeting.prepared_with is None, meeting.sequence) == (number == 1, number)
    apply(scene.session, read_plan(PLAN), scene.now)
    assert meeting.sequence == 2


def test_a_person_who_helps_alone_and_leaves_or_is_erased_makes_them_newer(scene: Scene) -> None:
    meeting = scene.meeting
    helps_alone = scene.actor(NOOR).person
    scene.meeting.helped_by = helps_alone
    scene.session.flush()
    for number, deed in enumerate((leaves, is_back, erases), start=1):
        deed(scene, NOOR)
        assert meeting.sequence == number


def test_who_does_something_else_and_leaves_makes_no_entry_newer(scene: Scene) -> None:
    told(scene, brings_food)
    leaves(scene, NOOR)
    assert scene.meeting.sequence == 0
