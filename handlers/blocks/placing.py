"""How a host puts an agenda together on screen: the form for one item, the one that takes an order as numbers, and the one that shares out the time."""

from bot.calendar import LONGEST_MEETING
from bot.placing import ToOrderSeen
from bot.reading.durations import LONGEST, SHORTEST
from bot.seen.items import ItemRead
from bot.seen.meetings import MeetingSeen
from handlers.blocks.asked import questions
from handlers.blocks.fields import text_field
from handlers.blocks.ids import ORDER, ORDER_FORM, PLACE_FORM, REMOVE, TIMING, TIMING_FORM
from handlers.blocks.items import in_short, item_line, remove_label
from handlers.blocks.joining import join_door
from handlers.blocks.kit import (
    Block,
    Element,
    View,
    actions,
    button,
    form,
    input_block,
    number_input,
    paragraph,
    rich,
    rows,
    small,
)
from handlers.blocks.pieces import and_more
from handlers.blocks.who_says_me_too import who_says_me_too
from handlers.words import _, minutes

MOST_LISTED = 50
"""Of more the board has the numbers."""


def place_form(seen: ItemRead, about: str) -> View:
    """How the item stands on the agenda, with all there is to read of it. `about` comes back with the answers."""
    item, own = seen.item, seen.item.in_own_words
    as_they_said = _("If you leave this empty, it is as the person who brought it said.")
    return form(
        PLACE_FORM,
        _("On the agenda"),
        [
            *in_short(item, seen.timezone),
            *questions(seen.questions, item.proposer),
            *map(small, filter(None, [who_says_me_too(seen.me_too)])),
            text_field(
                "title",
                _("What it is called on the agenda"),
                item.title,
                optional=True,
                hint=_("A shorter title helps. The words of the person who brought it stay one tap away."),
            ),
            input_block(
                "minutes",
                _("How many minutes?"),
                number_input(item.minutes, SHORTEST, LONGEST),
                optional=True,
                hint=as_they_said if own.minutes else "",
            ),
            text_field(
                "lead", _("Who leads it?"), item.lead, optional=True, hint=as_they_said if own.lead else ""
            ),
            text_field(
                "heading",
                _("Heading"),
                item.heading,
                optional=True,
                hint=_("The item goes to the others with the same heading."),
            ),
            actions(join_door(item), button(remove_label(), REMOVE, item.id, about=item.title)),
        ],
        submit=_("Save"),
        about=about,
    )


def order_door(meeting_id: int) -> Element:
    return button(_("Change the order…"), ORDER, meeting_id)


def timing_door(meeting_id: int) -> Element:
    return button(_("Share out the time…"), TIMING, meeting_id)


def timing_form(meeting: MeetingSeen) -> View:
    """How the minutes of a meeting are shared out."""
    told = _("The meeting takes {length}. What is left of it is for items.")
    return form(
        TIMING_FORM,
        _("Share out the time"),
        [
            paragraph(told.format(length=minutes(meeting.minutes))),
            _minutes("opening", _("Meet our staff and our work: minutes at the beginning"), meeting.opening),
            _minutes("breaks", _("Break: minutes in the middle"), meeting.breaks),
            _minutes("reserve", _("Kept for what comes up: minutes at the end"), meeting.reserve),
        ],
        submit=_("Save"),
        about=meeting.id,
    )


def _minutes(field: str, label: str, known: int) -> Block:
    return input_block(field, label, number_input(known, 0, LONGEST_MEETING))


def order_form(seen: ToOrderSeen) -> View:
    listed = seen.items.first(MOST_LISTED)
    return form(
        ORDER_FORM,
        _("Change the order"),
        [
            rich(rows(map(item_line, listed.shown), "ordered")),
            *and_more(listed),
            text_field(
                "order",
                _("The new order"),
                hint=_(
                    "Write the numbers as you want them, for example: 3 1 2. "
                    "Items that you leave out come after these."
                ),
            ),
        ],
        submit=_("Save"),
        about=f"{seen.meeting_id}:{seen.mark}",
    )
