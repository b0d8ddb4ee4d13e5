"""Sealed texts: what nothing searches stands in the database under AES-256-GCM, each bound to its own cell.

To seal a column, write `note = Sealed(str)` in its record: `record.note` is then plain, and the column `note` is not.
"""

import base64
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar, overload

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.padding import PKCS7
from sqlalchemy import Text, event
from sqlalchemy.orm import mapped_column, object_session

from storage.keys import KeyRing

Kind = TypeVar("Kind", bound=str)

VERSION = "v1"
NONCE_BYTES = 12
STEP = 32 * 8
"""Bits: lengths are rounded up to it, or the shortest reason would be known by its length."""
_SEALED = re.compile(rf"{VERSION}\.(?P<key>[A-Za-z0-9_-]{{1,32}})\.(?P<box>[A-Za-z0-9+/]{{80,}}={{0,2}})")


@dataclass(frozen=True)
class Cell:
    """A place in the database."""

    consortium_id: int
    table: str
    column: str
    row_id: int

    @property
    def bond(self) -> bytes:
        """What a sealed text holds fast to: put anywhere else, it does not open."""
        return f"{self.consortium_id}|{self.table}|{self.column}|{self.row_id}".encode()

    def __str__(self) -> str:
        return f"{self.table}.{self.column} of row {self.row_id}"


class CannotOpen(Exception):
    """What is sealed in a cell was not sealed there, or with no key that we have, or was changed."""

    def __init__(self, cell: Cell) -> None:
        super().__init__(f"{cell} does not open")
        self.cell = cell


class NoKeys(Exception):
    """A text is to be sealed or opened in a database that was given no keys."""


def seal(keys: KeyRing, cell: Cell, text: str) -> str:
    key_id = keys.newest
    nonce = secrets.token_bytes(NONCE_BYTES)
    padder = PKCS7(STEP).padder()
    padded = padder.update(text.encode()) + padder.finalize()
    box = nonce + AESGCM(_key(keys, key_id, cell)).encrypt(nonce, padded, cell.bond)
    return f"{VERSION}.{key_id}.{base64.b64encode(box).decode()}"


def unseal(keys: KeyRing, cell: Cell, sealed: str) -> str:
    found = _SEALED.fullmatch(sealed)
    if found is None:
        raise CannotOpen(cell)
    try:
        box = base64.b64decode(found["box"], validate=True)
        cipher = AESGCM(_key(keys, found["key"], cell))
        padded = cipher.decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], cell.bond)
    except (InvalidTag, ValueError):
        raise CannotOpen(cell) from None
    unpadder = PKCS7(STEP).unpadder()
    return (unpadder.update(padded) + unpadder.finalize()).decode()


def key_of(text: str) -> str | None:
    """The id of the key that a text is sealed under; None of a plain one."""
    found = _SEALED.fullmatch(text)
    return found["key"] if found else None


def _key(keys: KeyRing, key_id: str, cell: Cell) -> bytes:
    key = keys.key(key_id)
    if key is None:
        raise CannotOpen(cell)
    return key


class Sealed(Generic[Kind]):
    """A text of a record, plain to whoever holds the record, sealed in its column. The record has to be stored first."""

    def __init__(self, kind: Callable[[str], Kind]) -> None:
        self._kind = kind

    def __set_name__(self, record: type[Any], name: str) -> None:
        self._name, self._column = name, f"sealed_{name}"
        setattr(record, self._column, mapped_column(name, Text, nullable=True, info={"sealed": True}))
        event.listen(record, "load", _remember_keys, propagate=True)
        event.listen(record, "refresh", _remember_keys, propagate=True)

    @overload
    def __get__(self, record: None, kind: type[Any]) -> Self: ...
    @overload
    def __get__(self, record: Any, kind: type[Any]) -> Kind | None: ...
    def __get__(self, record: Any, kind: type[Any]) -> Self | Kind | None:
        if record is None:
            return self
        sealed = getattr(record, self._column)
        return None if sealed is None else self._kind(unseal(_keys(record), self._cell(record), sealed))

    def __set__(self, record: Any, text: Kind | None) -> None:
        sealed = None if text is None else seal(_keys(record), self._cell(record), text)
        setattr(record, self._column, sealed)

    def _cell(self, record: Any) -> Cell:
        if record.id is None or record.consortium_id is None:
            raise ValueError(f"{record.__tablename__}.{self._name} is sealed for a row that has no id yet")
        return Cell(record.consortium_id, record.__tablename__, self._name, record.id)


def entrust(record: Any, keys: KeyRing | None) -> None:
    """Let a record open what it holds, also when its session is closed."""
    record.keys_of_sealed = keys


def _remember_keys(record: Any, context: Any, _attributes: Any = None) -> None:
    entrust(record, context.session.info.get("keys"))


def _keys(record: Any) -> KeyRing:
    session = object_session(record)
    if session is not None:
        entrust(record, session.info.get("keys"))
    keys: KeyRing | None = getattr(record, "keys_of_sealed", None)
    if keys is None:
        raise NoKeys(f"{record.__tablename__} holds sealed texts, and this database was opened without keys")
    return keys
