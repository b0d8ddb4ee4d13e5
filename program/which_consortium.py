"""For which consortium of the database a command is, and where it writes what it found."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import AnyOf, UserError
from bot.reading.text import as_a_name
from program.settings import load_database_settings
from storage.consortia import Consortium, every_consortium
from storage.database import Database
from storage.files import write_whole
from storage.upkeep.open_database import opened_as_it_is


@contextmanager
def the_database(*, alone: bool = False) -> Iterator[Database]:
    settings = load_database_settings()
    with opened_as_it_is(settings.database_url, settings.key_source, alone=alone) as database:
        yield database


def the_consortium(database: Database, named: str | None, *, option: str = "--workspace") -> Consortium:
    """Raises UserError where it isn't clear which; `option` says it."""
    those = those_named(database, named)
    must_be_clear(those, option)
    return those[0]


def those_named(database: Database, named: str | None) -> list[Consortium]:
    """All, or the one of this workspace, or of this name. Raises UserError where there is none."""
    those = [one for one in database.do(every_consortium) if named is None or _is(one, named)]
    if not those:
        raise UserError("Nothing is set up for {workspace}.", workspace=named or "anybody")
    return those


def _is(consortium: Consortium, named: str) -> bool:
    return named == consortium.team_id or as_a_name(named) == as_a_name(consortium.name)


def must_be_clear(those: list[Consortium], option: str = "--workspace") -> None:
    """Raises UserError where there are several."""
    if len(those) > 1:
        workspaces = AnyOf(tuple(one.team_id for one in those))
        raise UserError(
            "There are several. Say which: {option} {workspaces}.", option=option, workspaces=workspaces
        )


def write_new(file: Path, content: bytes) -> None:
    """For its owner alone. Raises UserError where it is there already, or can't be written."""
    try:
        is_new = write_whole(file, content, replace=False)
    except OSError as error:
        raise UserError(
            "{file} can't be written: {problem}.", file=str(file), problem=str(error.strerror)
        ) from None
    if not is_new:
        raise UserError("{file} is there already. Name another file.", file=str(file))
