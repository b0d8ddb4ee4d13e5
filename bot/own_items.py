"""What a person has brought, as they see it: a page at a time."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.audiences import reader
from bot.errors import NothingChanged
from bot.freshness import as_own
from bot.items import drafts_of
from bot.legal_holds import put_by
from bot.notes import notes_stand, redraw_notes
from bot.people import Actor
from bot.seen.items import NOBODY_ELSE, ItemSeen, OwnSeen, ToldSeen, seen_items
from bot.seen.lists import MOST_COUNTED, Seen, seen_of
from bot.seen.results import NotesStand
from bot.what_came_of import results_about
from bot.who_says_me_too import me_too_about
from storage.brought import count_items_of_person, items_of_person
from storage.items import Item, ItemState, lock_item
from storage.meetings import Meeting, meeting_by_id
from storage.results import Became, Result
from storage.tenancy import Session

Say = Callable[[Session, Actor, int, datetime], ItemSeen]
"""What their author says of an item."""
OWN_ON_A_PAGE = 14
TAKE_EDITS = (NotesStand.SENT, NotesStand.ON_THEIR_WAY)
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
    told = _told_in_notes(session, actor, brought, now)
    me_too = me_too_about(session, brought, reader(actor.person.id))
    here = seen_of(
        as_own(actor, item, now, told.get(item.id, ()), me_too.get(item.id, NOBODY_ELSE)) for item in brought
    )
    return replace(here, before=before, more=counted - before - len(brought))


def said_on_page(
    session: Session, actor: Actor, item_id: int, now: datetime, say: Say, page: int
) -> tuple[ItemSeen, Seen[OwnSeen]]:
    """Say it of an item of one's own, and give that page of them as it stands then."""
    item = say(session, actor, item_id, now)
    session.flush()
    return item, items_of(session, actor, now, page)


def strike_line(
    session: Session, actor: Actor, item_id: int, meeting_id: int, now: datetime, page: int
) -> Seen[OwnSeen]:
    """Take the line about an item of one's own out of the notes of that meeting, and give the page. Raises NothingChanged if none stands there."""
    item = lock_item(session, item_id)
    lines = results_about(session, actor.consortium, [item]) if item else []
    line = next((one for _, one in lines if one.meeting_id == meeting_id and one.outcome is not None), None)
    meeting = meeting_by_id(session, meeting_id)
    if line is None or meeting is None or _where(session, actor, meeting, now) not in TAKE_EDITS:
        raise NothingChanged("This line is no longer there.")
    put_by(session, actor.consortium, [line], now)
    line.outcome = None
    session.flush()
    redraw_notes(session, meeting)
    return items_of(session, actor, now, page)


def _told_in_notes(
    session: Session, actor: Actor, items: Sequence[Item], now: datetime
) -> dict[int, tuple[ToldSeen, ...]]:
    """What notes tell of these items, where they are sent: before, that is the host's alone."""
    lines = results_about(session, actor.consortium, items)
    meetings = filter(
        None, (meeting_by_id(session, number) for number in {one.meeting_id for _, one in lines})
    )
    stand = {meeting.id: _where(session, actor, meeting, now) for meeting in meetings}
    told: defaultdict[int, tuple[ToldSeen, ...]] = defaultdict(tuple)
    for item, one in lines:
        where = stand.get(one.meeting_id)
        if where in (*TAKE_EDITS, NotesStand.LEFT_BEHIND):
            stays = where is NotesStand.LEFT_BEHIND
            told[item.id] += (ToldSeen(one.meeting_id, _told_of(one), one.outcome, stays),)
    return told


def _told_of(result: Result) -> Became:
    """What was to come up again, and does not, was talked about."""
    is_over = result.became is Became.AGAIN and not result.comes_up_again
    return Became.DONE if is_over else result.became


def _where(session: Session, actor: Actor, meeting: Meeting, now: datetime) -> NotesStand:
    return notes_stand(session, actor.consortium, meeting, now)
