"""Debts: what the bot owes while it is killed, paused and cut off. Some of it changes before or after it is sent."""

from datetime import date, time, timedelta
from random import Random
from threading import Lock
from typing import TypeVar

from bot.meetings import Arrangement, arrange
from playground.slack import Slack
from storage import outbox
from storage.consortia import Consortium, collaborative_named, every_consortium
from storage.database import Database
from storage.meetings import Meeting, lock_meeting
from storage.post_kinds import PostKind
from storage.tenancy import Session
from tests.reliability.clock import RunningClock
from tests.story import OURS

Found = TypeVar("Found")

KINDS = (PostKind.PROPOSED_MEETING, PostKind.MOVED_MEETING)
"""Which can be said in any place, and show their meeting as it is."""
MEETINGS, CHANNELS, PEOPLE = 12, 6, 54
KEY = "soak"


class Debts:
    """Posts to many places about some meetings, each of which moves now and then."""

    def __init__(self, slack: Slack, database: Database, clock: RunningClock, seed: int) -> None:
        self._database = database
        self._clock = clock
        self._random = Random(seed)
        self._places = _open_places(slack)
        self._owed = self._moves = 0
        self._one_at_a_time = Lock()
        with database.transaction(OURS) as session:
            self._meetings = [_meeting(session, clock, week).id for week in range(MEETINGS)]

    def owe_up_to(self, posts: int) -> None:
        """Owe so many in all, and let a meeting move after every third."""
        with self._one_at_a_time:
            while self._owed < posts:
                with self._database.transaction(OURS) as session:
                    self._owe(session, self._owed)
                self._owed += 1
                if self._owed % 3 == 0:
                    self._move(self._random.choice(self._meetings))

    def move_everything(self) -> None:
        """Every post says something else now."""
        with self._one_at_a_time:
            for meeting in self._meetings:
                self._move(meeting)

    def _owe(self, session: Session, number: int) -> None:
        outbox.owe(
            session,
            KINDS[number % len(KINDS)],
            f"{KEY}:{number}",
            subject_id=self._random.choice(self._meetings),
            place=self._random.choice(self._places),
            due=self._clock(),
        )

    def _move(self, meeting_id: int) -> None:
        self._moves += 1
        with self._database.transaction(OURS) as session:
            meeting = found(lock_meeting(session, meeting_id))
            meeting.office = f"Room {self._moves}"
            for kind in KINDS:
                outbox.refresh(session, kind, subject_id=meeting.id)


def _open_places(slack: Slack) -> list[str]:
    """Channels that the bot is in, and people whom it may write to."""
    people = [f"U0SOAK{number}" for number in range(PEOPLE)]
    for person in people:
        slack.add_person(person, "T0SISTER", f"Person {person}")
    channels = [f"C0SOAK{number}" for number in range(CHANNELS)]
    for channel in channels:
        slack.add_channel(channel, channel.lower(), ["T0SISTER"], [slack.app.user_id, *people])
    return channels + people


def _meeting(session: Session, clock: RunningClock, week: int) -> Meeting:
    consortium = _consortium(session)
    day = date(2027, 2, 4) + timedelta(weeks=week)
    host = found(collaborative_named(session, "CCSJ"))
    return arrange(session, consortium, host, Arrangement(day, time(10), 120, "Room 0"), clock())


def found(what: Found | None) -> Found:
    if what is None:
        raise LookupError("the plan of the tests has it")
    return what


def _consortium(session: Session) -> Consortium:
    return every_consortium(session)[0]
