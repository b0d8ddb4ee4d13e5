"""Several messages in one: each under the other."""

from collections.abc import Sequence

from handlers.blocks.kit import Message, divider


def together(messages: Sequence[Message]) -> Message:
    """All of them, whether there is room for them or not."""
    parts = [
        [divider(), *message.blocks] if number else message.blocks for number, message in enumerate(messages)
    ]
    return Message([block for part in parts for block in part])
