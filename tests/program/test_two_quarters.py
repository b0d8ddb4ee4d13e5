"""A story of two quarters, with one bot on one machine: whatever happens to both, each message comes once, in time and to its place."""

import json
import re
import signal
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from handlers.blocks.ids import ADD, CONFIRM, CONSORTIUM, HOLD, PUBLISH, TAKE
from playground.slack import Message
from program.setup_command import LOOK, RUN
from storage import sqlite, troubles
from storage.database import Database
from storage.heartbeats import Heartbeat
from tests.clock import SAN_FRANCISCO, FrozenClock
from tests.handlers.steps import at_rest, send, standing
from tests.keys import RING
from tests.processes import Process, bot_does, bot_process, settings_for
from tests.program.test_sqlite_as_it_is import fill, fills_up, folder, make_room, small_disk
from tests.story import NAMES, PLAN, SHARED, Story
from tests.waiting import until

__all__ = ["folder", "small_disk"]
FRESH, ELSEWHERE = "C0FRESH", "C0OTHER"
WELL = ["Nothing is wrong."]
DOORS, CALL, DIGEST = (
    "The agenda of Sister Peace Initiatives",
    "What shall we talk about?",
    "This week on the agenda",
)
AGENDA = "Agenda for Thu, Jan 21"
TOMORROW = "We meet tomorrow. Here is the agenda."
TAKEN = "Good news: your item is on the agenda for Thu, Jan 21. CCSJ hosts."


class StoryTime(FrozenClock):
    """Time that passes as it does, and that a test moves on; `machine` shows it, and how wrong it is."""

    def __init__(self, machine: Path, local: str) -> None:
        self._machine, self._passed = machine, 0.0
        self.machine_is_ahead()
        self.strikes(local)

    def timestamp(self) -> float:
        return time.time() + self._passed

    def __call__(self) -> datetime:
        return datetime.fromtimestamp(self.timestamp(), SAN_FRANCISCO)

    def strikes(self, local: str) -> None:
        self.passes(
            seconds=datetime.fromisoformat(local).replace(tzinfo=SAN_FRANCISCO).timestamp() - self.timestamp()
        )

    def passes(self, **more: float) -> None:
        self._passed += timedelta(**more).total_seconds()
        self._write("passed", self._passed)

    def machine_is_ahead(self, **by: float) -> None:
        self._write("wrong", timedelta(**by).total_seconds())

    def _write(self, name: str, seconds: float) -> None:
        """In one step, since the bot may read at any moment."""
        fresh = self._machine / f"{name}.new"
        fresh.write_text(str(seconds))
        fresh.replace(self._machine / name)


class Office:
    """Who operates the bot, and reads over everybody's shoulder."""

    def __init__(self, machine: Path, disk: Path) -> None:
        self.time, self.disk, self._machine = StoryTime(machine, "2026-11-23 12:00"), disk, machine
        self.slack = Story(self.time, retry_delays=(0.0, 0.01, 0.02))
        self._read = 0

    def moves_in(self) -> None:
        """Once Slack can be reached."""
        url = f"sqlite:///{self.disk}/agenda.db"
        machine = {"MACHINE": str(self._machine), "TICK_SECONDS": "0.15"}
        self._given = settings_for(self.slack, url, "http") | machine
        self._database = Database(url, RING)

    def moves_out(self) -> None:
        self._database.close()

    async def does(self, *command: str) -> tuple[int, list[str]]:
        ended = await bot_does(self._machine, self._given, *command)
        return ended.status, [line for line in (ended.said + ended.log).splitlines() if line]

    async def doctor(self) -> list[str]:
        """What it finds; how far it sees the manifest is no finding."""
        return [line for line in (await self.does("doctor"))[1] if not line.startswith("Manifest:")]

    def runs(self) -> AbstractAsyncContextManager[Process]:
        return bot_process(self._machine, self._given)

    async def hears(self, *expected: str) -> None:
        """All that is posted since the last time, and nothing else: `place: first line`, in any order."""
        wanted = len(expected) + self._read
        await self.slack.until(lambda: len(self._posted()) >= wanted)
        for _ in range(2):
            await self._ticks()
            await at_rest(self._database, self.time)
        posted = self._posted()
        assert sorted(posted[self._read :]) == sorted(expected), self.time()
        self._read = len(posted)

    def read(self, channel: str, words: str) -> Message:
        return next(one for one in self.slack.world.messages[channel] if words in one.text)

    async def at(self, local: str, *expected: str) -> None:
        self.time.strikes(local)
        await self.hears(*expected)

    def card(self, person: str, title: str, button: str = TAKE) -> Message:
        cards = self.slack.world.messages[self.slack.direct(person).id]
        return next(one for one in reversed(cards) if title in one.text and button in str(one.blocks))

    async def decides(self, person: str, button: str, *titles: str) -> None:
        for title in titles:
            await self.slack.clicks(person, self.card(person, title, button), button)
        self.time.passes(minutes=6)

    async def publishes(self, person: str, channel: str) -> None:
        board = await self.slack.asks(person, channel, "/agenda curate")
        await self.slack.clicks(person, board, PUBLISH)

    def _posted(self) -> list[str]:
        ledger = [entry for entry in self.slack.ledger if entry.happened == "posted"]
        return [f"{self._place(entry.channel)}: {entry.text.splitlines()[0]}" for entry in ledger]

    def _place(self, channel: str) -> str:
        place = self.slack.world.channels.get(channel)
        if place is None or not place.is_im:
            return place.name if place else "quarterly-agenda"  # by the id that it had before
        return next(NAMES[one] for one in place.members if one in NAMES)

    async def _ticks(self) -> None:
        """One whole tick goes by: a heartbeat ends what may be under way, another the next."""
        for _ in range(2):
            before = self._beat()
            await until(lambda: self._beat() != before)  # noqa: B023

    def _beat(self) -> object:
        with self._database.transaction() as session:
            return sorted(session.scalars(select(Heartbeat.at)))


@pytest.fixture
def roomy_disk(small_disk: Path) -> Path:
    """With which the doctor is content."""
    larger = ["mount", "-o", "remount,size=160m", str(small_disk)]
    subprocess.run(larger, check=True)  # noqa: S603 - our own words
    return small_disk


@pytest.fixture
async def office(folder: Path, roomy_disk: Path) -> AsyncIterator[Office]:
    office = Office(folder, roomy_disk)
    everybody = [*(set(NAMES) - {"U0OUTSIDE"}), office.slack.app.user_id]
    office.slack.add_channel(FRESH, "agenda-anew", ["T0SISTER", "T0OTHER"], everybody)
    office.slack.world.channels[ELSEWHERE].members.append("U0ADMIN")
    (folder / "plan.toml").write_text(PLAN, encoding="utf-8")
    await office.slack.start()
    office.moves_in()
    yield office
    office.moves_out()
    await office.slack.stop()


def cards(title: str, *people: str) -> list[str]:
    return [f"{person}: {title}" for person in people or ("Maria Vega", "Theo Lind")]


async def killed(bot: Process) -> None:
    bot.told(signal.SIGKILL)
    await bot.ended()


@pytest.mark.slow
async def test_two_quarters(office: Office) -> None:
    status, said = await office.does("setup", "plan.toml")
    assert (status, said[0], said[-1]) == (0, "Sister Peace Initiatives is set up.", f"{LOOK} {RUN}")
    async with office.runs() as bot:
        await bot.comes_to(200)
        await office.hears(f"quarterly-agenda: {DOORS}")
        assert await office.doctor() == WELL
        await items_are_brought_and_decided(office)
        await the_channel_gets_a_new_id(office)
        await the_machine_leaps_ahead(office)
        await killed(bot)
    async with office.runs() as bot:
        await bot.comes_to(200)
        await it_starts_on_a_wrong_clock(office)
        await killed(bot)
    async with office.runs() as bot:
        await bot.comes_to(200)
        await office.hears()
        await the_disk_fills_up(office, bot)
        await killed(bot)
    it_is_full_to_the_last_byte(office)
    await there_is_room_again(office)
    async with office.runs() as bot:
        await bot.comes_to(200)
        await office.hears(f"quarterly-agenda: {DIGEST}")
        await the_channel_is_archived(office)
        await killed(bot)
    async with office.runs() as bot:
        await bot.comes_to(200)
        await the_channel_is_replaced(office)
        await the_meeting_takes_place(office)
        await the_next_one_too(office)
        bot.told(signal.SIGTERM)
        ended = await bot.ended()
    assert ended.status == 0
    assert [one for one in map(json.loads, ended.log.splitlines()) if one["level"] == "error"] == []


async def items_are_brought_and_decided(office: Office) -> None:
    slack = office.slack
    await slack.asks("U0MEMBER", SHARED, "/agenda add Budget cuts (15 min)")
    await slack.clicks("U0KOFI", await standing(slack), ADD)
    assert await send(slack, "U0KOFI", title="Night patrol", minutes=20) == {}
    await slack.asks("U0SAM", SHARED, "/agenda add Parking (5 min)")
    await office.hears(
        *cards("Budget cuts · 15 min"), *cards("Night patrol · 20 min"), *cards("Parking · 5 min")
    )
    await office.at("2026-11-30 09:01", f"quarterly-agenda: {DIGEST}")
    await office.decides("U0CURATOR", TAKE, "Budget cuts")
    await office.decides("U0CURATOR", HOLD, "Night patrol")
    held = "Your item is kept for the next meeting. The next host will read it. You need to do nothing."
    await office.hears(f"Priya Nair: {TAKEN}", f"Kofi Mensah: {held}")
    await office.publishes("U0CURATOR", SHARED)
    await office.hears(f"quarterly-agenda: {AGENDA}")


async def the_channel_gets_a_new_id(office: Office) -> None:
    place = office.slack.world.channels[SHARED]
    place.teams.remove("T0OTHER")
    place.is_private = True
    await office.slack.shares(place, "T0OTHER")
    assert place.id != SHARED
    await office.hears()
    assert await office.doctor() == WELL
    await office.at("2026-12-07 09:01", f"quarterly-agenda: {DIGEST}")


async def the_machine_leaps_ahead(office: Office) -> None:
    office.time.machine_is_ahead(days=300)
    await office.hears()
    shown = await office.slack.asks("U0MEMBER", old(office), "/agenda add Heating (10 min)")
    assert "January 21, 2027" in shown.text
    await office.hears(*cards("Heating · 10 min"))
    assert any(line.startswith("warning: slack clock:") for line in await office.doctor())


async def it_starts_on_a_wrong_clock(office: Office) -> None:
    await office.hears()
    await office.at("2026-12-14 09:01", f"quarterly-agenda: {DIGEST}")
    office.time.machine_is_ahead(days=0)
    await office.hears()
    assert await office.doctor() == WELL
    await office.at("2026-12-21 09:01")
    await office.at("2026-12-24 10:01", f"quarterly-agenda: {CALL}")


async def the_disk_fills_up(office: Office, bot: Process) -> None:
    await office.at("2026-12-28 09:01")
    await office.slack.asks("U0SAM", old(office), "/agenda add Rents (10 min)")
    await office.hears(*cards("Rents · 10 min"))
    await fills_up(office.disk, bot)
    refused = await office.slack.asks("U0SAM", old(office), "/agenda add Snacks")
    assert refused.text.endswith("/agenda add Snacks")
    assert any(line.startswith("error: free disk:") for line in await office.doctor())
    office.time.strikes("2027-01-04 09:01")


def it_is_full_to_the_last_byte(office: Office) -> None:
    """A WAL that is left behind makes room as soon as somebody brings it into the file."""
    with closing(sqlite.open_file(office.disk / "agenda.db")) as connection:
        sqlite.bring_wal_in(connection)
    fill(office.disk)


async def there_is_room_again(office: Office) -> None:
    status, [line] = await office.does("run")
    assert (status, line.startswith(troubles.FULL[0])) == (2, True)
    make_room(office.disk)


async def the_channel_is_archived(office: Office) -> None:
    await office.at("2027-01-07 10:01", f"quarterly-agenda: {CALL}")
    await office.slack.archives(old(office))
    await office.hears("Joan Castell: The shared channel")
    await office.at("2027-01-11 09:01")
    await office.at("2027-01-14 10:01", *cards("3 items still wait for your answer"))
    office.time.passes(minutes=15)
    archived = f"The shared channel {old(office)} is archived. Next: bring it back, or name another channel in /agenda setup."
    assert f"error: slack channel: {archived}" in await office.doctor()


async def the_channel_is_replaced(office: Office) -> None:
    slack, old_place = office.slack, old(office)
    await office.hears()
    await slack.clicks("U0ADMIN", await slack.asks("U0ADMIN", ELSEWHERE, "/agenda setup"), CONSORTIUM)
    assert await send(slack, "U0ADMIN", channel=FRESH) == {}
    await slack.closes("U0ADMIN", everything=True)
    await office.hears(*(f"agenda-anew: {what}" for what in (DOORS, AGENDA, CALL)))
    assert "comes late" in (office.read(FRESH, CALL)).text
    await slack.unarchives(old_place)
    office.time.passes(hours=1)
    await office.hears()
    assert await office.doctor() == WELL


async def the_meeting_takes_place(office: Office) -> None:
    await office.decides("U0DEPUTY", TAKE, "Heating", "Rents")
    await office.hears(f"Priya Nair: {TAKEN}", f"Sam Whitfield: {TAKEN}")
    await office.publishes("U0DEPUTY", FRESH)
    agenda = office.read(FRESH, AGENDA)
    await office.slack.until(lambda: re.search(r"\n3\. .*Rents · 10 min · Sunset", agenda.text) is not None)
    await office.hears()
    would_help = "We meet on Thursday, January 21, 2027, and 1 item still waits for your answer."
    deciders = ("Maria Vega", "Theo Lind")
    told = [f"{who}: {would_help}" for who in deciders]
    await office.at("2027-01-18 09:01", f"agenda-anew: {DIGEST}", *told)
    await office.at("2027-01-20 10:01", f"agenda-anew: {TOMORROW}")
    await office.at("2027-01-21 11:00")
    await office.at("2027-01-21 12:30")
    asked = "Thank you for hosting. What happened with the 3 items on the agenda?"
    goes_on = "Your item goes on to the next meeting, on Thu, Apr 15. Bayview will read it and answer you."
    await office.at(
        "2027-01-22 09:01",
        f"Maria Vega: {asked}",
        f"Theo Lind: {asked}",
        f"Sam Whitfield: {goes_on}",
        *cards("Night patrol · 20 min · carried over", "Ruth Adeyemi"),
        *cards("Parking · 5 min · carried over", "Ruth Adeyemi"),
        "Ruth Adeyemi: Bayview hosts the next meeting",
    )


async def the_next_one_too(office: Office) -> None:
    await office.slack.clicks("U0RUTH", office.card("U0RUTH", "hosts the next meeting", CONFIRM), CONFIRM)
    await office.slack.asks("U0MEMBER", FRESH, "/agenda add Summer festival (30 min)")
    await office.hears(*cards("Summer festival · 30 min", "Ruth Adeyemi"))
    await office.at("2027-01-25 09:01", f"agenda-anew: {DIGEST}")
    await office.decides("U0RUTH", TAKE, "Night patrol", "Parking", "Summer festival")
    good = "Good news: your item is on the agenda for Thu, Apr 15. Bayview hosts."
    await office.hears(*(f"{person}: {good}" for person in ("Kofi Mensah", "Sam Whitfield", "Priya Nair")))
    await office.at("2027-02-01 09:01", f"agenda-anew: {DIGEST}")
    for monday in ("02-08", "02-15", "02-22", "03-01", "03-08", "03-15"):
        await office.at(f"2027-{monday} 09:01")
    await office.at("2027-03-18 10:01", f"agenda-anew: {CALL}")
    for day in ("03-22 09:01", "03-29 09:01"):
        await office.at(f"2027-{day}")
    await office.at("2027-04-01 10:01", f"agenda-anew: {CALL}")
    await office.at("2027-04-05 09:01")
    await office.at("2027-04-08 10:01", f"agenda-anew: {CALL}")
    await office.at("2027-04-12 09:01")
    await office.at("2027-04-14 10:01", f"agenda-anew: {TOMORROW}")
    await office.at("2027-04-15 12:30")
    asked = "Thank you for hosting. What happened with the 3 items on the agenda?"
    await office.at(
        "2027-04-16 09:01", f"Ruth Adeyemi: {asked}", "Joan Castell: Mission hosts the next meeting"
    )
    assert await office.doctor() == WELL


def old(office: Office) -> str:
    return next(one.id for one in office.slack.world.channels.values() if one.name == "quarterly-agenda")
