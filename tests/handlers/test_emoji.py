"""Emoji are drawn as Slack draws them, and what only looks like one stands as it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.emoji import emoji_in
from handlers.blocks import kit
from handlers.blocks.emoji import MOST_DRAWN, with_emoji
from handlers.blocks.kit import Message
from handlers.blocks.surfaces import MESSAGE
from playground.slack.block_kit import problems_of_blocks
from tests.handlers.steps import filled, on_sqlite, opened
from tests.story import SHARED, Story

NAMES = {
    ":tada:": ["tada"],
    "Party :tada:": ["tada"],
    ":tada: Party": ["tada"],
    ":tada:Party": ["tada"],
    "(:tada:)": ["tada"],
    "a :tada::fire: b": ["tada", "fire"],
    ":wave::skin-tone-3: hello": ["wave::skin-tone-3"],
    ":wave::skin-tone-3::tada:": ["wave::skin-tone-3", "tada"],
    ":+1: :-1: :100: :1234: :8ball:": ["+1", "-1", "100", "1234", "8ball"],
    ":+1::skin-tone-6:": ["+1::skin-tone-6"],
    ":man-woman-girl-boy: :flag-de:": ["man-woman-girl-boy", "flag-de"],
    ":our_own-logo: :don't:": ["our_own-logo", "don't"],
    ":完了: done": ["完了"],
    "会議:tada:です": ["tada"],
    "at 10:30 :tada:": ["tada"],
    "1:2: :tada:": ["tada"],
    ":x: and :white_check_mark:": ["x", "white_check_mark"],
}
NONE = [
    *(
        "10:30:45",
        "at 10:30:45 sharp",
        "note:this:",
        "note:this:and:that:",
        "12:00:00:",
        "a:b:c",
        "::",
        ": tada :",
        ":tada",
        "tada:",
    ),
    *(
        ":TADA:",
        ":Tada:",
        ":30:",
        ":12:30:",
        "Q:A:",
        "https://example.org:8080:x",
        ":a b:",
        ":a\nb:",
        ":🎉:",
    ),
    *(":" + "x" * 101 + ":", "", "plain"),
]


def names_in(text):
    return [found["name"] for found in emoji_in(text)]


@pytest.mark.parametrize("text", NAMES)
def test_what_is_an_emoji_is_drawn(text):
    assert names_in(text) == NAMES[text]
    [block] = with_emoji([kit.paragraph(text)])
    [section] = block["elements"]
    assert [one["name"] for one in section["elements"] if one["type"] == "emoji"] == NAMES[text]
    assert "".join(one.get("text") or f":{one['name']}:" for one in section["elements"]) == text
    assert with_emoji([kit.small(text)])[0]["elements"][0] == {
        "type": "plain_text",
        "text": text,
        "emoji": True,
    }


@pytest.mark.parametrize("text", NONE)
def test_what_only_looks_like_one_stands_as_it_was_typed(text):
    assert names_in(text) == []
    blocks = [kit.paragraph(kit.bold(text)), kit.small(text)]
    assert with_emoji(blocks) == blocks


def test_words_around_it_keep_their_style():
    [block] = with_emoji([kit.paragraph(kit.bold("Big :tada: party"))])
    assert block["elements"][0]["elements"] == [
        {"type": "text", "text": "Big ", "style": {"bold": True}},
        {"type": "emoji", "name": "tada"},
        {"type": "text", "text": " party", "style": {"bold": True}},
    ]


def test_what_is_to_be_typed_is_shown_as_it_is_typed():
    blocks = [kit.paragraph(kit.run("/agenda add :tada:", code=True))]
    assert with_emoji(blocks) == blocks


def test_every_place_of_words_is_drawn():
    said = "Big :tada:"
    form = kit.form(
        "f",
        "F",
        [
            kit.rich(kit.rows([kit.line(said)]), kit.quote(said)),
            kit.input_block("a", said, kit.text_input(said), hint=said),
            kit.input_block("b", said, kit.select([kit.option(said, "1")])),
            kit.section(said, kit.button(said, "c", "1")),
        ],
        submit="Send",
    )
    assert str(form).count("'emoji': True") == 6
    assert str(form).count("'name': 'tada'") == 2
    assert form["blocks"][1]["element"]["initial_value"] == said


def test_more_than_a_hundred_are_left_as_they_are():
    [block] = with_emoji([kit.paragraph(":x: " * 500)])
    assert len([one for one in block["elements"][0]["elements"] if one["type"] == "emoji"]) == MOST_DRAWN
    assert not problems_of_blocks([block])


@given(
    st.lists(st.sampled_from([":", "tada", "x", "1", " ", "é", "::skin-tone-3", "é:", "A"]), max_size=30).map(
        "".join
    )
)
def test_nothing_is_lost_for_who_listens(text):
    shown = MESSAGE.shows(Message([kit.paragraph(f"«{text}»")]))
    assert shown["text"] == f"«{text}»"


@on_sqlite
async def test_emoji_are_drawn_where_they_are_read_and_kept_as_they_were_typed(slack: Story) -> None:
    receipt = await slack.types(
        "U0MEMBER", SHARED, "/agenda add :tada: Party at 10:30:45 [Alan]\nBring :cake:"
    )
    assert "• :tada: Party at 10:30:45 · on behalf of Alan\nBring :cake:" in receipt.text
    assert str(receipt.blocks).count("'type': 'emoji'") == 2
    await slack.clicks("U0MEMBER", receipt, "item.edit")
    assert filled(opened(slack, "U0MEMBER"), "title") == ":tada: Party at 10:30:45"
