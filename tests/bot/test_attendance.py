"""Who came to a meeting: its host counts, and the notes tell numbers and no names."""

from bot.after_meeting import what_became
from bot.attendance import note_who_came, to_count
from bot.results import rest_is_done, send_notes
from bot.seen.results import NotesStand
from storage.meetings import Meeting
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from tests.bot.hosting import curator, meeting_held
from tests.builders import Scene, deliver
from tests.drawn import draw
from tests.refusals import refusal


def counted(scene: Scene, meeting: Meeting, **people: int | None) -> str:
    """What the host reads of it then."""
    counts = {scene.collaborative(name).id: number for name, number in people.items()}
    seen = note_who_came(scene.session, curator(scene), meeting.id, counts, scene.now)
    return ", ".join(f"{one.name} {one.people}" for one in seen.came)


def test_every_collaborative_is_asked_for_and_nothing_is_said_yet(scene: Scene) -> None:
    meeting, _items = meeting_held(scene)
    asked = to_count(scene.session, curator(scene), meeting.id, scene.now).asked
    assert {one.people for one in asked} == {None}
    assert {"CCSJ", "Bayview"} <= {one.name for one in asked}


def test_what_is_counted_is_changed_and_taken_back_and_nobody_is_not_unknown(scene: Scene) -> None:
    meeting, _items = meeting_held(scene)
    assert counted(scene, meeting, CCSJ=5) == "CCSJ 5"
    assert counted(scene, meeting, Bayview=0) == "CCSJ 5, Bayview 0"
    assert counted(scene, meeting, CCSJ=6, Bayview=None) == "CCSJ 6"


def test_before_it_is_over_nobody_is_counted(scene: Scene) -> None:
    meeting, _items = meeting_held(scene, at="2027-01-21 10:00")
    with refusal("is not over"):
        counted(scene, meeting, CCSJ=5)


def test_the_notes_tell_the_numbers_and_follow_them(scene: Scene) -> None:
    meeting, _items = meeting_held(scene, "Rents")
    rest_is_done(scene.session, curator(scene), meeting.id, scene.now)
    counted(scene, meeting, CCSJ=5, Bayview=3)
    send_notes(scene.session, curator(scene), meeting.id, scene.now)
    [post] = scene.posts(PostKind.NOTES, about=meeting.id)
    deliver(post, scene.now)
    assert "Who came: CCSJ 5 and Bayview 3" in _told(scene)
    counted(scene, meeting, Bayview=4)
    scene.session.refresh(post)
    assert post.state == PostState.DUE
    assert "Bayview 4" in _told(scene)


def test_counts_alone_are_notes_too(scene: Scene) -> None:
    meeting, _items = meeting_held(scene, "Rents")
    counted(scene, meeting, CCSJ=5)
    assert send_notes(scene.session, curator(scene), meeting.id, scene.now).notes is NotesStand.ON_THEIR_WAY
    assert "Who came: CCSJ 5" in _told(scene)


def test_who_left_the_rotation_since_is_counted_still(scene: Scene) -> None:
    meeting, _items = meeting_held(scene)
    counted(scene, meeting, Bayview=3)
    scene.collaborative("Bayview").position = None
    scene.session.flush()
    asked = to_count(scene.session, curator(scene), meeting.id, scene.now).asked
    assert ("Bayview", 3) in {(one.name, one.people) for one in asked}
    [one] = what_became(scene.session, curator(scene), meeting.id, scene.now).came
    assert one.people == 3


def test_who_left_the_rotation_while_they_were_counted_came_all_the_same(scene: Scene) -> None:
    meeting, _items = meeting_held(scene)
    scene.collaborative("Bayview").position = None
    scene.session.flush()
    assert counted(scene, meeting, CCSJ=5, Bayview=None) == "CCSJ 5"
    assert counted(scene, meeting, Bayview=3) == "CCSJ 5, Bayview 3"


def _told(scene: Scene) -> str:
    [post] = scene.posts(PostKind.NOTES)
    message = draw(scene.session, post, scene.now)
    return message.text if message else ""
