"""An export as one file: JSON for programs, and a spreadsheet of each kind for people. Nothing in it acts, whichever program opens it."""

import csv
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from bot.inert import as_cell, as_json, inert
from handlers.documents.spreadsheet import MARKED_AS_UNICODE

Row = Mapping[str, Any]


def as_zip(exported: Mapping[str, Sequence[Row]], about: Mapping[str, Any]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as files:
        files.writestr("everything.json", as_json({**about, **exported}))
        for called, rows in exported.items():
            files.writestr(f"{called}.csv", as_sheet(rows).encode(MARKED_AS_UNICODE))
    return written.getvalue()


def as_sheet(rows: Sequence[Row]) -> str:
    """Under the names of all columns that any of them has."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    written = StringIO(newline="")
    sheet = csv.writer(written, quoting=csv.QUOTE_ALL)
    sheet.writerow(columns)
    sheet.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return written.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return as_cell(inert(text)) if isinstance(value, str | dict | list) else text
