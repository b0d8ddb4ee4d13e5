"""Posts: messages that the bot owes a place, and what became of them.

A post is a living message: it is sent once, and when its subject changes it is owed again, as an edit. What it says is
drawn when it is sent, so the newest state wins and a burst of changes becomes one edit.
"""

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime

from sqlalchemy import Index, and_, bindparam, func, literal, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, one_of
from storage.happenings import Changed, Happening
from storage.post_facts import Life, PostState
from storage.post_kinds import PostKind
from storage.post_life import after
from storage.tenancy import OfConsortium, Session, of_the_same, prepared

NOBODY_IS_CALLED = "U-former-"
"""So begins the id of a former member. Slack gives none with small letters."""
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
    `cleared_version`: the first version without words that were removed. Older ones show them. 0: none were.
    `taken_back_version`: the first version that takes back what it told its readers. 0: none does, or they may have read it.
    `fence`: how often it was taken up. Whoever took it up last holds the claim.
    `attempts`: how often it failed since it was last sent, or last changed. Below 0: how often alike, one after the other, in a way that may be for good.
    `hindrances`: how often it failed by itself; after some, others that are owed to its place may pass it.
    `lease_until`: until when the claim lasts.
    `not_before`: until when it rests after a failure, and all that is owed to its place with it, unless it stands aside or is put off.
    `first_tried_at`: when it was first taken up; it is looked for from then on.
    `may_be_there`: whether it may stand there without our knowing.
    `channel_id`, `ts`: where it stands.
    `sent_at`: when it was first sent.
    `error`: Slack's word, or ours, for why the last try failed, why it is put off, or why it went without its file.
    `sweep_at`: when to look whether it stands there twice.
    `stray_ts`: the copy that was sent by somebody whose claim had run out.
    `files`: the ids of the files that may have been shared for it, with spaces between.
    `answered_by_id`: who said whether it is there, when the bot could not look.
    `is_said_to_be_there`: what they said.
    """

    __tablename__ = "post"
    __table_args__ = (
        Index("ix_post_state_due", "state", "due_at"),
        Index("ix_post_open", "consortium_id", "state", "due_at"),
        Index("ix_post_subject", "consortium_id", "kind", "subject_id"),
        of_the_same("person", "answered_by_id"),
        {"sqlite_autoincrement": True},  # what stands in Slack of one that is gone is not about the next
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
    cleared_version: Mapped[int] = mapped_column("cleared", default=0)
    taken_back_version: Mapped[int] = mapped_column("taken_back", default=0)
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
    files: Mapped[str | None]
    answered_by_id: Mapped[int | None]
    is_said_to_be_there: Mapped[bool | None]

    @property
    def is_direct(self) -> bool:
        """Whether its place is a person's direct messages."""
        return self.place.startswith(("U", "W"))

    @property
    def shows_removed_words(self) -> bool:
        """Whether it stands there as it was before words were removed."""
        return self.ts is not None and self.may_show_removed_words

    @property
    def may_show_removed_words(self) -> bool:
        """Whether it stands there so, or nobody knows."""
        return self.shown_version < self.cleared_version

    @property
    def may_be_read_as_taken_back(self) -> bool:
        """Whether its readers may have read that what it told them holds no longer."""
        return max(self.shown_version, self.tried_version) >= self.taken_back_version

    @property
    def is_told_again(self) -> bool:
        """Whether another message has told the same in this place before."""
        return first_told(self.key) != self.key

    @property
    def is_of_nobody(self) -> bool:
        """Whether its place was the direct messages of a former member."""
        return self.place.startswith(NOBODY_IS_CALLED)

    @property
    def file_ids(self) -> list[str]:
        return (self.files or "").split()

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

    def loses_words(self, now: datetime) -> None:
        """Words that it shows were removed: it is owed once more, as an edit, also if nothing else is left to say."""
        self.live_through(Changed(), now)
        self.cleared_version = self.wanted_version


_TO_SWEEP = Post.sweep_at.is_not(None)
_STANDS = Post.ts.is_not(None)
Index(
    "ix_post_stands", Post.consortium_id, Post.place, Post.ts, sqlite_where=_STANDS, postgresql_where=_STANDS
)
Index("ix_post_sweep", Post.consortium_id, Post.sweep_at, sqlite_where=_TO_SWEEP, postgresql_where=_TO_SWEEP)


def posts_named(session: Session, part: str) -> list[Post]:
    """Those with this part in their key: keys are parts with colons between them. Locked."""
    parts = literal(":").concat(Post.key).concat(":")
    named = select(Post).where(parts.contains(f":{part}:", autoescape=True)).order_by(Post.id)
    return list(session.scalars(named.with_for_update()))


def posts_at(session: Session, place: str) -> list[Post]:
    """All that this place was ever owed. Locked."""
    return list(session.scalars(select(Post).where(Post.place == place).order_by(Post.id).with_for_update()))


def key_with(key: str, part: str, instead: str) -> str:
    """The key, in which one part is another."""
    return f":{key}:".replace(f":{part}:", f":{instead}:")[1:-1]


def told_again(key: str, number: int) -> str:
    """The key of the message that tells the same for this `number` of times. The first has the key itself."""
    return key if number == 1 else f"{number}:{key}"


def first_told(key: str) -> str:
    """The key under which the same was told first."""
    number, _colon, first = key.partition(":")
    return first if number.isdecimal() else key


UNSENT = (PostState.DUE, PostState.FAILED)
UNSEEN = and_(Post.ts.is_(None), Post.stray_ts.is_(None), or_(~Post.may_be_there, Post.fence == 0))
OVER = (PostState.MISSED, PostState.NOT_NEEDED)
IS_TOLD = or_(Post.ts.is_not(None), Post.state == PostState.SENT)


def lock_post(session: Session, post_id: int) -> Post | None:
    """The post, locked until the transaction ends."""
    this = select(Post).where(Post.id == post_id)
    return session.scalar(this.with_for_update().execution_options(populate_existing=True))


_WITH_KEY = prepared(select(Post).where(Post.key == bindparam("key")))


def post_by_key(session: Session, key: str) -> Post | None:
    return session.scalar(_WITH_KEY, {"key": key})


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


def newest_in(session: Session, kind: PostKind, subject_ids: Collection[int], *, place: str) -> Post | None:
    """Of what stands about these subjects, the newest in this place; if there is none, the newest in another."""
    about = and_(Post.kind == kind, Post.subject_id.in_(subject_ids), Post.ts.is_not(None))
    newest = select(Post).where(about).order_by((Post.place == place).desc(), Post.id.desc())
    return session.scalar(newest.limit(1))


def newest_is_out(session: Session, kind: PostKind, *, subject_id: int) -> bool:
    """Whether anybody has read the last word about this subject."""
    about = and_(Post.kind == kind, Post.subject_id == subject_id)
    return bool(session.scalar(select(IS_TOLD).where(about).order_by(Post.id.desc()).limit(1)))


def is_on_its_way(session: Session, kind: PostKind, *, subject_id: int) -> bool:
    """Whether one about this subject is owed, and does not surely stand there."""
    about = and_(Post.kind == kind, Post.subject_id == subject_id, Post.ts.is_(None))
    owed = Post.state.in_([PostState.DUE, PostState.SENDING, PostState.UNKNOWN])
    return session.scalar(select(Post.id).where(about, owed).limit(1)) is not None


def places_owed(session: Session, kind: PostKind, *, subject_id: int) -> list[str]:
    """Where one about this subject is owed, or was told."""
    about = and_(Post.kind == kind, Post.subject_id == subject_id)
    given_up = Post.state.in_([PostState.NOT_NEEDED, PostState.MISSED])
    owed = select(Post.place).where(about, ~given_up).order_by(Post.id)
    return list(session.scalars(owed))


def withheld_about(session: Session, kind: PostKind, *, subject_id: int) -> list[Post]:
    """Those about this subject that are owed no longer, though nobody read them. Locked."""
    about = and_(Post.kind == kind, Post.subject_id == subject_id)
    withheld = select(Post).where(about, ~IS_TOLD, Post.state == PostState.NOT_NEEDED)
    locked = withheld.with_for_update().execution_options(populate_existing=True)
    return list(session.scalars(locked.order_by(Post.id)))


def newest_due(session: Session, kind: PostKind, *, subject_id: int) -> datetime | None:
    """When the newest one about this subject was due, whatever became of it; None if none was ever owed."""
    about = and_(Post.kind == kind, Post.subject_id == subject_id)
    return session.scalar(select(func.max(Post.due_at)).where(about))


def has_newer(session: Session, post: Post) -> bool:
    """Whether another of its kind, about the same and in the same place, was owed after it, and is told or will be."""
    newer = (
        select(Post.id)
        .where(Post.kind == post.kind, Post.subject_id == post.subject_id, Post.place == post.place)
        .where(Post.id > post.id, Post.state.not_in([*OVER, PostState.FAILED]))
    )
    return session.scalar(newer.limit(1)) is not None
