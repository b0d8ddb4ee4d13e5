"""A collaborative leaves: all that is kept about it and its people is given to it, or erased."""

from datetime import datetime
from itertools import chain
from typing import Any

from bot.doors import redraw_doors
from bot.errors import UserError
from bot.leaving import Neutral, erase, everything_about
from bot.legal_holds import must_not_be_held
from bot.timetable import first_day_to_come
from storage.consortia import Collaborative, Consortium, Places, consortium_at
from storage.erasures import note_down, note_of_collaborative
from storage.exports import rows_of_collaborative
from storage.former_collaboratives import Unnamed, forget_collaborative, meetings_hosted_by
from storage.people import Person, members
from storage.rows_of_people import one_by_one, own_rows
from storage.tenancy import Session
from storage.traces import posts_that_name

__all__ = ["Unnamed", "erase_collaborative", "everything_of_collaborative", "its_people"]


def its_people(session: Session, collaborative: Collaborative) -> list[list[Person]]:
    """Each with all their rows."""
    rows = dict.fromkeys(
        row for person in members(session, collaborative) for row in own_rows(session, person)
    )
    return one_by_one([*rows])


def everything_of_collaborative(
    session: Session, consortium: Consortium, collaborative: Collaborative
) -> dict[str, list[dict[str, Any]]]:
    """Its own rows by table, and what is kept about each of its people, by what that is to them."""
    found = {f"its {table}": rows for table, rows in rows_of_collaborative(session, collaborative).items()}
    for person in chain.from_iterable(its_people(session, collaborative)):
        about = everything_about(session, consortium, person)
        for called, rows in about.items():
            if called != "consortium":
                of = {"of": person.name or person.user_id}
                found.setdefault(called, []).extend(of | row for row in rows)
    return {called: rows for called, rows in found.items() if rows}


def erase_collaborative(
    session: Session,
    consortium: Consortium,
    collaborative: Collaborative,
    neutral: Neutral,
    unnamed: Unnamed,
    now: datetime,
) -> None:
    """Take away all that is kept about it and its people. Its past meetings stay, and tell neither its name nor its address.

    Raises UserError while it has its place in hosting order, hosts a meeting to come, or a legal hold lasts.
    """
    consortium_at(session, consortium.id, Places.CHANGE)
    _must_have_left(session, consortium, collaborative, now)
    erase_what_is_left(session, consortium, collaborative, neutral, unnamed, now)


def erase_what_is_left(
    session: Session,
    consortium: Consortium,
    collaborative: Collaborative,
    neutral: Neutral,
    unnamed: Unnamed,
    now: datetime,
) -> None:
    """The same, wherever it stands: a restored backup may not know that it left."""
    note_down(session, [note_of_collaborative(session, collaborative)], now)
    for person in its_people(session, collaborative):
        erase(session, consortium, person, neutral, now)
    for post in posts_that_name(session, collaborative):
        post.loses_words(now)
    forget_collaborative(session, collaborative, unnamed)
    redraw_doors(session, consortium.id)


def _must_have_left(
    session: Session, consortium: Consortium, collaborative: Collaborative, now: datetime
) -> None:
    must_not_be_held(session, consortium, now)
    if collaborative.position is not None:
        raise UserError(
            "{name} still has its place in hosting order. An admin takes it out first, in /agenda setup.",
            name=collaborative.name,
        )
    to_come = [
        one
        for one in meetings_hosted_by(session, collaborative)
        if one.day >= first_day_to_come(consortium, now)
    ]
    if to_come:
        raise UserError(
            "{name} hosts on {day}. Give that meeting another host first.",
            name=collaborative.name,
            day=to_come[0].day,
        )
