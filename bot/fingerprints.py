"""Fingerprints: what tells something that was read from what it has become since."""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import NewType

Fingerprint = NewType("Fingerprint", str)

LENGTH = 16


def fingerprint(read: Iterable[str | float | None]) -> Fingerprint:
    """The same for the same values in the same order, and for no others."""
    return Fingerprint(sha256(json.dumps(list(read)).encode()).hexdigest()[:LENGTH])
