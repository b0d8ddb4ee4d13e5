"""Who does what for a meeting, as an audience sees it: everybody reads which collaborative, its host alone who said so."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.audiences import EVERYBODY, Audience, Level, Thing
from bot.seen.meetings import MeetingSeen
from storage.duties import Duty, Work
from storage.meetings import Meeting

__all__ = ["Work"]  # for those that draw, which import no storage


@dataclass(frozen=True)
class NotesTaken:
    """Who takes notes. `by_reader`: its reader does. `names` are for the host alone, `count` for everybody."""

    count: int = 0
    by_reader: bool = False
    names: tuple[str | None, ...] = ()


NOBODY_TAKES_NOTES = NotesTaken()


@dataclass(frozen=True)
class DutySeen:
    """What there is to do, and who does it: the name of a collaborative, or of a person where nobody knows whom they are with.

    `said_by` is for the host alone. `is_readers`: its reader, or their collaborative, does it.
    """

    work: Work
    is_taken: bool = False
    by: str | None = None
    said_by: str | None = None
    is_readers: bool = False


@dataclass(frozen=True)
class DutiesSeen:
    """All there is to do for a meeting. `is_host`: its reader decides for the host."""

    meeting: MeetingSeen
    duties: tuple[DutySeen, ...]
    notes: NotesTaken = NOBODY_TAKES_NOTES
    is_host: bool = False
    is_closed: bool = False


def seen_duties(
    meeting: Meeting, taken: Mapping[Work, Duty], audience: Audience = EVERYBODY
) -> tuple[DutySeen, ...]:
    """Each, taken or not."""
    return tuple(
        _seen_duty(meeting, taken[work], audience) if work in taken else DutySeen(work) for work in Work
    )


def _seen_duty(meeting: Meeting, duty: Duty, audience: Audience) -> DutySeen:
    thing = Thing("duty", duty.id, Level.HOSTS, host_id=meeting.host_id)
    whose, person = duty.whose, duty.taken_by.name
    said_by = person if whose and audience.may_see(thing) else None
    return DutySeen(duty.work, is_taken=True, by=whose.name if whose else person, said_by=said_by)
