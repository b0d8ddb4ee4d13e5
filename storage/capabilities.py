"""What the bot may do or not, as its installation says, and does without where it may not."""

from enum import StrEnum


class Capability(StrEnum):
    """Under these names a consortium's row and the keys of posts know it."""

    FILES = "files"
    GROUP_MESSAGES = "group messages"
