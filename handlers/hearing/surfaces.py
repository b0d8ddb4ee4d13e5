"""Where something was heard, and by which call of Slack's it is answered there: a table of each place and each way."""

from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Any, NamedTuple

from handlers.blocks.kit import View
from handlers.blocks.surfaces import EPHEMERAL, HOME, MESSAGE, MODAL, Surface
from handlers.hearing import calls
from handlers.hearing.calls import Line
from handlers.hearing.payloads import Heard

HOME_OPENED = "app_home_opened"
"""The one event that is answered."""


class Where(StrEnum):
    COMMAND = "a command"
    SHORTCUT = "a shortcut"
    MESSAGE = "a click in a message"
    EPHEMERAL = "a click in a message for one"
    FORM = "a click in a form"
    HIGHEST_FORM = "a click in a form, upon which Slack stacks no other"
    SENT_FORM = "a form sent in"
    SENT_UPPER_FORM = "a form sent in that lay upon another"
    HOME = "a click on Home"
    OPENED_HOME = "Home opened"


class Way(StrEnum):
    PRIVATELY = "to this person alone"
    IN_PLACE = "in the place of what they clicked in"
    OPENING = "with a form that opens"
    BECOMING = "with a form in the place of theirs"
    CORRECTING = "at a field of their form"


class Call(NamedTuple):
    """`surface` is what the call shows things on."""

    surface: Surface
    make: Callable[[Line, dict[str, Any]], Awaitable[None]]


class NoSuchWay(Exception):
    """What was heard can't be answered in this way there."""


_ACKNOWLEDGED = Call(EPHEMERAL, calls.acknowledge)
_SAID = Call(EPHEMERAL, calls.respond)
_OPENED = Call(MODAL, calls.views_open)
_PUSHED = Call(MODAL, calls.views_push)
_UPDATED = Call(MODAL, calls.views_update)
_UPDATED_BELOW = Call(MODAL, calls.update_view_below)
_TURNED_INTO = Call(MODAL, calls.acknowledge_with_update)
_CORRECTED = Call(MODAL, calls.acknowledge_with_errors)
_PUBLISHED = Call(HOME, calls.views_publish)

# What follows a form that was sent in takes its place; nothing opens from it. And Home opens by itself, without a click.
CALLS: dict[Where, dict[Way, Call]] = {
    Where.COMMAND: {
        Way.PRIVATELY: _ACKNOWLEDGED,
        Way.IN_PLACE: _ACKNOWLEDGED,
        Way.OPENING: _OPENED,
    },
    Where.SHORTCUT: {
        Way.PRIVATELY: _OPENED,
        Way.IN_PLACE: _OPENED,
        Way.OPENING: _OPENED,
    },
    Where.MESSAGE: {
        Way.PRIVATELY: _SAID,
        Way.IN_PLACE: Call(MESSAGE, calls.respond_in_place),
        Way.OPENING: _OPENED,
    },
    Where.EPHEMERAL: {
        Way.PRIVATELY: _SAID,
        Way.IN_PLACE: Call(EPHEMERAL, calls.respond_in_place),
        Way.OPENING: _OPENED,
    },
    Where.FORM: {
        Way.PRIVATELY: _PUSHED,
        Way.IN_PLACE: _UPDATED,
        Way.OPENING: _PUSHED,
        Way.BECOMING: _UPDATED,
    },
    Where.HIGHEST_FORM: {
        Way.PRIVATELY: _UPDATED,
        Way.IN_PLACE: _UPDATED,
        Way.OPENING: _UPDATED,
        Way.BECOMING: _UPDATED,
    },
    Where.SENT_FORM: {
        Way.PRIVATELY: _TURNED_INTO,
        Way.IN_PLACE: _TURNED_INTO,
        Way.BECOMING: _TURNED_INTO,
        Way.CORRECTING: _CORRECTED,
    },
    Where.SENT_UPPER_FORM: {
        Way.PRIVATELY: _TURNED_INTO,
        Way.IN_PLACE: _UPDATED_BELOW,
        Way.BECOMING: _TURNED_INTO,
        Way.CORRECTING: _CORRECTED,
    },
    Where.HOME: {
        Way.PRIVATELY: _OPENED,
        Way.IN_PLACE: _PUBLISHED,
        Way.OPENING: _OPENED,
    },
    Where.OPENED_HOME: {
        Way.PRIVATELY: _PUBLISHED,
        Way.IN_PLACE: _PUBLISHED,
    },
}


def call_for(heard: Heard, way: Way) -> Call:
    """The call by which this is answered in this way. Raises NoSuchWay where there is none."""
    where = where_heard(heard)
    if way not in CALLS[where]:
        raise NoSuchWay(f"{where} is not answered {way}")
    return CALLS[where][way]


def where_heard(heard: Heard) -> Where:
    """Where in Slack it was said. Raises NoSuchWay for an event that nobody answers."""
    match heard.kind:
        case "command":
            return Where.COMMAND
        case "shortcut":
            return Where.SHORTCUT
        case "event" if heard.id == HOME_OPENED:
            return Where.OPENED_HOME
        case "event":
            raise NoSuchWay(f"{heard.id} is not answered")
        case "view":
            return Where.SENT_UPPER_FORM if _below(heard.view) else Where.SENT_FORM
        case "action":
            return _where_clicked(heard)


def _where_clicked(heard: Heard) -> Where:
    view = heard.view
    if view is None:
        return Where.EPHEMERAL if heard.is_ephemeral else Where.MESSAGE
    if view.get("type") == "home":
        return Where.HOME
    return Where.HIGHEST_FORM if _is_highest(view) else Where.FORM


def _below(view: View | None) -> str:
    """The id of the form that it lies upon. A form that was opened from Home lies upon none."""
    return (view or {}).get("previous_view_id") or ""


def _is_highest(form: View) -> bool:
    """Whether it is the third of the three that Slack stacks (docs.slack.dev/surfaces/modals)."""
    return bool(_below(form)) and _below(form) != form.get("root_view_id")
