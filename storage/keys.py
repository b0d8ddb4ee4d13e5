"""Keys: the ring of them that opens what is sealed, and the file that it is read from."""

import base64
import binascii
import errno
import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path

from storage.files import alone_with, behind_links, read_text, write_whole

KEY_BYTES = 32
OTHERS = 0o077
"""What a group and everybody else may do with a file."""
HEADER = (
    "# The keys to what is sealed in the database; the first one seals, all of them open.\n"
    "# Keep a copy of this file in another place than the backups: without it, what is sealed is lost.\n"
)
WHAT_HELPS = "Put that right, or name another in KEYS_FILE."
LEADS_TO_ITSELF = "its link, or that of its folder, leads to itself"

Keys = dict[str, bytes]
"""By id, the one that seals first."""
_LINE = re.compile(r"(?P<id>[A-Za-z0-9_-]{1,32}):(?P<key>[A-Za-z0-9+/]{43}=)")


class KeysAreWrong(Exception):
    """One line that says what is wrong with the keys and what to do about it, and never a key."""


class KeyRing:
    """Some keys. One that is read from a file sees by itself when the file has changed."""

    def __init__(self, keys: Keys, file: Path | None = None) -> None:
        self._keys = keys
        self.file = file
        if file is not None:
            self._read_anew(file)

    @classmethod
    def of(cls, lines: str, where: str = "KEYS") -> "KeyRing":
        return cls(read_keys(lines, where))

    @classmethod
    def in_file(cls, file: Path) -> "KeyRing":
        return cls({}, file)

    @property
    def newest(self) -> str:
        """The id of the key that seals from now on, also when another process has just made it."""
        self.look_again()
        return next(iter(self._keys))

    @property
    def ids(self) -> list[str]:
        return list(self._keys)

    def key(self, key_id: str) -> bytes | None:
        if key_id not in self._keys:
            self.look_again()
        return self._keys.get(key_id)

    def alone(self) -> AbstractContextManager[None]:
        """Meanwhile no other process changes them. Keys of the environment nobody can change."""
        return alone_with_keys(self.file) if self.file else nullcontext()

    def add(self) -> str:
        """Make a key that seals from now on, keep it in the file, and give its id."""
        key_id, key = a_key()
        self._change(lambda keys: {key_id: key} | keys)
        return key_id

    def drop(self, key_ids: set[str]) -> None:
        self._change(lambda keys: {key_id: key for key_id, key in keys.items() if key_id not in key_ids})

    def _change(self, changed: Callable[[Keys], Keys]) -> None:
        """Another process may change them too: from reading to writing, this one is alone with the file."""
        if self.file is None:
            raise KeysAreWrong(
                "The keys stand in KEYS, which only you can change: put a new line before the others."
            )
        with alone_with_keys(self.file):
            self._read_anew(self.file)
            write_keys(self.file, changed(self._keys))
            self._read_anew(self.file)

    def look_again(self) -> None:
        if self.file is not None and _version(self.file) != self._seen:
            self._read_anew(self.file)

    def _read_anew(self, file: Path) -> None:
        found = _version(file)
        self._keys = read_keys(_text(file), str(file))
        self._seen = found


def read_keys(lines: str, where: str) -> Keys:
    """The keys of lines such as `2f6c01aa:base64`, or of the same in one line with blanks between."""
    told = (line for line in lines.splitlines() if not line.lstrip().startswith("#"))
    keys: Keys = {}
    for word in " ".join(told).split():
        found = _LINE.fullmatch(word)
        if found is None:
            raise KeysAreWrong(
                f"{where} has to hold lines of an id, a colon and {KEY_BYTES} bytes in base64."
            )
        if found["id"] in keys:
            raise KeysAreWrong(f"{where} holds two keys of the id {found['id']}.")
        keys[found["id"]] = _decoded(found["key"], where)
    if not keys:
        raise KeysAreWrong(f"{where} holds no key.")
    return keys


def _decoded(key: str, where: str) -> bytes:
    try:
        decoded = base64.b64decode(key, validate=True)
    except binascii.Error:
        decoded = b""
    if len(decoded) != KEY_BYTES:
        raise KeysAreWrong(f"{where} holds a key that is not {KEY_BYTES} bytes in base64.")
    return decoded


def a_key() -> tuple[str, bytes]:
    return secrets.token_hex(4), secrets.token_bytes(KEY_BYTES)


@contextmanager
def alone_with_keys(file: Path) -> Iterator[None]:
    """Meanwhile no other process changes them. One that has it already may ask for it once more."""
    with ExitStack() as stack:
        try:
            stack.enter_context(alone_with(file))
        except OSError as error:
            raise _cannot_be_written(file, error) from None
        yield


def write_keys(file: Path, keys: Keys, *, replace: bool = True) -> bool:
    """All of them or nothing, for the owner's eyes only; say whether it was written. A link stays one."""
    lines = [f"{key_id}:{base64.b64encode(key).decode()}\n" for key_id, key in keys.items()]
    try:
        return write_whole(behind_links(file), (HEADER + "".join(lines)).encode(), replace=replace)
    except OSError as error:
        raise _cannot_be_written(file, error) from None


def _cannot_be_written(file: Path, error: OSError) -> KeysAreWrong:
    return KeysAreWrong(f"The file of keys, {file}, can't be written: {_why(error)}. {WHAT_HELPS}")


def _why(error: OSError) -> str:
    return LEADS_TO_ITSELF if error.errno == errno.ELOOP else str(error.strerror)


def is_open_to_others(file: Path) -> bool:
    return os.name == "posix" and bool(file.stat().st_mode & OTHERS)


def _text(file: Path) -> str:
    try:
        if is_open_to_others(file):
            raise KeysAreWrong(f"Others than its owner may read {file}. Let nobody else: chmod 600 {file}")
        return read_text(file)
    except OSError as error:
        raise KeysAreWrong(f"The file of keys, {file}, can't be read: {_why(error)}. {WHAT_HELPS}") from None
    except UnicodeError:
        raise KeysAreWrong(f"The file of keys, {file}, can't be read as text.") from None


def _version(file: Path) -> tuple[int, ...] | None:
    """What differs when the file was replaced, or the link to it; nothing where it can't be found, which is told when it is read."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size
