"""python -m bot hold: that nothing is deleted, for a records request or a lawsuit."""

import argparse
from datetime import datetime
from functools import partial
from typing import Any

from bot.calendar import read_day
from bot.errors import UserError
from bot.legal_holds import begin_or_change, hold_seen, let_it_end
from bot.reading.text import visible
from bot.seen.legal_holds import HoldSeen
from handlers.blocks.fields import FIELDS
from handlers.words import day
from program.settings import load_database_settings
from program.time_for_commands import time_now
from program.which_consortium import the_consortium, the_database
from storage.consortia import Consortium
from storage.database import Database

DONE = 0
LONGEST_REASON = FIELDS["hold_reason"].longest


def add_hold_command(commands: Any) -> None:
    holding = commands.add_parser(
        "hold",
        help="say whether a legal hold lasts; or delete nothing up to a day, for a records request or a lawsuit",
    )
    holding.add_argument("--until", help="the last day, such as 2027-06-30")
    holding.add_argument("--reason", help="why; admins read it")
    holding.add_argument(
        "--end", action="store_true", help="let it end today; after midnight deleting goes on"
    )
    holding.add_argument("--workspace", help="whose consortium, where the database has several")
    holding.set_defaults(do=hold)


def hold(arguments: argparse.Namespace) -> int:
    _must_be_one_thing(arguments)
    now = time_now(load_database_settings().slack_api_url)
    with the_database() as database:
        consortium = the_consortium(database, arguments.workspace)
        if arguments.end:
            database.do(partial(let_it_end, consortium=consortium, now=now), consortium.id)
        elif arguments.until:
            _hold(database, consortium, arguments, now)
        print(_told(database.do(partial(hold_seen, consortium=consortium, now=now), consortium.id)))
    return DONE


def _hold(database: Database, consortium: Consortium, arguments: argparse.Namespace, now: datetime) -> None:
    begin = partial(
        begin_or_change, consortium=consortium, by=None, reason=_reason(arguments.reason), now=now
    )
    database.do(partial(begin, until=read_day(arguments.until)), consortium.id)


def _must_be_one_thing(arguments: argparse.Namespace) -> None:
    if arguments.end and (arguments.until or arguments.reason):
        raise UserError("Say --end, or --until and --reason. Not both.")
    if bool(arguments.until) != bool(arguments.reason):
        raise UserError("Say both: --until DAY and --reason “WHY”.")


def _reason(typed: str) -> str:
    """Raises UserError if it shows nothing, or is too long."""
    if not visible(typed):
        raise UserError("Why is nothing to be deleted?")
    if len(typed) > LONGEST_REASON:
        raise UserError("This is longer than {longest} characters.", longest=LONGEST_REASON)
    return typed.strip()


def _told(hold: HoldSeen | None) -> str:
    if hold is None:
        return "No hold lasts. What was kept long enough is deleted."
    if hold.ends_today:
        return "The hold ends today. After midnight, deleting goes on."
    return f"A hold lasts up to {day(hold.until)}. Until then nothing is deleted."
