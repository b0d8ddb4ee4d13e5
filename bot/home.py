"""Home: the next meeting, and what one person brought, has to do and is asked, on one page."""

from dataclasses import replace
from datetime import datetime

from bot.own_follow_ups import own_follow_ups
from bot.own_items import items_of
from bot.people import Actor
from bot.questions import seen_asked
from bot.seen.agenda import Rooms
from bot.seen.home import HomeSeen
from bot.seen.items import OwnSeen
from bot.seen.lists import Seen, seen_of
from bot.seen.posts import AskedSeen
from bot.where_things_stand import status
from storage.items import ItemState
from storage.questions import questions_of_items
from storage.tenancy import Session

MOST_SHOWN = 5
"""Of each: there is a door to all of them."""
ROOMS: Rooms = {ItemState.WAITING: MOST_SHOWN}


def home(session: Session, actor: Actor, now: datetime) -> HomeSeen:
    own, to_do = items_of(session, actor, now), own_follow_ups(session, actor, now)
    return HomeSeen(
        status(session, actor, now, ROOMS),
        own.first(MOST_SHOWN),
        replace(to_do, follow_ups=to_do.follow_ups.first(MOST_SHOWN)),
        _asked(session, actor, own, now).first(MOST_SHOWN),
        is_asked=any(one.is_asked and not one.is_wanted for one in own.shown),
    )


def _asked(session: Session, actor: Actor, own: Seen[OwnSeen], now: datetime) -> Seen[AskedSeen]:
    """What hosts ask about the newest of their items, and wait for."""
    asked = questions_of_items(session, [one.item.id for one in own.shown])
    seen = (seen_asked(actor.consortium, question, now) for question in asked if question.is_open)
    return seen_of(one for one in seen if one is not None and one.stays is None)
