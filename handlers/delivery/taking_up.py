"""Takes up what is due, and reads in the same transaction what each post has to say."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from storage import claims
from storage.outcomes import Outcome
from storage.posts import Post
from storage.tenancy import Session

Read = Callable[[Session, Post, datetime], tuple[Any, Outcome | None]]
UNREAD = object()


class Taken(NamedTuple):
    """A post that was claimed. `seen` is what it has to say: None if it is owed no longer, UNREAD if nobody has looked yet.

    `instead` is what becomes of it if it is not there yet, where it is not to be posted any more.
    """

    post: Post
    seen: Any
    instead: Outcome | None


class TakenUp(NamedTuple):
    to_send: Sequence[Taken] = ()
    to_sweep: Sequence[Post] = ()


NOTHING = TakenUp()


class Asking(NamedTuple):
    """When it is asked what is due, for how long it is taken up, and where something is under way. `sweeps`: one may be due."""

    now: datetime
    lease: timedelta
    busy: set[str]
    sweeps: bool


class Unreadable(Exception):
    """One of the posts could not be read, so none is taken up. Each is to be read by itself: that tells which it was."""


def take_up(session: Session, asking: Asking, read: Read) -> TakenUp:
    """Claim what is due, and read what it has to say. Raises Unreadable."""
    now, lease = asking.now, asking.lease
    posts = claims.claim(session, now, lease, asking.busy)
    strays = claims.claim_sweeps(session, now, lease) if asking.sweeps else []
    try:
        return TakenUp([Taken(post, *read(session, post, now)) for post in posts], strays)
    except Exception as error:
        raise Unreadable from error


def unread(_session: Session, _post: Post, _now: datetime) -> tuple[Any, None]:
    return UNREAD, None


class Sweeps:
    """When to ask for sweeps: where this process knows of one, and every so often, as another may have left one behind."""

    def __init__(self, every: timedelta) -> None:
        self._every = every
        self._next: datetime | None = None

    def one_is_due(self, at: datetime) -> None:
        self._next = min(self._next or at, at)

    def may_be_due(self, now: datetime) -> bool:
        """Whoever is told so asks for them."""
        is_time = self._next is None or not now < self._next <= now + self._every
        if is_time:
            self._next = now + self._every
        return is_time
