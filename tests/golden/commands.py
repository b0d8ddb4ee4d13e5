"""Where else the commands stand written: a table in the README, and the hint that Slack shows while somebody types."""

import re
from pathlib import Path

from handlers.listeners.commands import help_lines, words
from handlers.words import in_words

ROOT = Path(__file__).parents[2]
README, MANIFEST = ROOT / "README.md", ROOT / "app.manifest.yml"
TABLE = re.compile(r"(?<=\| In Slack \| What it is for \|\n\|---\|---\|\n)(\|.*\n)+")
HINT = re.compile(r'(?<=usage_hint: ").*(?=")')


def told() -> dict[Path, str]:
    """The README and the manifest, with the commands as they are now."""
    rows = "".join(f"| `{typed}` | {in_words(does)} |\n" for typed, does in help_lines().items())
    return {README: _with(TABLE, rows, README), MANIFEST: _with(HINT, f"[{' | '.join(words())}]", MANIFEST)}


def _with(place: re.Pattern[str], words: str, file: Path) -> str:
    text, places = place.subn(lambda _: words, file.read_text(encoding="utf-8"))
    if places != 1:
        raise ValueError(f"{file.name} has {places} places for the commands")
    return text
