"""Several messages in one: each under the other, and the last in short where there is no room for all of them."""

from collections.abc import Sequence

from handlers.blocks.kit import Block, Message, actions, divider, line, paragraph, rich, rows, small
from handlers.blocks.pieces import mine_door, status_door
from handlers.blocks.spoken import first_words
from handlers.blocks.surfaces import MESSAGE
from handlers.words import _

A_LINE = 150
LINES_IN_SHORT = 20


def together(messages: Sequence[Message]) -> Message:
    """All of them. If they have grown and there is no room, the last stand in short, with a door to all of it."""
    whole = len(messages)
    while whole and not MESSAGE.holds(_with_the_last_in_short(messages, whole)):
        whole -= 1
    return Message(_with_the_last_in_short(messages, whole))


def one_under_the_other(messages: Sequence[Message]) -> list[Block]:
    """All of them, whether there is room for them or not."""
    parts = [
        [divider(), *message.blocks] if number else message.blocks for number, message in enumerate(messages)
    ]
    return [block for part in parts for block in part]


def _with_the_last_in_short(messages: Sequence[Message], whole: int) -> list[Block]:
    """The first are `whole`."""
    in_short = messages[whole:]
    return one_under_the_other([*messages[:whole], *([_in_short(in_short)] if in_short else [])])


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
