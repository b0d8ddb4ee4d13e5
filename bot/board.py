"""The host's board: the agenda as its host has made it, decided on and put in order."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from bot import placing
from bot.agenda import agenda_of, seen_agenda
from bot.audiences import hosts
from bot.coming import count_heads, names_of_note_takers
from bot.curating import curates
from bot.decisions import Decision, must_be_for, reconsider
from bot.duties import told_duties
from bot.errors import NothingChanged
from bot.freshness import wake
from bot.leading import can_be_started
from bot.meetings import Arrangement, change
from bot.meetings_to_change import meeting_to_see
from bot.people import Actor
from bot.seen.agenda import AgendaSeen, Rooms, Share
from bot.seen.items import DECIDED, ItemSeen, Names
from bot.seen.lists import Seen
from bot.seen.meetings import MeetingSeen, seen_meeting
from bot.seen.questions import QuestionSeen, seen_questions
from bot.timetable import next_meeting
from bot.timing import schedule
from bot.who_says_me_too import me_too_about
from storage import outbox
from storage.consortia import Consortium, rotation
from storage.items import (
    ItemState,
    items_with_ids,
    untold_of_meeting,
)
from storage.meetings import Meeting, last_publications
from storage.post_kinds import PostKind
from storage.questions import questions_of_items
from storage.shelves import collaboratives_with_items, lengths_on_agenda, shares_of_agenda
from storage.tenancy import Session

AgendaChange = Callable[[Session, Actor], Meeting]
"""It gives the meeting whose agenda is another by it."""
AGAIN: dict[str, Decision] = {"back": reconsider, "wake": wake}
"""What brings an item before its host again."""
ON_A_PAGE: Rooms = {
    ItemState.ON_AGENDA: 12,
    ItemState.WAITING: 5,
    ItemState.HELD: 3,
    ItemState.NOT_TAKEN: 3,
}
RESTING_ON_A_PAGE: Rooms = {ItemState.RESTING: 15}


def board(session: Session, actor: Actor, meeting_id: int, now: datetime, page: int = 0) -> AgendaSeen:
    """The agenda as its host has made it. Raises NothingChanged if there is no such meeting."""
    return board_of(session, actor.consortium, meeting_to_see(session, meeting_id), now, page)


def resting(session: Session, actor: Actor, meeting_id: int, now: datetime, page: int = 0) -> AgendaSeen:
    """A page of what rests with its host. Raises NothingChanged if there is no such meeting."""
    meeting = meeting_to_see(session, meeting_id)
    return seen_agenda(
        session, actor.consortium, meeting, hosts(meeting.host_id), now, RESTING_ON_A_PAGE, page
    )


def next_board(session: Session, actor: Actor, now: datetime) -> AgendaSeen:
    """The board of the next meeting. Raises NothingChanged if none is set."""
    meeting = next_meeting(session, actor.consortium, now)
    return board(session, actor, meeting.id if meeting else 0, now)


def board_of(
    session: Session, consortium: Consortium, meeting: Meeting, now: datetime, page: int = 0
) -> AgendaSeen:
    seen = seen_agenda(session, consortium, meeting, hosts(meeting.host_id), now, ON_A_PAGE, page)
    brought = collaboratives_with_items(session, meeting, ItemState.WAITING, *DECIDED)
    without_items = tuple(host.name for host in rotation(session) if host.id not in brought)
    untold = untold_of_meeting(session, meeting)
    answers = outbox.count_due_later(session, PostKind.OUTCOME, subject_ids=untold, now=now)
    published = _with_publication(session, consortium, meeting, seen)
    lengths = lengths_on_agenda(session, meeting)
    turns = schedule(seen.timing or seen_meeting(meeting).timing, lengths.values())
    return replace(
        published,
        without_items=without_items,
        answers_for_later=answers,
        schedule=dict(zip(lengths, turns, strict=True)),
        shares=tuple(Share(*share) for share in shares_of_agenda(session, meeting)),
        head_count=count_heads(session, meeting),
        note_takers=names_of_note_takers(session, meeting),
        duties=told_duties(session, meeting),
        questions=_questions(
            session, meeting, [one for item in seen.waiting.shown for one in item.all_brought]
        ),
        me_too=_me_too(session, meeting, seen.waiting.shown),
        can_be_started=can_be_started(session, consortium, meeting, now),
    )


def _me_too(session: Session, meeting: Meeting, waiting: Iterable[ItemSeen]) -> dict[int, Names]:
    items = items_with_ids(session, [item.id for item in waiting])
    return me_too_about(session, items, hosts(meeting.host_id))


def _questions(
    session: Session, meeting: Meeting, items: Iterable[ItemSeen]
) -> dict[int, Seen[QuestionSeen]]:
    """By the id of the item about which they were asked."""
    asked = defaultdict(list)
    for question in questions_of_items(session, [item.id for item in items]):
        asked[question.item_id].append(question)
    return {item_id: seen_questions(of_it, hosts(meeting.host_id)) for item_id, of_it in asked.items()}


def _with_publication(
    session: Session, consortium: Consortium, meeting: Meeting, seen: AgendaSeen
) -> AgendaSeen:
    if not last_publications(session, meeting):
        return seen
    agenda = agenda_of(session, consortium, meeting)
    return replace(
        seen,
        was_published=True,
        is_published_as_it_stands=agenda.is_published_as_it_stands,
        may_be_lost=agenda.is_lost,
    )


def decided_on_board(
    session: Session, actor: Actor, item_id: int, decide: Decision, now: datetime
) -> AgendaSeen:
    """The decision, and the board as it stands then."""
    item = decide(session, actor, item_id, now)
    return board(session, actor, item.meeting_id or 0, now)


class Rearranged(NamedTuple):
    """A meeting that was moved, and the board of its host, for those who decide there."""

    meeting: MeetingSeen
    board: AgendaSeen | None


def change_on_board(
    session: Session, actor: Actor, meeting_id: int, arrangement: Arrangement, now: datetime
) -> Rearranged:
    """Move a meeting. An admin of another team does not see what its host has decided and not told yet."""
    meeting = change(session, actor, meeting_id, arrangement, now)
    stands = board(session, actor, meeting_id, now) if curates(session, actor, meeting, now) else None
    return Rearranged(seen_meeting(meeting), stands)


def arrange(
    session: Session, actor: Actor, item_id: int, way: str, now: datetime, meeting_id: int | None = None
) -> AgendaSeen:
    """Move an item on the board of this meeting: `way` is one of `placing.WAYS`, or "back" to be decided again, or "wake" to rest no more.

    Raises NothingChanged if the item can't be moved that way, or has gone on to another meeting since.
    """
    if way in placing.WAYS:
        meeting = placing.move(session, actor, item_id, way, now, meeting_id)
        return board_of(session, actor.consortium, meeting, now)
    if way in AGAIN:
        must_be_for(session, item_id, meeting_id)
        return decided_on_board(session, actor, item_id, AGAIN[way], now)
    raise NothingChanged("This can't be done with an item.")


def changed_on_board(session: Session, actor: Actor, change: AgendaChange, now: datetime) -> AgendaSeen:
    """What a host makes of the agenda of a meeting, and the board as it stands then."""
    return board_of(session, actor.consortium, change(session, actor), now)
