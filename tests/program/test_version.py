"""The version, and what tells of it."""

import re
import tomllib
from pathlib import Path

from program.version import VERSION
from tests.processes import anew, bot_does

ROOT = Path(__file__).parents[2]


async def test_the_program_says_which_version_it_is(tmp_path: Path) -> None:
    said = await bot_does(tmp_path, {}, "--version", starting=anew)
    assert (said.status, said.said) == (0, f"{VERSION}\n")


def test_the_newest_version_is_told_of_first() -> None:
    [newest, *_older] = re.findall(r"(?m)^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert newest == VERSION


def test_what_is_installed_is_what_runs_alone() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    assert built["targets"]["wheel"]["packages"] == ["bot", "handlers", "program", "storage"]


def test_the_image_and_the_unit_run_the_bot_and_end_it_no_sooner_than_it_promises() -> None:
    """It ends within 15 seconds."""
    unit, image = (
        (ROOT / name).read_text(encoding="utf-8") for name in ("docs/agenda.service", "Dockerfile")
    )
    assert "python -m bot run" in unit
    assert 'ENTRYPOINT ["python", "-m", "bot"]' in image
    assert [int(told) for told in re.findall(r"TimeoutStopSec=(\d+)", unit)] == [20]
    copied = re.findall(r"(?m)^COPY (\w+) ", image)
    assert copied == ["bot", "handlers", "program", "storage"]
