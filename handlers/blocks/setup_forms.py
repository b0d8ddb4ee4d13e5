"""The forms of the settings: the consortium, a collaborative, a meeting."""

from collections.abc import Sequence
from datetime import time
from enum import StrEnum

from bot.calendar import WEEKDAYS
from bot.plan.values import MOST_MINUTES_UNTIL_TOLD
from bot.seen.settings import ConsortiumSeen, PersonSeen, SeatSeen, SettingsSeen
from bot.setup import NEW
from handlers.blocks.fields import text_field
from handlers.blocks.ids import (
    COLLABORATIVE_FORM,
    CONSORTIUM_FORM,
    MEETING_FORM,
)
from handlers.blocks.kit import (
    Block,
    Element,
    View,
    form,
    input_block,
    number_input,
    option,
    select,
    small,
)
from handlers.blocks.meetings import arrangement_fields
from handlers.words import _, own_words, weekday

CHANNEL = "C"
"""So begins the id of a channel; that of a direct message begins with another letter."""
MOST_PEOPLE = 50
"""Chosen in one menu; Slack is asked who each of them is while it waits for an answer."""


class Loudness(StrEnum):
    QUIET = "quiet"
    LOUD = "loud"


def first_form(begins: str, channel_id: str | None) -> View:
    """Nothing is set up yet. `begins`: the user id of who opened it, and keeps the settings; `channel_id`: where they were then."""
    is_channel = (channel_id or "").startswith(CHANNEL)
    hint = _("Choose a second person too. If one is away, the other can help.")
    return _settings_form(None, channel_id if is_channel else None, [begins], hint)


def consortium_form(settings: SettingsSeen) -> View:
    known = settings.consortium
    return _settings_form(known, known.channel_id, _ids(settings.admins))


def _settings_form(
    known: ConsortiumSeen | None, channel_id: str | None, admins: Sequence[str], of_admins: str = ""
) -> View:
    fields = [
        text_field("name", _("The name of all of you together"), known.name if known else None),
        input_block("channel", _("The shared channel"), _channel(channel_id)),
        text_field("timezone", _("Time zone"), known.timezone if known else "America/Los_Angeles"),
        input_block("admins", _("Who can change these settings?"), _people(admins), hint=of_admins),
        *_our_word(known),
        *_calls(known),
        *_digest(known),
        *_telling(known),
    ]
    return form(CONSORTIUM_FORM, _("Settings"), fields, submit=_("Save"))


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
        input_block(
            "told_at", _("People hear what was decided at"), _time(known.told_at if known else time(17))
        ),
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
        _capital(own_words()["collaborative"]),
        [
            text_field("name", _("Name"), known.name if known else None),
            text_field("office", _("Office, where it hosts"), known.office if known else None),
            input_block(
                "curators",
                _("Who decides when it hosts?"),
                _people(_ids(seat.curators if seat else [])),
                optional=True,
                hint=_("If nobody is named, the admins decide."),
            ),
            input_block(
                "members",
                _("Who else is with it?"),
                _people(_ids(seat.members if seat else [])),
                optional=True,
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


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def meeting_form(settings: SettingsSeen) -> View:
    hosts = [option(seat.collaborative.name, seat.collaborative.id) for seat in settings.seats]
    return form(
        MEETING_FORM,
        _("Add a meeting"),
        [
            *arrangement_fields(None),
            small(_("If you leave “Where” empty, it is the host's office.")),
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


def _ids(people: Sequence[PersonSeen]) -> list[str]:
    return [person.who.user_id for person in people]


def _people(known: Sequence[str]) -> Element:
    most = max(MOST_PEOPLE, len(known))
    element: Element = {"type": "multi_users_select", "max_selected_items": most}
    return element | {"initial_users": known} if known else element


def _channel(known: str | None) -> Element:
    element: Element = {"type": "conversations_select", "filter": {"include": ["public", "private"]}}
    return element | {"initial_conversation": known} if known else element


def _time(initial: time) -> Element:
    return {"type": "timepicker", "initial_time": initial.strftime("%H:%M")}
