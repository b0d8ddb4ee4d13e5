"""How Slack tells the app: signed, again when unheard, twice when a test wants it."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from playground.slack import Slack
from playground.slack.deliveries import at_once, straight
from playground.slack.delivery import Delivery
from tests.playground.blocks import Json, actions, button, home, section
from tests.playground.tiny_app import new_app, over_http

pytestmark = pytest.mark.slow


class Heard(list[Json]):
    """Events as the app heard them; it fails at the first `failures` of them."""

    def __init__(self, app: AsyncApp, failures: int = 0) -> None:
        self._has_failed = asyncio.Event()

        @app.middleware
        async def before_bolt_acknowledges(body: Json, request: Any, next: Any) -> None:  # noqa: A002 - Bolt's name
            self.append({"body": body, "retry": request.headers.get("x-slack-retry-num", [""])[0]})
            if len(self) <= failures:
                self._has_failed.set()
                raise RuntimeError("not now")
            await next()

        @app.event("member_joined_channel")
        async def on_joined() -> None:
            """Acknowledged by Bolt."""

        @app.event("message")
        async def on_message() -> None:
            """Acknowledged by Bolt."""

        @app.event("app_home_opened")
        async def on_opened(event: Json, client: AsyncWebClient) -> None:
            await client.views_publish(user_id=event["user"], view=home(section("Hello")))

    async def until_it_fails(self) -> None:
        """Slack's patience: over the WebSocket an app that fails is silent."""
        self._has_failed.clear()
        await self._has_failed.wait()


@pytest.mark.usefixtures("connected")
class TestOnBothTransports:
    async def test_opening_the_home_tab_shows_what_the_app_published(
        self, app: AsyncApp, slack: Slack
    ) -> None:
        heard = Heard(app)
        await slack.opens_home("U0ANA")
        await slack.until(lambda: "U0ANA" in slack.world.homes)
        assert slack.world.homes["U0ANA"].blocks[0]["text"]["text"] == "Hello"
        assert heard[0]["body"]["authorizations"][0]["team_id"] == "T0SISTER"

    async def test_people_without_the_app_have_no_home_tab(self, app: AsyncApp, slack: Slack) -> None:
        heard = Heard(app)
        assert await slack.opens_home("U0CLEO") is None
        assert heard == []

    async def test_an_event_unheard_is_told_again_with_the_same_id(self, app: AsyncApp, slack: Slack) -> None:
        heard = Heard(app, failures=2)
        slack.deliveries.patience = heard.until_it_fails
        await slack.joins("U0STRANGER", "C0SHARED")
        await slack.deliveries.settled()
        assert [told["retry"] for told in heard][-1] == "2"
        assert len({told["body"]["event_id"] for told in heard}) == 1
        assert heard[0]["body"]["is_ext_shared_channel"] is True

    async def test_an_event_is_told_four_times_at_most(self, app: AsyncApp, slack: Slack) -> None:
        heard = Heard(app, failures=9)
        slack.deliveries.patience = heard.until_it_fails
        await slack.joins("U0STRANGER", "C0SHARED")
        await slack.deliveries.settled()
        assert [told["retry"] for told in heard][1:] == ["1", "2", "3"]

    async def test_what_the_app_did_not_subscribe_to_is_not_told(self, app: AsyncApp, slack: Slack) -> None:
        heard = Heard(app)
        await slack.types("U0ANA", "C0SHARED", "hello everybody")
        await slack.happens({"type": "reaction_added", "user": "U0ANA"})
        assert heard == []

    async def test_what_somebody_says_is_told_to_an_app_that_subscribed(
        self, app: AsyncApp, slack: Slack
    ) -> None:
        heard = Heard(app)
        slack.app.events |= {"message.channels"}
        await slack.types("U0CLEO", "C0SHARED", "hello everybody")
        event = heard[0]["body"]["event"]
        assert (event["text"], event["user_team"]) == ("hello everybody", "T0OTHER")

    async def test_a_click_can_be_delivered_twice(
        self, app: AsyncApp, slack: Slack, client: AsyncWebClient
    ) -> None:
        clicked: list[str] = []

        @app.action("go")
        async def on_click(ack: Any, body: Json) -> None:
            clicked.append(body["trigger_id"])
            await ack()

        posted = await client.chat_postMessage(channel="C0SHARED", text="x", blocks=[actions(button())])
        message = slack.world.message("C0SHARED", posted["ts"])
        assert message is not None
        await slack.clicks("U0ANA", message, "go")
        assert (await slack.again()).status == 200
        assert (await slack.again(resigned=True)).status == 200
        assert len(clicked) == 3
        assert len(set(clicked)) == 1

    async def test_one_delivery_can_arrive_twice_at_once(self, app: AsyncApp, slack: Slack) -> None:
        heard, met = Heard(app), Meeting(app, 2)
        slack.deliveries.route = lambda _: (at_once, at_once)
        await slack.joins("U0STRANGER", "C0SHARED")
        assert met.all_were_here
        assert len(heard) == 2
        assert len({told["body"]["event_id"] for told in heard}) == 1

    async def test_a_delivery_can_be_overtaken_by_a_later_one(self, app: AsyncApp, slack: Slack) -> None:
        heard, is_overtaken = Heard(app), asyncio.Event()
        slack.deliveries.route = lambda _: (is_overtaken.wait,)
        first = asyncio.create_task(slack.joins("U0STRANGER", "C0SHARED"))
        await asyncio.sleep(0)  # it is on its way
        slack.deliveries.route = straight
        await slack.opens_home("U0ANA")
        is_overtaken.set()
        await first
        assert [told["body"]["event"]["type"] for told in heard] == [
            "app_home_opened",
            "member_joined_channel",
        ]


class Meeting:
    """Holds deliveries until so many are there at once."""

    def __init__(self, app: AsyncApp, guests: int) -> None:
        self._barrier = asyncio.Barrier(guests)
        self.all_were_here = False

        @app.middleware
        async def wait_for_the_others(next: Any) -> None:  # noqa: A002 - Bolt's name
            await self._barrier.wait()
            self.all_were_here = True
            await next()


async def test_each_replica_hears_in_its_turn(slack: Slack) -> None:
    one, other = new_app(slack), new_app(slack)
    heard = Heard(one), Heard(other)
    async with over_http(one, slack):
        urls = [slack.app.request_url]
        async with over_http(other, slack):
            slack.deliveries.replicas = [*urls, slack.app.request_url]
            for _ in range(4):
                await slack.opens_home("U0ANA")
    assert [len(events) for events in heard] == [2, 2]


@pytest.mark.usefixtures("by_http")
async def test_an_app_can_ask_not_to_be_told_again(app: AsyncApp, slack: Slack) -> None:
    asked: list[str] = []

    @app.middleware
    async def refuse() -> BoltResponse:
        asked.append("once")
        return BoltResponse(status=500, headers={"x-slack-no-retry": "1"})

    await slack.joins("U0STRANGER", "C0SHARED")
    await slack.deliveries.settled()
    assert asked == ["once"]


@pytest.mark.usefixtures("by_http")
async def test_the_request_url_is_verified(slack: Slack) -> None:
    assert await slack.verifies_request_url()


@pytest.mark.usefixtures("by_http")
async def test_what_is_signed_with_another_secret_is_refused_by_the_app(app: AsyncApp, slack: Slack) -> None:
    heard = Heard(app)
    slack.app.signing_secret = "somebody else's"
    answer = await slack.types("U0ANA", "C0SHARED", "/agenda")
    assert answer is not None
    assert answer.text == '/agenda failed with the error "dispatch_failed"'
    assert heard == []


async def test_nobody_listening_is_an_error_for_the_person(slack: Slack) -> None:
    answer = await slack.types("U0ANA", "C0SHARED", "/agenda")
    assert answer is not None
    assert answer.text == '/agenda failed with the error "dispatch_failed"'


def test_a_signature_is_the_one_that_slacks_own_library_expects() -> None:
    delivery = Delivery("slash_commands", {"command": "/agenda", "text": "añadir & más"})
    signed = delivery.headers("secret", 1_800_000_000)
    verifier = SignatureVerifier("secret")
    assert (
        verifier.generate_signature(timestamp="1800000000", body=delivery.body) == signed["X-Slack-Signature"]
    )
    assert signed["Content-Type"] == "application/x-www-form-urlencoded"


@pytest.mark.usefixtures("by_socket")
async def test_the_app_comes_back_after_slack_asked_it_to_connect_anew(app: AsyncApp, slack: Slack) -> None:
    @app.command("/agenda")
    async def on_command(ack: Any) -> None:
        await ack("here")

    await slack.sockets.disconnect()
    await slack.sockets.connection()
    answer = await slack.types("U0ANA", "C0SHARED", "/agenda")
    assert answer is not None
    assert answer.text == "here"


async def test_a_ticket_opens_one_websocket(slack: Slack) -> None:
    app_level = AsyncWebClient(slack.app_token, base_url=slack.api_url)
    address = (await app_level.apps_connections_open(app_token=slack.app_token))["url"]
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(address) as socket:
            assert (await socket.receive_json())["type"] == "hello"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(address)
