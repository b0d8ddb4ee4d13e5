"""Membership: which collaborative a person is with."""

from dataclasses import dataclass
from datetime import datetime

from bot.comings_and_goings import following_who_does_what
from bot.errors import NothingChanged, UserError, Words
from bot.items import Receipt, drafts_of, submit_all
from bot.people import Actor
from storage.consortia import Collaborative, collaborative_by_id
from storage.tenancy import Session


@dataclass(frozen=True)
class Joined:
    """With which collaborative somebody is now, and what became of what they had typed before."""

    collaborative: str
    received: Receipt


def join(session: Session, actor: Actor, collaborative_id: int, now: datetime) -> Joined:
    """Note the person's collaborative, and hand in what they had typed before we asked; in the order they typed it.

    Whoever has one already keeps it: an old question answers nothing any more, and raises NothingChanged.
    Raises UserError if the collaborative is no longer here.
    """
    theirs, drafts = actor.person.collaborative, drafts_of(session, actor)[::-1]
    if theirs is None:
        with following_who_does_what(session, actor.consortium, now):
            theirs = actor.person.collaborative = _to_be_joined(session, collaborative_id)
    elif not drafts and theirs.id != collaborative_id:
        raise NothingChanged(
            "You are with {name} already.",
            field="collaborative",
            then=Words("An admin can change it."),
            name=theirs.name,
        )
    return Joined(theirs.name, submit_all(session, actor, drafts, now))


def _to_be_joined(session: Session, collaborative_id: int) -> Collaborative:
    collaborative = collaborative_by_id(session, collaborative_id)
    if collaborative is None or collaborative.position is None:
        raise UserError(
            "This {collaborative} is no longer here. Please choose another.", field="collaborative"
        )
    return collaborative
