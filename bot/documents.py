"""Documents: the agenda and the notes of a meeting, to be handed on to people who are not in Slack.

Nobody knows who will read them, so they hold what everybody may see. A draft holds what its host sees, and is for them alone.
"""

from datetime import datetime

from bot.agenda import agenda_of, drafted_agenda, published_agenda
from bot.errors import UserError
from bot.meetings import meeting_to_see
from bot.notes import notes_of, notes_stand
from bot.people import Actor, may_decide
from bot.seen.documents import AgendaDocument, NotesDocument
from bot.seen.results import NotesStand
from storage.consortia import Consortium
from storage.meetings import Meeting
from storage.tenancy import Session

READ_BY_EVERYBODY = (NotesStand.SENT, NotesStand.LEFT_BEHIND)


def agenda_to_hand_on(
    session: Session, actor: Actor, meeting_id: int, *, as_it_stands: bool = False
) -> AgendaDocument:
    """The agenda as it was published; `as_it_stands`: for those who decide for its host, with what was changed since.

    Raises NothingChanged if there is no such meeting, and UserError if its agenda is not published yet.
    """
    meeting = meeting_to_see(session, meeting_id)
    if as_it_stands and may_decide(session, actor, meeting.host):
        return _agenda_as_it_stands(session, actor.consortium, meeting)
    return agenda_of_everybody(session, actor.consortium, meeting)


def agenda_of_everybody(session: Session, consortium: Consortium, meeting: Meeting) -> AgendaDocument:
    """Raises UserError if it is not published yet."""
    published = published_agenda(session, meeting)
    if published is None:
        raise UserError("The agenda for {day} is not published yet.", day=meeting.day)
    return AgendaDocument(consortium.name, published)


def notes_to_hand_on(session: Session, actor: Actor, meeting_id: int, now: datetime) -> NotesDocument:
    """Raises NothingChanged if there is no such meeting, and UserError if its notes are not sent yet."""
    meeting = meeting_to_see(session, meeting_id)
    if notes_stand(session, actor.consortium, meeting, now) not in READ_BY_EVERYBODY:
        raise UserError("The notes of {day} are not sent yet.", day=meeting.day)
    return NotesDocument(actor.consortium.name, notes_of(session, meeting))


def _agenda_as_it_stands(session: Session, consortium: Consortium, meeting: Meeting) -> AgendaDocument:
    if agenda_of(session, consortium, meeting).is_as_published:
        return agenda_of_everybody(session, consortium, meeting)
    return AgendaDocument(consortium.name, drafted_agenda(session, consortium, meeting), is_draft=True)
