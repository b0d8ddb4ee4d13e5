"""The verdict: what stands in Slack, held against what the outbox says it owed."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from handlers.blocks.spoken import spoken_text
from handlers.delivery.searching import mark
from playground.slack import Message, Slack
from playground.slack.world import LedgerEntry
from storage.database import Database
from storage.post_facts import PostState
from storage.posts import Post
from storage.tenancy import Session
from tests.drawn import draw
from tests.story import OURS

WHOLE = 100_000


@dataclass
class Verdict:
    """Posts by their keys. What was `swept` had stood there twice, and one was deleted.

    `aside` were those that others might pass, so their order does not count. `held_up` is what was owed in line, and
    still not there, while one message did not get through.
    """

    owed: int
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    swept: list[str] = field(default_factory=list)
    out_of_order: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    held_up: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.out_of_order or self.outdated or self.held_up)

    @property
    def never_doubled(self) -> bool:
        """Not even until the sweeper came."""
        return not (self.doubled or self.swept)

    @property
    def details(self) -> dict[str, list[str]]:
        names = ("lost", "doubled", "swept", "out_of_order", "outdated", "held_up", "aside")
        return {name: getattr(self, name) for name in names}

    def __str__(self) -> str:
        counts = [f"{len(found)} {name.replace('_', ' ')}" for name, found in self.details.items()]
        return f"{self.owed} posts: {', '.join(counts)}"


def judge(slack: Slack, database: Database, now: datetime, aside: Collection[int] = ()) -> Verdict:
    with database.transaction(OURS) as session:
        posts = session.scalars(select(Post).order_by(Post.due_at, Post.id)).all()
        by_mark = {mark(post.reference): post.reference for post in posts}

        def reference(said: Message | LedgerEntry) -> str:
            """Slack keeps it with a message; with a file it is a part of the name."""
            names = [slack.world.files[one].name for one in said.files]
            marked = [by_mark[one] for one in by_mark if any(one in name for name in names)]
            return next(iter(marked), _reference(said.metadata))

        standing: dict[str, list[Message]] = defaultdict(list)
        for message in (one for said in slack.world.messages.values() for one in said if reference(one)):
            standing[reference(message)].append(message)
        posted = Counter(
            reference(entry)
            for entry in slack.ledger
            if entry.happened == "posted" and (entry.metadata or entry.files)
        )
        verdict = Verdict(len(posts))
        for post in posts:
            _judge_one(verdict, session, post, standing[post.reference], posted[post.reference], now)
    verdict.doubled += [
        f"owed by nobody: {one}" for one in posted.keys() - {post.reference for post in posts}
    ]
    verdict.aside = [post.key for post in posts if post.id in aside]
    in_line = [post for post in posts if post.id not in aside and not _is_owed_at_the_same_moment(post)]
    verdict.out_of_order = list(_out_of_order(in_line, standing))
    return verdict


def _judge_one(
    verdict: Verdict, session: Session, post: Post, standing: Sequence[Message], posted: int, now: datetime
) -> None:
    if not standing and post.state != PostState.NOT_NEEDED:
        verdict.lost.append(f"{post.key} ({post.state})")
    if len(standing) > 1:
        verdict.doubled.append(post.key)
    elif posted > 1:
        verdict.swept.append(post.key)
    if standing and not _is_current(session, post, standing[0], now):
        verdict.outdated.append(post.key)


def _is_current(session: Session, post: Post, message: Message, now: datetime) -> bool:
    drawn = draw(session, post, now)
    return drawn is None or spoken_text(drawn.blocks, WHOLE) == spoken_text(message.blocks, WHOLE)


def _is_owed_at_the_same_moment(post: Post) -> bool:
    """What the replicas tell of their troubles: each owes it in a transaction of its own, and the later may be kept first."""
    return post.kind.is_rather_doubled


def _out_of_order(posts: Iterable[Post], standing: dict[str, list[Message]]) -> Iterable[str]:
    """Those that stand before one which was due earlier in the same place."""
    latest: dict[str, float] = defaultdict(float)
    for post in posts:
        for message in standing[post.reference]:
            if float(message.ts) < latest[post.place]:
                yield post.key
            latest[post.place] = max(latest[post.place], float(message.ts))


def _reference(metadata: dict[str, object] | None) -> str:
    payload = (metadata or {}).get("event_payload")
    return str(payload.get("reference", "")) if isinstance(payload, dict) else ""
