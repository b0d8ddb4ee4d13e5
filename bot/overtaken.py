"""What becomes of a post that is not there yet and has something to say, where it is posted no more. None: it is posted."""

from datetime import datetime

from bot import calls, digests
from storage.consortia import Consortium
from storage.outcomes import NotNeeded, Outcome, PutOff, TooLate
from storage.people import person_behind
from storage.posts import Post, has_newer
from storage.tenancy import Session

A_TICK = 20
"""Seconds."""


def never(_session: Session, _consortium: Consortium, _post: Post, _now: datetime) -> Outcome | None:
    return None


def by_a_newer(session: Session, _consortium: Consortium, post: Post, _now: datetime) -> Outcome | None:
    """Each says how things stand when it is sent, so several would say the same."""
    return NotNeeded() if has_newer(session, post) else None


def by_a_doubt(session: Session, _consortium: Consortium, post: Post, _now: datetime) -> Outcome | None:
    """While Slack is asked who reads along in the shared channel, nothing of it is told to one of whom nobody knows."""
    person = person_behind(session, post.place)
    is_in_doubt = person is not None and not person.reads_along
    return PutOff(A_TICK) if is_in_doubt else None


def by_a_newer_call(session: Session, consortium: Consortium, post: Post, now: datetime) -> Outcome | None:
    return TooLate() if calls.is_past_use(session, consortium, post, now) else None


def by_a_newer_digest(session: Session, consortium: Consortium, post: Post, now: datetime) -> Outcome | None:
    if digests.is_past_use(session, consortium, post, now):
        return TooLate()
    return NotNeeded() if digests.gives_way(session, consortium, post.due_at, now) else None
