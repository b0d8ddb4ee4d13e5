"""The agenda of a meeting: what there is for it, and how it stands for those who look."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.audiences import EVERYBODY, Audience
from bot.changes import Entry
from bot.people import Actor, may_decide, may_keep_settings
from bot.seen.agenda import AgendaSeen, StatusSeen, entries_of
from bot.seen.items import DECIDED, ItemSeen, known_state, seen_items
from bot.seen.lists import Seen
from bot.seen.meetings import seen_meeting
from bot.timetable import closes_on, is_over, next_meeting, today_in
from storage.consortia import Collaborative, Consortium, rotation
from storage.items import Item, ItemState, items_of_meeting, items_without_meeting, undecided_until
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
    """How things stand for the next meeting as everybody may see it, and which doors stand open to this person."""
    meeting = next_meeting(session, actor.consortium, now)
    return StatusSeen(
        told_agenda(session, actor.consortium, meeting, now),
        is_host=meeting is not None and may_decide(session, actor, meeting.host),
        is_admin=may_keep_settings(session, actor),
    )


def next_agenda(session: Session, consortium: Consortium, now: datetime) -> AgendaSeen:
    """The next meeting's agenda, if there is such a meeting, as everybody may see it."""
    return told_agenda(session, consortium, next_meeting(session, consortium, now), now)


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
    def in_state(state: ItemState) -> Seen[ItemSeen]:
        return seen_items((one for one in agenda.items if known_state(one, audience) == state), audience)

    waiting = in_state(ItemState.WAITING)
    return AgendaSeen(
        timezone=agenda.consortium.timezone,
        today=today_in(agenda.consortium, now),
        meeting=seen_meeting(agenda.meeting) if agenda.meeting else None,
        closes=closes_on(agenda.consortium, agenda.meeting) if agenda.meeting else None,
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
