"""Pieces that several messages share: lists with what had no room, the doors, when items close, how late it is."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from bot.seen.agenda import AgendaSeen, Planned
from bot.seen.lists import MOST_COUNTED, Seen
from bot.seen.meetings import MeetingSeen
from bot.timing import Timing
from handlers.blocks.ids import ADD, EVERYTHING, FIND, HELP, LIST, MINE, MORE, PREVIEW, SETTINGS, STATUS
from handlers.blocks.kit import (
    Block,
    Element,
    actions,
    bold,
    button,
    line,
    option,
    overflow,
    paragraph,
    rich,
    rows,
    section,
    small,
)
from handlers.blocks.meetings import comes_door, items_close
from handlers.words import _, minutes, moment, ngettext

Kind = TypeVar("Kind")
PAGE = "page"


def listed(
    title: str, things: Seen[Kind], row: Callable[[Kind], Element], style: str = "bullet"
) -> list[Block]:
    """A list under its title, or nothing where there is nothing to show."""
    if not things.shown:
        return []
    return [
        paragraph(bold(title)),
        rich(rows(map(row, things.shown), style, things.before)),
        *and_more(things),
    ]


def and_more(things: Seen[Kind]) -> list[Block]:
    """How many more there are that had no room."""
    n = f"{MOST_COUNTED}+" if things.more > MOST_COUNTED else things.more
    return [small(_("and {n} more").format(n=n))] if things.more else []


def last_page(*lists: tuple[Seen[Any], int]) -> int:
    """The number of the last page, where each list has pages of so many."""
    return max(max(len(things.shown) - 1, 0) // most for things, most in lists)


def turning(door: str, page: int, *lists: Seen[Any], of: str | int = PAGE) -> list[Block]:
    """The button that turns to the next page, or from the last to the first. `of` is what the pages are about."""
    if any(things.more for things in lists):
        return [actions(button(_("Show more"), door, f"{of}:{page + 1}"))]
    if page:
        return [actions(button(_("Back to the beginning"), door, f"{of}:0"))]
    return []


def more(*seldom: Element) -> Block:
    """Buttons that are pressed seldom, as a menu at the end of a line that names them. Five at most."""
    labels = [door["text"]["text"] for door in seldom]
    options = [option(door["text"]["text"], f"{door['action_id']} {door['value']}") for door in seldom]
    return section(_("More: {doors}").format(doors=" · ".join(labels)), overflow(MORE, options))


def doors(meeting: MeetingSeen | None = None) -> list[Element]:
    """What everybody can do, with or without commands. `meeting`: one to which its reader may come."""
    comes = [comes_door(meeting)] if meeting else []
    return [add_door(style="primary"), *comes, list_door(), mine_door()]


def add_door(style: str | None = None) -> Element:
    return button(_("Add an item"), ADD, "new", style=style)


def list_door() -> Element:
    return button(_("See the list"), LIST, "all")


def mine_door() -> Element:
    return button(_("My items"), MINE, "all")


def set_up_door() -> Element:
    return button(_("Set it up…"), SETTINGS, "all", style="primary")


def status_door() -> Element:
    return button(_("Where things stand"), STATUS, "now")


def help_door() -> Element:
    return button(_("Help"), HELP, "all")


def about_me_door() -> Element:
    return button(_("Everything about me…"), EVERYTHING, "all")


def tips_door() -> Element:
    return button(_("What worked for us"), FIND, "newest")


def preview_door() -> Element:
    return button(_("This week"), PREVIEW, "now")


def closing(agenda: AgendaSeen) -> list[Block]:
    """What is brought while they meet is not late."""
    if agenda.meeting is None or agenda.closes is None or agenda.is_under_way:
        return []
    return [small(items_close(agenda.closes, agenda.today, agenda.meeting.host))]


def counts(agenda: AgendaSeen) -> Block:
    """How many items there are."""
    on_agenda, waiting, held = agenda.on_agenda.count, agenda.waiting.count, agenda.held.count
    counts = {
        ngettext("{n} item on the agenda", "{n} items on the agenda", on_agenda): on_agenda,
        ngettext("{n} waiting for the host", "{n} waiting for the host", waiting): waiting,
        ngettext("{n} kept for the next meeting", "{n} kept for the next meeting", held): held,
    }
    said = [line(sentence.format(n=n)) for sentence, n in counts.items() if n]
    return rich(rows(said)) if said else nobody_yet()


def nobody_yet() -> Block:
    return paragraph(_("Nobody has added anything yet. Yours would be the first."))


def no_meeting(agenda: AgendaSeen, *, is_admin: bool = False) -> list[Block]:
    """What waits for a meeting that is not set yet, and who sets it."""
    n = agenda.waiting.count + agenda.held.count
    waiting = ngettext("{n} item waits for it.", "{n} items wait for it.", n).format(n=n)
    return [meeting_to_be_set(is_admin=is_admin), *([paragraph(waiting)] if n else [])]


def meeting_to_be_set(*, is_admin: bool = False) -> Block:
    if is_admin:
        return paragraph(_("The next meeting is not set yet. Add it under “Settings”."))
    return paragraph(
        _("The next meeting is not set yet. An admin adds it. What you bring now waits for the meeting.")
    )


def time_planned(planned: Planned, timing: Timing) -> str:
    """How many minutes of those for items are spoken for, and of how many items nobody said how long."""
    if not planned.minutes:
        return _("Nobody has given a length yet. The meeting has {length} for items.").format(
            length=minutes(timing.for_items)
        )
    said = _("Items take {planned}. The meeting has {length} for them.").format(
        planned=minutes(planned.minutes), length=minutes(timing.for_items)
    )
    n = planned.without_length
    open_ended = ngettext("{n} item has no length yet.", "{n} items have no length yet.", n).format(n=n)
    return f"{said} {open_ended}" if n else said


def heading_above(heading: str | None, before: str | None) -> str:
    """The heading between an item and the one before it, if there is one. What has none stands under no other's."""
    if heading == before:
        return ""
    return heading or _("More")


def the_break(length: int) -> str:
    return _("Break, {length}").format(length=minutes(length))


def kept_for_what_comes_up(timing: Timing) -> str:
    if not timing.reserve:
        return ""
    return _("Kept for what comes up in the room: {length}.").format(length=minutes(timing.reserve))


def comes_late(since: datetime | None, timezone: str) -> list[Block]:
    """`since` is when it was due, or None of what comes in time."""
    if since is None:
        return []
    return [small(_("This was due on {when}, and comes late. Sorry.").format(when=moment(since, timezone)))]
