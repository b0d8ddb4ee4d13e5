"""Who comes to a meeting as an audience sees it: everybody reads numbers, its host alone who they are and what they need."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.audiences import Audience, Level, Thing
from bot.seen.duties import NOBODY_TAKES_NOTES, DutySeen, NotesTaken
from bot.seen.lists import Seen
from bot.seen.meetings import MeetingSeen
from bot.seen.settings import CollaborativeSeen
from storage.coming import Coming, Need, Party
from storage.consortia import Collaborative

__all__ = [
    "Need",
    "OwnComingSeen",
    "ToTellOfPartySeen",
    "ToTellSeen",
    "Told",
    "ToldOfParty",
    "WhoComesSeen",
]  # for those that draw, which import no storage


@dataclass(frozen=True)
class OwnComingSeen:
    """A meeting, and what its reader said of it: `comes` is None if they said nothing. `has_collaborative`: it is known which one they are with.

    `told`: how many come of theirs, where they have just told that. `has_told_more`: they have just told the host of themselves.
    """

    meeting: MeetingSeen
    comes: bool | None
    has_collaborative: bool = True
    takes_notes: bool = False
    duties: tuple[DutySeen, ...] = ()
    told: "PartySeen | None" = None
    has_told_more: bool = False


@dataclass(frozen=True)
class Told:
    """What somebody tells of themselves. `knows` has the ids of the collaboratives whose people they have worked with."""

    is_new: bool = False
    needed: frozenset[Need] = frozenset()
    more: str | None = None
    knows: frozenset[int] = frozenset()


@dataclass(frozen=True)
class ToTellSeen:
    """What somebody told of themselves, as the form shows it. `others`: the collaboratives whose people they may know."""

    meeting: MeetingSeen
    told: Told
    others: tuple[CollaborativeSeen, ...]


@dataclass(frozen=True)
class ToldOfParty:
    """How many come of a collaborative, how many of them for the first time, and who these are, as far as anybody said."""

    people: int | None = None
    new: int | None = None
    who_is_new: str | None = None


@dataclass(frozen=True)
class ToTellOfPartySeen:
    """What was told of a collaborative, as the form shows it."""

    meeting: MeetingSeen
    collaborative: str
    told: ToldOfParty


@dataclass(frozen=True)
class GuestSeen:
    """Somebody who comes, as the host sees them. `knows` names collaboratives."""

    name: str | None
    collaborative: str | None
    is_new: bool
    knows: tuple[str, ...]
    needed: frozenset[Need]
    more: str | None


NO_GUESTS: Seen[GuestSeen] = Seen()


@dataclass(frozen=True)
class PartySeen:
    """How many come of a collaborative, and how many of them for the first time. `name` is None of people with none; `who_is_new` is for the host alone."""

    name: str | None
    people: int
    new: int = 0
    who_is_new: str | None = None


@dataclass(frozen=True)
class HeadCount:
    """How many people come, and how many of them for the first time."""

    people: int = 0
    new: int = 0


NOBODY_COMES = HeadCount()


@dataclass(frozen=True)
class WhoComesSeen:
    """All who come. For the host: `guests`, a page of those who said so themselves, and `silent`, collaboratives of which nobody said anything.

    `before_it_moved`: how many were to come, as was said before the meeting moved to another day.
    """

    meeting: MeetingSeen
    parties: tuple[PartySeen, ...]
    comes: bool | None
    has_collaborative: bool = True
    is_host: bool = False
    is_closed: bool = False
    guests: Seen[GuestSeen] = NO_GUESTS
    page: int = 0
    silent: tuple[str, ...] = ()
    before_it_moved: int = 0
    notes: NotesTaken = NOBODY_TAKES_NOTES

    @property
    def head_count(self) -> HeadCount:
        return head_count(self.parties)


def head_count(parties: Iterable[PartySeen]) -> HeadCount:
    known = list(parties)
    return HeadCount(sum(party.people for party in known), sum(party.new for party in known))


def seen_guest(coming: Coming, names: dict[int, str], host_id: int, audience: Audience) -> GuestSeen | None:
    """`names` are those of the collaboratives in the rotation, by id. What left it is not named."""
    thing = Thing("coming", coming.id, Level.AUTHOR_AND_HOSTS, coming.person_id, host_id)
    if not audience.may_see(thing):
        return None
    person = coming.person
    return GuestSeen(
        name=person.name,
        collaborative=person.collaborative.name if person.collaborative else None,
        is_new=coming.is_new,
        knows=tuple(names[one] for one in coming.knows if one in names),
        needed=coming.needed,
        more=coming.more,
    )


def seen_note_takers(
    coming: Iterable[Coming], reader_id: int, host_id: int, audience: Audience
) -> NotesTaken:
    taking = [one for one in coming if one.takes_notes]
    things = {one: Thing("coming", one.id, Level.HOSTS, one.person_id, host_id) for one in taking}
    return NotesTaken(
        count=len(taking),
        by_reader=any(one.person_id == reader_id for one in taking),
        names=tuple(one.person.name for one, thing in things.items() if audience.may_see(thing)),
    )


def seen_parties(
    seats: Iterable[Collaborative],
    coming: Sequence[Coming],
    parties: Sequence[Party],
    host_id: int,
    audience: Audience,
) -> tuple[PartySeen, ...]:
    """Of each collaborative as many as it says, or as have said so themselves if these are more. `seats` are named first."""
    said: dict[Collaborative | None, Party] = {party.collaborative: party for party in parties}
    known = dict.fromkeys([*seats, *said, *(one.person.collaborative for one in coming)])
    seen = (
        _seen_party(
            one, [own for own in coming if own.person.collaborative is one], said.get(one), host_id, audience
        )
        for one in sorted(known, key=lambda one: one is None)
    )
    return tuple(party for party in seen if party)


def _seen_party(
    collaborative: Collaborative | None,
    coming: Sequence[Coming],
    said: Party | None,
    host_id: int,
    audience: Audience,
) -> PartySeen | None:
    """None where nobody has said anything."""
    themselves, new = len(coming), sum(one.is_new for one in coming)
    name = collaborative.name if collaborative else None
    if said is None or (said.people, said.new, said.who_is_new) == (None, None, None):
        return PartySeen(name, themselves, new) if coming else None
    new = max(said.new or 0, new)
    thing = Thing("party", said.id, Level.HOSTS, host_id=host_id)
    return PartySeen(
        name,
        max(said.people or 0, themselves, new),
        new,
        said.who_is_new if audience.may_see(thing) else None,
    )
