"""What came of an item: its own results and follow-ups, and those of the item to which it was joined at the same meeting."""

from collections.abc import Sequence

from bot.timetable import ends_at
from storage.consortia import Consortium
from storage.follow_ups import FollowUp, follow_ups_of_items
from storage.items import Item
from storage.meetings import meeting_by_id
from storage.results import Result, results_of_items
from storage.tenancy import Session


def results_about(
    session: Session, consortium: Consortium, items: Sequence[Item]
) -> list[tuple[Item, Result]]:
    """Each with the item of which it tells, the earliest result first."""
    results = results_of_items(session, _told_as(items))
    return [
        (item, one)
        for one in results
        for item in items
        if one.item_id in _told_as([item]) and _is_about(session, consortium, item, one)
    ]


def follow_ups_about(session: Session, consortium: Consortium, item: Item) -> list[FollowUp]:
    every = follow_ups_of_items(session, _told_as([item]))
    return [one for one in every if _is_about(session, consortium, item, one)]


def _told_as(items: Sequence[Item]) -> list[int]:
    """The items under which notes may tell of these."""
    return [one.id for item in items for one in (item, item.joined_to) if one is not None]


def _is_about(session: Session, consortium: Consortium, item: Item, told: Result | FollowUp) -> bool:
    """Whether it was written down of the item itself, or of the one with which it was there together."""
    if told.item_id == item.id:
        return True
    meeting = meeting_by_id(session, told.meeting_id)
    return meeting is not None and item.was_joined_before(ends_at(consortium, meeting))
