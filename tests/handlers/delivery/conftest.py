"""What all tests of delivery begin with."""

import pytest

from storage.database import Database


@pytest.fixture
def owing(founded: str, database: Database) -> Database:
    """A consortium whose standing message nobody has sent yet."""
    return database
