"""python -m bot rotate-keys | backup FILE | restore FILE | restored: commands that keep what is remembered, and keep it closed."""

import argparse
from functools import partial
from pathlib import Path
from typing import Any

from bot.errors import UserError
from program.after_restore import TakenUp, take_up
from program.settings import DatabaseSettings, load_database_settings
from program.time_for_commands import time_now
from storage.consortia import consortium_of, every_consortium
from storage.database import Database
from storage.tenancy import Session
from storage.upkeep.backup import Contents, back_up, examine, put_back
from storage.upkeep.erasure_file import read_notes
from storage.upkeep.one_process import only_one_process
from storage.upkeep.open_database import KeySource, opened, opened_as_it_is
from storage.upkeep.resealing import drop_unused_keys, keys_of, seal_everything
from storage.use import forget, is_used

DONE, NOT_DONE = 0, 1


def add_upkeep_commands(commands: Any) -> None:
    rotating = commands.add_parser("rotate-keys", help="make a new key, and seal everything under it")
    rotating.add_argument(
        "--drop-old", action="store_true", help="make none, and remove those that nothing is sealed under"
    )
    rotating.set_defaults(do=rotate_keys)
    backing_up = commands.add_parser("backup", help="copy a SQLite database, also while the bot runs")
    backing_up.add_argument("file", type=Path)
    backing_up.set_defaults(do=backup)
    restoring = commands.add_parser("restore", help="make a backup the SQLite database")
    restoring.add_argument("file", type=Path)
    restoring.add_argument("--verify", action="store_true", help="only look whether it could be restored")
    restoring.set_defaults(do=restore)
    forgetting = commands.add_parser("forget", help="remove what was set up for a workspace by mistake")
    forgetting.add_argument("workspace")
    forgetting.set_defaults(do=forget_workspace)
    after = commands.add_parser("restored", help="say that pg_restore has put back a Postgres database")
    after.set_defaults(do=restored)


def rotate_keys(arguments: argparse.Namespace) -> int:
    """A bot that runs goes on, and seals under the new key from now on. Another rotation waits."""
    settings = load_database_settings()
    with opened_as_it_is(settings.database_url, settings.key_source) as database:
        _must_be_in_use(database)
        with keys_of(database).alone():
            return _rotate(database, settings, drop_old=arguments.drop_old)


def _rotate(database: Database, settings: DatabaseSettings, *, drop_old: bool) -> int:
    keys = keys_of(database)
    if not drop_old and settings.keys is None:
        keys.add()
    sealed = seal_everything(database)
    print(f"{sealed.count} cells were sealed anew. All stand under key {keys.newest}.")
    for cell in sorted(sealed.closed, key=str):
        print(f"{cell} does not open, and was left as it is.")
    if drop_old:
        _drop_old(database)
    elif settings.keys is None:
        print(f"Copy {settings.keys_file} to its other place again now: the copy there lacks the new key.")
        print("Backups need the keys of their time. When they are gone: rotate-keys --drop-old")
    return NOT_DONE if sealed.closed else DONE


def _must_be_in_use(database: Database) -> None:
    """By a database that nobody uses, such as one of a mistyped address, every old key would look unneeded."""
    if not database.do(every_consortium):
        raise UserError("Nothing is set up in this database, so no key was touched. Is DATABASE_URL right?")


def _drop_old(database: Database) -> None:
    dropped = drop_unused_keys(database)
    print(f"Removed: {', '.join(sorted(dropped))}." if dropped else "There was no key to remove.")


def backup(arguments: argparse.Namespace) -> int:
    settings = load_database_settings()
    contents = back_up(settings.database_url, arguments.file)
    print(f"{arguments.file} holds {_told(contents)}.")
    print(f"The keys are not in it. Keep a copy of {settings.key_source.name} in another place.")
    return DONE


def restore(arguments: argparse.Namespace) -> int:
    settings = load_database_settings()
    if arguments.verify:
        return _verify(arguments.file, settings.key_source)
    notes = read_notes(settings.erasure_file)
    taken_up: list[TakenUp] = []
    contents = put_back(
        arguments.file,
        settings.database_url,
        settings.key_source,
        lambda database: taken_up.append(take_up(database, notes, time_now(settings.slack_api_url))),
    )
    print(f"The database holds {_told(contents)} again.")
    _say_what_was_taken_up(*taken_up)
    return DONE


def _verify(backup: Path, source: KeySource) -> int:
    contents = examine(backup, source)
    print(f"{backup} is sound, at revision {contents.revision}, and holds {_told(contents)}.")
    for cell in contents.closed:
        print(f"{cell} does not open with the keys of {source.name}.")
    if contents.keys:
        print(f"Keys it needs: {', '.join(sorted(contents.keys))}.")
    return NOT_DONE if contents.closed else DONE


def restored(_arguments: argparse.Namespace) -> int:
    """What `restore` does for SQLite by itself."""
    settings = load_database_settings()
    with (
        only_one_process(settings.database_url),
        opened(settings.database_url, settings.key_source, alone=True) as database,
    ):
        notes = read_notes(settings.erasure_file)
        _say_what_was_taken_up(take_up(database, notes, time_now(settings.slack_api_url)))
    return DONE


def forget_workspace(arguments: argparse.Namespace) -> int:
    """What nobody has ever used: there is nothing to be lost."""
    settings = load_database_settings()
    with opened_as_it_is(settings.database_url, settings.key_source) as database:
        database.do(partial(_forget, workspace=arguments.workspace))
    print(f"What was set up for {arguments.workspace} is forgotten.")
    return DONE


def _forget(session: Session, workspace: str) -> None:
    consortium = consortium_of(session, workspace)
    if consortium is None:
        raise UserError("Nothing is set up for {workspace}.", workspace=workspace)
    if is_used(session, consortium):
        raise UserError(
            "A bot or people have used what is set up for {workspace}, so it stays.", workspace=workspace
        )
    forget(session, consortium)


def _say_what_was_taken_up(taken_up: TakenUp) -> None:
    if taken_up.erased_again:
        print(f"What was erased since the backup is erased again: {taken_up.erased_again}.")
    if taken_up.wait:
        print(
            f"People who wait to be erased until a legal hold ends: {taken_up.wait}."
            " A collaborative that was erased since the backup is there again: erase it once more then."
        )
    print(_what_is_looked_for(taken_up.looked_for))


def _what_is_looked_for(count: int) -> str:
    messages = "1 message" if count == 1 else f"{count} messages"
    return (
        f"{messages} may have been sent since the backup, and will be looked for first."
        " If you have changed the consortium's file since the backup, apply it with setup. Then start the bot."
    )


def _told(contents: Contents) -> str:
    return ", ".join(f"{count} {table}" for table, count in contents.rows.items() if count) or "nothing"
