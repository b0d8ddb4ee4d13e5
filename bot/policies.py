"""Who may do what, looked up at the moment of the click. `subject` is what the click is about: an item's or a meeting's id."""

from collections.abc import Callable

from bot.errors import UserError
from bot.people import Actor, may_decide
from bot.words import _
from storage import Session
from storage.consortia import Collaborative
from storage.items import item_by_id
from storage.meetings import meeting_by_id

Policy = Callable[[Session, Actor, int | None], None]
"""Returns when the actor may, raises UserError when not."""


def anyone(session: Session, actor: Actor, subject: int | None) -> None:
    """Everyone who can read the shared channel; that was made sure of when they were first met."""


def author(session: Session, actor: Actor, subject: int | None) -> None:
    """Whoever proposed the item."""
    item = item_by_id(session, actor.consortium, subject) if subject else None
    if item is None or item.proposer_id != actor.person.id:
        raise UserError(_("Only the person who added an item can change it. Nothing was changed."))


def decides_on_item(session: Session, actor: Actor, subject: int | None) -> None:
    """A curator of the collaborative that hosts the item's meeting."""
    item = item_by_id(session, actor.consortium, subject) if subject else None
    if item is None or item.meeting is None:
        raise UserError(_("This item is no longer here to be decided. Nothing was changed."))
    _must_decide_for(session, actor, item.meeting.host)


def decides_on_meeting(session: Session, actor: Actor, subject: int | None) -> None:
    """A curator of the collaborative that hosts the meeting."""
    meeting = meeting_by_id(session, actor.consortium, subject) if subject else None
    if meeting is None:
        raise UserError(_("This meeting is no longer here. Nothing was changed."))
    _must_decide_for(session, actor, meeting.host)


def admin(session: Session, actor: Actor, subject: int | None) -> None:  # noqa: ARG001 - every policy is asked alike
    """Keeps the consortium's settings."""
    if not actor.person.is_admin:
        raise UserError(_("Only an admin can change the settings. Nothing was changed."))


def _must_decide_for(session: Session, actor: Actor, host: Collaborative) -> None:
    if not may_decide(session, actor, host):
        raise UserError(
            _("{host} hosts this meeting, so its curators decide. Nothing was changed.").format(
                host=host.name
            )
        )
