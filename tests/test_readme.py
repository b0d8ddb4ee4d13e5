"""The README keeps up with what there is."""

import pytest

from bench.race.report import GOALS
from bot.plan.plan import read_plan
from program.settings import Settings
from tests.golden.commands import README as README_FILE
from tests.golden.commands import told

README = README_FILE.read_text(encoding="utf-8")


def test_the_commands_stand_there_as_help_tells_them() -> None:
    """`make golden` writes them there."""
    assert told()[README_FILE] == README


@pytest.mark.parametrize("setting", sorted(Settings.model_fields))
def test_every_setting_is_in_the_readme(setting: str) -> None:
    assert f"`{setting.upper()}`" in README


def test_the_file_in_the_readme_sets_a_consortium_up() -> None:
    written = README.split("```toml\n")[1].split("```")[0]
    assert read_plan(written).collaboratives[0].name == "CCSJ"


def test_the_figures_were_measured() -> None:
    speed = (README_FILE.parent / "docs" / "speed.md").read_text(encoding="utf-8")
    assert [goal.what for goal in GOALS if f"| {goal.what} |" not in speed] == []
