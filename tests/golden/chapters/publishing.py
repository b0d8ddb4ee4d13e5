"""What may have been told, or not have arrived, and how the host goes on from there."""

from datetime import UTC, datetime

from sqlalchemy import update

from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from tests.golden.teller import Teller
from tests.story import OURS

HOST = "U0CURATOR"
NEVER = datetime(2040, 1, 1, tzinfo=UTC)


async def tell(teller: Teller) -> None:
    await teller.types("U0MEMBER", "add Budget cuts (15 min)")
    await teller.clicks(HOST, teller.direct(HOST, "Budget cuts"), "item.take")
    await _becomes(teller, PostKind.OUTCOME, may_be_there=True, fence=1, hindrances=5, not_before=NEVER)
    await teller.clicks(HOST, teller.direct(HOST, "Budget cuts"), "item.undo")
    board = await teller.types(HOST, "curate")
    await teller.picks(HOST, board, "agenda.arrange", "1:back:1")
    await teller.minutes_pass(6)
    await _published_and_lost(teller)
    await _withdrawn(teller)


async def _published_and_lost(teller: Teller) -> None:
    await teller.forges(HOST, "item.take", "1")
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "agenda.publish")
    await _becomes(teller, PostKind.AGENDA, state=PostState.FAILED, ts=None)
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "agenda.publish")


async def _withdrawn(teller: Teller) -> None:
    mine = await teller.types("U0MEMBER", "mine")
    await teller.clicks("U0MEMBER", mine, "item.withdraw")
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "agenda.publish")


async def _becomes(teller: Teller, kind: PostKind, **facts: object) -> None:
    """What no person can bring about: it is made so in the database."""
    with teller.database.transaction(OURS) as session:
        session.execute(update(Post).where(Post.kind == kind).values(**facts))
    await teller.tells(f"of a post of kind {kind} it is now so: {', '.join(facts)}")
