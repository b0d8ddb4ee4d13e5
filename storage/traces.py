"""Traces: where somebody's words and name stand beside their own rows: in agendas, and in messages."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from storage.items import Item
from storage.meetings import Publication
from storage.people import Person
from storage.post_facts import PostState
from storage.post_kinds import About, PostKind
from storage.posts import UNSEEN, Post
from storage.tenancy import Session
from storage.tips import Tip

LIST_ITEMS = (PostKind.AGENDA, PostKind.CALL, PostKind.STILL_WAITING)
"""Of a meeting."""
AT_ONCE = 500
"""Numbers in one question: databases bear only so many."""


def brought_by(session: Session, person: Person) -> list[Item]:
    """Also drafts, and what was withdrawn. Locked."""
    theirs = select(Item).where(Item.proposer_id == person.id).order_by(Item.id).with_for_update(of=Item)
    return list(session.scalars(theirs.execution_options(populate_existing=True)))


def publications_with(session: Session, item_ids: Collection[int]) -> list[Publication]:
    """Every version of an agenda in which one of these items stands."""
    if not item_ids:
        return []
    every = session.scalars(select(Publication).order_by(Publication.id))
    return [one for one in every if any(entry["item_id"] in item_ids for entry in one.entries)]


def posts_that_tell_of(session: Session, person: Person, items: Sequence[Item]) -> list[Post]:
    """Messages that stand in Slack, or may, and show words or the name of this person, who brought these items. Locked."""
    decided = session.scalars(select(Item.id).where(Item.decided_by_id == person.id))
    about_items = {item.id for item in items} | set(decided)
    meetings = _meetings_of(session, items)
    told = [*_about(about_items, _is_about_an_item()), *_about(meetings, Post.kind.in_(LIST_ITEMS))]
    digests = [_digests_since(since) for since in _first_told(items)]
    found = _ids(session, [*told, *digests])
    theirs = session.scalars(select(Post.id).where(Post.place == person.user_id))
    answered = session.scalars(select(Post.id).where(Post.answered_by_id == person.id))
    found |= _ids(session, _about({*found, *theirs, *answered}, _is_about_a_post()))
    found |= _ids(session, [and_(Post.place == person.user_id, Post.state == PostState.SENDING)])
    return _locked(session, found)


def count_names_in_words_of_others(session: Session, person: Person) -> int:
    """In how many items and tips of others their whole name stands."""
    if not person.name:
        return 0
    in_items = or_(
        *(text.contains(person.name, autoescape=True) for text in (Item.title, Item.details, Item.links)),
        *(name.contains(person.name, autoescape=True) for name in (Item.lead, Item.on_behalf_of)),
    )
    items = select(func.count()).select_from(Item).where(Item.proposer_id != person.id, in_items)
    in_tip = Tip.text.contains(person.name, autoescape=True)
    tips = select(func.count()).select_from(Tip).where(Tip.person_id != person.id, in_tip)
    return (session.scalar(items) or 0) + (session.scalar(tips) or 0)


def _is_about_an_item() -> ColumnElement[bool]:
    return Post.kind.in_([kind for kind in PostKind if kind.about == About.ITEM])


def _is_about_a_post() -> ColumnElement[bool]:
    return Post.kind.in_([kind for kind in PostKind if kind.about == About.POST])


def _meetings_of(session: Session, items: Sequence[Item]) -> set[int]:
    """Those that these items were ever for, as far as an agenda or a card tells."""
    ids = {item.id for item in items}
    published = {one.meeting_id for one in publications_with(session, ids)}
    carded = {
        int(key.split(":")[2])
        for few in _few(ids)
        for key in session.scalars(
            select(Post.key).where(Post.kind == PostKind.CARD, Post.subject_id.in_(few))
        )
    }
    return {item.meeting_id for item in items if item.meeting_id} | published | carded


def _first_told(items: Sequence[Item]) -> list[datetime]:
    """When the first of them was handed in: since then a digest may tell of it."""
    handed_in = [item.submitted_at for item in items if item.submitted_at is not None]
    return [min(handed_in)] if handed_in else []


def _digests_since(moment: datetime) -> ColumnElement[bool]:
    return and_(Post.kind == PostKind.DIGEST, Post.due_at >= moment)


def _about(ids: Collection[int], which: ColumnElement[bool]) -> Iterator[ColumnElement[bool]]:
    for few in _few(ids):
        yield and_(which, Post.subject_id.in_(few))


def _ids(session: Session, these: Sequence[ColumnElement[bool]] | Iterator[ColumnElement[bool]]) -> set[int]:
    is_seen = or_(~UNSEEN, Post.state == PostState.SENDING)
    may_be_seen = and_(is_seen, Post.state.not_in([PostState.MISSED, PostState.NOT_NEEDED]))
    return {one for which in these for one in session.scalars(select(Post.id).where(which, may_be_seen))}


def _locked(session: Session, ids: Collection[int]) -> list[Post]:
    return [
        post
        for few in _few(ids)
        for post in session.scalars(
            select(Post)
            .where(Post.id.in_(few))
            .order_by(Post.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    ]


def _few(ids: Collection[int]) -> Iterator[list[int]]:
    in_order = sorted(ids)
    for begin in range(0, len(in_order), AT_ONCE):
        yield in_order[begin : begin + AT_ONCE]
