"""Membership: which collaborative a person is with."""

from datetime import datetime

from bot.errors import UserError
from bot.items import Receipt, drafts_of, submit_all
from bot.people import Actor
from bot.words import _
from storage import Session
from storage.consortia import Collaborative, collaborative_by_id, rotation


def join(session: Session, actor: Actor, collaborative_id: int, now: datetime) -> Receipt:
    """Note the person's collaborative, and hand in what they had typed before we asked; in the order they typed it."""
    collaborative = collaborative_by_id(session, actor.consortium, collaborative_id)
    if collaborative is None or collaborative.position is None:
        raise UserError(_("This collaborative is no longer here. Please choose another."), "collaborative")
    actor.person.collaborative = collaborative
    session.flush()
    return submit_all(session, actor, drafts_of(session, actor)[::-1], now)


def choices(session: Session, actor: Actor) -> list[Collaborative]:
    return rotation(session, actor.consortium)
