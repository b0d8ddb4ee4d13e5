"""Every kind of post is owed under a key as its kind says."""

import re
from datetime import date

import pytest

from bot.at_every_tick import CLOCKWORK
from bot.decisions import add_to_agenda, hold, reconsider
from bot.items import withdraw
from bot.meetings import change
from bot.publishing import publish
from bot.reminders import remind
from bot.undelivered import ask_whether_it_is_there, tell_admins
from storage.post_kinds import PostKind
from tests.builders import Scene, an_arrangement, deliver

FORMATS = {str(kind): kind.key_format for kind in PostKind}
NO_COLON, ANYTHING = "[^:]+", ".+"


def pattern(listed: str) -> str:
    """What a key looks like: no word in braces has a colon, but a moment."""
    literal_or_word = re.split(r"\{(.+?)\}", listed)
    return "".join(
        (ANYTHING if part == "moment" else NO_COLON) if number % 2 else re.escape(part)
        for number, part in enumerate(literal_or_word)
    )


@pytest.fixture
def eventful(scene: Scene) -> Scene:
    """A scene in which every kind of post has been owed."""
    curator, meeting = scene.actor("U0CURATOR"), scene.meeting
    taken, held, withdrawn, _left = (scene.propose(title) for title in ("Taken", "Held", "Withdrawn", "Left"))
    for item in (taken, withdrawn):
        add_to_agenda(scene.session, curator, item.id, scene.now)
    hold(scene.session, curator, held.id, scene.now)
    publish(scene.session, curator, meeting.id, scene.now)
    scene.tell(held)
    reconsider(scene.session, curator, held.id, scene.now)
    withdraw(scene.session, scene.actor("U0MEMBER"), withdrawn.id, scene.now)
    remind(scene.session, curator, scene.now)
    for moment in ("2026-12-24 10:00", "2026-12-28 09:00"):
        tick(scene, moment)
    [call] = scene.posts(PostKind.CALL)
    deliver(call, scene.now)
    tell_admins(scene.session, call, scene.now)
    ask_whether_it_is_there(scene.session, call, scene.now)
    change(scene.session, curator, meeting.id, an_arrangement(day=date(2027, 1, 22)), scene.now)
    tick(scene, "2027-01-23 10:00")
    return scene


def tick(scene: Scene, moment: str) -> None:
    scene.clock.strikes(moment)
    for verb in CLOCKWORK.values():
        verb(scene.session, scene.consortium, scene.now)


@pytest.mark.parametrize("kind", PostKind)
def test_a_key_is_as_it_is_listed(eventful: Scene, kind: PostKind) -> None:
    keys = [post.key for post in eventful.posts(kind)]
    assert keys
    assert [key for key in keys if not re.fullmatch(pattern(FORMATS[kind]), key)] == []
