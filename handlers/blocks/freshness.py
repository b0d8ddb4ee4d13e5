"""Whether an item is still wanted, on its author's screen: the question, and what was said to it."""

from bot.seen.items import ItemSeen, ItemState, OwnSeen
from handlers.blocks.ids import BRING_BACK, EDIT, KEEP, LEARNED, SOLVE
from handlers.blocks.items import item_line, states
from handlers.blocks.kit import Block, Element, Message, actions, bold, button, paragraph, rich, rows
from handlers.blocks.meetings import yet_to_confirm
from handlers.blocks.taking_back import taken_back, withdraw_door
from handlers.words import _, short_day


def still_wanted(own: OwnSeen) -> Message:
    """To its author, in a direct message, where two meetings were held without it."""
    item = own.item
    if item.state == ItemState.WITHDRAWN:
        return Message(taken_back(item))
    if item.state == ItemState.SOLVED:
        return Message([*solved(item), actions(*solved_doors(item))])
    if item.state == ItemState.RESTING:
        return Message(_rests(item))
    if not own.is_asked:
        return Message([paragraph(states()[item.state]), _named(item)])
    return Message(kept(item) if own.is_wanted else _asked(item))


def question() -> str:
    return _("Do you still want to talk about it? If you do nothing, it stays on the list.")


def kept(item: ItemSeen) -> list[Block]:
    return [
        paragraph(_("✓ Thank you. It stays on the list, and the next host will read it.")),
        _named(item),
    ]


def solved(item: ItemSeen) -> list[Block]:
    """And the offer to keep what was learned, for others."""
    said = _("✓ Solved. Thank you for saying so! Would you like to tell the others what you learned?")
    return [paragraph(said), _named(item)]


def _rests(item: ItemSeen) -> list[Block]:
    said = _(
        "Your item rests, since meetings were held without it. Nothing is deleted, and hosts still see it. If you bring it back, the next host reads it."
    )
    return [paragraph(said), _named(item), actions(bring_back_door(item))]


def brought_back(item: ItemSeen) -> list[Block]:
    return [paragraph(_("✓ It is back on the list, and the next host will read it.")), _named(item)]


def keep_door(item: ItemSeen, page: int | None = None) -> Element:
    return button(_("Keep it"), KEEP, _where(item, page), about=item.title)


def solve_door(item: ItemSeen, page: int | None = None) -> Element:
    return button(_("It is solved"), SOLVE, _where(item, page), about=item.title)


def bring_back_door(item: ItemSeen, page: int | None = None) -> Element:
    return button(bring_back_label(), BRING_BACK, _where(item, page), about=item.title)


def bring_back_label() -> str:
    return _("Bring it back")


def solved_doors(item: ItemSeen, page: int | None = None) -> list[Element]:
    return [
        button(_("Keep what was learned…"), LEARNED, item.id, about=item.title),
        button(_("It is not solved"), BRING_BACK, _where(item, page), about=item.title),
    ]


def _asked(item: ItemSeen) -> list[Block]:
    said = _("Your item goes on to the next meeting, on {day}. {host} will read it and answer you.")
    goes_on = []
    if item.meeting is not None:
        goes_on = [
            paragraph(said.format(day=short_day(item.meeting.day), host=item.meeting.host)),
            *yet_to_confirm(item.meeting),
        ]
    doors = [
        keep_door(item),
        button(_("Change it…"), EDIT, item.id, about=item.title),
        solve_door(item),
        withdraw_door(item, _("Take it off")),
    ]
    return [*goes_on, _named(item), paragraph(bold(question())), actions(*doors)]


def _named(item: ItemSeen) -> Block:
    return rich(rows([item_line(item.as_brought)]))


def _where(item: ItemSeen, page: int | None) -> str:
    return str(item.id) if page is None else f"{item.id}:{page}"
