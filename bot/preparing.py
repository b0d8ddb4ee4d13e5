"""Preparing a meeting together: its host says whether some help would be good, and an admin's collaborative prepares it with them.

Nobody is replaced: the host decides as before. The right of the others ends with the meeting, or where it gets another host.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from bot.audiences import hosts
from bot.curating import able_to_help
from bot.doors import redraw_doors
from bot.errors import NothingChanged, Words
from bot.expected import redraw_what_tells_of
from bot.help_posts import TELL_OF_HELP, ask_for_help, redraw_help, take_back_wish
from bot.meetings_to_change import meeting_not_begun, meeting_to_change
from bot.people import Actor, may_decide, may_keep_settings
from bot.seen.items import DECIDED
from bot.seen.knowing import known_shelves
from bot.seen.meetings import MeetingSeen, seen_meeting
from bot.timetable import is_to_come, today_in
from storage.items import ItemState
from storage.meetings import Meeting
from storage.post_kinds import PostKind
from storage.shelves import Stock, shelves_of_meeting
from storage.tenancy import Session

TELL_WHO_PREPARES = (PostKind.AGENDA, PostKind.CALL, PostKind.REMINDER, *TELL_OF_HELP)
STEPS_IN_BEFORE = timedelta(days=3)
"""Local days before the meeting, where nobody has decided anything."""


class Stands(NamedTuple):
    """How many items wait for the host, and about how many it has decided."""

    waiting: int
    decided: int


def stands(session: Session, meeting: Meeting) -> Stands:
    known = known_shelves(shelves_of_meeting(session, meeting), meeting, hosts(meeting.host_id))
    counts = {state: sum(shelves.values(), Stock()).count for state, shelves in known.items()}
    return Stands(counts[ItemState.WAITING], sum(counts[state] for state in DECIDED))


def say_whether_help_is_good(
    session: Session, actor: Actor, meeting_id: int, now: datetime, *, is_wanted: bool
) -> Meeting:
    """Admins of other collaboratives hear that some help is wanted. The host may say otherwise until somebody helps.

    Raises NothingChanged if the meeting has begun, if somebody helps already, or if nobody could be asked.
    """
    meeting = meeting_not_begun(session, actor, meeting_id, now)
    _must_be_prepared_alone(meeting)
    if is_wanted and not able_to_help(session, meeting):
        raise NothingChanged("There is no admin of another {collaborative} whom I could ask.")
    meeting.help_wanted = is_wanted
    session.flush()
    redraw_help(session, meeting)
    if is_wanted:
        ask_for_help(session, meeting, now)
    else:
        take_back_wish(session, meeting)
    return meeting


def may_step_in(session: Session, actor: Actor, meeting: Meeting, now: datetime) -> bool:
    """Admins of other collaboratives, where the host would like some help; or shortly before the meeting, if nobody has answered anything that waits."""
    is_due = meeting.prepared_with is None and is_to_come(actor.consortium, meeting, now)
    if not is_due or not may_keep_settings(session, actor):
        return False
    is_able = actor.person.id in {person.id for person in able_to_help(session, meeting)}
    return is_able and _needs_help(session, actor, meeting, now)


def step_in(session: Session, actor: Actor, meeting_id: int, now: datetime) -> Meeting:
    """From then on their collaborative, or they alone if they are with none, prepare it together with the host. Raises NothingChanged if it needs no help."""
    meeting = meeting_not_begun(session, actor, meeting_id, now)
    _must_be_prepared_alone(meeting)
    if not may_step_in(session, actor, meeting, now):
        raise NothingChanged("{host} needs no help with this meeting at the moment.", host=meeting.host.name)
    own = actor.person.collaborative
    meeting.helper = own if own and own.position is not None else None
    meeting.helped_by = actor.person
    _tell(session, actor, meeting, now)
    return meeting


def step_back(session: Session, actor: Actor, meeting_id: int, now: datetime) -> MeetingSeen:
    """The host prepares it alone again; so either of them may say. Where the host does, it is fine.

    Raises NothingChanged if the meeting is over, or if nobody helps.
    """
    meeting = meeting_to_change(session, actor, meeting_id, now)
    if meeting.prepared_with is None:
        raise NothingChanged("{host} prepares this meeting alone.", host=meeting.host.name)
    is_fine = may_decide(session, actor, meeting.host)
    meeting.is_prepared_alone(help_wanted=False if is_fine else meeting.help_wanted)
    if is_fine:
        take_back_wish(session, meeting)
    _tell(session, actor, meeting, now)
    return seen_meeting(meeting)


def _needs_help(session: Session, actor: Actor, meeting: Meeting, now: datetime) -> bool:
    """Who said that they are fine is believed."""
    at_hand = stands(session, meeting)
    is_near = today_in(actor.consortium, now) >= meeting.day - STEPS_IN_BEFORE
    is_untouched = is_near and meeting.help_wanted is None and not at_hand.decided
    return bool(at_hand.waiting) and (meeting.help_wanted is True or is_untouched)


def _must_be_prepared_alone(meeting: Meeting) -> None:
    helper = meeting.prepared_with
    if helper is not None:
        raise NothingChanged(
            "{host} and {helper} prepare this together already.",
            host=meeting.host.name,
            helper=helper,
            then=Words("Either of them can end that on the host's board."),
        )


def _tell(session: Session, actor: Actor, meeting: Meeting, now: datetime) -> None:
    """In what tells of the meeting already, without a message of its own."""
    meeting.revise(now)
    session.flush()
    redraw_what_tells_of(session, meeting, TELL_WHO_PREPARES)
    redraw_doors(session, actor.consortium.id)
