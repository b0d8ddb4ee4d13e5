"""Documents: the agenda and the notes of a meeting, to be handed on to people who are not in Slack.

Nobody knows who will read them, so they hold what everybody may see. A draft holds what its host sees, and is for them alone.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.agenda import agenda_of, drafted_agenda, published_agenda
from bot.capabilities import may
from bot.curating import curates
from bot.errors import NothingChanged, Words
from bot.fingerprints import fingerprint
from bot.meetings_to_change import meeting_to_see
from bot.notes import notes_of, notes_stand
from bot.people import Actor
from bot.seen.documents import (
    AgendaDocument,
    AskedForFilesSeen,
    Document,
    FileOfDocument,
    NotesDocument,
    Of,
    Way,
)
from bot.seen.results import NotesStand
from bot.timetable import today_in
from storage import outbox
from storage.capabilities import Capability
from storage.consortia import Consortium
from storage.meetings import Meeting, meeting_by_id
from storage.people import people_behind
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import Session

READ_BY_EVERYBODY = (NotesStand.SENT, NotesStand.LEFT_BEHIND)


def to_hand_on(session: Session, actor: Actor, meeting_id: int, of: Of, now: datetime) -> Document:
    """The agenda as it was published, or the notes as everybody has them. A draft: the agenda as it stands, for those who decide about it.

    Raises NothingChanged if there is no such meeting, or if nobody else has what is asked for yet.
    """
    document = _document(session, actor, meeting_to_see(session, meeting_id), of, now)
    return replace(document, has_files=may(actor.consortium, Capability.FILES))


def _document(session: Session, actor: Actor, meeting: Meeting, of: Of, now: datetime) -> Document:
    if of is Of.NOTES:
        return _notes_of_everybody(session, actor.consortium, meeting, now)
    if of is Of.DRAFT and curates(session, actor, meeting, now):
        return _agenda_as_it_stands(session, actor.consortium, meeting)
    return agenda_of_everybody(session, actor.consortium, meeting)


def ask_for_files(
    session: Session, actor: Actor, meeting_id: int, of: Of, ways: Collection[Way], now: datetime
) -> AskedForFilesSeen:
    """Owe them to whoever asks, each once a day while the document stays as it is. Raises NothingChanged as `to_hand_on` does, and where no files may be sent."""
    document, place = to_hand_on(session, actor, meeting_id, of, now), actor.person.user_id
    if not document.has_files:
        raise NothingChanged("I may not send files in this Slack yet.", then=Words("You can copy the words."))
    useful = [way for way in document.ways if way in ways]
    about = {"of": document.of, "meeting": meeting_id, "day": today_in(actor.consortium, now), "place": place}
    keys = [PostKind.DOCUMENT.key(way=way, state=fingerprint([repr(document)]), **about) for way in useful]
    debts = [outbox.Debt(PostKind.DOCUMENT, key, meeting_id, place) for key in keys]
    owed = outbox.owe_all_again(session, debts, now, comes_back=True)
    return AskedForFilesSeen(asked=len(useful), on_their_way=len(owed))


def file_of_document(
    session: Session, consortium: Consortium, post: Post, now: datetime
) -> FileOfDocument | None:
    """As things are when it is sent. Who may not have it any more gets nothing."""
    meeting, [of, way] = meeting_by_id(session, post.subject_id), _asked_for(post)
    person = next(iter(people_behind(session, post.place)), None)
    if meeting is None or person is None:
        return None
    try:
        document = to_hand_on(session, Actor(consortium, person), meeting.id, of, now)
    except NothingChanged:
        return None
    return FileOfDocument(document, way) if document.of is of else None


def _asked_for(post: Post) -> tuple[Of, Way]:
    """Its key tells."""
    _kind, of, way, *_more = post.key.split(":")
    return Of(of), Way(way)


def agenda_of_everybody(session: Session, consortium: Consortium, meeting: Meeting) -> AgendaDocument:
    """Raises NothingChanged if it is not published yet."""
    published = published_agenda(session, meeting)
    if published is None:
        raise NothingChanged("The agenda for {day} is not published yet.", day=meeting.day)
    return AgendaDocument(consortium.name, published)


def _agenda_as_it_stands(session: Session, consortium: Consortium, meeting: Meeting) -> AgendaDocument:
    if agenda_of(session, consortium, meeting).is_as_published:
        return agenda_of_everybody(session, consortium, meeting)
    return AgendaDocument(consortium.name, drafted_agenda(session, consortium, meeting), is_draft=True)


def _notes_of_everybody(
    session: Session, consortium: Consortium, meeting: Meeting, now: datetime
) -> NotesDocument:
    """Raises NothingChanged if they are not sent yet."""
    if notes_stand(session, consortium, meeting, now) not in READ_BY_EVERYBODY:
        raise NothingChanged("The notes of {day} are not sent yet.", day=meeting.day)
    return NotesDocument(consortium.name, notes_of(session, meeting))
