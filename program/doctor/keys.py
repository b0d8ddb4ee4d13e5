"""What can hurt about the keys to what is sealed: they are lost, others can read them, or they do not open it all."""

import os
from dataclasses import dataclass

from program.doctor.findings import Checks, Trouble, error
from storage.keys import KeysAreWrong, is_open_to_others
from storage.upkeep.inspection import Checkup
from storage.upkeep.open_database import KeySource
from storage.upkeep.resealing import closed_cells, keys_in_use


@dataclass(frozen=True)
class Sealed:
    """What is sealed in a database, and where its keys are."""

    checkup: Checkup
    source: KeySource

    @property
    def stands_in_a_file(self) -> bool:
        return self.source.lines is None

    def has_no_keys_yet(self) -> bool:
        """As before the bot runs for the first time, when it makes them."""
        with self.checkup.connection() as connection:
            return (
                self.stands_in_a_file
                and not os.path.lexists(self.source.file)
                and not keys_in_use(connection)
            )


def _keys(sealed: Sealed) -> Trouble | None:
    if sealed.has_no_keys_yet():
        return None
    if sealed.stands_in_a_file and not os.path.lexists(sealed.source.file):
        return error(
            "The file of KEYS_FILE is not there, and texts are sealed with a key of it.",
            "put your copy of it there.",
        )
    try:
        if sealed.stands_in_a_file and is_open_to_others(sealed.source.file):
            return error("Other users of this machine can read the keys.", "chmod 600 the file of KEYS_FILE.")
        sealed.source.ring()
    except (KeysAreWrong, OSError):  # its text holds the name of a file
        return error("KEYS or KEYS_FILE holds no keys that can be read.", "put your copy of the keys there.")
    return None


def _cells(sealed: Sealed) -> Trouble | None:
    if _keys(sealed) or sealed.has_no_keys_yet():
        return None
    with sealed.checkup.connection() as connection:
        closed = len(closed_cells(connection, sealed.source.ring()))
    if not closed:
        return None
    return error(
        f"Sealed texts do not open with the keys that are there: {closed}.",
        "add the missing lines from your copy of the keys, or restore a backup.",
    )


KEYS_CHECKS: Checks[Sealed] = {"keys": _keys, "sealed texts": _cells}
