"""What became of the items of a meeting that was held: its host writes it down, and sends the notes."""

from dataclasses import dataclass
from datetime import datetime

from bot.after_meeting import Listed, meeting_that_is_over, not_of_this_meeting, page_of
from bot.cards import redraw_cards, take_back_cards
from bot.carry_over import gather_items, go_on
from bot.copies import bring_copy, must_wait_for_next, take_back_copy
from bot.doors import redraw_doors
from bot.errors import NothingChanged, UserError
from bot.follow_up_reminders import move_reminders
from bot.freshness import was_not_passed_over
from bot.items import was_brought_in_room
from bot.notes import are_sent, has_something_to_tell, owe_notes, redraw_notes
from bot.people import Actor
from bot.question_posts import redraw_questions
from bot.seen.results import AfterSeen, Became
from storage import outbox
from storage.consortia import Consortium
from storage.items import TAKEN_OFF, Item, ItemState, agenda_of_meeting, lock_item, lock_items
from storage.meetings import Meeting
from storage.post_kinds import PostKind
from storage.results import Result, results_of_item, results_of_meeting
from storage.tenancy import Session


@dataclass(frozen=True)
class Written:
    """What is written down of an item: what became of it, and what came of it in a line, if anything."""

    became: Became
    outcome: str | None = None


def choose(session: Session, actor: Actor, one: Listed, way: str, now: datetime) -> AfterSeen:
    """Write down what became of an item: `way` says it in a word. The line about it stays. Raises NothingChanged as `write_down` does."""
    if way not in set(Became):
        raise NothingChanged("This can't be done with an item.")
    meeting = meeting_that_is_over(session, actor, one.meeting_id, now)
    known = results_of_meeting(session, meeting).get(one.item_id)
    return write_down(session, actor, one, Written(Became(way), known.outcome if known else None), now)


def write_down(session: Session, actor: Actor, one: Listed, written: Written, now: datetime) -> AfterSeen:
    """Write down what became of an item. What was not reached waits again, for the next host, and of what comes up again a copy does.

    Raises NothingChanged if the item is not one of the meeting's, or if it went on and another host has decided on it since.
    """
    meeting = meeting_that_is_over(session, actor, one.meeting_id, now)
    note(session, actor, meeting, lock_item(session, one.item_id), written, now)
    _tell(session, actor.consortium, meeting, now)
    return page_of(session, actor.consortium, meeting, now, one.page)


def rest_is_done(session: Session, actor: Actor, meeting_id: int, now: datetime, page: int = 0) -> AfterSeen:
    """Of all of which nobody has said anything. Raises NothingChanged if there is none."""
    meeting = meeting_that_is_over(session, actor, meeting_id, now)
    lock_items(session, meeting)
    known = results_of_meeting(session, meeting)
    unsaid = [one for one in agenda_of_meeting(session, meeting) if one.id not in known]
    if not unsaid:
        raise NothingChanged("It is written down of every item what became of it.")
    for item in unsaid:
        note(session, actor, meeting, item, Written(Became.DONE), now)
    _tell(session, actor.consortium, meeting, now)
    return page_of(session, actor.consortium, meeting, now, page)


def send_notes(session: Session, actor: Actor, meeting_id: int, now: datetime) -> AfterSeen:
    """Send the notes to everybody, as soon as a message may make a sound.

    Raises NothingChanged if they are sent. Raises UserError if there is nothing to tell.
    """
    meeting = meeting_that_is_over(session, actor, meeting_id, now)
    if are_sent(session, actor.consortium, meeting, now):
        raise NothingChanged("The notes are sent already.")
    if not has_something_to_tell(session, meeting):
        raise UserError("Nothing is written down yet, so there is nothing to send.")
    owe_notes(session, actor.consortium, meeting, now, comes_back=True)
    redraw_notes(session, meeting)
    move_reminders(session, actor.consortium, now)
    return page_of(session, actor.consortium, meeting, now)


def note(
    session: Session, actor: Actor, meeting: Meeting, item: Item | None, written: Written, now: datetime
) -> None:
    """Write it down, and let the item go on or come back by it. What tells of it is still to be drawn anew. Raises NothingChanged as `write_down` does."""
    result = results_of_meeting(session, meeting).get(item.id) if item else None
    is_here = item is not None and _is_on_agenda_of(item, meeting)
    if item is None or not (is_here or result):
        raise not_of_this_meeting()
    if result is None:
        result = Result(meeting_id=meeting.id, item_id=item.id, position=item.position)
        session.add(result)
    if written.outcome is None or written.outcome != result.outcome:
        result.written_by_id = actor.person.id
    result.became, result.outcome, result.written_at = written.became, written.outcome, now
    session.flush()
    if written.became is Became.NOT_REACHED and is_here:
        for one in (item, *item.joined):
            go_on(session, one)
            redraw_cards(session, one)
    elif written.became is not Became.NOT_REACHED and not is_here:
        _comes_back(session, actor.consortium, meeting, item, result, now)
    if written.became is Became.AGAIN:
        bring_copy(session, meeting, item, result)
    else:
        take_back_copy(session, actor.consortium, meeting, result)


def take_back_done(session: Session, meeting: Meeting, item_id: int, done_at: datetime) -> None:
    """Nobody has said what became of the item, if this was said at that moment. A line that somebody has written about it stays, with all that they said."""
    result = results_of_meeting(session, meeting).get(item_id)
    if result is None or result.outcome is not None or result.written_at != done_at:
        return
    session.delete(result)
    session.flush()


def _comes_back(
    session: Session, consortium: Consortium, meeting: Meeting, item: Item, result: Result, now: datetime
) -> None:
    """It was not to go on after all. What its author has taken back since stays so."""
    if item.state in TAKEN_OFF:
        return
    must_wait_for_next(session, consortium, meeting, item)
    earlier = [one for one in results_of_item(session, item) if one.id < result.id]
    for one in (item, *item.joined):
        take_back_cards(session, one)
        outbox.withhold_all(session, PostKind.CARRIED_OVER, subject_id=one.id)
        if one.meeting is not meeting:
            was_not_passed_over(session, one)
        one.meeting, one.state, one.told_at = meeting, ItemState.ON_AGENDA, now
        one.is_carried_over, one.came_up = bool(earlier), was_brought_in_room(consortium, meeting, one)
    item.position = result.position
    session.flush()
    for one in (item, *item.joined):
        redraw_cards(session, one)
        outbox.refresh(session, PostKind.CARRIED_OVER, subject_id=one.id)
        redraw_questions(session, one)


def _tell(session: Session, consortium: Consortium, meeting: Meeting, now: datetime) -> None:
    """What goes on is gathered for the next meeting, and all that tells of this one is drawn anew."""
    gather_items(session, consortium, now)
    redraw_doors(session, consortium.id)
    redraw_notes(session, meeting)


def _is_on_agenda_of(item: Item, meeting: Meeting) -> bool:
    return item.state == ItemState.ON_AGENDA and item.meeting_id == meeting.id
