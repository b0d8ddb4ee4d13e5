"""Every message on screen can be extracted, hence translated."""

import ast
from functools import cache
from string import Formatter

import pytest

from tests.messages import FOLDERS, OURS, ROOT, extracted

HOW_MANY_MESSAGES = {"_": 1, "gettext": 1, "ngettext": 2} | dict.fromkeys(OURS, 1)
MADE_OF_WORDS = {"Words", "Lines", "Words | Lines"}


def in_source(source: str, words: frozenset[str] = frozenset()) -> list[tuple[int, list[str] | None]]:
    """Line and messages of each call that says something; None where a message is anything but a literal.

    What has one of the names in `words` is made of literals already.
    """
    return [
        (call.lineno, literals(call.args[: HOW_MANY_MESSAGES[call.func.id]]))
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in HOW_MANY_MESSAGES
        and not (call.args and name_of(call.args[0]) in words)
    ]


def name_of(argument: ast.expr) -> str | None:
    """The name of a value, or of the function that gives it."""
    named = argument.func if isinstance(argument, ast.Call) else argument
    return named.id if isinstance(named, ast.Name) else None


@cache
def names_of_words() -> frozenset[str]:
    """Parameters and functions that are Words wherever they are declared."""
    declared: dict[str, set[str]] = {}
    for file in sources():
        for one in ast.walk(ast.parse(file.read_text())):
            if isinstance(one, ast.FunctionDef) and one.returns is not None:
                declared.setdefault(one.name, set()).add(ast.unparse(one.returns))
            elif isinstance(one, ast.arg) and one.annotation is not None:
                declared.setdefault(one.arg, set()).add(ast.unparse(one.annotation))
    return frozenset(name for name, types in declared.items() if types <= MADE_OF_WORDS)


def literals(arguments: list[ast.expr]) -> list[str] | None:
    constants = [a.value for a in arguments if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    return constants if len(constants) == len(arguments) else None


def sources():
    """All but the module that makes an error's words of the message which others give it."""
    files = sorted(file for folder in FOLDERS for file in folder.rglob("*.py"))
    return [file for file in files if file != ROOT / "bot" / "errors.py"]


def test_every_message_is_a_literal():
    glued = [
        f"{file.relative_to(ROOT)}:{line}"
        for file in sources()
        for line, messages in in_source(file.read_text(), names_of_words())
        if messages is None
    ]
    assert not glued


def test_the_extractor_finds_every_message():
    written = {
        message
        for file in sources()
        for _, messages in in_source(file.read_text())
        for message in messages or []
    }
    assert written
    assert written == extracted()


def test_that_nothing_was_changed_is_one_message():
    assert [said for said in extracted() if "Nothing was changed" in said] == [
        "{sentence} Nothing was changed."
    ]


def test_the_places_of_every_message_have_names():
    for file in sources():
        for line, messages in in_source(file.read_text()):
            for message in messages or []:
                names = [name for _, name, _, _ in Formatter().parse(message) if name is not None]
                assert all(name.isidentifier() for name in names), f"{file.relative_to(ROOT)}:{line}"


@pytest.mark.parametrize(
    "call",
    [
        *('_(f"Closes {day}")', '_("Closes " + day)', "_(text)", 'ngettext("{n} item", plural, n)'),
        *('_("a" % b)', 'UserError(f"{day} has passed.")', "NothingChanged(said)", 'Words("Closes " + day)'),
    ],
)
def test_a_glued_message_is_found(call):
    assert in_source(call) == [(1, None)]


@pytest.mark.parametrize(
    "call", ['_("Closes {day}")', 'gettext("Clo" "ses {day}")', 'UserError("Closes {day}", day=1)']
)
def test_a_literal_message_is_fine(call):
    assert in_source(call) == [(1, ["Closes {day}"])]
