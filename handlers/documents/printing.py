"""A sheet on paper: a PDF, made in a process of its own, which is ended when it takes too long."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
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

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Printed:
    """`has_all_letters`: no letter stands as a box for want of a font."""

    content: bytes
    has_all_letters: bool


async def printed(sheet: Sheet, fonts: Path | None = None, longest: float = LONGEST) -> Printed:
    """`fonts`: a folder with more of them than the machine has. Raises UserError if it took too long or failed."""
    asked = {
        "sheet": asdict(written(_in_short(sheet), legible)),
        "language": locale.get().partition("_")[0],
        "fonts": [str(fonts)] if fonts else [],
    }
    process = await _begun()
    try:
        async with asyncio.timeout(longest):
            content, complaint = await process.communicate(json.dumps(asked).encode())
    except TimeoutError:
        log.exception("a page took too long to be printed", seconds=longest)
        raise _not_printed() from None
    finally:
        await _ended(process)
    return _outcome(process, content, complaint)


async def _begun() -> Process:
    """It has nothing of our environment, where tokens may be, and of Python's folders only those in which typst is."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-B", TYPESETTING), stdin=PIPE, stdout=PIPE, stderr=PIPE, env={}
    )


async def _ended(process: Process) -> None:
    """However we left it."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _outcome(process: Process, content: bytes, complaint: bytes) -> Printed:
    """What it complains of may hold people's words: only its last line's first word, the kind of error, is written down."""
    if process.returncode not in (0, LETTERS_ARE_MISSING):
        kind = (complaint.decode(errors="replace").strip().splitlines() or [""])[-1].partition(":")[0]
        log.error("a page could not be printed", status=process.returncode, kind=kind)
        raise _not_printed()
    return Printed(content, has_all_letters=process.returncode == 0)


def _not_printed() -> UserError:
    return UserError("The page could not be printed. Please try again, or take the words instead.")


def _in_short(sheet: Sheet) -> Sheet:
    parts = (Part(part.heading, tuple(map(_row_in_short, part.rows))) for part in sheet.parts)
    return replace(sheet, parts=tuple(parts))


def _row_in_short(row: Row) -> Row:
    return replace(row, details=cut(row.details, MOST_OF_DETAILS))
