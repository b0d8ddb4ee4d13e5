"""Writes down what became of a post, and when it is to be tried again."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.capabilities import tell_keepers
from bot.channels import CLOSED_FOR, note_closed
from bot.places import bring_where_it_is_owed
from bot.series import note_missed
from bot.undelivered import ask_whether_it_is_there, tell_admins, tell_admins_of_files
from handlers.delivery.kinds import KINDS
from handlers.delivery.saying import saying_and_instead
from handlers.slack.outcomes import CLOSED_TO_EDITS, MENDED_BY_PEOPLE, NOT_GRANTED, SHARED_CHANNEL_IS_CLOSED
from storage import claims
from storage.capabilities import Capability
from storage.channels import channels_of
from storage.consortia import Consortium, Places, consortium_at
from storage.former import forget_where_it_stood
from storage.gaps import gap_of_post
from storage.happenings import Changed, Tried
from storage.outcomes import (
    Closed,
    Gone,
    NotDrawn,
    NotNeeded,
    NotSent,
    Outcome,
    PutOff,
    Refused,
    Sent,
    TooLate,
    Unclear,
)
from storage.post_facts import PostState
from storage.posts import Post
from storage.tenancy import Session
from storage.together import note_shown, shorten_rests_in, those_that_stand_in, those_together_with

log = structlog.get_logger(__name__)

THINGS_HAVE_CHANGED = "things_have_changed"
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
    if _may_lead_to_more(claimed, outcome):
        consortium_at(session, claimed.consortium_id, Places.STAY if claimed.is_direct else Places.CHANGE)
    post = claims.held_claim(session, claimed.id, claimed.fence)
    if post is None:
        _note_the_lost_claim(session, claimed, outcome, now)
        return None
    outcome = _as_far_as_it_matters(session, post, claimed, outcome)
    if isinstance(outcome, Sent) and (outcome.has_joined or outcome.is_as_tried):
        outcome = _with_those_who_stand_there(session, post, outcome)
    if isinstance(outcome, NotNeeded | TooLate) and post.ts is None:
        outcome = _unless_things_have_changed(session, post, outcome, now)
    if isinstance(outcome, NotNeeded) and post.ts is None:
        bring_where_it_is_owed(session, _consortium(session, post), post, now)
        if post.state != PostState.SENDING:
            return post
    together = those_together_with(session, post)
    post.live_through(_tried(session, post, claimed, outcome, now, settle), now)
    _note_what_it_means_for_those_beside(session, post, together, outcome, now, settle)
    if isinstance(outcome, PutOff):
        _follow(KINDS[post.kind].when_put_off, session, post, now)
    if claimed.sent_at is None and (post.sent_at is not None or post.state in OVER):
        _follow(KINDS[post.kind].after_its_end, session, post, now)
    if post.is_of_nobody and post.state not in (PostState.DUE, PostState.UNKNOWN):
        forget_where_it_stood(post)
    _tell_those_who_can_help(session, post, claimed, outcome, now)
    return post


def _may_lead_to_more(claimed: Post, outcome: Outcome) -> bool:
    """Whether something is owed then, or a channel may be found closed or open."""
    if isinstance(outcome, Sent) and outcome.without_file is None:
        return claimed.ts is None and not claimed.is_direct
    return True


def _unless_things_have_changed(
    session: Session, post: Post, outcome: NotNeeded | TooLate, now: datetime
) -> Outcome:
    """It was drawn from how things were before. Now that the post is locked, nothing of it can change unseen."""
    saying, instead = saying_and_instead(session, post, now)
    is_still_so = saying is None or type(instead) is type(outcome)
    return outcome if is_still_so else NotSent(THINGS_HAVE_CHANGED, is_soon=True)


def _as_far_as_it_matters(session: Session, post: Post, claimed: Post, outcome: Outcome) -> Outcome:
    """What was told in a channel that is none of ours any more is edited while that channel lets it be, and then left.

    What the workspace refuses just now, that channel may take later.
    What was refused under an id that the channel has no longer is tried at once under the new one.
    """
    if _has_moved(post, claimed) and isinstance(outcome, NotSent | Refused):
        return NotSent(THINGS_HAVE_CHANGED, is_soon=True)
    is_closed = isinstance(outcome, NotSent | Refused) and outcome.error in CLOSED_TO_EDITS
    return NotNeeded() if is_closed and not _is_ours(session, post) else outcome


def _with_those_who_stand_there(session: Session, post: Post, sent: Sent) -> Outcome:
    """The message that it joined may have been swept away meanwhile, as a double: then it is said once more.

    One that is found among others may have been left out by an edit since.
    """
    others = those_that_stand_in(session, post.place, sent.ts)
    if sent.is_as_tried:
        return replace(sent, is_as_tried=not others)
    return sent if others else NotSent(THINGS_HAVE_CHANGED, is_soon=True)


def _has_moved(post: Post, claimed: Post) -> bool:
    """Whether its place is another one than where it was tried."""
    return post.place != claimed.place


def _is_ours(session: Session, post: Post) -> bool:
    return not _is_in_channel(post) or post.place in channels_of(session, _consortium(session, post))


def _is_in_channel(post: Post) -> bool:
    """A direct message, or a group message that was opened for it alone, is in none."""
    return not (post.is_direct or post.kind.is_of_a_group)


def _consortium(session: Session, post: Post) -> Consortium:
    return session.get_one(Consortium, post.consortium_id)


def _note_what_it_means_for_those_beside(
    session: Session,
    post: Post,
    together: Sequence[Post],
    outcome: Outcome,
    now: datetime,
    settle: timedelta,
) -> None:
    """What stands in the same message was shown, or is gone, with it."""
    match outcome:
        case Sent():
            if outcome.has_joined:
                together = those_together_with(session, post)
            _note_versions_shown(session, post, together, outcome)
            _shorten_rests_beside(session, post, together, outcome, now + settle)
        case Gone():
            _find_out_what_is_gone(together, now)
        case NotSent(gone_ts=str() as gone_ts):
            _find_out_what_is_gone(those_that_stand_in(session, post.place, gone_ts), now)
        case Unclear() | Refused() | NotDrawn() if post.ts is None:
            _show_them_without_it(together, post, now)


def _show_them_without_it(together: Sequence[Post], post: Post, now: datetime) -> None:
    """It was to stand there, and may do so all the same: one edit of their message takes it out."""
    for other in [other for other in together if other.id != post.id][:1]:
        other.live_through(Changed(), now)


def _note_versions_shown(session: Session, post: Post, together: Sequence[Post], sent: Sent) -> None:
    """Others in the message need no edit of their own, where nothing newer is wanted."""
    due = {other.id for other in together if other.state == PostState.DUE and other.id != post.id}
    session.flush()
    note_shown(session, sent.ts, {one: version for one, version in sent.others.items() if one in due})


def _shorten_rests_beside(
    session: Session, post: Post, together: Sequence[Post], sent: Sent, settled: datetime
) -> None:
    """Where an edit gets through, trouble that is not about what somebody said is over for all who stand there.

    An edit of theirs of which nobody knows may still be stored until then.
    """
    if any(other.hindrances and other.state == PostState.DUE for other in together if other.id != post.id):
        shorten_rests_in(session, post.place, sent.ts, settled)


def _find_out_what_is_gone(together: Sequence[Post], now: datetime) -> None:
    """What stood in a message that somebody has deleted is drawn once more, and so comes back where it is still to be pressed."""
    for other in together:
        other.live_through(Changed(), now)


def _follow(
    consequence: Callable[[Session, Post, datetime], None] | None, session: Session, post: Post, now: datetime
) -> None:
    if consequence is not None:
        consequence(session, post, now)


def _tried(
    session: Session, post: Post, claimed: Post, outcome: Outcome, now: datetime, settle: timedelta
) -> Tried:
    kind = KINDS[post.kind]
    return Tried(
        outcome,
        claimed.wanted_version,
        settle,
        is_told_once=kind.is_told_once
        or (isinstance(outcome, Closed) and kind.stands_as_posted(session, post)),
        is_replaced=isinstance(outcome, Gone | Closed) and kind.is_replaced(session, post),
        gap=gap_of_post(session, post, now) if isinstance(outcome, Gone | Closed) else None,
        rests=kind.rests,
        longest_pause=kind.longest_pause,
    )


def _note_the_lost_claim(session: Session, claimed: Post, outcome: Outcome, now: datetime) -> None:
    log.warning("a claim ran out", kind=claimed.kind, post=claimed.id)
    if isinstance(outcome, Sent) and claimed.ts is None:
        post = claims.note_stray(session, claimed, outcome.channel_id, outcome.ts, now)
        if outcome.has_joined:  # it may have put older words of theirs over newer ones
            for other in those_that_stand_in(session, claimed.place, outcome.ts)[:1]:
                claims.note_stale_edit(session, other, now)
        if post.ts == outcome.ts:
            _follow(KINDS[post.kind].after_its_end, session, post, now)
    elif isinstance(outcome, Sent):
        claims.note_stale_edit(session, claimed, now)


def _tell_those_who_can_help(
    session: Session, post: Post, claimed: Post, outcome: Outcome, now: datetime
) -> None:
    if isinstance(outcome, Sent) and outcome.without_file:
        log.warning("a post went without its file", kind=post.kind, post=post.id, error=post.error)
        _tell_of_no_files(session, post, outcome.without_file, now)
    elif post.error and not post.life.is_put_off:
        log.warning(
            "a post was not delivered", kind=post.kind, post=post.id, status=post.state, error=post.error
        )
    if _has_stepped_aside(post, claimed):
        log.warning("a post stands aside", kind=post.kind, post=post.id, error=post.error)
    tells_of_its_place = _is_in_channel(post) and not _has_moved(post, claimed)
    has_got_in = isinstance(outcome, Sent) and claimed.ts is None  # an edit may get through to a closed one
    if tells_of_its_place and (post.error in CLOSED_FOR or has_got_in):
        # A message tells sooner than the clock whether a channel is open.
        closed_for = CLOSED_FOR.get(post.error) if post.error else None
        if note_closed(session, _consortium(session, post), post.place, closed_for, now):
            log.error(SHARED_CHANNEL_IS_CLOSED, error=closed_for)
    elif post.state == PostState.UNKNOWN:
        ask_whether_it_is_there(session, post, now)
    elif post.state == PostState.MISSED:
        note_missed(session, post, now)
    elif not _has_moved(post, claimed) and _admins_can_help(session, post, claimed, outcome):
        tell_admins(session, post, now)


def _tell_of_no_files(session: Session, post: Post, error: str, now: datetime) -> None:
    if error in NOT_GRANTED:
        tell_keepers(session, _consortium(session, post), Capability.FILES, now)
    else:
        tell_admins_of_files(session, post, now)


def _admins_can_help(session: Session, post: Post, claimed: Post, outcome: Outcome) -> bool:
    """Each time that something new is known of it."""
    is_apart = post.state == PostState.FAILED or _has_stepped_aside(post, claimed)
    return is_apart or (post.error != claimed.error and _waits_for_people(session, post, outcome))


def _waits_for_people(session: Session, post: Post, outcome: Outcome) -> bool:
    """What is left in a channel that is none of ours waits for nobody: they hear of the workspace by all else that is owed."""
    return isinstance(outcome, NotSent) and post.error in MENDED_BY_PEOPLE and _is_ours(session, post)


def _has_stepped_aside(post: Post, claimed: Post) -> bool:
    return post.life.stands_aside and not claimed.life.stands_aside
