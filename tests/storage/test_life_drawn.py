"""docs/post-life.md draws the machine that there is."""

import re
from pathlib import Path

import pytest

from storage.posts import Post
from tests.storage.life_drawn import diagram, failures, table

DOC = (Path(__file__).parents[2] / "docs" / "post-life.md").read_text(encoding="utf-8")
_, TABLE, FAILED, *_ = DOC.split("\n## ")


def written(section: str) -> str:
    return "\n".join(line for line in section.splitlines() if line.startswith("|"))


@pytest.mark.slow
def test_the_drawing_has_the_arrows_of_the_machine() -> None:
    assert re.findall(r"```mermaid\n(.*?)\n```", DOC, re.DOTALL) == [diagram()]


@pytest.mark.slow
def test_the_table_says_what_the_machine_does() -> None:
    assert written(TABLE) == table()


def test_the_table_of_failures_is_the_machines_own() -> None:
    assert written(FAILED) == failures()


@pytest.mark.parametrize("column", [column.key for column in Post.__mapper__.column_attrs])
def test_every_column_is_explained(column: str) -> None:
    assert column in ("id", "consortium_id") or f"`{column}`" in (Post.__doc__ or "")
