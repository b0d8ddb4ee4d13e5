"""Every regular expression over what people say takes time in the length of the text, and no more."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
import handlers
from bot.reading import patterns
from tests.bot.reading.ambiguity import Unreadable, many_ways

PROJECT = Path(patterns.__file__).parents[2]
HOUSES = ("bot", "handlers")

HARMFUL = {
    "two repeats side by side": r"\A\s*\s*x",
    "two repeats and nothing needed between them": r"\A(?P<hours>\d+)h\s*(?:and|,)?\s*\d+",
    "two repeats of few": r"\A[^:\n]{1,40}?\s*:",
    "two repeats with a letter of both between them": r"\A\s*[ x]\s*y",
    "a repeat of repeats": r"\A(?:a+)+b",
    "a repeat of what may be nothing": r"\A(?:a*)*b",
    "a repeat of two ways": r"\A(?:aa|a)*b",
    "a repeat of two ways that meet later": r"\A(?:abc|ab|c)*d",
    "a repeat at the beginning of a search": r"\s+\Z",
    "a repeat of a beginning that comes again": r"a[ab]*c",
    "two repeats of one letter in two cases": r"(?i)\Aa+A+b",
    "two repeats over letters that are not named": r"\A[^a]+[^b]+c",
    "any number and any number": r"(?s)\A.*.*x",
}
HARMLESS = {
    "a repeat": r"\A\s*x",
    "two repeats with a letter of neither between them": r"\A\s*,\s*x",
    "two repeats of other letters": r"\A\d+\s*h",
    "two repeats of which one is whole": r"\A(?:\s*m)?\s*x",
    "a repeat of a beginning that does not come again": r"\[[^\[\]]*\]",
    "a repeat of words": r"\A(?:[a-z]+,)*x",
    "so many and no more": r"\A\d{4}-\d{2}-\d{2}\d{2}",
    "the last of all": r"(?s)\A.*\S(?=\s)",
}


def modules() -> Iterator[str]:
    for house in (bot, handlers):
        for found in pkgutil.walk_packages(house.__path__, f"{house.__name__}."):
            if not found.name.endswith("__main__"):
                yield found.name


def all_expressions() -> list[re.Pattern[str] | re.Pattern[bytes]]:
    for module in modules():
        importlib.import_module(module)
    return patterns.made


@pytest.mark.parametrize("written", HARMFUL.values(), ids=HARMFUL)
def test_an_expression_that_reads_a_text_in_many_ways_is_known(written):
    assert many_ways(re.compile(written))


@pytest.mark.parametrize("written", HARMLESS.values(), ids=HARMLESS)
def test_an_expression_that_reads_a_text_in_one_way_is_not_refused(written):
    assert not many_ways(re.compile(written))


@pytest.mark.parametrize("written", [r"\A(?=a+)b", r"\A(a+)\1", r"\A(?i:a)"])
def test_what_cannot_be_judged_is_not_passed(written):
    with pytest.raises(Unreadable):
        many_ways(re.compile(written))


@pytest.mark.parametrize("expression", all_expressions(), ids=lambda expression: repr(expression.pattern))
def test_no_expression_reads_a_text_in_many_ways(expression):
    assert not many_ways(expression)


def test_expressions_are_made_when_their_module_is_loaded_and_so_are_all_seen():
    later = [
        f"{path.relative_to(PROJECT)}:{call.lineno}"
        for house in HOUSES
        for path in (PROJECT / house).rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "pattern"
    ]
    assert not later
