"""The small Slack on a loopback port: its world, its Web API, and its people's hands."""

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from email.utils import formatdate
from typing import Any

from aiohttp import web

from playground.slack.app import App
from playground.slack.deliveries import RETRY_DELAYS, Deliveries, Wait, three_seconds
from playground.slack.errors import SlackError
from playground.slack.faults import DATE, Fault, Faults, Weather
from playground.slack.hands import Hands
from playground.slack.installation import Installation
from playground.slack.limits import PostingLimit
from playground.slack.payloads import Payloads
from playground.slack.web_api import Called, WebApi
from playground.slack.wires import Wires
from playground.slack.world import Channel, Json, LedgerEntry, Person, Workspace, World


class Slack(Hands):
    """People and channels are added, then `start` makes it reachable for an app at `api_url`."""

    def __init__(
        self,
        *,
        app: App | None = None,
        clock: Callable[[], float] = time.time,
        patience: Wait = three_seconds,
        retry_delays: Sequence[float] = RETRY_DELAYS,
        rate_limits: bool = False,
    ) -> None:
        self.app = app or App()
        self.world = World(clock)
        self.installation = Installation(self.world, self.app)
        self.sockets = self.installation.sockets
        self.deliveries = Deliveries(self.app, self.sockets, clock, patience, retry_delays)
        self._faults = Faults()
        self._web_api = WebApi(self.installation, self._faults, PostingLimit(clock) if rate_limits else None)
        super().__init__(Wires(self.installation, self.deliveries, Payloads(self.installation)))
        self._runner: web.AppRunner | None = None
        self.api_url = ""

    # What there is.

    def add_workspace(self, workspace_id: str, name: str, *, installed: bool = False) -> Workspace:
        """`installed`: the app is, and its bot user lives here; one workspace has it."""
        domain = name.lower().replace(" ", "-")
        workspace = self.world.workspaces[workspace_id] = Workspace(workspace_id, name, domain, installed)
        if installed:
            self.app.team_id = workspace_id
            bot = Person(self.app.user_id, workspace_id, self.app.name.lower(), self.app.name, is_bot=True)
            self.world.people[bot.id] = bot
        return workspace

    def add_person(self, user_id: str, team_id: str, real_name: str, **more: Any) -> Person:
        name = more.pop("name", real_name.lower().replace(" ", "."))
        person = self.world.people[user_id] = Person(user_id, team_id, name, real_name, **more)
        return person

    def add_channel(
        self,
        channel_id: str,
        name: str,
        teams: Sequence[str],
        members: Sequence[str],
        *,
        private: bool = False,
    ) -> Channel:
        channel = Channel(channel_id, name, list(teams), list(members), is_private=private)
        channel.created = int(self.world.clock())
        self.world.channels[channel_id] = channel
        return channel

    # Being reachable.

    async def start(self, port: int = 0) -> None:
        """Serve on 127.0.0.1; port 0 takes a free one."""
        self._runner = web.AppRunner(self._routes(), access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        place = f"127.0.0.1:{self._runner.addresses[0][1]}"
        self.api_url = f"http://{place}/api/"
        self.sockets.base = f"ws://{place}/link"
        self.installation.response_urls.base = f"http://{place}/response/"
        self.installation.files.base = f"http://{place}/upload/"
        self.deliveries.start()

    async def stop(self) -> None:
        await self.deliveries.stop()
        await self.sockets.stop()
        self.installation.files.stop()
        if self._runner:
            await self._runner.cleanup()

    def _routes(self) -> web.Application:
        application = web.Application()
        application.on_response_prepare.append(self._tell_the_time)
        application.router.add_route("*", "/api/{method}", self._web_api.answer)
        application.router.add_post("/upload/{ticket}", self._web_api.take_upload)
        application.router.add_get("/link", self.sockets.serve)
        application.router.add_post("/response/{key}", self._respond)
        return application

    async def _tell_the_time(self, _: web.Request, response: web.StreamResponse) -> None:
        """Its messages and its answers go by one clock, but for an answer that says of itself what it tells."""
        response.headers["Date"] = response.get(DATE) or formatdate(self.world.clock(), usegmt=True)

    async def _respond(self, request: web.Request) -> web.Response:
        try:
            given = json.loads(await request.text())
            self.installation.response_urls.answer(request.match_info["key"], given)
        except json.JSONDecodeError:
            return web.Response(status=400, text="invalid_payload")
        except SlackError as refused:
            gone = refused.error in {"used_url", "expired_url"}
            return web.json_response(
                {"ok": False, "error": refused.error} | refused.more, status=404 if gone else 400
            )
        return web.Response(text="ok")

    @property
    def app_token(self) -> str:
        return self.app.app_token

    @property
    def bot_token(self) -> str:
        return self.app.bot_token

    @property
    def signing_secret(self) -> str:
        return self.app.signing_secret

    # What tests ask.

    @property
    def calls(self) -> list[Called]:
        """What the app called, in order."""
        return self._web_api.calls

    @property
    def acknowledgements(self) -> list[Json]:
        """What the app answered to each delivery, in order."""
        return self.deliveries.answers

    @property
    def later_answers(self) -> list[Json]:
        """What the app said by response_url, in order."""
        return self.installation.response_urls.answers

    @property
    def ledger(self) -> list[LedgerEntry]:
        return self.world.ledger

    def next_answer(self, method: str, fault: Fault) -> None:
        """Let the next call of this method go wrong; several faults wait in line."""
        self._faults.next_answer(method, fault)

    def limit_posting(self, *, on: bool) -> None:
        """From now on an app may post once a second in a channel, or as often as it likes."""
        self._web_api.limit = PostingLimit(self.world.clock) if on else None

    def scans_files_for(self, seconds: float | None) -> None:
        """From now on a file is shared so long after the app was told that it is; None: not before `ends_scans`."""
        self.installation.files.scan_takes = seconds

    def ends_scans(self) -> None:
        self.installation.files.scan_ends()

    def weather_becomes(self, weather: Weather) -> None:
        """Let every call for which no fault waits in line go as the weather is."""
        self._faults.weather = weather

    async def until(self, true: Callable[[], bool], seconds: float | None = None) -> None:
        """Wait for something to become true of the world; it is looked at after each change. Raises TimeoutError after so many `seconds`, if any."""
        changed = asyncio.Event()
        unwatch = self.world.watch(lambda _: changed.set())
        try:
            async with asyncio.timeout(seconds):
                while not true():
                    await changed.wait()
                    changed.clear()
        finally:
            unwatch()
