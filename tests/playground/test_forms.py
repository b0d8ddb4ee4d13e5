"""Forms: what Slack's client refuses by itself, what the app may answer, and the stack they lie on."""

from collections.abc import Awaitable, Callable
from datetime import date, time
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.slack import Slack
from playground.slack.clicker import TROUBLE
from tests.playground.blocks import (
    Json,
    actions,
    button,
    home,
    input_block,
    modal,
    option,
    plain,
    section,
    select,
    text_input,
)

FIRST = modal(input_block(text_input(min_length=3)), callback_id="first")
SECOND = modal(input_block(text_input()), callback_id="second")
Opening = Callable[[Json], Awaitable[None]]


pytestmark = [pytest.mark.usefixtures("by_http"), pytest.mark.slow]


@pytest.fixture
def opening(app: AsyncApp, slack: Slack) -> Opening:
    """Opens a form for Ana, by a command."""

    wanted: list[Json] = []

    @app.command("/agenda")
    async def on_command(ack: Any, client: AsyncWebClient, command: Json) -> None:
        await client.views_open(trigger_id=command["trigger_id"], view=wanted[-1])
        await ack()

    async def open_form(view: Json) -> None:
        wanted.append(view)
        await slack.types("U0ANA", "C0SHARED", "/agenda add")

    return open_form


@pytest.fixture
def submitted(app: AsyncApp) -> list[Json]:
    """What the app was given; it takes every form that is called "first"."""
    heard: list[Json] = []

    @app.view("first")
    async def on_submit(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    return heard


async def answered(app: AsyncApp, slack: Slack, opening: Opening, **answer: Any) -> dict[str, str]:
    @app.view("first")
    async def on_submit(ack: Any) -> None:
        await ack(**answer)

    await opening(FIRST)
    await slack.fills("U0ANA", "title", "text", "Budget")
    return await slack.submits("U0ANA")


REFUSED_BY_THE_CLIENT = [
    (text_input(), None, "Please complete this required field."),
    (text_input(min_length=3), "ab", "This field must be at least 3 characters."),
    (text_input(max_length=3), "abcd", "This field must be at most 3 characters."),
    (text_input(), "x" * 3001, "This field must be at most 3000 characters."),
    (text_input() | {"type": "email_text_input"}, "ana", "Please enter a valid email address."),
    (text_input() | {"type": "url_text_input"}, "ana", "Please enter a valid URL."),
    (
        text_input() | {"type": "number_input", "is_decimal_allowed": False},
        "1.5",
        "Please enter a valid whole number.",
    ),
    (
        text_input() | {"type": "number_input", "is_decimal_allowed": True, "max_value": "9"},
        "10",
        "Please enter a number of at most 9.",
    ),
]


@pytest.mark.parametrize(("element", "value", "words"), REFUSED_BY_THE_CLIENT)
async def test_slacks_client_refuses_by_itself(
    opening: Opening, slack: Slack, submitted: list[Json], element: Json, value: Any, words: str
) -> None:
    await opening(modal(input_block(element), callback_id="first"))
    await slack.fills("U0ANA", "title", "text", value)

    assert await slack.submits("U0ANA") == {"title": words}
    assert submitted == []
    assert slack.form("U0ANA") is not None


async def test_an_optional_input_may_stay_empty(
    opening: Opening, slack: Slack, submitted: list[Json]
) -> None:
    await opening(modal(input_block(text_input(), optional=True), callback_id="first"))
    assert await slack.submits("U0ANA") == {}
    assert submitted[0]["view"]["state"]["values"]["title"]["text"] == {
        "type": "plain_text_input",
        "value": None,
    }


TICKS = [option("a"), option("b"), option("c")]
ENTRIES = [
    (select("a", "b"), "b", {"type": "static_select", "selected_option": option("b")}),
    (
        select("a", "b") | {"type": "multi_static_select"},
        ["a", "b"],
        {"type": "multi_static_select", "selected_options": [option("a"), option("b")]},
    ),
    (
        {"type": "radio_buttons", "action_id": "pick", "options": TICKS},
        "c",
        {"type": "radio_buttons", "selected_option": option("c")},
    ),
    (
        {"type": "checkboxes", "action_id": "pick", "options": TICKS},
        ["a", "c"],
        {"type": "checkboxes", "selected_options": [option("a"), option("c")]},
    ),
    (
        {"type": "users_select", "action_id": "pick"},
        "U0BEN",
        {"type": "users_select", "selected_user": "U0BEN"},
    ),
    (
        {"type": "multi_users_select", "action_id": "pick"},
        ["U0BEN"],
        {"type": "multi_users_select", "selected_users": ["U0BEN"]},
    ),
    (
        {"type": "conversations_select", "action_id": "pick"},
        "C0SHARED",
        {"type": "conversations_select", "selected_conversation": "C0SHARED"},
    ),
    (
        {"type": "datepicker", "action_id": "pick"},
        date(2027, 1, 21),
        {"type": "datepicker", "selected_date": "2027-01-21"},
    ),
    (
        {"type": "timepicker", "action_id": "pick"},
        time(9, 5),
        {"type": "timepicker", "selected_time": "09:05"},
    ),
    (
        {"type": "number_input", "action_id": "pick", "is_decimal_allowed": False},
        15,
        {"type": "number_input", "value": "15"},
    ),
]


@pytest.mark.parametrize(("element", "value", "state"), ENTRIES, ids=[entry[0]["type"] for entry in ENTRIES])
async def test_an_entry_arrives_in_slacks_shape(
    opening: Opening, slack: Slack, submitted: list[Json], element: Json, value: Any, state: Json
) -> None:
    await opening(modal(input_block(element), callback_id="first"))
    await slack.fills("U0ANA", "title", "pick", value)
    assert await slack.submits("U0ANA") == {}
    assert submitted[0]["view"]["state"]["values"] == {"title": {"pick": state}}


async def test_a_form_starts_with_what_the_app_put_in(
    opening: Opening, slack: Slack, submitted: list[Json]
) -> None:
    await opening(modal(input_block(text_input(initial_value="Budget")), callback_id="first"))
    assert await slack.submits("U0ANA") == {}
    assert submitted[0]["view"]["state"]["values"]["title"]["text"]["value"] == "Budget"


async def test_only_what_a_menu_offers_can_be_picked(opening: Opening, slack: Slack) -> None:
    await opening(modal(input_block(select("a"))))
    with pytest.raises(LookupError):
        await slack.fills("U0ANA", "title", "pick", "z")


async def test_an_error_stands_under_its_input(app: AsyncApp, slack: Slack, opening: Opening) -> None:
    errors = await answered(app, slack, opening, response_action="errors", errors={"title": "Already there"})
    form = slack.form("U0ANA")
    assert errors == {"title": "Already there"}
    assert form is not None
    assert form.errors == errors
    await slack.fills("U0ANA", "title", "text", "Other")
    assert form.errors == {}


ANSWERS_WITHOUT_SENSE = [
    {"response_action": "errors", "errors": {"nowhere": "x"}},
    {"response_action": "update", "view": modal(section(""))},
    {"response_action": "explode"},
]


@pytest.mark.parametrize("answer", ANSWERS_WITHOUT_SENSE)
async def test_an_answer_that_slack_does_not_take_is_trouble(
    app: AsyncApp, slack: Slack, opening: Opening, answer: Json
) -> None:
    assert await answered(app, slack, opening, **answer) == {"": TROUBLE}
    assert slack.form("U0ANA") is not None


async def test_an_answer_can_replace_the_form(app: AsyncApp, slack: Slack, opening: Opening) -> None:
    assert await answered(app, slack, opening, response_action="update", view=SECOND) == {}
    form = slack.form("U0ANA")
    assert form is not None
    assert form.content["callback_id"] == "second"
    assert form.entries["title"]["text"]["value"] == "Budget"


async def test_an_answer_can_put_a_form_on_top(app: AsyncApp, slack: Slack, opening: Opening) -> None:
    assert await answered(app, slack, opening, response_action="push", view=SECOND) == {}
    first, second = slack.world.forms["U0ANA"]
    assert (second.previous_view_id, second.root_view_id) == (first.id, first.id)
    await slack.closes("U0ANA")
    assert slack.form("U0ANA") is first


async def test_an_answer_can_clear_the_stack(app: AsyncApp, slack: Slack, opening: Opening) -> None:
    assert await answered(app, slack, opening, response_action="clear") == {}
    assert slack.world.forms["U0ANA"] == []


async def test_a_fourth_form_does_not_fit_on_the_stack(app: AsyncApp, slack: Slack, opening: Opening) -> None:
    refused: list[str] = []

    @app.action("deeper")
    async def on_click(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        try:
            await client.views_push(trigger_id=body["trigger_id"], view=modal(actions(button("deeper"))))
        except SlackApiError as error:
            refused.append(error.response["error"])

    await opening(modal(actions(button("deeper"))))
    for _ in range(3):
        top = slack.form("U0ANA")
        assert top is not None
        await slack.clicks("U0ANA", top, "deeper")

    assert len(slack.world.forms["U0ANA"]) == 3
    assert refused == ["push_limit_reached"]


async def test_an_update_with_an_old_hash_changes_nothing(
    opening: Opening, slack: Slack, client: AsyncWebClient
) -> None:
    await opening(FIRST)
    form = slack.form("U0ANA")
    assert form is not None
    await slack.fills("U0ANA", "title", "text", "Budget")
    old = form.hash
    await client.views_update(view_id=form.id, view=FIRST, hash=old)
    assert form.entries["title"]["text"]["value"] == "Budget"
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_update(view_id=form.id, view=SECOND, hash=old)
    assert form.content["callback_id"] == "first"


async def test_an_external_id_is_taken_while_its_view_is_open(
    opening: Opening, slack: Slack, client: AsyncWebClient
) -> None:
    await opening(FIRST | {"external_id": "mine"})
    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        await client.views_publish(user_id="U0BEN", view=home(external_id="mine"))
    await slack.closes("U0ANA")
    await client.views_publish(user_id="U0BEN", view=home(external_id="mine"))


async def test_the_app_hears_of_a_closed_form_only_if_it_asked(
    app: AsyncApp, opening: Opening, slack: Slack
) -> None:
    closed: list[bool] = []

    @app.view_closed("first")
    async def on_closed(ack: Any, body: Json) -> None:
        closed.append(body["is_cleared"])
        await ack()

    await opening(FIRST)
    await slack.closes("U0ANA")
    assert closed == []
    await opening(FIRST | {"notify_on_close": True})
    await slack.closes("U0ANA")
    assert closed == [False]


async def test_an_input_with_dispatch_action_tells_each_entry(
    app: AsyncApp, opening: Opening, slack: Slack
) -> None:
    acted: list[Json] = []

    @app.action("pick")
    async def on_pick(ack: Any, body: Json) -> None:
        acted.append(body)
        await ack()

    await opening(modal(input_block(select("a", "b"), dispatch_action=True)))
    await slack.fills("U0ANA", "title", "pick", "b")

    assert acted[0]["actions"][0]["selected_option"] == option("b")
    assert acted[0]["view"]["state"]["values"]["title"]["pick"]["selected_option"] == option("b")
    assert acted[0]["container"] == {"type": "view", "view_id": acted[0]["view"]["id"]}


async def test_nobody_uses_the_form_of_somebody_else(opening: Opening, slack: Slack) -> None:
    await opening(modal(section("x", accessory=button())))
    form = slack.form("U0ANA")
    assert form is not None
    with pytest.raises(PermissionError):
        await slack.clicks("U0BEN", form, "go")


async def test_a_form_without_submit_cannot_be_submitted(opening: Opening, slack: Slack) -> None:
    view = modal(section())
    del view["submit"]
    await opening(view | {"close": plain("Done")})
    with pytest.raises(LookupError):
        await slack.submits("U0ANA")
