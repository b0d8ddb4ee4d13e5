"""Text arrives as it was typed, and leaves harmless to databases and screens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.text import cut, set_apart, storable, unescape, visible


@pytest.mark.parametrize(
    ("arrived", "typed"),
    [
        ("Q&amp;A", "Q&A"),
        ("5 &lt; 6 &gt; 4", "5 < 6 > 4"),
        ("&amp;lt;", "&lt;"),
        ("&quot;&#39;&nbsp;", "&quot;&#39;&nbsp;"),
        ("a & b", "a & b"),
    ],
)
def test_the_three_escapes_of_slack_are_undone_once(arrived, typed):
    assert unescape(arrived) == typed


@given(st.text())
def test_unescaping_undoes_escaping(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert unescape(escaped) == text


@given(st.text(st.characters(codec=None, categories=None)))
def test_stored_text_is_utf_8_without_nul_and_as_long_as_before(text):
    kept = storable(text)
    assert len(kept) == len(text)
    assert b"\0" not in kept.encode()


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_all_other_text_is_stored_exactly(text):
    assert storable(text) == text


@pytest.mark.parametrize("text", ["", " \t\n", "\u200f", "\u202a\u202c", "\u200b", "\xa0", "\ufeff"])
def test_spaces_and_direction_marks_show_nothing(text):
    assert not visible(text)


INVISIBLE = [
    *(
        "\u200b",
        "\u200c",
        "\u200d",
        "\u2060",
        "\u00ad",
        "\u034f",
        "\u061c",
        "\u180e",
        "\u180b",
        "\u2061",
        "\u2064",
        "\u206a",
    ),
    *(
        "\u3164",
        "\u115f",
        "\u1160",
        "\uffa0",
        "\u17b4",
        "\u2800",
        "\U0001d159",
        "\ufe0e",
        "\ufe0f",
        "\U000e0100",
        "\U000e01ef",
    ),
    *(
        "\U000e0041",
        "\U000e007f",
        "\ufff9",
        "\u2028",
        "\u00a0",
        "\u3000",
        "\u1680",
        "\x1b",
        "\U0001d173",
        "\U0001bca0",
    ),
]


@pytest.mark.parametrize("sign", INVISIBLE)
def test_signs_that_screens_draw_as_nothing_show_nothing(sign):
    assert not visible(sign)
    assert not visible(f" {sign}\u200b{sign}")
    assert visible(f"{sign}a{sign}")


@pytest.mark.parametrize("text", ["a", "🤝🏽", "\u200fשלם", "<!channel>", "."])
def test_anything_else_shows(text):
    assert visible(text)


def test_a_cut_falls_between_words_and_shows():
    assert cut("Budget cuts and how we respond", 20) == "Budget cuts and how…"
    assert cut("Budget cuts", 11) == "Budget cuts"


def test_a_cut_that_would_leave_too_little_falls_inside_the_word():
    assert cut("A " + "x" * 40, 20) == "A " + "x" * 17 + "…"


@pytest.mark.parametrize(
    "whole", [":tada:", ":+1::skin-tone-3:", "👩‍👩‍👧", "👍🏽", "e\N{COMBINING ACUTE ACCENT}"]
)
def test_a_cut_parts_no_sign(whole):
    for limit in range(len(whole) + 1, 60):
        kept = cut(whole * 40, limit).removesuffix("…")
        assert kept == whole * (len(kept) // len(whole))


@given(st.text(), st.integers(2, 50))
def test_a_cut_keeps_the_start_within_the_limit(text, limit):
    short = cut(text, limit)
    assert len(short) <= limit
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))
    assert len(text) > limit or short == text


def test_right_to_left_letters_do_not_turn_around_what_stands_beside_them():
    assert set_apart("ميزانية") == "\N{FIRST STRONG ISOLATE}ميزانية\N{POP DIRECTIONAL ISOLATE}"
    assert set_apart("\N{RIGHT-TO-LEFT OVERRIDE}abc").endswith("\N{POP DIRECTIONAL ISOLATE}")
    assert set_apart("Budget 预算 🤝") == "Budget 预算 🤝"
