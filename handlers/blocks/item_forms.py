"""The form of an item: to add it, to edit it, and to bring it again."""

from bot.items import Proposal
from bot.reading.durations import LONGEST, SHORTEST
from bot.seen.items import ItemSeen
from handlers.blocks.fields import text_field
from handlers.blocks.ids import ADD_AGAIN_FORM, ADD_FORM, EDIT_FORM
from handlers.blocks.items import wishes
from handlers.blocks.kit import Block, View, form, input_block, number_input, option, select
from handlers.words import _

NOTHING_YET = Proposal("")


def add_form(known: Proposal = NOTHING_YET) -> View:
    return form(ADD_FORM, _("Add an item"), _fields(known), submit=_("Add"))


def add_again_form(item: ItemSeen) -> View:
    return form(ADD_AGAIN_FORM, _("Add it again"), _fields(_known(item)), submit=_("Add"), about=item.id)


def edit_form(item: ItemSeen) -> View:
    return form(EDIT_FORM, _("Edit your item"), _fields(_known(item)), submit=_("Save"), about=item.id)


def _known(item: ItemSeen) -> Proposal:
    own = item.in_own_words
    return Proposal(own.title, item.details, item.wish, own.minutes, item.links, own.lead, item.on_behalf_of)


def _fields(known: Proposal) -> list[Block]:
    choices = [option(label, wish) for wish, label in wishes().items()]
    return [
        text_field("title", _("What is it about?"), known.title),
        input_block(
            "wish",
            _("What would you like from the room?"),
            select(choices, known.wish),
            optional=True,
        ),
        input_block(
            "minutes",
            _("How many minutes?"),
            number_input(known.minutes, SHORTEST, LONGEST),
            optional=True,
        ),
        text_field(
            "details",
            _("Details"),
            known.details,
            optional=True,
            hint=_("Everybody in the shared channel may read this."),
        ),
        text_field("links", _("Links"), known.links, optional=True),
        text_field(
            "on_behalf_of",
            _("On behalf of"),
            known.on_behalf_of,
            optional=True,
            hint=_("Is it for somebody else? Leave this empty if it is from you."),
        ),
        text_field(
            "lead",
            _("Who leads it?"),
            known.lead,
            optional=True,
            hint=_("If you leave this empty, it is the person who brings it."),
        ),
    ]
