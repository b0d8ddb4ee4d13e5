"""A typed line becomes an item, a pasted list several, and nothing typed is lost."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.reading.item_lines import LONGEST_TITLE, MOST_ITEMS, Line, read_items, read_line
from bot.reading.text import storable, visible
from handlers.words import in_words, worded
from tests.refusals import refusal

FULL_WIDTH = "\N{FULLWIDTH LEFT PARENTHESIS}\N{FULLWIDTH RIGHT PARENTHESIS}"
SPACES = re.compile(r"\s+")

anything = st.text(st.characters(codec=None, categories=None), max_size=400)
line_like = st.lists(
    st.sampled_from(
        [*"([{<15)]}> -*•h\t\n\u200f\u202b", "min", "Alan", "10)", "1.", "🤝", "&amp;", "\r\n", *FULL_WIDTH]
    ),
    max_size=60,
).map("".join)
phrases = st.text("abcXYZ &<>*_`éש🤝", min_size=1).map(str.strip).filter(visible)
names = st.sampled_from(["Alan", "Priya Nair", "J. Smith", "שלום"])


def everything(line):
    """All that is kept of a line, in the order in which it was typed."""
    cut_short = line.title.endswith("…") and line.details
    return (line.details if cut_short else line.title + (line.details or "")), line.minutes, line.on_behalf_of


def test_minutes_are_read_off_the_end_of_a_line():
    assert read_line("Budget cuts and how we respond (15 min)") == Line("Budget cuts and how we respond", 15)


@pytest.mark.parametrize(
    "typed", ["Grant reports [Alan] (10 min)", "Grant reports (10 min) [Alan]", "Grant reports(10m)[ Alan ]"]
)
def test_a_name_in_brackets_adds_it_on_their_behalf(typed):
    assert read_line(typed) == Line("Grant reports", 10, "Alan")


@pytest.mark.parametrize(
    "title",
    [
        "Tips (Bonterra)",
        "Minutes of May (10 min) and June",
        "[draft] reports",
        "[alan] reports",
        "What is next []",
        "What is next [ ]",
        f"What is next [{'x' * 81}]",
        "Call <!channel> and *shout* <https://example.org|here> & more",
        "Two  spaces   inside",
        "\u202bשלם עלם\u202c",
        "\u200fשלם",
        "👩‍👩‍👧 childcare",
        "*Budget* first",
        "-5 degrees",
        "1.5 hours of silence",
        "2027. A year",
        "x" * LONGEST_TITLE,
    ],
)
def test_a_title_is_kept_exactly(title):
    assert read_items(f"  {title}\n") == [Line(title)]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("Rent increase [15 min]", Line("Rent increase", 15)),
        ("Rent increase [15 min] [Alan]", Line("Rent increase", 15, "Alan")),
        ("Rent increase [Alan] [15 min]", Line("Rent increase", 15, "Alan")),
        ("Bus passes - 15 min", Line("Bus passes", 15)),
        ("Bus passes 15min", Line("Bus passes", 15)),
        ("Bus passes, 15 minutes", Line("Bus passes", 15)),
        ("Bus passes [Alan] 15 min", Line("Bus passes", 15, "Alan")),
        ("Bus passes 15 min [Alan]", Line("Bus passes", 15, "Alan")),
        ("Bus passes [@Alan]", Line("Bus passes", None, "Alan")),
        *(
            (f"Bus passes [{mark}]", Line(f"Bus passes [{mark}]"))
            for mark in ("draft", "2", "x", "a@b.org", "urgent")
        ),
        ("Bus passes [draft] (15 min)", Line("Bus passes [draft]", 15)),
        ("[draft] Bus passes 15 min", Line("[draft] Bus passes", 15)),
        ("[Agenda](https://example.org) for May", Line("[Agenda](https://example.org) for May")),
        ("Bus passes\n15 min\nmore", Line("Bus passes", 15, None, "more")),
        ("Bus passes\n(15 min)", Line("Bus passes", 15)),
        ("Bus passes\n\nLength: 15 min", Line("Bus passes", 15)),
        ("Bus passes\n  - 15 min\nmore", Line("Bus passes", 15, None, "more")),
        ("Bus passes (10 min)\n15 min", Line("Bus passes", 10, None, "15 min")),
        (
            "Bus passes\nwalk\n5 min\ntalk\n10 min",
            Line("Bus passes", None, None, "walk\n5 min\ntalk\n10 min"),
        ),
        ("Bus passes\n\u200b\n\u3164", Line("Bus passes")),
    ],
)
def test_length_and_name_are_understood_as_people_write_them(typed, line):
    assert read_items(typed) == [line]


@pytest.mark.parametrize(
    ("typed", "title", "name", "doubt"),
    [
        ("[Alan] Bus passes 15 min", "Bus passes", "Alan", "Is this on behalf of “Alan”?"),
        ("Bus passes [alan]", "Bus passes", "alan", "Is this on behalf of “alan”?"),
        ("Visits under 30 minutes", "Visits under 30 minutes", None, "I left “30 minutes” in the title."),
        ("Visits (15-20 min)", "Visits (15-20 min)", None, "I left “15-20 min” in the title."),
    ],
)
def test_what_is_in_doubt_is_asked(typed, title, name, doubt):
    [line] = read_items(typed)
    assert (line.title, line.on_behalf_of) == (title, name)
    assert [in_words(one).startswith(doubt) for one in line.doubts] == [True]


def test_a_length_below_each_title_of_a_list_is_that_items():
    pasted = "- Rent\n  10 min\n- Food\n- Bus passes\n  (15 min)\n  why"
    assert read_items(pasted) == [Line("Rent", 10), Line("Food"), Line("Bus passes", 15, None, "  why")]


def test_only_the_last_length_is_read_off():
    assert read_line("Budget (10 min) (15 min)") == Line("Budget (10 min)", 15)
    assert read_line("Budget [Alan] [Bea]") == Line("Budget [Alan]", None, "Bea")


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "\n", "\u200f", "(15 min)", "[Alan]", "[Alan] (15 min)", "\u200f(15 min)", "-", "- \n- "],
)
def test_without_a_title_an_example_shows_how(typed):
    with refusal(re.escape("/agenda add Budget cuts and how we respond (15 min)")) as refused:
        read_items(typed)
    assert refused.value.field == "title"


def test_the_example_works():
    with pytest.raises(UserError) as refused:
        read_items("")
    assert read_line(worded(refused.value).split("/agenda add ")[1]) == Line(
        "Budget cuts and how we respond", 15
    )


@pytest.mark.parametrize(
    "bullet", ["- ", "* ", "• ", "•", "•\t", "\N{EN DASH} ", "‣ ", "◦ ", "1. ", "1) ", "12. ", "  - "]
)
def test_a_pasted_list_adds_each_line(bullet):
    pasted = f"{bullet}Budget cuts (15 min)\n{bullet}Grant reports [Alan]\n\n{bullet}Tips\n{bullet}\n"
    assert read_items(pasted) == [Line("Budget cuts", 15), Line("Grant reports", None, "Alan"), Line("Tips")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\v", "\f", "\x1c", "\x85"])
def test_a_line_may_end_in_any_way(end):
    assert read_items(f"- A{end}- B") == [Line("A"), Line("B")]


def test_a_title_is_one_line_as_the_form_that_edits_it_takes_it():
    for sign in map(chr, range(0x2030)):
        (line,) = read_items(f"Rent{sign}Food")
        assert len(line.title.splitlines()) == 1, repr(sign)


def test_lines_without_a_bullet_are_details_of_the_item_above():
    pasted = "- Budget (15 min)\nWhat we lose.\n\nWhat we keep.\n- Tips\n"
    assert read_items(pasted) == [Line("Budget", 15, None, "What we lose.\n\nWhat we keep."), Line("Tips")]


def test_text_that_begins_without_a_bullet_is_one_item():
    pasted = "Budget cuts (15 min)\n- what we lose\n- what we keep"
    assert read_items(pasted) == [Line("Budget cuts", 15, None, "- what we lose\n- what we keep")]


def test_a_bullet_further_in_is_a_detail():
    pasted = "- Budget\n  - rent\n    - heating\n- Tips"
    assert read_items(pasted) == [Line("Budget", None, None, "  - rent\n    - heating"), Line("Tips")]


def test_an_indented_list_is_read_though_slack_cuts_the_first_spaces():
    assert read_items("- A\n    - B\n    - C") == [Line("A"), Line("B"), Line("C")]


def test_numbers_set_flush_right_are_one_list():
    assert read_items(" 8. A\n 9. B\n10. C") == [Line("A"), Line("B"), Line("C")]


def test_as_many_as_allowed_are_added():
    assert len(read_items("\n".join(["- A"] * MOST_ITEMS))) == MOST_ITEMS


def test_one_too_many_adds_nothing_and_says_so():
    with refusal(r"21 items.*up to 20.*Nothing was added"):
        read_items("\n".join(["- A"] * (MOST_ITEMS + 1)))


def test_a_title_too_long_is_cut_at_a_word_and_kept_whole_in_the_details():
    whole = "budget " * 40 + "end"
    line = read_line(f"{whole} (15 min)\nMore.")
    assert line.title == ("budget " * 28).strip() + "…"
    assert len(line.title) <= LONGEST_TITLE
    assert line.details == f"{whole}\nMore."
    assert line.minutes == 15


@pytest.mark.parametrize("read", [read_items, read_line])
@given(text=st.one_of(anything, line_like))
def test_reading_raises_nothing_but_what_a_person_may_see(read, text):
    with suppress(UserError):
        read(text)


@given(
    phrases,
    st.none() | st.integers(1, 480),
    st.none() | names,
    st.booleans(),
)
def test_what_was_written_is_what_is_read(title, minutes, name, name_first):
    tail = [f"[{name}]" if name else "", f"({minutes} min)" if minutes else ""]
    typed = " ".join([title, *(tail if name_first else reversed(tail))])
    assert everything(read_line(typed)) == (title, minutes, name)


@given(
    st.text(
        st.characters(
            codec="utf-8",
            categories=["L", "Z"],  # of which no mark is made
            include_characters="\r\n",
            exclude_characters="o\u3164",
        )
    )
)
def test_nothing_typed_is_lost(text):
    if not visible(text):
        return
    kept = "".join(everything(line)[0] for line in read_items(text))
    assert SPACES.sub("", kept) == SPACES.sub("", storable(text))


@given(st.lists(phrases, min_size=2, max_size=MOST_ITEMS), st.sampled_from(["- ", "• ", "7) "]))
def test_nothing_of_a_list_is_lost(titles, bullet):
    lines = read_items("\n".join(bullet + title for title in titles))
    assert [everything(line)[0] for line in lines] == titles


@given(line_like)
def test_nothing_but_marks_lengths_and_brackets_is_taken_off(text):
    try:
        lines = read_items(text)
    except UserError:
        return
    kept = "".join(f"{everything(line)[0]}{line.on_behalf_of or ''}" for line in lines)
    for word in ("&amp;", "{", "<"):
        assert kept.count(word) == text.count(word)


def test_a_first_line_with_nothing_to_see_is_not_the_title():
    assert read_items("\x1b\nBudget cuts (15 min)") == [Line("Budget cuts", 15)]
