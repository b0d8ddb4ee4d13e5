"""How a host welcomes people, on screen: the form, the line that begins the agenda, and what the day's messages tell."""

from bot.seen.meetings import MeetingSeen
from bot.welcoming import ToWelcomeSeen
from handlers.blocks.fields import text_field
from handlers.blocks.ids import WELCOME, WELCOME_FORM
from handlers.blocks.kit import (
    Block,
    Element,
    View,
    bold,
    button,
    form,
    line,
    option,
    overflow,
    paragraph,
    run,
    section,
)
from handlers.blocks.meetings import when_and_where
from handlers.words import _, clock, minutes

TO_FILL_IN, TO_LEAVE_OUT = "fill", "without"
"""What can be done with the beginning of a meeting."""


def welcome_door(meeting: MeetingSeen) -> Element:
    return button(_("Welcome people…"), WELCOME, f"{meeting.id}:{TO_FILL_IN}")


def welcome_form(seen: ToWelcomeSeen) -> View:
    told = seen.told
    return form(
        WELCOME_FORM,
        _("Welcome people"),
        [
            *when_and_where(seen.meeting),
            *_told_of_another_place(seen),
            text_field(
                "staff",
                _("Meet our staff and our work: who?"),
                told.staff,
                optional=True,
                hint=_("First names and what they do, of those who agreed. It stands first on the agenda."),
            ),
            text_field(
                "arrival",
                _("Getting there"),
                told.arrival,
                optional=True,
                hint=_("The entrance, parking, bus or train, and whom to text."),
            ),
            text_field(
                "nearby",
                _("While you are here"),
                told.nearby,
                optional=True,
                hint=_(
                    "One line about your neighborhood. For example: come 30 minutes early, and we walk you round."
                ),
            ),
        ],
        submit=_("Save"),
        about=seen.meeting.id,
    )


def _told_of_another_place(seen: ToWelcomeSeen) -> list[Block]:
    if seen.other_office is None:
        return []
    told = _("You wrote this for {office}. Please change what is different now.")
    return [paragraph(bold(told.format(office=seen.other_office)))]


def begins_with(meeting: MeetingSeen) -> str:
    """The line that stands first on the agenda, or nothing where the meeting begins with an item."""
    return " · ".join((clock(meeting.starts), *beginning(meeting))) if meeting.opening else ""


def opens_with(meeting: MeetingSeen) -> list[Element]:
    """The same for everybody, with who of the staff says hello."""
    said = begins_with(meeting)
    return [line("\n".join(filter(None, (said, meeting.welcome.staff))))] if said else []


def beginning(meeting: MeetingSeen) -> tuple[str, str]:
    """With what a meeting begins, and for how long."""
    return _("Meet our staff and our work"), minutes(meeting.opening)


def beginning_on_board(meeting: MeetingSeen, *, is_closed: bool) -> list[Block]:
    """For its host, with what can be done about it."""
    said = begins_with(meeting)
    if not said:
        return []
    ways = {TO_FILL_IN: _("Fill in…"), TO_LEAVE_OUT: _("Leave it out")}
    menu = overflow(WELCOME, [option(label, f"{meeting.id}:{way}") for way, label in ways.items()])
    text = "\n".join(filter(None, (said, meeting.welcome.staff)))
    return [section(text, None if is_closed else menu)]


def the_day(meeting: MeetingSeen) -> list[Block]:
    """For everybody, as far as the host has told it."""
    return [paragraph(bold(title), run(f"\n{said}")) for title, said in told_of_day(meeting).items()]


def told_of_day(meeting: MeetingSeen) -> dict[str, str]:
    """What the host has told, each under its title."""
    told = {_("Getting there"): meeting.welcome.arrival, _("While you are here"): meeting.welcome.nearby}
    return {title: said for title, said in told.items() if said}
