"""A file as it goes up to Slack."""

from dataclasses import dataclass

from handlers.blocks.kit import Message


@dataclass(frozen=True)
class File:
    """`name` is what it is called where somebody keeps it, `title` what Slack calls it, and `words` stand above it. Slack takes rich text for these, and no buttons."""

    name: str
    title: str
    content: bytes
    words: Message
