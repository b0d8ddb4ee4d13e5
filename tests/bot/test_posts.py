"""What posts have to say, each to those who read it at its place."""

import pytest

from bot.decisions import add_to_agenda
from handlers.blocks.kit import Message
from storage.items import Item
from storage.people import Curator
from storage.post_kinds import PostKind
from tests.bot.hosting import curator
from tests.builders import Scene
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


@pytest.mark.parametrize("is_told", [False, True])
def test_who_decides_no_longer_sees_on_their_card_what_everybody_sees(scene: Scene, *, is_told: bool) -> None:
    item = scene.propose()
    add_to_agenda(scene.session, curator(scene), item.id, scene.now)
    if is_told:
        scene.tell(item)
    decides_no_longer(scene, "U0DEPUTY")
    decided = "added this to the agenda"

    assert decided in card(scene, item, "U0CURATOR").text
    theirs = card(scene, item, "U0DEPUTY").text
    assert "Budget cuts" in theirs
    assert (decided in theirs, "This is with CCSJ now" in theirs) == (is_told, not is_told)
