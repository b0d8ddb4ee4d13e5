"""How people are called on screen."""

from bot.words import _
from storage.consortia import Collaborative
from storage.people import Person


def name_of(person: Person | None) -> str:
    return (person and person.name) or _("Someone")


def with_collaborative(name: str, collaborative: Collaborative | None) -> str:
    return (
        _("{name} ({collaborative})").format(name=name, collaborative=collaborative.name)
        if collaborative
        else name
    )
