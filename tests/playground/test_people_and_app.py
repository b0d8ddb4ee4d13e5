"""People type, press and fill; the app hears it on both transports, and its answers stand where they should."""

import asyncio
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from playground.slack import Slack

pytestmark = pytest.mark.usefixtures("connected")


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


ADD = {"type": "button", "action_id": "item.add", "value": "7", "text": plain("Add an item")}
DOORS = {"type": "actions", "block_id": "doors", "elements": [ADD]}
TITLE = {
    "type": "input",
    "block_id": "title",
    "label": plain("Title"),
    "element": {"type": "plain_text_input", "action_id": "text", "min_length": 3},
}
WISH = {
    "type": "input",
    "block_id": "wish",
    "optional": True,
    "label": plain("What would you like?"),
    "element": {
        "type": "static_select",
        "action_id": "pick",
        "options": [{"text": plain("Share"), "value": "share"}, {"text": plain("Decide"), "value": "decide"}],
    },
}
FORM = {
    "type": "modal",
    "callback_id": "item.form",
    "private_metadata": "from the button",
    "title": plain("Add an item"),
    "submit": plain("Add"),
    "blocks": [TITLE, WISH],
}


async def test_a_command_is_answered_privately(app: AsyncApp, slack: Slack) -> None:
    @app.command("/agenda")
    async def on_command(ack: Any, command: dict[str, Any]) -> None:
        await ack(f"{command['user_id']} of {command['team_id']} said {command['text']}")

    answer = await slack.types("U0ANA", "C0SHARED", "/agenda add Budget & more (15 min)")

    assert answer is not None
    assert answer.text == "U0ANA of T0SISTER said add Budget & more (15 min)"
    assert answer in slack.seen_by("U0ANA", "C0SHARED")
    assert answer not in slack.seen_by("U0BEN", "C0SHARED")


async def test_a_command_of_a_workspace_without_the_app_never_reaches_it(app: AsyncApp, slack: Slack) -> None:
    heard: list[str] = []

    @app.command("/agenda")
    async def on_command(ack: Any, command: dict[str, Any]) -> None:
        heard.append(command["text"])
        await ack()

    answer = await slack.types("U0CLEO", "C0SHARED", "/agenda add Budget")

    assert heard == []
    assert answer is not None
    assert answer.text.startswith("/agenda is not a valid command")


async def test_a_command_that_is_too_slow_shows_slacks_own_error(app: AsyncApp, slack: Slack) -> None:
    heard, given_up = asyncio.Event(), asyncio.Event()
    slack.deliveries.patience = heard.wait

    @app.command("/agenda")
    async def on_command(ack: Any) -> None:
        heard.set()
        await given_up.wait()
        await ack("too late")

    answer = await slack.types("U0ANA", "C0SHARED", "/agenda")
    given_up.set()

    assert answer is not None
    assert (answer.user, answer.text) == ("USLACKBOT", '/agenda failed with the error "operation_timeout"')


async def test_an_answer_with_blocks_that_slack_refuses_is_an_error(app: AsyncApp, slack: Slack) -> None:
    @app.command("/agenda")
    async def on_command(ack: Any) -> None:
        await ack(text="x", blocks=[{"type": "bogus"}])

    answer = await slack.types("U0ANA", "C0SHARED", "/agenda")
    assert answer is not None
    assert answer.text == '/agenda failed with the error "invalid_command_response"'


async def test_a_button_opens_a_form_whose_entries_arrive(
    app: AsyncApp, slack: Slack, client: AsyncWebClient
) -> None:
    clicked: list[dict[str, Any]] = []
    submitted: list[dict[str, Any]] = []

    @app.action("item.add")
    async def on_click(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        clicked.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)
        await ack()

    @app.view("item.form")
    async def on_submit(ack: Any, body: dict[str, Any]) -> None:
        submitted.append(body)
        await ack()

    posted = await client.chat_postMessage(channel="C0SHARED", text="Agenda", blocks=[DOORS])
    message = slack.world.message("C0SHARED", posted["ts"])
    assert message is not None

    await slack.clicks("U0CLEO", message, "item.add")
    await slack.fills("U0CLEO", "title", "text", "Budget")
    await slack.fills("U0CLEO", "wish", "pick", "decide")
    refused = await slack.submits("U0CLEO")

    assert refused == {}
    assert slack.form("U0CLEO") is None
    assert clicked[0]["team"]["id"] == "T0SISTER"
    assert clicked[0]["user"]["team_id"] == "T0OTHER"
    assert clicked[0]["actions"][0]["value"] == "7"
    assert clicked[0]["container"]["message_ts"] == posted["ts"]
    assert submitted[0]["team"]["id"] == "T0OTHER"
    assert submitted[0]["view"]["app_installed_team_id"] == "T0SISTER"
    assert submitted[0]["view"]["private_metadata"] == "from the button"
    assert submitted[0]["view"]["state"]["values"] == {
        "title": {"text": {"type": "plain_text_input", "value": "Budget"}},
        "wish": {"pick": {"type": "static_select", "selected_option": WISH["element"]["options"][1]}},
    }


async def test_of_two_menus_alike_the_one_in_the_block_named_is_meant(app: AsyncApp, slack: Slack) -> None:
    heard: list[dict[str, Any]] = []

    @app.action("more")
    async def on_more(ack: Any, action: dict[str, Any]) -> None:
        heard.append(action)
        await ack()

    def menu(number: int) -> dict[str, Any]:
        options = [{"text": plain(way), "value": f"{number}:{way}"} for way in ("up", "down")]
        overflow = {"type": "overflow", "action_id": "more", "options": options}
        return {"type": "actions", "block_id": f"item-{number}", "elements": [overflow]}

    await app.client.chat_postMessage(channel="C0SHARED", text="Two", blocks=[menu(1), menu(2)])
    message = slack.seen_by("U0ANA", "C0SHARED")[-1]
    await slack.clicks("U0ANA", message, "more", selected="2:up", block_id="item-2")

    assert [(action["block_id"], action["selected_option"]["value"]) for action in heard] == [
        ("item-2", "2:up")
    ]
