"""A sheet on paper: a PDF, made in a process of its own, which is ended when it takes too long."""

import json
import subprocess
import sys
from contextvars import ContextVar
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import structlog

from bot.errors import UserError
from bot.reading.text import cut
from handlers.documents.legible import legible
from handlers.documents.sheet import Part, Row, Sheet, written
from handlers.words import locale

TYPESETTING = Path(__file__).with_name("typesetting.py")
LETTERS_ARE_MISSING = 3
"""What it says of a page on which some letters are boxes, as no font has them."""
MOST_OF_DETAILS = 600
"""Characters. A printed page is an overview."""
LONGEST = 20.0
"""Seconds. It takes a fifth of one, and more where a machine has many fonts."""

more_fonts: ContextVar[Path | None] = ContextVar("more_fonts", default=None)
"""The folder with fonts beside those of the machine, if whoever runs the bot has named one."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Printed:
    """`has_all_letters`: no letter stands as a box for want of a font."""

    content: bytes
    has_all_letters: bool


def printed(sheet: Sheet, longest: float = LONGEST) -> Printed:
    """Not for the event loop: it waits. Raises UserError if it took too long or failed."""
    fonts = more_fonts.get()
    asked = {
        "sheet": asdict(written(_in_short(sheet), legible)),
        "language": locale.get().partition("_")[0],
        "fonts": [str(fonts)] if fonts else [],
    }
    try:
        ended = _typeset(json.dumps(asked).encode(), longest)
    except subprocess.TimeoutExpired:
        log.error("a page took too long to be printed", seconds=longest)  # noqa: TRY400 - it would show the words
        raise _not_printed() from None
    if ended.returncode not in (0, LETTERS_ARE_MISSING):
        log.error("a page could not be printed", status=ended.returncode, kind=_kind(ended.stderr))
        raise _not_printed()
    return Printed(ended.stdout, has_all_letters=ended.returncode == 0)


def _typeset(asked: bytes, longest: float) -> subprocess.CompletedProcess[bytes]:
    """It has nothing of our environment, where tokens may be, and of Python's folders only those in which typst is."""
    command = [sys.executable, "-I", "-B", str(TYPESETTING)]
    return subprocess.run(command, input=asked, capture_output=True, timeout=longest, env={}, check=False)  # noqa: S603 - our own


def _kind(complaint: bytes) -> str:
    """Of what it complains of only the kind: the rest may hold people's words."""
    return (complaint.decode(errors="replace").strip().splitlines() or [""])[-1].partition(":")[0]


def _not_printed() -> UserError:
    return UserError("The page could not be printed. Please try again, or take the words instead.")


def _in_short(sheet: Sheet) -> Sheet:
    parts = (Part(part.heading, tuple(map(_row_in_short, part.rows))) for part in sheet.parts)
    return replace(sheet, parts=tuple(parts))


def _row_in_short(row: Row) -> Row:
    return replace(row, details=cut(row.details, MOST_OF_DETAILS))
