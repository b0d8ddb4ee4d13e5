"""What was erased since a backup is erased again where the backup is restored, and nothing else is."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.erased_again import Instead, erase_again
from bot.leaving import Neutral, erase, those_called
from bot.leaving_together import Unnamed
from bot.legal_holds import lasting_hold
from bot.removal import remove_words
from bot.setup import after_holding
from bot.tips import keep
from bot.tips import remove_words as remove_tip
from storage.erasable import every_person
from storage.erasures import (
    Erasure,
    Note,
    every_note,
    note_of_collaborative,
    note_of_hold,
    note_of_item,
    note_of_tip,
    notes_of_person,
    take_over,
)
from storage.items import ItemState
from storage.legal_holds import LegalHold
from storage.post_kinds import PostKind
from storage.tips import Tip
from tests.builders import Scene

TOPICS = ("Referrals", "General")
WORDS = Instead(
    Neutral("A former member", "An item of a former member", "To do"),
    Unnamed("A former member of ours", "(no address)"),
    "(taken out)",
    TOPICS,
    "Restored",
)
AUTHOR, OTHER = "U0MEMBER", "U0SAM"
UNTIL = date(2027, 6, 30)


def again(scene: Scene, *notes: Note) -> int:
    """As after a restore: the notes tell of what these rows do not know."""
    count = erase_again(scene.session, scene.consortium, notes, WORDS, scene.now)
    scene.session.expire_all()
    return count


def test_a_person_is_erased_again_and_others_are_not(scene: Scene) -> None:
    theirs, of_other = scene.propose("Priya's cousin"), scene.propose("Rents", by=OTHER)
    assert again(scene, *notes_of_person(scene.session, scene.actor(AUTHOR).person)) == 1
    assert (theirs.title, theirs.state) == (WORDS.neutral.title, ItemState.WITHDRAWN)
    assert of_other.title == "Rents"


def test_words_are_removed_again_and_their_author_is_not_told_twice(scene: Scene) -> None:
    item, of_other = scene.propose("Priya's cousin", details="Her brother"), scene.propose("Rents", by=OTHER)
    note = note_of_item(scene.session, item)._replace(number=1)
    assert again(scene, note) == 1
    assert (item.title, item.details, of_other.title) == ("(taken out)", None, "Rents")
    assert scene.posts(PostKind.WORDS_REMOVED) == []


def test_words_that_were_written_after_the_removal_stay(scene: Scene) -> None:
    item = scene.propose("Priya's cousin")
    remove_words(scene.session, scene.actor("U0CURATOR"), item.id, "(taken out)", scene.now)
    item.title = "Family visits"
    scene.session.flush()
    assert again(scene, *every_note(scene.session)) == 0
    assert item.title == "Family visits"


def test_what_worked_loses_its_words_again_and_stays_where_they_are_gone(scene: Scene) -> None:
    tip = keep(scene.session, scene.actor(AUTHOR), "Priya", "Call Priya", scene.now)
    kept = scene.session.get_one(Tip, tip.id)
    note = note_of_tip(scene.session, kept)
    assert (again(scene, note), again(scene, note)) == (1, 0)
    assert (kept.topic, kept.text) == ("General", "(taken out)")


@pytest.mark.parametrize("days", [0, 30], ids=["that ends today", "that lasts"])
def test_a_hold_goes_on_up_to_its_last_day(scene: Scene, days: int) -> None:
    until = scene.now.date() + timedelta(days=days)
    again(scene, note_of_hold(scene.session, LegalHold(until=until)))
    hold = lasting_hold(scene.session, scene.consortium, scene.now)
    assert hold is not None
    assert (hold.until, hold.reason) == (until, "Restored")
    assert [post.place for post in scene.posts(PostKind.LEGAL_HOLD)] == ["U0ADMIN"]


def test_a_hold_goes_on_also_where_nobody_knows_which_day_it_is(scene: Scene) -> None:
    scene.consortium.timezone = "Mars/Olympus"
    again(scene, note_of_hold(scene.session, LegalHold(until=UNTIL)))
    hold = lasting_hold(scene.session, scene.consortium, scene.now)
    assert hold is not None
    assert hold.until == UNTIL


def test_a_hold_that_had_ended_before_the_backup_does_not_begin_again(scene: Scene) -> None:
    admin = scene.actor("U0ADMIN")
    for until in (UNTIL, scene.now.date()):
        after_holding(scene.session, admin, "Why", until, scene.now)
    notes = every_note(scene.session)
    scene.clock.passes(days=1)
    again(scene, *notes)
    assert lasting_hold(scene.session, scene.consortium, scene.now) is None


def test_a_hold_that_was_over_does_not_begin_again(scene: Scene) -> None:
    before = LegalHold(until=scene.now.date() - timedelta(days=1))
    again(scene, note_of_hold(scene.session, before))
    assert lasting_hold(scene.session, scene.consortium, scene.now) is None


def test_while_a_hold_goes_on_who_was_erased_waits(scene: Scene) -> None:
    item = scene.propose("Priya's cousin")
    person = scene.actor(AUTHOR).person
    again(scene, *notes_of_person(scene.session, person), note_of_hold(scene.session, LegalHold(until=UNTIL)))
    assert (item.title, person.erasure_wanted_at) == ("Priya's cousin", scene.now)


def test_whatever_is_erased_is_noted_once_and_nobody_can_read_what_it_was(scene: Scene) -> None:
    item = scene.propose("Priya's cousin")
    tip = keep(scene.session, scene.actor(AUTHOR), "Referrals", "Call Priya", scene.now)
    person = scene.actor(AUTHOR).person
    expected = [
        note_of_item(scene.session, item)._replace(number=1),
        note_of_tip(scene.session, scene.session.get_one(Tip, tip.id)),
        *notes_of_person(scene.session, person),
        note_of_hold(scene.session, LegalHold(until=UNTIL)),
    ]
    curator = scene.actor("U0CURATOR")
    remove_words(scene.session, curator, item.id, "(taken out)", scene.now)
    remove_tip(scene.session, curator, tip.id, "(taken out)", scene.now, TOPICS)
    erase(scene.session, scene.consortium, those_called(scene.session, "", AUTHOR), WORDS.neutral, scene.now)
    for _ in range(2):
        after_holding(scene.session, scene.actor("U0ADMIN"), "Why", UNTIL, scene.now)
    assert every_note(scene.session) == expected
    assert AUTHOR not in repr(expected)


def test_a_collaborative_that_left_goes_again_also_where_the_backup_has_it_in_hosting_order(
    scene: Scene,
) -> None:
    item, its = scene.propose("Priya's cousin"), scene.collaborative("CCSJ")
    note = note_of_collaborative(scene.session, its)
    assert (again(scene, note), again(scene, note)) == (1, 0)
    assert (its.name, its.position, item.title) == (WORDS.unnamed.name, None, WORDS.neutral.title)


def test_while_a_hold_goes_on_a_collaborative_that_left_stays_and_its_people_wait(scene: Scene) -> None:
    item, its = scene.propose("Priya's cousin"), scene.collaborative("CCSJ")
    hold = note_of_hold(scene.session, LegalHold(until=UNTIL))
    assert again(scene, note_of_collaborative(scene.session, its), hold) == 0
    assert (its.name, item.title) == ("CCSJ", "Priya's cousin")
    assert item.proposer.erasure_wanted_at == scene.now


def test_marks_of_two_consortia_are_not_the_same(scene: Scene) -> None:
    person = scene.actor(AUTHOR).person
    before = notes_of_person(scene.session, person)
    scene.consortium.namespace = "another"
    scene.session.flush()
    assert notes_of_person(scene.session, person) != before


def test_who_is_known_under_another_workspace_in_the_backup_is_erased_again(scene: Scene) -> None:
    item, person = scene.propose("Priya's cousin"), scene.actor(AUTHOR).person
    person.team_id = "T0TOLD"
    notes = notes_of_person(scene.session, person)
    person.team_id = "T0SISTER"
    assert again(scene, *notes) == 1
    assert item.title == WORDS.neutral.title


def test_who_was_two_rows_in_the_backup_is_erased_again(scene: Scene) -> None:
    item, told = scene.propose("Priya's cousin"), scene.actor(AUTHOR, "T0TOLD").person
    notes = notes_of_person(scene.session, told)
    scene.session.delete(told)
    assert again(scene, *notes) == 1
    assert item.title == WORDS.neutral.title


def test_somebody_else_of_the_same_id_in_another_workspace_stays(scene: Scene) -> None:
    item, other = scene.propose("Priya's cousin"), scene.actor(AUTHOR, "T0OTHER").person
    other.name, other.named_at = "Somebody else", scene.now
    assert again(scene, *notes_of_person(scene.session, item.proposer)) == 1
    assert item.title == WORDS.neutral.title
    assert [one.name for one in every_person(scene.session) if one.user_id == AUTHOR] == ["Somebody else"]


def test_who_came_back_and_was_erased_once_more_is_erased_again(scene: Scene) -> None:
    notes = []
    for _ in range(2):
        people = those_called(scene.session, "", scene.actor(AUTHOR).person.user_id)
        erase(scene.session, scene.consortium, people, WORDS.neutral, scene.now)
        notes = every_note(scene.session)
        scene.session.expire_all()
    forget_notes_but(scene, 2)
    scene.propose("Priya's cousin")
    assert again(scene, *notes) == 1


def test_who_came_back_before_the_backup_stays(scene: Scene) -> None:
    people = those_called(scene.session, "", scene.actor(AUTHOR).person.user_id)
    erase(scene.session, scene.consortium, people, WORDS.neutral, scene.now)
    scene.session.expire_all()
    item = scene.propose("Vans")
    assert again(scene, *every_note(scene.session)) == 0
    assert item.title == "Vans"


def test_a_collaborative_that_gets_a_number_of_one_that_was_lost_stays(scene: Scene) -> None:
    """Two restores: by the first the number is free again, and the second one is of a backup in which another has it."""
    its = scene.collaborative("CCSJ")
    note = note_of_collaborative(scene.session, its)
    take_over(scene.session, [note], scene.now)
    assert again(scene, note) == 0
    assert its.name == "CCSJ"


def forget_notes_but(scene: Scene, count: int) -> None:
    """As in a backup of before."""
    for erasure in list(scene.session.scalars(select(Erasure).order_by(Erasure.id)))[count:]:
        scene.session.delete(erasure)
    scene.session.flush()
