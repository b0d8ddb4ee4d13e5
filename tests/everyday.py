"""Which tests are everyday's, which are for the whole (`slow`), and which for the soak alone (`long`): by what they stand on."""

from collections.abc import Callable, Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any, TypeGuard

import pytest
from hypothesis import is_hypothesis_test

from tests.at_once import at_once

OVER_THE_WIRE = {"empty_slack", "slack", "slack_of_today", "to_read"}
"""Each of these fixtures is a Slack to talk to by HTTP, most of them with a whole bot beside it; or what was told there."""
ON_THE_WIRE_EVERY_DAY = ("tests/test_story.py", "tests/test_manifest.py")
"""One story from a line typed to an agenda published, and what costs next to nothing."""
OF_THE_MACHINE = (
    "tests/bench/",
    "tests/program/test_sqlite_as_it_is.py",
    "tests/program/test_version.py",
    "tests/reliability/",
    "tests/storage/test_sqlite.py",
    "tests/storage/upkeep/",
    "tests/test_light_faces.py",
)
"""Of disks, processes, versions of the schema: whoever changes these runs their file, and everybody the whole."""
ABOVE_STORAGE = (
    "tests/bot/",
    "tests/handlers/",
    "tests/program/test_after_restore.py",
    "tests/program/test_setup_command.py",
    "tests/program/test_ticker.py",
)
"""What asks Postgres stands in storage/, and all of its tests are tried on both engines in the whole."""
ONCE_ON_POSTGRES = ("tests/program/test_after_restore.py", "tests/program/test_setup_command.py")
"""Of these even one test alone: they tell stories through verbs that are tried on it by themselves."""
OURS = {"bot", "handlers", "program", "storage"}
Verbs = set[Callable[..., Any]]


def is_slow(item: pytest.Item) -> bool:
    """What asks another process, or is about the machine: a developer tries it before a change is merged, not after each line."""
    asks = set(getattr(item, "fixturenames", ()))
    if is_on_postgres(item) or "postgres" in asks or item.nodeid.startswith(OF_THE_MACHINE):
        return True
    return not asks.isdisjoint(OVER_THE_WIRE) and not item.nodeid.startswith(ON_THE_WIRE_EVERY_DAY)


def is_on_postgres(item: pytest.Item) -> TypeGuard[pytest.Function]:
    callspec = getattr(item, "callspec", None)
    return callspec is not None and callspec.params.get("databases") == "postgres"


def further_cases_on_postgres(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """Above storage, what neither opens its file nor calls a verb that no test before it has called there, if SQLite is asked for it too.

    Where two transactions meet, Postgres alone has them at work at the same time: that is tried there.
    """
    ids = {item.nodeid for item in items}
    files: set[str] = set()
    tried: Verbs = set()
    for item in items:
        if is_on_postgres(item) and item.nodeid.startswith(ABOVE_STORAGE):
            called, file = verbs(item.function), item.nodeid.partition("::")[0]
            is_first = file not in files or not (called <= tried or file in ONCE_ON_POSTGRES)
            is_first |= has_two_meet(item.function)
            if item.nodeid.replace("postgres", "sqlite") in ids and (
                not is_first or is_hypothesis_test(item.obj)
            ):
                yield item
            else:
                tried |= called
                files.add(file)


def has_two_meet(test: FunctionType | Any) -> bool:
    """Whether a second transaction begins in it while the first has not committed."""
    seen: set[FunctionType] = set()
    list(_named(test, seen))
    return at_once in seen


def verbs(test: FunctionType | Any) -> Verbs:
    """The functions of the product that it names, itself or by way of the tests' own."""
    return set(_named(test, set()))


def _named(function: FunctionType, seen: Verbs) -> Iterator[Callable[..., Any]]:
    seen.add(function)
    for named in _functions(function):
        if named.__module__.partition(".")[0] in OURS:
            yield named
        elif named.__module__.startswith("tests.") and named not in seen:
            yield from _named(named, seen)


def _functions(function: FunctionType) -> Iterator[FunctionType]:
    """Those named by themselves, and those named behind a module."""
    names = list(_names(function.__code__))
    known = [function.__globals__[name] for name in names if name in function.__globals__]
    behind = [
        vars(one)[name] for one in known if isinstance(one, ModuleType) for name in names if name in vars(one)
    ]
    return (one for one in (*known, *behind) if isinstance(one, FunctionType))


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from _names(part)
