"""A database in which another program has tables of the bot's names: one line says so, and nothing is half made."""

from pathlib import Path

import pytest

from storage.database import connect
from tests.commands import Say, told_to
from tests.keys import KEYS

COMMANDS = (
    ["migrate"],
    ["setup", "tests/consortium.toml"],
    ["doctor"],
    ["restored"],
    ["rotate-keys"],
    ["forget", "T1"],
)


@pytest.fixture
def says(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Say:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("KEYS", KEYS)
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9/api/")
    return told_to(monkeypatch, capsys)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_it_is_said_in_a_line_and_left_as_it_is(says: Say, database_url: str, command: list[str]) -> None:
    engine = connect(database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE item (theirs integer)")
    engine.dispose()
    ended = says(*command)
    assert ended.status == 2
    told = ended.said + ended.log
    assert "Another program has tables of the bot's names in this database: item." in told
    assert "python -m bot migrate" not in told
