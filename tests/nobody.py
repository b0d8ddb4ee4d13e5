"""Root may write everything; a test of what may not be written becomes somebody else meanwhile."""

import encodings.idna
import encodings.utf_8_sig
import encodings.utf_16  # noqa: F401 - what is not loaded yet by then may be out of reach
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


@contextmanager
def nobody_special(folder: Path, *theirs: Path) -> Iterator[None]:
    """In the folder, as somebody to whom it and these belong. Who is not root is somebody already."""
    before = Path.cwd()
    os.chdir(folder)
    is_root = os.geteuid() == 0
    for path in (folder, *theirs) if is_root else ():
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        os.chdir(before)
