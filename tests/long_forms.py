"""Of a proof whose cases are many, `make test` tries some, and `make soak` tries all."""

from collections.abc import Container, Iterable
from typing import Any

import pytest


def shortened(cases: Iterable[Any], kept: Container[Any]) -> list[Any]:
    """The cases of a parametrized test; those that are not kept are marked as long."""
    return [case if case in kept else pytest.param(case, marks=pytest.mark.long) for case in cases]
