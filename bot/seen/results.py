"""What became of a meeting's items, as an audience sees it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.audiences import Audience, Level, Thing
from bot.seen.follow_ups import FollowUpSeen, seen_follow_ups
from bot.seen.items import ItemSeen, seen_item
from bot.seen.lists import Seen, seen_of
from bot.seen.meetings import MeetingSeen
from storage.attendance import Attendance
from storage.follow_ups import FollowUp
from storage.items import TAKEN_OFF, Item
from storage.meetings import Meeting
from storage.results import Became, Result

__all__ = [
    "AfterSeen",
    "Became",
    "NotesSeen",
    "NotesStand",
    "ResultSeen",
]  # for those that draw, which import no storage


class NotesStand(Enum):
    """Where the notes of a meeting stand."""

    TO_SEND = "its host sends them, or their hour does"
    REFUSED = "Slack did not take them: its host may send them once more"
    ON_THEIR_WAY = "they are sent as soon as a message may make a sound and the channel takes it"
    SENT = "they are there, and say what is changed afterwards"
    LEFT_BEHIND = "they are in a shared channel of before, and stay as they are"


@dataclass(frozen=True)
class ResultSeen:
    """An item that was on a meeting's agenda. `became` is None as long as nobody has said; `outcome` is what came of it, in a line.

    `follow_ups` are what people are to do about it. `comes_up_again`: a copy was brought, and its author has not taken it back.
    """

    item: ItemSeen
    became: Became | None = None
    outcome: str | None = None
    follow_ups: tuple[FollowUpSeen, ...] = ()
    comes_up_again: bool = False

    @property
    def is_for_notes(self) -> bool:
        """Whether something is written down of it that still holds: what its author took back goes on to no meeting."""
        goes_nowhere = self.became is Became.NOT_REACHED and self.item.state in TAKEN_OFF
        return self.became is not None and not goes_nowhere


@dataclass(frozen=True)
class CameSeen:
    """How many people of a collaborative came; None: nobody has said."""

    id: int
    name: str
    people: int | None


@dataclass(frozen=True)
class ToCountSeen:
    """A meeting, and the collaboratives of which somebody may have come to it."""

    meeting: MeetingSeen
    asked: tuple[CameSeen, ...]


@dataclass(frozen=True)
class AfterSeen:
    """What became of a meeting's items, as its host writes it down: a page of them, by its number from 0.

    `unsaid` counts the items of which nobody has said anything. `came`: those of which somebody has said how many came. `goes_at` is when the notes are sent by themselves, if they are yet to be.
    """

    meeting: MeetingSeen
    timezone: str
    results: Seen[ResultSeen]
    page: int
    unsaid: int
    notes: NotesStand
    goes_at: datetime | None
    came: tuple[CameSeen, ...] = ()

    @property
    def may_send(self) -> bool:
        """Whether there is something to send, and nobody has."""
        return self.has_something and self.notes in (NotesStand.TO_SEND, NotesStand.REFUSED)

    @property
    def has_something(self) -> bool:
        """Whether anything is written down."""
        return self.unsaid < self.results.count or bool(self.came)


@dataclass(frozen=True)
class NotesSeen:
    """The notes of a meeting, for everybody: those of its items of which something is written down, and how many `came`."""

    meeting: MeetingSeen
    results: Seen[ResultSeen]
    came: tuple[CameSeen, ...] = ()

    def that(self, *became: Became) -> list[ResultSeen]:
        return [one for one in self.results.shown if one.became in became]


def seen_attendance(attendance: Iterable[Attendance]) -> tuple[CameSeen, ...]:
    """Counts are everybody's: they name nobody."""
    return tuple(CameSeen(one.collaborative_id, one.collaborative.name, one.people) for one in attendance)


def seen_results(
    items: Iterable[Item],
    results: dict[int, Result],
    follow_ups: Iterable[FollowUp],
    meeting: Meeting,
    audience: Audience,
    *,
    are_everybodys: bool,
) -> Seen[ResultSeen]:
    """`are_everybodys`: the notes were sent. Before, only those who decide for the host see what became of an item."""
    by_item: defaultdict[int, list[FollowUp]] = defaultdict(list)
    for one in follow_ups:
        by_item[one.item_id].append(one)
    return seen_of(
        _seen(
            item,
            results.get(item.id),
            seen_follow_ups(by_item[item.id], audience, are_everybodys=are_everybodys).shown,
            meeting,
            audience,
            are_everybodys=are_everybodys,
        )
        for item in items
    )


def _seen(
    item: Item,
    result: Result | None,
    follow_ups: tuple[FollowUpSeen, ...],
    meeting: Meeting,
    audience: Audience,
    *,
    are_everybodys: bool,
) -> ResultSeen | None:
    seen = seen_item(item, audience)
    if seen is None:
        return None
    level = Level.EVERYBODY if are_everybodys else Level.HOSTS
    if result is None or not audience.may_see(Thing("result", result.id, level, host_id=meeting.host_id)):
        return ResultSeen(seen, follow_ups=follow_ups)
    return ResultSeen(seen, result.became, result.outcome, follow_ups, result.comes_up_again)
