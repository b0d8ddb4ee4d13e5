"""Comings and goings: what names people only as long as they are among us is drawn anew when they come or go."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from bot.doors import redraw_doors
from bot.duties import TELL_WHO_DOES_WHAT, told_duties
from bot.expected import redraw_what_tells_of
from bot.preparing import TELL_WHO_PREPARES
from bot.seen.duties import DutySeen
from bot.timetable import first_day_to_come
from storage.consortia import Consortium
from storage.meetings import Meeting, meetings_from
from storage.tenancy import Session

TELL_WHO_IS_AMONG_US = dict.fromkeys((*TELL_WHO_DOES_WHAT, *TELL_WHO_PREPARES))


class Told(NamedTuple):
    """What everybody reads of a meeting."""

    duties: tuple[DutySeen, ...]
    prepared_with: str | None


@contextmanager
def following_who_does_what(session: Session, consortium: Consortium, now: datetime) -> Iterator[None]:
    """What changes within may change who is among us, or whom they are with: what tells who does something for a meeting follows, also in calendars."""
    meetings = meetings_from(session, first_day_to_come(consortium, now))
    before = [_told(session, meeting) for meeting in meetings]
    yield
    session.flush()
    after = [_told(session, meeting) for meeting in meetings]
    for meeting, was, told in zip(meetings, before, after, strict=True):
        if was.prepared_with != told.prepared_with:
            meeting.revise(now)
        if was != told:
            redraw_what_tells_of(session, meeting, TELL_WHO_IS_AMONG_US)
    if before != after:
        redraw_doors(session, consortium.id)


def _told(session: Session, meeting: Meeting) -> Told:
    return Told(told_duties(session, meeting), meeting.prepared_with)
