"""What a command is: one word after `/agenda`, the button that does the same, and what help says of both."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.errors import Words
from handlers.blocks import help as draw
from handlers.hearing.dispatch import Listener
from handlers.hearing.payloads import Kind

COMMAND = "/agenda"


@dataclass(frozen=True)
class Command:
    """One word after `/agenda`, who may, and who hears it.

    `button` is the id of the button that does what the word does alone: in threads, and for people of workspaces
    without the app, there are no commands. `clicked` hears it, where that is somebody else than who hears the word.
    `uses` are the lines of help: the words that may follow, and what they do. A command takes more words where one of its
    uses has some. `also`: other words that people type who look for it.
    """

    word: str
    listener: Listener
    button: str
    uses: Mapping[str, Words] = field(default_factory=dict)
    clicked: Listener | None = None
    also: tuple[str, ...] = ()

    @property
    def rows(self) -> dict[tuple[Kind, str], Listener]:
        """Its rows in the table: the word, and the button."""
        return {("command", self.word): self.listener, ("action", self.button): self.clicked or self.listener}

    @property
    def lines(self) -> dict[str, Words]:
        """What can be typed, whole, and what it does."""
        return {self._typed(more): does for more, does in self.uses.items()}

    @property
    def takes_more(self) -> bool:
        return any(self.uses)

    @property
    def example(self) -> str:
        """Its first line of help, as it is typed."""
        return next(iter(self.lines), self._typed())

    @property
    def nearest(self) -> draw.Nearest:
        """As it is shown to somebody who looks for it, by its word alone where that does something."""
        example = self.word if "" in self.uses else self.example.removeprefix(COMMAND).strip()
        return draw.Nearest(self.word, example, next(iter(self.uses.values())))

    def _typed(self, more: str = "") -> str:
        return " ".join(part for part in (COMMAND, self.word, more) if part)
