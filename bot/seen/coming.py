"""Who comes to a meeting as an audience sees it: everybody reads numbers, its host alone who they are and what they need."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.audiences import Audience, Level, Thing
from bot.seen.lists import Seen
from bot.seen.meetings import MeetingSeen
from bot.seen.settings import CollaborativeSeen
from storage.coming import Coming, Need, Party
from storage.consortia import Collaborative

__all__ = [
    "Need",
    "OwnComingSeen",
    "ToTellSeen",
    "Told",
    "WhoComesSeen",
]  # for those that draw, which import no storage


@dataclass(frozen=True)
class OwnComingSeen:
    """A meeting, and what its reader said of it: `comes` is None if they said nothing."""

    meeting: MeetingSeen
    comes: bool | None
    takes_notes: bool = False


@dataclass(frozen=True)
class Told:
    """What somebody tells of a meeting: of themselves, and how many their collaborative brings, as far as they know.

    `knows` has the ids of the collaboratives whose people they have worked with. `collaborative_id`: with which they are, if they say it only now.
    """

    is_new: bool = False
    needed: frozenset[Need] = frozenset()
    more: str | None = None
    knows: frozenset[int] = frozenset()
    people: int | None = None
    new: int | None = None
    who_is_new: str | None = None
    collaborative_id: int | None = None

    @property
    def is_of_oneself(self) -> bool:
        """Whether it tells anything beside how many come."""
        return bool(self.is_new or self.needed or self.more or self.knows)


@dataclass(frozen=True)
class ToTellSeen:
    """What was told of a meeting, as the form shows it. `collaborative` is that of its reader, `all` are those there are, by id."""

    meeting: MeetingSeen
    told: Told
    collaborative: str | None
    all: tuple[CollaborativeSeen, ...]


@dataclass(frozen=True)
class GuestSeen:
    """Somebody who comes, as the host sees them. `knows` names collaboratives."""

    name: str | None
    collaborative: str | None
    is_new: bool
    knows: tuple[str, ...]
    needed: frozenset[Need]
    more: str | None


@dataclass(frozen=True)
class NotesTaken:
    """Who takes notes. `by_reader`: its reader does. `names` are for the host alone, `count` for everybody."""

    count: int = 0
    by_reader: bool = False
    names: tuple[str | None, ...] = ()


NOBODY_TAKES_NOTES = NotesTaken()
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

    `before_it_moved`: how many said that they come on a day on which it is no more.
    """

    meeting: MeetingSeen
    parties: tuple[PartySeen, ...]
    comes: bool | None
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
    """`names` are the collaboratives by id: who is in none of them any more is known by nobody there."""
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
    people = said.people if said else None
    if people is None and not coming:
        return None
    may_read = said is not None and audience.may_see(Thing("party", said.id, Level.HOSTS, host_id=host_id))
    return PartySeen(
        name=collaborative.name if collaborative else None,
        people=max(people or 0, len(coming)),
        new=max((said.new if said else None) or 0, sum(one.is_new for one in coming)),
        who_is_new=said.who_is_new if said and may_read else None,
    )
