"""Whose it is: the person, the collaborative or the consortium that a command of leaving names."""

import argparse
import re
from functools import partial
from typing import NamedTuple

from bot.errors import UserError
from bot.leaving import those_called
from program.which_consortium import must_be_clear, those_named
from storage.consortia import Collaborative, Consortium, collaborative_named
from storage.database import Database
from storage.erasures import was_erased


class Found(NamedTuple):
    """The consortium in which somebody is known, with the numbers of their rows there."""

    consortium: Consortium
    ids: list[int]


def say_whom(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "person", nargs="?", help="U0MEMBER, or T0OTHER/U0MEMBER, as in the consortium's file"
    )
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--consortium", action="store_true", help="all of a consortium instead")
    instead.add_argument(
        "--collaborative", metavar="NAME", help="all of a collaborative and its people instead"
    )
    parser.add_argument("--workspace", help="whose consortium, where the database has several")


def found_person(database: Database, arguments: argparse.Namespace) -> Found:
    """Raises UserError where nobody is known by that name, or where it isn't clear in which consortium."""
    if not arguments.person:
        raise UserError(
            "Say whose: U0MEMBER, or T0OTHER/U0MEMBER as in the consortium's file. Or say --collaborative NAME, or --consortium."
        )
    those = those_named(database, arguments.workspace)
    found = [one for one in (_known_in(database, one, arguments.person) for one in those) if one.ids]
    if not found:
        raise UserError("Nobody here is known as {person}.", person=arguments.person)
    must_be_clear([one.consortium for one in found])
    return found[0]


def is_erased_by_now(database: Database, arguments: argparse.Namespace) -> bool:
    """Whether nobody is known by that name any more, and somebody was."""
    those, person = those_named(database, arguments.workspace), arguments.person or ""
    if any(_known_in(database, one, person).ids for one in those):
        return False
    user_id = person.rpartition("/")[2]
    return any(database.do(partial(was_erased, user_id=user_id), one.id) for one in those)


def _known_in(database: Database, consortium: Consortium, person: str) -> Found:
    team, _slash, user = person.rpartition("/")
    called_so = database.do(lambda session: those_called(session, team, user), consortium.id)
    return Found(consortium, [one.id for one in called_so])


def the_collaborative(database: Database, arguments: argparse.Namespace) -> tuple[Consortium, Collaborative]:
    """Raises UserError where none has that name, or several consortia have one."""
    name: str = arguments.collaborative
    those = [
        (one, found)
        for one in those_named(database, arguments.workspace)
        if (found := database.do(lambda session: collaborative_named(session, name), one.id))
    ]
    if not those:
        raise UserError("No collaborative here is called {name}.", name=name)
    must_be_clear([consortium for consortium, _ in those])
    return those[0]


def both() -> UserError:
    """A person is named, and a group as well."""
    return UserError("Name a person, or say --collaborative or --consortium. Not both.")


def is_a_person(name: str | None) -> bool:
    return re.fullmatch(r"(?:[A-Z0-9]+/)?[UW][A-Z0-9]+", name or "") is not None
