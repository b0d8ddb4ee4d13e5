"""What is handed on beyond Slack: an agenda, or the notes of a meeting, as whoever reads the paper sees them."""

from dataclasses import dataclass
from enum import StrEnum

from bot.seen.agenda import PublishedSeen
from bot.seen.meetings import MeetingSeen
from bot.seen.results import NotesSeen


class Of(StrEnum):
    """What of a meeting is handed on."""

    AGENDA = "agenda"
    DRAFT = "draft"
    NOTES = "notes"


class Way(StrEnum):
    """How it goes as a file."""

    PAGE = "page"
    SPREADSHEET = "spreadsheet"
    MARKDOWN = "markdown"


@dataclass(frozen=True)
class AgendaDocument:
    """An agenda of this `consortium`. `is_draft`: its host has not published it as it stands here. `has_files`: it may be had as a file."""

    consortium: str
    agenda: PublishedSeen
    is_draft: bool = False
    has_files: bool = True

    @property
    def meeting(self) -> MeetingSeen:
        return self.agenda.meeting

    @property
    def of(self) -> Of:
        return Of.DRAFT if self.is_draft else Of.AGENDA

    @property
    def ways(self) -> tuple[Way, ...]:
        """As which files there is a use for it."""
        return tuple(Way) if self.has_files else ()


@dataclass(frozen=True)
class NotesDocument:
    """The notes of a meeting of this `consortium`. `has_files`: they may be had as a file."""

    consortium: str
    notes: NotesSeen
    has_files: bool = True

    @property
    def meeting(self) -> MeetingSeen:
        return self.notes.meeting

    @property
    def of(self) -> Of:
        return Of.NOTES

    @property
    def ways(self) -> tuple[Way, ...]:
        return (Way.PAGE, Way.MARKDOWN) if self.has_files else ()


Document = AgendaDocument | NotesDocument


@dataclass(frozen=True)
class FileOfDocument:
    """A document that goes as a file."""

    document: Document
    way: Way


@dataclass(frozen=True)
class AskedForFilesSeen:
    """The answer to who asks for files. `on_their_way`: how many of them they did not have yet."""

    asked: int
    on_their_way: int
