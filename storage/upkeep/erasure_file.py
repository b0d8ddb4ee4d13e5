"""The file of erasures, beside that of the keys and in no backup: what is restored from one is erased again by it."""

import re
from collections.abc import Sequence
from pathlib import Path

from storage.erasures import Note, Noted
from storage.files import alone_with, read_text, write_whole

HEADER = (
    "# What was erased for good, and up to which day a legal hold lasts. After a restore it is erased again by these lines.\n"
    "# Nobody can tell from them what it was. Keep this file with the keys, and not with the backups.\n"
)
_NOTE = re.compile(r"(?P<what>[a-z]+) (?P<mark>[0-9a-f]{64}) (?P<number>[0-9]{1,9})")
"""A number is one that a database can hold."""


class ErasuresAreWrong(Exception):
    """One line that says what is wrong with the file, and what to do about it."""


def beside(keys_file: Path) -> Path:
    return keys_file.with_suffix(".erased")


def add_notes(file: Path, notes: Sequence[Note]) -> bool:
    """Write down those that are not there yet, and say whether there were any. Raises OSError where it can't be written."""
    known = read_notes(file)
    if set(notes) <= set(known):
        return False
    with alone_with(file) as real:
        known = read_notes(real)
        every = dict.fromkeys([*known, *notes])
        write_whole(real, (HEADER + "".join(f"{line_of(note)}\n" for note in every)).encode(), replace=True)
    return True


def read_notes(file: Path) -> list[Note]:
    """In the order in which they were written down; none where there is no file."""
    try:
        lines = read_text(file).splitlines()
    except FileNotFoundError:
        return []
    except UnicodeError:
        raise _wrong(file, 1) from None
    except OSError as error:
        raise ErasuresAreWrong(f"{file} can't be read: {error.strerror}. Let the bot read it.") from None
    numbered = enumerate(lines, start=1)
    return [_note(file, number, line) for number, line in numbered if line and not line.startswith("#")]


def line_of(note: Note) -> str:
    return f"{note.what} {note.mark} {note.number}"


def _note(file: Path, number: int, line: str) -> Note:
    written = _NOTE.fullmatch(line)
    if written is None or written["what"] not in set(Noted):
        raise _wrong(file, number)
    return Note(Noted(written["what"]), written["mark"], int(written["number"]))


def _wrong(file: Path, number: int) -> ErasuresAreWrong:
    return ErasuresAreWrong(f"Line {number} of {file} is damaged. Put your copy of this file there.")
