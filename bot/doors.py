"""The message with the buttons, which stands in the shared channel for who can't type commands: it tells of the next meeting."""

from datetime import datetime

from bot.timetable import is_over, today_in
from storage import outbox
from storage.consortia import Consortium
from storage.meetings import meetings_unnoticed_until
from storage.post_kinds import PostKind
from storage.tenancy import Session


def redraw_doors(session: Session, consortium_id: int) -> None:
    """They tell of the next meeting, and how many items are on its agenda as far as everybody may know."""
    outbox.refresh(session, PostKind.STANDING, subject_id=consortium_id)


def notice_what_is_over(session: Session, consortium: Consortium, now: datetime) -> None:
    """When a meeting is over, another is next, without a word from anybody."""
    begun = meetings_unnoticed_until(session, today_in(consortium, now))
    over = [meeting for meeting in begun if is_over(consortium, meeting, now)]
    for meeting in over:
        meeting.is_over_noticed = True
    if over:
        redraw_doors(session, consortium.id)
