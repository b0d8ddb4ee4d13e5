"""The outbox: what is owed is written down here, and what changes before it is sent."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import count, takewhile
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, and_, case, func, select, true, update

from storage.consortia import Consortium
from storage.gaps import gap_of, gap_of_post
from storage.happenings import OwedAgain, PlaceReplaced
from storage.inserts import insert_if_new, insert_new
from storage.post_facts import PAST_USE, Life, PostState
from storage.post_kinds import PostKind
from storage.posts import UNSEEN, UNSENT, Post, key_with, post_by_key, told_again
from storage.tenancy import Session, own
from storage.together import those_together_with

_IS_OVER = Post.state.in_([PostState.SENT, PostState.FAILED])
_REFRESHING = (
    update(Post)
    .where(Post.state.not_in([PostState.MISSED, PostState.NOT_NEEDED]))
    .values(
        wanted_version=Post.wanted_version + 1,
        state=case((_IS_OVER, PostState.DUE), else_=Post.state),
        attempts=case((_IS_OVER, 0), else_=Post.attempts),
        hindrances=case((_IS_OVER, 0), else_=Post.hindrances),
    )
)
"""Built once: building it takes a third of the time of asking it."""


def owe(
    session: Session,
    kind: PostKind,
    key: str,
    *,
    subject_id: int,
    place: str,
    due: datetime,
) -> bool:
    """Write the debt down, once for ever under its key; say whether it was new.

    What a restored database may have said before, without knowing, is looked for first.
    """
    return insert_if_new(session, Post, **_new(session, Debt(kind, key, subject_id, place), due))


class Debt(NamedTuple):
    """What is owed to a place, under its key."""

    kind: PostKind
    key: str
    subject_id: int
    place: str


def owe_again(
    session: Session,
    kind: PostKind,
    key: str,
    *,
    subject_id: int,
    place: str,
    due: datetime,
    comes_back: bool = False,
) -> bool:
    """Owe it, also where it was owed before and was withheld. Say whether it was not owed just now.

    What somebody has deleted stays deleted, unless it `comes_back`: it is still to be pressed, or its reader has asked for it.
    """
    return key in owe_all_again(session, [Debt(kind, key, subject_id, place)], due, comes_back=comes_back)


def owe_all_again(
    session: Session, debts: Sequence[Debt], due: datetime, *, comes_back: bool = False
) -> list[str]:
    """The same, of several at once: it gives the keys of those that were not owed just now."""
    owed = insert_new(session, Post, [_new(session, debt, due) for debt in debts], tells="key")
    for debt in [debt for debt in debts if debt.key not in owed]:
        post = _newest_told(session, debt.key)
        was_over = post.state == PostState.NOT_NEEDED
        post.live_through(OwedAgain(gap_of_post(session, post, due), comes_back=comes_back), due)
        if was_over and post.state != PostState.NOT_NEEDED:
            owed.append(debt.key)
            post.subject_id = debt.subject_id  # a notice of a day tells of the first that anybody hears of
    return owed


def tell_anew(session: Session, key: str, now: datetime) -> None:
    """What was told under the key holds once more. Where its readers may have read that it does not, another message tells them.

    An edit makes no sound. The message of before goes on being edited.
    """
    told = _told(session, key)
    if told and _may_be_read_as_taken_back(session, told[-1]):
        last = told[-1]
        owe(
            session,
            last.kind,
            told_again(key, len(told) + 1),
            subject_id=last.subject_id,
            place=last.place,
            due=now,
        )


def _newest_told(session: Session, key: str) -> Post:
    """What was owed under the key, the last time that it was told. Locked."""
    times = len(_told(session, key)) or 1
    newest = select(Post).where(Post.key == told_again(key, times)).with_for_update()
    return session.scalars(newest.execution_options(populate_existing=True)).one()


def _told(session: Session, key: str) -> list[Post]:
    """What was ever owed under the key, each time that it was told, the first first."""
    posts = (post_by_key(session, told_again(key, number)) for number in count(1))
    return [post for post in takewhile(bool, posts) if post]


def _may_be_read_as_taken_back(session: Session, post: Post) -> bool:
    """In a message of several it may have been shown with another, without anybody's noting it."""
    stands_with_others = len(those_together_with(session, post)) > 1
    return post.ts is not None and (stands_with_others or post.may_be_read_as_taken_back)


def take_back(session: Session, kind: PostKind, *, subject_id: int, but: Collection[str]) -> None:
    """What these posts told holds no longer, but for those in these places: that is owed as an edit, which makes no sound."""
    about = and_(Post.kind == kind, Post.subject_id == subject_id, Post.place.not_in(but))
    _refresh(session, about)
    session.execute(update(Post).where(about).values(taken_back_version=Post.wanted_version))


def owe_about(session: Session, withheld: Post, *, subject_id: int, due: datetime) -> None:
    """Owe what was withheld, now about another subject, unless that is or was owed there already.

    It stays the same message: a database restored from before that finds it.
    """
    key = key_with(withheld.key, str(withheld.subject_id), str(subject_id))
    if post_by_key(session, key) is None:
        withheld.live_through(OwedAgain(gap_of_post(session, withheld, due)), due)
        withheld.key, withheld.subject_id = key, subject_id
        session.flush()


def pass_to(session: Session, kinds: Iterable[PostKind], *, subject_id: int, to: int) -> None:
    """What these told is about another subject from now on, unless that is or was owed there already. They stay the same messages."""
    about = select(Post).where(Post.kind.in_(kinds), Post.subject_id == subject_id).order_by(Post.id)
    for post in session.scalars(about.with_for_update()).all():
        key = key_with(post.key, str(subject_id), str(to))
        if post_by_key(session, key) is None:
            post.key, post.subject_id = key, to
    session.flush()


def _new(session: Session, debt: Debt, due: datetime) -> dict[str, Any]:
    consortium = session.get_one(Consortium, own(session))
    life = Life(due_at=due, reference=_reference(consortium, debt.key))
    return debt._asdict() | vars(life.owed_after(gap_of(consortium, debt.kind, debt.subject_id, due)))


def _reference(consortium: Consortium, key: str) -> str:
    """The same for the same debt for ever: a database restored from before it was paid finds the message by it."""
    return uuid5(UUID(consortium.namespace), key).hex


def refresh(session: Session, kind: PostKind, *, subject_id: int, due_since: datetime | None = None) -> None:
    """What these posts say has changed, or only those due from then on: those that are out are owed once more, as edits.

    So are those that are on their way, or may be there: what is found says what was tried. What Slack refused may be taken now.
    What nobody knows of stays as it is until the host has said whether it is there.
    """
    about = and_(
        Post.kind == kind, Post.subject_id == subject_id, Post.due_at >= due_since if due_since else true()
    )
    _refresh(session, about)


def refresh_all(session: Session, kind: PostKind, *, subject_ids: Collection[int]) -> None:
    """The same, of several subjects at once."""
    _refresh(session, and_(Post.kind == kind, Post.subject_id.in_(subject_ids)))


def refresh_kinds(session: Session, kinds: Iterable[PostKind], *, subject_id: int) -> None:
    """The same, of several kinds about one subject."""
    _refresh(session, and_(Post.kind.in_(kinds), Post.subject_id == subject_id))


def refresh_in(session: Session, kind: PostKind, *, place: str) -> None:
    """The same, of all that are of this kind in one place."""
    _refresh(session, and_(Post.kind == kind, Post.place == place))


def _refresh(session: Session, about: ColumnElement[bool]) -> None:
    session.execute(_REFRESHING.where(about))


def move(session: Session, kinds: Iterable[PostKind], before: str, after: str, now: datetime) -> None:
    """One place is replaced by another: what is still owed to it is owed there, and what was told stays told.

    What is owed there already, or was told there, is not owed twice.
    """
    for post in untold_in(session, before, kinds):
        key = key_with(post.key, before, after)
        if key != post.key and post_by_key(session, key) is not None:
            continue
        post.key, post.place = key, after
        post.live_through(PlaceReplaced(gap_of_post(session, post, post.due_at), is_under_way=True), now)
    session.flush()


def untold_in(session: Session, place: str, kinds: Iterable[PostKind]) -> list[Post]:
    """What is owed to this place, and does not surely stand there: also what is under way, or may be there. Locked."""
    untold = (
        select(Post)
        .where(Post.kind.in_(kinds), Post.place == place, Post.ts.is_(None))
        .where(Post.state.not_in([PostState.SENT, PostState.MISSED, PostState.NOT_NEEDED]))
        .order_by(Post.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(untold))


def pass_over(session: Session, kind: PostKind, key: str, **debt: Any) -> None:
    """Note that this post has had its turn, and had nothing to say."""
    owe(session, kind, key, **debt)
    withhold(session, key)


def miss(session: Session, kind: PostKind, key: str, **debt: Any) -> bool:
    """Note that it is too late for this post, also where it was owed and could not be sent in time; say whether that is new."""
    owe(session, kind, key, **debt)
    return _take_back(session, key, ~Post.may_be_there, state=PostState.MISSED, error=PAST_USE)


def withhold(session: Session, key: str) -> bool:
    """Take back a post that surely nobody has seen; say whether there was still time."""
    return _take_back(session, key, state=PostState.NOT_NEEDED)


def withhold_all(session: Session, kind: PostKind, *, subject_id: int) -> None:
    """The same of all of this kind about the subject."""
    about = and_(Post.kind == kind, Post.subject_id == subject_id)
    session.execute(
        update(Post).where(about, Post.state.in_(UNSENT), UNSEEN).values(state=PostState.NOT_NEEDED)
    )


def _take_back(session: Session, key: str, *only: ColumnElement[bool], **facts: Any) -> bool:
    taking_back = update(Post).where(Post.key == key, Post.state.in_(UNSENT), UNSEEN, *only).values(**facts)
    return session.execute(taking_back.returning(Post.id)).first() is not None


def hasten(session: Session, kind: PostKind, *, subject_ids: list[int], now: datetime) -> None:
    """What was to be said later about these subjects is due now."""
    session.execute(
        update(Post)
        .where(Post.kind == kind, Post.subject_id.in_(subject_ids))
        .where(Post.state == PostState.DUE, Post.due_at > now)
        .values(due_at=now)
    )


def count_due_later(session: Session, kind: PostKind, *, subject_ids: list[int], now: datetime) -> int:
    """How much is to be said later about these subjects."""
    later = select(func.count()).select_from(Post).where(Post.kind == kind, Post.subject_id.in_(subject_ids))
    return session.scalar(later.where(Post.state == PostState.DUE, Post.due_at > now)) or 0


def reschedule(
    session: Session,
    kind: PostKind,
    *,
    subject_ids: list[int],
    due: datetime,
    after: datetime | None = None,
) -> int:
    """What is to be said about these subjects is due then, sooner or later than it was; give how many posts were moved.

    What is being sent, or may have been seen, stays as it is, and so does what is over. `after`: only what was due
    later than that. It is not for the slots of a series: these are worked out anew at each tick.
    """
    which = and_(_can_be_moved(kind, subject_ids), Post.due_at > after if after else true())
    moving = update(Post).where(which).values(due_at=due)
    return len(session.execute(moving.returning(Post.id)).all())


def bring_forward(session: Session, kind: PostKind, *, subject_ids: list[int], latest: datetime) -> None:
    """The same, only where it is due later."""
    later = and_(_can_be_moved(kind, subject_ids), Post.due_at > latest)
    session.execute(update(Post).where(later).values(due_at=latest))


def _can_be_moved(kind: PostKind, subject_ids: list[int]) -> ColumnElement[bool]:
    about = and_(Post.kind == kind, Post.subject_id.in_(subject_ids))
    return and_(about, Post.state == PostState.DUE, UNSEEN)
