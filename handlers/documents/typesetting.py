"""What runs in a process of its own: a sheet comes in as JSON, and goes out as a tagged PDF of as few pages as can be read.

It is run as a file and imports nothing of the bot, so that it has neither its memory nor its secrets.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typst

TEMPLATE = Path(__file__).with_name("sheet.typ")
FOR_SCREEN_READERS = ["ua-1"]
LETTERS_ARE_MISSING = 3
"""The exit status where no font has all the letters: they stand as boxes, so the page is none for screen readers."""
FOR_DETAILS, FOR_FACTS, FOR_TITLES = "for details", "for facts", "for titles"
LADDER = (
    *((13, FOR_DETAILS), (12, FOR_DETAILS), (11, FOR_DETAILS)),
    *((12, FOR_FACTS), (11, FOR_FACTS), (10, FOR_FACTS)),
    *((10, FOR_TITLES), (9, FOR_TITLES)),
)
"""Sizes in points, and for what there is room: of the facts a line of their own, or the title's. Nobody reads smaller letters at a table."""
ON_SEVERAL_PAGES = (11, FOR_TITLES)


def main() -> int:
    asked = json.load(sys.stdin)
    content, has_all_letters = typeset(asked["sheet"], asked["language"], asked["fonts"])
    sys.stdout.buffer.write(content)
    return 0 if has_all_letters else LETTERS_ARE_MISSING


def typeset(sheet: dict[str, Any], language: str, folders: list[str]) -> tuple[bytes, bool]:
    """The PDF, and whether a font has all its letters."""
    fonts = typst.Fonts(font_paths=folders)
    compilers = (_compiler(fonts, inputs) for inputs in _ways(sheet, language))
    compiler = _first_of_one_page(compilers) or _compiler(fonts, _inputs(sheet, language, *ON_SEVERAL_PAGES))
    try:
        return _pdf(compiler, FOR_SCREEN_READERS), True
    except typst.TypstError:
        return _pdf(compiler, []), False


def _ways(sheet: dict[str, Any], language: str) -> Iterator[dict[str, str]]:
    """From the largest letters to the smallest."""
    return (_inputs(sheet, language, size, room) for size, room in LADDER)


def _inputs(sheet: dict[str, Any], language: str, size: int, room: str) -> dict[str, str]:
    return {"sheet": json.dumps(sheet), "language": language, "size": str(size), "room": room}


def _compiler(fonts: typst.Fonts, inputs: dict[str, str]) -> typst.Compiler:
    return typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=fonts, sys_inputs=inputs)


def _first_of_one_page(compilers: Iterator[typst.Compiler]) -> typst.Compiler | None:
    return next((one for one in compilers if one.query("<pages>", field="value", one=True) == "1"), None)


def _pdf(compiler: typst.Compiler, standards: list[Any]) -> bytes:
    content = compiler.compile(format="pdf", pdf_standards=standards)
    if not isinstance(content, bytes):
        raise TypeError("typst gave no PDF")
    return content


if __name__ == "__main__":
    sys.exit(main())
