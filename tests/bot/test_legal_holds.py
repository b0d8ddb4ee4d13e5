"""While a legal hold lasts nothing is deleted: not by the clock, not by a word, not for who wants to be erased."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.coming import Told, tell
from bot.decisions import add_to_agenda, leave_out
from bot.erasing import erase_after_holds, erase_those_who_waited, is_somebody_to_be_erased, wait_no_more
from bot.keep_times import delete_what_was_kept_long_enough
from bot.leaving import Neutral, everything_about, everything_of, those_called
from bot.legal_holds import hold_seen, let_it_end, look_after_its_end, to_hold
from bot.participation import Identity, note
from bot.publishing import publish
from bot.removal import remove_words
from bot.roles import name_admins
from bot.setup import after_holding, settings
from bot.tips import keep
from bot.tips import remove_words as remove_tip
from storage.coming import Coming
from storage.inbox import Deed, Input, hear
from storage.items import Item, Reason
from storage.legal_holds import LegalHold
from storage.people import Person
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.reasons import REASONS_STAY
from storage.set_aside import SetAside
from tests.builders import Scene, deliver
from tests.drawn import draw
from tests.handlers.steps import shown
from tests.refusals import refusal

NEUTRAL = Neutral("A former member", "An item of a former member", "To do")
ADMIN, OTHER_ADMIN, AUTHOR = "U0ADMIN", "U0SECOND", "U0MEMBER"
UNTIL = date(2027, 6, 30)
WHY = "Records request of 4 January"


def begins(scene: Scene, until: date = UNTIL, by: str = ADMIN, why: str = WHY) -> None:
    settings = after_holding(scene.session, scene.actor(by), why, until, scene.now)
    assert settings.hold is not None


def a_second_admin(scene: Scene) -> None:
    scene.actor(OTHER_ADMIN).person.is_admin = True
    scene.session.flush()


def the_clock_deletes(scene: Scene) -> None:
    delete_what_was_kept_long_enough(scene.session, scene.consortium, scene.now)
    erase_those_who_waited(scene.session, scene.consortium, scene.now, NEUTRAL)
    scene.session.expire_all()


def wants_to_be_erased(scene: Scene, user_id: str = AUTHOR) -> None:
    erase_after_holds(
        scene.session, scene.consortium, those_called(scene.session, "", user_id), NEUTRAL, scene.now
    )


def kept(scene: Scene, record: type[object]) -> int:
    return len(list(scene.session.scalars(select(record))))


def test_the_clock_deletes_nothing_up_to_its_last_day_and_goes_on_the_day_after(scene: Scene) -> None:
    member = scene.actor(AUTHOR)
    tell(scene.session, member, scene.meeting.id, Told(more="No nuts"), scene.now)
    hear(scene.session, "event:1", None, scene.now)
    begins(scene)
    for when, left in {"2027-06-30 23:59": (1, 1), "2027-07-01 00:00": (0, 0)}.items():
        scene.clock.strikes(when)
        the_clock_deletes(scene)
        assert (kept(scene, Coming), kept(scene, Input)) == left


def test_why_something_was_not_taken_is_forgotten_half_a_year_after_it_was_told(scene: Scene) -> None:
    item = scene.propose("Vans")
    leave_out(scene.session, scene.actor("U0CURATOR"), item.id, scene.now, Reason.OTHER, "Ask us in spring")
    the_clock_deletes(scene)
    assert item.note == "Ask us in spring"  # nobody was told of it yet
    item.told_at = scene.now - REASONS_STAY
    the_clock_deletes(scene)
    assert item.note == "Ask us in spring"
    item.told_at -= timedelta(seconds=1)
    the_clock_deletes(scene)
    assert (item.reason, item.note) == (None, None)


def test_whoever_wants_to_be_erased_waits_for_its_end(scene: Scene) -> None:
    scene.propose("Priya's cousin")
    begins(scene)
    wants_to_be_erased(scene)
    the_clock_deletes(scene)
    [item] = scene.session.scalars(select(Item))
    assert (item.title, item.proposer.erased_at) == ("Priya's cousin", None)
    assert hold_seen(scene.session, scene.consortium, scene.now).waiting == 1  # type: ignore[union-attr]

    for when, is_over in {"2027-06-30 23:59": False, "2027-07-01 00:00": True}.items():
        scene.clock.strikes(when)
        assert is_somebody_to_be_erased(scene.session, scene.consortium, scene.now) == is_over
    the_clock_deletes(scene)
    assert (item.title, item.proposer.erased_at) == (NEUTRAL.title, scene.now)
    assert [
        *scene.session.scalars(select(Person.erasure_wanted_at).where(Person.erasure_wanted_at.is_not(None)))
    ] == []


def test_who_takes_that_back_stays(scene: Scene) -> None:
    scene.propose("Vans")
    begins(scene)
    wants_to_be_erased(scene)
    wait_no_more(scene.session, scene.consortium, those_called(scene.session, "", AUTHOR), scene.now)
    scene.clock.strikes("2027-07-01 00:00")
    the_clock_deletes(scene)
    assert scene.actor(AUTHOR).person.erased_at is None


def test_without_one_they_are_erased_at_once(scene: Scene) -> None:
    item = scene.propose("Priya's cousin")
    wants_to_be_erased(scene)
    scene.session.refresh(item)
    assert item.title == NEUTRAL.title


def test_removed_words_leave_every_screen_and_are_locked_away_until_it_ends(scene: Scene) -> None:
    item = scene.propose("Priya's cousin", details="Her brother", lead="Priya")
    tip = keep(scene.session, scene.actor(AUTHOR), "Referrals", "Call Priya", scene.now)
    begins(scene)
    curator = scene.actor("U0CURATOR")
    remove_words(scene.session, curator, item.id, "(taken out)", scene.now)
    remove_tip(scene.session, curator, tip.id, "(taken out)", scene.now, ["Other"])
    assert (item.title, item.details, item.lead) == ("(taken out)", None, None)
    aside = {one.of_table: one for one in scene.session.scalars(select(SetAside))}
    assert [word in (aside["item"].words or "") for word in ("cousin", "brother", "Priya")] == [True] * 3
    assert "Call Priya" in (aside["tip"].words or "")
    assert "Priya" not in repr([one.sealed_words for one in aside.values()])  # type: ignore[attr-defined]
    exported = everything_about(scene.session, scene.consortium, scene.actor(AUTHOR).person)
    assert "Her brother" in repr(exported["words set aside"])
    assert "Her brother" in repr(everything_of(scene.session)["set_aside"])

    scene.clock.strikes("2027-07-01 00:00")
    the_clock_deletes(scene)
    assert kept(scene, SetAside) == 0


def test_what_was_published_of_removed_words_is_locked_away_too(scene: Scene) -> None:
    host, item = scene.actor("U0CURATOR"), scene.propose("Priya's cousin")
    add_to_agenda(scene.session, host, item.id, scene.now)
    publish(scene.session, host, scene.meeting.id, scene.now)
    item.title = "Family visits"
    begins(scene)
    remove_words(scene.session, host, item.id, "(taken out)", scene.now)
    exported = everything_about(scene.session, scene.consortium, scene.actor(AUTHOR).person)
    assert "cousin" in repr(exported["words set aside"])


def test_what_its_host_calls_removed_words_and_another_item_is_locked_away_too(scene: Scene) -> None:
    theirs, other = scene.propose("Priya's cousin"), scene.propose("Rents", by="U0SAM")
    theirs.joined_to, theirs.joined_at, other.placed_title = other, scene.now, "Priya's rent"
    begins(scene)
    remove_words(scene.session, scene.actor("U0CURATOR"), theirs.id, "(taken out)", scene.now)
    assert other.placed_title is None
    assert any("Priya's rent" in (one.words or "") for one in scene.session.scalars(select(SetAside)))


def test_what_two_rows_of_one_person_said_is_locked_away_where_one_word_stands(scene: Scene) -> None:
    for team, more in (("T0SISTER", "No nuts"), ("T0TWIN", "No stairs")):
        tell(scene.session, scene.actor(AUTHOR, team), scene.meeting.id, Told(more=more), scene.now)
    begins(scene)
    told = Identity("T0SISTER", "Priya Nair", False, False, teams=frozenset({"T0TWIN"}))
    note(scene.session, scene.consortium, scene.actor(AUTHOR).person, told, scene.now)
    [stays] = scene.session.scalars(select(Coming))
    [aside] = scene.session.scalars(select(SetAside))
    assert {"No nuts", "No stairs"} == {stays.more, json.loads(aside.words or "")["more"]}


def test_without_one_removed_words_are_gone(scene: Scene) -> None:
    item = scene.propose("Priya's cousin")
    remove_words(scene.session, scene.actor("U0CURATOR"), item.id, "(taken out)", scene.now)
    assert kept(scene, SetAside) == 0


def test_the_other_admins_hear_of_it_and_of_each_new_end_and_read_why(scene: Scene) -> None:
    a_second_admin(scene)
    begins(scene)
    [told] = scene.posts(PostKind.LEGAL_HOLD)
    assert told.place == OTHER_ADMIN
    assert WHY in shown(draw(scene.session, told, scene.now))  # type: ignore[arg-type]
    deliver(told, scene.now)
    begins(scene, until=scene.now.date(), by=OTHER_ADMIN)
    [_, anew] = scene.posts(PostKind.LEGAL_HOLD)
    assert anew.place == ADMIN
    assert "ends today" in shown(draw(scene.session, anew, scene.now))  # type: ignore[arg-type]
    assert kept(scene, LegalHold) == 1


def test_who_is_an_admin_no_longer_reads_no_reason(scene: Scene) -> None:
    a_second_admin(scene)
    begins(scene)
    [told] = scene.posts(PostKind.LEGAL_HOLD)
    deliver(told, scene.now)
    scene.session.flush()
    name_admins(scene.session, scene.consortium, [scene.actor(ADMIN).person.who], scene.now)
    scene.session.refresh(told)
    assert (told.state, told.wanted_version) == (PostState.DUE, 2)
    assert WHY not in shown(draw(scene.session, told, scene.now))  # type: ignore[arg-type]


def test_admins_are_reminded_once_a_week_before_its_end(scene: Scene) -> None:
    begins(scene)
    for when, count in {"2027-06-22 12:00": 0, "2027-06-23 12:00": 1, "2027-06-24 12:00": 1}.items():
        scene.clock.strikes(when)
        look_after_its_end(scene.session, scene.consortium, scene.now)
        assert len(scene.posts(PostKind.HOLD_ENDS)) == count
    [reminder] = scene.posts(PostKind.HOLD_ENDS)
    begins(scene, until=date(2028, 1, 1))
    assert draw(scene.session, reminder, scene.now) is None


def test_nobody_is_reminded_of_an_end_that_was_said_in_the_same_week(scene: Scene) -> None:
    a_second_admin(scene)
    begins(scene)
    let_it_end(scene.session, scene.consortium, scene.now)
    look_after_its_end(scene.session, scene.consortium, scene.now)
    assert scene.posts(PostKind.HOLD_ENDS) == []


def test_what_was_told_says_afterwards_that_it_is_over(scene: Scene) -> None:
    a_second_admin(scene)
    begins(scene)
    [told] = scene.posts(PostKind.LEGAL_HOLD)
    deliver(told, scene.now)
    scene.clock.strikes("2027-07-01 12:00")
    look_after_its_end(scene.session, scene.consortium, scene.now)
    assert (told.state, told.wanted_version) == (PostState.DUE, 2)
    assert "ended on" in shown(draw(scene.session, told, scene.now))  # type: ignore[arg-type]


def test_what_was_told_takes_that_back_where_the_clock_was_wrong(scene: Scene) -> None:
    a_second_admin(scene)
    begins(scene)
    [told] = scene.posts(PostKind.LEGAL_HOLD)
    deliver(told, scene.now)
    for when in ("2027-07-01 12:00", "2027-06-24 12:00"):
        scene.clock.strikes(when)
        look_after_its_end(scene.session, scene.consortium, scene.now)
    assert told.wanted_version == 3
    assert {post.place for post in scene.posts(PostKind.HOLD_ENDS)} == {ADMIN, OTHER_ADMIN}


def test_the_settings_open_also_where_nobody_knows_which_day_it_is(scene: Scene) -> None:
    begins(scene)
    scene.consortium.timezone = "Mars/Olympus"
    scene.session.flush()
    assert settings(scene.session, scene.actor(ADMIN), scene.now).hold is not None


def test_after_its_end_a_new_one_begins(scene: Scene) -> None:
    begins(scene)
    scene.clock.strikes("2027-07-01 12:00")
    assert to_hold(scene.session, scene.actor(ADMIN), scene.now).hold is None
    begins(scene, until=date(2027, 12, 1))
    assert kept(scene, LegalHold) == 2


@pytest.mark.parametrize(
    ("until", "words"), [(date(2027, 1, 1), "is over"), (date(2040, 1, 1), "five years")], ids=str
)
def test_its_last_day_is_today_or_later_and_within_five_years(scene: Scene, until: date, words: str) -> None:
    scene.clock.strikes("2027-01-02 12:00")
    with refusal(words):
        begins(scene, until=until)


def test_a_command_lets_it_end_today_and_nothing_before_midnight_is_deleted(scene: Scene) -> None:
    hear(scene.session, "event:1", None, scene.now - timedelta(days=8))
    begins(scene)
    let_it_end(scene.session, scene.consortium, scene.now)
    the_clock_deletes(scene)
    assert kept(scene, Input) == 1
    scene.clock.strikes(f"{scene.now.date() + timedelta(days=1)} 12:00")
    with refusal("No hold lasts"):
        let_it_end(scene.session, scene.consortium, scene.now)


def test_a_deed_of_two_years_ago_is_forgotten_by_the_clock(scene: Scene) -> None:
    person = scene.actor(AUTHOR).person
    hear(scene.session, "command:1", Deed(person.id, "command", None), scene.now - timedelta(days=731))
    the_clock_deletes(scene)
    assert kept(scene, Input) == 0


WHY_IT_MAY_GO = {
    "bot/attendance.py": "a count that the host clears by hand",
    "bot/follow_ups.py": "its words are set aside",
    "bot/results.py": "that an item is done, by hand, as it was not; it holds no words",
    "storage/channels.py": "which id Slack gave a channel before",
    "storage/coming.py": "the clock, which waits; and a word that two rows of one person say, which is set aside",
    "storage/duties.py": "somebody gives back by hand what they took on",
    "storage/former.py": "who is erased, after the hold",
    "storage/former_collaboratives.py": "the same",
    "storage/heartbeats.py": "when a bot was alive",
    "storage/inbox.py": "the clock, which waits",
    "storage/me_too.py": "somebody takes back by hand what they said",
    "storage/one_person.py": "the second row of one person, whose words the first keeps",
    "storage/people.py": "who decides for whom, by hand",
    "storage/set_aside.py": "the end of the hold",
    "storage/use.py": "a consortium, which is refused; and one that nobody has used",
}
DELETES = re.compile(r"\b(?:session\.)?delete\(")


def test_whatever_is_deleted_waits_for_the_end_of_a_hold_or_says_why_not() -> None:
    """A new place that deletes has to be named here, by who thinks of the hold."""
    places = [
        file
        for room in ("bot", "storage")
        for file in Path(room).rglob("*.py")
        if "migrations" not in file.parts
    ]
    assert {str(file) for file in places if DELETES.search(file.read_text())} == WHY_IT_MAY_GO.keys()
