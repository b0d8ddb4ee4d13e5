"""The answers of forms as values, and what a tampered form is told."""

import re
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from bot.errors import UserError
from bot.items import Proposal
from bot.meetings import Arrangement
from handlers import listeners
from handlers.blocks.fields import FIELDS, text_field
from handlers.hearing import forms
from handlers.hearing.fields import filled_in
from handlers.hearing.forms import as_changed
from handlers.hearing.payloads import Heard
from storage.items import Reason, Wish
from storage.people import Who
from tests.handlers.drawings import DRAWINGS
from tests.handlers.user_text import Written


def test_a_proposal_is_read_whole() -> None:
    answers = {
        "title": " Budget ",
        "details": "Why\nand how",
        "wish": "decide",
        "minutes": "15",
        "links": None,
        "lead": "\u200f",
    }
    assert forms.proposal(answers) == Proposal("Budget", "Why\nand how", Wish.DECIDE, 15, None, None)
    assert forms.proposal({"title": "Budget"}) == Proposal("Budget")


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"title": None}, "title"),
        ({"title": " \u200f"}, "title"),
        ({"title": "Budget", "minutes": "0"}, "minutes"),
        ({"title": "Budget", "minutes": "481"}, "minutes"),
        ({"title": "Budget", "minutes": "1.5"}, "minutes"),
        ({"title": "Budget", "minutes": "many"}, "minutes"),
        ({"title": "Budget", "wish": "sing"}, "wish"),
    ],
)
def test_what_cannot_be_is_named_at_its_field(answers: dict[str, str], field: str) -> None:
    with pytest.raises(UserError) as refused:
        forms.proposal(answers)
    assert refused.value.field == field


def test_what_no_database_keeps_is_replaced() -> None:
    assert forms.proposal({"title": "a\0b\ud800c"}).title == "a�b�c"


def test_an_arrangement_may_lack_its_office() -> None:
    answers = {"day": "2027-01-21", "starts": "10:00", "minutes": "120", "office": None}
    assert forms.arrangement(answers) == Arrangement(date(2027, 1, 21), time(10), 120, "")


def test_a_choice_is_one_of_the_list() -> None:
    assert forms.choice({"reason": "too full"}, "reason", Reason) is Reason.TOO_FULL
    for chosen in (None, "TOO_FULL"):
        with pytest.raises(UserError):
            forms.choice({"reason": chosen}, "reason", Reason)


@pytest.mark.parametrize("field", FIELDS)
def test_each_field_is_read_as_long_as_it_takes_and_no_longer(field: str) -> None:
    longest = FIELDS[field].longest
    asked = text_field(field, "?")["element"]
    assert (asked["max_length"], asked["multiline"]) == (longest, FIELDS[field].is_multiline)
    assert forms.optional_text({field: "x" * longest}, field) == "x" * longest
    with pytest.raises(UserError) as refused:
        forms.optional_text({field: "x" * (longest + 1)}, field)
    assert (refused.value.field, refused.value.words.values) == (field, {"longest": longest})


@pytest.mark.parametrize("field", [field for field, takes in FIELDS.items() if takes.is_multiline])
def test_a_field_of_several_lines_takes_them(field: str) -> None:
    assert forms.optional_text({field: "one\ntwo\r\nthree"}, field) == "one\ntwo\r\nthree"


@pytest.mark.parametrize("field", [field for field, takes in FIELDS.items() if not takes.is_multiline])
@pytest.mark.parametrize("typed", ["one\ntwo", "one\r\ntwo", "one\u2028two", "one\x0btwo"])
def test_a_field_of_one_line_takes_no_more(field: str, typed: str) -> None:
    with pytest.raises(UserError) as refused:
        forms.optional_text({field: typed}, field)
    assert refused.value.field == field


@pytest.mark.parametrize("answer", [None, "", [], ["x"], "\u200b", "\u3164", "\u2800 \ufe0f"])
def test_what_shows_nothing_or_is_no_text_is_no_answer(answer: object) -> None:
    assert forms.optional_text({"title": answer}, "title") is None


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"day": "tomorrow"}, "day"),
        ({"day": "2027-02-30"}, "day"),
        ({"day": None}, "day"),
        ({"starts": "25:00"}, "starts"),
        ({"starts": ["10:00"]}, "starts"),
        ({"minutes": "14"}, "minutes"),
        ({"minutes": "721"}, "minutes"),
        ({"minutes": "9" * 5000}, "minutes"),
        ({"office": "x" * 201}, "office"),
    ],
)
def test_what_an_arrangement_cannot_be_is_named_at_its_field(answers: dict[str, object], field: str) -> None:
    whole = {"day": "2027-01-21", "starts": "10:00", "minutes": "120", "office": "Here"} | answers
    with pytest.raises(UserError) as refused:
        forms.arrangement(whole)
    assert refused.value.field == field


def test_no_more_can_be_chosen_than_the_menu_lets() -> None:
    assert forms.chosen({"admins": ["U1", "U2"]}, "admins", 2) == ["U1", "U2"]
    assert forms.chosen({"admins": "U1"}, "admins", 2) == []
    with pytest.raises(UserError) as refused:
        forms.chosen({"admins": ["U1", "U2", "U3"]}, "admins", 2)
    assert refused.value.field == "admins"


def opened_with(block_id: str, element: dict[str, Any]) -> dict[str, Any]:
    return {"type": "input", "block_id": block_id, "element": element}


def sent(blocks: list[dict[str, Any]], **answers: Any) -> Heard:
    return replace(A_FORM, answers=answers, filled_in=filled_in({"blocks": blocks}))


A_FORM = Heard(kind="view", id="form", who=Who("T0SISTER", "U0ADMIN"), called=None, key="view:1:1")
INITIALS = {
    "typed": ("plain_text_input", "initial_value", "Rent", "Food", "Bus"),
    "chosen": ("static_select", "initial_option", {"value": "1"}, {"value": "2"}, {"value": "3"}),
    "channel": ("conversations_select", "initial_conversation", "C1", "C2", "C3"),
    "day": ("datepicker", "initial_date", "2027-01-21", "2027-02-04", "2027-02-11"),
    "hour": ("timepicker", "initial_time", "10:00", "11:00", "12:00"),
}


@pytest.mark.parametrize("kind", INITIALS)
@pytest.mark.parametrize("is_empty", ["filled in", "empty"])
def test_what_nobody_changed_in_a_form_stays_as_others_changed_it_since(kind: str, is_empty: str) -> None:
    element, initial, *values = INITIALS[kind]
    plain = [value["value"] if isinstance(value, dict) else value for value in values]
    before, others, mine = plain
    was = {} if is_empty == "empty" else {initial: values[0]}
    form = [opened_with("field", {"type": element} | was)]
    now = {"blocks": [opened_with("field", {"type": element, initial: values[1]})]}
    unchanged = None if is_empty == "empty" else before
    assert as_changed(sent(form, field=unchanged), now) == {"field": others}
    assert as_changed(sent(form, field=mine), now) == {"field": mine}


@pytest.mark.parametrize(
    ("before", "chosen", "now", "becomes"),
    [
        ([], [], [], []),
        ([], ["A"], [], ["A"]),
        ([], ["A"], ["B"], ["B", "A"]),
        (["A"], [], ["A", "B"], ["B"]),
        (["A", "B"], ["A"], ["A", "B", "C"], ["A", "C"]),
        (["A", "B"], ["A", "B", "C"], ["A"], ["A", "C"]),
        (["A"], ["B"], ["B"], ["B"]),
        (["A"], ["A"], [], []),
    ],
)
def test_a_list_of_people_gains_and_loses_whom_somebody_changed_in_it(
    before: list[str], chosen: list[str], now: list[str], becomes: list[str]
) -> None:
    def menu(people: list[str]) -> list[dict[str, Any]]:
        return [
            opened_with("who", {"type": "multi_users_select"} | ({"initial_users": people} if people else {}))
        ]

    assert as_changed(sent(menu(before), who=chosen), {"blocks": menu(now)}) == {"who": becomes}


def test_of_a_client_that_does_not_tell_how_the_form_was_opened_the_answers_count() -> None:
    now = {"blocks": [opened_with("field", {"type": "plain_text_input", "initial_value": "Food"})]}
    assert as_changed(sent([], field="Rent"), now) == {"field": "Rent"}


def _is_filled_in(name: str) -> bool:
    drawn = (draw(Written(["as typed"])) for draw in DRAWINGS[name])
    return any(
        any(filled_in(form).values()) for form in drawn if isinstance(form, dict) and "callback_id" in form
    )


OF_NOTHING_YET = {
    "about_me.about_me_form",
    "documents.hand_on_form",
    "item_forms.add_form",
    "setup_forms.first_form",
    "setup_forms.meeting_form",
    "tips.tip_form",
}
"""They propose what is only to be made, so nobody else can have changed it."""
READ_OTHERWISE = {
    "attendance.who_came_form": r"forms\.changed\(turn\.heard\)",
    "me_too.me_too_form": r"forms\.changed\(turn\.heard\)",
}
FILLED_IN = [name for name in DRAWINGS if _is_filled_in(name)]


@pytest.mark.parametrize("name", FILLED_IN)
def test_what_nobody_touched_in_a_form_that_was_filled_in_puts_nothing_old_over_what_is_newer(
    name: str,
) -> None:
    """Its listener reads what its sender has changed, and no more."""
    heard = "\n".join(path.read_text() for path in Path(listeners.__path__[0]).glob("*.py"))
    drawer = re.escape(name.partition(".")[2])
    as_changed = READ_OTHERWISE.get(name, rf"forms\.as_changed\(turn\.heard, (\w+\.)?{drawer}\(")
    assert bool(re.search(as_changed, heard)) is (name not in OF_NOTHING_YET)
