"""Cards: how those who decide for a host hear of an item."""

from datetime import datetime

from bot.people import places_to_decide
from storage import Session, outbox
from storage.consortia import Consortium
from storage.items import Item
from storage.outbox import PostKind


def owe_cards(session: Session, consortium: Consortium, item: Item, now: datetime) -> None:
    """One card for each who decides, once for each meeting the item is proposed for."""
    if item.meeting is None:
        return
    for place in places_to_decide(session, consortium, item.meeting.host):
        outbox.owe(
            session,
            PostKind.CARD,
            f"card:{item.id}:{item.meeting.id}:{place}",
            consortium_id=consortium.id,
            subject_id=item.id,
            place=place,
            due=now,
        )


def redraw_cards(session: Session, item: Item) -> None:
    outbox.refresh(session, PostKind.CARD, consortium_id=item.consortium_id, subject_id=item.id)
