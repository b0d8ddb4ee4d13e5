"""Traces: where somebody's words and name stand beside their own rows: in agendas, and in messages."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from storage.consortia import Collaborative
from storage.follow_ups import FollowUp
from storage.items import Item, item_by_id
from storage.meetings import Meeting, Publication
from storage.names import told_of
from storage.people import Person
from storage.post_facts import PostState
from storage.post_kinds import HOLD_ALL, QUOTE_ITEMS, About, PostKind
from storage.posts import UNSEEN, Post
from storage.questions import Question
from storage.results import Result
from storage.subjects import a_few_each, about_any_of, is_about, lists_items_of
from storage.swaps import Swap
from storage.tenancy import Session
from storage.tips import Tip

Entry = dict[str, Any]
"""Of an item, in an agenda that was published."""
QUOTE = Post.kind.in_(QUOTE_ITEMS)
HOLDS_ALL = and_(Post.kind.in_(HOLD_ALL), or_(Post.files.is_not(None), Post.state == PostState.SENDING))


def brought_by(session: Session, person: Person) -> list[Item]:
    """Also drafts, and what was withdrawn. Locked."""
    theirs = select(Item).where(Item.proposer_id == person.id).order_by(Item.id).with_for_update(of=Item)
    return list(session.scalars(theirs.execution_options(populate_existing=True)))


def publications_with(session: Session, item_ids: Collection[int]) -> list[Publication]:
    """Every version of an agenda in which one of these items stands, by itself or together with another."""
    if not item_ids:
        return []
    every = session.scalars(select(Publication).order_by(Publication.id))
    return [one for one in every if any(_is_about_one_of(item_ids, entry) for entry in one.entries)]


def others_in(entry: Entry) -> list[tuple[int, str | None]]:
    """What goes together with its item: the number of each, and whose it is."""
    return [(item_id, whose) for item_id, whose in entry.get("others", ())]


def _is_about_one_of(item_ids: Collection[int], entry: Entry) -> bool:
    return entry["item_id"] in item_ids or any(item_id in item_ids for item_id, _ in others_in(entry))


def entries_about(publication: Publication, item: Item) -> list[Entry]:
    """That of the item, and that of another together with which it stands."""
    return [entry for entry in publication.entries if _is_about_one_of([item.id], entry)]


def rewrite_entries(session: Session, item_ids: Collection[int], rewritten: Callable[[Entry], Entry]) -> None:
    """In every version of an agenda that was published: the newest tells what has changed since."""
    for publication in publications_with(session, item_ids):
        publication.entries = [
            rewritten(entry) if _is_about_one_of(item_ids, entry) else entry for entry in publication.entries
        ]
    session.flush()


def title_as_brought(session: Session, entry: Entry) -> Entry:
    """What an item is called that stands for others, too: its host may have taken the title for all from their words."""
    item = item_by_id(session, entry["item_id"])
    return {"title": item.title} if item else {}


def posts_that_show(session: Session, items: Sequence[Item]) -> list[Post]:
    """Messages that stand in Slack, or may, and show words of these items. Locked."""
    told = _of(session, items, _numbers_of(items))
    found = _ids(session, [*told, HOLDS_ALL]) | _ids(session, _asked_about(session, told, QUOTE))
    return _locked(session, found)


def files_about_people(session: Session) -> list[Post]:
    """Messages with a file of all that is kept about somebody. Locked."""
    return _locked(session, _ids(session, [HOLDS_ALL]))


def posts_that_name(session: Session, collaborative: Collaborative) -> list[Post]:
    """Messages that stand in Slack, or may, and name this collaborative: of whom an item is, who hosts, helps or swaps. Locked."""
    items = list(session.scalars(select(Item).where(Item.collaborative_id == collaborative.id)))
    named = or_(Meeting.host_id == collaborative.id, Meeting.helper_id == collaborative.id)
    meetings = set(session.scalars(select(Meeting.id).where(named)))
    asked = or_(Swap.host_id == collaborative.id, Swap.other_id == collaborative.id)
    swaps = set(session.scalars(select(Swap.id).where(asked)))
    told = [
        *_of(session, items, _numbers_of(items)),
        *about_any_of(meetings, is_about(About.MEETING)),
        *about_any_of(swaps, is_about(About.SWAP)),
        is_about(About.CONSORTIUM),
    ]
    return _locked(session, _ids(session, told) | _ids(session, _asked_about(session, told, QUOTE)))


def posts_that_tell_of(session: Session, person: Person, items: Sequence[Item]) -> list[Post]:
    """Messages that stand in Slack, or may, and show words or the name of this person, who brought these items. Locked."""
    told = [*_of(session, items, _numbers_of(items)), *told_of(session, person)]
    theirs = Post.place == person.user_id
    found = _ids(session, told) | _ids(session, _asked_about(session, told, QUOTE))
    found |= _ids(session, _asked_about(session, [theirs], is_about(About.POST)))
    found |= _ids(session, [HOLDS_ALL, and_(theirs, Post.state == PostState.SENDING)])
    return _locked(session, found)


def count_names_in_words_of_others(session: Session, person: Person) -> int:
    """In how many items, tips, lines about what became of items, and follow-ups, all of others, their whole name stands. A heading is always of others."""
    if not person.name:
        return 0
    words = (Item.title, Item.details, Item.links, Item.placed_title)
    names = (Item.lead, Item.on_behalf_of, Item.placed_lead)
    in_items = or_(*(text.contains(person.name, autoescape=True) for text in (*words, *names)))
    in_heading = Item.heading.contains(person.name, autoescape=True)
    of_others = or_(and_(Item.proposer_id != person.id, in_items), in_heading)
    items = select(func.count()).select_from(Item).where(of_others)
    in_tip = Tip.text.contains(person.name, autoescape=True)
    tips = select(func.count()).select_from(Tip).where(Tip.person_id != person.id, in_tip)
    in_outcome = Result.outcome.contains(person.name, autoescape=True)
    outcomes = select(func.count()).select_from(Result).where(Result.written_by_id != person.id, in_outcome)
    in_words = FollowUp.words.contains(person.name, autoescape=True)
    agreed = select(func.count()).select_from(FollowUp).where(FollowUp.written_by_id != person.id, in_words)
    return sum(session.scalar(counted) or 0 for counted in (items, tips, outcomes, agreed))


def _of(session: Session, items: Sequence[Item], about: Collection[int]) -> list[ColumnElement[bool]]:
    """Messages about items with these ids, or about what is to be done or was asked of these items, and those that list these items."""
    meetings = _meetings_of(session, items)
    told = [
        *about_any_of(about, is_about(About.ITEM)),
        *about_any_of(meetings, lists_items_of(About.MEETING)),
    ]
    told += about_any_of(_follow_ups_of(session, _numbers_of(items)), is_about(About.FOLLOW_UP))
    told += about_any_of(_questions_about(session, items), is_about(About.QUESTION))
    return [*told, *_lists_of_weeks_since_handed_in(items)]


def _numbers_of(items: Sequence[Item]) -> set[int]:
    """And of those that go together with them: what tells of one names the other."""
    return {one.id for item in items for one in (item, *item.goes_with)}


def _follow_ups_of(session: Session, item_ids: Collection[int]) -> set[int]:
    few = a_few_each(item_ids)
    return {
        one for ids in few for one in session.scalars(select(FollowUp.id).where(FollowUp.item_id.in_(ids)))
    }


def _questions_about(session: Session, items: Sequence[Item]) -> set[int]:
    few = a_few_each({item.id for item in items})
    return {
        one for ids in few for one in session.scalars(select(Question.id).where(Question.item_id.in_(ids)))
    }


def _asked_about(
    session: Session, told: Sequence[ColumnElement[bool]], which: ColumnElement[bool]
) -> Iterator[ColumnElement[bool]]:
    """Those of this kind that tell that one of these did not arrive, or ask whether it did, whatever became of it since."""
    lost = {one for about in told for one in session.scalars(select(Post.id).where(about))}
    return about_any_of(lost, which)


def _meetings_of(session: Session, items: Sequence[Item]) -> set[int]:
    """Those that these items were ever for, as far as agendas and messages about them tell."""
    ids = _numbers_of(items)
    now = {item.meeting_id for item in items if item.meeting_id}
    published = {one.meeting_id for one in publications_with(session, ids)}
    held = {
        meeting
        for few in a_few_each(ids)
        for meeting in session.scalars(select(Result.meeting_id).where(Result.item_id.in_(few)))
    }
    return (
        now
        | published
        | held
        | {meeting for kind in PostKind for meeting in _named_in_keys(session, kind, ids)}
    )


def _named_in_keys(session: Session, kind: PostKind, item_ids: Collection[int]) -> Iterator[int]:
    parts = kind.key_format.split(":")
    if kind.about == About.ITEM and "{meeting}" in parts:
        for which in about_any_of(item_ids, Post.kind == kind):
            for key in session.scalars(select(Post.key).where(which)):
                yield int(key.split(":")[parts.index("{meeting}")])


def _lists_of_weeks_since_handed_in(items: Sequence[Item]) -> list[ColumnElement[bool]]:
    """From the first of them on, each may tell of one."""
    handed_in = [item.submitted_at for item in items if item.submitted_at is not None]
    if not handed_in:
        return []
    return [and_(lists_items_of(About.CONSORTIUM), Post.due_at >= min(handed_in))]


def _ids(session: Session, these: Sequence[ColumnElement[bool]] | Iterator[ColumnElement[bool]]) -> set[int]:
    is_seen = or_(~UNSEEN, Post.state == PostState.SENDING)
    may_be_seen = and_(is_seen, Post.state.not_in([PostState.MISSED, PostState.NOT_NEEDED]))
    return {one for which in these for one in session.scalars(select(Post.id).where(which, may_be_seen))}


def _locked(session: Session, ids: Collection[int]) -> list[Post]:
    return [
        post
        for few in a_few_each(ids)
        for post in session.scalars(
            select(Post)
            .where(Post.id.in_(few))
            .order_by(Post.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    ]
