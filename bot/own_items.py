"""What a person has brought, as they see it: a page at a time."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.audiences import reader
from bot.items import drafts_of, why_it_stays, withdraw
from bot.people import Actor
from bot.seen.items import ItemSeen, OwnSeen, seen_item, seen_items
from bot.seen.lists import MOST_COUNTED, Seen, seen_of
from storage.items import Item, ItemState, count_items_of_person, items_of_person
from storage.tenancy import Session

OWN_ON_A_PAGE = 15
NOT_WITHDRAWN = tuple(state for state in ItemState if state != ItemState.WITHDRAWN)


@dataclass(frozen=True)
class Own:
    """A page of what a person brought. `drafts` are all of theirs: these wait for an answer."""

    drafts: tuple[ItemSeen, ...]
    items: Seen[OwnSeen]


def own_page(session: Session, actor: Actor, now: datetime, page: int = 0) -> Own:
    """A page of what the person brought, and their drafts."""
    drafts = seen_items(drafts_of(session, actor), reader(actor.person.id))
    return Own(drafts.shown, items_of(session, actor, now, page))


def items_of(session: Session, actor: Actor, now: datetime, page: int = 0) -> Seen[OwnSeen]:
    """A page of all that the person brought and did not withdraw, the newest first. Of a page that is not there any more, the last."""
    before = page * OWN_ON_A_PAGE
    counted = count_items_of_person(
        session, actor.person, *NOT_WITHDRAWN, most=before + OWN_ON_A_PAGE + MOST_COUNTED + 1
    )
    if before and before >= counted:
        return items_of(session, actor, now, max(counted - 1, 0) // OWN_ON_A_PAGE)
    brought = items_of_person(session, actor.person, *NOT_WITHDRAWN, after=before, most=OWN_ON_A_PAGE)
    here = seen_of(_seen_by_its_author(actor, item, now) for item in brought)
    return replace(here, before=before, more=counted - before - len(brought))


def withdraw_from_page(
    session: Session, actor: Actor, item_id: int, page: int, now: datetime
) -> tuple[ItemSeen, Seen[OwnSeen]]:
    """Take it back, as `withdraw` does, and give what is left on that page of one's own items."""
    item = withdraw(session, actor, item_id, now)
    session.flush()
    return item, items_of(session, actor, now, page)


def _seen_by_its_author(actor: Actor, item: Item, now: datetime) -> OwnSeen | None:
    seen = seen_item(item, reader(actor.person.id))
    return OwnSeen(seen, can_change=why_it_stays(actor, item, now) is None) if seen else None
