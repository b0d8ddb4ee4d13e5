"""Writes down what became of a post, and when it is to be tried again."""

from datetime import datetime, timedelta

import structlog

from bot.undelivered import ask_whether_it_is_there, tell_admins
from handlers.delivery.kinds import KINDS
from handlers.slack.outcomes import (
    MENDED_BY_PEOPLE,
    Closed,
    Failure,
    Gone,
    NotDrawn,
    NotNeeded,
    NotSent,
    Outcome,
    Refused,
    Sent,
    Unclear,
    Unknowable,
)
from storage import claims
from storage.outbox import Post, PostState
from storage.tenancy import Session

log = structlog.get_logger(__name__)

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=5)
MOST_TRIES = 5
"""For what seems to be wrong for good."""
MOST_TRIES_TO_DRAW = 20
"""An hour and more: the database may be away for a while, or whoever mends the program."""
GIVEN_UP = (PostState.FAILED, PostState.UNKNOWN)
OVER = (*GIVEN_UP, PostState.NOT_NEEDED)


def write_down(
    session: Session, claimed: Post, outcome: Outcome, now: datetime, settle: timedelta
) -> Post | None:
    """Give the post as it is now, or nothing if its claim was lost.

    `claimed` is the post as it was drawn, maybe before newer changes. If its claim ran out and somebody else has taken
    it up, all there is to write is that it may stand there twice. `settle` is how long Slack may take to store a message
    whose sender gave up waiting.
    """
    post = claims.held_claim(session, claimed.id, claimed.fence)
    if post is None:
        _note_the_lost_claim(session, claimed, outcome, now)
        return None
    _note_the_try(post)
    _note_the_outcome(post, claimed, outcome, now, settle)
    if claimed.ts is None and (post.ts is not None or post.state in OVER):
        _settle(session, post, now)
    _tell_those_who_can_help(session, post, claimed, now)
    return post


def _settle(session: Session, post: Post, now: datetime) -> None:
    after_its_end = KINDS[post.kind].after_its_end
    if after_its_end is not None:
        after_its_end(session, post, now)


def _note_the_lost_claim(session: Session, claimed: Post, outcome: Outcome, now: datetime) -> None:
    log.warning("a claim ran out", kind=claimed.kind, post=claimed.id)
    if isinstance(outcome, Sent) and claimed.ts is None:
        claims.note_stray(session, claimed, outcome.channel_id, outcome.ts, now)
    elif isinstance(outcome, Sent):
        claims.note_stale_edit(session, claimed)


def _tell_those_who_can_help(session: Session, post: Post, claimed: Post, now: datetime) -> None:
    if post.error:
        log.warning(
            "a post was not delivered", kind=post.kind, post=post.id, status=post.state, error=post.error
        )
    if post.state == PostState.UNKNOWN:
        ask_whether_it_is_there(session, post, now)
    elif post.state == PostState.FAILED or (post.error in MENDED_BY_PEOPLE and post.error != claimed.error):
        tell_admins(session, post, now)


def _note_the_try(post: Post) -> None:
    post.attempts += 1
    post.lease_until, post.not_before, post.error = None, None, None


def _note_the_outcome(post: Post, claimed: Post, outcome: Outcome, now: datetime, settle: timedelta) -> None:
    match outcome:
        case Sent(channel_id, ts, is_current):
            post.channel_id, post.ts, post.may_be_there = channel_id, ts, False
            post.sent_at = post.sent_at or now
            post.shown = claimed.wanted if is_current else 0
            post.attempts = 0
            post.state = PostState.SENT if post.shown == post.wanted else PostState.DUE
            if claimed.may_be_there:
                post.sweep_at = now + settle
        case NotNeeded():
            post.state = PostState.NOT_NEEDED if post.ts is None else PostState.SENT
        case Closed() if KINDS[post.kind].is_told_once:
            post.state, post.shown = PostState.SENT, post.wanted
        case Closed():
            post.begin_anew()
        case Gone() if post.sweep_at is not None:  # it was the later of two, and the earlier stands there
            post.state, post.ts, post.may_be_there = PostState.DUE, None, True
        case Gone() if KINDS[post.kind].is_replaced:
            post.begin_anew()
        case Gone(error):
            post.state, post.error = PostState.NOT_NEEDED, error
        case failure:
            _note_the_failure(post, claimed, failure, now, settle)


def _note_the_failure(post: Post, claimed: Post, failure: Failure, now: datetime, settle: timedelta) -> None:
    post.error = failure.error
    match failure:
        case Unknowable():
            post.state = PostState.UNKNOWN
        case NotDrawn() | Refused() if claimed.error == failure.error and post.attempts >= _most_tries(
            failure
        ):
            post.state = PostState.UNKNOWN if post.may_be_there else PostState.FAILED
        case Unclear():
            post.state, post.not_before, post.tried = PostState.DUE, now + settle, claimed.wanted
            post.may_be_there = post.may_be_there or post.ts is None
        case NotSent(wait=wait):
            post.state, post.not_before = PostState.DUE, now + _pause(post.attempts, wait)
        case NotDrawn() | Refused():
            post.state, post.not_before = PostState.DUE, now + _pause(post.attempts, None)


def _most_tries(failure: Failure) -> int:
    return MOST_TRIES_TO_DRAW if isinstance(failure, NotDrawn) else MOST_TRIES


def _pause(attempts: int, asked: float | None) -> timedelta:
    """As long as Slack asked; else twice as long after each failure."""
    if asked is not None:
        return timedelta(seconds=max(asked, 1))
    doubled: timedelta = FIRST_PAUSE * 2 ** min(attempts - 1, 10)
    return min(doubled, LONGEST_PAUSE)
