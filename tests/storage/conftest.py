"""Two consortia that look alike: what is asked of one must not find the other's."""

import pytest

from storage.consortia import Consortium
from storage.tenancy import Session, enter
from tests.builders import a_consortium


@pytest.fixture
def ours(session: Session, others: Consortium) -> Consortium:
    """The one that the session sees."""
    consortium = a_consortium(session)
    enter(session, consortium.id)
    return consortium


@pytest.fixture
def others(session: Session) -> Consortium:
    return a_consortium(session, team_id="T0NOISE")
