"""The glossary explains words that the code still uses, each of them once."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parent.parent
LINES = [
    line
    for line in (PROJECT / "docs/glossary.md").read_text(encoding="utf-8").splitlines()
    if line[:1] == "-"
]
TERMS = [line.split("**")[1] for line in LINES]
LITTLE_WORDS = {"of"}
NAMED = ("name", "id", "attr", "arg")


def names() -> Iterator[str]:
    """Of modules, classes, functions and values; the names of tests are sentences, and count for nothing."""
    for folder in ("program", "handlers", "bot", "storage", "playground", "tests"):
        for module in (PROJECT / folder).rglob("*.py"):
            yield from (module.parent.name, module.stem)
            for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
                yield from (name for kind in NAMED if isinstance(name := getattr(node, kind, None), str))


def words_of(name: str) -> frozenset[str]:
    """PostKind and post_kind are the words post and kind."""
    return frozenset(re.sub("([A-Z][a-z])", r"_\1", name).lower().split("_"))


def is_used(term: str, used: set[frozenset[str]]) -> bool:
    words = set(term.lower().split()) - LITTLE_WORDS
    return any(words <= name for name in used)


def test_the_code_still_uses_the_words() -> None:
    used = {words_of(name) for name in names() if not name.startswith("test_")}
    assert [term for term in TERMS if not is_used(term, used)] == []


def test_every_word_is_explained_once_and_in_one_line() -> None:
    assert len(set(TERMS)) == len(TERMS) > 0
    assert all(re.fullmatch(r"- \*\*[^*]+\*\*( \w+)?: \S.*\.", line) for line in LINES)
