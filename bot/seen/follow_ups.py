"""Follow-ups as an audience sees them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.audiences import Audience, Level, Thing
from bot.seen.items import seen_item
from bot.seen.lists import Seen, seen_of
from bot.seen.meetings import MeetingSeen, seen_meeting
from storage.follow_ups import FollowUp
from storage.people import Who


@dataclass(frozen=True)
class FollowUpSeen:
    """What somebody is to do, out of which item of which meeting, if its reader may see that: `due_on` is the local day that was agreed, `day` the owner's own.

    `edition` tells what the host has written by now from what was read before.
    `owner` is a name, or None where nobody has it: `declined_by` is then the name of whoever said that it is not theirs, if they are still there.
    """

    id: int
    edition: int
    words: str
    owner: str | None
    due_on: date
    day: date
    item: str | None
    item_id: int
    meeting: MeetingSeen
    declined_by: str | None = None
    is_done: bool = False
    is_declined: bool = False

    @property
    def is_open(self) -> bool:
        return not (self.is_done or self.is_declined)


@dataclass(frozen=True)
class ToAgreeSeen:
    """A follow-up as its form shows it, with nothing said where it is new. `due_on` is proposed, or was agreed. `item`: if its reader may see that. `channel_id`: the shared channel, which its owner has to be in."""

    item: str | None
    due_on: date
    channel_id: str
    words: str | None = None
    owner: Who | None = None


@dataclass(frozen=True)
class OwnFollowUpsSeen:
    """A page of what a person has to do, by its number from 0. `today` is the consortium's local day."""

    follow_ups: Seen[FollowUpSeen]
    page: int
    today: date


@dataclass(frozen=True)
class AskedToFollowUpSeen:
    """What its owner is reminded of. `follow_up` is None where they do not have it any more."""

    follow_up: FollowUpSeen | None
    today: date


@dataclass(frozen=True)
class DeclinedSeen:
    """What its owner gave back. `follow_up` is None where it was taken out; `is_for_hosts`: those who read it may give it to somebody."""

    follow_up: FollowUpSeen | None
    is_for_hosts: bool


def seen_follow_ups(
    follow_ups: Iterable[FollowUp], audience: Audience, *, are_everybodys: bool = False
) -> Seen[FollowUpSeen]:
    """`are_everybodys`: the notes were sent. Before, only its owner and those who decide for the host see one."""
    return seen_of(seen_follow_up(one, audience, are_everybodys=are_everybodys) for one in follow_ups)


def seen_follow_up(
    follow_up: FollowUp, audience: Audience, *, are_everybodys: bool = False
) -> FollowUpSeen | None:
    level = Level.EVERYBODY if are_everybodys else Level.AUTHOR_AND_HOSTS
    host_id = follow_up.meeting.host_id
    thing = Thing("follow-up", follow_up.id, level, author_id=follow_up.owner_id, host_id=host_id)
    if not audience.may_see(thing):
        return None
    is_there = follow_up.owner.takes_part and follow_up.owner.left_at is None
    name, item = follow_up.owner.name, seen_item(follow_up.item, audience)
    return FollowUpSeen(
        id=follow_up.id,
        edition=follow_up.edition,
        words=follow_up.words,
        owner=None if follow_up.is_declined else name,
        due_on=follow_up.due_on,
        day=follow_up.day,
        item=item.title if item else None,
        item_id=follow_up.item_id,
        meeting=seen_meeting(follow_up.meeting),
        declined_by=name if follow_up.is_declined and is_there else None,
        is_done=follow_up.done_at is not None,
        is_declined=follow_up.is_declined,
    )
