"""The forms in which a host decides against an item, or for a thread of its own."""

from bot.seen.items import ItemSeen
from handlers.blocks.decisions import SEPARATELY, asked_of, reasons, way_of
from handlers.blocks.fields import text_field
from handlers.blocks.ids import LEAVE_OUT_FORM
from handlers.blocks.kit import Block, View, bold, form, input_block, line, option, rich, select, small
from handlers.blocks.people import called
from handlers.words import _


def leave_out_form(item: ItemSeen, opened_from: str) -> View:
    apart = option(_("We take it up separately, in a thread"), SEPARATELY)
    return form(
        LEAVE_OUT_FORM,
        _("Not this one"),
        [
            *_what_is_told(item),
            input_block(
                "reason",
                _("Why not this time?"),
                select([apart, *(option(why, key) for key, why in reasons().items())]),
            ),
            _line_of_ones_own(),
        ],
        submit=_("Tell them"),
        about=f"{asked_of(item)}:{opened_from}",
    )


def separately_form(item: ItemSeen, opened_from: str) -> View:
    """The same for that one reason, with what follows from it."""
    return form(
        LEAVE_OUT_FORM,
        _("Take it up separately"),
        [
            *_what_is_told(item),
            small(
                _(
                    "Then a thread about it opens in the shared channel. "
                    "It calls those who said “Me too”, and everybody can join in."
                )
            ),
            _line_of_ones_own(),
        ],
        submit=_("Tell them"),
        about=f"{way_of(item, SEPARATELY)}:{opened_from}",
    )


def _what_is_told(item: ItemSeen) -> list[Block]:
    told = _("{name} will read this, in a direct message.")
    return [rich(line(bold(item.title))), small(told.format(name=called(item.proposer)))]


def _line_of_ones_own() -> Block:
    hint = _("A kind word helps between neighbors.")
    return text_field("note", _("A line of your own"), optional=True, hint=hint)
