"""Publishing: the agenda as it stands becomes everybody's, in one message that is drawn anew each time."""

from datetime import datetime

from bot.agenda import Agenda, agenda_key, agenda_of, entries, post_of_agenda
from bot.board import board_of
from bot.errors import NothingChanged, UserError
from bot.meetings_to_change import meeting_to_change
from bot.people import Actor
from bot.seen.agenda import AgendaSeen
from bot.undelivered import post_again
from bot.word_to_proposers import tell_now
from storage import outbox
from storage.items import lock_items
from storage.meetings import Meeting, Publication
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.tenancy import Session


def publish(session: Session, actor: Actor, meeting_id: int, now: datetime) -> AgendaSeen:
    """Make the agenda as it stands everybody's. What is on it counts as told from now on, and can't be undone.

    Raises NothingChanged if the meeting is over or gone, or if nothing has changed. Raises UserError if nothing is on its agenda, and never was.
    """
    meeting = meeting_to_change(session, actor, meeting_id, now)
    agenda = _to_be_published(session, actor, meeting)
    tell_now(session, agenda.on_agenda, now)
    if not agenda.is_as_published:
        session.add(_publication(actor, meeting, agenda, now))
        session.flush()
    _owe_agenda(session, actor, meeting, now)
    return board_of(session, actor.consortium, meeting, now)


def _to_be_published(session: Session, actor: Actor, meeting: Meeting) -> Agenda:
    """The meeting's agenda, whose items nobody else changes until the transaction ends."""
    lock_items(session, meeting)
    agenda = agenda_of(session, actor.consortium, meeting)
    if not agenda.on_agenda and not agenda.publications:
        raise UserError("There is nothing on the agenda yet, so nothing was published. Add an item first.")
    if agenda.is_published_as_it_stands:
        raise NothingChanged("The agenda is published just as it stands.")
    return agenda


def _publication(actor: Actor, meeting: Meeting, agenda: Agenda, now: datetime) -> Publication:
    return Publication(
        meeting_id=meeting.id,
        number=agenda.publications[0].number + 1 if agenda.publications else 1,
        at=now,
        by=actor.person,
        entries=[vars(entry) for entry in entries(agenda.on_agenda)],
        held=agenda.told_held,
    )


def _owe_agenda(session: Session, actor: Actor, meeting: Meeting, now: datetime) -> None:
    """One message in each channel that was the shared one when an agenda was published."""
    key, place = agenda_key(actor.consortium, meeting), actor.consortium.channel_id
    if not outbox.owe(session, PostKind.AGENDA, key, subject_id=meeting.id, place=place, due=now):
        outbox.refresh(session, PostKind.AGENDA, subject_id=meeting.id)
    post = post_of_agenda(session, actor.consortium, meeting)
    if post is not None and post.state == PostState.UNKNOWN:
        post_again(session, actor, post.id, now)  # who publishes again says by that: post it again
