"""Two items that go together, on screen: the form that joins them, and the button that takes them apart."""

from bot.joining import ToJoinSeen
from bot.seen.items import ItemSeen, ItemState
from handlers.blocks.fields import text_field
from handlers.blocks.ids import JOIN_ITEMS, JOIN_ITEMS_FORM, TAKE_APART
from handlers.blocks.items import item_text, line_with_proposer, proposers_of, title_and_whose
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    View,
    button,
    form,
    input_block,
    option,
    rich,
    section,
    select,
    small,
)
from handlers.blocks.limits import MENU_OPTIONS
from handlers.blocks.pieces import and_more
from handlers.words import _

TO_JOIN = "join"
"""In the menu of an item, the way to the form that joins it with another."""
MOST_APART = 20
"""Items that go together with one, each with its button."""


def join_label() -> str:
    return _("Join with another item…")


def join_door(item: ItemSeen) -> Element:
    return button(join_label(), JOIN_ITEMS, _of_meeting(item), about=item.title)


def take_apart_door(item: ItemSeen, opened_from: str = "") -> Element:
    where = f"{_of_meeting(item)}:{opened_from}" if opened_from else _of_meeting(item)
    return button(_("Take apart"), TAKE_APART, where, about=item.title)


def _of_meeting(item: ItemSeen) -> str:
    """And the meeting: should the item go on to another one, the button is good for nothing there."""
    return f"{item.id}:{item.meeting.id if item.meeting else 0}"


def join_form(seen: ToJoinSeen, opened_from: str) -> View:
    """Which other item goes together with this one, and what they are called on the agenda."""
    item, others = seen.item, seen.others.first(MENU_OPTIONS)
    stays = item.state == ItemState.ON_AGENDA
    return form(
        JOIN_ITEMS_FORM,
        _("Join two items"),
        [
            *_as_it_stands(item, opened_from),
            small(
                _(
                    "They take one place on the agenda. Both people keep their words, and both are told with your decision."
                )
            ),
            input_block(
                "other",
                _("Which item does it go together with?"),
                select([option(title_and_whose(one), one.id) for one in others.shown]),
            ),
            *and_more(others),
            text_field(
                "title",
                _("What they are called on the agenda"),
                item.title if stays else None,
                optional=True,
                hint=""
                if stays
                else _("If you leave this empty, the agenda shows the title of the item that you choose."),
            ),
        ],
        submit=_("Join"),
        about=f"{_of_meeting(item)}:{opened_from}",
    )


def nothing_to_join(seen: ToJoinSeen, opened_from: str) -> Message:
    """What can be done where no other item is before the host."""
    alone = small(_("There is no other item before you for this meeting."))
    return Message([*_as_it_stands(seen.item, opened_from), alone])


def _as_it_stands(item: ItemSeen, opened_from: str) -> list[Block]:
    return [rich(line_with_proposer(item)), *(_joined(one, opened_from) for one in item.joined[:MOST_APART])]


def _joined(item: ItemSeen, opened_from: str) -> Block:
    said = _("Goes together with it: {item}").format(item=item_text(item, proposers_of(item)))
    return section(said, take_apart_door(item, opened_from))


def goes_with(item: ItemSeen) -> Block:
    """On the card of an item that is joined to another."""
    said = _("This goes together with “{title}”. What you decide about that one counts for both.")
    return small(said.format(title=item.joined_to.title if item.joined_to else ""))
