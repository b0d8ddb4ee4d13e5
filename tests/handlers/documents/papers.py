"""Agendas and notes to be written down, with any words in them."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from bot.changes import Entry
from bot.seen.agenda import PublishedSeen
from bot.seen.documents import AgendaDocument
from bot.seen.items import ItemState
from bot.seen.lists import Seen
from bot.seen.meetings import MeetingSeen, Welcome
from tests.handlers.renderings import item

OF = "Sister Peace Initiatives"
MEETING = MeetingSeen(
    id=1,
    day=date(2027, 1, 21),
    starts=time(10),
    minutes=120,
    office="1 Main St, San Francisco",
    host="CCSJ",
    is_confirmed=True,
    welcome=Welcome("Mei, Alan", "The side door on Oak Street", "Come early, we walk you round"),
    opening=10,
    breaks=10,
    reserve=20,
)
SILENT = replace(MEETING, welcome=Welcome(), opening=0, breaks=0, reserve=0)


def entry(title: str, number: int = 1, **changes: Any) -> Entry:
    return replace(Entry(number, title, 10, None, "BCN"), **changes)


def an_agenda(*entries: Entry, details: str | None = None, **changes: Any) -> AgendaDocument:
    """Each item has these details."""
    meeting, is_draft = changes.pop("meeting", MEETING), changes.pop("is_draft", False)
    items = (
        item(ItemState.ON_AGENDA, id=one.item_id, title=one.title, details=details, links=None)
        for one in entries
    )
    published = PublishedSeen(meeting, Seen(entries), Seen(tuple(items)), held=0, changed=None)
    return AgendaDocument(OF, replace(published, **changes), is_draft=is_draft)


def many(number: int, title: str = "Budget cuts and how we respond") -> list[Entry]:
    return [entry(f"{title} {one}", one, minutes=5) for one in range(1, number + 1)]
