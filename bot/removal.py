"""Removing words: what shows who somebody is goes out of an item, and out of every message in which the bot told it."""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import NamedTuple

from bot.doors import redraw_doors
from bot.errors import NothingChanged
from bot.items import as_read_by, item_to_change
from bot.people import Actor
from bot.seen.items import ItemSeen, gone, must_see
from storage import outbox
from storage.follow_ups import follow_ups_of_item
from storage.items import Item, item_by_id, lock_item
from storage.post_kinds import PostKind
from storage.questions import questions_of_item
from storage.results import results_of_item
from storage.tenancy import Session
from storage.traces import posts_that_show, rewrite_entries


class ToRemove(NamedTuple):
    """What is to be removed. `tells`: its author hears of it."""

    item: ItemSeen
    tells: bool
    words: str
    """Their fingerprint, by which they are known to be the same."""


def words_to_remove(session: Session, actor: Actor, item_id: int) -> ToRemove:
    """The item, as it reads now. Raises NothingChanged if it is gone."""
    item = item_by_id(session, item_id)
    if item is None:
        raise gone()
    return ToRemove(
        must_see(item, as_read_by(session, actor, item)),
        _is_told(actor, item),
        _fingerprint(session, item),
    )


def remove_words(
    session: Session, actor: Actor, item_id: int, instead: str, now: datetime, read: str | None = None
) -> None:
    """Put `instead` in the place of its title, and nothing in the place of all else that was written in it, or about it in notes, or asked and answered about it. What is to be done about it keeps its owner and day.

    Its author hears so, unless it was they. `read`: the fingerprint of the words that were read. Raises NothingChanged if
    they are others by now, if the item is gone, or if it has no words of anybody any more.
    """
    item = item_to_change(session, item_id, partial(as_read_by, session, actor))
    if set(_told(session, item)) == {instead} and not any(_rest(session, item)):
        raise NothingChanged("These words were removed already.")
    if read and read != _fingerprint(session, item):
        raise NothingChanged("These words are others by now. Please read them once more.")
    for one in [item, *_copies_of(session, item)]:
        _remove(session, one, instead, now)
    redraw_doors(session, item.consortium_id)
    if _is_told(actor, item):
        _tell_its_author(session, item, now)


def _copies_of(session: Session, item: Item) -> Iterator[Item]:
    """Those that still read as it does, and theirs."""
    for result in results_of_item(session, item):
        copy = lock_item(session, result.copy_id) if result.copy_id is not None else None
        if copy is not None and copy.title == item.title:
            yield copy
            yield from _copies_of(session, copy)


def _remove(session: Session, item: Item, instead: str, now: datetime) -> None:
    item.title = instead
    for result in results_of_item(session, item):
        result.outcome = None
    for follow_up in follow_ups_of_item(session, item):
        follow_up.words = instead
    for question in questions_of_item(session, item):
        question.words = question.answer = None
    item.details = item.links = item.lead = item.on_behalf_of = item.note = None
    item.placed_title = item.placed_lead = item.section = None
    item.removals += 1
    emptied = {"title": instead, "lead": None, "section": None}
    rewrite_entries(session, {item.id}, lambda entry: entry | emptied)
    for post in posts_that_show(session, [item]):
        post.loses_words(now)


def _told(session: Session, item: Item) -> list[str]:
    """What can't be without words."""
    return [item.title, *(follow_up.words for follow_up in follow_ups_of_item(session, item))]


def _rest(session: Session, item: Item) -> list[str | None]:
    outcomes = [result.outcome for result in results_of_item(session, item)]
    asked = [
        words for question in questions_of_item(session, item) for words in (question.words, question.answer)
    ]
    by_its_author = [item.details, item.links, item.lead, item.on_behalf_of]
    by_hosts = [item.note, item.placed_title, item.placed_lead, item.section]
    return [*by_its_author, *by_hosts, *outcomes, *asked]


def _fingerprint(session: Session, item: Item) -> str:
    words = json.dumps([*_told(session, item), *_rest(session, item)])
    return sha256(words.encode()).hexdigest()[:16]


def _is_told(actor: Actor, item: Item) -> bool:
    is_there = item.proposer.takes_part and item.proposer.left_at is None and item.proposer.erased_at is None
    return is_there and item.proposer_id != actor.person.id


def _tell_its_author(session: Session, item: Item, now: datetime) -> None:
    key = PostKind.WORDS_REMOVED.key(item=item.id, number=item.removals)
    place = item.proposer.user_id
    outbox.owe(session, PostKind.WORDS_REMOVED, key, subject_id=item.id, place=place, due=now)
