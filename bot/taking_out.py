"""Taking a collaborative out: it hosts no more, and what it brought stays. Added again under its name, it is back."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.comings_and_goings import following_who_does_what
from bot.doors import redraw_doors
from bot.errors import NothingChanged, Words
from bot.hosting import give_to, meetings_to_come
from bot.meetings_to_change import meeting_to_change
from bot.people import Actor
from bot.rotation import whose_turn
from bot.seats import chosen_host, leave_rotation
from bot.seen.meetings import seen_meeting
from bot.seen.settings import SettingsSeen, TakingOutSeen, seen_collaborative
from bot.setup import gone, settings
from storage.consortia import Collaborative, Places, collaborative_by_id, consortium_at, rotation
from storage.meetings import Meeting
from storage.tenancy import Session

HOST_OF = "host:"
"""Begins the name of the form's field for who hosts a meeting instead: the meeting's id follows."""


def to_take_out(session: Session, actor: Actor, collaborative_id: int, now: datetime) -> TakingOutSeen:
    """What follows, as the form shows it. Raises NothingChanged if it is out already, or has a meeting that nobody else could host."""
    leaving = _seated(session, collaborative_id)
    meetings = _its_meetings(session, actor, leaving, now)
    _must_leave_a_host(session, leaving, meetings)
    return TakingOutSeen(
        seen_collaborative(leaving),
        meetings=tuple(map(seen_meeting, meetings)),
        others=tuple(map(seen_collaborative, _others(session, leaving))),
    )


def take_out(
    session: Session, actor: Actor, collaborative_id: int, hosts: Mapping[int, int], now: datetime
) -> SettingsSeen:
    """`hosts`: who hosts each of its meetings instead. Without one it is whose turn it is then.

    Raises NothingChanged if it is out already, or has a meeting that nobody else could host. Raises UserError if one of the
    others is out.
    """
    consortium_at(session, actor.consortium.id, Places.CHANGE)
    leaving = _seated(session, collaborative_id)
    meetings = _its_meetings(session, actor, leaving, now)
    _must_leave_a_host(session, leaving, meetings)
    with following_who_does_what(session, actor.consortium, now):
        leave_rotation(session, leaving)
    for meeting in meetings:
        meeting_to_change(session, actor, meeting.id, now)
        host_id, field = hosts.get(meeting.id), f"{HOST_OF}{meeting.id}"
        host = chosen_host(session, host_id, field) if host_id else whose_turn(session, meeting.day)
        give_to(session, actor, meeting, host, now)
    redraw_doors(session, actor.consortium.id)
    return settings(session, actor, now)


def _seated(session: Session, collaborative_id: int) -> Collaborative:
    collaborative = collaborative_by_id(session, collaborative_id)
    if collaborative is None or collaborative.position is None:
        raise gone()
    return collaborative


def _its_meetings(session: Session, actor: Actor, leaving: Collaborative, now: datetime) -> list[Meeting]:
    return [one for one in meetings_to_come(session, actor.consortium, now) if one.host is leaving]


def _others(session: Session, leaving: Collaborative) -> list[Collaborative]:
    return [one for one in rotation(session) if one is not leaving]


def _must_leave_a_host(session: Session, leaving: Collaborative, meetings: Sequence[Meeting]) -> None:
    if meetings and not _others(session, leaving):
        raise NothingChanged(
            "{host} hosts on {day}, and there is nobody else.",
            host=leaving.name,
            day=meetings[0].day,
            then=Words("Add another {collaborative} first."),
        )
