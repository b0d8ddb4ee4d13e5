"""Who says “Me too” of an item, as those may know it who see the item; and of which items that can still be said."""

from collections.abc import Iterable
from datetime import datetime

from bot.audiences import EVERYBODY, Audience
from bot.people import Actor
from bot.seen.items import NOBODY_ELSE, Names
from bot.seen.knowing import known_state
from bot.seen.me_too import LISTED, known_together, seen_me_too
from bot.timetable import is_closed
from storage.consortia import Consortium
from storage.items import Item, ItemState
from storage.me_too import items_with_me_too_of, those_who_say_me_too
from storage.tenancy import Session


def me_too_about(session: Session, items: Iterable[Item], audience: Audience) -> dict[int, Names]:
    """By item, the names of who else wants to talk about it. Of items of which nobody ever said so the database is not asked."""
    listed = list(items)
    ids = {one.id for item in listed for one in known_together(item, audience) if one.me_toos}
    said = those_who_say_me_too(session, ids) if ids else {}
    named = {item.id: seen_me_too(item, said, audience) for item in listed}
    return {item_id: names for item_id, names in named.items() if names}


def me_too_of(session: Session, item: Item, audience: Audience) -> Names:
    return me_too_about(session, [item], audience).get(item.id, NOBODY_ELSE)


def may_be_said_of(consortium: Consortium, item: Item, now: datetime) -> bool:
    """Whether it is still to be talked about, as far as everybody may know."""
    if item.is_talked_about_separately:
        return True
    has_had_its_time = (
        item.state == ItemState.ON_AGENDA
        and item.meeting is not None
        and is_closed(consortium, item.meeting, now)
    )
    return known_state(item, EVERYBODY) in LISTED and not has_had_its_time


def says_of(session: Session, actor: Actor, item: Item, now: datetime) -> bool | None:
    """Whether they say it of the item; None where they are not asked."""
    if item.proposer_id == actor.person.id:
        return None
    says = bool(item.me_toos and items_with_me_too_of(session, actor.person, [item.id]))
    return says if says or may_be_said_of(actor.consortium, item, now) else None
