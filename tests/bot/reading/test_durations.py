"""Minutes are read off the end of a line as people write them, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.reading.durations import Length, read_alone, read_length
from handlers.words import worded


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("(15 min)", 15),
        ("(15min)", 15),
        ("(15 min.)", 15),
        ("(15 mins)", 15),
        ("(15 minutes)", 15),
        ("(1 minute)", 1),
        ("(15 MIN)", 15),
        ("(15m)", 15),
        ("(15')", 15),
        ("(15\N{RIGHT SINGLE QUOTATION MARK})", 15),
        ("( 15 min )", 15),
        ("(1h)", 60),
        ("(1 hr)", 60),
        ("(2 hrs)", 120),
        ("(8 hours)", 480),
        ("(1 hour)", 60),
        ("(1.5 hours)", 90),
        ("(1,5 h)", 90),
        ("(0.25h)", 15),
        ("(1 hr 30 min)", 90),
        ("(1h30)", 90),
        ("(1h30m)", 90),
        ("(1 hour and 30 minutes)", 90),
        ("(1 hour, 30 minutes)", 90),
        ("(\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT FIVE} min)", 15),
        ("\N{FULLWIDTH LEFT PARENTHESIS}15 min\N{FULLWIDTH RIGHT PARENTHESIS}", 15),
        ("(7.5 min)", 8),
    ],
)
def test_minutes_are_read_off_the_end(written, minutes):
    assert read_length(f"Budget cuts {written}") == Length("Budget cuts", minutes)
    assert read_length(f"Budget cuts{written}  ") == Length("Budget cuts", minutes)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("[15 min]", 15),
        ("[ 1 hr 30 min ]", 90),
        ("\N{FULLWIDTH LEFT SQUARE BRACKET}15 min\N{FULLWIDTH RIGHT SQUARE BRACKET}", 15),
        ("(half an hour)", 30),
        ("(1/2 h)", 30),
        ("(1\N{VULGAR FRACTION ONE HALF} h)", 90),
        ("(\N{VULGAR FRACTION THREE QUARTERS} hour)", 45),
        ("(an hour and a half)", 90),
        ("15 min", 15),
        ("15min", 15),
        ("15 Min.", 15),
        ("15 minutes", 15),
        ("- 15 min", 15),
        ("-15min", 15),
        ("\N{EN DASH} 15 min", 15),
        ("\N{EM DASH} 1 hr 30 min", 90),
        (", 15 minutes", 15),
        (": 15 min", 15),
        ("| 15 min", 15),
        ("\N{MIDDLE DOT} 15 min", 15),
        ("/ 15 min", 15),
        ("~15 min", 15),
        ("\t15 min", 15),
        ("(15 min", 15),
        ("[15 min", 15),
        ("1h", 60),
        ("1h30", 90),
        ("1 h 30 min", 90),
        ("1,5 h", 90),
        ("1.5 hours", 90),
        ("1 hour and 30 minutes", 90),
        ("half an hour", 30),
        (", half an hour", 30),
        ("- a quarter of an hour", 15),
        ("\N{VULGAR FRACTION ONE HALF} hour", 30),
    ],
)
def test_a_length_without_round_brackets_is_one_too(written, minutes):
    assert read_length(f"Bus passes {written}") == Length("Bus passes", minutes)


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("[15 min] Budget", "Budget"),
        ("(15 min) Budget", "Budget"),
        ("15 min: Budget", "Budget"),
        ("15 minutes : Budget", "Budget"),
        ("Budget 15 min (Alan)", "Budget (Alan)"),
        ("Budget - 15 min [Alan]", "Budget [Alan]"),
    ],
)
def test_a_length_at_the_beginning_or_before_brackets_is_one_too(line, rest):
    assert read_length(line) == Length(rest, 15)


@pytest.mark.parametrize(
    "line",
    [
        "Budget (15min, Alan)",
        "Budget (15 minutes max)",
        "Budget (10 min each)",
        "Budget (15 mn)",
        "Budget (1,5 Std.)",
        "Budget 15 m",
        "Budget [Alan and Maria] 20m",
    ],
)
def test_what_may_be_a_length_and_was_not_read_is_asked_about(line):
    found = read_length(line)
    assert (found.rest, found.minutes) == (line, None)
    assert found.unread


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("How to keep visits under 30 minutes", "30 minutes"),
        ("A pause of 5 minutes", "5 minutes"),
        ("Meditate for 10 min", "10 min"),
        ("Be there in half an hour", None),
        ("Bus passes 10 - 15 min", "15 min"),
        ("Bus passes 10-15 min", "10-15 min"),
        ("Bus passes (15-20 min)", "15-20 min"),
        ("Bus passes [about 15 min]", "about 15 min"),
        ("Bus passes 15 min)", None),
        ("Support 24 hours", None),
        ("Sprint 100 m", None),
        ("A shelf of 15'", None),
        ("5 min drill", None),
        ("2027 budget", None),
        ("15 min", None),
        ("Terminal", None),
        ("Route 15", None),
    ],
)
def test_a_length_that_belongs_to_the_words_stays_there(text, unread):
    found = read_length(text)
    assert (found.rest, found.minutes) == (text, None)
    if unread is not None:
        assert found.unread == unread


@pytest.mark.parametrize(
    ("line", "minutes"),
    [
        ("15 min", 15),
        ("(15 min)", 15),
        ("  [15 min]  ", 15),
        ("- 15 min", 15),
        ("Length: 15 minutes", 15),
        ("duration: half an hour", 30),
        ("Time: 1h30", 90),
        ("15", None),
        ("24 hours", None),
        ("Take 15 min", None),
        ("Break (15 min)", None),
        ("", None),
    ],
)
def test_a_line_may_be_a_length_and_nothing_else(line, minutes):
    assert read_alone(line) == minutes


@pytest.mark.parametrize(
    "text",
    [
        "Tips (Bonterra)",
        "(24 h) hotline",
        "[500 minutes] of footage",
        "10 m: sprint",
        "15 min:",
        "Plan (2027)",
        "Budget 15 min)",
        "Walk (15 miles)",
        "Budget (15-20 min)",
        "Budget (about 15 min)",
        "Budget (min)",
        "Budget (1,000 min)",
        "Budget (h 15)",
        "Budget []",
    ],
)
def test_what_is_no_length_stays_in_the_text(text):
    found = read_length(text)
    assert (found.rest, found.minutes) == (text, None)


@pytest.mark.parametrize(
    "written", ["0 min", "481 min", "8.5 hours", "9 h", "0.5 min", "8h01", "9" * 5000 + " min"]
)
def test_a_length_nobody_can_mean_is_named(written):
    with pytest.raises(UserError) as refused:
        read_length(f"Budget ({written})")
    assert f"“{written}”" in worded(refused.value)
    assert refused.value.field == "minutes"


def test_a_mark_that_closes_a_right_to_left_phrase_stays_with_it():
    assert read_length("\u202bתקצב (15 min)\u202c") == Length("\u202bתקצב\u202c", 15)


@given(st.integers(1, 480))
def test_every_length_of_a_meeting_can_be_written(minutes):
    assert read_length(f"Budget ({minutes} min)") == Length("Budget", minutes)
    assert read_length(f"Budget ({minutes // 60} hr {minutes % 60} min)") == Length("Budget", minutes)
