"""What may go wrong on a person's side: a message and its values, put into words where a person reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Name:
    """What somebody is called; None where nobody knows."""

    name: str | None


@dataclass(frozen=True)
class Moment:
    """A point in time, to be told as clocks in that time zone show it."""

    when: datetime
    timezone: str


@dataclass(frozen=True)
class AnyOf:
    """Things of which one can be meant."""

    things: tuple[str, ...]


@dataclass(frozen=True)
class AllOf:
    """Things that are all meant."""

    things: tuple[str, ...]


@dataclass(frozen=True, init=False)
class Words:
    """A message in English, by which its translation is found, and the values of its {places}.

    The values are no part of its repr: they may be a person's words, and errors get into logs.
    """

    message: str
    values: Mapping[str, "Value"] = field(repr=False)

    def __init__(self, message: str, /, **values: "Value") -> None:
        object.__setattr__(self, "message", message)
        object.__setattr__(self, "values", values)


@dataclass(frozen=True)
class Lines:
    """Several messages, one on each line."""

    lines: tuple[Words, ...]


Value = str | int | date | Name | Moment | AnyOf | AllOf | Words | Lines


class UserError(Exception):
    """What a person is told. `field` names the form field it is about, where there is one."""

    def __init__(self, message: str | Words | Lines, /, *, field: str | None = None, **values: Value) -> None:
        super().__init__(message)
        self.words = Words(message, **values) if isinstance(message, str) else message
        self.field = field


class NothingChanged(UserError):
    """The person is also told that nothing was changed, and after that what `then` says."""

    def __init__(
        self,
        message: str | Words | Lines,
        /,
        *,
        field: str | None = None,
        then: Words | None = None,
        **values: Value,
    ) -> None:
        super().__init__(message, field=field, **values)
        self.then = then
