"""Search without case and accents, the same on both engines."""

from datetime import timedelta

import pytest

from storage.consortia import Consortium
from storage.people import Person
from storage.tenancy import Session, across_consortia
from storage.tips import Tip, count_tips_between, folded, tip_by_id, tips_with
from tests.builders import NOON, a_person, among

MINUTE = timedelta(minutes=1)


def a_tip(session: Session, person: Person, text: str = "Call early", **changes: object) -> Tip:
    defaults = {"topic": "General", "text": text, "findable": folded(text), "created_at": NOON}
    tip = Tip(consortium_id=person.consortium_id, person=person, **defaults | changes)
    with across_consortia(session):
        session.add(tip)
    return tip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("José", "jose"),
        ("JOSE\u0301", "jose"),
        ("STRAßE Straẞe", "strasse strasse"),
        ("İstanbul", "istanbul"),
        ("ﬁx \N{BLACK-LETTER CAPITAL H} ①", "fix h 1"),
        ("Ångström", "angstrom"),
        ("日本 😀", "日本 😀"),
    ],
)
def test_words_fold_to_what_is_written_without_case_and_accents(text: str, expected: str) -> None:
    assert folded(text) == expected
    assert folded(folded(text)) == expected


def test_every_word_has_to_be_there_in_any_order(session: Session, ours: Consortium) -> None:
    tip = a_tip(session, a_person(session, ours), "Call the city early")

    assert tips_with(session, [["EARLY"], ["city"]], 9) == [tip]
    assert tips_with(session, [["early"], ["state"]], 9) == []
    assert tips_with(session, [], 9) == [tip]


def test_the_newest_come_first_up_to_a_limit(session: Session, ours: Consortium) -> None:
    member = a_person(session, ours)
    tips = [a_tip(session, member) for _ in range(4)]

    assert tips_with(session, [["call"]], 3) == tips[:0:-1]


@pytest.mark.usefixtures("ours")
def test_tips_of_others_are_not_found(session: Session, others: Consortium) -> None:
    tip = a_tip(session, a_person(session, others))

    assert tips_with(session, [["call"]], 9) == []
    assert tip_by_id(session, tip.id) is None
    with among(session, others):
        assert tip_by_id(session, tip.id) is tip
    assert count_tips_between(session, NOON - MINUTE, NOON) == 0


def test_the_end_of_a_time_belongs_to_it_and_its_beginning_does_not(
    session: Session, ours: Consortium
) -> None:
    member = a_person(session, ours)
    for minutes in range(4):
        a_tip(session, member, created_at=NOON + minutes * MINUTE)

    assert count_tips_between(session, NOON, NOON + 2 * MINUTE) == 2
