"""Taking an item back: its author's button, and what they read then."""

from bot.seen.items import ItemSeen
from handlers.blocks.ids import WITHDRAW
from handlers.blocks.items import item_line
from handlers.blocks.kit import Block, Element, button, confirmation, paragraph, rich, rows
from handlers.words import _


def withdraw_door(item: ItemSeen, label: str, page: int | None = None) -> Element:
    """Taking it back is asked about: the way back is to type it anew."""
    sure = confirmation(
        _("Withdraw this item?"),
        _("The host sees that you took it back. If you want to bring it after all, add it again."),
        yes=_("Withdraw"),
        no=_("Keep it"),
    )
    where = item.id if page is None else f"{item.id}:{page}"
    return button(label, WITHDRAW, where, about=item.title, confirm=sure)


def taken_back(item: ItemSeen) -> list[Block]:
    return [
        paragraph(_("Withdrawn:")),
        rich(rows([item_line(item.as_brought)])),
        paragraph(_("The host sees that you took it back. Thank you for saying so.")),
    ]
