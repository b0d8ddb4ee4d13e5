"""Removing words: what shows who somebody is goes out of an item, and out of every message in which the bot told it."""

from datetime import datetime
from functools import partial

from bot.doors import redraw_doors_of
from bot.errors import NothingChanged
from bot.items import as_read_by, item_to_change
from bot.people import Actor
from bot.seen.items import ItemSeen, gone, must_see
from storage import outbox
from storage.items import Item, item_by_id
from storage.meetings import every_publication
from storage.post_kinds import PostKind
from storage.tenancy import Session

ABOUT_IT = (
    PostKind.CARD,
    PostKind.OUTCOME,
    PostKind.RECONSIDERED,
    PostKind.CARRIED_OVER,
    PostKind.WITHDRAWAL,
    PostKind.WORDS_REMOVED,
)
LISTS_IT = (
    PostKind.AGENDA,
    PostKind.CALL,
    PostKind.DIGEST,
    PostKind.REMINDER,
    PostKind.STILL_WAITING,
)
"""Of these nobody remembers which items they told, so all are edited that came after it was brought."""


def words_to_remove(session: Session, actor: Actor, item_id: int) -> ItemSeen:
    """The item, as it reads now. Raises NothingChanged if it is gone."""
    item = item_by_id(session, item_id)
    if item is None:
        raise gone()
    return must_see(item, as_read_by(session, actor, item))


def remove_words(session: Session, actor: Actor, item_id: int, instead: str, now: datetime) -> None:
    """Put `instead` in the place of its title, and nothing in the place of all else that was written in it.

    Its author hears so, unless it was they. Raises NothingChanged if it is gone, or has no words of anybody any more.
    """
    item = item_to_change(session, item_id, partial(as_read_by, session, actor))
    if item.title == instead and not (
        item.details or item.links or item.lead or item.on_behalf_of or item.note
    ):
        raise NothingChanged("These words were taken out already.")
    item.title = instead
    item.details = item.links = item.lead = item.on_behalf_of = item.note = None
    item.removals += 1
    _remove_from_publications(session, item)
    session.flush()
    _edit_what_tells_it(session, item)
    if item.proposer_id != actor.person.id:
        _tell_its_author(session, item, now)


def _remove_from_publications(session: Session, item: Item) -> None:
    """Also from versions of before: the newest tells what has changed since."""
    for publication in every_publication(session):
        if any(entry["item_id"] == item.id for entry in publication.entries):
            publication.entries = [
                entry | {"title": item.title, "lead": None} if entry["item_id"] == item.id else entry
                for entry in publication.entries
            ]


def _edit_what_tells_it(session: Session, item: Item) -> None:
    outbox.clear_all_about(session, ABOUT_IT, subject_id=item.id)
    outbox.clear_all_about_those(session, PostKind.UNSURE, ABOUT_IT, subject_id=item.id)
    outbox.clear_all_since(session, LISTS_IT, since=item.created_at)
    redraw_doors_of(session, item.consortium_id)


def _tell_its_author(session: Session, item: Item, now: datetime) -> None:
    key = PostKind.WORDS_REMOVED.key(item=item.id, number=item.removals)
    place = item.proposer.user_id
    outbox.owe(session, PostKind.WORDS_REMOVED, key, subject_id=item.id, place=place, due=now)
