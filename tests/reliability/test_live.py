"""Whenever a bot is killed that tells how a live meeting goes, its one message stands there, and shows what is on."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot import live, turns
from bot.calendar import zone
from bot.meetings import Arrangement, arrange
from bot.people import Actor, meet
from storage.consortia import collaborative_named, every_consortium
from storage.items import Item
from storage.live import live_of
from storage.meetings import Meeting
from storage.people import Who
from storage.tenancy import Session
from tests.bot.hosting import on_agenda
from tests.builders import Scene
from tests.conftest import NewDatabase
from tests.reliability.debts import found
from tests.reliability.test_files import dies
from tests.reliability.trial import Trial, trial
from tests.story import OURS, SHARED

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("databases", ["sqlite"], indirect=True, scope="session"),
]

CALLS = ("chat.postMessage", "chat.update")
DEATHS = [(call, is_done) for call in CALLS for is_done in (False, True)]


def _begins(arranged: Trial) -> int:
    """A meeting that has begun half an hour ago, with an item for each death, is live."""
    with arranged.database.transaction(OURS) as session:
        [ours] = every_consortium(session)
        begun = (arranged.clock() - timedelta(minutes=30)).astimezone(zone(ours.timezone))
        when = Arrangement(begun.date(), begun.time().replace(microsecond=0), 180, "Room 0")
        host = found(collaborative_named(session, "CCSJ"))
        meeting = arrange(session, ours, host, when, arranged.clock())
        items = on_agenda(
            Scene.found(session, arranged.clock), *(f"Item {one}" for one in range(len(DEATHS)))
        )
        assert {item.meeting_id for item in items} == {meeting.id}
        live.start(session, _host(session), meeting.id, (), arranged.clock())
        return meeting.id


def _goes_on(arranged: Trial, meeting_id: int) -> str:
    """Somebody presses *Next*; what is on then."""
    with arranged.database.transaction(OURS) as session:
        now = found(live_of(session, session.get_one(Meeting, meeting_id)))
        turns.go_on(session, _host(session), meeting_id, turns.mark_of(now), arranged.clock())
        return session.get_one(Item, now.item_id).title


def _host(session: Session) -> Actor:
    return meet(session, every_consortium(session)[0], Who("T0SISTER", "U0CURATOR"), None)


def _live_messages(arranged: Trial) -> list[str]:
    said = arranged.slack.world.messages[SHARED]
    return [one.text for one in said if one.only_for is None and "We meet now" in one.text]


async def test_a_bot_that_is_killed_in_any_call_of_a_live_meeting_shows_what_is_on_in_one_message(
    new_database: NewDatabase, migrated: str, tmp_path: Path
) -> None:
    async with trial(new_database(migrated), tmp_path) as arranged:
        meeting_id = await asyncio.to_thread(_begins, arranged)
        replica = arranged.replica()
        for call, is_done in DEATHS:
            await dies(arranged, replica, call, is_done=is_done)
            on = await asyncio.to_thread(_goes_on, arranged, meeting_id)
        verdict = await arranged.verdict(replica)
        [message] = _live_messages(arranged)
    assert f"On now\n{on}" in message
    harmed = [key for key in (*verdict.lost, *verdict.doubled, *verdict.swept) if key.startswith("live:")]
    assert not harmed
