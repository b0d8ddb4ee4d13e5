"""How people are called on screen."""

from bot.words import _
from storage.consortia import Collaborative


def with_collaborative(name: str, collaborative: Collaborative | None) -> str:
    return (
        _("{name} ({collaborative})").format(name=name, collaborative=collaborative.name)
        if collaborative
        else name
    )
