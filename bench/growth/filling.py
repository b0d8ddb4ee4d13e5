"""A consortium that has met for years: so many items, posts and tips, written straight into the tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, inspect

from bench import cast
from bot.consortia import apply
from bot.people import Actor
from bot.plan.plan import read_plan
from storage.consortia import Consortium, rotation
from storage.items import Item, ItemState
from storage.meetings import Meeting, MeetingState, meetings_from
from storage.people import Who, person_met
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import Session, across_consortia, own
from storage.tips import Tip, folded

RARE, COMMON = "xylophone", "call"
A_QUARTER = timedelta(days=91)
AT_ONCE = 5_000
"""Rows in one statement."""


@dataclass(frozen=True)
class Size:
    """How much there is: `items` of past meetings, `coming` of the next, `own` of the one person who asks; and `others`, consortia that have bots of their own."""

    meetings: int
    items: int
    coming: int
    own: int
    tips: int
    others: int


MANY = Size(meetings=100, items=100_000, coming=500, own=2_000, tips=10_000, others=100_000)
FEW = Size(meetings=1, items=1_000, coming=5, own=20, tips=100, others=1_000)
"""A hundredth of the many."""


def fill(session: Session, size: Size, now: datetime) -> Consortium:
    """Set a consortium up, and give it its past. A third of what comes waits, a third is on the agenda, a third is held."""
    consortium = apply(session, read_plan(cast.consortium(now.date())), now)
    people = [person_met(session, Who(cast.TEAM, user_id)) for user_id in cast.CROWD]
    session.flush()
    asks, *others = [person.id for person in people]
    past = _meetings(session, size.meetings, now)
    (coming,) = [meeting.id for meeting in meetings_from(session, now.date())]
    old = [_item(past[n % len(past)], others[n % len(others)], n, now) for n in range(size.items - size.own)]
    mine = [_item(past[n % len(past)], asks, size.items + n, now) for n in range(size.own)]
    states = (ItemState.WAITING, ItemState.ON_AGENDA, ItemState.HELD)
    new = [
        _item(coming, others[n % len(others)], 2 * size.items + n, now)
        | {"state": states[n % 3], "told_at": now}
        for n in range(size.coming)
    ]
    _write_others(session, consortium, size.others)
    _write(session, Item, [*old, *mine, *new])
    _write(session, Post, list(_posts(size.items, now)))
    _write(session, Tip, [_tip(others[n % len(others)], n, now) for n in range(size.tips)])
    return consortium


def actor(session: Session, consortium: Consortium, user_id: str) -> Actor:
    return Actor(consortium, person_met(session, Who(cast.TEAM, user_id)))


def _meetings(session: Session, number: int, now: datetime) -> list[int]:
    hosts = rotation(session)
    held = [
        Meeting(
            host=hosts[n % len(hosts)],
            day=now.date() - (n + 1) * A_QUARTER,
            starts=time(10),
            minutes=120,
            office="Here",
            state=MeetingState.SET,
            known_since=now,
            revised_at=now,
            is_over_noticed=True,
            consortium_id=own(session),
        )
        for n in range(number)
    ]
    for meeting in held:
        meeting.host_id = meeting.host.id
    session.add_all(held)
    session.flush()
    return [meeting.id for meeting in held]


def _item(meeting_id: int, proposer_id: int, number: int, now: datetime) -> dict[str, Any]:
    brought = now - timedelta(days=100, seconds=number)
    return {
        "meeting_id": meeting_id,
        "proposer_id": proposer_id,
        "title": f"Budget cuts {number} and how we respond",
        "minutes": 10,
        "state": ItemState.ON_AGENDA,
        "is_late": False,
        "came_up": False,
        "is_carried_over": False,
        "position": number,
        "created_at": brought,
        "submitted_at": brought,
        "decided_at": brought,
        "decisions": 1,
        "tellings": 1,
        "told_at": brought,
    }


def _posts(items: int, now: datetime) -> Iterator[dict[str, Any]]:
    """Of each item a card and an outcome, both sent long ago."""
    sent = now - timedelta(days=90)
    for number in range(2 * items):
        kind = (PostKind.CARD, PostKind.OUTCOME)[number % 2]
        yield {
            "key": f"bench:{number}",
            "kind": kind,
            "subject_id": number // 2 + 1,
            "place": cast.CROWD[number % len(cast.CROWD)],
            "due_at": sent,
            "state": PostState.SENT,
            "reference": f"{number:032}",
            "wanted_version": 1,
            "shown_version": 1,
            "tried_version": 1,
            "fence": 1,
            "attempts": 0,
            "hindrances": 0,
            "may_be_there": False,
            "ts": f"{number}.000001",
            "sent_at": sent,
        }


def _tip(person_id: int, number: int, now: datetime) -> dict[str, Any]:
    word = RARE if number == 0 else COMMON
    text = f"For question {number} {word} the department before nine, and ask for the form."
    return {
        "person_id": person_id,
        "topic": "City departments",
        "text": text,
        "findable": folded(f"City departments\n{text}"),
        "created_at": now - timedelta(days=100) + timedelta(seconds=number),
    }


def _write_others(session: Session, like: Consortium, number: int) -> None:
    columns = [column.key for column in inspect(Consortium).column_attrs if column.key != "id"]
    alike = {name: getattr(like, name) for name in columns}
    others = [alike | {"team_id": f"T{n}", "channel_id": f"C{n}", "namespace": f"{n}"} for n in range(number)]
    for start in range(0, number, AT_ONCE):
        session.execute(insert(Consortium), others[start : start + AT_ONCE])


def _write(session: Session, record: type[Any], rows: list[dict[str, Any]]) -> None:
    ours = {"consortium_id": own(session)}
    with across_consortia(session):
        for start in range(0, len(rows), AT_ONCE):
            session.execute(insert(record), [row | ours for row in rows[start : start + AT_ONCE]])
