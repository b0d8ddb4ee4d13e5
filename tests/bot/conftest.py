"""The consortium of tests/consortium.toml, on both databases, with another one's rows around it."""

import pytest

from storage import Session
from tests.builders import Scene, a_scene
from tests.clock import FrozenClock


@pytest.fixture
def scene(session: Session, clock: FrozenClock) -> Scene:
    return a_scene(session, clock)
