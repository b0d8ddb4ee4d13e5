"""Removing words: what shows who somebody is goes out of an item, and out of every message in which the bot told it."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from bot.doors import redraw_doors
from bot.errors import NothingChanged
from bot.fingerprints import Fingerprint, fingerprint
from bot.items_to_change import item_to_change
from bot.items_to_read import as_read_by
from bot.legal_holds import put_by, put_by_published
from bot.people import Actor
from bot.seen.items import ItemSeen, gone, must_see
from bot.what_came_of import follow_ups_about, results_about
from storage import outbox
from storage.consortia import Consortium
from storage.copies import has_copies, lock_with_copies
from storage.database import Base
from storage.erasures import note_down, note_of_item
from storage.follow_ups import lock_follow_ups_of
from storage.items import TAKEN_OFF, Item, item_by_id
from storage.post_kinds import PostKind
from storage.questions import questions_of_item
from storage.tenancy import Session
from storage.traces import posts_that_show, rewrite_entries, title_as_brought


class ToRemove(NamedTuple):
    """What is to be removed. `tells`: its author hears of it. `has_copies`: so goes what stands in these, or in what it is a copy of."""

    item: ItemSeen
    tells: bool
    words: Fingerprint
    """Their fingerprint, by which they are known to be the same."""
    has_copies: bool = False


def words_to_remove(session: Session, actor: Actor, item_id: int, now: datetime) -> ToRemove:
    """The item, as it reads now. Raises NothingChanged if it is gone."""
    item = item_by_id(session, item_id)
    if item is None:
        raise gone()
    return ToRemove(
        must_see(item, as_read_by(session, actor, item, now)),
        _is_told(actor, item),
        _fingerprint(session, actor.consortium, item),
        has_copies(session, item.id),
    )


def remove_words(
    session: Session, actor: Actor, item_id: int, instead: str, now: datetime, read: str | None = None
) -> None:
    """Put `instead` in the place of its title, and nothing in the place of all else that was written in it, or about it in notes, or asked and answered about it. What is to be done about it keeps its owner and day.

    So go the words of its copies, and of what it is a copy of, whatever they read by now: what one of them tells of somebody, the
    others may still tell. And so goes what was written down of it together with the one to which it was joined. Its author hears so, unless it was they. `read`: the fingerprint of the words that were read. Raises
    NothingChanged if they are others by now, if the item is gone, or if none of these has words of anybody any more.
    """
    family = lock_with_copies(session, item_id)
    item = item_to_change(session, item_id, partial(as_read_by, session, actor, now=now))
    lock_follow_ups_of(session, [*family, *(one.joined_to for one in family if one.joined_to)])
    if all(_has_no_words(session, actor.consortium, one, instead) for one in family):
        raise NothingChanged("These words were removed already.")
    if read and read != _fingerprint(session, actor.consortium, item):
        raise NothingChanged("These words are others by now. Please read them once more.")
    _remove_everywhere(session, actor.consortium, family, instead, now)
    if _is_told(actor, item):
        _tell_its_author(session, _newest(family) or item, now)


def remove_words_again(
    session: Session, consortium: Consortium, item: Item, instead: str, now: datetime
) -> None:
    """After a restore. Whoever brought it heard so before."""
    family = lock_with_copies(session, item.id)
    lock_follow_ups_of(session, [*family, *(one.joined_to for one in family if one.joined_to)])
    _remove_everywhere(session, consortium, family, instead, now)


def _remove_everywhere(
    session: Session, consortium: Consortium, family: Sequence[Item], instead: str, now: datetime
) -> None:
    put_by_published(session, consortium, family, now)
    for one in family:
        put_by(session, consortium, _rows_with_words(session, consortium, one), now)
        _remove(session, consortium, one, instead)
    note_down(session, [note_of_item(session, one) for one in family], now)
    _remove_where_they_are_told(session, family, instead, now)
    redraw_doors(session, consortium.id)


def _rows_with_words(session: Session, consortium: Consortium, item: Item) -> list[Base]:
    """Its own, and those of what was written, asked and agreed about it; and that of the item together with which its host calls it something."""
    results = [result for _, result in results_about(session, consortium, [item])]
    asked = questions_of_item(session, item)
    both = [item.joined_to] if item.joined_to is not None and item.joined_to.placed_title else []
    return [item, *both, *results, *follow_ups_about(session, consortium, item), *asked]


def _newest(family: Sequence[Item]) -> Item | None:
    """The one that its author may still want to say again."""
    return next((one for one in reversed(family) if one.state not in TAKEN_OFF), None)


def _remove(session: Session, consortium: Consortium, item: Item, instead: str) -> None:
    item.title = instead
    for _, result in results_about(session, consortium, [item]):
        result.outcome = None
    for follow_up in follow_ups_about(session, consortium, item):
        follow_up.words = instead
    for question in questions_of_item(session, item):
        question.words = question.answer = None
    item.details = item.links = item.lead = item.on_behalf_of = item.note = None
    item.placed_title = item.placed_lead = item.heading = None
    item.take_back_common_title()
    item.removals += 1


def _remove_where_they_are_told(session: Session, items: Sequence[Item], instead: str, now: datetime) -> None:
    emptied = {"title": instead, "lead": None, "heading": None}
    numbers = {item.id for item in items}
    rewrite_entries(
        session,
        numbers,
        lambda entry: entry | (emptied if entry["item_id"] in numbers else title_as_brought(session, entry)),
    )
    for post in posts_that_show(session, items):
        post.loses_words(now)


def _has_no_words(session: Session, consortium: Consortium, item: Item, instead: str) -> bool:
    return set(_told(session, consortium, item)) == {instead} and not any(_rest(session, consortium, item))


def _told(session: Session, consortium: Consortium, item: Item) -> list[str]:
    """What can't be without words."""
    return [item.title, *(follow_up.words for follow_up in follow_ups_about(session, consortium, item))]


def _rest(session: Session, consortium: Consortium, item: Item) -> list[str | None]:
    outcomes = [result.outcome for _, result in results_about(session, consortium, [item])]
    asked = [
        words for question in questions_of_item(session, item) for words in (question.words, question.answer)
    ]
    by_its_author = [item.details, item.links, item.lead, item.on_behalf_of]
    by_hosts = [item.note, item.placed_title, item.placed_lead, item.heading]
    return [*by_its_author, *by_hosts, *outcomes, *asked]


def _fingerprint(session: Session, consortium: Consortium, item: Item) -> Fingerprint:
    return fingerprint([*_told(session, consortium, item), *_rest(session, consortium, item)])


def _is_told(actor: Actor, item: Item) -> bool:
    is_there = item.proposer.takes_part and item.proposer.left_at is None and item.proposer.erased_at is None
    return is_there and item.proposer_id != actor.person.id


def _tell_its_author(session: Session, item: Item, now: datetime) -> None:
    key = PostKind.WORDS_REMOVED.key(item=item.id, number=item.removals)
    place = item.proposer.user_id
    outbox.owe(session, PostKind.WORDS_REMOVED, key, subject_id=item.id, place=place, due=now)
