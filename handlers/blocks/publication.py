"""The published agenda, in the shared channel."""

from bot.agenda import Agenda, entries_of, last_changes
from bot.changes import Changes, Entry
from bot.reading.text import set_apart
from handlers.blocks.agenda import doors, time_planned
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    actions,
    bold,
    header,
    line,
    paragraph,
    rich,
    rows,
    run,
    small,
)
from handlers.blocks.meetings import when_and_where
from handlers.blocks.people import called
from handlers.words import _, minutes, ngettext, short_day


def published(agenda: Agenda) -> Message:
    """In the shared channel: the agenda as last published, and what that changed."""
    meeting, newest = agenda.meeting, agenda.publications[0]
    if meeting is None:
        raise ValueError("an agenda is published for a meeting")
    entries = entries_of(newest)
    blocks = [
        header(_("Agenda for {day}").format(day=short_day(meeting.day))),
        *when_and_where(meeting),
        rich(rows((_entry_line(entry) for entry in entries), "ordered")),
        small(time_planned([entry.minutes for entry in entries], meeting.minutes)),
    ]
    if newest.held:
        blocks.append(
            small(
                ngettext(
                    "{n} item is held for next time.", "{n} items are held for next time.", newest.held
                ).format(n=newest.held)
            )
        )
    blocks += _what_changed(agenda)
    return Message([*blocks, actions(*doors())])


def _entry_line(entry: Entry) -> Element:
    facts = " · ".join(fact for fact in (minutes(entry.minutes) if entry.minutes else "", entry.lead) if fact)
    title = bold(set_apart(entry.title))
    return line(title, run(f" · {facts}")) if facts else line(title)


def _what_changed(agenda: Agenda) -> list[Block]:
    changed = last_changes(agenda)
    if changed is None:
        return []
    newest = agenda.publications[0]
    said = _("Changed by {name}:").format(name=called(newest.by.name))
    return [paragraph(bold(said)), rich(rows(line(change) for change in _changes(changed)))]


def _changes(changed: Changes) -> list[str]:
    said = {
        _("Added: {title}"): changed.added,
        _("Taken off: {title}"): changed.removed,
        _("Moved: {title}"): changed.moved,
        _("Reworded: {title}"): changed.edited,
    }
    found = [sentence.format(title=entry.title) for sentence, which in said.items() for entry in which]
    return found or [_("The number of items held for next time.")]
