"""The form in which anybody says “Me too” of what others brought, and the answer to who did."""

from collections.abc import Iterable, Sequence

from bot.seen.items import ItemRead, ItemSeen, ItemState
from bot.seen.me_too import ToSaySeen
from handlers.blocks.ids import ME_TOO, ME_TOO_FORM
from handlers.blocks.items import item_line, states, title_and_whose
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    View,
    actions,
    bold,
    button,
    checkboxes,
    form,
    input_block,
    option,
    paragraph,
    rich,
    rows,
    small,
)
from handlers.blocks.limits import CHECKBOXES
from handlers.blocks.pieces import PAGE
from handlers.blocks.who_says_me_too import me_too_doors
from handlers.words import _, ngettext

TICKED = "me_too:"
"""So begins the field of some items: Slack takes so many lines to be ticked together and no more."""


def me_too_door(page: int = 0) -> Element:
    return button(_("Me too…"), ME_TOO, f"{PAGE}:{page}")


def me_too_form(seen: ToSaySeen) -> View:
    """A page of what others brought, with what one said of it before."""
    told = _(
        "Tick what you want to talk about, too. Your name then stands with the item, for everybody who reads it. "
        "It does not change the order."
    )
    fields = [field for state, items in seen.lists.items() for field in _fields(state, items.shown, seen)]
    return form(ME_TOO_FORM, _("Me too"), [small(told), *fields], submit=_("Save"), about=_page(seen))


def _page(seen: ToSaySeen, ahead: int = 0) -> str:
    return f"{PAGE}:{seen.agenda.page + ahead}"


def _fields(state: ItemState, items: Sequence[ItemSeen], seen: ToSaySeen) -> Iterable[Block]:
    for start in range(0, len(items), CHECKBOXES):
        label = states()[state] if not start else _("More of these")
        lines = [option(title_and_whose(item), item.id) for item in items[start : start + CHECKBOXES]]
        ticked = checkboxes(lines, seen.said)
        yield input_block(f"{TICKED}{state}:{start}", label, ticked, optional=True)


def nothing_to_say(seen: ToSaySeen) -> Message:
    """What others brought stands on other pages, or nowhere."""
    said = _("There is nothing here that somebody else brought.")
    return Message([paragraph(said), *_further(seen)])


def noted(seen: ToSaySeen) -> Message:
    """To who sent the form: what they say it of on this page by now."""
    said = [item for item in seen.items if item.id in seen.said]
    of_what = [rich(rows(map(item_line, said)))] if said else []
    told = _("You say “Me too” to these items:") if said else _("You say “Me too” to no item on this page.")
    return Message([paragraph(bold(_("✓ Saved"))), paragraph(told), *of_what, *_gone(seen), *_further(seen)])


def _gone(seen: ToSaySeen) -> list[Block]:
    n = seen.gone
    said = ngettext(
        "{n} item that you ticked is not on the list any more.",
        "{n} items that you ticked are not on the list any more.",
        n,
    )
    return [small(said.format(n=n))] if n else []


def _further(seen: ToSaySeen) -> list[Block]:
    return [actions(button(_("More items…"), ME_TOO, _page(seen, 1)))] if seen.has_more else []


def noted_of_one(read: ItemRead) -> Message:
    """To who pressed it in a message, with the way back."""
    said = (
        _("✓ You say “Me too” here.") if read.says_me_too else _("✓ You do not say “Me too” here any more.")
    )
    return Message([paragraph(bold(said)), rich(rows([item_line(read.item)])), *me_too_doors(read)])
