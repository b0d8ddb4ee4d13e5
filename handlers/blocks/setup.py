"""The settings on screen: an overview, and three forms."""

from collections.abc import Sequence
from datetime import time
from enum import StrEnum

from bot.calendar import WEEKDAYS
from bot.plan.values import MOST_MINUTES_UNTIL_TOLD
from bot.seen.lists import Seen
from bot.seen.meetings import MeetingSeen
from bot.seen.settings import ConsortiumSeen, PersonSeen, SeatSeen, SettingsSeen
from bot.setup import NEW
from handlers.blocks.channels import what_helps
from handlers.blocks.fields import text_field
from handlers.blocks.ids import (
    COLLABORATIVE,
    COLLABORATIVE_FORM,
    CONSORTIUM,
    CONSORTIUM_FORM,
    HOST,
    MEETING,
    MEETING_FORM,
    SETTINGS,
    TAKE_OUT,
)
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    View,
    actions,
    bold,
    button,
    divider,
    form,
    header,
    input_block,
    line,
    number_input,
    option,
    paragraph,
    rich,
    rows,
    run,
    select,
    small,
)
from handlers.blocks.meetings import arrangement_fields, cancel_button, change_button, when
from handlers.blocks.next_steps import what_comes_next
from handlers.blocks.people import called
from handlers.blocks.pieces import and_more, last_page, turning
from handlers.words import _, clock, listing, own_words, weekday

MOST_SHOWN = 12
MOST_SEATS = 9
MOST_WITH_BUTTONS = 4
"""Of the meetings: so many have their quarter within a year."""
MOST_PEOPLE = 50
"""Chosen in one menu; Slack is asked who each of them is while it waits for an answer."""


class Loudness(StrEnum):
    QUIET = "quiet"
    LOUD = "loud"


def overview(settings: SettingsSeen, page: int = 0, *, closed_for: str | None = None) -> Message:
    """`closed_for`: why the bot can't use the shared channel."""
    page = min(page, last_page((Seen(settings.seats), MOST_SEATS)))
    seats = Seen(settings.seats).page(page, MOST_SEATS)
    return Message(
        [
            header(_("Settings of {name}").format(name=settings.consortium.name)),
            *([_shut_out(closed_for)] if closed_for else []),
            *what_comes_next(settings),
            rich(rows(line(fact) for fact in _facts(settings))),
            actions(button(_("Change the settings…"), CONSORTIUM, settings.consortium.id)),
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


def _shut_out(closed_for: str) -> Block:
    told = _("I can't use the shared channel. {help}").format(help=what_helps(closed_for))
    return paragraph(bold(told))


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
                    "I make no sound at night or on weekends. Exceptions: an hour that you set here, a published agenda, a moved meeting. What one person gets on one day is one message."
                )
            ]
            if consortium.is_quiet
            else []
        ),
        _("Admins: {names}.").format(names=listing(map(_named, settings.admins))),
    ]


def _told(consortium: ConsortiumSeen) -> str:
    if consortium.told_after_minutes is None:
        return _(
            "All proposers are told together at {time}, Monday to Friday. Until then a decision can be undone."
        ).format(time=clock(consortium.told_at))
    return _("A decision can be undone for {minutes} minutes. Then its proposer is told.").format(
        minutes=consortium.told_after_minutes
    )


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


def consortium_form(settings: SettingsSeen | None) -> View:
    known = settings.consortium if settings else None
    admins = settings.admins if settings else []
    fields = [
        *_who_we_are(known, admins),
        *_our_word(known),
        *_calls(known),
        *_digest(known),
        *_telling(known),
    ]
    return form(CONSORTIUM_FORM, _("Settings"), fields, submit=_("Save"))


def _who_we_are(known: ConsortiumSeen | None, admins: Sequence[PersonSeen]) -> list[Block]:
    zone = known.timezone if known else "America/Los_Angeles"
    return [
        text_field("name", _("The name of all of you together"), known.name if known else None),
        input_block("channel", _("The shared channel"), _channel(known.channel_id if known else None)),
        text_field("timezone", _("Time zone"), zone),
        input_block("admins", _("Who can change these settings?"), _people(admins)),
    ]


def _our_word(known: ConsortiumSeen | None) -> list[Block]:
    return [
        text_field(
            "called_one",
            _("Your word for one of the groups that host"),
            known.called_one if known else None,
            optional=True,
            hint=_(
                "For example coalition, or partner organization. Leave this empty if you say collaborative."
            ),
        ),
        text_field(
            "called_many",
            _("Your word for several of them"),
            known.called_many if known else None,
            optional=True,
            hint=_("For example coalitions, or partner organizations."),
        ),
    ]


def _calls(known: ConsortiumSeen | None) -> list[Block]:
    days = ", ".join(str(days) for days in known.call_days) if known else "28, 10, 1"
    closes = number_input(known.closes_days_before if known else 7, 0, 366)
    return [
        text_field("call_days", _("Calls for items, days before a meeting"), days),
        input_block("call_at", _("Calls go out at"), _time(known.call_at if known else time(10))),
        input_block("closes", _("Items close, days before"), closes),
    ]


def _digest(known: ConsortiumSeen | None) -> list[Block]:
    weekdays = [option(weekday(number), day) for number, day in enumerate(WEEKDAYS)]
    return [
        input_block(
            "weekday",
            _("“This week” goes out on"),
            select(weekdays, known.digest_weekday if known else "monday"),
        ),
        input_block("digest_at", _("“This week” goes out at"), _time(known.digest_at if known else time(9))),
    ]


def _telling(known: ConsortiumSeen | None) -> list[Block]:
    minutes = number_input(known.told_after_minutes if known else None, 0, MOST_MINUTES_UNTIL_TOLD)
    loudness = [
        option(_("Quiet: nothing at night or on weekends, one message a day"), Loudness.QUIET),
        option(_("Each message by itself, at any hour"), Loudness.LOUD),
    ]
    is_quiet = known is None or known.is_quiet
    return [
        input_block("told_at", _("Proposers are told at"), _time(known.told_at if known else time(17))),
        input_block(
            "told_after",
            _("Or this many minutes after each decision"),
            minutes,
            optional=True,
            hint=_("Leave this empty to tell all of them together. 0 tells each one at once."),
        ),
        input_block(
            "quiet",
            _("Messages to one person"),
            select(loudness, Loudness.QUIET if is_quiet else Loudness.LOUD),
        ),
    ]


def collaborative_form(settings: SettingsSeen, seat: SeatSeen | None) -> View:
    known = seat.collaborative if seat else None
    places = range(1, len(settings.seats) + (1 if seat is None else 0) + 1)
    seats = [option(str(place), place) for place in places]
    return form(
        COLLABORATIVE_FORM,
        _("A host and its people"),
        [
            text_field("name", _("Name"), known.name if known else None),
            text_field("office", _("Office, where it hosts"), known.office if known else None),
            input_block(
                "curators",
                _("Who decides when it hosts?"),
                _people(seat.curators if seat else []),
                optional=True,
                hint=_("If nobody is named, the admins decide."),
            ),
            input_block(
                "members", _("Who else is with it?"), _people(seat.members if seat else []), optional=True
            ),
            input_block(
                "position",
                _("Place in hosting order"),
                select(seats, known.position if known else len(settings.seats) + 1),
            ),
        ],
        submit=_("Save"),
        about=known.id if known else NEW,
    )


def meeting_form(settings: SettingsSeen) -> View:
    hosts = [option(seat.collaborative.name, seat.collaborative.id) for seat in settings.seats]
    return form(
        MEETING_FORM,
        _("Add a meeting"),
        [
            *arrangement_fields(None),
            input_block(
                "host",
                _("Host"),
                select(hosts),
                optional=True,
                hint=_("If you leave this empty, it is the next in hosting order."),
            ),
        ],
        submit=_("Save"),
    )


def _people(known: Sequence[PersonSeen]) -> Element:
    most = max(MOST_PEOPLE, len(known))
    element: Element = {"type": "multi_users_select", "max_selected_items": most}
    return element | {"initial_users": [person.who.user_id for person in known]} if known else element


def _channel(known: str | None) -> Element:
    element: Element = {"type": "conversations_select", "filter": {"include": ["public", "private"]}}
    return element | {"initial_conversation": known} if known else element


def _time(initial: time) -> Element:
    return {"type": "timepicker", "initial_time": initial.strftime("%H:%M")}
