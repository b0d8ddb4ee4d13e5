"""Who says “Me too” of an item, in a line, and the buttons with which its reader does."""

from bot.seen.items import ItemRead, ItemSeen, Names
from handlers.blocks.ids import NOT_ME, SAY_ME_TOO
from handlers.blocks.kit import Block, Element, actions, button
from handlers.blocks.people import called
from handlers.words import _, listing

MOST_NAMED = 30


def who_says_me_too(names: Names) -> str:
    """In a line, or nothing where nobody does. Names rank nothing, so of many it does not tell how many."""
    if not names:
        return ""
    first = [called(name) for name in names[:MOST_NAMED]]
    more = [_("others")] if len(names) > MOST_NAMED else []
    return _("Me too: {names}").format(names=listing([*first, *more]))


def me_too_doors(read: ItemRead) -> list[Block]:
    """What its reader can say of an item that somebody else brought."""
    if read.says_me_too is None:
        return []
    about = read.item
    if read.says_me_too:
        return [actions(button(_("Not me any more"), NOT_ME, about.id, about=about.title))]
    return [actions(say_door(about))]


def say_door(item: ItemSeen) -> Element:
    return button(_("Me too"), SAY_ME_TOO, item.id, about=item.title)
