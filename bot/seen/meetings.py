"""Meetings as everybody sees them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time

from bot.timing import Timing, usual_opening, usual_reserve
from storage.meetings import Meeting, MeetingState

WHEN_AND_WHERE = ("day", "starts", "minutes", "office")


@dataclass(frozen=True)
class Welcome:
    """What a host tells of the day: who of the `staff` says hello, how people get there, and what is nearby."""

    staff: str | None = None
    arrival: str | None = None
    nearby: str | None = None


NO_WELCOME = Welcome()


@dataclass(frozen=True)
class MeetingSeen:
    """`day` and `starts` are local to the consortium, `minutes` is its length, `host` the name of a collaborative, `helper` of who prepares it with them."""

    id: int
    day: date
    starts: time
    minutes: int
    office: str
    host: str
    is_confirmed: bool
    is_cancelled: bool = False
    host_id: int = 0
    welcome: Welcome = NO_WELCOME
    opening: int = 0
    breaks: int = 0
    reserve: int = 0
    helper: str | None = None

    @property
    def timing(self) -> Timing:
        """How its minutes are shared out."""
        return Timing(self.minutes, self.opening, self.breaks, self.reserve)


@dataclass(frozen=True)
class MovedSeen:
    """A meeting that has moved. `before`: as people knew it, where somebody wrote that down; its host by the id alone."""

    meeting: MeetingSeen
    before: MeetingSeen | None

    @property
    def is_back(self) -> bool:
        """Whether it is by now when and where people knew it."""
        return self.before is not None and _are_alike(self.meeting, self.before, WHEN_AND_WHERE)


@dataclass(frozen=True)
class CancelledSeen:
    """A meeting that was cancelled.

    `before`: as people know it, if nobody has heard of its move yet. `again`: the one that is on the day which they know by now.
    `moved`: one that was there in between, as it was before it moved.
    `is_on_neither`: nobody meets on the day to which it was to move either. `upcoming`: the next one, where its reader is told of that, too.
    """

    meeting: MeetingSeen
    before: MeetingSeen | None = None
    again: MeetingSeen | None = None
    moved: MeetingSeen | None = None
    is_on_neither: bool = False
    upcoming: MeetingSeen | None = None
    tells_what_is_next: bool = False

    @property
    def known(self) -> MeetingSeen:
        return self.before or self.meeting

    @property
    def is_undone(self) -> bool:
        """Whether there is one after all when and where people expect it, with the same host, or was until it moved."""
        alike = (*WHEN_AND_WHERE, "host_id")
        return any(one and _are_alike(one, self.known, alike) for one in (self.again, self.moved))


@dataclass(frozen=True)
class ToCancelSeen:
    """What follows if it is cancelled: how many items go on, and whether the shared channel hears."""

    meeting: MeetingSeen
    items: int
    is_told_in_channel: bool


def _are_alike(one: MeetingSeen, other: MeetingSeen, facts: Iterable[str]) -> bool:
    return all(getattr(one, fact) == getattr(other, fact) for fact in facts)


def seen_move(meeting: Meeting) -> MovedSeen:
    seen, was = seen_meeting(meeting), meeting.moved_from
    if was is None:
        return MovedSeen(seen, None)
    before = replace(
        seen,
        day=date.fromisoformat(was["day"]),
        starts=time.fromisoformat(was["starts"]),
        minutes=was["minutes"],
        office=was["office"],
        host_id=was.get("host", seen.host_id),
    )
    return MovedSeen(seen, before)


def seen_welcome(meeting: Meeting) -> Welcome:
    """As far as it holds: the staff are those of this host, and the way is the one to this office."""
    told = meeting.welcome
    if told is None or told["host"] != meeting.host_id:
        return NO_WELCOME
    is_there = told["office"] == meeting.office
    return Welcome(
        staff=told["staff"],
        arrival=told["arrival"] if is_there else None,
        nearby=told["nearby"] if is_there else None,
    )


def seen_meeting(meeting: Meeting) -> MeetingSeen:
    return MeetingSeen(
        id=meeting.id,
        day=meeting.day,
        starts=meeting.starts,
        minutes=meeting.minutes,
        office=meeting.office,
        host=meeting.host.name,
        is_confirmed=meeting.state == MeetingState.SET,
        is_cancelled=meeting.state == MeetingState.CANCELLED,
        host_id=meeting.host_id,
        welcome=seen_welcome(meeting),
        opening=usual_opening(meeting.minutes) if meeting.opening is None else meeting.opening,
        breaks=meeting.breaks or 0,
        reserve=usual_reserve(meeting.minutes) if meeting.reserve is None else meeting.reserve,
        helper=meeting.prepared_with,
    )
