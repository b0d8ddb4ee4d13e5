"""What is asked of who comes, on screen: what the day needs for them, and how many their collaborative brings."""

from bot.coming import MOST_PEOPLE
from bot.seen.coming import Need, ToTellOfPartySeen, ToTellSeen
from handlers.blocks.fields import text_field
from handlers.blocks.ids import COMING_FORM, PARTY_FORM
from handlers.blocks.kit import (
    Block,
    Element,
    View,
    checkboxes,
    form,
    input_block,
    number_input,
    option,
    several,
    small,
)
from handlers.blocks.meetings import when_and_where
from handlers.words import _

FIRST_TIME = "new"
"""Among the lines to be ticked, beside what somebody needs."""


def coming_form(seen: ToTellSeen) -> View:
    """What the day needs for who fills it in. Nobody has to say anything."""
    told = seen.told
    ticked = [*told.needed, *([FIRST_TIME] if told.is_new else [])]
    return form(
        COMING_FORM,
        _("Tell the host more"),
        [
            *when_and_where(seen.meeting),
            small(_("Only the host's team reads this. It is deleted 7 days after the meeting.")),
            input_block("about_me", _("About you"), checkboxes(_lines(), ticked), optional=True),
            text_field(
                "more",
                _("What should the host know?"),
                told.more,
                optional=True,
                hint=_(
                    "For example your language, what you do not eat, or the age of a child who comes along."
                ),
            ),
            *_whom_one_knows(seen),
        ],
        submit=_("Save"),
        about=seen.meeting.id,
    )


def _lines() -> list[Element]:
    lines = {FIRST_TIME: _("It is my first meeting"), **_needs()}
    return [option(said, value) for value, said in lines.items()]


def _needs() -> dict[str, str]:
    """In the words of who needs it."""
    return {
        Need.INTERPRETER: _("I need an interpreter"),
        Need.INTERPRETS: _("I can interpret for others"),
        Need.ACCESS: _("I need a way in without stairs"),
        Need.FOOD: _("There is food that I can't eat"),
        Need.CHILD_CARE: _("I need child care"),
    }


def _whom_one_knows(seen: ToTellSeen) -> list[Block]:
    if not seen.others:
        return []
    return [
        input_block(
            "knows",
            _("With whom have you worked before?"),
            several([option(one.name, one.id) for one in seen.others], seen.told.knows),
            optional=True,
            hint=_("The host reads this, to introduce people to each other."),
        )
    ]


def party_form(seen: ToTellOfPartySeen) -> View:
    """How many come of a collaborative. Anybody of it can say so."""
    told = seen.told
    return form(
        PARTY_FORM,
        _("How many of us come?"),
        [
            *when_and_where(seen.meeting),
            small(
                _(
                    "Everybody reads the numbers. The host's team and the people of {name} read who is new. "
                    "It is deleted 7 days after the meeting."
                ).format(name=seen.collaborative)
            ),
            input_block(
                "people",
                _("How many come from {name}?").format(name=seen.collaborative),
                number_input(told.people, 0, MOST_PEOPLE),
                optional=True,
                hint=_("All together, with you. The newest number counts."),
            ),
            input_block(
                "new",
                _("How many of them come for the first time?"),
                number_input(told.new, 0, MOST_PEOPLE),
                optional=True,
            ),
            text_field(
                "who_is_new",
                _("Who is new?"),
                told.who_is_new,
                optional=True,
                hint=_("First names and what they do, if they agree."),
            ),
        ],
        submit=_("Save"),
        about=seen.meeting.id,
    )
