"""News and an answer of Slack's that are written down at the same moment: whichever comes first, the news counts."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.channels import Standing, ToAsk, channels_to_ask, note_asked, was_unshared
from bot.participation import Identity, ToAskFor, has_left, look_again, people_to_ask
from bot.participation import note_asked as note_asked_for
from storage.channels import Channel
from storage.consortia import consortium_of
from storage.database import Database
from storage.people import Person, Who
from storage.tenancy import Session
from tests.at_once import Unit, at_once
from tests.clock import FrozenClock
from tests.story import NAMES, OURS, SHARED, set_up

TEAM, CURATOR = "T0SISTER", "U0CURATOR"
TOLD = Identity(TEAM, "Maria Vega", is_bot=False, is_deactivated=False)

Asked = tuple[ToAsk, ToAskFor]
OneOfThem = Callable[[Unit, Unit], tuple[Unit, Unit]]


@pytest.fixture
def asked(database: Database, clock: FrozenClock) -> Asked:
    """A day later Slack is asked about everything."""
    set_up(database, clock)
    clock.passes(hours=25)
    with database.transaction(OURS) as session:
        consortium = consortium_of(session, TEAM)
        assert consortium is not None
        [channel] = channels_to_ask(session, consortium, clock())
        people = people_to_ask(session, clock(), 99, behind=())
        return channel, next(one for one in people if one.user_id == CURATOR)


either_way = pytest.mark.parametrize(
    "order", [lambda one, other: (one, other), lambda one, other: (other, one)], ids=["answer", "news"]
)


def person(database: Database, user_id: str) -> Person:
    with database.transaction(OURS) as session:
        return session.query(Person).filter_by(user_id=user_id).one()


def members_told(asked: Asked, clock: FrozenClock) -> Unit:
    def note(session: Session) -> None:
        consortium = consortium_of(session, TEAM)
        assert consortium is not None
        note_asked(session, consortium, asked[0], Standing(None, frozenset(NAMES)), clock())

    return note


@either_way
def test_who_left(database: Database, clock: FrozenClock, asked: Asked, order: OneOfThem) -> None:
    def leaves(session: Session) -> None:
        has_left(session, TEAM, Who(TEAM, CURATOR), SHARED, clock())

    at_once(database, *order(members_told(asked, clock), leaves), OURS)
    assert person(database, CURATOR).left_at


@either_way
def test_who_left_once_more(database: Database, clock: FrozenClock, asked: Asked, order: OneOfThem) -> None:
    def leaves(session: Session) -> None:
        has_left(session, TEAM, Who(TEAM, CURATOR), SHARED, clock())

    with database.transaction(OURS) as session:
        leaves(session)
        clock.passes(hours=25)
        consortium = consortium_of(session, TEAM)
        assert consortium is not None
        [channel] = channels_to_ask(session, consortium, clock())
    at_once(database, *order(members_told((channel, asked[1]), clock), leaves), OURS)
    assert person(database, CURATOR).left_at


@either_way
def test_who_was_disconnected(database: Database, clock: FrozenClock, asked: Asked, order: OneOfThem) -> None:
    def are_unshared(session: Session) -> None:
        was_unshared(session, TEAM, SHARED, clock())

    at_once(database, *order(members_told(asked, clock), are_unshared), OURS)
    assert person(database, "U0RUTH").doubted_at
    with database.transaction(OURS) as session:
        assert session.query(Channel).filter_by(channel_id=SHARED).one().asked_at is None


@either_way
def test_who_changed(database: Database, clock: FrozenClock, asked: Asked, order: OneOfThem) -> None:
    def is_told(session: Session) -> None:
        consortium = consortium_of(session, TEAM)
        assert consortium is not None
        note_asked_for(session, consortium, asked[1], TOLD, clock())

    def changes(session: Session) -> None:
        look_again(session, TEAM, Who(TEAM, CURATOR))

    at_once(database, *order(is_told, changes), OURS)
    curator = person(database, CURATOR)
    assert (curator.named_at, curator.asked_at) == (None, None)


def test_what_nobody_answered_is_still_to_be_asked(
    database: Database, clock: FrozenClock, asked: Asked
) -> None:
    """The bot that asked was killed."""
    with database.transaction(OURS) as session:
        look_again(session, TEAM, Who(TEAM, CURATOR))
        for _ in range(2):
            clock.passes(seconds=20)
            [first, *_] = people_to_ask(session, clock(), 99, behind=())
            assert first.user_id == CURATOR
            assert first.stood < clock() - timedelta(days=1)
            assert not person_of(session).is_unknown


def person_of(session: Session) -> Person:
    return session.query(Person).filter_by(user_id=CURATOR).one()
