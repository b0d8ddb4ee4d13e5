"""What stands in the place of words that were erased."""

from bot.leaving import Neutral
from handlers.blocks.kit import Message, paragraph
from handlers.words import _


def neutral() -> Neutral:
    return Neutral(name=_("A former member"), title=_("An item of a former member"))


def emptied() -> Message:
    return Message([paragraph(_("What stood here was erased, because somebody asked for it."))])
