"""The agenda of a meeting: what there is for it, and how it stands for those who look."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.audiences import EVERYBODY, Audience, hosts
from bot.changes import Entry, Other
from bot.seen.agenda import (
    AgendaSeen,
    ComingSeen,
    Planned,
    PublishedSeen,
    Rooms,
    entries_of,
    last_page,
    seen_published,
)
from bot.seen.items import ItemSeen, seen_items
from bot.seen.knowing import known_shelves, known_state, stands_for_itself
from bot.seen.lists import Seen
from bot.seen.meetings import seen_meeting
from bot.timetable import closes_on, is_closed, next_meeting, stage_of, today_in
from bot.timing import schedule
from storage.consortia import Consortium
from storage.items import Item, ItemState, agenda_of_meeting, items_with_ids
from storage.left_items import items_without_meeting, undecided_until
from storage.meetings import Meeting, Publication, last_publications
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post, post_by_key
from storage.shelves import (
    Shelf,
    Stock,
    items_on_shelves,
    shelves_of_meeting,
)
from storage.tenancy import Session

LISTS = (ItemState.ON_AGENDA, ItemState.WAITING, ItemState.HELD, ItemState.NOT_TAKEN, ItemState.RESTING)
ON_A_PAGE: Rooms = {ItemState.ON_AGENDA: 15, ItemState.WAITING: 15, ItemState.HELD: 15}
"""Of the list."""
SO_FAR: Rooms = {ItemState.ON_AGENDA: 20}
"""In a message that tells what is on the agenda so far."""
NONE_SHOWN: Rooms = {}


@dataclass(frozen=True)
class Agenda:
    """What is on a meeting's agenda, in order, and how it was published: the newest, and the one before it."""

    on_agenda: list[Item]
    told_held: int
    """How many are held as far as everybody may know."""
    publications: list[Publication]
    is_lost: bool
    """Whether Slack did not take the newest publication, as far as anybody knows."""

    @property
    def is_as_published(self) -> bool:
        """Whether nothing has changed since it was published last, also if Slack did not take that."""
        if not self.publications:
            return False
        newest = self.publications[0]
        before, now = entries_of(newest), entries(self.on_agenda)
        reads_the_same = len(before) == len(now) and all(map(Entry.reads_as, now, before))
        return newest.held == self.told_held and reads_the_same

    @property
    def is_published_as_it_stands(self) -> bool:
        return self.is_as_published and not self.is_lost


def coming(session: Session, consortium: Consortium, now: datetime) -> ComingSeen:
    return _coming(consortium, next_meeting(session, consortium, now), now)


def _coming(consortium: Consortium, meeting: Meeting | None, now: datetime) -> ComingSeen:
    return ComingSeen(
        timezone=consortium.timezone,
        today=today_in(consortium, now),
        meeting=seen_meeting(meeting) if meeting else None,
        closes=closes_on(consortium, meeting) if meeting else None,
    )


def told_agenda(
    session: Session,
    consortium: Consortium,
    meeting: Meeting | None,
    now: datetime,
    rooms: Rooms = SO_FAR,
    page: int = 0,
) -> AgendaSeen:
    """The agenda as everybody may see it: decisions that were not told yet do not show."""
    return agenda_for(session, consortium, meeting, EVERYBODY, now, rooms, page)


def with_turns(session: Session, meeting: Meeting, told: AgendaSeen) -> AgendaSeen:
    """Once it was published, with when the items have their turns."""
    if not last_publications(session, meeting, limit=1):
        return told
    items = told.on_agenda.shown
    turns = schedule(seen_meeting(meeting).timing, (item.minutes for item in items))
    return replace(told, schedule={item.id: turn for item, turn in zip(items, turns, strict=True)})


def agenda_for(
    session: Session,
    consortium: Consortium,
    meeting: Meeting | None,
    audience: Audience,
    now: datetime,
    rooms: Rooms,
    page: int,
) -> AgendaSeen:
    if meeting is None:
        return _what_waits(session, consortium, now).turned_to(page, rooms)
    return seen_agenda(session, consortium, meeting, audience, now, rooms, page)


def _what_waits(session: Session, consortium: Consortium, now: datetime) -> AgendaSeen:
    """For a meeting that is not set yet: what was brought since, and what those that are over or cancelled have left behind."""
    undecided = undecided_until(session, today_in(consortium, now))
    left = [item for item in undecided if item.meeting and is_closed(consortium, item.meeting, now)]
    items = sorted(left + items_without_meeting(session), key=lambda item: item.id)
    lists = {
        state: seen_items(
            (
                one
                for one in items
                if known_state(one, EVERYBODY) == state and stands_for_itself(one, EVERYBODY)
            ),
            EVERYBODY,
        )
        for state in LISTS
    }
    return AgendaSeen(**vars(_coming(consortium, None, now)), lists=lists)


def seen_agenda(
    session: Session,
    consortium: Consortium,
    meeting: Meeting,
    audience: Audience,
    now: datetime,
    rooms: Rooms,
    page: int = 0,
) -> AgendaSeen:
    """A page of what there is for a meeting, and of all of it how much."""
    known = known_shelves(shelves_of_meeting(session, meeting), meeting, audience)
    stocks = {state: sum(known[state].values(), Stock()) for state in LISTS}
    page = min(page, last_page(rooms, {state: stock.count for state, stock in stocks.items()}))

    def listed(state: ItemState) -> Seen[ItemSeen]:
        room, count = rooms.get(state, 0), stocks[state].count
        before = min(page * room, count)
        # By age: those on the agenda would come first, and so tell what nobody was told yet.
        by_age = state == ItemState.WAITING
        items = items_on_shelves(session, meeting, known[state], after=before, most=room, by_age=by_age)
        more = max(count - before - len(items), 0)  # others may have brought one since they were counted
        return replace(seen_items(items, audience), before=before, more=more)

    planned = stocks[ItemState.ON_AGENDA]
    return AgendaSeen(
        **vars(_coming(consortium, meeting, now)),
        lists={state: listed(state) for state in LISTS},
        page=page,
        planned=Planned(planned.minutes, planned.without_length),
        stage=stage_of(consortium, meeting, now),
    )


def agenda_of(session: Session, consortium: Consortium, meeting: Meeting) -> Agenda:
    return Agenda(
        agenda_of_meeting(session, meeting),
        told_held=shelves_of_meeting(session, meeting)
        .get(Shelf(ItemState.HELD, is_told=True), Stock())
        .count,
        publications=last_publications(session, meeting),
        is_lost=_is_lost(session, consortium, meeting),
    )


def published_agenda(session: Session, meeting: Meeting) -> PublishedSeen | None:
    """As it was published last, for everybody."""
    publications = last_publications(session, meeting)
    if not publications:
        return None
    listed = items_with_ids(session, [entry.item_id for entry in entries_of(publications[0])])
    return seen_published(meeting, publications, listed, EVERYBODY)


def drafted_agenda(session: Session, consortium: Consortium, meeting: Meeting) -> PublishedSeen:
    """As everybody would read it if it were published now, for its host."""
    agenda, audience = agenda_of(session, consortium, meeting), hosts(meeting.host_id)
    return PublishedSeen(
        meeting=seen_meeting(meeting),
        entries=Seen(tuple(entries(agenda.on_agenda, audience))),
        items=seen_items(agenda.on_agenda, audience),
        held=agenda.told_held,
        changed=None,
    )


def entries(items: list[Item], audience: Audience = EVERYBODY) -> list[Entry]:
    """What a publication keeps of them: what everybody may see. Of people it names only those who lead."""
    seen = seen_items(items, audience)
    return [
        Entry(
            one.id,
            one.title,
            one.minutes,
            one.lead or one.on_behalf_of,
            one.speaks_for,
            one.heading,
            tuple(Other(joined.id, joined.speaks_for) for joined in one.joined),
        )
        for one in seen.shown
    ]


def post_of_agenda(session: Session, consortium: Consortium, meeting: Meeting) -> Post | None:
    return post_by_key(session, agenda_key(consortium, meeting))


def _is_lost(session: Session, consortium: Consortium, meeting: Meeting) -> bool:
    post = post_of_agenda(session, consortium, meeting)
    return post is not None and post.state in (PostState.FAILED, PostState.UNKNOWN)


def agenda_key(consortium: Consortium, meeting: Meeting) -> str:
    return PostKind.AGENDA.key(meeting=meeting.id, channel=consortium.channel_id)
