"""Erasing a person waits while a legal hold lasts, and is done when it has ended."""

from collections.abc import Sequence
from datetime import datetime

from bot.leaving import Neutral, erase
from bot.legal_holds import hold_seen, lasting_hold, redraw_holds
from bot.seen.legal_holds import HoldSeen
from storage.consortia import Consortium, Places, consortium_at
from storage.people import Person
from storage.rows_of_people import one_by_one
from storage.tenancy import Session
from storage.waiting_to_be_erased import count_those_who_want_to_be_erased, those_who_want_to_be_erased


def erase_after_holds(
    session: Session, consortium: Consortium, people: Sequence[Person], neutral: Neutral, now: datetime
) -> HoldSeen | None:
    """Erase these, who are one. While a legal hold lasts they wait for its end, and it is given."""
    consortium_at(session, consortium.id, Places.CHANGE)
    if lasting_hold(session, consortium, now) is None:
        erase(session, consortium, people, neutral, now)
        return None
    for person in people:
        person.erasure_wanted_at = person.erasure_wanted_at or now
    session.flush()
    redraw_holds(session, consortium, now)
    return hold_seen(session, consortium, now)


def wait_no_more(session: Session, consortium: Consortium, people: Sequence[Person], now: datetime) -> None:
    """They take back that they want to be erased."""
    for person in people:
        person.erasure_wanted_at = None
    session.flush()
    redraw_holds(session, consortium, now)


def is_somebody_to_be_erased(session: Session, consortium: Consortium, now: datetime) -> bool:
    """Whether anybody has waited for the end of a hold, and none lasts."""
    return count_those_who_want_to_be_erased(session) > 0 and lasting_hold(session, consortium, now) is None


def erase_those_who_waited(session: Session, consortium: Consortium, now: datetime, neutral: Neutral) -> None:
    """Nobody waits any more once the hold has ended."""
    if lasting_hold(session, consortium, now) is not None:
        return
    for people in one_by_one(those_who_want_to_be_erased(session)):
        erase(session, consortium, people, neutral, now)
