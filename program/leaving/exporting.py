"""python -m bot export PERSON, or --collaborative, or --consortium: leave with everything."""

import argparse
from pathlib import Path
from typing import Any

from bot.inert import inert
from bot.leaving import LEGEND, everything_about, everything_of, in_a_file
from bot.leaving_together import everything_of_collaborative
from program.clock import real_clock
from program.leaving.exported_files import as_zip
from program.leaving.whom import Found, both, found_person, is_a_person, say_whom, the_collaborative
from program.which_consortium import the_consortium, the_database, write_new
from storage.consortia import Consortium
from storage.database import Database
from storage.people import people_with
from storage.tenancy import Session

DONE = 0


def add_export_command(commands: Any) -> None:
    exporting = commands.add_parser(
        "export", help="write all that is kept of a person, a collaborative or a consortium to a file"
    )
    say_whom(exporting)
    exporting.add_argument(
        "file", nargs="?", help="a new one; agenda-export-….json or .zip where none is named"
    )
    exporting.set_defaults(do=export)


def export(arguments: argparse.Namespace) -> int:
    """Into a new file, for its owner alone."""
    with the_database() as database:
        if arguments.collaborative:
            return _export_collaborative(database, arguments)
        if arguments.consortium:
            consortium = the_consortium(database, arguments.workspace)
            named = _only_a_file(arguments)
            whom, exported = consortium.team_id, _all_of(database, consortium)
        else:
            found = found_person(database, arguments)
            whom, named = arguments.person, arguments.file
            exported = {"kept": _all_about(database, found)}
    file = Path(named or f"agenda-export-{whom.rpartition('/')[2]}.json")
    write_new(file, in_a_file(exported, real_clock()).encode())
    print(f"{file} holds all that is kept of {whom}. Nobody but you may read it.")
    return DONE


def _export_collaborative(database: Database, arguments: argparse.Namespace) -> int:
    consortium, its = the_collaborative(database, arguments)
    file = Path(_only_a_file(arguments) or f"agenda-export-of-{its.id}.zip")
    exported = database.do(
        lambda session: everything_of_collaborative(session, consortium, its), consortium.id
    )
    write_new(file, as_zip(exported, {"made at": real_clock(), "legend": LEGEND}))
    print(inert(f"{file} holds all that is kept of {its.name} and its people. Nobody but you may read it."))
    return DONE


def _only_a_file(arguments: argparse.Namespace) -> str | None:
    """Where a consortium is exported, the one word is the name of a file. Raises UserError where a person is named besides."""
    if arguments.file is not None or is_a_person(arguments.person):
        raise both()
    file: str | None = arguments.person
    return file


def _all_of(database: Database, consortium: Consortium) -> dict[str, Any]:
    return database.do(everything_of, consortium.id)


def _all_about(database: Database, found: Found) -> list[dict[str, Any]]:
    def about(session: Session) -> list[dict[str, Any]]:
        people = people_with(session, found.ids)
        return [everything_about(session, found.consortium, one) for one in people]

    return database.do(about, found.consortium.id)
