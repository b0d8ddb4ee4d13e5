"""The bot at work in a small Slack: real HTTP and WebSocket, a real database, and time that stands still."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.consortia import apply
from bot.people import learn_name
from bot.plan.plan import read_plan
from handlers.blocks.ids import MORE
from handlers.slack.timeouts import Timeouts
from playground.slack import Message, Slack, deliveries
from playground.slack.world import Person, View
from program.app import Running, running
from program.settings import Settings
from storage.channels import channel_known, channels_of
from storage.database import Database
from storage.people import last_asked_before
from tests.clock import FrozenClock
from tests.keys import KEYS
from tests.waiting import for_ever

PLAN = (Path(__file__).parent / "consortium.toml").read_text(encoding="utf-8")
SHARED = "C0SHARED"
UNHURRIED = Timeouts(
    call=3600,
    answer=3600,
    acknowledge=3600,
    job=3600,
    ping=10,
    settle=90,
    lease=3600 * 3,
    agree=0,
    apart=0,
    head=3600,
    body=3600,
    remember=0,
)
"""The bot's, where it is not time that is tried: nothing is too slow, however busy the machine is."""
A_DAY = 86_400.0
"""Seconds between ticks: after the one at the start the clock ticks when the test says so."""
OURS = 1
"""The id of the consortium that is set up first."""
NAMES = {
    "U0ADMIN": "Joan Castell",
    "U0CURATOR": "Maria Vega",
    "U0DEPUTY": "Theo Lind",
    "U0MEMBER": "Priya Nair",
    "U0SAM": "Sam Whitfield",
    "U0NEW": "Noor Haddad",
    "U0OUTSIDE": "Olga Outside",
    "U0RUTH": "Ruth Adeyemi",
    "U0KOFI": "Kofi Mensah",
}
A_YEAR = timedelta(days=365)
ELSEWHERE = {"U0RUTH", "U0KOFI"}


def pressed(element: dict[str, Any]) -> list[str]:
    """The id of what can be pressed here, or those of the buttons for which the choices of a menu stand."""
    if element.get("action_id") == MORE:
        return [option["value"].partition(" ")[0] for option in element["options"]]
    return [element["action_id"]] if "action_id" in element else []


def _in_menu(where: Message | View, action_id: str, value: str | None) -> tuple[str, str] | None:
    """The block and the choice of the menu in which this button stands, where it is none of the others."""
    for block in where.blocks:
        for option in block.get("accessory", {}).get("options", []):
            door, _space, of = option["value"].partition(" ")
            if block["accessory"]["action_id"] == MORE and door == action_id and value in (None, of):
                return block["block_id"], option["value"]
    return None


class Story(Slack):
    """Who is who in tests/consortium.toml, and what they see. Everybody is in the shared channel but U0OUTSIDE."""

    def __init__(self, clock: FrozenClock, patience: deliveries.Wait = for_ever, **more: Any) -> None:
        super().__init__(clock=clock.timestamp, patience=patience, **more)
        self.add_workspace("T0SISTER", "Sister Peace", installed=True)
        self.add_workspace("T0OTHER", "Bayview Neighbors")
        for person, name in NAMES.items():
            team = "T0OTHER" if person in ELSEWHERE else "T0SISTER"
            self.add_person(person, team, name, is_admin=person == "U0ADMIN")
        present = [one for one in self.world.people if one != "U0OUTSIDE"]
        self.add_channel(SHARED, "quarterly-agenda", ["T0SISTER", "T0OTHER"], present)
        self.add_channel("C0OTHER", "lunch", ["T0SISTER"], ["U0OUTSIDE", "U0NEW", "U0MEMBER"])

    async def clicks(
        self,
        person: Person | str,
        where: Message | View,
        action_id: str,
        value: str | None = None,
        selected: Any = None,
        block_id: str | None = None,
    ) -> Message | None:
        """Press a button, wherever it stands: also as a choice of the menu of what is pressed seldom."""
        stands = None if block_id or selected else _in_menu(where, action_id, value)
        if stands:
            action_id, value, (block_id, selected) = MORE, None, stands
        return await super().clicks(person, where, action_id, value, selected, block_id)

    async def asks(self, person: str, channel: str, command: str) -> Message:
        """The private answer, also one that comes after Slack's three seconds, as that of a process may on a busy machine."""
        before = len(self.world.messages[channel])

        def answers() -> list[Message]:
            return [one for one in self.world.messages[channel][before:] if one.only_for == person]

        await self.types(person, channel, command)
        await self.until(lambda: bool(answers()))
        return answers()[-1]

    async def in_channel(self, words: str) -> Message:
        """The message in the shared channel that everybody sees and that holds these words, once it is there."""
        return await self._message(SHARED, words)

    async def in_direct(self, person: str, words: str) -> Message:
        """The same in somebody's direct messages with the bot."""
        return await self._message(self.direct(person).id, words)

    async def _message(self, channel: str, words: str) -> Message:
        def found() -> list[Message]:
            return [one for one in self.world.messages[channel] if one.only_for is None and words in one.text]

        await self.until(lambda: bool(found()))
        return found()[-1]


@asynccontextmanager
async def bot_in(
    slack: Slack,
    clock: FrozenClock,
    database_url: str,
    transport: str = "http",
    timeouts: Timeouts = UNHURRIED,
    tick_seconds: float = A_DAY,
    **settings: Any,
) -> AsyncIterator[Running]:
    """The bot, connected to the small Slack by signed HTTP or by Socket Mode. Who moves time has its clock tick."""
    port = free_port()
    tokens = {"slack_app_token": slack.app_token} if transport == "socket" else {}
    slack.app.request_url = f"http://127.0.0.1:{port}/slack/events"
    configured = Settings(
        _env_file=None,
        slack_bot_token=slack.bot_token,
        slack_signing_secret=slack.signing_secret,
        slack_api_url=slack.api_url,
        database_url=database_url,
        keys=KEYS,
        port=port,
        **(tokens | settings),
    ).model_copy(update={"tick_seconds": tick_seconds})
    with TemporaryDirectory() as folder:
        elsewhere = configured.model_copy(update={"keys_file": Path(folder) / "agenda.keys"})
        async with running(elsewhere, clock, timeouts) as at_work:
            if transport == "socket":
                await slack.sockets.connection()
            yield at_work


def set_up(database: Database, clock: FrozenClock, plan: str = PLAN) -> None:
    """The consortium of the plan, whose people and channels the bot knows already: it asks for them again after a day."""
    with database.transaction() as session:
        consortium = apply(session, read_plan(plan), clock())
        for channel in channels_of(session, consortium):
            channel_known(session, channel).asked_at = clock()
        for person in last_asked_before(session, clock(), limit=100):
            learn_name(session, person.id, NAMES[person.user_id], clock())


def plan_ahead() -> str:
    """The same plan, for those who live by the machine's clock."""
    return PLAN.replace("2027-01-21", the_day_ahead())


@cache
def the_day_ahead() -> str:
    """The same also where midnight passes meanwhile."""
    return (datetime.now(UTC) + timedelta(days=60)).date().isoformat()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
