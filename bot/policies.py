"""Who may do what, looked up at the moment of the click. `subject` is what the click is about: an item's or a meeting's id."""

from collections.abc import Callable
from datetime import datetime

from bot.errors import UserError
from bot.people import Actor, may_decide
from bot.timetable import next_meeting
from bot.undelivered import may_answer_for
from bot.words import _
from storage.consortia import Collaborative
from storage.items import lock_item
from storage.meetings import lock_meeting
from storage.outbox import lock_post
from storage.tenancy import Session
from storage.tips import tip_by_id

Policy = Callable[[Session, Actor, int | None, datetime], None]
"""Returns when the actor may, raises UserError when not."""


def anyone(session: Session, actor: Actor, subject: int | None, now: datetime) -> None:
    """Everyone who can read the shared channel; that was made sure of when they were first met."""


def nobody(_session: Session, _actor: Actor, _subject: int | None, _now: datetime) -> None:
    """What only Slack says, of people who do nothing themselves."""
    raise UserError(_("Only Slack itself says this. Nothing was changed."))


def author(session: Session, actor: Actor, subject: int | None, _now: datetime) -> None:
    """Whoever proposed the item."""
    item = lock_item(session, subject) if subject else None
    if item is None or item.proposer_id != actor.person.id:
        raise UserError(_("Only the person who added an item can change it. Nothing was changed."))


def decides_on_item(session: Session, actor: Actor, subject: int | None, _now: datetime) -> None:
    """A curator of the collaborative that hosts the item's meeting."""
    item = lock_item(session, subject) if subject else None
    if item is None or item.meeting is None:
        raise UserError(_("This item is no longer here to be decided. Nothing was changed."))
    _must_decide_for(session, actor, item.meeting.host)


def decides_on_meeting(session: Session, actor: Actor, subject: int | None, _now: datetime) -> None:
    """A curator of the collaborative that hosts the meeting."""
    meeting = lock_meeting(session, subject) if subject else None
    if meeting is None:
        raise UserError(_("This meeting is no longer here. Nothing was changed."))
    _must_decide_for(session, actor, meeting.host)


def decides_on_next_meeting(session: Session, actor: Actor, _subject: int | None, now: datetime) -> None:
    """A curator of the collaborative that hosts the meeting which is next."""
    meeting = next_meeting(session, actor.consortium, now)
    if meeting is None:
        raise UserError(
            _("The next meeting is not set yet, so there is no board. An admin adds one in /agenda setup.")
        )
    _must_decide_for(session, actor, meeting.host)


def shared_tip(session: Session, actor: Actor, subject: int | None, _now: datetime) -> None:
    """Whoever shared the tip."""
    tip = tip_by_id(session, subject) if subject else None
    if tip is None or tip.person_id != actor.person.id:
        raise UserError(_("Only the person who shared a tip can change it. Nothing was changed."))


def answers_for_post(session: Session, actor: Actor, subject: int | None, now: datetime) -> None:
    """A curator of the host that the message is about, or an admin."""
    post = lock_post(session, subject) if subject else None
    if post is None:
        raise UserError(_("This message is no longer here. Nothing was changed."))
    if not may_answer_for(session, actor, post, now):
        raise UserError(_("Only the host's curators and admins can answer this. Nothing was changed."))


def admin(_session: Session, actor: Actor, _subject: int | None, _now: datetime) -> None:
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
