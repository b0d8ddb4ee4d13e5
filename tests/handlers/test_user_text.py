"""People's words through every renderer: nothing of them rings or leads anywhere, and they stand there as they were typed."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.blocks import kit, spoken
from handlers.blocks.kit import Message, channel_link, paragraph
from handlers.blocks.spoken import spoken_text
from playground.slack.errors import SlackError
from tests.handlers.drawings import BY_HAND, DRAWINGS, Draw
from tests.handlers.user_text import FRAGMENTS, Drawn, Written, must_be_harmless, shown
from tests.long_forms import examples

pytestmark = pytest.mark.slow

CASES = {f"{name} {number}": draw for name, draws in DRAWINGS.items() for number, draw in enumerate(draws, 1)}
IN_ONE_LINE = {"together.together 1"}
"""Where there is no room, what a message says is told in one line."""
IN_PARTS = {"documents.hand_on_form 1"}
"""What is longer than a field goes on in the next one."""
ONE_PART = 2000
WITHOUT_WORDS = {
    *(f"about_me.{said}" for said in ("asked_for_files", "erased", "name_another_first")),
    *("about_me.with_file", "about_me.without_file", "about_me.waits", "about_me.kept_after_all"),
    "documents.asked_for_files",
    "documents.with_file",
    "documents.without_file",
    "help.help_text",
    "help.help_with_buttons",
    "help.it_is_done",
    "help.one_moment",
    "look_back.asked_for",
    "look_back.look_back",
    "look_back.posted",
    "look_back.posted_with_chart",
    "me_too.nothing_to_say",
    "notes.after_meeting",
    "placing.timing_form",
    "removal.cleared",
    "removal.removed",
    "setup_forms.first_form",
    "tips.search_form",
}

letters = st.characters(codec="utf-8", exclude_characters="\0")
texts = st.lists(st.sampled_from(FRAGMENTS) | st.text(letters, max_size=6), max_size=6).map("".join)
long_texts = st.tuples(texts, st.sampled_from([20, 50])).map(lambda drawn: drawn[0] * drawn[1])
"""Longer than any title. A form is not cut, and Slack opens none that is larger than some ten of these."""
pools = st.lists(texts | texts | texts | long_texts, min_size=1, max_size=4)


def test_what_is_drawn_by_hand_is_drawn_somewhere() -> None:
    assert set(BY_HAND) <= set(DRAWINGS)


@pytest.mark.parametrize("name", DRAWINGS)
def test_people_are_read_in_it(name: str) -> None:
    """Or the rest would prove nothing."""
    assert any(map(_has_words, DRAWINGS[name])) != (name in WITHOUT_WORDS)


def _has_words(draw: Draw) -> bool:
    written = Written(["as typed"])
    seen = shown(draw(written))
    return any(seen.count(one) for one in written.texts)


@pytest.mark.parametrize("name", CASES)
@settings(max_examples=examples(15))
@given(pool=pools)
def test_whatever_is_written_is_text_and_nothing_else(name: str, pool: list[str]) -> None:
    must_be_harmless(CASES[name], _as_drawn(name, pool))


@pytest.mark.parametrize("name", CASES)
def test_no_known_trick_works(name: str) -> None:
    for trick in range(0, len(FRAGMENTS), 3):
        must_be_harmless(CASES[name], _as_drawn(name, FRAGMENTS[trick : trick + 3]))


def _as_drawn(name: str, pool: Sequence[str]) -> list[str]:
    if name in IN_PARTS:
        return [text[:ONE_PART] for text in pool]
    return [" ".join(text.split()) if name in IN_ONE_LINE else text for text in pool]


# --- That these tests can fail


def _said(make: Callable[[str], kit.Block]) -> Draw:
    return lambda w: Message([make(w("said"))], text="nothing")


def _element(element: dict[str, Any]) -> kit.Block:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [element]}]}


def _mrkdwn(text: str) -> kit.Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


CARELESS: dict[str, Draw] = {
    "parsed": _said(_mrkdwn),
    "parsed, though escaped": _said(lambda text: _mrkdwn(spoken.escape(text))),
    "small and parsed": _said(lambda text: {"type": "context", "elements": [_mrkdwn(text)["text"]]}),
    "a link": _said(lambda text: _element({"type": "link", "url": "https://x.org", "text": text})),
    "a mention": _said(lambda text: _element({"type": "user", "user_id": text})),
    "escaped where nothing is parsed": _said(lambda text: kit.paragraph(spoken.escape(text))),
    "cut without a sign": _said(lambda text: kit.paragraph(text[:12])),
    "without its spaces": _said(lambda text: kit.paragraph(" ".join(text.split()))),
    "filled twice": _said(lambda text: kit.paragraph(text.replace("{name}", "Ana"))),
    "spoken as it is": lambda w: Message([kit.paragraph(w("said"))], text=w("said")),
    "a quotation that is the whole": _said(lambda text: {"type": "markdown", "text": text}),
}


@pytest.mark.parametrize("way", CARELESS)
def test_a_careless_renderer_is_found(way: str) -> None:
    with pytest.raises(AssertionError):
        _try_all(CARELESS[way])


def test_a_careful_one_is_not() -> None:
    _try_all(lambda w: Message([kit.paragraph(kit.bold(w("said")), " · ", w("other"))]))


PLANTED: dict[str, tuple[str, Callable[..., Any]]] = {
    "nothing is escaped": ("handlers.blocks.spoken.escape", lambda text: text),
    "plain text is parsed": ("handlers.blocks.kit.plain", lambda text, _: {"type": "mrkdwn", "text": text}),
    "words are links": (
        "handlers.blocks.kit.run",
        lambda text, **_: {"type": "link", "url": "https://x.org", "text": text},
    ),
    "titles lose their line ends": ("handlers.blocks.items.set_apart", lambda text: " ".join(text.split())),
}


@pytest.mark.parametrize("bug", PLANTED)
def test_a_planted_bug_is_found(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, instead = PLANTED[bug]
    monkeypatch.setattr(where, instead)
    with pytest.raises((AssertionError, SlackError)):
        _try_all(*CASES.values())


def _try_all(*draws: Callable[[Written], Drawn]) -> None:
    for draw in draws:
        for fragment in FRAGMENTS:
            must_be_harmless(draw, [fragment])


def test_what_stands_for_a_link_of_ours_is_none_of_the_signs_that_people_type() -> None:
    typed = "".join(map(chr, range(0xF0000, 0xF0005))) + "\ufdd0C0SHARED\ufdd0"
    blocks = [paragraph(typed, channel_link("C0SHARED"), " <", channel_link("C0OTHER"))]
    assert spoken_text(blocks, 4000) == f"{typed}<#C0SHARED> &lt;<#C0OTHER>"
