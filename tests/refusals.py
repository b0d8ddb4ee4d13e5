"""What a person is told where a verb refuses."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.errors import UserError
from handlers.words import worded


@contextmanager
def refusal(words: str) -> Iterator[pytest.ExceptionInfo[UserError]]:
    """What is done within is refused, in words in which this pattern is found."""
    with pytest.raises(UserError) as refused:
        yield refused
    assert re.search(words, worded(refused.value))
