"""The messages that translators are given: all that can stand on a screen."""

import re
from functools import cache
from pathlib import Path

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir

ROOT = Path(__file__).parents[1]
FOLDERS = [ROOT / "bot", ROOT / "handlers", ROOT / "program"]
OURS = re.findall(r" -k (\w+)", (ROOT / "Makefile").read_text(encoding="utf-8"))
"""What messages are extracted from, beside gettext's own."""
KEYWORDS = DEFAULT_KEYWORDS | dict.fromkeys(OURS)


@cache
def extracted() -> frozenset[str]:
    return frozenset(
        message
        for folder in FOLDERS
        for _, _, found, _, _ in extract_from_dir(folder, keywords=KEYWORDS)
        for message in ([found] if isinstance(found, str) else found)
    )
