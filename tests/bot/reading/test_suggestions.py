"""A name that is not known leads to those that look like it."""

import pytest

from bot.reading.suggestions import close_to, set_apart, without_address


def test_the_closest_comes_first():
    assert close_to("Bontera", ["Bonterra", "Bonanza", "CCSJ"])[0] == "Bonterra"


def test_capitals_make_no_difference():
    assert close_to("ccsj", ["Bonterra", "CCSJ"]) == ["CCSJ"]


def test_how_alike_they_must_be_can_be_said():
    assert close_to("budget", ["digest"]) == ["digest"]
    assert close_to("budget", ["digest"], likeness=0.75) == []


def test_at_most_three_are_named():
    assert len(close_to("item", ["items", "item1", "item2", "item3"])) == 3


def test_nothing_is_made_up():
    assert close_to("xyzzy", ["Bonterra", "CCSJ"]) == []
    assert close_to("", []) == []


@pytest.mark.parametrize(
    "typed",
    [
        "/agenda add Rents",
        "agenda, add Rents",
        "please add Rents",
        "Hi! add Rents",
        "add:Rents",
        "Add-Rents",
        "add = Rents",
    ],
)
def test_who_addresses_the_bot_or_sets_the_word_apart_means_the_word(typed):
    word, rest = set_apart(without_address(typed), {"add", "tip"})
    assert word == "add"
    assert rest.endswith("Rents")


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Rents", ("Rents", "")),
        ("x-ray day", ("x-ray", "day")),
        ("Rents\n- all", ("Rents", "- all")),
        ("please", ("", "")),
        ("", ("", "")),
    ],
)
def test_other_words_stay_as_they_are(typed, parts):
    assert set_apart(without_address(typed), {"add", "tip"}) == parts


def test_the_bot_may_be_addressed_any_number_of_times():
    assert without_address("hi " * 5_000 + "add Rents") == "add Rents"


def test_what_is_said_stays_as_it_was_typed():
    assert without_address("/agenda  Rents,\n- and more") == "Rents,\n- and more"
