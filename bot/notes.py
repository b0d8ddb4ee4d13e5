"""Notes: what became of a meeting's items, told to everybody; and the question to its host, on the evening of its day."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot.audiences import EVERYBODY, Audience
from bot.calendar import instant, local_day, next_working_day, zone
from bot.people import A_QUARTER, places_to_decide
from bot.quiet import expected, is_due_at_a_set_hour
from bot.seen.lists import Seen
from bot.seen.meetings import seen_meeting
from bot.seen.posts import AfterMeetingSeen
from bot.seen.results import NotesSeen, NotesStand, ResultSeen, seen_attendance, seen_results
from bot.timetable import ends_at, is_over, today_in
from storage import outbox
from storage.attendance import attendance_of
from storage.coming import note_takers
from storage.consortia import Collaborative, Consortium
from storage.follow_ups import follow_ups_of_meeting
from storage.meetings import Meeting, meeting_by_id, meetings_from
from storage.outbox import Debt
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post, post_by_key
from storage.results import items_with_results, results_of_meeting
from storage.tenancy import Session

A_DAY = timedelta(days=1)
ASKED_FOR = timedelta(days=14)
"""How long a host finds the question what happened where things stand."""
NEEDED_NO_MORE = (PostState.NOT_NEEDED, PostState.MISSED)


def owe_what_follows(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> None:
    """The meeting is over: on its evening its host is asked what became of the items, and the day after the notes go out.

    Of a meeting without an agenda there is nothing to tell, and of one that was long ago nobody asks any more. Where it was taken for
    over before, by another zone or clock, what is owed goes to its right time.
    """
    if not _is_asked_about(session, consortium, meeting, now) or not items_with_results(session, meeting):
        return
    asked = _asked_at(consortium, meeting)
    outbox.owe_all_again(session, _questions(session, meeting), asked)
    outbox.reschedule(session, PostKind.AFTER_MEETING, subject_ids=[meeting.id], due=asked)
    owe_notes(session, consortium, meeting, _evening_after(consortium, max(asked, now)))


def owe_notes(
    session: Session, consortium: Consortium, meeting: Meeting, due: datetime, *, comes_back: bool = False
) -> None:
    """At that time, and at no other. Also where they were withheld before, as nothing was written down.

    `comes_back`: somebody sends them, also where they were deleted.
    """
    key, place = _notes_key(meeting), consortium.channel_id
    outbox.owe_again(
        session,
        PostKind.NOTES,
        key,
        subject_id=meeting.id,
        place=place,
        due=due,
        comes_back=comes_back,
    )
    outbox.reschedule(session, PostKind.NOTES, subject_ids=[meeting.id], due=due)


def days_of_notes(session: Session, consortium: Consortium, now: datetime) -> dict[int, date]:
    """By meeting, the local day on which its notes go by themselves, of those whose hour is yet to come."""
    dues = {one.id: notes_due(session, one) for one in _of_the_quarter(session, consortium, now)}
    here = zone(consortium.timezone)
    return {number: local_day(due, here) for number, due in dues.items() if due is not None and due > now}


def tell_after_meetings(
    session: Session, consortium: Consortium, notes: Mapping[int, date], now: datetime
) -> None:
    """The hour for that is another, or the time zone: on their evening hosts are asked, and on the days of their `notes` these go. What a host has sent already stays so."""
    for meeting in _of_the_quarter(session, consortium, now):
        asked = _asked_at(consortium, meeting)
        outbox.reschedule(session, PostKind.AFTER_MEETING, subject_ids=[meeting.id], due=asked)
        if meeting.id in notes:
            due = _evening(consortium, next_working_day(notes[meeting.id]))
            outbox.reschedule(session, PostKind.NOTES, subject_ids=[meeting.id], due=due)
            outbox.refresh(session, PostKind.AFTER_MEETING, subject_id=meeting.id)


def latest_of_notes(session: Session, consortium: Consortium, post: Post, now: datetime) -> datetime:
    """When the notes go at the latest: at once where their host has sent them, else on the evening after that on which the host is asked."""
    meeting = meeting_by_id(session, post.subject_id)
    if meeting is None or not is_due_at_a_set_hour(consortium, post):
        return now
    return _evening_after(consortium, max(_asked_at(consortium, meeting), now))


def are_sent(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> bool:
    """Whether everybody has the notes, or is to have what is written down without anybody doing more."""
    stand = notes_stand(session, consortium, meeting, now)
    return stand not in (NotesStand.TO_SEND, NotesStand.REFUSED)


def notes_stand(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> NotesStand:
    post = post_by_key(session, _notes_key(meeting))
    if post is None or post.state in NEEDED_NO_MORE:
        return NotesStand.TO_SEND
    if post.ts is not None:
        return NotesStand.SENT if post.place == consortium.channel_id else NotesStand.LEFT_BEHIND
    if post.state == PostState.FAILED:
        return NotesStand.REFUSED
    has_their_hour = post.due_at <= now and has_something_to_tell(session, meeting)
    return NotesStand.ON_THEIR_WAY if has_their_hour else NotesStand.TO_SEND


def goes_at(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> datetime | None:
    """When the notes are sent by themselves, if that is yet to come."""
    post = post_by_key(session, _notes_key(meeting))
    if post is None or post.state != PostState.DUE or post.ts is not None:
        return None
    told = expected(consortium, post, meeting)
    return told if told > now else None


def notes_due(session: Session, meeting: Meeting) -> datetime | None:
    """When the notes are due that nobody has seen yet, if they are owed."""
    post = post_by_key(session, _notes_key(meeting))
    return post.due_at if post is not None and post.ts is None and post.state == PostState.DUE else None


def redraw_notes(session: Session, meeting: Meeting) -> None:
    """What is told of the meeting's items, to everybody and to its host."""
    for kind in (PostKind.NOTES, PostKind.AFTER_MEETING):
        outbox.refresh(session, kind, subject_id=meeting.id)


def redraw_question(session: Session, post: Post, _now: datetime) -> None:
    """The notes are sent, or there are none: what asked for them says so."""
    outbox.refresh(session, PostKind.AFTER_MEETING, subject_id=post.subject_id)


def ask_those_who_decide_now(
    session: Session, consortium: Consortium, host: Collaborative, now: datetime
) -> None:
    """Others decide for the host than those who were asked about its meetings, if anybody was: nobody may have been able to decide."""
    today = today_in(consortium, now)
    theirs = [
        meeting
        for meeting in meetings_from(session, date.min)
        if meeting.host is host and meeting.day <= today and is_over(consortium, meeting, now)
    ]
    outbox.refresh_all(session, PostKind.AFTER_MEETING, subject_ids=[meeting.id for meeting in theirs])
    for meeting in theirs:
        if _is_asked_about(session, consortium, meeting, now) and items_with_results(session, meeting):
            outbox.owe_all_again(session, _questions(session, meeting), _asked_at(consortium, meeting))


def listed(
    session: Session, meeting: Meeting, audience: Audience, *, are_everybodys: bool
) -> Seen[ResultSeen]:
    """What was on the meeting's agenda, with what became of it as far as the audience may know."""
    items = items_with_results(session, meeting)
    results = results_of_meeting(session, meeting)
    follow_ups = follow_ups_of_meeting(session, meeting)
    return seen_results(items, results, follow_ups, meeting, audience, are_everybodys=are_everybodys)


def notes(session: Session, _consortium: Consortium, post: Post, _now: datetime) -> NotesSeen | None:
    """What the post has to say. Where nothing is written down, there are no notes; where nothing is left of those that were sent, they say so."""
    meeting = meeting_by_id(session, post.subject_id)
    is_empty = meeting is None or not has_something_to_tell(session, meeting)
    if meeting is None or (is_empty and post.ts is None):
        return None
    return notes_of(session, meeting)


def notes_of(session: Session, meeting: Meeting) -> NotesSeen:
    """What is written down of it, for everybody."""
    came = seen_attendance(attendance_of(session, meeting))
    return NotesSeen(seen_meeting(meeting), _told_in_notes(session, meeting), came)


def has_something_to_tell(session: Session, meeting: Meeting) -> bool:
    """Whether anything is written down that everybody is to read: what became of an item, or how many came."""
    return bool(_told_in_notes(session, meeting).shown or attendance_of(session, meeting))


def _told_in_notes(session: Session, meeting: Meeting) -> Seen[ResultSeen]:
    every = listed(session, meeting, EVERYBODY, are_everybodys=True)
    return Seen(tuple(one for one in every.shown if one.is_for_notes), every.withheld)


def after_meeting(
    session: Session, consortium: Consortium, post: Post, now: datetime
) -> AfterMeetingSeen | None:
    """Who decides no longer, and takes no notes, is not asked, and reads that others are."""
    meeting = meeting_by_id(session, post.subject_id)
    if meeting is None or not is_over(consortium, meeting, now):
        return None
    is_for_hosts = post.place in places_to_decide(session, meeting.host)
    takes_notes = post.place in {person.user_id for person in note_takers(session, meeting)}
    stand = notes_stand(session, consortium, meeting, now)
    may_write = is_for_hosts or takes_notes
    is_asked = stand in (NotesStand.TO_SEND, NotesStand.REFUSED) and may_write
    if post.ts is None and not is_asked:
        return None
    return AfterMeetingSeen(
        seen_meeting(meeting) if may_write else None,
        consortium.timezone,
        count=len(items_with_results(session, meeting)),
        notes=stand,
        goes_at=goes_at(session, consortium, meeting, now),
        is_for_note_taker=not is_for_hosts,
    )


def _of_the_quarter(session: Session, consortium: Consortium, now: datetime) -> list[Meeting]:
    """Those that may be asked about, and those to come: by another zone or clock they may have been over."""
    return meetings_from(session, today_in(consortium, now) - A_QUARTER)


def _is_asked_about(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> bool:
    """Whether it is not longer ago than the next one may be, and nobody has its notes."""
    is_long_ago = today_in(consortium, now) > meeting.day + A_QUARTER
    return not (is_long_ago or are_sent(session, consortium, meeting, now))


def _asked_at(consortium: Consortium, meeting: Meeting) -> datetime:
    return max(ends_at(consortium, meeting), _evening(consortium, meeting.day))


def _questions(session: Session, meeting: Meeting) -> list[Debt]:
    kind = PostKind.AFTER_MEETING
    takers = [person.user_id for person in note_takers(session, meeting)]
    places = dict.fromkeys([*places_to_decide(session, meeting.host), *takers])
    return [Debt(kind, kind.key(meeting=meeting.id, place=place), meeting.id, place) for place in places]


def _notes_key(meeting: Meeting) -> str:
    return PostKind.NOTES.key(meeting=meeting.id)


def _evening_after(consortium: Consortium, read: datetime) -> datetime:
    """That of the working day after the one on which the host could read the question."""
    day = local_day(read, zone(consortium.timezone))
    return _evening(consortium, next_working_day(day + A_DAY))


def _evening(consortium: Consortium, day: date) -> datetime:
    """The hour at which people are told what was decided."""
    return instant(day, consortium.told_at, zone(consortium.timezone))
