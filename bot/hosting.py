"""Hosting: an admin gives a meeting to another host, or lets two hosts change places."""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from bot.errors import NothingChanged
from bot.meetings import arrangement_of, rearrange
from bot.meetings_to_change import meeting_not_begun
from bot.people import Actor
from bot.seats import chosen_host
from bot.seen.meetings import seen_meeting
from bot.seen.settings import HostingSeen, SettingsSeen, seen_collaborative
from bot.setup import settings
from bot.timetable import first_day_to_come, is_to_come
from storage.consortia import Collaborative, Consortium, rotation
from storage.meetings import Meeting, meetings_from
from storage.tenancy import Session


class Read(NamedTuple):
    """Who hosted in the form that was read: the meeting, and the one that it changes places with."""

    host: int | None
    other: int | None


def meeting_to_host(session: Session, actor: Actor, meeting_id: int, now: datetime) -> HostingSeen:
    """The meeting, as the form that changes its host shows it. Raises NothingChanged if it has begun, or if nobody else could host it."""
    meeting = meeting_not_begun(session, actor, meeting_id, now)
    hosts = [one for one in rotation(session) if one is not meeting.host]
    others = [one for one in meetings_to_come(session, actor.consortium, now) if one.host is not meeting.host]
    if not hosts and not others:
        raise NothingChanged("There is no other {collaborative} that could host this meeting.")
    return HostingSeen(
        seen_meeting(meeting),
        hosts=tuple(map(seen_collaborative, hosts)),
        others=tuple(map(seen_meeting, others)),
    )


def give(
    session: Session, actor: Actor, meeting_id: int, host_id: int, now: datetime, read: Read | None = None
) -> SettingsSeen:
    """Let another collaborative host the meeting.

    Raises NothingChanged if somebody else does by now, or if the meeting has begun.
    """
    meeting = meeting_not_begun(session, actor, meeting_id, now)
    must_be_hosted_as_read(meeting, read.host if read else None)
    give_to(session, actor, meeting, chosen_host(session, host_id), now)
    return settings(session, actor, now)


def swap(
    session: Session, actor: Actor, meeting_id: int, other_id: int, now: datetime, read: Read | None = None
) -> SettingsSeen:
    """Let the hosts of two meetings change places.

    Raises NothingChanged if somebody else does by now, if one of them has begun, or if one host has both.
    """
    meetings = {
        number: meeting_not_begun(session, actor, number, now) for number in sorted({meeting_id, other_id})
    }
    one, other = meetings[meeting_id], meetings[other_id]
    if read is not None:
        must_be_hosted_as_read(one, read.host)
        must_be_hosted_as_read(other, read.other)
    hosts = one.host, other.host
    give_to(session, actor, one, hosts[1], now)
    give_to(session, actor, other, hosts[0], now)
    return settings(session, actor, now)


def give_to(session: Session, actor: Actor, meeting: Meeting, host: Collaborative, now: datetime) -> None:
    """A meeting at its host's own office goes to that of the new one. Who decides for the new one hears so, with what waits.

    Raises NothingChanged if it hosts the meeting already.
    """
    before = meeting.host
    if before is host:
        raise NothingChanged("{host} hosts the meeting on {day} already.", host=host.name, day=meeting.day)
    office = host.office if meeting.office == before.office else meeting.office
    arrangement = replace(arrangement_of(meeting), office=office)
    rearrange(session, actor.consortium, meeting, host, arrangement, now, meeting.state, by=actor.person)


def meetings_to_come(session: Session, consortium: Consortium, now: datetime) -> list[Meeting]:
    """Those that have not begun, the nearest first."""
    upcoming = meetings_from(session, first_day_to_come(consortium, now))
    return [meeting for meeting in upcoming if is_to_come(consortium, meeting, now)]


def must_be_hosted_as_read(meeting: Meeting, host_read: int | None) -> None:
    """Who presses twice does not change it back."""
    if host_read not in (None, meeting.host_id):
        raise NothingChanged(
            "{host} hosts the meeting on {day} by now.", host=meeting.host.name, day=meeting.day
        )
