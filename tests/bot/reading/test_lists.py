"""Lists as they are pasted: any usual mark begins an item, and what only looks like one stays with the words."""

import pytest

from bot.reading.item_lines import Line, read_items

RENT, FOOD, BUS = Line("Rent"), Line("Food", 10), Line("Bus passes")

EACH_THE_SAME = [
    *(
        "- ",
        "-",
        "* ",
        "*",
        "+ ",
        "+",
        "•",
        "• ",
        "•\t",
        "● ",
        "●",
        "○ ",
        "o ",
        "o\t",
        "■ ",
        "□ ",
        "▪",
        "▪️ ",
        "▫ ",
        "◆",
        "◇ ",
    ),
    *(
        "‣ ",
        "◦",
        "⁃ ",
        "∙ ",
        "· ",
        "·\xa0\xa0",
        "・",
        "‧ ",
        "– ",
        "–",
        "— ",
        "—",
        "― ",
        "− ",
        "~ ",
        "-- ",
        "** ",
    ),
    *("→ ", "→", "⇒ ", "➔ ", "➤ ", "➢", "▶ ", "▶️ ", "► ", "▸ ", "-> ", "--> ", "=> ", "» ", "› ", "※ "),
    *(
        "✓ ",
        "✔ ",
        "✔️ ",
        "✅ ",
        "☐ ",
        "☑ ",
        "☒ ",
        "★ ",
        "☆",
        "❖ ",
        "♦ ",
        "👉 ",
        "👉🏽 ",
        "🔹 ",
        "🔹",
        "👩‍👩‍👧 ",
        "❤️ ",
    ),
    *("\uf0b7 ", "\uf0b7\t", "\uf0a7 ", "\uf0d8 ", "§\t", "Ø\t", "ü\t", "q\t", "v\t"),
    *("- [ ] ", "- [x] ", "* [ ] ", "[ ] ", "[] ", "[x] ", "( ) ", "☐\t", "- ☐ "),
    *(
        ":small_blue_diamond: ",
        ":point_right: ",
        ":point_right::skin-tone-3: ",
        ":white_check_mark:",
        ":our-own: ",
    ),
    *("1. ", "1.", "7) ", "#1 "),
    *("\u200b- ", "\u2060• ", "\u200e- ", "\ufeff• ", "\u3000・", "   - ", "\t- "),
    *("－ ", "＊", "＋ "),
]
NUMBERED = [
    *(
        "{}. ",
        "{}.",
        "{}.\t",
        "{}\t",
        "{}) ",
        "{})",
        "{}.) ",
        "({}) ",
        "({})",
        "[{}] ",
        "{}: ",
        "{} - ",
        "{} – ",
        "{}- ",
        "{}/ ",
    ),
    *(
        "#{} ",
        "#{}: ",
        "  {}. ",
        "{}、",
        "{}．",
        "（{}）",
        "{}）",
        "1.{} ",
        "1.{}. ",
        "2.1.{} ",
        "{}\ufe0f\u20e3 ",
        "{}\u20e3",
    ),
]
IN_ORDER = [
    ("a) ", "b) ", "c) "),
    ("a)", "b)", "c)"),
    ("a. ", "b. ", "c. "),
    ("A. ", "B. ", "C. "),
    ("A) ", "B) ", "C) "),
    ("(a) ", "(b) ", "(c) "),
    ("c) ", "d) ", "e) "),
    ("h) ", "i) ", "j) "),
    ("i. ", "ii. ", "iii. "),
    ("i) ", "ii) ", "iii) "),
    ("(i) ", "(ii) ", "(iii) "),
    ("I. ", "II. ", "III. "),
    ("III) ", "IV) ", "V) "),
    ("а) ", "б) ", "в) "),
    ("α) ", "β) ", "γ) "),
    ("① ", "② ", "③ "),
    ("①", "②", "③"),
    ("⑴ ", "⑵ ", "⑶ "),
    ("⒈ ", "⒉ ", "⒊ "),
    ("❶ ", "❷ ", "❸ "),
    ("１．", "２．", "３．"),
    ("（１）", "（２）", "（３）"),
    ("一、", "二、", "三、"),
    ("١. ", "٢. ", "٣. "),
    ("1️⃣ ", "2️⃣ ", "3️⃣ "),
    ("9️⃣ ", "🔟 ", "🔟 "),
    (":one: ", ":two: ", ":three: "),
    (":one:", ":two:", ":three:"),
    (":nine: ", ":keycap_ten: ", ":keycap_ten: "),
    ("8. ", "9. ", "10. "),
    ("1. ", "2. ", "4. "),
    ("- ", "* ", "• "),
    ("- [ ] ", "- [x] ", "- [ ] "),
]


def pasted(first, second, third):
    return f"{first}Rent\n{second}Food (10 min)\n{third}Bus passes"


@pytest.mark.parametrize("mark", EACH_THE_SAME)
def test_the_same_mark_on_each_line_makes_a_list(mark):
    assert read_items(pasted(mark, mark, mark)) == [RENT, FOOD, BUS]
    assert read_items(f"{mark}Rent\n{mark}Food (10 min)") == [RENT, FOOD]


@pytest.mark.parametrize("mark", NUMBERED)
def test_numbers_make_a_list(mark):
    assert read_items(pasted(mark.format(1), mark.format(2), mark.format(3))) == [RENT, FOOD, BUS]


@pytest.mark.parametrize("marks", IN_ORDER)
def test_marks_that_follow_each_other_make_a_list(marks):
    assert read_items(pasted(*marks)) == [RENT, FOOD, BUS]


def test_an_own_line_for_each_mark_is_a_list_too():
    assert read_items("1.\nRent\n2.\nFood (10 min)") == [RENT, FOOD]


@pytest.mark.parametrize(
    "title",
    [
        "90. Geburtstag von Frau Muster",
        "2. Chance program",
        "1) …",
        "(1) first things first",
        "3-year plan",
        "3 year plan",
        "5 min drill",
        "2027 budget",
        "2027. A year",
        "1.5 hours of silence",
        "10:30 is too early",
        "24/7 line",
        "a) or b)?",
        "A. Miller reports",
        "I. Newton",
        "v. the city",
        "1️⃣ first",
        "① first",
        ":one: first",
        ":tada: party",
        "🎉 party",
        "→ next steps",
        "★ of the month",
        "+1 for parking",
        "-5 degrees",
        "#1 reason",
        "*Budget* first",
        "~gone~ what now",
        "<!channel> what",
        "=SUM(A1)",
        "© whose",
        "$500 for rides",
        "50% off",
        "&c.",
        "o tannenbaum",
        "--help",
        "...and then",
        "¿Qué?",
        "“Quoted” words",
        "½ price",
        "² squared",
        "一 sign",
        "Q: why?",
    ],
)
def test_what_belongs_to_the_words_stays_on_a_single_line(title):
    assert read_items(title) == [Line(title)]
    assert read_items(f"{title}\nMore of it") == [Line(title, details="More of it")]


@pytest.mark.parametrize("mark", ["- ", "* ", "• ", "•", "● ", "●", "– ", "— ", "◦", "▪ ", "- [ ] ", "[ ] "])
def test_a_single_bullet_is_none_of_the_words(mark):
    assert read_items(f"{mark}Rent") == [RENT]
    assert read_items(f"{mark}Rent\nand more") == [Line("Rent", details="and more")]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("90. Geburtstag\n1. Kuchen\n2. Kaffee", [Line("90. Geburtstag", details="1. Kuchen\n2. Kaffee")]),
        ("J. Smith reports\nB. Miller too", [Line("J. Smith reports", details="B. Miller too")]),
        ("J. Smith reports\nK. Miller too", [Line("J. Smith reports", details="K. Miller too")]),
        ("Q: why?\nA: because", [Line("Q: why?", details="A: because")]),
        ("5 - 10 people\n6 - 12 chairs", [Line("5 - 10 people", details="6 - 12 chairs")]),
        ("1.5 miles\n2.5 miles", [Line("1.5 miles", details="2.5 miles")]),
        ("10:30 Rent\n11:30 Food", [Line("10:30 Rent", details="11:30 Food")]),
        ("-5 degrees\n-6 degrees", [Line("-5 degrees", details="-6 degrees")]),
        ("+1 for it\n+1 too", [Line("+1 for it", details="+1 too")]),
        ("5 min drill\n10 min rest", [Line("5 min drill", details="10 min rest")]),
        ("3-year plan\n4-day week", [Line("3-year plan", details="4-day week")]),
        ("*Rent*\n*Food*", [Line("*Rent*", details="*Food*")]),
        ("🎉 Party\n🎈 balloons", [Line("🎉 Party", details="🎈 balloons")]),
        ("Rent\n---\nFood", [Line("Rent", details="---\nFood")]),
        ("Rent\n● now\n● later", [Line("Rent", details="● now\n● later")]),
    ],
)
def test_what_only_looks_like_a_list_is_one_item(text, items):
    assert read_items(text) == items


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("1. Budget\n   a. rent\n   b. food\n2. Tips", "   a. rent\n   b. food"),
        ("1. Budget\na. rent\nb. food\n2. Tips", "a. rent\nb. food"),
        ("1. Budget\n1.1 rent\n1.2 food\n2. Tips", "1.1 rent\n1.2 food"),
        ("I. Budget\nA. rent\nB. food\nII. Tips", "A. rent\nB. food"),
        ("• Budget\n◦ rent\n▪ now\n• Tips", "◦ rent\n▪ now"),
        ("● Budget\n○ rent\n■ now\n● Tips", "○ rent\n■ now"),
        ("- Budget\n\t- rent\n\t- food\n- Tips", "\t- rent\n\t- food"),
        ("* Budget\n** rent\n* Tips", "** rent"),
        ("- Budget\n\n  > quoted\n- Tips", "\n  > quoted".strip("\n")),
        ("1. Budget\n- rent\n- food\n2. Tips", "- rent\n- food"),
    ],
)
def test_what_is_nested_is_a_detail(text, details):
    assert read_items(text) == [Line("Budget", details=details), Line("Tips")]
