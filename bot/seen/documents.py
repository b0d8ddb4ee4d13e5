"""What is handed on beyond Slack: an agenda, or the notes of a meeting, as whoever reads the paper sees them."""

from dataclasses import dataclass

from bot.seen.agenda import PublishedSeen
from bot.seen.results import NotesSeen


@dataclass(frozen=True)
class AgendaDocument:
    """An agenda of this `consortium`. `is_draft`: its host has not published it as it stands here."""

    consortium: str
    agenda: PublishedSeen
    is_draft: bool = False


@dataclass(frozen=True)
class NotesDocument:
    """The notes of a meeting of this `consortium`."""

    consortium: str
    notes: NotesSeen


Document = AgendaDocument | NotesDocument
