"""What blocks stand on: a message, one that a single person sees, a form, and Home. Each holds so much, in its own shape."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NewType

from bot.fingerprints import fingerprint
from handlers.blocks import kit, limits
from handlers.blocks.emoji import with_emoji
from handlers.blocks.fitting import characters, fitted
from handlers.blocks.kit import Block, Message
from handlers.blocks.spoken import spoken_text

Shown = NewType("Shown", dict[str, Any])
"""A message as Slack is given it: a surface holds it."""


class TooManyBlocks(Exception):
    """Words can be cut, and blocks can't."""


@dataclass(frozen=True)
class Surface:
    """`blocks` and `characters`: how many it holds, all texts together. `shape`: how Slack is given what stands on it."""

    name: str
    blocks: int
    characters: int
    shape: Callable[[Message], dict[str, Any]]

    def holds(self, blocks: list[Block]) -> bool:
        """Whether all of them stand on it, with all their words."""
        return len(blocks) <= self.blocks and characters(blocks) <= self.characters

    def shows(self, message: Message) -> Shown:
        """The message on this surface, with people's words cut where they are too many. Raises TooManyBlocks where blocks are."""
        shown = self.shape(Message(self._fitted(message.blocks), message.text))
        return Shown(shown | {"blocks": with_emoji(shown["blocks"])})

    def _fitted(self, blocks: list[Block]) -> list[Block]:
        if len(blocks) > self.blocks:
            raise TooManyBlocks(f"{len(blocks)} blocks, and a {self.name} holds {self.blocks}")
        return fitted(blocks, self.characters)


def _with_text(message: Message) -> dict[str, Any]:
    """The `text` is what screen readers and notifications say: the same words, all of them."""
    text = message.text or spoken_text(message.blocks, limits.MESSAGE_TEXT)
    return {"text": text, "blocks": message.blocks}


def _notice(message: Message) -> dict[str, Any]:
    return kit.notice(message.blocks)


def _home(message: Message) -> dict[str, Any]:
    """By its mark it is known whether another Home would show anything else."""
    mark = fingerprint([json.dumps(message.blocks, sort_keys=True)])
    return kit.home(message.blocks) | {"private_metadata": mark}


MESSAGE = Surface("message", limits.MESSAGE_BLOCKS, limits.MESSAGE_CHARACTERS, _with_text)
EPHEMERAL = Surface("message for one", limits.MESSAGE_BLOCKS, limits.MESSAGE_CHARACTERS, _with_text)
MODAL = Surface("form", limits.VIEW_BLOCKS, limits.VIEW_CHARACTERS, _notice)
HOME = Surface("Home", limits.VIEW_BLOCKS, limits.VIEW_CHARACTERS, _home)
