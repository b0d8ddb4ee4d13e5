"""Of a proof whose cases are many, `make test` tries some, and `make soak` tries all."""

import os
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import cycle, islice
from typing import Any

import pytest

LONG = "LONG_FORMS"
"""The environment says so where all is tried."""
MORE = 8


def examples(few: int) -> int:
    """How many generated cases are tried; in the long form so many times more."""
    return few * MORE if LONG in os.environ else few


def by_turns(cases: Sequence[Any], few: int) -> Iterator[list[Any]]:
    """The next few of the cases at each place where they are tried; in the long form all of them everywhere."""
    turns = cycle(cases)
    while True:
        yield list(cases) if LONG in os.environ else list(islice(turns, few))


def shortened(cases: Iterable[Any], kept: Container[Any]) -> list[Any]:
    """The cases of a parametrized test; those that are not kept are marked as long."""
    return [case if case in kept else pytest.param(case, marks=pytest.mark.long) for case in cases]


def shortened_pairs(cases: Iterable[tuple[Any, ...]], kept: Container[tuple[Any, ...]]) -> list[Any]:
    """The same, where a case has a value for each of several names."""
    return [case if case in kept else pytest.param(*case, marks=pytest.mark.long) for case in cases]


TRANSPORTS = [("sqlite", "http"), ("postgres", "socket"), ("sqlite", "socket"), ("postgres", "http")]

each_engine_by_a_transport = pytest.mark.parametrize(
    ("databases", "transport"),
    shortened_pairs(TRANSPORTS, TRANSPORTS[:2]),
    indirect=["databases"],
    scope="session",
)
"""The transport knows nothing of the database: in the whole each is tried once, crosswise; in the long form all pairs are."""
