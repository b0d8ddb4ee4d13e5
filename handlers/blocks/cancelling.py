"""A meeting that is cancelled, on screen: the form, and the word to all and to one."""

from bot.seen.meetings import CancelledSeen, MeetingSeen, ToCancelSeen
from handlers.blocks.ids import (
    CANCEL,
    CANCEL_FORM,
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
    line,
    paragraph,
    rich,
    rows,
    small,
)
from handlers.blocks.meetings import comes_door, new_file_door, when, when_and_where, yet_to_confirm
from handlers.words import _, day, ngettext


def cancelled(seen: CancelledSeen) -> Message:
    """The word itself; and what stands where something told of the meeting before."""
    if seen.again:
        return Message(
            [
                header(_("We meet after all")),
                *when_and_where(seen.again),
                actions(comes_door(seen.again), new_file_door(seen.again)),
            ]
        )
    blocks = [*nobody_meets(seen.known), *_nor_then(seen), *_what_is_next(seen), small(goes_on())]
    return Message([*blocks, *_in_calendars(seen)])


def _in_calendars(seen: CancelledSeen) -> list[Block]:
    """With the word itself."""
    if not seen.tells_what_is_next:
        return []
    told = _(
        "Your calendar does not change by itself. “New calendar file” tells your calendar that the meeting is cancelled."
    )
    return [small(told), actions(new_file_door(seen.meeting))]


def nobody_meets(meeting: MeetingSeen) -> list[Block]:
    return [header(_("The meeting is cancelled")), paragraph(bold(do_not_meet(meeting)))]


def do_not_meet(meeting: MeetingSeen) -> str:
    return _("We do not meet on {when}.").format(when=when(meeting))


def _nor_then(seen: CancelledSeen) -> list[Block]:
    """Of the days to which it was to move somebody may have read elsewhere."""
    if not seen.is_on_neither or when(seen.known) == when(seen.meeting):
        return []
    return [paragraph(_("We do not meet on {when} either.").format(when=when(seen.meeting)))]


def _what_is_next(seen: CancelledSeen) -> list[Block]:
    if not seen.tells_what_is_next:
        return []
    if seen.upcoming is None:
        return [paragraph(_("The next meeting is not set yet."))]
    told = _("The next meeting is on {day}. {host} hosts.")
    return [
        paragraph(told.format(day=day(seen.upcoming.day), host=seen.upcoming.host)),
        *yet_to_confirm(seen.upcoming),
    ]


def goes_on() -> str:
    return _("What was brought for it goes on to the next meeting.")


def cancel_button(meeting: MeetingSeen, about: str = "") -> Element:
    return button(_("Cancel the meeting…"), CANCEL, meeting.id, about=about)


def cancel_form(seen: ToCancelSeen) -> View:
    """What follows, before it is done: it can't be undone by itself."""
    meeting = seen.meeting
    return form(
        CANCEL_FORM,
        _("Cancel the meeting"),
        [
            *when_and_where(meeting),
            rich(rows(map(line, _what_follows(seen)), "bullet")),
            small(
                _("If only the day, the time or the place changes, keep the meeting and change it instead.")
            ),
        ],
        submit=_("Cancel the meeting"),
        close=_("Keep it"),
        about=f"{meeting.id}:{meeting.day}",
    )


def _what_follows(seen: ToCancelSeen) -> list[str]:
    hears = (
        _("The shared channel hears that you do not meet on this day.")
        if seen.is_told_in_channel
        else _("The shared channel was told nothing of this meeting, and hears nothing.")
    )
    told = _(
        "The host, and everybody who brought something, said that they come or asked for a reminder, are told privately."
    )
    n = seen.items
    items = (
        ngettext(
            "{n} item goes on to the next meeting. Its host decides anew.",
            "{n} items go on to the next meeting. Its host decides anew.",
            n,
        ).format(n=n)
        if n
        else _("Nobody has brought anything for it yet.")
    )
    again = _(
        "To take this back, an admin adds a meeting on the same day. What has gone on stays with the next one."
    )
    return [hears, told, items, again]
