"""A small Slack with two workspaces that share a channel, and an app in one of them."""

from collections.abc import AsyncIterator

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from playground.slack import Slack
from tests.playground.tiny_app import new_app, over_a_websocket, over_http
from tests.waiting import for_ever


class Clock:
    """Time that passes when a test says so."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[Slack]:
    slack = Slack(clock=clock, patience=for_ever, retry_delays=(0.0, 0.01, 0.02))
    slack.add_workspace("T0SISTER", "Sister Peace", installed=True)
    slack.add_workspace("T0OTHER", "Other House")
    slack.add_person("U0ANA", "T0SISTER", "Ana Alvarez", locale="es-MX", email="ana@sister.example")
    slack.add_person("U0BEN", "T0SISTER", "Ben Brook")
    slack.add_person("U0CLEO", "T0OTHER", "Cleo Carr", email="cleo@other.example")
    slack.add_person("U0STRANGER", "T0OTHER", "Sam Strange")
    everyone = [slack.app.user_id, "U0ANA", "U0BEN", "U0CLEO"]
    slack.add_channel("C0SHARED", "quarterly", ["T0SISTER", "T0OTHER"], everyone)
    slack.add_channel("C0LOCAL", "kitchen", ["T0SISTER"], ["U0ANA"])
    slack.add_channel("C0SECRET", "board", ["T0SISTER"], ["U0ANA"], private=True)
    await slack.start()
    yield slack
    await slack.stop()


@pytest.fixture
def client(slack: Slack) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
def app(slack: Slack) -> AsyncApp:
    """Give it listeners, then ask for `connected`, `by_http` or `by_socket`."""
    return new_app(slack)


@pytest.fixture(params=[over_http, over_a_websocket], ids=["http", "socket"])
async def connected(request: pytest.FixtureRequest, app: AsyncApp, slack: Slack) -> AsyncIterator[None]:
    """The app hears Slack: once by signed HTTP, once by Socket Mode."""
    async with request.param(app, slack):
        yield


@pytest.fixture
async def by_http(app: AsyncApp, slack: Slack) -> AsyncIterator[None]:
    async with over_http(app, slack):
        yield


@pytest.fixture
async def by_socket(app: AsyncApp, slack: Slack) -> AsyncIterator[None]:
    async with over_a_websocket(app, slack):
        yield
