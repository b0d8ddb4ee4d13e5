"""The recipes in the README name every file: what was added before is followed through the project."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.at_every_tick import CLOCKWORK
from handlers.delivery.kinds import KINDS
from handlers.listeners.command import Command
from handlers.listeners.commands import COMMANDS
from program.settings import Settings
from storage.post_kinds import PostKind

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
HOUSE = ("program", "bot", "handlers", "storage", "tests")
ALONE = ("README.md", "app.manifest.yml", ".env.example")


def recipe(title: str) -> list[str]:
    """The files that a recipe names, as patterns: in angle brackets stands what each has of its own."""
    [told] = re.findall(rf"\*\*{title}\.\*\*(.*?)(?=\n\*\*|\nWhat you forget)", README, re.DOTALL)
    files = re.findall(r"`([\w./<>]+\.(?:py|md|yml|example))`", told)
    return [re.sub(r"<\w+>", "*", file) for file in files]


@cache
def texts() -> dict[str, str]:
    files = [
        *(ROOT / name for name in ALONE),
        *(one for folder in HOUSE for one in (ROOT / folder).rglob("*.py")),
    ]
    return {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in files}


def where(*words: str) -> set[str]:
    """The files that name one of these."""
    found = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words))
    may_name = [(name, text) for name, text in texts().items() if any(word in text for word in words)]
    return {name for name, text in may_name if found.search(text)}


def unnamed(files: set[str], title: str) -> set[str]:
    named = recipe(title)
    return {file for file in files if not any(Path(file).match(pattern) for pattern in named)}


TITLES = ("A command", "A message that the bot owes", "A job of the clock", "A setting")


@pytest.mark.parametrize("title", TITLES)
def test_every_file_of_a_recipe_is_there(title: str) -> None:
    assert recipe(title)
    for pattern in recipe(title):
        assert list(ROOT.glob(pattern)), pattern


@pytest.mark.parametrize("command", [one for one in COMMANDS if one.word], ids=lambda one: one.word)
def test_the_recipe_of_a_command_names_every_file_that_had_to_know_of_it(command: Command) -> None:
    """Those that hold its help, its button's id, or its row in the table of who may. Other tests are its user's choice."""
    name = _constant("handlers/blocks/ids.py", command.button)
    product = {file for file in where(name) if file.startswith("handlers/")} - {"handlers/listeners/table.py"}
    tables = {
        file for file in where(command.button) if file.startswith(("tests/matrix", "tests/golden/chapters"))
    }
    assert unnamed(product | tables, "A command") == set()


@pytest.mark.parametrize("kind", PostKind)
def test_the_recipe_of_a_message_names_every_file_that_had_to_know_of_it(kind: PostKind) -> None:
    record = KINDS[kind]
    makers = {getattr(one, "__module__", "").replace(".", "/") + ".py" for one in (record.view, record.draw)}
    product = {file for file in where(f"PostKind.{kind.name}") if not file.startswith("tests/")}
    knows_more = {file for file in product if file.startswith(("bot/", "program/after_restore"))}
    assert unnamed((product - knows_more) | makers, "A message that the bot owes") == set()
    assert knows_more or kind.name in ("UNDELIVERED", "UNSURE")


@pytest.mark.parametrize("job", CLOCKWORK)
def test_the_recipe_of_a_job_names_every_file_that_had_to_know_of_it(job: str) -> None:
    does_it = CLOCKWORK[job].__module__.replace(".", "/") + ".py"
    assert unnamed({does_it, "bot/at_every_tick.py"}, "A job of the clock") == set()


@pytest.mark.parametrize("setting", ["log_level", "keys_file", "slack_api_url"])
def test_the_recipe_of_a_setting_names_every_file_that_tells_of_it(setting: str) -> None:
    assert setting in Settings.model_fields
    told = {file for file in where(setting.upper()) if file in ALONE} | {"program/settings.py"}
    assert unnamed(told, "A setting") == set()


def _constant(file: str, value: str) -> str:
    [name] = re.findall(
        rf'^(\w+) = "{re.escape(value)}"$', (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE
    )
    return str(name)


def verbs() -> Iterator[str]:
    """What listeners ask the bot to do, and to show."""
    for file in (ROOT / "handlers" / "listeners").glob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in ("turn.do", "turn.look", "partial"):
                verb = ast.unparse(call.args[0]).rpartition(".")[2]
                if not verb.startswith("_"):  # which the listeners have among themselves
                    yield verb


@pytest.mark.parametrize("verb", sorted(set(verbs()) - {"decision"}))
def test_what_a_verb_promises_is_tried_by_itself(verb: str) -> None:
    """In tests/bot, where no screen stands between the verb and the test."""
    assert any(file.startswith("tests/bot/") for file in where(verb))
