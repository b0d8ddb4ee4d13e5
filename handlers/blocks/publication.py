"""The published agenda, in the shared channel."""

from collections.abc import Sequence

from bot.changes import Changes, Entry
from bot.reading.text import set_apart
from bot.seen.agenda import Planned, PublishedSeen
from bot.seen.documents import Of
from bot.seen.meetings import MeetingSeen
from bot.timing import Scheduled
from handlers.blocks.documents import hand_on_door
from handlers.blocks.duties import taken
from handlers.blocks.items import read_more
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
from handlers.blocks.meetings import begins_at, calendar_door, comes_door, when_and_where
from handlers.blocks.people import with_collaborative
from handlers.blocks.pieces import (
    add_door,
    heading_above,
    kept_for_what_comes_up,
    list_door,
    mine_door,
    more,
    the_break,
    time_planned,
)
from handlers.blocks.welcoming import opens_with, the_day
from handlers.words import _, listing, minutes, ngettext, short_day


def published(seen: PublishedSeen) -> Message:
    """In the shared channel: the agenda as last published, and what that changed."""
    entries, meeting = seen.entries.shown, seen.meeting
    return Message(
        [
            header(_("Agenda for {day}").format(day=short_day(meeting.day))),
            *when_and_where(meeting),
            *_listed(entries, seen),
            *read_more(seen.items.shown),
            *map(small, how_many_are_held(seen.held)),
            *the_day(meeting),
            *taken(seen.duties),
            *_what_changed(seen),
            actions(add_door(style="primary"), comes_door(meeting), calendar_door(meeting)),
            more(list_door(), mine_door(), hand_on_door(meeting, Of.AGENDA)),
        ]
    )


def how_many_are_held(n: int) -> list[str]:
    said = ngettext("{n} item is kept for the next meeting.", "{n} items are kept for the next meeting.", n)
    return [said.format(n=n)] if n else []


def _listed(entries: Sequence[Entry], seen: PublishedSeen) -> list[Block]:
    if not entries:
        return [paragraph(_("Nothing is on the agenda at the moment."))]
    return [rich(*_lines(entries, seen)), small("\n".join(time_of(seen)))]


def time_of(seen: PublishedSeen) -> list[str]:
    """How its meeting's time is spoken for."""
    timing = seen.meeting.timing
    planned = time_planned(Planned.of(entry.minutes for entry in seen.entries.shown), timing)
    return list(filter(None, (planned, kept_for_what_comes_up(timing))))


def _lines(entries: Sequence[Entry], seen: PublishedSeen) -> list[Element]:
    """One list, which goes on after a break and under each heading."""
    lines = opens_with(seen.meeting)
    heading = None
    for before, (entry, turn) in enumerate(zip(entries, seen.schedule, strict=True)):
        between = _between(heading_above(entry.heading, heading), turn, seen.meeting)
        if between or not before:
            lines += [*between, rows([], "ordered", before)]
        begins = begins_at(seen.meeting, turn)
        lines[-1]["elements"].append(_entry_line(entry, begins, fits=turn.fits))
        heading = entry.heading
    return lines


def _between(heading: str, turn: Scheduled, meeting: MeetingSeen) -> list[Element]:
    pause = [line(the_break(meeting.breaks))] if turn.comes_after_break else []
    return [*pause, *([line(bold(set_apart(heading)))] if heading else [])]


def _entry_line(entry: Entry, begins: str, *, fits: bool) -> Element:
    facts = facts_of(entry, fits=fits)
    said = [run(f"{begins} · ")] if begins else []
    said.append(bold(set_apart(entry.title)))
    return line(*said, run(f" · {facts}")) if facts else line(*said)


def facts_of(entry: Entry, *, fits: bool) -> str:
    """How long it takes, and who leads it or whose it is."""
    length, lead, whose = minutes(entry.minutes) if entry.minutes else "", entry.lead, whose_is(entry)
    who = with_collaborative(lead, whose) if lead else whose
    return " · ".join(fact for fact in (length, who, "" if fits else _("if there is time")) if fact)


def whose_is(entry: Entry) -> str:
    """Everybody's who brought it, or what goes together with it."""
    names = (entry.collaborative, *(other.collaborative for other in entry.others))
    return listing(dict.fromkeys(filter(None, names)))


def _what_changed(seen: PublishedSeen) -> list[Block]:
    if seen.changed is None:
        return []
    return [paragraph(bold(_("What changed:"))), rich(rows(map(line, _changes(seen.changed))))]


def _changes(changed: Changes) -> list[str]:
    said = {
        _("Added: {title}"): changed.added,
        _("Taken off: {title}"): changed.removed,
        _("Moved: {title}"): changed.moved,
        _("New words: {title}"): changed.reworded,
        _("New length: {title}, {length}"): changed.with_another_length,
        _("Led by somebody else: {title}"): changed.with_another_lead,
        _("Under another heading: {title}"): changed.under_another_heading,
        _("Goes together with another item now: {title}"): changed.joined,
        _("Brought by other people: {title}"): changed.with_others,
    }
    found = [
        sentence.format(title=entry.title, length=_length(entry))
        for sentence, which in said.items()
        for entry in which
    ]
    return found or [_("The number of items kept for the next meeting.")]


def _length(entry: Entry) -> str:
    return minutes(entry.minutes) if entry.minutes else _("no length")
