"""Who came, on screen: the form that asks for counts, and the line that tells them."""

from collections.abc import Sequence

from bot.attendance import MOST_PEOPLE
from bot.seen.results import CameSeen, ToCountSeen
from handlers.blocks.ids import WHO_CAME_FORM
from handlers.blocks.kit import View, form, input_block, number_input, small
from handlers.blocks.meetings import when_and_where
from handlers.words import _, listing

CAME = "came:"
"""The field of a collaborative begins so, and ends with its id."""
MOST_ASKED = 90
"""A form holds no more."""


def who_came_form(seen: ToCountSeen) -> View:
    """A number for each collaborative. Nobody has to know all of them."""
    fields = [
        input_block(f"{CAME}{one.id}", one.name, number_input(one.people, 0, MOST_PEOPLE), optional=True)
        for one in seen.asked[:MOST_ASKED]
    ]
    hint = small(_("How many people came? The notes tell the numbers, and no names."))
    return form(
        WHO_CAME_FORM,
        _("Who came?"),
        [*when_and_where(seen.meeting), hint, *fields],
        submit=_("Save"),
        about=seen.meeting.id,
    )


def who_came(came: Sequence[CameSeen]) -> str:
    """In a line: the number of each. Of whom nobody came, or nobody has said, it says nothing."""
    of_each = [f"{one.name} {one.people}" for one in came if one.people]
    return _("Who came: {of_each}").format(of_each=listing(of_each)) if of_each else _("Nobody came.")
