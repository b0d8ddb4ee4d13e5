"""An item as a whole, for whoever reads it."""

from datetime import datetime

from bot.audiences import Audience, reader
from bot.curating import curates, may_remove_words
from bot.errors import Name, NothingChanged
from bot.people import Actor
from bot.seen.items import ItemRead, gone, hosts_of, must_see
from bot.seen.questions import seen_questions
from bot.separate_talks import thread_about
from bot.timetable import is_closed
from bot.who_says_me_too import me_too_of, says_of
from storage.items import Item, ItemState, item_by_id
from storage.questions import questions_of_item
from storage.tenancy import Session


def item_to_read(session: Session, actor: Actor, item_id: int, now: datetime) -> ItemRead:
    """The whole of it, for whoever may see it. Raises NothingChanged if it is gone or withdrawn."""
    item = item_by_id(session, item_id)
    if item is None:
        raise gone()
    audience = as_read_by(session, actor, item, now)
    seen = must_see(item, audience)
    may_remove = may_remove_words(session, actor, item, now)
    if seen.state == ItemState.WITHDRAWN and not may_remove:
        raise NothingChanged("{name} has withdrawn this item.", name=Name(seen.proposer))
    is_closed_by_now = item.meeting is not None and is_closed(actor.consortium, item.meeting, now)
    asked = seen_questions(questions_of_item(session, item), audience)
    return ItemRead(
        seen,
        actor.consortium.timezone,
        is_closed_by_now,
        may_remove,
        asked,
        me_too=me_too_of(session, item, audience),
        says_me_too=says_of(session, actor, item, now),
        thread=thread_about(session, actor.consortium, item),
    )


def as_read_by(session: Session, actor: Actor, item: Item, now: datetime) -> Audience:
    """Those who decide on it, if the person is one of them."""
    decides = item.meeting is not None and curates(session, actor, item.meeting, now)
    return hosts_of(item) if decides else reader(actor.person.id)
