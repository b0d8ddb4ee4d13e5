"""The reader's language is known in a turn's own context alone: a word made in the database's thread has lost it."""

import sys
import threading
from contextvars import ContextVar, Token

DRAWN_IN_THE_TRANSACTION = (
    "handlers.delivery.posts",
    "handlers.listeners.agenda",
    "handlers.listeners.digests",
    "handlers.listeners.membership",
    "handlers.listeners.setup",
)
"""The modules whose units draw before the commit. Nothing else may make a word there."""
MAKERS_OF_WORDS = ("handlers.words", "handlers.blocks")


class ReadersLanguage:
    """Stands in for `handlers.words.locale`, which every word asks; `lost` names who asked it in the database's thread."""

    def __init__(self, known: ContextVar[str]) -> None:
        self._known = known
        self.lost: list[str] = []

    def get(self) -> str:
        if threading.current_thread().name.startswith("database"):
            self._must_be_excepted(*_who_speaks())
        return self._known.get()

    def set(self, name: str) -> Token[str]:
        return self._known.set(name)

    def reset(self, token: Token[str]) -> None:
        self._known.reset(token)

    def _must_be_excepted(self, module: str, function: str) -> None:
        if module not in DRAWN_IN_THE_TRANSACTION:
            self.lost.append(f"{module}.{function}")
            raise AssertionError(f"{module}.{function} makes a word in the database's thread")


def _who_speaks() -> tuple[str, str]:
    """The nearest caller that does not itself make words."""
    frame = sys._getframe(1)
    while frame.f_back and frame.f_globals["__name__"].startswith((__name__, *MAKERS_OF_WORDS)):
        frame = frame.f_back
    return frame.f_globals["__name__"], frame.f_code.co_qualname
