"""Meetings: arranged, confirmed and changed."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import count
from typing import Any

from bot.added_again import follow_what_was_added_again
from bot.before_meetings import move_with_meeting
from bot.calendar import instant, zone
from bot.cards import deal_cards, tell_anew_who_hosts, tell_who_hosts
from bot.carry_over import gather_items
from bot.doors import redraw_doors
from bot.errors import NothingChanged, UserError, Words
from bot.expected import (
    go_on_in_calendars,
    redraw_what_tells_of,
    redraw_what_was_cancelled,
    remind_those_who_asked,
)
from bot.help_posts import take_back_wish
from bot.meetings_to_change import meeting_to_change, must_be_on
from bot.people import Actor
from bot.question_posts import redraw_questions_of
from bot.seen.meetings import MeetingSeen, seen_meeting
from bot.swap_posts import let_swaps_lapse, redraw_swaps_about
from bot.timetable import today_in
from bot.undelivered import others_can_look
from bot.word_to_proposers import tell_in_time
from storage import outbox, rests
from storage.consortia import Collaborative, Consortium
from storage.database import unless_taken
from storage.items import ItemState, items_of_meeting
from storage.meetings import (
    Meeting,
    MeetingState,
    meeting_on,
    meetings_from,
)
from storage.people import Person
from storage.post_kinds import PostKind
from storage.posts import is_on_its_way, is_out, post_by_key
from storage.tenancy import Session

TELL_OF_A_MEETING = (
    PostKind.AGENDA,
    PostKind.CALL,
    PostKind.PROPOSED_MEETING,
    PostKind.STILL_WAITING,
    PostKind.HELP_OFFERED,
    PostKind.HELP_WANTED,
    PostKind.NOTHING_YET,
)


@dataclass(frozen=True)
class Arrangement:
    """When and where a meeting is; `day` and `starts` are local to the consortium."""

    day: date
    starts: time
    minutes: int
    office: str


def as_json(arrangement: Arrangement) -> dict[str, Any]:
    """As a column of JSON can hold it."""
    days_and_hours = {"day": arrangement.day.isoformat(), "starts": arrangement.starts.isoformat()}
    return vars(arrangement) | days_and_hours


def arrange(
    session: Session,
    consortium: Consortium,
    host: Collaborative,
    arrangement: Arrangement,
    now: datetime,
    state: MeetingState = MeetingState.SET,
) -> Meeting:
    """Write a new meeting down; items that waited for one are proposed for it.

    Raises UserError if there is a meeting on that day.
    """
    _day_must_be_free(session, arrangement.day, meeting=None)
    meeting = Meeting(
        host_id=host.id,
        host=host,
        day=arrangement.day,
        starts=arrangement.starts,
        minutes=arrangement.minutes,
        office=arrangement.office,
        state=state,
        known_since=now,
        revised_at=now,
    )
    with unless_taken(session, _day_is_taken(arrangement.day)):
        session.add(meeting)
    go_on_in_calendars(session, meeting)
    follow_what_was_added_again(session)
    gather_items(session, consortium, now)
    redraw_doors(session, consortium.id)
    redraw_what_was_cancelled(session, consortium, now)
    remind_those_who_asked(session, consortium, meeting, now)
    return meeting


def confirm(
    session: Session, actor: Actor, meeting_id: int, now: datetime, day: date | None = None
) -> Meeting:
    """`day`: when it is, as they have read. Raises NothingChanged if the meeting is no longer here, is over, is confirmed already, or is on another day."""
    meeting = meeting_to_change(session, actor, meeting_id, now)
    if meeting.state == MeetingState.SET:
        raise NothingChanged("The meeting on {day} is confirmed already.", day=meeting.day)
    must_be_on(meeting, day, then=Words("To confirm that day, use the message that names it."))
    meeting.state = MeetingState.SET
    announce_change(session, actor.consortium, meeting, now)
    return meeting


def change(
    session: Session, actor: Actor, meeting_id: int, arrangement: Arrangement, now: datetime
) -> Meeting:
    """Move a meeting, with its items; from a proposed one it becomes a set one.

    Raises NothingChanged if the meeting is no longer here, or is over. Raises UserError if its new time has passed, if
    its new day is taken, or if it would come before or after the meeting of another host.
    """
    meeting = meeting_to_change(session, actor, meeting_id, now)
    _day_must_be_free(session, arrangement.day, meeting)
    must_be_to_come(actor.consortium, arrangement, now)
    _must_keep_its_place(session, meeting, arrangement.day)
    rearrange(session, actor.consortium, meeting, meeting.host, arrangement, now)
    return meeting


def meeting_to_rearrange(session: Session, actor: Actor, meeting_id: int, now: datetime) -> MeetingSeen:
    """The meeting, as the form that changes it shows it. Raises NothingChanged if it is gone, or is over."""
    return seen_meeting(meeting_to_change(session, actor, meeting_id, now))


def must_be_to_come(consortium: Consortium, wanted: Arrangement, now: datetime) -> None:
    """Raises UserError if a meeting so arranged would be over."""
    if wanted.day < today_in(consortium, now):
        raise UserError("{day} has passed. Choose a day to come.", field="day", day=wanted.day)
    if (
        instant(wanted.day, wanted.starts, zone(consortium.timezone)) + timedelta(minutes=wanted.minutes)
        <= now
    ):
        raise UserError("On {day} this time has passed. Choose a later one.", field="starts", day=wanted.day)


def rearrange(
    session: Session,
    consortium: Consortium,
    meeting: Meeting,
    host: Collaborative,
    arrangement: Arrangement,
    now: datetime,
    state: MeetingState = MeetingState.SET,
    by: Person | None = None,
) -> bool:
    """Give a meeting another day, time, length, office or host; say whether anything changed.

    Who decides for a new host hears that it hosts, but for the one `by` whom that was done. Raises UserError if another
    meeting is on that day.
    """
    before = (arrangement_of(meeting), meeting.host_id, meeting.state)
    if (arrangement, host.id, state) == before:
        return False
    _day_must_be_free(session, arrangement.day, meeting)
    is_counted_on = meeting.state == MeetingState.SET or _was_called_for(session, meeting)
    if meeting.day != arrangement.day:
        meeting.known_since = now  # calls count from here: none is owed for days that were past before
    meeting.day, meeting.starts = arrangement.day, arrangement.starts
    meeting.minutes, meeting.office = arrangement.minutes, arrangement.office
    meeting.host, meeting.host_id, meeting.state = host, host.id, state
    if host.id != before[1]:
        meeting.is_prepared_alone()
    with unless_taken(session, _day_is_taken(arrangement.day)):
        session.flush()
    if host.id != before[1]:
        let_swaps_lapse(session, meeting)
        take_back_wish(session, meeting)
        tell_anew_who_hosts(session, meeting, now, but=by)
    announce_change(session, consortium, meeting, now)
    if host.id != before[1]:
        others_can_look(session, consortium, now)
        tell_who_hosts(session, meeting, now, but=by)
    redraw_what_was_cancelled(session, consortium, now)
    if arrangement.day != before[0].day:
        remind_those_who_asked(session, consortium, meeting, now)
        redraw_swaps_about(session, meeting)
    if host.id != before[1] or replace(arrangement, office=before[0].office) != before[0]:
        _redraw_what_names_day_and_host(session, meeting)
    if is_counted_on and _whereabouts(arrangement) != _whereabouts(before[0]):
        _keep_what_people_know(session, meeting, as_json(before[0]) | {"host": before[1]})
        _owe_word_of_move(session, consortium, meeting, now)
    return True


def _redraw_what_names_day_and_host(session: Session, meeting: Meeting) -> None:
    """To whoever brought something."""
    outbox.refresh_all(session, PostKind.OUTCOME, subject_ids=_items(session, meeting))
    redraw_questions_of(session, meeting)


def announce_change(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> None:
    """Everything that speaks of the meeting is drawn anew, what is due before it goes with it, and a new host gets the cards."""
    meeting.revise(now)
    redraw_what_tells_of(session, meeting, TELL_OF_A_MEETING)
    outbox.refresh_all(session, PostKind.CARRIED_OVER, subject_ids=_items(session, meeting))
    redraw_doors(session, consortium.id)
    rests.look_anew_at_what_is_put_off(session)  # it may be of no use any more in the morning
    move_with_meeting(session, consortium, meeting)
    tell_in_time(session, consortium, meeting, now)
    deal_cards(session, meeting, now)
    gather_items(session, consortium, now)


def _items(session: Session, meeting: Meeting) -> list[int]:
    return [item.id for item in items_of_meeting(session, meeting, *ItemState)]


def _was_called_for(session: Session, meeting: Meeting) -> bool:
    return is_out(session, PostKind.CALL, subject_id=meeting.id)


def _whereabouts(arrangement: Arrangement) -> tuple[date, time, str]:
    return arrangement.day, arrangement.starts, arrangement.office


def _keep_what_people_know(session: Session, meeting: Meeting, before: dict[str, Any]) -> None:
    """Of a move of which nobody has surely heard yet they know nothing."""
    if not is_on_its_way(session, PostKind.MOVED_MEETING, subject_id=meeting.id):
        meeting.moved_from = before


def _owe_word_of_move(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> None:
    """Each move has a word of its own, also one back to where it was. Made again after a restore, it has the same."""
    key = partial(PostKind.MOVED_MEETING.key, meeting=meeting.id, to=meeting.day)
    number = next(number for number in count(1) if post_by_key(session, key(number=number)) is None)
    outbox.owe(
        session,
        PostKind.MOVED_MEETING,
        key(number=number),
        subject_id=meeting.id,
        place=consortium.channel_id,
        due=now,
    )


def _must_keep_its_place(session: Session, meeting: Meeting, wanted: date) -> None:
    """A host moves their own meeting, and never takes the next one from another host by that."""
    first, last = sorted((meeting.day, wanted))
    for other in meetings_from(session, first):
        if first < other.day < last:
            raise UserError(
                "{host} hosts on {day}, and the hosts keep their order. Choose another day.",
                field="day",
                host=other.host.name,
                day=other.day,
            )


def arrangement_of(meeting: Meeting) -> Arrangement:
    return Arrangement(meeting.day, meeting.starts, meeting.minutes, meeting.office)


def _day_must_be_free(session: Session, wanted: date, meeting: Meeting | None) -> None:
    there = meeting_on(session, wanted)
    if there is not None and there is not meeting:
        raise _day_is_taken(wanted)


def _day_is_taken(day: date) -> UserError:
    return UserError("There is a meeting on {day} already.", field="day", day=day)
