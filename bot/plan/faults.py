"""What is wrong with a plan: a line for each fault, place first, in a person's words."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.errors import AllOf, AnyOf, Lines, Words
from bot.reading.patterns import pattern
from bot.reading.suggestions import close_to
from bot.reading.text import cut

Tables = Mapping[str, Any]
Location = tuple[int | str, ...]

LONGEST_TITLE = 40
_UNREADABLE = pattern(r"\A(?P<problem>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)")
_SINGLE = pattern(r"\A[ \t]*\[{1,2}(?P<table>collaborative|meeting)\]")
_CURLED = pattern("[“”„‟«»]|= *\N{LEFT SINGLE QUOTATION MARK}")
_CAPITAL = pattern(r"=[ \t]*(TRUE|True|FALSE|False)\b")
_BARE = pattern(r"\A[ \t]*\w+[ \t]*=[ \t]*[A-Za-z]")
TITLES = {"collaborative": "name", "meeting": "date"}
MEANT_BY = {
    **dict.fromkeys(("address", "location", "place", "venue", "where"), ("office",)),
    **dict.fromkeys(("time", "hour", "begins"), ("starts", "at", "told_at")),
    **dict.fromkeys(("length", "duration"), ("minutes",)),
    **dict.fromkeys(("people", "persons"), ("members", "admins")),
    "workspace": ("team",),
    "day": ("date", "weekday"),
}
"""What a key may be called by whoever does not know its name."""


class Fault(NamedTuple):
    where: Location
    said: Words | Lines


def unreadable(error: Exception, text: str) -> Words:
    """Where text stops being TOML, and what helps, where the line shows that."""
    found = _UNREADABLE.fullmatch(str(error))
    if found is None:
        return Words("This cannot be read as TOML: a number is too long, or lists are nested too deep.")
    problem, line = found["problem"], found["line"]
    if line is None:
        return Words("The end cannot be read as TOML: {problem}.", problem=problem)
    helps = _what_helps(text.split("\n")[int(line) - 1])
    if helps is None:
        return Words("Line {line} cannot be read as TOML: {problem}.", line=line, problem=problem)
    return Words("Line {line} cannot be read as TOML. {help}", line=line, help=helps)


def _what_helps(line: str) -> Words | None:
    """With what people write who do not know TOML."""
    single = _SINGLE.match(line)
    if single:
        return Words("Write each one under [[{table}]].", table=single["table"])
    if _CURLED.search(line):
        return Words('Write straight quotes: "like these".')
    if _CAPITAL.search(line):
        return Words("Write true or false, in small letters.")
    if _BARE.match(line):
        return Words("Write text in quotes.")
    return None


def misfits(error: ValidationError, keys: Mapping[str, Sequence[str]]) -> list[Fault]:
    """The values that do not fit their place."""
    return [Fault(fault["loc"], _misfit(fault, keys)) for fault in error.errors()]


def in_lines(tables: Tables, faults: Sequence[Fault]) -> Lines:
    """A line for each fault."""
    return Lines(
        tuple(
            Words("{place}: {fault}", place=_place(tables, fault.where), fault=fault.said) for fault in faults
        )
    )


def _place(tables: Tables, where: Location) -> str:
    """collaborative 2 (CCSJ), curators 1"""
    steps: list[str] = []
    for step in where:
        if isinstance(step, int):
            steps[-1] += f" {step + 1}{_title(tables, where) if len(steps) == 1 else ''}"
        else:
            steps.append(step)
    return ", ".join(steps)


def _title(tables: Tables, where: Location) -> str:
    table, number = str(where[0]), where[1]
    titles = [entry.get(TITLES[table]) for place, entry in entries(tables, table) if place == number]
    return f" ({cut(str(titles[0]), LONGEST_TITLE)})" if any(titles) else ""


def _misfit(fault: ErrorDetails, keys: Mapping[str, Sequence[str]]) -> Words:
    kind, where = fault["type"], fault["loc"]
    if kind == "extra_forbidden":
        return _unknown(where, keys)
    if kind in {"model_type", "tuple_type"}:
        return _shape(where)
    if kind == "said":
        words: Words = fault["ctx"]["words"]
        return words
    limits = fault.get("ctx", {})
    sentences = {
        "missing": Words("This is missing."),
        "int_type": Words("This has to be a whole number."),
        "greater_than_equal": Words("This has to be {ge} or more.", **limits),
        "less_than_equal": Words("This has to be {le} or less.", **limits),
    }
    return sentences[kind]


def _unknown(where: Location, keys: Mapping[str, Sequence[str]]) -> Words:
    *above, key = where
    known = keys[str(above[0]) if above else ""]
    near = close_to(str(key), known) or _meant_by(str(key), known)
    if near:
        return Words("This is not known. Did you mean {suggestions}?", suggestions=AnyOf(tuple(near)))
    return Words("This is not known. What can stand here: {known}.", known=AllOf(tuple(known)))


def _meant_by(key: str, known: Sequence[str]) -> list[str]:
    meant = [name for word in close_to(key, MEANT_BY) for name in MEANT_BY[word]]
    return [name for name in dict.fromkeys(meant) if name in known]


def _shape(where: Location) -> Words:
    if where[0] in TITLES and len(where) <= len(("table", "number")):
        return Words("Write each one under [[{table}]].", table=where[0])
    if len(where) == 1:
        return Words("Write it under [{table}].", table=where[0])
    return Words("This has to be a list, in square brackets.")


def entries(tables: Tables, key: str) -> list[tuple[int, dict[str, Any]]]:
    """The tables under [[key]] with their numbers, as far as they are any."""
    entries = tables.get(key)
    found = enumerate(entries if isinstance(entries, list) else ())
    return [(number, entry) for number, entry in found if isinstance(entry, dict)]
