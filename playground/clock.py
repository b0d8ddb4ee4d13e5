"""The clock of the story: the real one, moved ahead as far as the person at the page wishes, and stopped while nobody plays."""

import time
from pathlib import Path


class StoryClock:
    """Its file holds one number, by how many seconds it is ahead. The bot reads it at each look at its own clock."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._ahead = float(file.read_text(encoding="utf-8")) if file.exists() else 0.0

    def __call__(self) -> float:
        return time.time() + self._ahead

    def advance(self, seconds: float) -> None:
        """Time does not go back: what was sent cannot be unsent."""
        if seconds > 0:
            self._ahead += seconds
            self._write()

    def has_stood_still_since(self, moment: float) -> None:
        """It goes on where it was at that moment of real time: while nobody plays, nothing gets late."""
        self._ahead -= max(time.time() - moment, 0)
        self._write()

    def go_to(self, moment: float) -> None:
        self.advance(moment - self())

    def _write(self) -> None:
        """In one step, since the bot may read at any moment."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text(f"{self._ahead:.0f}", encoding="utf-8")
        fresh.replace(self.file)
