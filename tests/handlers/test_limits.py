"""How much Slack takes: our figures are those of Slack's own library and of the small Slack, and the kit cuts at them."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.models.blocks import (
    ButtonElement,
    ConfirmObject,
    HeaderBlock,
    InputBlock,
    Option,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.plan.values import LONGEST_NAME
from handlers.blocks import figures, kit, limits
from handlers.blocks.surfaces import MESSAGE
from playground.slack import checks, messages
from playground.slack.block_kit import problems_of_blocks, problems_of_view
from playground.slack.methods import chat
from tests.playground.blocks import (
    actions,
    button,
    chart,
    home,
    input_block,
    modal,
    option,
    pie,
    plain,
    section,
    text_input,
)

OURS = {name: value for name, value in vars(limits).items() if name.isupper()}
SLACK_SDKS = {
    "HEADER_TEXT": HeaderBlock.text_max_length,
    "SECTION_TEXT": SectionBlock.text_max_length,
    "BUTTON_TEXT": ButtonElement.text_max_length,
    "BUTTON_URL": ButtonElement.url_max_length,
    "OPTION_TEXT": Option.label_max_length,
    "MENU_OPTIONS": StaticSelectElement.options_max_length,
    "PLACEHOLDER": StaticSelectElement.placeholder_max_length,
    "CONFIRM_TITLE": ConfirmObject.title_max_length,
    "CONFIRM_TEXT": ConfirmObject.text_max_length,
    "CONFIRM_ANSWER": ConfirmObject.confirm_max_length,
    "INPUT_LABEL": InputBlock.label_max_length,
    "INPUT_HINT": InputBlock.hint_max_length,
    "VIEW_TITLE": View.title_max_length,
    "VIEW_SUBMIT": View.submit_max_length,
    "VIEW_CLOSE": View.close_max_length,
}
DOCUMENTED_ALONE = {
    "BUTTON_ACCESSIBILITY_LABEL",
    "CHART_LABEL",
    "CHART_TITLE",
    "CHECKBOXES",
    "INPUT_TEXT",
    "MESSAGE_BLOCKS",
    "MENU_OPTION_GROUPS",
    "MESSAGE_TEXT",
    "VIEW_BLOCKS",
}
UNDOCUMENTED = {"MESSAGE_CHARACTERS", "VIEW_CHARACTERS", "CONTEXT_TEXT", "RICH_TEXT_RUN"}

Part = dict[str, Any]


def long(length: int) -> Part:
    return plain("x" * length)


def asked(**part: Part) -> Part:
    question = {"title": plain("?"), "text": plain("?"), "confirm": plain("Yes"), "deny": plain("No")} | part
    return actions(button(confirm=question))


def menu(*options: Part) -> Part:
    return {"type": "static_select", "action_id": "pick", "options": list(options)}


def grouped(number: int) -> Part:
    groups = [{"label": plain(f"g{one}"), "options": [option(f"o{one}")]} for one in range(number)]
    return {"type": "static_select", "action_id": "pick", "option_groups": groups}


SMALL_SLACKS: dict[str, tuple[str, Callable[[int], list[Part]]]] = {
    "HEADER_TEXT": ("/text/text", lambda n: [{"type": "header", "text": long(n)}]),
    "SECTION_TEXT": ("/text/text", lambda n: [section("x" * n)]),
    "BUTTON_TEXT": ("/elements/0/text/text", lambda n: [actions(button(label="x" * n))]),
    "BUTTON_URL": ("/elements/0/url", lambda n: [actions(button(url=f"https://x.org/{'x' * (n - 14)}"))]),
    "BUTTON_ACCESSIBILITY_LABEL": (
        "/elements/0/accessibility_label",
        lambda n: [actions(button(accessibility_label="x" * n))],
    ),
    "OPTION_TEXT": ("/elements/0/options/0/text/text", lambda n: [actions(menu(option("a", "x" * n)))]),
    "PLACEHOLDER": (
        "/elements/0/placeholder/text",
        lambda n: [actions(menu(option("a", "a")) | {"placeholder": long(n)})],
    ),
    "MENU_OPTIONS": (
        "/elements/0/options",
        lambda n: [actions(menu(*(option(f"o{number}") for number in range(n))))],
    ),
    "CHECKBOXES": (
        "/elements/0/options",
        lambda n: [actions(menu(*(option(f"o{number}") for number in range(n))) | {"type": "checkboxes"})],
    ),
    "CHART_TITLE": ("/title", lambda n: [chart(title="x" * n)]),
    "CHART_LABEL": ("/chart/segments/0/label", lambda n: [chart(chart=pie(**{"x" * n: 1}))]),
    "MENU_OPTION_GROUPS": ("/elements/0/option_groups", lambda n: [actions(grouped(n))]),
    "CONFIRM_TITLE": ("/elements/0/confirm/title/text", lambda n: [asked(title=long(n))]),
    "CONFIRM_TEXT": ("/elements/0/confirm/text/text", lambda n: [asked(text=long(n))]),
    "CONFIRM_ANSWER": ("/elements/0/confirm/confirm/text", lambda n: [asked(confirm=long(n))]),
    "INPUT_LABEL": ("/label/text", lambda n: [input_block(text_input(), label=long(n))]),
    "INPUT_HINT": ("/hint/text", lambda n: [input_block(text_input(), hint=long(n))]),
    "INPUT_TEXT": ("/element/max_length", lambda n: [input_block(text_input(max_length=n))]),
    "MESSAGE_BLOCKS": ("/blocks", lambda n: [section()] * n),
}
VIEWS = {"VIEW_TITLE": "title", "VIEW_SUBMIT": "submit", "VIEW_CLOSE": "close"}


def test_each_of_our_limits_is_held_against_something() -> None:
    assert OURS.keys() == SLACK_SDKS.keys() | DOCUMENTED_ALONE | UNDOCUMENTED
    assert SMALL_SLACKS.keys() | VIEWS.keys() == OURS.keys() - UNDOCUMENTED - {"MESSAGE_TEXT", "VIEW_BLOCKS"}


@pytest.mark.parametrize("name", SLACK_SDKS)
def test_a_limit_is_that_of_slacks_own_library(name: str) -> None:
    assert OURS[name] == SLACK_SDKS[name]


def test_who_answers_no_is_given_as_much_room_as_who_answers_yes() -> None:
    assert ConfirmObject.deny_max_length == limits.CONFIRM_ANSWER


@pytest.mark.parametrize("name", SMALL_SLACKS)
def test_the_small_slack_takes_so_much_and_no_more(name: str) -> None:
    place, drawn = SMALL_SLACKS[name]
    assert problems_of_blocks(drawn(OURS[name])) == []
    [problem] = problems_of_blocks(drawn(OURS[name] + 1))
    assert problem.endswith(f"{place}]")


@pytest.mark.parametrize("name", VIEWS)
def test_the_small_slack_takes_so_much_on_a_form_and_no_more(name: str) -> None:
    part = VIEWS[name]
    assert problems_of_view(modal(section(), **{part: long(OURS[name])})) == []
    [problem] = problems_of_view(modal(section(), **{part: long(OURS[name] + 1)}))
    assert problem.endswith(f"/view/{part}/text]")


@pytest.mark.parametrize("view", [modal, home])
def test_the_small_slack_takes_so_many_blocks_on_a_form_and_on_home_and_no_more(
    view: Callable[..., Part],
) -> None:
    assert problems_of_view(view(*[section()] * limits.VIEW_BLOCKS)) == []
    [problem] = problems_of_view(view(*[section()] * (limits.VIEW_BLOCKS + 1)))
    assert problem.endswith("/view/blocks]")


def test_the_small_slack_takes_as_much_text_of_an_edit_and_of_an_answer() -> None:
    assert chat.LONGEST_EDIT == limits.MESSAGE_TEXT
    assert checks.LONGEST == limits.INPUT_TEXT


def test_what_slack_does_not_document_is_taken_with_a_little_room_to_spare() -> None:
    assert 0 < messages.LONGEST_BLOCKS - limits.MESSAGE_CHARACTERS <= 500
    assert limits.CONTEXT_TEXT < limits.SECTION_TEXT
    assert limits.RICH_TEXT_RUN <= limits.SECTION_TEXT


def test_a_name_that_is_taken_fits_into_a_menu() -> None:
    assert LONGEST_NAME <= limits.OPTION_TEXT


WORDS = "x" * 20_000
CHART = figures.bar_chart(WORDS, [WORDS], {WORDS: [1]})
ASKED = kit.confirmation(WORDS, WORDS, yes=WORDS, no=WORDS)
FORM = kit.form("form", WORDS, [], submit=WORDS)
INPUT = kit.input_block("field", WORDS, kit.text_input(WORDS), hint=WORDS)
BUTTON = kit.button(WORDS, "go", 1, about=WORDS)
CUT = {
    "header": (kit.header(WORDS)["text"]["text"], limits.HEADER_TEXT),
    "section": (kit.section(WORDS, BUTTON)["text"]["text"], limits.SECTION_TEXT),
    "small print": (kit.small(WORDS)["elements"][0]["text"], limits.CONTEXT_TEXT),
    "run of a quote": (kit.quote(WORDS)["elements"][0]["text"], limits.RICH_TEXT_RUN),
    "button": (BUTTON["text"]["text"], limits.BUTTON_TEXT),
    "button, for a screen reader": (BUTTON["accessibility_label"], limits.BUTTON_ACCESSIBILITY_LABEL),
    "option": (kit.option(WORDS, 1)["text"]["text"], limits.OPTION_TEXT),
    "question": (ASKED["title"]["text"], limits.CONFIRM_TITLE),
    "explanation": (ASKED["text"]["text"], limits.CONFIRM_TEXT),
    "yes": (ASKED["confirm"]["text"], limits.CONFIRM_ANSWER),
    "no": (ASKED["deny"]["text"], limits.CONFIRM_ANSWER),
    "label": (INPUT["label"]["text"], limits.INPUT_LABEL),
    "hint": (INPUT["hint"]["text"], limits.INPUT_HINT),
    "what stands in a field": (INPUT["element"]["initial_value"], limits.INPUT_TEXT),
    "title of a chart": (CHART["title"], limits.CHART_TITLE),
    "name in a chart": (CHART["chart"]["series"][0]["name"], limits.CHART_LABEL),
    "category of a chart": (CHART["chart"]["axis_config"]["categories"][0], limits.CHART_LABEL),
    "title of a form": (FORM["title"]["text"], limits.VIEW_TITLE),
    "button of a form": (FORM["submit"]["text"], limits.VIEW_SUBMIT),
}


@pytest.mark.parametrize("piece", CUT)
def test_the_kit_cuts_each_piece_at_its_own_limit(piece: str) -> None:
    text, limit = CUT[piece]
    assert len(text) == limit


def test_the_text_beside_the_blocks_is_no_longer_than_an_edit_may_be() -> None:
    text = MESSAGE.shows(kit.Message([kit.paragraph(WORDS)]))["text"]
    assert limits.MESSAGE_TEXT - 2 < len(text) <= limits.MESSAGE_TEXT
