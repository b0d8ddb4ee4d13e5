"""The settings on screen: an overview, and three forms."""

from bot.calendar import WEEKDAYS
from bot.seen.lists import Seen
from bot.seen.meetings import MeetingSeen
from bot.seen.settings import ConsortiumSeen, PersonSeen, SeatSeen, SettingsSeen
from bot.setup import NEW
from handlers.blocks.cancelling import cancel_button
from handlers.blocks.channels import what_helps
from handlers.blocks.ids import (
    COLLABORATIVE,
    CONSORTIUM,
    HOST,
    MEETING,
    SETTINGS,
    TAKE_OUT,
)
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    actions,
    bold,
    button,
    channel_link,
    divider,
    header,
    line,
    paragraph,
    rich,
    rows,
    run,
    small,
)
from handlers.blocks.legal_holds import hold_door, in_settings
from handlers.blocks.meetings import change_button, when
from handlers.blocks.next_steps import what_comes_next
from handlers.blocks.people import called
from handlers.blocks.pieces import and_more, last_page, turning
from handlers.words import _, clock, listing, own_words, weekday

MOST_SHOWN = 12
MOST_SEATS = 8
MOST_WITH_BUTTONS = 4
"""Of the meetings: so many have their quarter within a year."""


def overview(
    settings: SettingsSeen, page: int = 0, *, closed_for: str | None = None, is_saved: bool = False
) -> Message:
    """`closed_for`: why the bot can't use the shared channel. `is_saved`: a form has just changed something, perhaps further down than a phone shows."""
    page = min(page, last_page((Seen(settings.seats), MOST_SEATS)))
    seats = Seen(settings.seats).page(page, MOST_SEATS)
    title = _("✓ Saved. Settings of {name}") if is_saved else _("Settings of {name}")
    return Message(
        [
            header(title.format(name=settings.consortium.name)),
            *([_shut_out(settings.consortium, closed_for)] if closed_for else []),
            *in_settings(settings.hold),
            *what_comes_next(settings),
            paragraph(bold(_("As it is set now"))),
            rich(rows([_shared_channel(settings.consortium), *map(line, _facts(settings))])),
            actions(
                button(_("Change the settings…"), CONSORTIUM, settings.consortium.id),
                hold_door(settings.hold),
            ),
            divider(),
            paragraph(bold(_("Your {collaboratives}, in hosting order").format(**own_words()))),
            *[block for seat in seats.shown for block in _seat(seat)],
            *and_more(seats),
            *turning(SETTINGS, page, seats),
            actions(button(_add_one(settings), COLLABORATIVE, NEW)),
            divider(),
            paragraph(bold(_("Meetings to come"))),
            *_meetings(settings),
        ]
    )


def _add_one(settings: SettingsSeen) -> str:
    said = _("Add another {collaborative}…") if settings.seats else _("Add the first {collaborative}…")
    return said.format(**own_words())


def _shut_out(consortium: ConsortiumSeen, closed_for: str) -> Block:
    said = _("I can't use the shared channel:")
    return rich(
        line(bold(said), " ", channel_link(consortium.channel_id)), line(bold(what_helps(closed_for)))
    )


def _shared_channel(consortium: ConsortiumSeen) -> Element:
    return line(_("The shared channel:"), " ", channel_link(consortium.channel_id))


def _facts(settings: SettingsSeen) -> list[str]:
    consortium = settings.consortium
    days = listing(str(days) for days in consortium.call_days)
    return [
        _("Times are those of {timezone}.").format(timezone=consortium.timezone),
        _("Calls for items: {days} days before a meeting, at {time}.").format(
            days=days, time=clock(consortium.call_at)
        ),
        _("Items close {days} days before.").format(days=consortium.closes_days_before),
        _("“This week” goes out on {weekday} at {time}.").format(
            weekday=weekday(WEEKDAYS.index(consortium.digest_weekday)), time=clock(consortium.digest_at)
        ),
        _told(consortium),
        *(
            [
                _(
                    "I make no sound at night or on weekends. Exceptions: an hour that you set here, a published agenda, a meeting that is moved or cancelled. What one person gets on one day is one message."
                )
            ]
            if consortium.is_quiet
            else []
        ),
        *(
            [_("Admins: {names}.").format(names=listing(map(_named, settings.admins)))]
            if settings.admins
            else []
        ),
    ]


def _told(consortium: ConsortiumSeen) -> str:
    if consortium.told_after_minutes is None:
        return _(
            "All who brought items hear together at {time}, Monday to Friday. Until then a decision can be undone."
        ).format(time=clock(consortium.told_at))
    return _(
        "A decision can be undone for {minutes} minutes. Then the person who brought the item is told."
    ).format(minutes=consortium.told_after_minutes)


def _seat(seat: SeatSeen) -> list[Block]:
    names = listing(map(_named, seat.curators))
    trusted = (
        _("Who decides: {names}").format(names=names)
        if seat.curators
        else _("Nobody is named yet, so the admins decide.")
    )
    about = seat.collaborative.name
    return [
        rich(line(bold(about), run(f" · {seat.collaborative.office}"))),
        small(trusted),
        actions(
            button(_("Change…"), COLLABORATIVE, seat.collaborative.id, about=about),
            button(_("Take it out…"), TAKE_OUT, seat.collaborative.id, about=about),
        ),
    ]


def _named(person: PersonSeen) -> str:
    return called(person.name) if person.can_act else _("{name} (can't act)").format(name=called(person.name))


def _meetings(settings: SettingsSeen) -> list[Block]:
    if not settings.seats:
        said = _("A meeting needs a host: add the first {collaborative}.")
        return [small(said.format(**own_words()))]
    return [
        *_to_come(Seen(settings.meetings).first(MOST_SHOWN)),
        actions(button(_("Add a meeting…"), MEETING, NEW)),
    ]


def _to_come(meetings: Seen[MeetingSeen]) -> list[Block]:
    if not meetings.shown:
        return [small(_("None yet."))]
    near, far = meetings.shown[:MOST_WITH_BUTTONS], meetings.shown[MOST_WITH_BUTTONS:]
    rest = [rich(rows(map(_in_a_line, far)))] if far else []
    return [*[block for meeting in near for block in _with_buttons(meeting)], *rest, *and_more(meetings)]


def _in_a_line(meeting: MeetingSeen) -> Element:
    return line(bold(when(meeting)), run(f" · {meeting.host}"))


def _with_buttons(meeting: MeetingSeen) -> list[Block]:
    about = when(meeting)
    change_host = button(_("Change the host…"), HOST, meeting.id, about=about)
    buttons = change_button(meeting, about), change_host, cancel_button(meeting, about)
    return [rich(_in_a_line(meeting)), actions(*buttons)]
