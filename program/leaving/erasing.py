"""python -m bot erase PERSON, or --collaborative, or --consortium: leave without a trace."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Any

from bot.erasing import erase_after_holds
from bot.inert import inert
from bot.leaving import Leave, what_goes
from bot.leaving_together import erase_collaborative, its_people
from bot.legal_holds import must_not_be_held
from bot.seen.legal_holds import HoldSeen
from handlers.blocks.people import called
from handlers.blocks.removal import neutral, unnamed
from handlers.words import listing, short_day
from program.leaving.whom import both, found_person, is_erased_by_now, say_whom, the_collaborative
from program.settings import load_database_settings
from program.time_for_commands import time_now
from program.which_consortium import the_consortium, the_database
from storage.consortia import Collaborative, Consortium, Places, collaborative_named, consortium_at
from storage.database import Database
from storage.erasures import Note, every_note, note_of_consortium
from storage.people import people_with
from storage.tenancy import Session
from storage.upkeep.erasure_file import add_notes, line_of, read_notes
from storage.upkeep.one_process import only_one_process
from storage.upkeep.wiping import Wiped, wipe
from storage.use import count_rows, forget

DONE, NOT_DONE = 0, 1
STAYS_ELSEWHERE = (
    "Backups and dumps that were made before hold it still, and so does the write-ahead log of a Postgres."
    " Delete them when you need them no longer. If you restore one, it is erased again."
)
STAYS_IN_FILES = {
    Wiped.NOT_WHILE_IN_USE: (
        "Somebody works with the database just now, so its file was not written anew. What was erased is"
        " overwritten in it all the same. Its WAL holds it until the bot ends."
    ),
    Wiped.NOT_BY_US: (
        "Postgres keeps samples of what stood in the tables, and lets only the owner of the database write these"
        " anew. What was erased may stand in them until then. Ask them to run, in this database:"
        " VACUUM (FULL) pg_statistic;"
    ),
}


def add_erase_command(commands: Any) -> None:
    erasing = commands.add_parser(
        "erase", help="erase all that is kept of a person, a collaborative or a consortium"
    )
    say_whom(erasing)
    erasing.add_argument("--yes", action="store_true", help="do it without asking")
    erasing.set_defaults(do=erase_what_is_kept)


def erase_what_is_kept(arguments: argparse.Namespace) -> int:
    """It says what goes, and asks. A person is erased beside a bot that runs, which edits what stands in Slack."""
    url = load_database_settings().database_url
    read_notes(load_database_settings().erasure_file)  # one that is damaged is mended first
    alone: bool = arguments.consortium
    with only_one_process(url) if alone else nullcontext(), the_database(alone=alone) as database:
        erase_them = _who_erases(arguments)
        return _wiped(database) if erase_them(database, arguments) else NOT_DONE


def _who_erases(arguments: argparse.Namespace) -> Callable[[Database, argparse.Namespace], bool]:
    if arguments.collaborative:
        return _erase_collaborative
    return _erase_consortium if arguments.consortium else _erase_person


def _erase_person(database: Database, arguments: argparse.Namespace) -> bool:
    if is_erased_by_now(database, arguments):
        print(f"{arguments.person} is erased already.")
        return True
    consortium, ids = found_person(database, arguments)
    now = time_now(load_database_settings().slack_api_url)
    leave = database.do(
        lambda session: what_goes(session, consortium, people_with(session, ids), now), consortium.id
    )
    print(inert("\n".join(_told(consortium, leave))))
    if not _is_wanted(arguments, arguments.person):
        return False
    hold = database.do(
        lambda session: erase_after_holds(session, consortium, people_with(session, ids), neutral(), now),
        consortium.id,
    )
    _note(database.do(every_note))
    if hold is not None:
        print(_waits(hold))
        return False
    print(
        f"All that was kept of {arguments.person} in {consortium.team_id} is erased."
        " Take them out of the consortium's file as well."
    )
    return True


def _note(notes: list[Note]) -> None:
    """What a restored backup would bring back. The bot tries it again at every tick."""
    error = _not_written(notes)
    if error is not None:
        print(f"{error} Until it can, a backup that is restored brings this back.")


def _not_written(notes: list[Note]) -> str | None:
    file = load_database_settings().erasure_file
    try:
        add_notes(file, notes)
    except OSError as error:
        return f"{file} can't be written: {error.strerror}."
    return None


def _waits(hold: HoldSeen) -> str:
    return (
        f"Nothing is erased now: a hold lasts up to {short_day(hold.until)}. It is noted that they wait, and the bot"
        " erases them when it has ended. Then run this once more, for what the files of the database still hold."
    )


def _erase_consortium(database: Database, arguments: argparse.Namespace) -> bool:
    if arguments.person:
        raise both()
    consortium = the_consortium(database, arguments.workspace)
    now = time_now(load_database_settings().slack_api_url)
    database.do(lambda session: must_not_be_held(session, consortium, now), consortium.id)
    rows = database.do(lambda session: count_rows(session, consortium))
    counted = ", ".join(f"{count} {table}" for table, count in rows.items() if count)
    print(f"{consortium.name} ({consortium.team_id}) goes with all that is kept of it: {counted}.")
    print("What stands in Slack stays there, and the bot edits it no more.")
    if not _is_wanted(arguments, consortium.team_id):
        return False
    note = database.do(note_of_consortium, consortium.id)
    database.do(partial(_forget, consortium=consortium, now=now), consortium.id)
    error = _not_written([note])
    if error is not None:
        print(f"{error} Write this line at its end, or a backup that is restored brings this back:")
        print(line_of(note))
    print(f"{consortium.name} is erased.")
    return True


def _forget(session: Session, consortium: Consortium, now: datetime) -> None:
    """A hold may have begun while it was asked."""
    here = consortium_at(session, consortium.id, Places.CHANGE)
    must_not_be_held(session, here, now)
    forget(session, here)


def _erase_collaborative(database: Database, arguments: argparse.Namespace) -> bool:
    """Beside a bot that runs, which edits what stands in Slack."""
    if arguments.person:
        raise both()
    consortium, its = the_collaborative(database, arguments)
    now = time_now(load_database_settings().slack_api_url)
    count, leave = database.do(partial(_what_goes, consortium=consortium, its=its, now=now), consortium.id)
    print(
        inert(f"{its.name} goes with its name and its address, and all that is kept of its people: {count}.")
    )
    print(inert("\n".join(_what_stays(leave))))
    print(
        "Its past meetings stay, and so do the places and the minutes of its items. Export it first, and give it the file."
    )
    if not _is_wanted(arguments, its.name):
        return False
    database.do(
        lambda session: erase_collaborative(
            session, consortium, collaborative_named(session, its.name) or its, neutral(), unnamed(), now
        ),
        consortium.id,
    )
    _note(database.do(every_note))
    print(inert(f"{its.name} is erased. Take it out of the consortium's file as well."))
    return True


def _what_goes(
    session: Session, consortium: Consortium, its: Collaborative, now: datetime
) -> tuple[int, Leave]:
    """How many people go with it, and what that means."""
    people = its_people(session, its)
    return len(people), what_goes(session, consortium, [*chain.from_iterable(people)], now)


def _is_wanted(arguments: argparse.Namespace, name: str) -> bool:
    """At a terminal whoever erases it says so once more."""
    if arguments.yes:
        return True
    if not sys.stdin.isatty():
        print("Nothing was erased. To do it, add --yes.")
        return False
    is_wanted = input(f"This can't be undone. To do it, type {name}: ").strip() == name
    if not is_wanted:
        print("Nothing was erased.")
    return is_wanted


def _wiped(database: Database) -> int:
    wiped = wipe(database)
    if wiped in STAYS_IN_FILES:
        print(STAYS_IN_FILES[wiped])
    print(STAYS_ELSEWHERE)
    return NOT_DONE if wiped in STAYS_IN_FILES else DONE


def _told(consortium: Consortium, leave: Leave) -> Iterator[str]:
    """What goes, a line each."""
    known_as = listing(f"{who.team_id}/{who.user_id}" for who in leave.known_as)
    yield f"{called(leave.name)} ({known_as}) is known in {consortium.name}. Of them is kept:"
    yield from (f"  {what}: {count}" for what, count in leave.rows.items() if count)
    yield "The words go, and so does whose they were. What nobody has decided about is taken back."
    yield from _what_stays(leave)


def _what_stays(leave: Leave) -> Iterator[str]:
    for place in leave.kept_places:
        yield f"  “{place.title}” is on the agenda for {short_day(place.day)}: its place stays. Tell the host."
    if leave.is_last_keeper:
        yield "Nobody else keeps the settings. Name another admin first."
    if leave.messages:
        yield f"Messages in Slack that show it, and that a running bot edits: {leave.messages}."
    for channel, ts in leave.out_of_reach:
        yield f"  A message that the bot can't edit stays: channel {channel}, {ts or 'and nobody knows where'}."
    if leave.named_by_others:
        yield f"Items, tips and notes of others with their name in them, which stay as they are: {leave.named_by_others}."
