"""The channels that a consortium uses, and what Slack last told of each."""

from datetime import datetime

from sqlalchemy import UniqueConstraint, bindparam, delete, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from storage.consortia import Collaborative, Consortium
from storage.database import Base
from storage.gaps import gap_of_post
from storage.happenings import Changed, OwedAgain, PassedOn
from storage.inserts import insert_if_new
from storage.post_facts import PostState
from storage.posts import Post, key_with, posts_named
from storage.tenancy import OfConsortium, Session, prepared


class Channel(OfConsortium, Base):
    """The shared channel, or that of a host's curators; also one that was either before.

    `asked_at`: when Slack was last asked about it; empty: it is asked at the next tick.
    `closed_for`: Slack's word for why the bot can't use it; empty: it can, as far as anybody knows.
    `closed_at`: since when.
    """

    __tablename__ = "channel"
    __table_args__ = (UniqueConstraint("consortium_id", "channel_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel_id: Mapped[str]
    asked_at: Mapped[datetime | None]
    closed_for: Mapped[str | None]
    closed_at: Mapped[datetime | None]


class FormerChannelId(OfConsortium, Base):
    """What a channel was called by before Slack gave it a new id: files, open forms and late news still call it so."""

    __tablename__ = "former_channel_id"
    __table_args__ = (UniqueConstraint("consortium_id", "former_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    former_id: Mapped[str]
    channel_id: Mapped[str]


def id_by_now(session: Session, channel_id: str) -> str:
    """What Slack calls this channel now, as far as is known."""
    newer = select(FormerChannelId.channel_id).where(FormerChannelId.former_id == channel_id)
    return session.scalar(newer) or channel_id


def forget_former_id(session: Session, channel_id: str) -> None:
    """The channel is called so again."""
    session.execute(delete(FormerChannelId).where(FormerChannelId.former_id == channel_id))


def channel_at(session: Session, channel_id: str) -> Channel | None:
    return session.scalar(select(Channel).where(Channel.channel_id == channel_id))


def channel_by_id(session: Session, row_id: int) -> Channel | None:
    return session.get(Channel, row_id)


def channel_known(session: Session, channel_id: str) -> Channel:
    """The channel, written down if this is the first time. Nobody else writes it until the transaction ends."""
    insert_if_new(session, Channel, channel_id=channel_id)
    held = select(Channel).where(Channel.channel_id == channel_id).with_for_update()
    return session.scalars(held.execution_options(populate_existing=True)).one()


_WHY_CLOSED = prepared(select(Channel.closed_for).where(Channel.channel_id == bindparam("channel_id")))


def why_closed(session: Session, channel_id: str) -> str | None:
    return session.scalar(_WHY_CLOSED, {"channel_id": channel_id})


def channels_of(session: Session, consortium: Consortium) -> list[str]:
    """The shared one first, then those where hosts' curators are asked."""
    theirs = session.scalars(
        select(Collaborative.curators_channel_id)
        .where(Collaborative.curators_channel_id.is_not(None))
        .order_by(Collaborative.id)
    )
    return list(dict.fromkeys([consortium.channel_id, *(one for one in theirs if one)]))


def asked_long_ago(
    session: Session, channel_ids: list[str], open_before: datetime, closed_before: datetime
) -> list[str]:
    """Those of which Slack was not asked since. It is asked sooner about those that are closed."""
    fresh = session.scalars(
        select(Channel.channel_id)
        .where(Channel.channel_id.in_(channel_ids), Channel.asked_at >= open_before)
        .where(or_(Channel.closed_for.is_(None), Channel.asked_at >= closed_before))
    ).all()
    return [one for one in channel_ids if one not in fresh]


def give_new_id(session: Session, consortium: Consortium, old: str, new: str) -> None:
    """It is the same channel: all that is known by the old id is known by the new one."""
    if consortium.channel_id == old:
        consortium.channel_id = new
    known = channel_at(session, old)
    if known is not None and channel_at(session, new) is None:
        known.channel_id = new
    session.flush()
    for owner, column in (
        (Collaborative, Collaborative.curators_channel_id),
        (Post, Post.place),
        (Post, Post.channel_id),
    ):
        session.execute(update(owner).where(column == old).values({column: new}))
    remember_former_id(session, old, new)
    session.expire_all()
    _rename_in_keys(session, old, new)


def remember_former_id(session: Session, old: str, new: str) -> None:
    """What leads to `old`, a former id of any channel, leads to `new` from now on."""
    session.execute(update(FormerChannelId).where(FormerChannelId.channel_id == old).values(channel_id=new))
    session.execute(delete(FormerChannelId).where(FormerChannelId.former_id.in_([old, new])))
    insert_if_new(session, FormerChannelId, former_id=old, channel_id=new)


def _rename_in_keys(session: Session, old: str, new: str) -> None:
    """What is owed under the new id already is the same post."""
    for post in posts_named(session, old):
        renamed = key_with(post.key, old, new)
        double = session.scalar(select(Post).where(Post.key == renamed).with_for_update())
        if double is None:
            post.key = renamed
        else:
            _become_one(session, post, double)
    session.flush()


def _become_one(session: Session, post: Post, double: Post) -> None:
    """What stands there goes on, or may; the other is over. It says what is true of the channel under its new id."""
    kept, other = (post, double) if _is_known_of(post) > _is_known_of(double) else (double, post)
    if kept is post:
        _swap_keys(session, post, double)
    if other.state in (PostState.DUE, PostState.SENDING, PostState.UNKNOWN):
        kept.live_through(OwedAgain(gap_of_post(session, kept, other.due_at)), other.due_at)
    kept.live_through(Changed(), other.due_at)
    other.live_through(PassedOn(), other.due_at)


def _is_known_of(post: Post) -> tuple[bool, bool]:
    """Whether it stands there, and whether it may."""
    return post.ts is not None, post.may_be_there or post.state == PostState.SENDING


def _swap_keys(session: Session, one: Post, other: Post) -> None:
    """No two have one key, not even for a moment."""
    keys = one.key, other.key
    one.key = f"{one.key}:{one.reference}"
    session.flush()
    other.key = keys[0]
    session.flush()
    one.key = keys[1]
