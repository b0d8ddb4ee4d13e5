"""Posts: messages that the bot owes a place, and what became of them.

A post is a living message: it is sent once, and when its subject changes it is owed again, as an edit. What it says is
drawn when it is sent, so the newest state wins and a burst of changes becomes one edit.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from sqlalchemy import Index, and_, case, func, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from storage.consortia import Consortium
from storage.database import Base, one_of
from storage.gaps import gap_of
from storage.happenings import ClockSetBack, Happening, OwedAgain, PlaceReplaced
from storage.inserts import insert_if_new, insert_new
from storage.post_facts import PAST_USE, Life, PostState
from storage.post_kinds import PostKind
from storage.post_life import CLOCKS_DIFFER_BY, after
from storage.tenancy import OfConsortium, Session, across_consortia, of_the_same, own

LIVED = [fact.name for fact in fields(Life)]


class Post(OfConsortium, Base):
    """One message owed to a place: a channel, or a person's direct messages by user id.

    `key`: what is owed, in words of its kind; `PostKind` tells its format. It is owed once for ever.
    `kind`: what sort of message it is.
    `subject_id`: the row that it is about; of which table, the kind says.
    `place`: where it is owed.
    `due_at`: from when on it may be sent.
    `state`: where it stands in its life.
    `reference`: Slack keeps it with the message, and the bot finds the message by it. It is opaque.
    `wanted_version`: how often what it says has changed, counted from 1.
    `shown_version`: what of it stands there surely; 0 where nobody knows.
    `tried_version`: what may stand there, where nobody knows whether it does.
    `fence`: how often it was taken up. Whoever took it up last holds the claim.
    `attempts`: how often it failed since it was last sent, or last changed. Below 0: how often alike, one after the other, in a way that may be for good.
    `hindrances`: how often it failed by itself; after some, others that are owed to its place may pass it.
    `lease_until`: until when the claim lasts.
    `not_before`: until when it rests after a failure, and all that is owed to its place with it, unless it stands aside.
    `first_tried_at`: when it was first taken up; it is looked for from then on.
    `may_be_there`: whether it may stand there without our knowing.
    `channel_id`, `ts`: where it stands.
    `sent_at`: when it was first sent.
    `error`: Slack's word, or ours, for why the last try failed.
    `sweep_at`: when to look whether it stands there twice.
    `stray_ts`: the copy that was sent by somebody whose claim had run out.
    `answered_by_id`: who said whether it is there, when the bot could not look.
    `is_said_to_be_there`: what they said.
    """

    __tablename__ = "post"
    __table_args__ = (
        Index("ix_post_state_due", "state", "due_at"),
        Index("ix_post_subject", "consortium_id", "kind", "subject_id"),
        of_the_same("person", "answered_by_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[PostKind] = mapped_column(one_of(PostKind))
    subject_id: Mapped[int]
    place: Mapped[str]
    due_at: Mapped[datetime]
    state: Mapped[PostState] = mapped_column(one_of(PostState))
    reference: Mapped[str]
    wanted_version: Mapped[int] = mapped_column("wanted", default=1)
    shown_version: Mapped[int] = mapped_column("shown", default=0)
    tried_version: Mapped[int] = mapped_column("tried", default=0)
    fence: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    hindrances: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    not_before: Mapped[datetime | None]
    first_tried_at: Mapped[datetime | None]
    may_be_there: Mapped[bool] = mapped_column(default=False)
    channel_id: Mapped[str | None]
    ts: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None]
    sweep_at: Mapped[datetime | None]
    stray_ts: Mapped[str | None]
    answered_by_id: Mapped[int | None]
    is_said_to_be_there: Mapped[bool | None]

    @property
    def is_direct(self) -> bool:
        """Whether its place is a person's direct messages."""
        return self.place.startswith(("U", "W"))

    @property
    def stands_in(self) -> str:
        """The channel where it stands. A channel is known by its place, which follows when Slack gives it a new id."""
        return (self.channel_id or self.place) if self.is_direct else self.place

    @property
    def life(self) -> Life:
        return Life(**{name: getattr(self, name) for name in LIVED})

    def live_through(self, happening: Happening, now: datetime) -> None:
        """Become what the happening makes of it. Raises LookupError where it can't happen to this post."""
        for name, value in vars(after(self.life, happening, now)).items():
            setattr(self, name, value)


UNSENT = (PostState.DUE, PostState.FAILED)
UNSEEN = and_(Post.ts.is_(None), or_(~Post.may_be_there, Post.fence == 0))
OVER = (PostState.MISSED, PostState.NOT_NEEDED)
IS_TOLD = or_(Post.ts.is_not(None), Post.state == PostState.SENT)


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
    session: Session, kind: PostKind, key: str, *, subject_id: int, place: str, due: datetime
) -> bool:
    """Owe it, also where it was owed before and is needed no longer: somebody has deleted it, or it was withheld.

    Say whether it was not owed just now.
    """
    return key in owe_all_again(session, [Debt(kind, key, subject_id, place)], due)


def owe_all_again(session: Session, debts: Sequence[Debt], due: datetime) -> list[str]:
    """The same, of several at once: it gives the keys of those that were not owed just now."""
    owed = insert_new(session, Post, [_new(session, debt, due) for debt in debts], tells="key")
    for key in [debt.key for debt in debts if debt.key not in owed]:
        known = select(Post).where(Post.key == key).with_for_update()
        post = session.scalars(known.execution_options(populate_existing=True)).one()
        if post.state == PostState.NOT_NEEDED:
            owed.append(key)
        post.live_through(OwedAgain(), due)
    return owed


def _new(session: Session, debt: Debt, due: datetime) -> dict[str, Any]:
    consortium = session.get_one(Consortium, own(session))
    life = Life(due_at=due, reference=_reference(consortium, debt.key))
    return debt._asdict() | vars(life.owed_after(gap_of(consortium, debt.kind, debt.subject_id, due)))


def _reference(consortium: Consortium, key: str) -> str:
    """The same for the same debt for ever: a database restored from before it was paid finds the message by it."""
    return uuid5(UUID(consortium.namespace), key).hex


def refresh(session: Session, kind: PostKind, *, subject_id: int) -> None:
    """What these posts say has changed: those that are out are owed once more, as edits.

    What Slack refused may be taken now. What may be there stays as it is until the host has said whether it is.
    """
    about = and_(Post.kind == kind, Post.subject_id == subject_id)
    is_over = Post.state.in_([PostState.SENT, PostState.FAILED])
    session.execute(
        update(Post)
        .where(about, Post.state.not_in([PostState.MISSED, PostState.NOT_NEEDED]))
        .values(
            wanted_version=Post.wanted_version + 1,
            state=case((is_over, PostState.DUE), else_=Post.state),
            attempts=case((is_over, 0), else_=Post.attempts),
            hindrances=case((is_over, 0), else_=Post.hindrances),
        )
    )


def move(session: Session, kinds: Iterable[PostKind], before: str, after: str, now: datetime) -> None:
    """One place is replaced by another: what is still owed to it is owed there, and what was told stays told."""
    consortium = session.get_one(Consortium, own(session))
    for post in untold_in(session, before, kinds):
        post.place = after
        gap = gap_of(consortium, post.kind, post.subject_id, post.due_at)
        post.live_through(PlaceReplaced(gap), now)
    session.flush()


def hasten_in(session: Session, place: str) -> None:
    """The place was closed and is open: what rests before it rests no longer."""
    session.execute(
        update(Post)
        .where(Post.place == place, Post.state == PostState.DUE, ~Post.may_be_there)
        .values(not_before=None)
    )


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
    return _take_back(session, key, state=PostState.MISSED, error=PAST_USE)


def withhold(session: Session, key: str) -> bool:
    """Take back a post that surely nobody has seen; say whether there was still time."""
    return _take_back(session, key, state=PostState.NOT_NEEDED)


def _take_back(session: Session, key: str, **facts: Any) -> bool:
    taking_back = update(Post).where(Post.key == key, Post.state.in_(UNSENT), UNSEEN).values(**facts)
    return session.execute(taking_back.returning(Post.id)).first() is not None


def hasten(session: Session, kind: PostKind, *, subject_ids: list[int], now: datetime) -> None:
    """What was to be said later about these subjects is due now."""
    session.execute(
        update(Post)
        .where(Post.kind == kind, Post.subject_id.in_(subject_ids))
        .where(Post.state == PostState.DUE, Post.due_at > now)
        .values(due_at=now)
    )


def reschedule(session: Session, kind: PostKind, *, subject_ids: list[int], due: datetime) -> int:
    """What is to be said about these subjects is due then, sooner or later than it was; give how many posts were moved.

    What is being sent, or may have been seen, stays as it is, and so does what is over. It is not for the slots of a
    series: these are worked out anew at each tick.
    """
    moving = (
        update(Post)
        .where(Post.kind == kind, Post.subject_id.in_(subject_ids))
        .where(Post.state == PostState.DUE, UNSEEN)
        .values(due_at=due)
    )
    return len(session.execute(moving.returning(Post.id)).all())


def mark_what_may_have_been_sent(session: Session, since: datetime, not_before: datetime) -> int:
    """After a restore: what was not sent by `since` may have been sent later, also before it was due.

    From `not_before` on it is looked for, and sent only if it is not there.
    """
    unsent = and_(Post.state.in_([PostState.DUE, PostState.SENDING, PostState.FAILED]), Post.ts.is_(None))
    marking = (
        update(Post)
        .where(unsent)
        .values(
            may_be_there=True,
            tried_version=0,  # what stands there may say anything
            state=case((Post.state == PostState.SENDING, PostState.DUE), else_=Post.state),
            fence=Post.fence + 1,
            lease_until=None,
            not_before=not_before,
            first_tried_at=func.coalesce(Post.first_tried_at, since),
        )
    )
    with across_consortia(session):
        return len(session.execute(marking.returning(Post.id)).all())


def set_back(session: Session, now: datetime, settings: Mapping[PostKind, ClockSetBack]) -> None:
    """Take back what a clock that was ahead did to what is owed, or may stand there twice."""
    late = now + CLOCKS_DIFFER_BY
    waits = or_(Post.due_at > late, Post.lease_until > late, Post.not_before > late, Post.sweep_at > late)
    ahead = select(Post).where(or_(waits, Post.first_tried_at > late, Post.sent_at > late))
    for post in session.scalars(ahead.with_for_update(skip_locked=True)):
        post.live_through(settings[post.kind], now)


def show_anew(session: Session, kind: PostKind, *, subject_ids: list[int]) -> None:
    """What stands there of these subjects is owed once more, as an edit."""
    session.execute(
        update(Post)
        .where(
            Post.kind == kind,
            Post.subject_id.in_(subject_ids),
            Post.state == PostState.SENT,
            Post.ts.is_not(None),
        )
        .values(wanted_version=Post.wanted_version + 1, state=PostState.DUE, attempts=0, hindrances=0)
    )


def lock_post(session: Session, post_id: int) -> Post | None:
    """The post, locked until the transaction ends."""
    this = select(Post).where(Post.id == post_id)
    return session.scalar(this.with_for_update().execution_options(populate_existing=True))


def post_by_key(session: Session, key: str) -> Post | None:
    return session.scalar(select(Post).where(Post.key == key))


def what_holds_up(session: Session, *, place: str) -> str | None:
    """Slack's word for why the first post that is owed to this place is not there yet."""
    return session.scalar(
        select(Post.error)
        .where(Post.place == place)
        .where(Post.state.in_([PostState.DUE, PostState.SENDING]), Post.error.is_not(None))
        .order_by(Post.due_at, Post.id)
        .limit(1)
    )


def is_out(session: Session, kind: PostKind, *, subject_id: int) -> bool:
    """Whether anybody has read one about this subject."""
    about = and_(Post.kind == kind, Post.subject_id == subject_id)
    return session.scalar(select(Post.id).where(about, IS_TOLD).limit(1)) is not None


def has_newer(session: Session, post: Post) -> bool:
    """Whether another of its kind, about the same and in the same place, was owed after it, and is told or will be."""
    newer = (
        select(Post.id)
        .where(Post.kind == post.kind, Post.subject_id == post.subject_id, Post.place == post.place)
        .where(Post.id > post.id, Post.state.not_in([*OVER, PostState.FAILED]))
    )
    return session.scalar(newer.limit(1)) is not None
