"""python -m bot export | erase PERSON, or --consortium: how to leave, with everything, and without a trace."""

import argparse
import re
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NamedTuple

from bot.erasing import erase_after_holds
from bot.errors import UserError
from bot.inert import as_json, inert
from bot.leaving import Leave, everything_about, everything_of, those_called, what_goes
from bot.legal_holds import hold_seen
from bot.seen.legal_holds import HoldSeen
from handlers.blocks.people import called
from handlers.blocks.removal import neutral
from handlers.words import listing, short_day
from program.clock import real_clock
from program.settings import load_database_settings
from program.time_for_commands import time_now
from program.which_consortium import must_be_clear, the_consortium, the_database, those_named, write_new
from storage.consortia import Consortium, Places, consortium_at
from storage.database import Database
from storage.erasures import Note, every_note, note_of_consortium
from storage.people import people_with
from storage.tenancy import Session
from storage.upkeep.erasure_file import add_notes
from storage.upkeep.one_process import only_one_process
from storage.upkeep.wiping import Wiped, wipe
from storage.use import count_rows, forget

DONE, NOT_DONE = 0, 1
LEGEND = "docs/what-is-kept.md says what each column holds."
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


class Found(NamedTuple):
    """The consortium in which somebody is known, with the numbers of their rows there."""

    consortium: Consortium
    ids: list[int]


def add_leaving_commands(commands: Any) -> None:
    exporting = commands.add_parser(
        "export", help="write all that is kept of a person or a consortium to a file"
    )
    _say_whom(exporting)
    exporting.add_argument("file", nargs="?", help="a new one; agenda-export-….json where none is named")
    exporting.set_defaults(do=export)
    erasing = commands.add_parser("erase", help="erase all that is kept of a person or a consortium")
    _say_whom(erasing)
    erasing.add_argument("--yes", action="store_true", help="do it without asking")
    erasing.set_defaults(do=erase_what_is_kept)


def _say_whom(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "person", nargs="?", help="U0MEMBER, or T0OTHER/U0MEMBER, as in the consortium's file"
    )
    parser.add_argument("--consortium", action="store_true", help="all of a consortium instead")
    parser.add_argument("--workspace", help="whose consortium, where the database has several")


def export(arguments: argparse.Namespace) -> int:
    """Into a new file, for its owner alone."""
    with the_database() as database:
        if arguments.consortium:
            consortium = the_consortium(database, arguments.workspace)
            named = _only_a_file(arguments)
            whom, exported = consortium.team_id, _all_of(database, consortium)
        else:
            found = _found(database, arguments)
            whom, named = arguments.person, arguments.file
            exported = {"kept": _all_about(database, found)}
    file = Path(named or f"agenda-export-{whom.rpartition('/')[2]}.json")
    write_new(file, as_json({"made at": real_clock(), "legend": LEGEND} | exported).encode())
    print(f"{file} holds all that is kept of {whom}. Nobody but you may read it.")
    return DONE


def _only_a_file(arguments: argparse.Namespace) -> str | None:
    """Where a consortium is exported, the one word is the name of a file. Raises UserError where a person is named besides."""
    if arguments.file is not None or _is_a_person(arguments.person):
        raise _both()
    file: str | None = arguments.person
    return file


def _both() -> UserError:
    return UserError("Name a person, or say --consortium. Not both.")


def _is_a_person(name: str | None) -> bool:
    return re.fullmatch(r"(?:[A-Z0-9]+/)?[UW][A-Z0-9]+", name or "") is not None


def erase_what_is_kept(arguments: argparse.Namespace) -> int:
    """It says what goes, and asks. A person is erased beside a bot that runs, which edits what stands in Slack."""
    url = load_database_settings().database_url
    alone: bool = arguments.consortium
    with only_one_process(url) if alone else nullcontext(), the_database(alone=alone) as database:
        erase_them = _erase_consortium if arguments.consortium else _erase_person
        return _wiped(database) if erase_them(database, arguments) else NOT_DONE


def _all_of(database: Database, consortium: Consortium) -> dict[str, Any]:
    return database.do(everything_of, consortium.id)


def _all_about(database: Database, found: Found) -> list[dict[str, Any]]:
    def about(session: Session) -> list[dict[str, Any]]:
        people = people_with(session, found.ids)
        return [everything_about(session, found.consortium, one) for one in people]

    return database.do(about, found.consortium.id)


def _erase_person(database: Database, arguments: argparse.Namespace) -> bool:
    consortium, ids = _found(database, arguments)
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
    """What a restored backup would bring back."""
    file = load_database_settings().erasure_file
    try:
        add_notes(file, notes)
    except OSError as error:
        print(
            f"{file} can't be written: {error.strerror}. Until it can, a backup that is restored brings this back."
        )


def _waits(hold: HoldSeen) -> str:
    return (
        f"Nothing is erased now: a hold lasts up to {short_day(hold.until)}. It is noted that they wait, and the bot"
        " erases them when it has ended. Then run this once more, for what the files of the database still hold."
    )


def _erase_consortium(database: Database, arguments: argparse.Namespace) -> bool:
    if arguments.person:
        raise _both()
    consortium = the_consortium(database, arguments.workspace)
    _must_not_be_held(database, consortium)
    rows = database.do(lambda session: count_rows(session, consortium))
    counted = ", ".join(f"{count} {table}" for table, count in rows.items() if count)
    print(f"{consortium.name} ({consortium.team_id}) goes with all that is kept of it: {counted}.")
    print("What stands in Slack stays there, and the bot edits it no more.")
    if not _is_wanted(arguments, consortium.team_id):
        return False
    note = database.do(note_of_consortium, consortium.id)
    database.do(lambda session: forget(session, consortium_at(session, consortium.id, Places.CHANGE)))
    _note([note])
    print(f"{consortium.name} is erased.")
    return True


def _must_not_be_held(database: Database, consortium: Consortium) -> None:
    now = time_now(load_database_settings().slack_api_url)
    hold = database.do(lambda session: hold_seen(session, consortium, now), consortium.id)
    if hold is not None:
        raise UserError(
            "Nothing is erased now: a hold lasts up to {day}. An admin, or python -m bot hold --end, lets it end.",
            day=hold.until,
        )


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


def _found(database: Database, arguments: argparse.Namespace) -> Found:
    """Raises UserError where nobody is known by that name, or where it isn't clear in which consortium."""
    if not arguments.person:
        raise UserError(
            "Say whose: U0MEMBER, or T0OTHER/U0MEMBER as in the consortium's file. Or add --consortium."
        )
    those = those_named(database, arguments.workspace)
    found = [one for one in (_known_in(database, one, arguments.person) for one in those) if one.ids]
    if not found:
        raise UserError("Nobody here is known as {person}.", person=arguments.person)
    must_be_clear([one.consortium for one in found])
    return found[0]


def _known_in(database: Database, consortium: Consortium, person: str) -> Found:
    team, _slash, user = person.rpartition("/")
    called_so = database.do(lambda session: those_called(session, team, user), consortium.id)
    return Found(consortium, [one.id for one in called_so])
