"""Files: read as whichever editor saved them; written whole or not at all, also when the power is cut, for their owner alone."""

import codecs
import errno
import glob
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from filelock import FileLock

OWNER_ONLY = 0o600


@contextmanager
def draft_of(file: Path) -> Iterator[Path]:
    """An empty file beside it, to be filled and then given its name; removed if it was not."""
    draft = file.with_name(f".{file.name}.{token_hex(8)}.draft")  # two machines may share the folder
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def publish(draft: Path, file: Path, *, replace: bool = False) -> bool:
    """Give the draft its name, once it is on disk; without `replace` only if nothing has that name. Say whether."""
    _to_disk(draft)
    try:
        if replace:
            draft.replace(file)
        else:
            file.hardlink_to(draft)
    except FileExistsError:
        return False
    except OSError:  # a disk without links, such as a stick
        if file.exists():
            return False
        draft.replace(file)
    _to_disk(file.parent)
    return True


def behind_links(file: Path) -> Path:
    """The file itself, where its name is a link. Raises OSError where links lead to themselves."""
    try:
        return file.resolve()
    except RuntimeError:
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(file)) from None


def write_whole(file: Path, content: bytes, *, replace: bool) -> bool:
    with draft_of(file) as draft:
        draft.write_bytes(content)
        return publish(draft, file, replace=replace)


@contextmanager
def alone_with(file: Path) -> Iterator[Path]:
    """The file itself, where its name is a link; meanwhile no other process that asks for it in this way has it.

    Who dies lets go of it, and what they left half-written beside it is removed by whoever comes next. Raises OSError where
    nothing can be written.
    """
    real = behind_links(file)
    with FileLock(f"{real}.lock", mode=OWNER_ONLY, is_singleton=True):
        for draft in real.parent.glob(f".{glob.escape(real.name)}.*.draft"):
            draft.unlink(missing_ok=True)
        yield real


def read_text(file: Path) -> str:
    """Its text, with lines that end as ours do. Raises OSError, and UnicodeError where it is no text."""
    return file.read_text(encoding=encoding_of(file))


def encoding_of(file: Path) -> str:
    """UTF-8, with a mark at its beginning as Notepad sets it or without; or UTF-16, as PowerShell writes by `>`."""
    with file.open("rb") as opened:
        begins = opened.read(2)
    if begins in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    if b"\0" in begins:  # what we read begins with a plain letter
        return "utf-16-be" if begins.startswith(b"\0") else "utf-16-le"
    return "utf-8-sig"


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
