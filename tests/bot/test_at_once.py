"""Two who set something up at the same moment: the second hears in plain words that it is there already."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot import setup
from bot.consortia import apply, describe, settle
from bot.duties import take
from bot.items import Proposal, propose
from bot.keep_times import delete_what_was_kept_long_enough
from bot.legal_holds import begin_or_change
from bot.meetings import change
from bot.people import meet
from bot.plan.plan import collaborative_from
from bot.removal import remove_words
from bot.rotation import turn_over
from bot.seats import seat
from bot.swaps import agree, ask_to_host, decline
from handlers.words import worded
from storage.consortia import Consortium, Places, consortium_of, every_consortium, rotation
from storage.database import Database
from storage.duties import Work
from storage.inbox import Input, hear
from storage.meetings import meetings_from
from storage.people import Who, admins, curators
from storage.set_aside import SetAside
from storage.swaps import Swap
from storage.tenancy import Session
from tests.at_once import at_once
from tests.builders import a_plan, an_arrangement
from tests.clock import FrozenClock
from tests.story import OURS

Verb = Callable[[Session, Consortium], Any]


def ours(session: Session) -> Consortium:
    found = consortium_of(session, "T0SISTER")
    assert found is not None
    return found


def both(database: Database, first: Verb, second: Verb) -> str:
    """The first is done, and the second refused in these words."""
    done, refused = at_once(
        database,
        lambda session: first(session, ours(session)),
        lambda session: second(session, ours(session)),
        OURS,
    )
    assert not isinstance(done, Exception)
    return worded(refused)


def test_of_two_who_set_up_at_once_one_does_and_the_other_is_told(
    database: Database, clock: FrozenClock
) -> None:
    done, refused = at_once(
        database,
        lambda session: describe(session, a_plan(), clock()).name,
        lambda session: describe(session, a_plan(**{"Sister Peace": "Other"}), clock()).name,
    )
    if (
        database.engine.dialect.name == "sqlite"
    ):  # where they take turns, and the second changes what the first made
        assert (done, refused) == ("Sister Peace Initiatives", "Other Initiatives")
    else:
        assert (done, worded(refused)) == (
            "Sister Peace Initiatives",
            "This is set up already. Nothing was changed.",
        )
    with database.transaction() as session:
        assert len(every_consortium(session)) == 1


def test_of_two_files_applied_at_once_there_is_one_consortium(database: Database, clock: FrozenClock) -> None:
    at_once(database, *[lambda session: apply(session, a_plan(), clock()).name] * 2)
    with database.transaction(OURS) as session:
        assert len(every_consortium(session)) == 1
        assert len(rotation(session)) == 4
        assert len(meetings_from(session, date.min)) == 1


def a_seat(name: str, position: int, curator: str = "U0SAM") -> Callable[[FrozenClock], Verb]:
    def at(clock: FrozenClock) -> Verb:
        described = collaborative_from(
            {"name": name, "office": "1 Main St", "curators": [f"T0SISTER/{curator}"]}
        )

        def do(session: Session, consortium: Consortium) -> None:
            actor = meet(session, consortium, Who("T0SISTER", "U0ADMIN"), None)
            setup.seat(session, actor, setup.NEW, described, position, {}, clock())

        return do

    return at


@pytest.mark.usefixtures("founded")
def test_of_two_new_collaboratives_of_one_name_there_is_one(database: Database, clock: FrozenClock) -> None:
    verb = a_seat("Presidio", 5)(clock)
    assert both(database, verb, verb) == "Another collaborative has that name already."
    with database.transaction(OURS) as session:
        assert [host.name for host in rotation(session)].count("Presidio") == 1


@pytest.mark.usefixtures("founded")
def test_of_two_collaboratives_renamed_alike_the_second_is_refused(
    database: Database, clock: FrozenClock
) -> None:
    def renames(place: int) -> Verb:
        def do(session: Session, consortium: Consortium) -> None:
            known = rotation(session)[place]
            described = collaborative_from({"name": "Presidio", "office": known.office})
            seat(session, consortium, described, place + 1, clock(), known)

        return do

    assert both(database, renames(2), renames(3)) == "Another collaborative has that name already."


@pytest.mark.usefixtures("founded")
def test_of_two_meetings_added_on_one_day_the_second_is_refused(
    database: Database, clock: FrozenClock
) -> None:
    def adds(session: Session, consortium: Consortium) -> None:
        settle(session, consortium, an_arrangement(day=date(2027, 4, 22)), None, clock())

    assert both(database, adds, adds) == "There is a meeting on Thursday, April 22, 2027 already."


@pytest.mark.usefixtures("founded")
def test_of_a_meeting_added_and_one_moved_to_its_day_the_second_is_refused(
    database: Database, clock: FrozenClock
) -> None:
    def adds(session: Session, consortium: Consortium) -> None:
        settle(session, consortium, an_arrangement(day=date(2027, 2, 4)), None, clock())

    def moves(session: Session, consortium: Consortium) -> None:
        actor = meet(session, consortium, Who("T0SISTER", "U0CURATOR"), None)
        [meeting, *_] = meetings_from(session, date(2027, 1, 21))
        change(session, actor, meeting.id, an_arrangement(day=date(2027, 2, 4)), clock())

    assert both(database, adds, moves) == "There is a meeting on Thursday, February 4, 2027 already."


@pytest.mark.usefixtures("founded")
def test_two_clocks_that_propose_the_next_meeting_at_once_propose_one(
    database: Database, clock: FrozenClock
) -> None:
    clock.strikes("2027-01-22 09:00")
    at_once(database, *[lambda session: turn_over(session, ours(session), clock())] * 2, OURS)
    with database.transaction(OURS) as session:
        assert len(meetings_from(session, date.min)) == 2


@pytest.mark.usefixtures("founded")
def test_two_who_name_the_same_curators_at_once_have_both_named_them(
    database: Database, clock: FrozenClock
) -> None:
    def names(session: Session) -> None:
        consortium = ours(session)
        known = rotation(session)[2]
        described = collaborative_from(
            {"name": known.name, "office": known.office, "curators": ["T0SISTER/U0SAM", "T0SISTER/U0NEW"]}
        )
        seat(session, consortium, described, 3, clock(), known)

    assert at_once(database, names, names, OURS) == (None, None)
    with database.transaction(OURS) as session:
        assert {person.user_id for person in curators(session, rotation(session)[2])} == {"U0SAM", "U0NEW"}


@pytest.mark.usefixtures("founded")
def test_two_who_come_for_the_first_time_at_once_are_one_person(database: Database) -> None:
    def comes(session: Session) -> int:
        return meet(session, ours(session), Who("T0SISTER", "U0FIRST"), None).person.id

    first, second = at_once(database, comes, comes, OURS)
    assert first == second
    with database.transaction(OURS) as session:
        assert len(admins(session)) == 1


@pytest.mark.usefixtures("founded")
def test_of_two_who_take_the_same_on_at_once_the_second_reads_who_was_first(
    database: Database, clock: FrozenClock
) -> None:
    def takes(who: Who) -> Verb:
        def do(session: Session, consortium: Consortium) -> None:
            [meeting, *_] = meetings_from(session, date(2027, 1, 21))
            take(session, meet(session, consortium, who, None), meeting.id, Work.FOOD, clock())

        return do

    said = both(database, takes(Who("T0OTHER", "U0KOFI")), takes(Who("T0SISTER", "U0MEMBER")))
    assert said == "Bayview does this already. Thank you all the same! Nothing was changed."


@pytest.mark.usefixtures("founded")
def test_of_two_answers_to_one_host_at_once_the_first_counts(database: Database, clock: FrozenClock) -> None:
    def answers(verb: Callable[..., Any]) -> Verb:
        def do(session: Session, consortium: Consortium) -> None:
            [swap] = session.query(Swap)
            verb(session, meet(session, consortium, Who("T0OTHER", "U0RUTH"), None), swap.id, clock())

        return do

    with database.transaction(OURS) as session:
        [meeting, *_] = meetings_from(session, date(2027, 1, 21))
        bayview = rotation(session)[1]
        asker = meet(session, ours(session), Who("T0SISTER", "U0CURATOR"), None)
        ask_to_host(session, asker, meeting.id, bayview.id, clock())
    said = both(database, answers(agree), answers(decline))
    assert said == "Bayview has answered this already. Nothing was changed."
    with database.transaction(OURS) as session:
        assert [one.host.name for one in meetings_from(session, date(2027, 1, 21))] == ["Bayview"]


def staying(session: Session) -> Consortium:
    """As the clock and every turn enter it."""
    found = consortium_of(session, "T0SISTER", Places.STAY)
    assert found is not None
    return found


@pytest.mark.usefixtures("founded")
@pytest.mark.parametrize("is_first", [True, False], ids=["before", "after"])
def test_a_hold_that_is_pressed_while_the_clock_deletes_is_heeded_from_then_on(
    database: Database, clock: FrozenClock, *, is_first: bool
) -> None:
    def deletes(session: Session) -> None:
        delete_what_was_kept_long_enough(session, staying(session), clock())

    def holds(session: Session) -> None:
        begin_or_change(session, ours(session), None, "A lawsuit", clock().date(), clock())

    with database.transaction(OURS) as session:
        hear(session, "event:1", None, clock() - timedelta(days=8))
    units = (holds, deletes) if is_first else (deletes, holds)
    assert at_once(database, *units, OURS) == (None, None)
    with database.transaction(OURS) as session:
        assert len(session.scalars(select(Input)).all()) == (1 if is_first else 0)


@pytest.mark.usefixtures("founded")
def test_words_that_are_removed_while_a_hold_begins_are_set_aside(
    database: Database, clock: FrozenClock
) -> None:
    with database.transaction(OURS) as session:
        actor = meet(session, ours(session), Who("T0SISTER", "U0MEMBER"), None)
        [item] = propose(session, actor, [Proposal("Priya's cousin")], clock()).items

    def holds(session: Session) -> None:
        begin_or_change(session, ours(session), None, "A lawsuit", clock().date(), clock())

    def removes(session: Session) -> None:
        curator = meet(session, staying(session), Who("T0SISTER", "U0CURATOR"), None)
        remove_words(session, curator, item.id, "(removed)", clock())

    assert at_once(database, holds, removes, OURS) == (None, None)
    with database.transaction(OURS) as session:
        assert len(session.scalars(select(SetAside)).all()) == 1
