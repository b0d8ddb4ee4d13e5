"""The answers of forms as values, and what a tampered form is told."""

from datetime import date, time

import pytest

from bot.errors import UserError
from bot.items import Proposal
from bot.meetings import Arrangement
from handlers.hearing import forms
from storage.items import Reason, Wish


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
