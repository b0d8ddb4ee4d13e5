"""Who comes to a meeting, and what the day needs: everybody reads numbers, the host alone the rest, and it is gone after seven days."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.coming import (
    say_whether_one_comes,
    tell,
    tell_of_party,
    to_tell,
    to_tell_of_party,
    who_comes,
)
from bot.hosting import give
from bot.meetings import arrangement_of, change
from bot.note_takers import take_notes
from bot.people import Actor
from bot.seen.coming import Need, OwnComingSeen, Told
from handlers.blocks.coming import noted
from handlers.blocks.surfaces import EPHEMERAL
from storage.coming import Coming, Party, forget_the_day, forget_who_comes
from storage.consortia import rotation
from storage.one_person import become_one
from tests.bot.hosting import curator
from tests.builders import Scene
from tests.refusals import refusal

AUTHOR, ELSEWHERE = "U0MEMBER", "U0KOFI"


def comes(scene: Scene, user_id: str, *, comes: bool = True) -> None:
    say_whether_one_comes(scene.session, member(scene, user_id), scene.meeting.id, scene.now, comes=comes)


def tells(scene: Scene, user_id: str, **told: Any) -> OwnComingSeen:
    actor = member(scene, user_id)
    known = to_tell(scene.session, actor, scene.meeting.id, scene.now).told
    return tell(scene.session, actor, scene.meeting.id, replace(known, **told), scene.now)


def brings(scene: Scene, user_id: str, **told: Any) -> OwnComingSeen:
    """What they say of their collaborative."""
    actor = member(scene, user_id)
    known = to_tell_of_party(scene.session, actor, scene.meeting.id, scene.now).told
    return tell_of_party(scene.session, actor, scene.meeting.id, replace(known, **told), scene.now)


def member(scene: Scene, user_id: str) -> Actor:
    return scene.actor(user_id, "T0OTHER" if user_id == ELSEWHERE else "T0SISTER")


def counted(scene: Scene, user_id: str = "U0CURATOR") -> str:
    seen = who_comes(scene.session, scene.actor(user_id), scene.meeting.id, scene.now)
    return ", ".join(f"{one.name} {one.people}/{one.new}" for one in seen.parties)


def moves(scene: Scene, days: int) -> None:
    wanted = arrangement_of(scene.meeting)
    moved = replace(wanted, day=wanted.day + timedelta(days=days))
    change(scene.session, curator(scene), scene.meeting.id, moved, scene.now)


def test_who_says_it_comes_and_who_takes_it_back_does_not(scene: Scene) -> None:
    comes(scene, AUTHOR)
    comes(scene, AUTHOR)
    assert counted(scene) == "CCSJ 1/0"
    comes(scene, AUTHOR, comes=False)
    assert counted(scene) == ""


def test_who_tells_something_reads_that_it_was_heard(scene: Scene) -> None:
    def said(seen: OwnComingSeen) -> str:
        return str(EPHEMERAL.shows(noted(seen))["text"])

    assert "✓ 4 people come from CCSJ. 1 of them is new." in said(brings(scene, AUTHOR, people=4, new=1))
    assert "✓ 1 person comes from CCSJ.\n" in said(brings(scene, AUTHOR, people=1, new=None))
    assert "✓ Noted." in said(brings(scene, AUTHOR, people=None, who_is_new="Ana"))
    told = said(tells(scene, AUTHOR, needed=frozenset({Need.ACCESS})))
    assert "✓ You are coming." in told
    assert "The host's team reads what you told." in told


def test_a_collaborative_brings_as_many_as_it_says_or_as_say_so_themselves_if_these_are_more(
    scene: Scene,
) -> None:
    brings(scene, AUTHOR, people=1, new=0)
    assert counted(scene) == "CCSJ 1/0"
    comes(scene, AUTHOR)
    tells(scene, "U0CURATOR", is_new=True)
    assert counted(scene) == "CCSJ 2/1"
    brings(scene, "U0CURATOR", people=5, new=3)
    assert counted(scene) == "CCSJ 5/3"


def test_who_tells_something_of_themselves_comes_and_who_tells_only_numbers_has_not_said_so(
    scene: Scene,
) -> None:
    brings(scene, AUTHOR, people=0)
    assert counted(scene) == "CCSJ 0/0"
    tells(scene, ELSEWHERE, needed=frozenset({Need.ACCESS}))
    assert counted(scene) == "CCSJ 0/0, Bayview 1/0"
    comes(scene, ELSEWHERE, comes=False)
    tells(scene, ELSEWHERE, more="Next time, gladly")
    assert counted(scene) == "CCSJ 0/0"


def test_more_new_people_than_people_are_refused_at_their_field(scene: Scene) -> None:
    with refusal("More people are new"):
        brings(scene, AUTHOR, people=1, new=2)
    brings(scene, AUTHOR, new=1)


def test_the_host_alone_reads_who_comes_and_what_they_need(scene: Scene) -> None:
    bayview = scene.collaborative("Bayview").id
    tells(scene, AUTHOR, needed=frozenset({Need.FOOD}), more="No nuts", knows=frozenset({bayview}))
    brings(scene, AUTHOR, people=2)
    brings(scene, AUTHOR, who_is_new="Rosa")
    host = who_comes(scene.session, curator(scene), scene.meeting.id, scene.now)
    [guest] = host.guests.shown
    assert (guest.more, guest.needed, guest.knows) == ("No nuts", {Need.FOOD}, ("Bayview",))
    assert [one.who_is_new for one in host.parties] == ["Rosa"]
    assert "Bayview" in host.silent
    others = who_comes(scene.session, scene.actor("U0SAM"), scene.meeting.id, scene.now)
    assert (others.guests.shown, others.silent) == ((), ())
    assert [one.who_is_new for one in others.parties] == [None]
    assert others.head_count == host.head_count


def test_another_host_reads_it_and_the_one_before_reads_it_no_more(scene: Scene) -> None:
    tells(scene, AUTHOR, more="No nuts")
    bayview = scene.collaborative("Bayview")
    give(scene.session, scene.actor("U0ADMIN"), scene.meeting.id, bayview.id, scene.now)
    assert not who_comes(scene.session, curator(scene), scene.meeting.id, scene.now).guests.shown


def test_what_was_said_of_one_day_is_not_known_of_another_and_holds_again_on_the_first(scene: Scene) -> None:
    comes(scene, AUTHOR)
    brings(scene, AUTHOR, people=4)
    moves(scene, 1)
    seen = who_comes(scene.session, member(scene, AUTHOR), scene.meeting.id, scene.now)
    assert (seen.parties, seen.comes, seen.before_it_moved) == ((), None, 4)
    assert (
        to_tell_of_party(scene.session, member(scene, AUTHOR), scene.meeting.id, scene.now).told.people == 4
    )
    moves(scene, -1)
    assert counted(scene) == "CCSJ 4/0"
    moves(scene, 1)
    tells(scene, AUTHOR, more="No nuts")
    assert counted(scene) == "CCSJ 1/0"
    brings(scene, AUTHOR)
    assert counted(scene) == "CCSJ 4/0"


def test_who_can_not_come_comes_by_nothing_but_their_word(scene: Scene) -> None:
    comes(scene, AUTHOR, comes=False)
    moves(scene, 1)
    brings(scene, AUTHOR, people=3)
    tells(scene, AUTHOR, more="Next time, gladly")
    seen = who_comes(scene.session, curator(scene), scene.meeting.id, scene.now)
    assert (counted(scene), seen.guests.shown) == ("CCSJ 3/0", ())


def test_who_is_new_is_read_by_the_host_also_where_nobody_said_how_many_come(scene: Scene) -> None:
    brings(scene, AUTHOR, who_is_new="Rosa")
    [party] = who_comes(scene.session, curator(scene), scene.meeting.id, scene.now).parties
    assert party.who_is_new == "Rosa"
    brings(scene, AUTHOR, new=2)
    assert counted(scene) == "CCSJ 2/2"


def test_of_two_words_the_one_about_the_day_by_now_stands(scene: Scene) -> None:
    comes(scene, "U0SAM")
    moves(scene, 1)
    comes(scene, AUTHOR, comes=False)
    become_one(scene.session, scene.actor("U0SAM").person, scene.actor(AUTHOR).person)
    [left] = scene.session.scalars(select(Coming))
    assert left.comes_on(scene.meeting.day) is False


def test_who_is_with_no_collaborative_brings_nobody(scene: Scene) -> None:
    with refusal("I do not know yet"):
        brings(scene, "U0ADMIN", people=3)
    assert not say_whether_one_comes(
        scene.session, member(scene, "U0ADMIN"), scene.meeting.id, scene.now, comes=True
    ).has_collaborative


def test_of_two_words_of_one_person_the_one_stands_that_they_are_now(scene: Scene) -> None:
    comes(scene, AUTHOR)
    tells(scene, "U0SAM", more="No nuts", needed=frozenset({Need.ACCESS}))
    comes(scene, "U0SAM", comes=False)
    become_one(scene.session, scene.actor("U0SAM").person, scene.actor(AUTHOR).person)
    [left] = scene.session.scalars(select(Coming))
    assert (left.comes, left.more, left.needed) == (True, "No nuts", {Need.ACCESS})


@pytest.mark.parametrize("when", ["2027-01-21 12:00", "2027-02-21 12:00"])
def test_of_a_meeting_that_is_over_nobody_says_anything_more(scene: Scene, when: str) -> None:
    comes(scene, AUTHOR)
    actor, meeting_id = member(scene, AUTHOR), scene.meeting.id
    scene.clock.strikes(when)
    with refusal("over"):
        say_whether_one_comes(scene.session, actor, meeting_id, scene.now, comes=False)
    with refusal("over"):
        to_tell(scene.session, actor, meeting_id, scene.now)
    with refusal("over"):
        tell(scene.session, actor, meeting_id, Told(), scene.now)


def test_a_meeting_that_there_is_not_has_no_guests(scene: Scene) -> None:
    with refusal("no longer here"):
        who_comes(scene.session, curator(scene), 999, scene.now)


def test_who_left_the_channel_is_not_counted(scene: Scene) -> None:
    comes(scene, AUTHOR)
    member(scene, AUTHOR).person.leaves(scene.now)
    scene.session.flush()
    assert counted(scene) == ""


def test_what_somebody_needs_is_gone_when_the_meeting_was_over_seven_days_ago_and_not_before(
    scene: Scene,
) -> None:
    others = frozenset({one.id for one in rotation(scene.session)[1:]})
    tells(scene, AUTHOR, more="No nuts", needed=frozenset({Need.FOOD}), knows=others, is_new=True)
    brings(scene, AUTHOR, people=4, who_is_new="Rosa")
    take_notes(scene.session, member(scene, AUTHOR), scene.meeting.id, scene.now)
    for when, is_left in {"2027-01-29 11:00": True, "2027-01-30 12:00": False}.items():
        scene.clock.strikes(when)
        forget_the_day(scene.session, scene.now)
        scene.session.expire_all()
        [own], [party] = scene.session.scalars(select(Coming)), scene.session.scalars(select(Party))
        told = (own.more, own.needs, own.knows, own.takes_notes, own.is_new, party.who_is_new)
        assert any(told) == all(told) == is_left
        assert (own.comes, party.people) == (True, 4)


def test_who_came_is_gone_after_thirty_days_and_not_before(scene: Scene) -> None:
    comes(scene, AUTHOR)
    brings(scene, AUTHOR, people=4)
    for when, left in {"2027-02-20 12:00": 1, "2027-02-22 12:00": 0}.items():
        scene.clock.strikes(when)
        forget_who_comes(scene.session, scene.now)
        kept = [len(list(scene.session.scalars(select(record)))) for record in (Coming, Party)]
        assert kept == [left, left]
