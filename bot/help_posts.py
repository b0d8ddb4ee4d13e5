"""What is told where some help with a meeting may be good: to its host alone, once; and to admins, if the host would like some."""

from datetime import datetime

from bot.calendar import closing_day, instant, last_working_day, zone
from bot.curating import places_able_to_help
from bot.people import curators_taking_part, places_to_decide
from bot.timetable import is_to_come
from storage import outbox
from storage.consortia import Consortium
from storage.meetings import Meeting
from storage.outbox import Debt
from storage.post_kinds import PostKind
from storage.posts import newest_due
from storage.tenancy import Session

OFFERED_BEFORE = 5
"""Local days before the meeting."""
TELL_OF_HELP = (PostKind.HELP_OFFERED, PostKind.HELP_WANTED)


def offer_help(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> None:
    """Owe the question once it is due, if the meeting was known by then. Whether anything waits shows when it is sent.

    Where the host has no team of its own, admins decide, and nobody is asked.
    """
    due = _offered_at(consortium, meeting)
    if not max(meeting.known_since, consortium.scheduled_since) <= due <= now:
        return
    if not is_to_come(consortium, meeting, now) or not curators_taking_part(session, meeting.host):
        return
    if newest_due(session, PostKind.HELP_OFFERED, subject_id=meeting.id) is None:
        _owe(session, PostKind.HELP_OFFERED, meeting, places_to_decide(session, meeting.host), due)


def ask_for_help(session: Session, meeting: Meeting, now: datetime) -> None:
    """Also those who were asked before, and may have read since that no help is wanted."""
    places = places_able_to_help(session, meeting)
    for place in places:
        outbox.tell_anew(session, PostKind.HELP_WANTED.key(meeting=meeting.id, place=place), now)
    _owe(session, PostKind.HELP_WANTED, meeting, places, now)


def take_back_wish(session: Session, meeting: Meeting) -> None:
    """Its host, or another one by now, has no wish for help any more."""
    outbox.take_back(session, PostKind.HELP_WANTED, subject_id=meeting.id, but=())


def redraw_help(session: Session, meeting: Meeting) -> None:
    outbox.refresh_kinds(session, TELL_OF_HELP, subject_id=meeting.id)


def _offered_at(consortium: Consortium, meeting: Meeting) -> datetime:
    """At the hour of the calls; where the bot is quiet, on the Friday rather than on a weekend."""
    day = closing_day(meeting.day, OFFERED_BEFORE)
    day = last_working_day(day) if consortium.is_quiet else day
    return instant(day, consortium.call_at, zone(consortium.timezone))


def _owe(session: Session, kind: PostKind, meeting: Meeting, places: list[str], due: datetime) -> None:
    debts = [Debt(kind, kind.key(meeting=meeting.id, place=place), meeting.id, place) for place in places]
    outbox.owe_all_again(session, debts, due)
