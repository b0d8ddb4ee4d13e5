"""Columns that hold no words, names or ids of Slack: by their type, or for another reason."""

from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, Time
from sqlalchemy import Enum as OneOf

from storage.database import UtcDateTime
from storage.keeping import Wordless

WITHOUT_WORDS = {
    "consortium.timezone": Wordless.FIXED_LIST,
    "consortium.call_days": Wordless.NUMBERS,
    "consortium.digest_weekday": Wordless.FIXED_LIST,
    "consortium.namespace": Wordless.RANDOM,
    "consortium.gap_numbers": Wordless.NUMBERS,
    "consortium.lacks": Wordless.FIXED_LIST,
    "coming.knows": Wordless.NUMBERS,
    "live_meeting.had_turn": Wordless.NUMBERS,
    "live_meeting.put_off": Wordless.NUMBERS,
    "meeting.uid": Wordless.RANDOM,
    "set_aside.of_table": Wordless.FIXED_LIST,
    "erasure.mark": Wordless.MARK,
    "post.reference": Wordless.RANDOM,
    "post.ts": Wordless.MOMENT,
    "post.stray_ts": Wordless.MOMENT,
    "post.error": Wordless.FAULT,
    "channel.closed_for": Wordless.FAULT,
    "input.listener": Wordless.FIXED_LIST,
    "heartbeat.replica": Wordless.RANDOM,
}
"""Columns of text all the same."""


WORDLESS_TYPES = (Integer, Boolean, Date, Time, DateTime, UtcDateTime, OneOf)
"""Numbers, dates and choices. A number that points to a person names nobody once the person's row is erased."""


def may_hold_words(column: Column[Any]) -> bool:
    """By its type alone: a column of any other than the wordless types has to stand in the table of what is kept, or in the one above."""
    return not isinstance(column.type, WORDLESS_TYPES)
