"""The reader's language is known in a turn's own context alone: a word made in the database's thread has lost it."""

import sys
import threading
from contextvars import ContextVar, Token

MAKERS_OF_WORDS = ("handlers.words", "handlers.blocks")


class ReadersLanguage:
    """Stands in for `handlers.words.locale`, which every word asks; `lost` names who asked it in the database's thread."""

    def __init__(self, known: ContextVar[str]) -> None:
        self._known = known
        self.lost: list[str] = []

    def get(self) -> str:
        if threading.current_thread().name.startswith("database"):
            self.lost.append(_who_speaks())
            raise AssertionError(f"{self.lost[-1]} makes a word in the database's thread")
        return self._known.get()

    def set(self, name: str) -> Token[str]:
        return self._known.set(name)

    def reset(self, token: Token[str]) -> None:
        self._known.reset(token)


def _who_speaks() -> str:
    """The nearest caller that does not itself make words."""
    frame = sys._getframe(1)
    while frame.f_back and frame.f_globals["__name__"].startswith((__name__, *MAKERS_OF_WORDS)):
        frame = frame.f_back
    return f"{frame.f_globals['__name__']}.{frame.f_code.co_qualname}"
