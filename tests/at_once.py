"""Two transactions that meet: the second begins while the first has acted and not yet committed."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from sqlalchemy import text

from storage.database import Database
from storage.tenancy import Session

Unit = Callable[[Session], Any]


def at_once(
    database: Database, first: Unit, second: Unit, consortium_id: int | None = None
) -> tuple[Any, Any]:
    """What each gave back, or the exception that it raised."""
    has_acted, may_commit = threading.Event(), threading.Event()

    def winner() -> Any:
        with database.transaction(consortium_id) as session:
            try:
                answer = first(session)
                session.flush()
            finally:
                has_acted.set()
            may_commit.wait()
            return answer

    def rival() -> Any:
        with database.transaction(consortium_id) as session:
            return second(session)

    with ThreadPoolExecutor(2) as threads:
        won = threads.submit(winner)
        try:
            has_acted.wait()
            rivalled = threads.submit(rival)
            wait_until_it_waits(database, rivalled)
        finally:
            may_commit.set()  # or the threads would wait for ever
        return _outcome(won), _outcome(rivalled)


def wait_until_it_waits(database: Database, rivalled: "Future[Any]") -> None:
    """Postgres tells who waits for a lock. On SQLite it is enough that the second has asked to begin, or soon will."""
    if database.engine.dialect.name == "sqlite":
        return
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with database.engine.connect() as watching:
        while not rivalled.done() and not watching.scalar(waiting):
            watching.rollback()
            time.sleep(0.005)


def _outcome(future: "Future[Any]") -> Any:
    return future.exception() or future.result()
