"""The message with the buttons, which stands in the shared channel for who can't type commands: it tells how things stand."""

from datetime import datetime

from bot.timetable import next_meeting
from storage import outbox
from storage.consortia import Consortium
from storage.post_kinds import PostKind
from storage.tenancy import Session


def redraw_doors(session: Session, consortium: Consortium) -> None:
    outbox.refresh(session, PostKind.STANDING, subject_id=consortium.id)


def tell_of_next_meeting(session: Session, consortium: Consortium, now: datetime) -> None:
    """Draw it anew when another meeting is next: one is over, without a word from anybody."""
    meeting = next_meeting(session, consortium, now)
    next_id = meeting.id if meeting else None
    ours = session.get_one(Consortium, consortium.id)
    if ours.told_meeting_id != next_id:
        ours.told_meeting_id = next_id
        redraw_doors(session, consortium)
