"""What is left to the whole and to the soak is what was meant to be: neither more, so that it is tried too late, nor less."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from bot import publishing
from bot.items import propose
from bot.swaps import ask_to_swap
from tests.at_once import at_once
from tests.bot import hosting
from tests.everyday import further_cases_on_postgres, is_slow, verbs


def proposes() -> None:
    propose(*())


def propose_at_once() -> None:
    at_once(*(), propose)  # type: ignore[call-arg]


def asks_and_proposes() -> None:
    ask_to_swap(*())
    [propose(*()) for _ in ()]


def publishes() -> None:
    hosting.publish(*())


def case(file: str, test: Callable[..., Any], engine: str = "postgres", *fixtures: str) -> Any:
    """A test as pytest collects it."""
    return SimpleNamespace(
        nodeid=f"{file}::{test.__name__}[{engine}]",
        function=test,
        obj=test,
        callspec=SimpleNamespace(params={"databases": engine}),
        fixturenames=list(fixtures),
    )


def on_both(file: str, test: Callable[..., Any]) -> list[Any]:
    return [case(file, test, "sqlite"), case(file, test)]


def left_to_the_soak(*cases: Any) -> list[str]:
    return [item.nodeid for item in further_cases_on_postgres(list(cases))]


def test_a_verb_is_found_also_behind_what_the_tests_have_made_of_it() -> None:
    assert verbs(asks_and_proposes) == {propose, ask_to_swap}
    assert verbs(publishes) == {publishing.publish}


def test_what_calls_nothing_more_is_left_to_the_soak_on_postgres_alone() -> None:
    cases = [*on_both("tests/bot/a.py", proposes), *on_both("tests/bot/a.py", proposes)]
    assert left_to_the_soak(*cases) == ["tests/bot/a.py::proposes[postgres]"]


def test_two_transactions_that_meet_are_tried_on_postgres_whatever_they_call() -> None:
    cases = [*on_both("tests/bot/a.py", proposes), *on_both("tests/bot/a.py", propose_at_once)]
    assert left_to_the_soak(*cases) == []


def test_a_verb_more_is_tried_on_postgres() -> None:
    cases = [*on_both("tests/bot/a.py", proposes), *on_both("tests/bot/a.py", asks_and_proposes)]
    assert left_to_the_soak(*cases) == []


def test_of_each_file_one_is_tried_on_postgres() -> None:
    cases = [*on_both("tests/bot/a.py", proposes), *on_both("tests/bot/b.py", proposes)]
    assert left_to_the_soak(*cases) == []


def test_what_sqlite_is_not_asked_and_what_stands_in_storage_is_tried_on_postgres() -> None:
    alone = [case("tests/bot/a.py", proposes), case("tests/bot/a.py", proposes)]
    storage = [*on_both("tests/storage/a.py", proposes), *on_both("tests/storage/a.py", proposes)]
    assert left_to_the_soak(*alone, *storage) == []


@pytest.mark.parametrize(
    ("item", "slow"),
    [
        (case("tests/bot/a.py", proposes, "sqlite", "database"), False),
        (case("tests/bot/a.py", proposes, "postgres", "database"), True),
        (case("tests/handlers/a.py", proposes, "sqlite", "slack"), True),
        (case("tests/program/a.py", proposes, "sqlite", "postgres"), True),
        (case("tests/storage/upkeep/a.py", proposes, "sqlite", "database"), True),
        (case("tests/test_story.py", proposes, "sqlite", "slack"), False),
    ],
    ids=["SQLite", "Postgres", "over the wire", "a server of Postgres", "a disk", "the one story"],
)
def test_what_asks_another_process_is_not_tried_every_day(item: Any, *, slow: bool) -> None:
    assert is_slow(item) == slow
