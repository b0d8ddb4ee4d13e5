"""Every message on screen can be extracted, hence translated."""

import ast
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import extract_from_dir

ROOT = Path(__file__).parents[2]
FOLDERS = [ROOT / "bot", ROOT / "handlers"]
HOW_MANY_MESSAGES = {"_": 1, "gettext": 1, "ngettext": 2}

Place = tuple[str, int]


def in_source(source: str) -> list[tuple[int, list[str] | None]]:
    """Line and messages of each call that translates; None where a message is anything but a literal."""
    return [
        (call.lineno, literals(call.args[: HOW_MANY_MESSAGES[call.func.id]]))
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in HOW_MANY_MESSAGES
    ]


def literals(arguments: list[ast.expr]) -> list[str] | None:
    constants = [a.value for a in arguments if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    return constants if len(constants) == len(arguments) else None


def sources():
    return sorted(file for folder in FOLDERS for file in folder.rglob("*.py"))


def test_every_message_is_a_literal():
    glued = [
        f"{file.relative_to(ROOT)}:{line}"
        for file in sources()
        for line, messages in in_source(file.read_text())
        if messages is None
    ]
    assert not glued


def test_the_extractor_finds_every_message():
    extracted = {
        message
        for folder in FOLDERS
        for _, _, found, _, _ in extract_from_dir(folder)
        for message in ([found] if isinstance(found, str) else found)
    }
    written = {
        message
        for file in sources()
        for _, messages in in_source(file.read_text())
        for message in messages or []
    }
    assert written
    assert written == extracted


def test_the_places_of_every_message_have_names():
    for file in sources():
        for line, messages in in_source(file.read_text()):
            for message in messages or []:
                names = [name for _, name, _, _ in Formatter().parse(message) if name is not None]
                assert all(name.isidentifier() for name in names), f"{file.relative_to(ROOT)}:{line}"


@pytest.mark.parametrize(
    "call",
    ['_(f"Closes {day}")', '_("Closes " + day)', "_(text)", 'ngettext("{n} item", plural, n)', '_("a" % b)'],
)
def test_a_glued_message_is_found(call):
    assert in_source(call) == [(1, None)]


@pytest.mark.parametrize("call", ['_("Closes {day}")', 'gettext("Clo" "ses {day}")'])
def test_a_literal_message_is_fine(call):
    assert in_source(call) == [(1, ["Closes {day}"])]
