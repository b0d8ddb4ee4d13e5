"""What rests, for those who decide: how much it is, and a page of it, from which each item is brought back."""

from bot.seen.agenda import AgendaSeen
from bot.seen.items import ItemSeen
from handlers.blocks.decisions import TO_REMOVE, way_of
from handlers.blocks.freshness import bring_back_label
from handlers.blocks.ids import ARRANGE, RESTING
from handlers.blocks.items import item_text, proposer_of, remove_label
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    button,
    header,
    option,
    overflow,
    paragraph,
    section,
    small,
)
from handlers.blocks.people import with_collaborative
from handlers.blocks.pieces import and_more, turning
from handlers.words import _, ngettext

TO_WAKE = "wake"
"""In the menu of an item that rests, the way to bring it back."""
TO_READ = "read"
"""In the menu of an item, a way that moves it nowhere."""


def resting_door(agenda: AgendaSeen) -> list[Element]:
    """On the board, where something rests."""
    n = agenda.resting.count
    if not n or agenda.meeting is None:
        return []
    label = ngettext("{n} item rests…", "{n} items rest…", n).format(n=n)
    return [button(label, RESTING, agenda.meeting.id)]


def resting(agenda: AgendaSeen) -> Message:
    """A page of what rests with the host of this meeting."""
    rest, meeting = agenda.resting, agenda.meeting
    if not rest.count or meeting is None:
        return Message([paragraph(_("Nothing rests."))])
    blocks = [
        header(_("What rests")),
        small(_("Meetings were held without these. Bring one back, and it waits for your answer.")),
    ]
    blocks += [_row(item) for item in rest.shown]
    return Message([*blocks, *and_more(rest), *turning(RESTING, agenda.page, rest, of=meeting.id)])


def _row(item: ItemSeen) -> Block:
    said = item_text(item, with_collaborative(proposer_of(item), item.collaborative))
    ways = {
        TO_WAKE: bring_back_label(),
        TO_READ: _("Read more") if item.has_more_to_read else "",
        TO_REMOVE: remove_label(),
    }
    options = [option(label, way_of(item, way)) for way, label in ways.items() if label]
    return section(said, overflow(ARRANGE, options))
