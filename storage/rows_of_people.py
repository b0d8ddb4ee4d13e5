"""Rows of people: somebody may be known under several workspaces, and each is a row until Slack has told that they are one."""

from collections.abc import Sequence

from storage.people import Person, people_behind
from storage.tenancy import Session


def own_rows(session: Session, person: Person) -> list[Person]:
    """Theirs, and those under their user id of whom Slack has never told whose they are."""
    behind = people_behind(session, person.user_id)
    return [person, *(one for one in behind if one.id != person.id and one.named_at is None)]


def one_by_one(rows: Sequence[Person]) -> list[list[Person]]:
    """Those rows of one user id are one person."""
    by_user: dict[str, list[Person]] = {}
    for person in rows:
        by_user.setdefault(person.user_id, []).append(person)
    return list(by_user.values())
