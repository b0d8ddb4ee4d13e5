"""The commands that keep what is remembered, as an operator types them."""

import shutil
from pathlib import Path

import pytest

from bot.consortia import apply
from storage.consortia import Consortium, confirm
from storage.database import Database
from storage.items import Item, Reason
from storage.keys import KeyRing
from storage.tenancy import enter
from storage.upkeep.open_database import KeySource, opened
from tests.builders import NOON, a_consortium, a_person, a_plan, an_item
from tests.processes import Ended, bot_does
from tests.servers import PostgresServer
from tests.story import PLAN

pytestmark = pytest.mark.slow  # each starts a process or two

CANARY = "canary-e18c"


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return tmp_path / "agenda.keys"


@pytest.fixture
def kept(tmp_path: Path, keys: Path, migrated_file: Path) -> dict[str, str]:
    """The settings of a database in which an item was not taken; its file of keys is where the bot looks for it."""
    url = f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'agenda.db')}"
    with opened(url, KeySource(keys)) as database:
        _an_item_not_taken(database)
    return {"DATABASE_URL": url}


def _an_item_not_taken(database: Database) -> None:
    with database.transaction() as session:
        consortium = a_consortium(session)
        enter(session, consortium.id)
        item = an_item(session, a_person(session, consortium))
        item.reason, item.note = Reason.OTHER, CANARY


def note_in(settings: dict[str, str], keys: Path) -> str | None:
    with opened(settings["DATABASE_URL"], KeySource(keys)) as database, database.transaction(1) as session:
        return session.get_one(Item, 1).note


def line_in(keys: Path) -> str:
    return keys.read_text().splitlines()[-1]


def is_one_line(ended: Ended, status: int) -> bool:
    return (ended.status, ended.said, len(ended.log.splitlines())) == (status, "", 1)


async def test_a_backup_is_made_looked_at_and_put_back(
    tmp_path: Path, kept: dict[str, str], keys: Path
) -> None:
    made = await bot_does(tmp_path, kept, "backup", "backup.db")
    assert (made.status, made.log) == (0, "")
    assert "backup.db holds 1 consortium, 1 item, 1 person." in made.said
    assert "The keys are not in it. Keep a copy of agenda.keys in another place." in made.said
    assert CANARY.encode() not in (tmp_path / "backup.db").read_bytes()
    assert is_one_line(await bot_does(tmp_path, kept, "backup", "backup.db"), 1)

    looked = await bot_does(tmp_path, kept, "restore", "backup.db", "--verify")
    assert (looked.status, looked.log) == (0, "")
    assert KeyRing.in_file(keys).newest in looked.said

    refused = await bot_does(tmp_path, kept, "restore", "backup.db")
    assert is_one_line(refused, 1)
    assert "agenda.db would be overwritten" in refused.log

    (tmp_path / "agenda.db").rename(tmp_path / "moved-away.db")
    restored = await bot_does(tmp_path, kept, "restore", "backup.db")
    assert (restored.status, restored.log) == (0, "")
    assert "holds 1 consortium, 1 item, 1 person again" in restored.said
    assert note_in(kept, keys) == CANARY


async def test_a_backup_that_cannot_be_read_is_one_line(tmp_path: Path, kept: dict[str, str]) -> None:
    (tmp_path / "backup.db").write_bytes(b"no database at all")
    for arguments in (("backup.db", "--verify"), ("nowhere.db", "--verify")):
        ended = await bot_does(tmp_path, kept, "restore", *arguments)
        assert is_one_line(ended, 1)
        assert arguments[0] in ended.log


async def test_keys_are_rotated_and_old_ones_dropped(
    tmp_path: Path, kept: dict[str, str], keys: Path
) -> None:
    [old] = KeyRing.in_file(keys).ids
    rotated = await bot_does(tmp_path, kept, "rotate-keys")
    [new, kept_old] = KeyRing.in_file(keys).ids
    assert (rotated.status, rotated.log, kept_old) == (0, "", old)
    assert f"2 cells were sealed anew. All stand under key {new}." in rotated.said
    assert "rotate-keys --drop-old" in rotated.said

    dropped = await bot_does(tmp_path, kept, "rotate-keys", "--drop-old")
    assert (dropped.status, dropped.log) == (0, "")
    assert f"Removed: {old}." in dropped.said
    assert KeyRing.in_file(keys).ids == [new]
    assert note_in(kept, keys) == CANARY


async def test_keys_of_the_environment_are_rotated_by_putting_a_line_before_them(
    tmp_path: Path, kept: dict[str, str], keys: Path
) -> None:
    settings = kept | {"KEYS": f"mine:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE= {line_in(keys)}"}
    rotated = await bot_does(tmp_path, settings, "rotate-keys")
    assert "2 cells were sealed anew. All stand under key mine." in rotated.said
    refused = await bot_does(tmp_path, settings, "rotate-keys", "--drop-old")
    assert refused.status == 2
    assert refused.log.startswith("The keys stand in KEYS")


@pytest.fixture
def lost(kept: dict[str, str], keys: Path) -> str:
    """The id of the key whose file is gone."""
    [key_id] = KeyRing.in_file(keys).ids
    keys.unlink()
    return key_id


async def test_a_bot_without_its_keys_does_not_start_and_says_which(
    tmp_path: Path, kept: dict[str, str], lost: str
) -> None:
    for _ in range(2):  # nor has it made others meanwhile
        ended = await bot_does(tmp_path, kept, "migrate")
        assert is_one_line(ended, 2)
        assert lost in ended.log


@pytest.fixture
def _open_to_others(kept: dict[str, str], keys: Path) -> None:
    keys.chmod(0o644)


@pytest.mark.usefixtures("_open_to_others")
async def test_keys_that_others_may_read_are_refused(tmp_path: Path, kept: dict[str, str]) -> None:
    ended = await bot_does(tmp_path, kept, "migrate")
    assert is_one_line(ended, 2)
    assert "chmod 600" in ended.log


async def test_a_postgres_is_kept_by_its_own_tools(tmp_path: Path, postgres: PostgresServer) -> None:
    url = postgres.create()
    settings = {"DATABASE_URL": url}
    for arguments, tool in ((("backup", "a.db"), "pg_dump"), (("restore", "a.db"), "pg_restore")):
        ended = await bot_does(tmp_path, settings, *arguments)
        assert is_one_line(ended, 1)
        assert tool in ended.log
    restored = await bot_does(tmp_path, settings, "restored")
    assert (restored.status, restored.log) == (0, "")
    assert restored.said.startswith("0 messages may have been sent since the backup")
    postgres.drop(url)


# --- What was set up for a workspace by mistake


def _applied(settings: dict[str, str], keys: Path, team: str) -> None:
    with opened(settings["DATABASE_URL"], KeySource(keys)) as database, database.transaction() as session:
        apply(session, a_plan(**{'team = "T0SISTER"': f'team = "{team}"', "C0SHARED": f"C{team}"}), NOON)


async def test_a_workspace_that_was_mistyped_is_forgotten_and_one_that_is_used_never(
    tmp_path: Path, kept: dict[str, str], keys: Path
) -> None:
    _applied(kept, keys, "T0MISTYPED")
    done = await bot_does(tmp_path, kept, "forget", "T0MISTYPED")
    assert (done.status, done.log) == (0, "")
    assert done.said == "What was set up for T0MISTYPED is forgotten.\n"

    again = await bot_does(tmp_path, kept, "forget", "T0MISTYPED")
    assert is_one_line(again, status=1)
    used = await bot_does(tmp_path, kept, "forget", "T0SISTER")
    assert is_one_line(used, status=1)
    assert "so it stays" in used.log
    assert note_in(kept, keys) == CANARY


async def test_who_applies_the_file_hears_of_a_mistyped_workspace_and_of_those_who_can_not_act(
    tmp_path: Path, kept: dict[str, str], keys: Path
) -> None:
    _applied(kept, keys, "T0MISTYPED")
    with opened(kept["DATABASE_URL"], KeySource(keys)) as database:
        with database.transaction() as session:
            confirm(session, "T0SISTER", NOON)
        with database.transaction(1) as session:
            ours = session.get_one(Consortium, 1)
            a_person(session, ours, user_id="U0DEPUTY", is_bot=True)
            a_person(session, ours, user_id="U0SAM", name=None, asked_at=NOON)
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    said = (await bot_does(tmp_path, kept, "setup", "plan.toml")).said
    assert "can't act: T0SISTER/U0DEPUTY." in said
    assert "Slack does not know T0SISTER/U0SAM." in said
    assert "python -m bot forget T0MISTYPED" in said
