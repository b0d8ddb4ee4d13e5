"""python -m bot [run | setup FILE | migrate | doctor | backup FILE | restore FILE | restored | forget WORKSPACE | rotate-keys |
export PERSON | erase PERSON | hold | agenda]"""

import argparse
import asyncio
import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import uvloop

from bot.errors import UserError
from handlers.slack.connection import TokenNotAccepted
from handlers.slack.timeouts import FAREWELLS
from handlers.words import worded
from program import app
from program.agenda_command import add_agenda_command
from program.clock import real_clock
from program.doctor.examination import examine
from program.hold_command import add_hold_command
from program.leaving.erasing import add_erase_command
from program.leaving.exporting import add_export_command
from program.logs import start_logging
from program.settings import Settings, SettingsError, load_database_settings, load_settings
from program.setup_command import add_setup_command
from program.upkeep_commands import add_upkeep_commands
from program.version import VERSION
from storage.database import Database
from storage.keys import KeysAreWrong
from storage.troubles import DatabaseTrouble
from storage.upkeep.backup import BackupFailed
from storage.upkeep.erasure_file import ErasuresAreWrong
from storage.upkeep.one_process import AlreadyRunning
from storage.upkeep.open_database import opened
from storage.upkeep.schema import DatabaseIsNewer

CANNOT_START = 2
NOT_DONE = 1
PRIVATE = 0o077
CANNOT_START_BECAUSE = (
    *(KeysAreWrong, ErasuresAreWrong, AlreadyRunning),
    *(DatabaseTrouble, DatabaseIsNewer, TokenNotAccepted),
)


def main() -> int:
    os.umask(PRIVATE)  # a database file and its journals are nobody else's to read
    arguments = _arguments()
    try:
        return int(arguments.do(arguments))
    except SettingsError as error:
        print(f"{error}. Put it right in .env or in the environment.", file=sys.stderr)
        return CANNOT_START
    except CANNOT_START_BECAUSE as error:
        print(error, file=sys.stderr)
        return CANNOT_START
    except BackupFailed as error:
        print(error, file=sys.stderr)
        return NOT_DONE
    except UserError as error:
        print(worded(error), file=sys.stderr)
        return NOT_DONE


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot")
    parser.set_defaults(do=run)
    parser.add_argument("--version", action="version", version=VERSION)
    commands = parser.add_subparsers()
    commands.add_parser("run", help="bring the database up to date, then listen and deliver").set_defaults(
        do=run
    )
    add_setup_command(commands)
    commands.add_parser("migrate", help="bring the database up to date").set_defaults(do=migrate)
    doctor_ = commands.add_parser(
        "doctor", help="say what is wrong, and what to do; status 0, 1 (warnings) or 2"
    )
    doctor_.add_argument("--json", action="store_true", dest="as_json")
    doctor_.set_defaults(do=doctor)
    add_upkeep_commands(commands)
    add_export_command(commands)
    add_erase_command(commands)
    add_hold_command(commands)
    add_agenda_command(commands)
    return parser.parse_args()


def run(_arguments: argparse.Namespace) -> int:
    settings = load_settings()
    start_logging(settings.log_level)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_run_until_told(settings))
    return 0


async def _run_until_told(settings: Settings) -> None:
    told, has_begun = asyncio.Event(), asyncio.Event()
    for told_by in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(told_by, told.set)
    working, waiting = asyncio.create_task(_work(settings, has_begun, told)), asyncio.create_task(told.wait())
    await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if has_begun.is_set() or working.done():
        await working
    else:  # it may wait long for Slack, and has begun nothing that has to come to its end
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working


async def _work(settings: Settings, has_begun: asyncio.Event, told: asyncio.Event) -> None:
    async with app.running(settings):
        has_begun.set()
        # What is loaded by now stays: looking through all of it again would hold an answer up for 70 ms.
        gc.collect()
        gc.freeze()
        await told.wait()
        _end_by_force_after(FAREWELLS.longest)


def _end_by_force_after(seconds: float) -> None:
    """Whatever is still under way by then is as good as crashed, and is looked for by whoever comes next."""
    last_resort = threading.Timer(seconds, os._exit, [0])
    last_resort.daemon = True
    last_resort.start()


def migrate(_arguments: argparse.Namespace) -> int:
    with _database():
        print("The database is up to date.")
    return 0


def doctor(arguments: argparse.Namespace) -> int:
    diagnosis = asyncio.run(examine(real_clock()))
    print(diagnosis.as_json() if arguments.as_json else diagnosis.as_text())
    return diagnosis.status


@contextmanager
def _database() -> Iterator[Database]:
    settings = load_database_settings()
    with opened(settings.database_url, settings.key_source) as database:
        yield database
