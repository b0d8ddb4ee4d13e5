"""Each rule of Block Kit, broken once: Slack's words, and the place they point at."""

from typing import Any

import pytest

from playground.slack.block_kit import problems_of_blocks, problems_of_view
from tests.playground.blocks import (
    actions,
    button,
    chart,
    home,
    input_block,
    modal,
    mrkdwn,
    number,
    option,
    pie,
    plain,
    plot,
    raw,
    rich,
    section,
    select,
    series,
    table,
    text_input,
)

CONFIRM = {
    "title": plain("Sure?"),
    "text": plain("It is told."),
    "confirm": plain("Yes"),
    "deny": plain("No"),
}
OVERFLOW = {"type": "overflow", "action_id": "more", "options": [option("edit"), option("withdraw")]}
RADIO = {"type": "radio_buttons", "action_id": "one", "options": [option("a"), option("b")]}
TICKS = {"type": "checkboxes", "action_id": "some", "options": [{"text": mrkdwn("*A*"), "value": "a"}]}
DAY = {"type": "datepicker", "action_id": "day", "initial_date": "2027-01-21"}
HOUR = {"type": "timepicker", "action_id": "hour", "initial_time": "10:00", "timezone": "America/Los_Angeles"}
WHEN = {
    "type": "rich_text_section",
    "elements": [{"type": "date", "timestamp": 1_800_000_000, "format": "{date}"}],
}
LIST = {"type": "rich_text_list", "style": "bullet", "elements": [WHEN], "indent": 1}
IMAGE = {"type": "image", "image_url": "https://example.org/map.png", "alt_text": "The way to the office"}

GOOD_MESSAGES = [
    [section(), {"type": "header", "text": plain("Agenda")}, {"type": "divider"}, IMAGE],
    [
        section(accessory=button()),
        section(accessory=IMAGE),
        section(accessory=OVERFLOW),
        section(accessory=DAY),
    ],
    [{"type": "section", "fields": [mrkdwn("*Who*"), plain("Ana")]}],
    [{"type": "context", "elements": [mrkdwn("held"), IMAGE]}],
    [actions(button(style="primary", confirm=CONFIRM), select("a", "b"), OVERFLOW, RADIO, TICKS, DAY, HOUR)],
    [rich({"type": "text", "text": "b", "style": {"bold": True}}, {"type": "user", "user_id": "U0ANA"})],
    [
        {
            "type": "rich_text",
            "elements": [LIST, {"type": "rich_text_quote", "elements": [{"type": "text", "text": "x"}]}],
        }
    ],
    [input_block(text_input())],
    [{"type": "markdown", "text": "**Budget**"}],
    [section()] * 50,
    [chart(), chart(chart=pie(Done=4, Waiting=1.5)), table(page_size=5, row_header_column_index=0)],
    [chart(chart=plot([series("All", Winter=7, Spring=0)]) | {"type": "area"})],
    [table(*[[raw("Quarter")]] * 101), table([raw("Quarter")], [rich({"type": "text", "text": "Winter"})])],
]

BAD_MESSAGES = [
    ("no blocks but a text", "x", "must provide an array [json-pointer:/blocks]"),
    ("51 blocks", [section()] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    ("an unknown type", [{"type": "bogus"}], "unsupported type: bogus [json-pointer:/blocks/0/type]"),
    ("no type", [{"text": plain("x")}], "missing required field: type [json-pointer:/blocks/0]"),
    (
        "an unknown property",
        [section(color="red")],
        "invalid additional property: color [json-pointer:/blocks/0]",
    ),
    ("a null", [section(accessory=None)], "must not be null [json-pointer:/blocks/0/accessory]"),
    (
        "the same block_id",
        [section(block_id="a")] * 2,
        '`block_id` "a" already exists [json-pointer:/blocks/1/block_id]',
    ),
    (
        "the same action_id",
        [actions(button("a"), button("a"))],
        '`action_id` "a" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ),
    ("an empty section", [{"type": "section"}], "missing required field: text [json-pointer:/blocks/0]"),
    ("an empty text", [section("")], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    (
        "3,001 characters",
        [section("x" * 3001)],
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ),
    (
        "a bare text",
        [{"type": "section", "text": "Budget"}],
        "must provide an object [json-pointer:/blocks/0/text]",
    ),
    (
        "eleven fields",
        [{"type": "section", "fields": [plain("x")] * 11}],
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    (
        "a long field",
        [{"type": "section", "fields": [plain("x" * 2001)]}],
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    (
        "a header of mrkdwn",
        [{"type": "header", "text": mrkdwn("*Agenda*")}],
        "must be a valid enum value [json-pointer:/blocks/0/text/type]",
    ),
    (
        "a long header",
        [{"type": "header", "text": plain("x" * 151)}],
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    (
        "eleven in a context",
        [{"type": "context", "elements": [plain("x")] * 11}],
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    ("no actions", [actions()], "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"),
    (
        "26 actions",
        [actions(*(button(f"b{n}") for n in range(26)))],
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (
        "a text input among actions",
        [actions(text_input())],
        "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]",
    ),
    (
        "a button in an input",
        [input_block(button())],
        "unsupported type: button [json-pointer:/blocks/0/element/type]",
    ),
    (
        "a long button",
        [actions(button(label="x" * 76))],
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    (
        "a button of mrkdwn",
        [actions(button() | {"text": mrkdwn("*Go*")})],
        "must be a valid enum value [json-pointer:/blocks/0/elements/0/text/type]",
    ),
    (
        "a button's long value",
        [actions(button(value="x" * 2001))],
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    (
        "an unknown style",
        [actions(button(style="warning"))],
        "must be a valid enum value [json-pointer:/blocks/0/elements/0/style]",
    ),
    (
        "no address",
        [actions(button(url="home"))],
        "must be a valid URL [json-pointer:/blocks/0/elements/0/url]",
    ),
    (
        "a long action_id",
        [actions(button("a" * 256))],
        "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]",
    ),
    (
        "a menu without options",
        [actions({"type": "static_select", "action_id": "pick"})],
        "missing required field: options [json-pointer:/blocks/0/elements/0]",
    ),
    (
        "options and groups",
        [actions(select("a", option_groups=[{"label": plain("G"), "options": [option("b")]}]))],
        "only one of options and option_groups may be given [json-pointer:/blocks/0/elements/0/option_groups]",
    ),
    (
        "101 options",
        [actions(select(*(f"v{n}" for n in range(101))))],
        "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        "a menu of mrkdwn",
        [actions(select("a") | {"options": [{"text": mrkdwn("*A*"), "value": "a"}]})],
        "must be a valid enum value [json-pointer:/blocks/0/elements/0/options/0/text/type]",
    ),
    (
        "a long option value",
        [actions(select("x" * 151) | {"options": [{"text": plain("A"), "value": "x" * 151}]})],
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]",
    ),
    (
        "an initial option of another menu",
        [actions(select("a", initial_option=option("z")))],
        "initial option not found among options [json-pointer:/blocks/0/elements/0/initial_option]",
    ),
    (
        "six in an overflow",
        [section(accessory=OVERFLOW | {"options": [option(f"v{n}") for n in range(6)]})],
        "no more than 5 items allowed [json-pointer:/blocks/0/accessory/options]",
    ),
    (
        "eleven radio buttons",
        [actions(RADIO | {"options": [option(f"v{n}") for n in range(11)]})],
        "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        "a confirmation too long",
        [actions(button(confirm=CONFIRM | {"title": plain("x" * 101)}))],
        "must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]",
    ),
    (
        "a date of another form",
        [actions(DAY | {"initial_date": "21.1.2027"})],
        "must be a date in the format YYYY-MM-DD [json-pointer:/blocks/0/elements/0/initial_date]",
    ),
    (
        "a time of another form",
        [actions(HOUR | {"initial_time": "10:00:00"})],
        "must be a time in the format HH:mm [json-pointer:/blocks/0/elements/0/initial_time]",
    ),
    (
        "an unknown time zone",
        [actions(HOUR | {"timezone": "Mars/Olympus"})],
        "must be a time zone in the IANA format [json-pointer:/blocks/0/elements/0/timezone]",
    ),
    (
        "an image without words",
        [{"type": "image", "image_url": "https://example.org/a.png"}],
        "missing required field: alt_text [json-pointer:/blocks/0]",
    ),
    (
        "a rich text that is not said",
        [rich({"type": "text", "text": ""})],
        "must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]",
    ),
    (
        "a rich text's unknown style",
        [rich({"type": "text", "text": "x", "style": {"loud": True}})],
        "invalid additional property: loud [json-pointer:/blocks/0/elements/0/elements/0/style]",
    ),
    (
        "a number for a truth",
        [rich({"type": "text", "text": "x", "style": {"bold": 1}})],
        "must provide a boolean [json-pointer:/blocks/0/elements/0/elements/0/style/bold]",
    ),
    (
        "a paragraph straight in a rich text",
        [{"type": "rich_text", "elements": [{"type": "text", "text": "x"}]}],
        "unsupported type: text [json-pointer:/blocks/0/elements/0/type]",
    ),
    (
        "a chart with a long title",
        [chart(title="x" * 51)],
        "must be less than 51 characters [json-pointer:/blocks/0/title]",
    ),
    (
        "seven series",
        [chart(chart=plot([series(f"s{one}", Winter=1, Spring=1) for one in range(7)]))],
        "no more than 6 items allowed [json-pointer:/blocks/0/chart/series]",
    ),
    (
        "seven segments",
        [chart(chart=pie(**{f"s{one}": 1 for one in range(7)}))],
        "no more than 6 items allowed [json-pointer:/blocks/0/chart/segments]",
    ),
    (
        "21 points",
        [chart(chart=plot([series("All", **{f"c{one}": 1 for one in range(21)})]))],
        "no more than 20 items allowed [json-pointer:/blocks/0/chart/series/0/data]",
    ),
    (
        "a long label",
        [chart(chart=pie(**{"x" * 21: 1}))],
        "must be less than 21 characters [json-pointer:/blocks/0/chart/segments/0/label]",
    ),
    (
        "a long category",
        [chart(chart=plot([series("All", **{"x" * 21: 1})], "x" * 21))],
        "must be less than 21 characters [json-pointer:/blocks/0/chart/axis_config/categories/0]",
    ),
    (
        "a series that lacks a category",
        [chart(chart=plot([series("All", Winter=1)]))],
        "data labels must match the categories [json-pointer:/blocks/0/chart/series/0/data]",
    ),
    (
        "two series of one name",
        [chart(chart=plot([series("All", Winter=1, Spring=1)] * 2))],
        "series names must be unique [json-pointer:/blocks/0/chart/series]",
    ),
    (
        "three charts",
        [chart()] * 3,
        "no more than 2 data_visualization blocks allowed [json-pointer:/blocks/2]",
    ),
    (
        "a table with an empty cell",
        [table([raw("Quarter")], [raw("")])],
        "must be more than 0 characters [json-pointer:/blocks/0/rows/1/0/text]",
    ),
    (
        "a table of a header alone",
        [table([raw("Quarter")])],
        "no fewer than 2 items allowed [json-pointer:/blocks/0/rows]",
    ),
    (
        "102 rows",
        [table(*[[raw("Quarter")]] * 102)],
        "no more than 101 items allowed [json-pointer:/blocks/0/rows]",
    ),
    (
        "21 columns",
        [table(*[[raw("Quarter")] * 21] * 2)],
        "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]",
    ),
    (
        "rows that differ",
        [table([raw("Quarter"), raw("Items")], [raw("Winter")])],
        "all rows must have the same number of cells [json-pointer:/blocks/0/rows/1]",
    ),
    (
        "a rich header",
        [table([rich({"type": "text", "text": "Quarter"})], [raw("Winter")])],
        "header cells must not be rich_text [json-pointer:/blocks/0/rows/0]",
    ),
    (
        "a table that says too much",
        [table([raw("Quarter")], [raw("x" * 20_000)])],
        "must be less than 20001 characters [json-pointer:/blocks/0/rows]",
    ),
    (
        "a table without a caption",
        [{"type": "data_table", "rows": [[raw("Quarter")], [number(7)]]}],
        "missing required field: caption [json-pointer:/blocks/0]",
    ),
    (
        "very long pages",
        [table(page_size=101)],
        "Input should be less than or equal to 100 [json-pointer:/blocks/0/page_size]",
    ),
]

FOCUSED = text_input(focus_on_load=True)
BAD_VIEWS = [
    ("nothing", None, "must provide an object [json-pointer:/view]"),
    ("an unknown kind", {"type": "drawer"}, "unsupported type: drawer [json-pointer:/view/type]"),
    (
        "no title",
        {"type": "modal", "blocks": [section()]},
        "missing required field: title [json-pointer:/view]",
    ),
    (
        "a long title",
        modal(section(), title=plain("x" * 25)),
        "must be less than 25 characters [json-pointer:/view/title/text]",
    ),
    (
        "a long submit",
        modal(section(), submit=plain("x" * 25)),
        "must be less than 25 characters [json-pointer:/view/submit/text]",
    ),
    ("101 blocks", modal(*[section()] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
    (
        "3,001 characters of private_metadata",
        modal(section(), private_metadata="x" * 3001),
        "must be less than 3001 characters [json-pointer:/view/private_metadata]",
    ),
    (
        "a long callback_id",
        modal(section(), callback_id="x" * 256),
        "must be less than 256 characters [json-pointer:/view/callback_id]",
    ),
    (
        "an input without submit",
        {
            name: value
            for name, value in modal(section(), input_block(text_input())).items()
            if name != "submit"
        },
        "must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/1/input]",
    ),
    (
        "two in focus",
        modal(input_block(FOCUSED, "a"), input_block(FOCUSED, "b")),
        "only one element may have `focus_on_load` set to true [json-pointer:/view/blocks/1/element/focus_on_load]",
    ),
    (
        "what is allowed in messages only",
        modal({"type": "markdown", "text": "x"}),
        "unsupported type: markdown [json-pointer:/view/blocks/0/type]",
    ),
    (
        "a chart in a form",
        modal(chart()),
        "unsupported type: data_visualization [json-pointer:/view/blocks/0/type]",
    ),
    (
        "a chart on Home",
        home(chart()),
        "unsupported type: data_visualization [json-pointer:/view/blocks/0/type]",
    ),
    (
        "a table in a form",
        modal(table()),
        "unsupported type: data_table [json-pointer:/view/blocks/0/type]",
    ),
    (
        "a home with a title",
        home(section(), title=plain("Hi")),
        "invalid additional property: title [json-pointer:/view]",
    ),
    (
        "an impossible length",
        modal(input_block(text_input(min_length=9, max_length=3))),
        "must be less than max_length [json-pointer:/view/blocks/0/element/min_length]",
    ),
    (
        "too much to start with",
        modal(input_block(text_input(max_length=3, initial_value="Budget"))),
        "must be less than 4 characters [json-pointer:/view/blocks/0/element/initial_value]",
    ),
]


@pytest.mark.parametrize("blocks", GOOD_MESSAGES)
def test_good_blocks_have_no_problems(blocks: list[dict[str, Any]]) -> None:
    assert problems_of_blocks(blocks) == []


@pytest.mark.parametrize(
    ("blocks", "words"), [bad[1:] for bad in BAD_MESSAGES], ids=[bad[0] for bad in BAD_MESSAGES]
)
def test_a_message_is_refused(blocks: Any, words: str) -> None:
    assert words in problems_of_blocks(blocks)


@pytest.mark.parametrize(("view", "words"), [bad[1:] for bad in BAD_VIEWS], ids=[bad[0] for bad in BAD_VIEWS])
def test_a_view_is_refused(view: Any, words: str) -> None:
    assert words in problems_of_view(view)


def test_a_form_and_a_home_tab_may_hold_a_hundred_blocks() -> None:
    assert problems_of_view(modal(*[section()] * 100)) == []
    assert problems_of_view(home(*[section()] * 100)) == []


def test_a_table_stands_on_home_too() -> None:
    assert problems_of_view(home(table())) == []


def test_every_problem_is_told_at_once() -> None:
    assert len(problems_of_blocks([section(""), {"type": "bogus"}])) == 2
