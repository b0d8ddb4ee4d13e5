"""A clock that was ahead is set right: what it put off is brought back, and a card says until when its decision can be undone."""

from datetime import datetime, timedelta

import pytest

from bot import clock_set_back
from bot.consortia import apply
from bot.decisions import add_to_agenda
from bot.items import Proposal, edit, propose
from bot.people import Actor, meet
from bot.word_to_proposers import outcome_key
from handlers.delivery.kinds import NOISES
from storage.consortia import Places, consortium_at, consortium_of
from storage.database import Database
from storage.inbox import Deed, hear
from storage.people import Who
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import Session
from tests.builders import Scene, a_plan, post_at
from tests.clock import FrozenClock
from tests.story import OURS, set_up

LEASE, SETTLE = timedelta(seconds=120), timedelta(seconds=90)
SIX_DAYS = timedelta(days=6)
on_postgres = pytest.mark.parametrize("databases", ["postgres"], indirect=True, scope="session")


def actor(session: Session, user_id: str, places: Places = Places.STAY) -> Actor:
    consortium = consortium_of(session, "T0SISTER", places)
    assert consortium is not None
    return meet(session, consortium, Who("T0SISTER", user_id), None)


def tick(database: Database, now: datetime) -> None:
    with database.transaction(OURS) as session:
        ours = consortium_at(session, OURS, Places.STAY)
        clock_set_back.take_back(session, ours, now, LEASE, SETTLE, NOISES)


def due_of_new_curator(database: Database, item_id: int) -> datetime:
    with database.transaction(OURS) as session:
        card = session.query(Post).filter_by(kind=PostKind.CARD, subject_id=item_id, place="U0NEW").one()
        return card.due_at


@on_postgres
def test_what_somebody_holds_at_the_first_right_tick_is_brought_back_at_the_next(
    database: Database, clock: FrozenClock
) -> None:
    set_up(database, clock)
    now, ahead = clock(), clock() + SIX_DAYS
    with database.transaction(OURS) as session:
        item_id = propose(session, actor(session, "U0MEMBER"), [Proposal("Budget")], now).items[0].id
    with database.transaction(OURS) as session:
        admin = actor(session, "U0ADMIN", Places.CHANGE)
        hear(session, "a form", Deed(admin.person.id, "view setup", None), ahead)
        apply(session, a_plan(**{'"U0CURATOR", "U0DEPUTY"': '"U0CURATOR", "U0DEPUTY", "U0NEW"'}), ahead)
    with database.transaction(OURS) as session:
        edit(session, actor(session, "U0MEMBER"), item_id, Proposal("Budget cuts"), 3000, now)
        session.flush()
        tick(database, now)
    assert due_of_new_curator(database, item_id) == ahead
    tick(database, now)
    assert due_of_new_curator(database, item_id) <= now + timedelta(minutes=5)


def test_where_the_time_for_undoing_is_shorter_by_now_the_card_says_so(scene: Scene) -> None:
    scene.consortium.told_after_minutes = 1440
    item = scene.propose()
    add_to_agenda(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    [card, *_] = scene.posts(PostKind.CARD, about=item.id)
    said = card.wanted_version
    scene.consortium.told_after_minutes = 5
    clock_set_back.take_back(scene.session, scene.consortium, scene.now, LEASE, SETTLE, NOISES)
    scene.session.flush()
    scene.session.expire_all()
    assert post_at(scene.session, outcome_key(item)).due_at == scene.now + timedelta(minutes=5)
    assert card.wanted_version > said
