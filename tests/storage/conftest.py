"""Two consortia that look alike: what is asked of one must not find the other's."""

import pickle
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from storage.consortia import Consortium
from storage.database import Database
from storage.tenancy import Session, enter
from tests.builders import a_consortium
from tests.keys import RING
from tests.servers import Databases
from tests.storage.twins import Twins, two_of_them


@dataclass(frozen=True)
class Home:
    database: Database
    twins: bytes
    """As they are before anybody touches them."""


@pytest.fixture(scope="session")
def home(databases: Databases, migrated: str) -> Iterator[Home]:
    """Where the twins live."""
    database = Database(databases.create(migrated), RING)
    with database.transaction() as session:
        twins = pickle.dumps(two_of_them(session))
    yield Home(database, twins)
    database.close()


@pytest.fixture
def twins(home: Home) -> Twins:
    ours_and_theirs: Twins = pickle.loads(home.twins)  # noqa: S301 - our own
    return ours_and_theirs


@pytest.fixture
def among_twins(home: Home, twins: Twins) -> Iterator[Session]:
    """It sees ours, and takes back after the test what was done there."""
    ours, _theirs = twins
    with Session(home.database.engine, expire_on_commit=False, info={"keys": RING}) as session:
        enter(session, ours.consortium.id)
        yield session


@pytest.fixture
def ours(session: Session, others: Consortium) -> Consortium:
    """The one that the session sees."""
    consortium = a_consortium(session)
    enter(session, consortium.id)
    return consortium


@pytest.fixture
def others(session: Session) -> Consortium:
    return a_consortium(session, team_id="T0NOISE")
