"""Several messages in one: each under the other."""

from collections.abc import Sequence

from handlers.blocks import limits
from handlers.blocks.kit import Block, Message, divider, small
from handlers.words import _


def one_under_the_other(messages: Sequence[Message]) -> list[Block]:
    """All of them, whether there is room for them or not."""
    parts = [
        [divider(), *message.blocks] if number else message.blocks for number, message in enumerate(messages)
    ]
    return [block for part in parts for block in part]


def together(messages: Sequence[Message]) -> Message:
    """One after the other, as many as there is room for."""
    blocks: list[Block] = []
    for number, message in enumerate(messages):
        part = [divider(), *message.blocks] if blocks else message.blocks
        is_last = number + 1 == len(messages)
        if len(blocks) + len(part) + (not is_last) > limits.MESSAGE_BLOCKS:
            n = len(messages) - number
            return Message([*blocks, small(_("and {n} more").format(n=n))])
        blocks += part
    return Message(blocks)
