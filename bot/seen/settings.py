"""A consortium's settings, as its admins see them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import time

from bot.seen.legal_holds import HoldSeen
from bot.seen.meetings import MeetingSeen
from storage.consortia import Collaborative, Consortium
from storage.people import Person, Who

__all__ = ["Who"]  # from storage, which those that draw don't import


@dataclass(frozen=True)
class PersonSeen:
    """Somebody in Slack; `name` is None where nobody knows it. `can_act`: they can do what they are named here for."""

    who: Who
    name: str | None
    can_act: bool = True


@dataclass(frozen=True)
class CollaborativeSeen:
    id: int
    name: str
    office: str
    position: int | None


@dataclass(frozen=True)
class SeatSeen:
    """A collaborative with its people, and the channel in which its curators are asked, if they have one of their own."""

    collaborative: CollaborativeSeen
    curators: tuple[PersonSeen, ...]
    members: tuple[PersonSeen, ...]
    channel_id: str | None = None


@dataclass(frozen=True)
class ConsortiumSeen:
    """`call_days` and `closes_days_before` count days before a meeting; hours are local to `timezone`.

    `called_one`, `called_many`: its own word for a collaborative, and for several; None: the usual one.
    """

    id: int
    name: str
    channel_id: str
    timezone: str
    call_days: tuple[int, ...]
    call_at: time
    closes_days_before: int
    digest_weekday: str
    digest_at: time
    told_at: time
    told_after_minutes: int | None
    is_quiet: bool
    called_one: str | None = None
    called_many: str | None = None


@dataclass(frozen=True)
class SettingsSeen:
    """All that is set up. `held_up_by` is Slack's word for why the bot could not post in the shared channel. `hold`: the legal hold that lasts."""

    consortium: ConsortiumSeen
    admins: tuple[PersonSeen, ...]
    seats: tuple[SeatSeen, ...]
    meetings: tuple[MeetingSeen, ...]
    held_up_by: str | None = None
    hold: HoldSeen | None = None


@dataclass(frozen=True)
class HostingSeen:
    """A meeting whose host is to be another: who could host it, and with whose meetings it could be exchanged."""

    meeting: MeetingSeen
    hosts: tuple[CollaborativeSeen, ...]
    others: tuple[MeetingSeen, ...]


@dataclass(frozen=True)
class ToSwapSeen:
    """Whom the host of a meeting could ask to host it. For those `answered_by_admins` nobody is named who decides."""

    choice: HostingSeen
    answered_by_admins: tuple[str, ...] = ()


@dataclass(frozen=True)
class TakingOutSeen:
    """A collaborative that is to host no more: the meetings that it was to host, and who is left."""

    collaborative: CollaborativeSeen
    meetings: tuple[MeetingSeen, ...]
    others: tuple[CollaborativeSeen, ...]


def seen_consortium(consortium: Consortium) -> ConsortiumSeen:
    return ConsortiumSeen(
        id=consortium.id,
        name=consortium.name,
        channel_id=consortium.channel_id,
        timezone=consortium.timezone,
        call_days=tuple(consortium.call_days),
        call_at=consortium.call_at,
        closes_days_before=consortium.closes_days_before,
        digest_weekday=consortium.digest_weekday,
        digest_at=consortium.digest_at,
        told_at=consortium.told_at,
        told_after_minutes=consortium.told_after_minutes,
        is_quiet=consortium.is_quiet,
        called_one=consortium.called_one,
        called_many=consortium.called_many,
    )


def seen_collaborative(collaborative: Collaborative) -> CollaborativeSeen:
    return CollaborativeSeen(
        collaborative.id, collaborative.name, collaborative.office, collaborative.position
    )


def seen_people(people: Iterable[Person], powerless: Collection[Person] = ()) -> tuple[PersonSeen, ...]:
    return tuple(PersonSeen(person.who, person.name, person not in powerless) for person in people)
