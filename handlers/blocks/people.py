"""How people are called on screen."""

from handlers.words import _


def called(name: str | None) -> str:
    """Their name, also where nobody knows it."""
    return name or _("Someone")


def with_collaborative(name: str, collaborative: str | None) -> str:
    return (
        _("{name} ({collaborative})").format(name=name, collaborative=collaborative)
        if collaborative
        else name
    )
