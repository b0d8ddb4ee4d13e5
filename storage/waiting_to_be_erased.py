"""Who waits to be erased until a legal hold ends."""

from sqlalchemy import func, select

from storage.people import Person
from storage.tenancy import Session

_WANT_TO_BE_ERASED = Person.erasure_wanted_at.is_not(None)


def those_who_want_to_be_erased(session: Session) -> list[Person]:
    """In the order in which they asked."""
    return list(
        session.scalars(
            select(Person).where(_WANT_TO_BE_ERASED).order_by(Person.erasure_wanted_at, Person.id)
        )
    )


def count_those_who_want_to_be_erased(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Person).where(_WANT_TO_BE_ERASED)) or 0
