"""The README keeps up with what there is."""

import re
from pathlib import Path

import pytest

from bot.plan.plan import read_plan
from handlers.listeners.commands import COMMANDS
from program.settings import Settings

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_the_table_of_commands_names_each_as_help_does_and_in_its_order() -> None:
    table = README.split("## What people can do")[1].split("\n\n")[1]
    assert re.findall(r"^\| `(.+?)` \|", table, re.MULTILINE) == [command.example for command in COMMANDS]


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
