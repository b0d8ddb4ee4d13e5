"""When a message may make a sound."""

from datetime import time, timedelta

import pytest

from bot.decisions import add_to_agenda
from bot.quiet import put_off_for_quiet
from bot.swaps import ask_to_swap
from bot.timetable import last_word_at, starts_at
from bot.word_to_proposers import outcome_key
from handlers.delivery.kinds import NOISES
from storage.outcomes import PutOff
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from tests.bot.test_hosting import APRIL, meets
from tests.builders import Scene, a_post, deliver, post_at

HALF_AN_HOUR = timedelta(minutes=30)


def has_had_three_messages(scene: Scene) -> None:
    """In the seven days before the last call."""
    begins = last_word_at(scene.consortium, scene.meeting) - timedelta(days=7, minutes=1)
    for number in range(3):
        at = begins + timedelta(days=number)
        about = {"kind": PostKind.CARRIED_OVER, "subject_id": 90 + number, "place": "U0MEMBER"}
        post = a_post(scene.session, scene.consortium, f"carried over {number}", **about)
        post.state, post.ts, post.sent_at = PostState.SENT, f"{at.timestamp():.6f}", at
        post.shown_version = 1


def is_awake_late(scene: Scene) -> None:
    scene.consortium.call_at = time(8, 15)


@pytest.mark.parametrize("is_so", [has_had_three_messages, is_awake_late])
def test_decisions_are_told_half_an_hour_before_the_last_call_at_the_latest(scene: Scene, is_so) -> None:
    scene.consortium.is_quiet, scene.consortium.told_after_minutes = True, None
    is_so(scene)
    scene.session.flush()
    scene.clock.strikes("2027-01-19 18:00")
    item = scene.propose()
    add_to_agenda(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    post = post_at(scene.session, outcome_key(item))
    outcome = put_off_for_quiet(scene.session, scene.consortium, post, NOISES, post.due_at)
    waits = timedelta(seconds=outcome.wait) if isinstance(outcome, PutOff) else timedelta(0)
    assert post.due_at + waits <= last_word_at(scene.consortium, scene.meeting) - HALF_AN_HOUR


def test_a_swap_is_asked_before_the_nearer_of_its_meetings_begins(scene: Scene) -> None:
    """Sunset hosts in April and asks CCSJ, which hosts in three days, and whose curators got three messages this week."""
    scene.consortium.is_quiet = True
    january, april = scene.meeting, meets(scene, "Sunset", APRIL)
    scene.clock.strikes("2027-01-18 12:00")
    for number in range(3):
        post = a_post(
            scene.session, scene.consortium, f"question:{number}", kind=PostKind.QUESTION, place="U0CURATOR"
        )
        deliver(post, scene.now, ts=f"{(scene.now - timedelta(days=1)).timestamp() + number:.6f}")
    scene.session.flush()
    ask_to_swap(scene.session, scene.actor("U0SAM"), april.id, january.id, scene.now)
    [asked] = [one for one in scene.posts(PostKind.SWAP) if one.place == "U0CURATOR"]
    put_off = put_off_for_quiet(scene.session, scene.consortium, asked, NOISES, scene.now)
    waits = timedelta(seconds=put_off.wait) if isinstance(put_off, PutOff) else timedelta(0)
    assert scene.now + waits < starts_at(scene.consortium, january)
