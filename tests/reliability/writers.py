"""Writers: processes that all write the same rows of one database at the same time."""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from typing import Any

from storage import outbox
from storage.consortia import Consortium
from storage.database import Database
from storage.post_kinds import PostKind
from tests.reliability.replica import forking
from tests.story import OURS
from tests.waiting import SECONDS


def side_by_side(processes: int, work: Callable[..., None], *given: Any) -> list[int | None]:
    """Do the work in so many processes at once; their exit statuses, which are 0 where nothing was raised."""
    workers = [forking.Process(target=work, args=given, daemon=True) for _ in range(processes)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(SECONDS)
    return [worker.exitcode for worker in workers]


def count_up(url: str, times: int) -> None:
    """Read, then write what was read: the way in which updates get lost. SQLite locks no rows, and needs none."""
    with closing(Database(url)) as database:
        for _ in range(times):
            with database.transaction(OURS) as session:
                session.query(Consortium).with_for_update().one().told_after_minutes += 1


def owe_the_same(url: str, slots: int, now: datetime) -> None:
    """What the tick of every replica does: write down each slot that is due, in its own transaction."""
    with closing(Database(url)) as database:
        for slot in range(slots):
            with database.transaction(OURS) as session:
                consortium = session.query(Consortium).one()
                outbox.owe(
                    session,
                    PostKind.CALL,
                    f"slot:{slot}",
                    subject_id=1,
                    place=consortium.channel_id,
                    due=now,
                )
