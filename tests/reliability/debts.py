"""Debts: what the bot owes while it is killed, paused and cut off. Some of it changes before or after it is sent."""

from collections.abc import Sequence
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
from storage.post_kinds import FILES, PostKind
from storage.tenancy import Session
from tests.reliability.clock import RunningClock
from tests.reliability.weather import DISLIKED
from tests.story import OURS

Found = TypeVar("Found")

KINDS = (PostKind.PROPOSED_MEETING, PostKind.MOVED_MEETING, PostKind.CALENDAR_FILE)
"""Which can be said in any place, and show their meeting as it is, or as it was when they were sent."""
A_FILE = (PostKind.CALENDAR_FILE,)
"""The one kind of these with which a file goes."""
MEETINGS, CHANNELS, PEOPLE = 12, 6, 54
KEY = "soak"
AFTER = 50
"""So many are owed before one of them turns into something that the firewall dislikes."""


class Debts:
    """Posts to many places about some meetings, each of which moves now and then."""

    def __init__(
        self,
        slack: Slack,
        database: Database,
        clock: RunningClock,
        seed: int,
        kinds: Sequence[PostKind] = KINDS,
    ) -> None:
        self._kinds = kinds
        self._database = database
        self._clock = clock
        self._random = Random(seed)
        self._places = _open_places(slack)
        self._owed = self._moves = 0
        self._one_at_a_time = Lock()
        self._moves_told: set[tuple[int, str]] = set()
        with database.transaction(OURS) as session:
            weeks = [_meeting(session, clock, week).id for week in range(MEETINGS + 2)]
        *self._meetings, self._disliked, self._soon_disliked = weeks
        self.has_disliked = False

    def owe_up_to(self, posts: int) -> None:
        """Owe so many in all, and let a meeting move after every third."""
        with self._one_at_a_time:
            while self._owed < posts:
                with self._database.transaction(OURS) as session:
                    self._owe(session, self._owed)
                self._owed += 1
                if self.has_disliked and self._owed == AFTER:
                    self._call_it_forbidden(self._soon_disliked)
                if self._owed % 3 == 0:
                    self._move(self._random.choice(self._meetings))

    def owe_what_is_disliked(self) -> None:
        """One message that always fails, and one whose edits will: first in line, where others are owed as well."""
        self.has_disliked = True
        self._call_it_forbidden(self._disliked)
        with self._database.transaction(OURS) as session:
            for number, meeting_id in enumerate((self._disliked, self._soon_disliked)):
                place, due = self._places[number], self._clock()
                key = f"{KEY}:disliked {number}"
                outbox.owe(session, KINDS[0], key, subject_id=meeting_id, place=place, due=due)

    def owe_everywhere(self) -> None:
        """One in each channel."""
        with self._database.transaction(OURS) as session:
            for place in self._places[:CHANNELS]:
                self._owe(session, self._owed, place)
                self._owed += 1

    def _call_it_forbidden(self, meeting_id: int) -> None:
        self._say(meeting_id, DISLIKED)

    def move_everything(self) -> None:
        """Every post says something else now."""
        with self._one_at_a_time:
            for meeting in self._meetings:
                self._move(meeting)

    def _owe(self, session: Session, number: int, place: str | None = None) -> None:
        meeting_id, place = self._random.choice(self._meetings), place or self._random.choice(self._places)
        kind = self._kind(number, meeting_id, place)
        outbox.owe(session, kind, f"{KEY}:{number}", subject_id=meeting_id, place=place, due=self._clock())

    def _kind(self, number: int, meeting_id: int, place: str) -> PostKind:
        """Of two words of a move in one place the first may rightly go unsaid, so there is one; and of channels they are for the shared one."""
        kind, told = self._kinds[number % len(self._kinds)], (meeting_id, place)
        goes_elsewhere = place.startswith("C")
        if kind == PostKind.MOVED_MEETING and (goes_elsewhere or told in self._moves_told):
            return PostKind.PROPOSED_MEETING
        if kind == PostKind.MOVED_MEETING:
            self._moves_told.add(told)
        return kind

    def _move(self, meeting_id: int) -> None:
        self._moves += 1
        self._say(meeting_id, f"Room {self._moves}")

    def _say(self, meeting_id: int, office: str) -> None:
        with self._database.transaction(OURS) as session:
            meeting = found(lock_meeting(session, meeting_id))
            meeting.office = office
            for kind in set(KINDS) - set(FILES):
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
