"""Posts that stand together: several in one message of Slack's, each with a life of its own."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, select, update

from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import Session, prepared

_TOGETHER = prepared(
    select(Post)
    .where(Post.place == bindparam("place"), Post.ts == bindparam("ts"))
    .order_by(Post.sent_at, Post.id)
)
_THERE_SINCE = and_(
    Post.place == bindparam("place"),
    Post.ts >= bindparam("since"),
    Post.kind.in_(bindparam("kinds", expanding=True)),
)
_NEWEST = prepared(
    select(Post)
    .where(_THERE_SINCE, Post.state == PostState.SENT, Post.shown_version == Post.wanted_version)
    .order_by(Post.ts.desc(), Post.sent_at, Post.id)
    .limit(1)
)
_MESSAGES = prepared(select(Post.ts).where(_THERE_SINCE).distinct())


def those_together_with(session: Session, post: Post) -> list[Post]:
    """All that stand in its message, itself among them: whose message it was first, and then as they joined it."""
    return [post] if post.ts is None else those_that_stand_in(session, post.place, post.ts)


def those_that_stand_in(session: Session, place: str, ts: str) -> list[Post]:
    """All that stand in the message with this `ts` there."""
    return list(session.scalars(_TOGETHER, {"place": place, "ts": ts}))


def note_shown(session: Session, ts: str, version_of: Mapping[int, int]) -> None:
    """They were shown along in this message: of whom nothing newer is wanted need no edit of their own."""
    for post_id, version in version_of.items():
        is_all = and_(Post.wanted_version == version, Post.shown_version > 0, Post.error.is_(None))
        session.execute(
            update(Post)
            .where(Post.id == post_id, Post.ts == ts, Post.state == PostState.DUE, is_all)
            .values(state=PostState.SENT, shown_version=version)
        )


def shorten_rests_in(session: Session, place: str, ts: str, until: datetime) -> None:
    """An edit of this message has got through: what had trouble there rests until then at the longest."""
    in_trouble = and_(Post.state == PostState.DUE, Post.hindrances > 0, Post.not_before > until)
    session.execute(
        update(Post).where(Post.place == place, Post.ts == ts, in_trouble).values(not_before=until)
    )


def references_at(session: Session, place: str) -> list[str]:
    """Of all that this place was ever owed."""
    return list(session.scalars(select(Post.reference).where(Post.place == place)))


def newest_that_stands(
    session: Session, place: str, kinds: Collection[PostKind], *, since: datetime
) -> Post | None:
    """Of what was posted there since then, and says all that it is to say, the newest."""
    return session.scalar(_NEWEST, _there_since(place, kinds, since))


def messages_since(
    session: Session, place: str, kinds: Collection[PostKind], *, since: datetime
) -> list[str]:
    """The `ts` of each message that was posted there since then, the earliest first."""
    return sorted(ts for ts in session.scalars(_MESSAGES, _there_since(place, kinds, since)) if ts)


def _there_since(place: str, kinds: Collection[PostKind], since: datetime) -> dict[str, Any]:
    """By the `ts` of messages: it begins with Slack's time in seconds, in ten digits."""
    return {"place": place, "kinds": [*kinds], "since": f"{since.timestamp():.6f}"}
