"""Who is to talk about an item separately: whoever brought it, and all who said “Me too”, as long as they are there."""

from collections.abc import Iterable

from bot.audiences import EVERYBODY
from bot.seen.me_too import known_together
from storage.items import Item
from storage.me_too import those_who_say_me_too
from storage.people import Person
from storage.tenancy import Session


def talkers_about(session: Session, item: Item) -> list[Person]:
    """Those who brought it first, also what goes together with it; then all others in the order in which they said so."""
    together = known_together(item, EVERYBODY)
    said = those_who_say_me_too(session, [one.id for one in together])
    people = [
        *(one.proposer for one in together),
        *(person for one in together for person in said.get(one.id, ())),
    ]
    return [person for person in dict.fromkeys(people) if person.takes_part and person.left_at is None]


def ids_of(people: Iterable[Person]) -> tuple[str, ...]:
    """By which Slack knows them, and draws their names."""
    return tuple(person.user_id for person in people)
