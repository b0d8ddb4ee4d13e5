"""What posts have to say, each to those who read it at its place."""

from datetime import date

import pytest

from bot.decisions import add_to_agenda, leave_out
from bot.meetings import arrange
from bot.undelivered import ask_whether_it_is_there
from handlers.blocks.kit import Message
from storage.items import Item, Reason
from storage.people import Curator
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from tests.bot.hosting import curator
from tests.builders import Scene, an_arrangement, deliver
from tests.drawn import draw


def card(scene: Scene, item: Item, place: str) -> Message:
    """As it would be drawn now, at a place where there is one."""
    [post] = [post for post in scene.posts(PostKind.CARD, about=item.id) if post.place == place]
    drawn = draw(scene.session, post, scene.now)
    assert drawn is not None
    return drawn


def decides_no_longer(scene: Scene, user_id: str) -> None:
    person = scene.actor(user_id).person
    scene.session.query(Curator).filter_by(person_id=person.id).delete()
    scene.session.flush()


@pytest.mark.parametrize("is_there", [False, True])
def test_a_card_that_waits_since_another_meeting_is_not_sent_beside_the_one_for_this(
    scene: Scene, *, is_there: bool
) -> None:
    item = scene.propose()
    if is_there:
        scene.cards(item)
    scene.clock.strikes("2027-01-22 12:00")
    again = an_arrangement(day=date(2027, 2, 4))
    arrange(scene.session, scene.consortium, scene.collaborative("CCSJ"), again, scene.now)

    posts = [post for post in scene.posts(PostKind.CARD, about=item.id) if post.place == "U0CURATOR"]
    drawn = [draw(scene.session, post, scene.now) for post in posts]
    assert [message is not None for message in drawn] == [is_there, True]


@pytest.mark.parametrize("is_told", [False, True])
def test_who_decides_no_longer_sees_on_their_card_what_everybody_sees(scene: Scene, *, is_told: bool) -> None:
    item = scene.propose()
    scene.cards(item)
    add_to_agenda(scene.session, curator(scene), item.id, scene.now)
    if is_told:
        scene.tell(item)
    decides_no_longer(scene, "U0DEPUTY")
    decided = "added this to the agenda"

    assert decided in card(scene, item, "U0CURATOR").text
    theirs = card(scene, item, "U0DEPUTY").text
    assert "Budget cuts" in theirs
    assert (decided in theirs, "This is with CCSJ now" in theirs) == (is_told, not is_told)


def test_who_decides_no_longer_does_not_read_in_an_old_question_what_was_not_taken(scene: Scene) -> None:
    """The question whether its outcome arrived is drawn anew for all who were ever asked."""
    item = scene.propose("Secret budget")
    leave_out(scene.session, curator(scene), item.id, scene.now, Reason.OTHER, None)
    scene.tell(item)
    outcome = scene.posts(PostKind.OUTCOME, about=item.id)[0]
    outcome.state, outcome.fence = PostState.UNKNOWN, outcome.fence + 1
    ask_whether_it_is_there(scene.session, outcome, scene.now)
    for question in scene.posts(PostKind.UNSURE):
        deliver(question, scene.now)
    decides_no_longer(scene, "U0DEPUTY")

    asked = {post.place: draw(scene.session, post, scene.now) for post in scene.posts(PostKind.UNSURE)}
    assert "Secret budget" in asked["U0CURATOR"].text
    assert "Secret budget" not in asked["U0DEPUTY"].text
