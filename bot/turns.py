"""Turns: which item is on in a live meeting, which had its turn, and which comes once more."""

from collections.abc import Collection
from datetime import datetime

from bot.errors import NothingChanged, Words
from bot.fingerprints import Fingerprint, fingerprint
from bot.leading import live_to_lead, redraw_live
from bot.notes import redraw_notes
from bot.people import Actor
from bot.results import Written, note, take_back_done
from bot.seen.results import Became
from storage.items import Item, agenda_of_meeting, lock_item
from storage.live import LiveMeeting
from storage.results import results_of_meeting
from storage.tenancy import Session

NONE_WAS_ON = 0
"""In place of the id of an item."""


def mark_of(live: LiveMeeting) -> Fingerprint:
    """The mark of its turn. When that began belongs to it: an item may be on twice, and after a restore another meeting may have this one's number."""
    return fingerprint([live.item_id, live.since.timestamp()])


def done(session: Session, actor: Actor, meeting_id: int, mark: str, now: datetime) -> None:
    """The item that is on is done, and the next one comes on. Raises NothingChanged if the meeting has gone on since the button with this `mark` was made, or is not live."""
    live = _by_a_button(session, actor, meeting_id, mark, now)
    item_id = live.item_id or NONE_WAS_ON
    known = results_of_meeting(session, live.meeting).get(item_id)
    written = Written(Became.DONE, known.outcome if known else None)
    note(session, actor, live.meeting, lock_item(session, item_id), written, now)
    redraw_notes(session, live.meeting)
    _had_its_turn(session, live, now)


def put_off(session: Session, actor: Actor, meeting_id: int, mark: str, now: datetime) -> None:
    """The item that is on comes once more, after all others. Raises NothingChanged if there are none, and as `done` does."""
    live = _by_a_button(session, actor, meeting_id, mark, now)
    item_id = live.item_id or NONE_WAS_ON
    if not what_comes(live, agenda_of_meeting(session, live.meeting)):
        raise NothingChanged("No other item is left, so this one stays on.")
    take_the_next(session, live, now)
    live.put_off = [*live.put_off, item_id]
    redraw_live(session, live.meeting)


def go_on(session: Session, actor: Actor, meeting_id: int, mark: str, now: datetime) -> None:
    """The next item comes on. What became of the one before, nobody has said. Raises NothingChanged as `done` does."""
    _had_its_turn(session, _by_a_button(session, actor, meeting_id, mark, now), now)


def go_back(session: Session, actor: Actor, meeting_id: int, mark: str, now: datetime) -> None:
    """The item before is on once more, as if nobody had said that it is done, or comes later. One step, and no further.

    Raises NothingChanged if that item is on the agenda no more, and as `done` does.
    """
    live = _by_a_button(session, actor, meeting_id, mark, now)
    if not can_go_back(live, agenda_of_meeting(session, live.meeting)):
        raise NothingChanged("There is no item before this one to go back to.")
    before = live.came_after or None
    if before is not None:
        take_back_done(session, live.meeting, before, live.since)
    live.item_id, live.since, live.came_after = before, now, None
    live.had_turn = [one for one in live.had_turn if one != before]
    live.put_off = [one for one in live.put_off if one != before]
    redraw_notes(session, live.meeting)
    redraw_live(session, live.meeting)


def can_go_back(live: LiveMeeting, agenda: Collection[Item]) -> bool:
    """Whether another was on before, and is on the agenda still; or none was."""
    return live.came_after in {NONE_WAS_ON, *(item.id for item in agenda)}


def what_comes(live: LiveMeeting, agenda: Collection[Item]) -> list[Item]:
    """Of the agenda what has yet to have its turn, but for the item that is on; then what was put off, as long as it is on the agenda."""
    by_id = {item.id: item for item in agenda if item.id not in (live.item_id, *live.had_turn)}
    again = [by_id.pop(item_id) for item_id in live.put_off if item_id in by_id]
    return [*by_id.values(), *again]


def take_the_next(session: Session, live: LiveMeeting, now: datetime) -> None:
    coming = what_comes(live, agenda_of_meeting(session, live.meeting))
    live.came_after = live.item_id or NONE_WAS_ON
    live.item_id, live.since = coming[0].id if coming else None, now
    live.put_off = [one for one in live.put_off if one != live.item_id]
    session.flush()


def _by_a_button(session: Session, actor: Actor, meeting_id: int, mark: str, now: datetime) -> LiveMeeting:
    """The live meeting, by a button that was made in this turn."""
    live = live_to_lead(session, actor, meeting_id, now)
    if mark_of(live) != mark:
        raise NothingChanged(
            "The meeting has gone on since.", then=Words("Its message shows what is on now.")
        )
    return live


def _had_its_turn(session: Session, live: LiveMeeting, now: datetime) -> None:
    if live.item_id is not None:
        live.had_turn = [*live.had_turn, live.item_id]
    take_the_next(session, live, now)
    redraw_live(session, live.meeting)
