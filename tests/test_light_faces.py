"""A small module loads little: the face of a package imports nothing."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
FACES = sorted(
    face.relative_to(PROJECT)
    for house in ("program", "handlers", "bot", "storage")
    for face in (PROJECT / house).rglob("__init__.py")
    if "migrations" not in face.parts
)
HEAVY = {"slack_bolt", "slack_sdk", "sqlalchemy"}
AT_MOST = 60
"""Modules of anybody's that one small module may load beyond what the bare interpreter does."""


def loaded_by(code: str) -> set[str]:
    """The modules that Python loads before and while it runs the code."""
    told = subprocess.run(  # noqa: S603 - the tests' own interpreter
        [sys.executable, "-X", "importtime", "-c", code],
        cwd=PROJECT,
        check=True,
        capture_output=True,
        text=True,
    ).stderr
    lines = [line for line in told.splitlines() if line.startswith("import time:")]
    return {line.rsplit("|", 1)[1].strip() for line in lines[1:]}


def test_a_small_module_loads_little() -> None:
    loaded = loaded_by("import handlers.slack.timeouts") - loaded_by("pass")
    assert "handlers.slack.timeouts" in loaded
    assert not {module for module in loaded if module.split(".")[0] in HEAVY}
    assert len(loaded) <= AT_MOST


@pytest.mark.parametrize("face", FACES, ids=str)
def test_the_face_of_a_package_holds_one_line_that_says_what_it_is_for(face: Path) -> None:
    written = ast.parse((PROJECT / face).read_text(encoding="utf-8"))
    assert ast.get_docstring(written)
    assert len(written.body) == 1


NOT_AT_REST = {
    "alembic",
    "docx",
    "fpdf",
    "matplotlib",
    "numpy",
    "odf",
    "openpyxl",
    "pandas",
    "PIL",
    "psycopg",
    "reportlab",
    "weasyprint",
}
"""What changes a schema, what makes documents and charts, and a driver of Postgres: large, and loaded where somebody asks for it."""


def test_at_rest_the_bot_has_loaded_nothing_that_it_does_not_use() -> None:
    loaded = {module.split(".")[0] for module in loaded_by("import program.command_line")}
    assert "slack_bolt" in loaded
    assert loaded & NOT_AT_REST == set()
