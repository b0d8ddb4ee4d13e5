"""An agenda as a sheet."""

from collections.abc import Iterator

from bot.changes import Entry
from bot.seen.agenda import PublishedSeen
from bot.seen.documents import AgendaDocument
from bot.seen.meetings import MeetingSeen
from bot.timing import Scheduled
from handlers.blocks.cancelling import do_not_meet
from handlers.blocks.meetings import begins_at, when, who_has_yet_to_confirm, who_hosts
from handlers.blocks.pieces import heading_above, the_break
from handlers.blocks.publication import facts_of, how_many_are_held, time_of
from handlers.blocks.welcoming import beginning, told_of_day
from handlers.documents.sheet import Fact, Part, Row, Sheet
from handlers.words import _, clock, short_day


def agenda_sheet(document: AgendaDocument) -> Sheet:
    agenda = document.agenda
    meeting = agenda.meeting
    return Sheet(
        of=document.consortium,
        title=_("Agenda for {day}").format(day=short_day(meeting.day)),
        marks=tuple(_marks(document)),
        facts=tuple(_facts(meeting)),
        parts=tuple(_parts(agenda)),
        closing=tuple(_closing(agenda)),
    )


def _marks(document: AgendaDocument) -> Iterator[str]:
    meeting = document.agenda.meeting
    if meeting.is_cancelled:
        yield _("The meeting is cancelled")
        yield do_not_meet(meeting)
    if document.is_draft:
        yield _("This is a draft. The host has not published it yet.")
    yield from who_has_yet_to_confirm(meeting)


def _facts(meeting: MeetingSeen) -> Iterator[Fact]:
    host = who_hosts(meeting) if meeting.helper else meeting.host
    told = {_("When"): when(meeting), _("Where"): meeting.office, _("Host"): host}
    yield from (Fact(name, text) for name, text in (told | told_of_day(meeting)).items())


def _parts(agenda: PublishedSeen) -> Iterator[Part]:
    """A part under each heading. What comes before the first one has none."""
    heading, rows = "", list(_opening(agenda.meeting))
    before: str | None = None
    for number, (entry, turn) in enumerate(zip(agenda.entries.shown, agenda.schedule, strict=True), start=1):
        if turn.comes_after_break:
            rows.append(Row(None, the_break(agenda.meeting.breaks)))
        begins_anew = heading_above(entry.heading, before)
        if begins_anew:
            yield from _part(heading, rows)
            heading, rows = begins_anew, []
        rows.append(_row(number, entry, turn, agenda))
        before = entry.heading
    yield from _part(heading, rows)


def _part(heading: str, rows: list[Row]) -> Iterator[Part]:
    if rows:
        yield Part(heading, tuple(rows))


def _opening(meeting: MeetingSeen) -> Iterator[Row]:
    if meeting.opening:
        title, length = beginning(meeting)
        yield Row(None, title, clock(meeting.starts), length, meeting.welcome.staff or "")


def _row(number: int, entry: Entry, turn: Scheduled, agenda: PublishedSeen) -> Row:
    details = next((one.details for one in agenda.items.shown if one.id == entry.item_id), None)
    begins = begins_at(agenda.meeting, turn)
    return Row(number, entry.title, begins, facts_of(entry, fits=turn.fits), details=details or "")


def _closing(agenda: PublishedSeen) -> list[str]:
    if not agenda.entries.shown:
        return [_("Nothing is on the agenda at the moment.")]
    return [*time_of(agenda), *how_many_are_held(agenda.held)]
