"""Two consortia that look alike: what is asked of one must not find the other's."""

import pytest

from storage import Session
from storage.consortia import Consortium
from tests.builders import a_consortium


@pytest.fixture
def ours(session: Session, others: Consortium) -> Consortium:  # noqa: ARG001 - theirs come first, so that ids differ
    return a_consortium(session)


@pytest.fixture
def others(session: Session) -> Consortium:
    return a_consortium(session, team_id="T0NOISE")
