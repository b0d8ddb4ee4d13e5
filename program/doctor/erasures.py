"""What can hurt about the file of what was erased: without it, a restored backup brings that back."""

from dataclasses import dataclass
from pathlib import Path

from program.doctor.findings import Checks, Trouble, error, warning
from storage.erasures import every_note
from storage.upkeep.erasure_file import ErasuresAreWrong, read_notes
from storage.upkeep.inspection import Checkup


@dataclass(frozen=True)
class Erased:
    """The database, and the file in which what was erased should stand as well."""

    checkup: Checkup
    file: Path


def _erasures(erased: Erased) -> Trouble | None:
    try:
        with erased.checkup.session() as session:
            missing = {*every_note(session)} - {*read_notes(erased.file)}
    except (ErasuresAreWrong, OSError):  # its text holds the name of a file
        return error(
            "The file of what was erased, beside that of the keys, can't be read.",
            "put your copy of it there.",
        )
    if not missing:
        return None
    return warning(
        f"What was erased does not stand in the file beside the keys: {len(missing)}. A restored backup brings it back.",
        "let the bot write there: the file has the name of KEYS_FILE, and ends in .erased.",
    )


ERASURE_CHECKS: Checks[Erased] = {"erasures": _erasures}
