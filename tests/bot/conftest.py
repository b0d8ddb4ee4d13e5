"""The consortium of tests/consortium.toml, on both databases, with another one's rows around it."""

from collections.abc import Iterator

import pytest

from storage.database import Database
from storage.tenancy import Session
from tests.builders import Scene, a_scene
from tests.clock import FrozenClock
from tests.keys import RING
from tests.servers import Databases


@pytest.fixture(scope="session")
def staged(databases: Databases, migrated: str) -> Iterator[Database]:
    database = Database(databases.create(migrated), RING)
    with database.transaction() as session:
        a_scene(session, FrozenClock("2026-11-23 12:00"))
    yield database
    database.close()


@pytest.fixture
def scene(staged: Database, clock: FrozenClock) -> Iterator[Scene]:
    """What a test does here is taken back after it."""
    with Session(staged.engine, expire_on_commit=False, info={"keys": RING}) as session:
        yield Scene.found(session, clock)
