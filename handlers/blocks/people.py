"""How people are called on screen."""

from bot.errors import Name
from handlers.words import _, in_words
from storage.consortia import Collaborative


def called(name: str | None) -> str:
    """A name, also where nobody knows it."""
    return in_words(Name(name))


def with_collaborative(name: str, collaborative: Collaborative | None) -> str:
    return (
        _("{name} ({collaborative})").format(name=name, collaborative=collaborative.name)
        if collaborative
        else name
    )
