"""The shared channel becomes another: what is owed goes along, and who heard of the one before reads whether it matters still."""

from datetime import datetime

from bot.agenda import agenda_key
from bot.doors import redraw_doors
from bot.live import owe_live
from bot.timetable import next_meeting, today_in
from storage import outbox
from storage.channels import channel_at, channel_known
from storage.consortia import Consortium
from storage.live import live_meetings
from storage.meetings import last_publications, meetings_from
from storage.post_kinds import PostKind
from storage.tenancy import Session
from storage.whereabouts import doubt

FOLLOW = [kind for kind in PostKind if kind.follows_the_channel]


def follow_shared_channel(session: Session, consortium: Consortium, before: str, now: datetime) -> None:
    """The shared channel is another one: what is owed goes there, and so does what everybody looks up.

    What was told stays told where it was. Who may take part is asked of the new channel.
    """
    channel_known(session, before)  # as one of its own: what gets a new id is known by the old one no more
    say_whether_it_is_used(session, before, consortium.channel_id)
    outbox.move(session, FOLLOW, before, consortium.channel_id, now)
    redraw_doors(session, consortium.id)
    outbox.refresh_in(session, PostKind.SEPARATE_TALK, place=consortium.channel_id)
    _owe_agendas(session, consortium, now)
    _go_on_with_live_meetings(session, consortium, now)
    doubt(session, now)
    channel = channel_at(session, consortium.channel_id)
    if channel is not None:
        channel.asked_at = None


def say_whether_it_is_used(session: Session, *channel_ids: str | None) -> None:
    """Admins who heard that one of these is closed to the bot read whether that matters still."""
    for channel in [channel_at(session, one) for one in channel_ids if one is not None]:
        if channel is not None:
            outbox.refresh(session, PostKind.CHANNEL, subject_id=channel.id)


def _owe_agendas(session: Session, consortium: Consortium, now: datetime) -> None:
    """The published agenda of each meeting to come."""
    coming = meetings_from(session, today_in(consortium, now))
    nearest = next_meeting(session, consortium, now)
    for meeting in [one for one in coming if nearest and one.day >= nearest.day]:
        if last_publications(session, meeting, limit=1):
            key = agenda_key(consortium, meeting)
            outbox.owe_again(
                session,
                PostKind.AGENDA,
                key,
                subject_id=meeting.id,
                place=consortium.channel_id,
                due=now,
                comes_back=True,
            )
            outbox.refresh(session, PostKind.AGENDA, subject_id=meeting.id)


def _go_on_with_live_meetings(session: Session, consortium: Consortium, now: datetime) -> None:
    """There, and no more in the channel before."""
    for live in live_meetings(session):
        owe_live(session, consortium, live.meeting, now)
