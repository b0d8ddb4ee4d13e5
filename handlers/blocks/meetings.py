"""Meetings on screen: when and where, and the one that the rotation proposes."""

from datetime import date, datetime, timedelta

from bot.calendar import LONGEST_MEETING, SHORTEST_MEETING
from bot.seen.meetings import MeetingSeen, MovedSeen
from bot.seen.posts import ProposedSeen
from bot.timing import Scheduled
from handlers.blocks.fields import text_field
from handlers.blocks.ids import (
    CALENDAR,
    CHANGE,
    CHANGE_FORM,
    COMES,
    CONFIRM,
    SWAP,
)
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    View,
    actions,
    bold,
    button,
    form,
    header,
    input_block,
    number_input,
    paragraph,
    run,
    small,
)
from handlers.words import _, clock, day, how_soon, short_day, span


def comes_door(meeting: MeetingSeen) -> Element:
    return button(_("I'm coming"), COMES, meeting.id)


def calendar_door(meeting: MeetingSeen) -> Element:
    return button(_("Add to calendar"), CALENDAR, meeting.id)


def new_file_door(meeting: MeetingSeen) -> Element:
    """Where people may have the meeting in a calendar as it was before."""
    return button(_("New calendar file"), CALENDAR, meeting.id)


def when(meeting: MeetingSeen) -> str:
    return _("{day}, {time}").format(day=day(meeting.day), time=span(meeting.starts, meeting.minutes))


def begins_at(meeting: MeetingSeen, turn: Scheduled) -> str:
    """What clocks show when an item has its turn, or nothing where nobody knows."""
    if turn.begins is None:
        return ""
    begins = datetime.combine(meeting.day, meeting.starts) + timedelta(minutes=turn.begins)
    return clock(begins.time())


def when_and_where(meeting: MeetingSeen, today: date | None = None) -> list[Block]:
    """A line each, where the eye finds it. `today`: it is read on this day, and so it says how soon the meeting is."""
    soon = f"\n{how_soon((meeting.day - today).days)}" if today and meeting.day >= today else ""
    said = paragraph(bold(when(meeting)), run(f"{soon}\n{meeting.office}\n{who_hosts(meeting)}"))
    return [said, *yet_to_confirm(meeting)]


def who_hosts(meeting: MeetingSeen) -> str:
    if meeting.helper:
        return _("{host} and {helper} prepare this together.").format(
            host=meeting.host, helper=meeting.helper
        )
    return _("{host} hosts.").format(host=meeting.host)


def yet_to_confirm(meeting: MeetingSeen) -> list[Block]:
    return [small(said) for said in who_has_yet_to_confirm(meeting)]


def who_has_yet_to_confirm(meeting: MeetingSeen) -> list[str]:
    if meeting.is_confirmed or meeting.is_cancelled:
        return []
    return [_("{host} has yet to confirm this date.").format(host=meeting.host)]


def items_close(closes: date, today: date, host: str) -> str:
    if closes < today:
        sentence = _(
            "Items closed on {day}. Later ones are welcome. They are marked late, and {host} decides."
        )
    elif closes == today:
        sentence = _("Items close today, {day}. Later ones are welcome and marked late.")
    else:
        sentence = _("Items close on {day}. Later ones are welcome and marked late.")
    return sentence.format(day=day(closes), host=host)


def proposed_meeting(seen: ProposedSeen) -> Message:
    """To the host whose turn it is; once confirmed, the same message says so."""
    meeting, with_others = seen.meeting, paragraph(_("This is with those who decide now."))
    if meeting is None:
        return Message([with_others])
    hosts = _("{host} hosts on {day}") if meeting.is_confirmed else _("{host} hosts the next meeting")
    blocks = [header(hosts.format(host=meeting.host, day=short_day(meeting.day)))]
    blocks += [paragraph(bold(when(meeting)), run(f"\n{meeting.office}"))]
    if not seen.is_for_hosts:
        return Message([*blocks, with_others])
    if meeting.is_confirmed:
        return Message(
            [
                *blocks,
                small(
                    _("✓ This is confirmed. You can still change it."),
                ),
                actions(change_button(meeting), swap_door(meeting)),
            ]
        )
    question = _("It is your turn. Does this suit you? Nothing is announced as fixed until you say so.")
    confirm = button(_("Confirm"), CONFIRM, f"{meeting.id}:{meeting.day}", style="primary")
    return Message(
        [*blocks, paragraph(question), actions(confirm, change_button(meeting), swap_door(meeting))]
    )


def moved_meeting(moved: MovedSeen) -> Message:
    """To everybody, when a meeting that they count on is elsewhere or at another time."""
    return Message(
        [
            header(_("The meeting moved")),
            *when_and_where(moved.meeting),
            *_before(moved),
            small(_("What was brought for it stays with it.")),
            small(
                _(
                    "Your calendar does not change by itself. “New calendar file” gives you the new day, time and place."
                )
            ),
            actions(comes_door(moved.meeting), new_file_door(moved.meeting)),
        ]
    )


def _before(moved: MovedSeen) -> list[Block]:
    """Only what is another by now."""
    meeting, before = moved.meeting, moved.before
    if before is None:
        return []
    told = []
    if when(before) != when(meeting):
        told.append(_("It was to be on {when}.").format(when=when(before)))
    if before.office != meeting.office:
        told.append(_("It was to be at {office}.").format(office=before.office))
    return [small("\n".join(told))] if told else []


def change_form(meeting: MeetingSeen) -> View:
    return form(
        CHANGE_FORM,
        _("Change the meeting"),
        arrangement_fields(meeting),
        submit=_("Save"),
        about=meeting.id,
    )


def arrangement_fields(meeting: MeetingSeen | None) -> list[Block]:
    date_picker = {"type": "datepicker"} | ({"initial_date": meeting.day.isoformat()} if meeting else {})
    starts = meeting.starts.strftime("%H:%M") if meeting else "10:00"
    return [
        input_block("day", _("Day"), date_picker),
        input_block("starts", _("Starts at"), {"type": "timepicker", "initial_time": starts}),
        input_block("minutes", _("Minutes"), _length(meeting)),
        text_field("office", _("Where"), meeting.office if meeting else None, optional=meeting is None),
    ]


def _length(meeting: MeetingSeen | None) -> Element:
    return number_input(meeting.minutes if meeting else 120, SHORTEST_MEETING, LONGEST_MEETING)


def change_button(meeting: MeetingSeen, about: str = "") -> Element:
    return button(_("Change…"), CHANGE, meeting.id, about=about)


def swap_door(meeting: MeetingSeen) -> Element:
    return button(_("Swap…"), SWAP, meeting.id, about=when(meeting))


def changed(meeting: MeetingSeen) -> Message:
    """To an admin who is not of the host's team."""
    return Message([paragraph(bold(_("✓ Changed."))), *when_and_where(meeting)])
