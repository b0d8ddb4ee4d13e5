"""Who else wants to talk about an item, as an audience sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.audiences import Audience
from bot.seen.agenda import AgendaSeen
from bot.seen.items import NOBODY_ELSE, ItemSeen, ItemState, Names
from bot.seen.knowing import may_know_together, may_see
from bot.seen.lists import Seen
from storage.items import Item
from storage.people import Person

LISTED = (ItemState.ON_AGENDA, ItemState.WAITING, ItemState.HELD)
"""What is to be talked about, in the order in which it is shown."""


@dataclass(frozen=True)
class ToSaySeen:
    """A page of what others brought, and the ids of the items of which the reader says “Me too”. `gone`: of so many they can't say so any more."""

    agenda: AgendaSeen
    said: frozenset[int]
    gone: int = 0

    @property
    def lists(self) -> dict[ItemState, Seen[ItemSeen]]:
        """What is shown of it, by how it stands."""
        return {state: self.agenda.lists.get(state, Seen()) for state in LISTED}

    @property
    def has_more(self) -> bool:
        """Whether there are further pages."""
        return any(items.more for items in self.lists.values())

    @property
    def items(self) -> tuple[ItemSeen, ...]:
        return tuple(item for items in self.lists.values() for item in items.shown)


def known_together(item: Item, audience: Audience) -> list[Item]:
    """The item, and what goes together with it as far as the audience may know."""
    return [item, *(one for one in item.goes_with if may_know_together(item, one, audience))]


def seen_me_too(item: Item, said: Mapping[int, Sequence[Person]], audience: Audience) -> Names:
    """The names of all who say it of the item, or of what goes together with it. Whoever brought one of these is not among them."""
    if not may_see(item, audience):
        return NOBODY_ELSE
    together = known_together(item, audience)
    authors = {one.proposer_id for one in together}
    people = {person.id: person for one in together for person in said.get(one.id, ())}
    return tuple(person.name for person in people.values() if person.id not in authors)
