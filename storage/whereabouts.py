"""Whereabouts: who is in the shared channel, as far as Slack has told."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select, update

from storage.people import Person, Whereabouts
from storage.tenancy import Session


def doubt(session: Session, since: datetime, *, but_of: str | None = None) -> None:
    """Of these people nobody knows whether they are in the shared channel: all, or all but those of this workspace."""
    doubting = update(Person)
    if but_of is not None:
        doubting = doubting.where(Person.team_id != but_of)
    session.execute(doubting.values(doubted_at=since))


def everybodys_whereabouts(session: Session) -> dict[int, Whereabouts]:
    rows = session.execute(select(Person.id, Person.left_at, Person.doubted_at))
    return {person_id: Whereabouts(left_at, doubted_at) for person_id, left_at, doubted_at in rows}


def note_members(
    session: Session, user_ids: Collection[str], stood: Mapping[int, Whereabouts], now: datetime
) -> None:
    """These were in the shared channel, as Slack says, and nobody else was. `stood`: what was known when it was asked; what became known since is newer."""
    everybody = select(Person).order_by(Person.id).with_for_update(key_share=True, of=Person)
    for person in session.scalars(everybody.execution_options(populate_existing=True)):
        if person.whereabouts == stood.get(person.id):
            person.doubted_at = None
            person.left_at = None if person.user_id in user_ids else person.left_at or now
    session.flush()
