"""The README keeps up with what there is."""

from pathlib import Path

import pytest

from bot.plan.plan import read_plan
from handlers.blocks.help import COMMANDS, help_text
from handlers.listeners.table import ANYTHING_ELSE, COMMAND, LISTENERS
from program.settings import Settings

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
WORDS = sorted(word for kind, word in LISTENERS if kind == "command" and word not in ("", ANYTHING_ELSE))


@pytest.mark.parametrize("word", WORDS)
def test_every_command_is_in_the_readme(word: str) -> None:
    assert f"`{COMMAND} {word}" in README


@pytest.mark.parametrize("word", sorted({*WORDS} - {"help"}))
def test_every_command_is_in_the_help(word: str) -> None:
    assert f"{COMMAND} {word}" in help_text().text


def test_a_slip_of_the_finger_is_held_against_every_command() -> None:
    assert sorted(COMMANDS) == WORDS


@pytest.mark.parametrize("setting", sorted(Settings.model_fields))
def test_every_setting_is_in_the_readme(setting: str) -> None:
    assert f"`{setting.upper()}`" in README


def test_the_file_in_the_readme_sets_a_consortium_up() -> None:
    written = README.split("```toml\n")[1].split("```")[0]
    assert read_plan(written).collaboratives[0].name == "CCSJ"


def test_the_figures_were_measured() -> None:
    table = README.split("### How fast")[1].split("##")[0]
    assert "| HTTP, SQLite |" in table
    assert "FIGURES" not in table
