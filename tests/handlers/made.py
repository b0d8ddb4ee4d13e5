"""What a renderer takes, made from the types in its signature, with people's words in every text."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, time
from enum import Enum
from inspect import isclass
from itertools import product
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from bot.fingerprints import Fingerprint
from tests.handlers.user_text import OUR_CHANNEL, OUR_PERSON, OUR_THREAD, Drawn, Written

NOW = datetime(2027, 1, 12, 20, tzinfo=UTC)
TODAY = date(2027, 1, 12)
ZONE = "America/Los_Angeles"
NO_WORDS = {
    "timezone": ZONE,
    "channel_id": OUR_CHANNEL,
    "talkers": OUR_PERSON,
    "address": OUR_THREAD,
    "thread": OUR_THREAD,
}
"""Texts that no person writes, by the name of their field."""
MARK = Fingerprint("0" * 16)
ONE_OF: Mapping[Any, Any] = {
    bool: False,
    int: 1,
    datetime: NOW,
    date: TODAY,
    time: time(10),
    Fingerprint: MARK,
}

Make = Callable[[Written], Any]


def drawings(renderer: Callable[..., Drawn], makers: Mapping[Any, Make]) -> list[Callable[[Written], Drawn]]:
    """One drawing, and one more for each yes or no in a view that it takes. `makers` make what fields do not tell."""
    takes = get_type_hints(renderer)
    del takes["return"]

    def drawn(changes: tuple[dict[str, bool], ...]) -> Callable[[Written], Drawn]:
        def draw(w: Written) -> Drawn:
            views = [made(kind, w, name, makers) for name, kind in takes.items()]
            return renderer(
                *[
                    replace(view, **change) if change else view
                    for view, change in zip(views, changes, strict=True)
                ]
            )

        return draw

    return [drawn(changes) for changes in product(*[_changes(kind, makers) for kind in takes.values()])]


def made(kind: Any, w: Written, name: str, makers: Mapping[Any, Make]) -> Any:
    """One of this kind. Raises TypeError where nobody says how it is made."""
    if kind in makers:
        return makers[kind](w)
    if kind is str:
        return NO_WORDS.get(name) or w(name)
    if kind in ONE_OF:
        return ONE_OF[kind]
    if isclass(kind) and issubclass(kind, Enum):
        return next(iter(kind))
    if is_dataclass(kind):
        return kind(**{field: made(of, w, field, makers) for field, of in _fields(kind)})
    return _made_of_several(kind, w, name, makers)


def _made_of_several(kind: Any, w: Written, name: str, makers: Mapping[Any, Make]) -> Any:
    inner = [one for one in get_args(kind) if one not in (NoneType, Ellipsis)]
    if len(inner) != 1:
        raise TypeError(f"tests/handlers/drawings.py does not say how {name}, of {kind}, is made")
    one = made(inner[0], w, name, makers)
    several = {tuple: (one,), frozenset: frozenset({one})}
    return several.get(get_origin(kind), one)


def _fields(kind: Any) -> Iterator[tuple[str, Any]]:
    types = get_type_hints(kind)
    return ((field.name, types[field.name]) for field in fields(kind) if field.init)


def _changes(kind: Any, makers: Mapping[Any, Make]) -> list[dict[str, bool]]:
    if kind in makers or not is_dataclass(kind):
        return [{}]
    return [{}, *({field: True} for field, of in _fields(kind) if of is bool)]
