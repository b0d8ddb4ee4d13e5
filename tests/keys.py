"""The keys of the tests' databases."""

from storage.keys import KeyRing

KEYS = "tests:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
RING = KeyRing.of(KEYS)
