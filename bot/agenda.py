"""The agenda of a meeting: what is on it, in which order, and its publication."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.changes import Changes, Entry, changes
from bot.decisions import DECIDED, mark_told
from bot.errors import NothingChanged, UserError
from bot.items import item_to_change
from bot.meetings import meeting_to_change, meeting_to_see
from bot.people import Actor
from bot.timetable import closes_on, ends_at, next_meeting
from bot.undelivered import post_again
from storage import outbox
from storage.consortia import Collaborative, Consortium, rotation
from storage.items import Item, ItemState, items_of_meeting, items_without_meeting, lock_items
from storage.meetings import Meeting, Publication, last_publications
from storage.outbox import Post, PostKind, PostState
from storage.tenancy import Session


@dataclass(frozen=True)
class Agenda:
    """How things stand for a meeting. Minutes are planned ones; an item without any counts as none."""

    consortium: Consortium
    meeting: Meeting | None
    closes: date | None
    on_agenda: list[Item]
    waiting: list[Item]
    held: list[Item]
    not_taken: list[Item]
    publications: list[Publication]
    without_items: list[Collaborative]
    is_lost: bool = False
    """Whether Slack did not take the newest publication, as far as anybody knows."""

    @property
    def minutes(self) -> int:
        return sum(item.minutes or 0 for item in self.on_agenda)

    @property
    def told_held(self) -> int:
        """How many are held as far as everyone may know."""
        return sum(item.told_state == ItemState.HELD for item in self.held)

    @property
    def is_published_as_it_stands(self) -> bool:
        if not self.publications or self.is_lost:
            return False
        newest = self.publications[0]
        return newest.held == self.told_held and entries_of(newest) == entries(self.on_agenda)


def next_agenda(session: Session, consortium: Consortium, now: datetime) -> Agenda:
    """The next meeting's agenda, if there is such a meeting, as everyone may see it."""
    return told_agenda(session, consortium, next_meeting(session, consortium, now))


def told_agenda(session: Session, consortium: Consortium, meeting: Meeting | None) -> Agenda:
    """The agenda as everyone may see it: decisions that were not told yet do not show."""
    return agenda_of(session, consortium, meeting, lambda item: item.told_state)


def hosts_agenda(session: Session, consortium: Consortium, meeting: Meeting) -> Agenda:
    """The meeting's agenda as its host has made it."""
    return agenda_of(session, consortium, meeting, lambda item: item.state)


def agenda_of(
    session: Session,
    consortium: Consortium,
    meeting: Meeting | None,
    state_of: Callable[[Item], ItemState],
) -> Agenda:
    if meeting is None:
        waiting = items_without_meeting(session)
        return Agenda(consortium, None, None, [], waiting, [], [], [], [])
    items = items_of_meeting(session, meeting, ItemState.WAITING, *DECIDED)
    in_state = {state: [item for item in items if state_of(item) == state] for state in ItemState}
    brought = {item.collaborative_id for item in items}
    return Agenda(
        consortium,
        meeting,
        closes_on(consortium, meeting),
        on_agenda=in_state[ItemState.ON_AGENDA],
        # By age: those on the agenda would come first, and so tell what nobody was told yet.
        waiting=sorted(in_state[ItemState.WAITING], key=lambda item: item.id),
        held=in_state[ItemState.HELD],
        not_taken=in_state[ItemState.NOT_TAKEN],
        publications=last_publications(session, meeting),
        without_items=[host for host in rotation(session) if host.id not in brought],
        is_lost=_is_lost(session, consortium, meeting),
    )


def board(session: Session, actor: Actor, meeting_id: int) -> Agenda:
    """The meeting's agenda, for its host. Raises NothingChanged if the meeting is no longer here."""
    return hosts_agenda(session, actor.consortium, meeting_to_see(session, meeting_id))


def move_earlier(session: Session, actor: Actor, item_id: int) -> Agenda:
    """Raises NothingChanged if the item is not on the agenda, or is the first."""
    return _swap_with_neighbour(session, actor, item_id, step=-1)


def move_later(session: Session, actor: Actor, item_id: int) -> Agenda:
    """Raises NothingChanged if the item is not on the agenda, or is the last."""
    return _swap_with_neighbour(session, actor, item_id, step=1)


def publish(session: Session, actor: Actor, meeting_id: int, now: datetime) -> Agenda:
    """Make the agenda as it stands everybody's. What is on it counts as told from now on, and can't be undone.

    Raises UserError if the meeting is over, or if nothing is on the agenda.
    Raises NothingChanged if the agenda is published just as it stands.
    """
    meeting = meeting_to_change(session, meeting_id)
    if ends_at(actor.consortium, meeting) <= now:
        raise UserError("This meeting is over, so nothing was published.")
    lock_items(session, meeting)
    agenda = hosts_agenda(session, actor.consortium, meeting)
    if not agenda.on_agenda:
        raise UserError("There is nothing on the agenda yet, so nothing was published. Add an item first.")
    if agenda.is_published_as_it_stands:
        raise NothingChanged("The agenda is published just as it stands.")
    _tell_now(session, agenda.on_agenda, now)
    number = agenda.publications[0].number + 1 if agenda.publications else 1
    session.add(
        Publication(
            meeting_id=meeting.id,
            number=number,
            at=now,
            by=actor.person,
            entries=[vars(entry) for entry in entries(agenda.on_agenda)],
            held=agenda.told_held,
        )
    )
    session.flush()
    _owe_agenda(session, actor, meeting, now)
    return hosts_agenda(session, actor.consortium, meeting)


def entries(items: list[Item]) -> list[Entry]:
    return [
        Entry(item_id=item.id, title=item.title, minutes=item.minutes, lead=lead_of(item)) for item in items
    ]


def lead_of(item: Item) -> str | None:
    """Who leads it: the one named, or the one it was added for, or the proposer."""
    return item.lead or item.on_behalf_of or item.proposer.name


def entries_of(publication: Publication) -> list[Entry]:
    return [Entry(**stored) for stored in publication.entries]


def last_changes(agenda: Agenda) -> Changes | None:
    """What the newest publication changed; nothing to say of a first one."""
    if len(agenda.publications) < 2:  # noqa: PLR2004 - two are needed to compare
        return None
    newest, before = agenda.publications
    return changes(entries_of(before), entries_of(newest))


def _owe_agenda(session: Session, actor: Actor, meeting: Meeting, now: datetime) -> None:
    """One message in each channel that was the shared one when an agenda was published."""
    about: dict[str, Any] = {"subject_id": meeting.id}
    key, place = _key(actor.consortium, meeting), actor.consortium.channel_id
    if not outbox.owe(session, PostKind.AGENDA, key, place=place, due=now, **about):
        outbox.refresh(session, PostKind.AGENDA, **about)
    post = _post_of(session, actor.consortium, meeting)
    if (
        post is not None and post.state == PostState.UNKNOWN
    ):  # who publishes again says by that: post it again
        post_again(session, actor, post.id)


def _post_of(session: Session, consortium: Consortium, meeting: Meeting) -> Post | None:
    return outbox.post_by_key(session, _key(consortium, meeting))


def _is_lost(session: Session, consortium: Consortium, meeting: Meeting) -> bool:
    post = _post_of(session, consortium, meeting)
    return post is not None and post.state in (PostState.FAILED, PostState.UNKNOWN)


def _key(consortium: Consortium, meeting: Meeting) -> str:
    return f"agenda:{meeting.id}:{consortium.channel_id}"


def _tell_now(session: Session, items: list[Item], now: datetime) -> None:
    """Each proposer still gets their own word, at once; it may come after the shared channel's."""
    for item in items:
        mark_told(session, item, now)
    ids = [item.id for item in items]
    outbox.hasten(session, PostKind.OUTCOME, subject_ids=ids, now=now)


def _swap_with_neighbour(session: Session, actor: Actor, item_id: int, step: int) -> Agenda:
    item = item_to_change(session, item_id)
    if item.state != ItemState.ON_AGENDA or item.meeting is None:
        raise NothingChanged("This item is no longer on the agenda.")
    order = items_of_meeting(session, item.meeting, ItemState.ON_AGENDA)
    place = next(index for index, other in enumerate(order) if other is item)
    if not 0 <= place + step < len(order):
        raise NothingChanged("This item can't go any further that way.")
    order.insert(place + step, order.pop(place))
    for position, other in enumerate(order, start=1):
        other.position = position
    session.flush()
    return hosts_agenda(session, actor.consortium, item.meeting)
