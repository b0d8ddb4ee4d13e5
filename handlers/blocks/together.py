"""Several messages in one: each under the other, and the last in short where there is no room for all of them."""

from collections.abc import Collection, Sequence

from handlers.blocks.kit import Block, Message, actions, divider, line, paragraph, rich, rows, small
from handlers.blocks.pieces import mine_door, status_door
from handlers.blocks.spoken import first_words
from handlers.blocks.surfaces import MESSAGE
from handlers.words import _

A_LINE = 150
LINES_IN_SHORT = 20


def together(messages: Sequence[Message], whole_elsewhere: Collection[int] = ()) -> Message:
    """All of them. If they have grown and there is no room, some stand in short at the end, with doors to all of it.

    The last do so first, and before all others those whose places are given in `whole_elsewhere`: they can be read and pressed there.
    """
    places = range(len(messages))
    last_first = sorted(places, key=lambda place: (place in whole_elsewhere, place), reverse=True)
    drawn = (_with_some_in_short(messages, last_first[:count]) for count in range(len(messages) + 1))
    all_in_short = _with_some_in_short(messages, places)
    return Message(next((blocks for blocks in drawn if MESSAGE.holds(blocks)), all_in_short))


def one_under_the_other(messages: Sequence[Message]) -> list[Block]:
    """All of them, whether there is room for them or not."""
    parts = [
        [divider(), *message.blocks] if number else message.blocks for number, message in enumerate(messages)
    ]
    return [block for part in parts for block in part]


def _with_some_in_short(messages: Sequence[Message], in_short: Collection[int]) -> list[Block]:
    whole = [message for place, message in enumerate(messages) if place not in in_short]
    short = [message for place, message in enumerate(messages) if place in in_short]
    return one_under_the_other([*whole, *([_in_short(short)] if short else [])])


def _in_short(messages: Sequence[Message]) -> Message:
    n = len(messages) - LINES_IN_SHORT
    more = [small(_("and {n} more").format(n=n))] if n > 0 else []
    return Message(
        [
            paragraph(_("There is more here than one message holds, so this stands here in short:")),
            rich(rows(line(first_words(message.blocks, A_LINE)) for message in messages[:LINES_IN_SHORT])),
            *more,
            actions(status_door(), mine_door()),
        ]
    )
