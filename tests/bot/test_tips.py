"""Tips: kept with their topic, found again by words."""

import pytest

from bot.reading.searches import words_of
from bot.tips import MOST_SHOWN, file_under, find, keep, read_tip
from storage.tips import Tip
from tests.builders import Scene
from tests.refusals import refusal

TOPICS = ["Case management", "City departments", "Client referrals", "Grant reporting", "General"]


def kept(scene: Scene, text: str, topic: str = "General", by: str = "U0MEMBER") -> Tip:
    seen = keep(scene.session, scene.actor(by), topic, text, scene.now)
    return scene.session.get_one(Tip, seen.id)


def found(scene: Scene, words: str) -> list[str]:
    return [
        tip.text for tip in find(scene.session, scene.actor("U0SAM"), words_of(words), scene.now).tips.shown
    ]


def test_a_tip_is_kept_as_it_was_told(scene: Scene) -> None:
    tip = kept(scene, "Call <b>before</b> 10 😀", "City departments")

    assert (tip.topic, tip.text) == ("City departments", "Call <b>before</b> 10 😀")
    assert (tip.person.user_id, tip.created_at) == ("U0MEMBER", scene.now)


@pytest.mark.parametrize(
    "words",
    ["", "jose", "JOSÉ", "josé", "José clinic", "clinic jose", "CAFE\u0301", "cafe", "strasse", "ﬁx", "city"],
)
def test_a_tip_is_found_by_every_word_without_case_and_accents(scene: Scene, words: str) -> None:
    text = "Ask Jose\u0301 at the Café clinic in the STRAẞE, they fix it"
    kept(scene, text, "City departments")

    assert found(scene, words) == [text]


@pytest.mark.parametrize(
    "words",
    [
        *(
            "fox, quick",
            "fox,quick",
            "quick; fox.",
            '"quick" fox',
            "“quick fox”",
            "«fox»",
            "„fox“",
            "(quick) [fox]",
            "fox!",
            "fox?",
        ),
        *(
            "- quick fox",
            "quick – fox",
            "quick…",
            "don't",
            "don’t",
            "DON‘T",
            "don\N{MODIFIER LETTER APOSTROPHE}t",
            "'fox'",
            "‘fox’",
        ),
        *(
            "follow-up",
            "follow–up",
            "follow up",
            "follow\N{NON-BREAKING HYPHEN}up",
            "U.S.",
            "u.s",
            "R&D",
            "and/or",
            "9:30",
            "#1",
            "@quick",
        ),
        *(
            "quick\N{IDEOGRAPHIC COMMA}fox",
            "fox，quick",
            "\u200bfox",
            "fox\u00a0quick",
            "*quick* fox",
            "fox:",
        ),
    ],
)
def test_signs_around_words_are_none_of_them(scene: Scene, words: str) -> None:
    text = "The quick brown fox: don’t jump, follow-up in the U.S. at 9:30 with R&D and/or #1"
    kept(scene, text)
    kept(scene, "Another one")

    assert found(scene, words) == [text]


@pytest.mark.parametrize("words", ["don't run", "fox, slow", "dont", "followxup", "“slow fox”"])
def test_a_word_that_is_not_there_is_not_found(scene: Scene, words: str) -> None:
    kept(scene, "The quick brown fox: don’t jump, follow-up")

    assert found(scene, words) == []


@pytest.mark.parametrize("typed", ["", " ", ",", "— …", '"', "''", "“”", "\u200b", "()"])
def test_signs_alone_are_no_words(typed: str) -> None:
    assert words_of(typed) == []


def test_more_than_the_field_takes_is_not_looked_for() -> None:
    assert len(words_of("a " * 100)) == 100
    with refusal("This is longer than 200 characters"):
        words_of("a" * 201)


@pytest.mark.parametrize("words", ["jose dentist", "%", "_", "jo%e", "j_se", "\\", "noise", "budget"])
def test_a_tip_is_not_found_by_words_that_it_does_not_have(scene: Scene, words: str) -> None:
    kept(scene, "Ask José at the clinic")

    assert found(scene, words) == []


@pytest.mark.parametrize("word", ["100%", "a_b", "%", "_", "c:\\temp", "a/b", "(100%)", "“a_b”"])
def test_signs_are_found_as_themselves(scene: Scene, word: str) -> None:
    text = "100% of a_b in c:\\temp or a/b '' \" "
    kept(scene, text)
    kept(scene, "100 percent of axb in c:temp or ab")

    assert found(scene, word) == [text]


def test_a_search_for_very_many_words_is_refused_and_a_word_repeated_is_one(scene: Scene) -> None:
    kept(scene, "Breathe")
    assert found(scene, "breathe " * 12) == ["Breathe"]
    with refusal("up to 30 words"):
        found(scene, " ".join(f"w{number}" for number in range(31)))


def test_the_newest_come_first_and_that_there_are_more_is_known(scene: Scene) -> None:
    for number in range(MOST_SHOWN + 3):
        kept(scene, f"tip {number}")

    assert found(scene, "tip") == [f"tip {number}" for number in range(12, 2, -1)]
    newest = find(scene.session, scene.actor("U0SAM"), [], scene.now).tips
    assert (len(newest.shown), newest.more > 0) == (MOST_SHOWN, True)


def test_a_tip_is_filed_under_another_topic_by_who_shared_it(scene: Scene) -> None:
    tip = kept(scene, "Call early", "General")

    seen = file_under(scene.session, scene.actor("U0MEMBER"), tip.id, "Grant reporting")
    assert (seen.topic, tip.topic) == ("Grant reporting", "Grant reporting")
    assert found(scene, "grant early") == ["Call early"]
    assert found(scene, "general") == []
    with refusal("Only the person who shared this"):
        file_under(scene.session, scene.actor("U0SAM"), tip.id, "General")
    assert tip.topic == "Grant reporting"


def test_a_tip_of_another_consortium_is_nobodys(scene: Scene) -> None:
    theirs = scene.theirs(Tip)[0]

    with refusal("Only the person"):
        file_under(scene.session, scene.actor("U0MEMBER", "T0NOISE"), theirs.id, "General")
    assert find(scene.session, scene.actor("U0MEMBER"), [], scene.now).tips.count == 0


@pytest.mark.parametrize(
    "typed", ["\u200b", "\u3164\u2800", "grant: \u200d", "grant: \ufe0f", "\u200b: \u00ad"]
)
def test_a_tip_of_nothing_that_shows_is_none(typed: str) -> None:
    with refusal("What would you like to share?"):
        read_tip(typed, TOPICS)


def test_a_tip_is_as_long_as_its_field_takes_and_no_longer() -> None:
    assert read_tip("x" * 3000, TOPICS) == ("General", "x" * 3000)
    with refusal("This is longer than 3000 characters"):
        read_tip("x" * 3001, TOPICS)


@pytest.mark.parametrize(
    ("typed", "topic", "text"),
    [
        ("\u200b: call early", "General", "call early"),
        ("Grant reporting: call early", "Grant reporting", "call early"),
        ("grant: call early", "Grant reporting", "call early"),
        ("REFERRALS : call early", "Client referrals", "call early"),
        ("city:\ncall early\nand often", "City departments", "call early\nand often"),
        ("Childcare: call early", "Childcare", "call early"),
        ("grant: at 9:30: call", "Grant reporting", "at 9:30: call"),
        ("call early", "General", "call early"),
        ("call at 9:30 sharp", "General", "call at 9:30 sharp"),
        ("see https://example.org", "General", "see https://example.org"),
        (": call early", "General", ": call early"),
        ("grant:", "General", "grant:"),
        ("t: call early", "t", "call early"),
        ("one\ntwo: three", "General", "one\ntwo: three"),
        (f"{'x' * 41}: call", "General", f"{'x' * 41}: call"),
    ],
)
def test_a_topic_is_what_stands_before_a_colon(typed: str, topic: str, text: str) -> None:
    assert read_tip(typed, TOPICS) == (topic, text)
