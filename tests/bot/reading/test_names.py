"""Brackets name whom something is for; a mark, a number or an address in them is nobody."""

import pytest

from bot.reading.names import Verdict, judged, without_handle


@pytest.mark.parametrize(
    "name",
    [
        "Alan",
        "Priya Nair",
        "J. Smith",
        "St. Mary",
        "Ana-Lucía O’Neill",
        "@Alan",
        "CCSJ",
        "שלום",
        "田中",
        "Mr. van der Berg",
        "Alan and Maria",
        "Ana de la Cruz",
        "Boys and Girls Club",
        "April",
    ],
)
def test_a_name_is_one(name):
    assert judged(name) == Verdict.NAME


@pytest.mark.parametrize(
    "name", ["alan", "@alan", "the youth team", "All the People of Our House", "Budget talk", "Team Bayview"]
)
def test_what_may_be_a_name_is_asked_about(name):
    assert judged(name) == Verdict.UNSURE


@pytest.mark.parametrize(
    "mark",
    [
        *("", " ", "\u200b", "x", "X", "✓", "-", "?", "!", "…", "A"),
        *("2", "[2", "12/20", "Group 2", "①", "²", "50%", "$500", "2027"),
        *(
            "a@b.org",
            "https://example.org",
            "example.org",
            "www.Example.org",
            "file.pdf",
            "#general",
            "C:\\temp",
        ),
        *(
            "draft",
            "Draft",
            "DRAFT",
            "urgent",
            "URGENT",
            "tbd",
            "TBC",
            "WIP",
            "fyi",
            "FYI",
            "confidential",
            "follow-up",
        ),
        *(
            "to do",
            "optional",
            "new",
            "update",
            "decision",
            "n/a",
            "everyone",
            "zoom",
            "carried over",
            "high priority",
        ),
        *("Vote needed", "Action needed", "For Discussion", "Time permitting", "Zoom link", "If time"),
        *("January", "Monday", "Spanish", "COVID", "Decision needed today"),
        *(
            "<!channel>",
            "<@U0SAM>",
            "*bold*",
            ":tada:",
            "🎉",
            "a=b",
            "Alan Turing, what do you think?",
            "x" * 81,
        ),
    ],
)
def test_a_mark_a_number_or_an_address_is_nobody(mark):
    assert judged(mark) == Verdict.NO_NAME


def test_a_handle_is_a_name_without_its_sign():
    assert without_handle(" @Alan ") == "Alan"
