"""Every record there is, for what has to see them all: migrations and their tests."""

from storage import (
    attendance,
    channels,
    coming,
    consortia,
    duties,
    follow_ups,
    heartbeats,
    inbox,
    items,
    me_too,
    meetings,
    people,
    posts,
    questions,
    results,
    swaps,
    tips,
)
from storage.database import Base

__all__ = [
    "Base",
    "attendance",
    "channels",
    "coming",
    "consortia",
    "duties",
    "follow_ups",
    "heartbeats",
    "inbox",
    "items",
    "me_too",
    "meetings",
    "people",
    "posts",
    "questions",
    "results",
    "swaps",
    "tips",
]
