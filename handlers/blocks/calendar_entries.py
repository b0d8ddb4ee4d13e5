"""A meeting in people's own calendars, on screen: the answer to who asks for one, and the words that go with the file."""

from datetime import UTC
from urllib.parse import urlencode

from bot.reading.text import cut
from bot.seen.calendar_entries import AskedForEntrySeen, CalendarEntrySeen
from handlers.blocks import limits
from handlers.blocks.cancelling import do_not_meet, nobody_meets
from handlers.blocks.ids import GOOGLE, OUTLOOK
from handlers.blocks.kit import (
    Block,
    Message,
    actions,
    bold,
    link_button,
    paragraph,
    run,
    small,
)
from handlers.blocks.meetings import when, when_and_where, who_hosts
from handlers.blocks.welcoming import the_day, told_of_day
from handlers.words import _

GOOGLES = "https://calendar.google.com/calendar/render"
OUTLOOKS = "https://outlook.office.com/calendar/0/deeplink/compose"
SHORT = 100
"""Characters of a title or a place in an address. There a sign of Chinese takes nine."""
ROOMS = (2000, 1000, 500, 200, 100, 50, 1)
"""Characters of all that is told about the meeting there: as many as fit."""


def asked_for(seen: AskedForEntrySeen) -> Message:
    """To who asks for the file, which comes by itself."""
    if not seen.has_file:
        return Message(_with_links(seen.entry))
    said = (
        _("✓ The calendar file comes to you in a direct message.")
        if seen.is_on_its_way
        else _("✓ You have this calendar file already, in your direct messages.")
    )
    return Message([paragraph(bold(said)), *_with_links(seen.entry)])


def with_file(entry: CalendarEntrySeen) -> Message:
    """The words above the file."""
    meeting = entry.meeting
    if meeting.is_cancelled:
        told = _(
            "Open the file to tell your calendar so. If the meeting stays there, please delete it there."
        )
        return Message([paragraph(bold(do_not_meet(meeting))), paragraph(told)])
    where = f"\n{meeting.office}\n{who_hosts(meeting)}"
    return Message(
        [
            paragraph(bold(when(meeting)), run(where)),
            paragraph(_("Open the file to put the meeting into your calendar."), run("\n" + _by_itself())),
        ]
    )


def without_file(entry: CalendarEntrySeen) -> Message:
    """Where Slack takes no file: what would stand in it."""
    told = _("I can't send you the calendar file: Slack takes no files from me at the moment.")
    return Message([paragraph(bold(told)), *_with_links(entry)])


def _with_links(entry: CalendarEntrySeen) -> list[Block]:
    if entry.meeting.is_cancelled:
        return [
            *nobody_meets(entry.meeting),
            paragraph(_("If the meeting stays in your calendar, please delete it there.")),
        ]
    links = [
        link_button(_("Google Calendar"), GOOGLE, _google(entry)),
        link_button(_("Outlook"), OUTLOOK, _outlook(entry)),
    ]
    return [
        *when_and_where(entry.meeting),
        *the_day(entry.meeting),
        actions(*links),
        small(_by_itself()),
    ]


def _by_itself() -> str:
    return _("Your calendar does not change by itself. If the meeting moves, the shared channel says so.")


def called(entry: CalendarEntrySeen) -> str:
    title = _("Meeting of {name}").format(name=entry.name)
    return _("Cancelled: {title}").format(title=title) if entry.meeting.is_cancelled else title


def about_meeting(entry: CalendarEntrySeen) -> str:
    """As much as everybody may know, and no items: those are in Slack, where they change."""
    meeting = entry.meeting
    if meeting.is_cancelled:
        return do_not_meet(meeting)
    told = [f"{title}\n{said}" for title, said in told_of_day(meeting).items()]
    return "\n\n".join([who_hosts(meeting), *told, _by_itself()])


def _google(entry: CalendarEntrySeen) -> str:
    begins, ends = (f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}" for moment in (entry.begins, entry.ends))
    said = {"action": "TEMPLATE", "dates": f"{begins}/{ends}", "text": called(entry)}
    return _address(GOOGLES, said | {"location": entry.meeting.office}, "details", about_meeting(entry))


def _outlook(entry: CalendarEntrySeen) -> str:
    begins, ends = (f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for moment in (entry.begins, entry.ends))
    said = {"path": "/calendar/action/compose", "rru": "addevent", "startdt": begins, "enddt": ends}
    said |= {"subject": called(entry), "location": entry.meeting.office}
    return _address(OUTLOOKS, said, "body", about_meeting(entry))


def _address(page: str, said: dict[str, str], rest: str, about: str) -> str:
    """With as much `about` the meeting as there is room for."""
    short = {name: cut(text, SHORT) for name, text in said.items()}
    addresses = (f"{page}?{urlencode(short | {rest: cut(about, room)})}" for room in ROOMS)
    return next(address for address in addresses if len(address) <= limits.BUTTON_URL)
