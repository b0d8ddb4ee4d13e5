"""Answers: a host tells proposers what was decided, before the hour at which they would hear of it."""

from datetime import datetime

from bot.board import board_of
from bot.errors import NothingChanged
from bot.meetings_to_change import meeting_to_change
from bot.people import Actor
from bot.seen.agenda import AgendaSeen
from storage import outbox
from storage.items import lock_items, untold_of_meeting
from storage.post_kinds import PostKind
from storage.tenancy import Session


def send_now(session: Session, actor: Actor, meeting_id: int, now: datetime) -> AgendaSeen:
    """Let everybody hear what became of their items as soon as a message may make a sound, and give the board as it stands then.

    Raises NothingChanged if the meeting is over or gone, or if no answer waits for its hour.
    """
    meeting = meeting_to_change(session, actor, meeting_id, now)
    lock_items(session, meeting)
    untold = untold_of_meeting(session, meeting)
    if not outbox.count_due_later(session, PostKind.OUTCOME, subject_ids=untold, now=now):
        raise NothingChanged("All answers are sent, or on their way.")
    outbox.hasten(session, PostKind.OUTCOME, subject_ids=untold, now=now)
    return board_of(session, actor.consortium, meeting, now)
