"""The page docs/what-is-kept.md, drawn from the table: `python -m tests.kept_page` writes it anew."""

from collections.abc import Iterable, Iterator
from enum import Enum
from pathlib import Path

from storage.inbox import DEEDS_STAY, THE_REST_STAYS
from storage.keeping import Kept, Tie, Whose, Wordless
from storage.kept import KEPT
from storage.kept_rows import ROWS
from storage.upkeep.records import Base
from storage.wordless import WITHOUT_WORDS

PAGE = Path(__file__).parents[1] / "docs" / "what-is-kept.md"

HEAD = f"""# What is kept

Every column of the database that holds people's words, their names or ids of Slack. The page is drawn from `storage/kept_rows.py`,
and a test finds every column that is missing there, also by looking for words that people typed.

What is gone may stand in the WAL of a SQLite file for a minute more. After `erase` it does not.

Whoever can open the database can read all of it but what is sealed. `python -m bot export` and `python -m bot erase` go by the last two
columns, and by the second table, which says what becomes of the rows about a person. Deeds are such rows: the table `input` says for
{DEEDS_STAY.days} days who did what about which item, meeting or tip. What is there and is no deed goes after {THE_REST_STAYS.days} days.

| Column | Holds | Whose | Who sees it | How long | Exports | When erased |
|---|---|---|---|---|---|---|
"""

ABOUT_PEOPLE = """
## Rows about a person

| Column that points to them | In their export | Stands there with it | When they are erased |
|---|---|---|---|
"""

REST = """
## Text without words

| Column | Why it holds nothing of people |
|---|---|
"""


def page() -> str:
    of_people = (_tie(rows.table, tie) for rows in ROWS for tie in rows.ties)
    columns, wordless = _lines(map(_row, KEPT)), _lines(map(_wordless, WITHOUT_WORDS.items()))
    return f"{HEAD}{columns}{ABOUT_PEOPLE}{_lines(of_people)}{REST}{wordless}"


def _lines(rows: Iterable[str]) -> str:
    return "".join(f"{row}\n" for row in rows)


def _row(kept: Kept) -> str:
    cells = [
        f"`{kept.column}`",
        " ".join(_holds(kept)),
        kept.whose.value if isinstance(kept.whose, Whose) else f"`{kept.whose}`",
        _listed(kept.readers) or "nobody",
        f"{kept.ends.value}, after {kept.stays.days} days" if kept.stays else kept.ends.value,
        _listed(kept.exports) or "none",
        kept.erase.value,
    ]
    return f"| {' | '.join(cells)} |"


def _holds(kept: Kept) -> Iterator[str]:
    yield f"{_listed(kept.holds)}{', sealed' if _is_sealed(kept) else ''}."
    if kept.copies:
        yield f"Copies of {', '.join(f'`{column}`' for column in kept.copies)}."
    if kept.remark:
        yield kept.remark


def _is_sealed(kept: Kept) -> bool:
    table, column = kept.column.split(".")
    return bool(Base.metadata.tables[table].columns[column].info.get("sealed"))


def _tie(table: str, tie: Tie) -> str:
    shown = ", ".join(f"`{column}`" for column in (*tie.told, *tie.shows))
    return f"| `{table}.{tie.column}` | {tie.called} | {shown} | {tie.erase.value} |"


def _wordless(entry: tuple[str, Wordless]) -> str:
    return f"| `{entry[0]}` | {entry[1].value} |"


def _listed(parts: Iterable[Enum]) -> str:
    return ", ".join(sorted(str(part.value) for part in parts))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
