"""The agenda of a meeting: what there is for it, and how it stands for those who look."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.audiences import EVERYBODY, Audience
from bot.changes import Entry
from bot.people import Actor, may_decide, may_keep_settings
from bot.seen.agenda import AgendaSeen, ComingSeen, StatusSeen, entries_of
from bot.seen.items import DECIDED, ItemSeen, known_counts, known_state, seen_items
from bot.seen.lists import Seen
from bot.seen.meetings import seen_meeting
from bot.timetable import closes_on, is_over, next_meeting, today_in
from storage.consortia import Collaborative, Consortium, rotation
from storage.items import (
    Item,
    ItemState,
    items_of_meeting,
    items_without_meeting,
    shelves_of_meeting,
    undecided_until,
)
from storage.meetings import Meeting, Publication, last_publications
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post, post_by_key
from storage.tenancy import Session


@dataclass(frozen=True)
class Agenda:
    """What there is for a meeting, in agenda order; without a meeting, what waits for one."""

    consortium: Consortium
    meeting: Meeting | None
    items: list[Item]
    publications: list[Publication]
    without_items: list[Collaborative]
    is_lost: bool = False
    """Whether Slack did not take the newest publication, as far as anybody knows."""

    @property
    def on_agenda(self) -> list[Item]:
        return [item for item in self.items if item.state == ItemState.ON_AGENDA]

    @property
    def told_held(self) -> int:
        """How many are held as far as everybody may know."""
        return sum(known_state(item, EVERYBODY) == ItemState.HELD for item in self.items)

    @property
    def is_as_published(self) -> bool:
        """Whether nothing has changed since it was published last, also if Slack did not take that."""
        if not self.publications:
            return False
        newest = self.publications[0]
        return newest.held == self.told_held and entries_of(newest) == entries(self.on_agenda)

    @property
    def is_published_as_it_stands(self) -> bool:
        return self.is_as_published and not self.is_lost


def status(session: Session, actor: Actor, now: datetime) -> StatusSeen:
    """How much there is for the next meeting as everybody may know it, and which doors stand open to this person."""
    meeting = next_meeting(session, actor.consortium, now)
    if meeting is None:
        return _seen_by(session, actor, told_agenda(session, actor.consortium, None, now), None)
    return _seen_by(session, actor, _counted(session, actor.consortium, meeting, now), meeting)


def everything(session: Session, actor: Actor, now: datetime) -> StatusSeen:
    """The same, with all that was brought."""
    meeting = next_meeting(session, actor.consortium, now)
    return _seen_by(session, actor, told_agenda(session, actor.consortium, meeting, now), meeting)


def _seen_by(session: Session, actor: Actor, agenda: AgendaSeen, meeting: Meeting | None) -> StatusSeen:
    return StatusSeen(
        agenda,
        is_host=meeting is not None and may_decide(session, actor, meeting.host),
        is_admin=may_keep_settings(session, actor),
    )


def _counted(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> AgendaSeen:
    """How many items stand where, and none of them."""
    known = known_counts(meeting, shelves_of_meeting(session, meeting), EVERYBODY)
    return AgendaSeen(
        **vars(_coming(consortium, meeting, now)),
        on_agenda=Seen(more=known.get(ItemState.ON_AGENDA, 0)),
        waiting=Seen(more=known.get(ItemState.WAITING, 0)),
        held=Seen(more=known.get(ItemState.HELD, 0)),
        not_taken=Seen(more=known.get(ItemState.NOT_TAKEN, 0)),
    )


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
    session: Session, consortium: Consortium, meeting: Meeting | None, now: datetime
) -> AgendaSeen:
    """The agenda as everybody may see it: decisions that were not told yet do not show."""
    agenda = agenda_of(session, consortium, meeting) if meeting else _what_waits(session, consortium, now)
    return seen_agenda(agenda, EVERYBODY, now)


def _what_waits(session: Session, consortium: Consortium, now: datetime) -> Agenda:
    """For a meeting that is not set yet: what was brought since, and what those that are over have left behind."""
    undecided = undecided_until(session, today_in(consortium, now))
    left = [item for item in undecided if item.meeting and is_over(consortium, item.meeting, now)]
    return Agenda(consortium, None, left + items_without_meeting(session), [], [])


def agenda_of(session: Session, consortium: Consortium, meeting: Meeting) -> Agenda:
    items = items_of_meeting(session, meeting, ItemState.WAITING, *DECIDED)
    brought = {item.collaborative_id for item in items}
    return Agenda(
        consortium,
        meeting,
        items,
        publications=last_publications(session, meeting),
        without_items=[host for host in rotation(session) if host.id not in brought],
        is_lost=_is_lost(session, consortium, meeting),
    )


def seen_agenda(agenda: Agenda, audience: Audience, now: datetime) -> AgendaSeen:
    known = [(known_state(one, audience), one) for one in agenda.items]

    def in_state(state: ItemState) -> Seen[ItemSeen]:
        return seen_items((one for stands, one in known if stands == state), audience)

    waiting = in_state(ItemState.WAITING)
    return AgendaSeen(
        **vars(_coming(agenda.consortium, agenda.meeting, now)),
        on_agenda=in_state(ItemState.ON_AGENDA),
        # By age: those on the agenda would come first, and so tell what nobody was told yet.
        waiting=replace(waiting, shown=tuple(sorted(waiting.shown, key=lambda item: item.id))),
        held=in_state(ItemState.HELD),
        not_taken=in_state(ItemState.NOT_TAKEN),
        without_items=tuple(host.name for host in agenda.without_items),
        was_published=bool(agenda.publications),
        is_published_as_it_stands=agenda.is_published_as_it_stands,
        may_be_lost=bool(agenda.publications) and agenda.is_lost,
        is_over=agenda.meeting is not None and is_over(agenda.consortium, agenda.meeting, now),
    )


def entries(items: list[Item]) -> list[Entry]:
    """What a publication keeps of them: what everybody may see."""
    seen = seen_items(items, EVERYBODY)
    return [Entry(one.id, one.title, one.minutes, one.leads) for one in seen.shown]


def post_of_agenda(session: Session, consortium: Consortium, meeting: Meeting) -> Post | None:
    return post_by_key(session, agenda_key(consortium, meeting))


def _is_lost(session: Session, consortium: Consortium, meeting: Meeting) -> bool:
    post = post_of_agenda(session, consortium, meeting)
    return post is not None and post.state in (PostState.FAILED, PostState.UNKNOWN)


def agenda_key(consortium: Consortium, meeting: Meeting) -> str:
    return PostKind.AGENDA.key(meeting=meeting.id, channel=consortium.channel_id)
