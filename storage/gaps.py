"""What a restored database does not know: which debts were paid between its backup and its restore."""

from datetime import datetime, timedelta

from storage.consortia import Consortium
from storage.post_facts import Gap
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import Session, own

A_DAY = timedelta(days=1)
DONE_ANEW_WITHIN = timedelta(days=180)
"""By then whatever was lost has been done anew, or never will be: its meeting is over."""
STILL_ON_ITS_WAY = timedelta(seconds=90)
"""How long a message may take to appear whose sender ended right before: a gap ends so long after the restore."""


def gap_of_post(session: Session, post: Post, due: datetime) -> Gap | None:
    """When the bot may have done already, without our knowing, what this post asks for `due` then."""
    return gap_of(session.get_one(Consortium, own(session)), post.kind, post.subject_id, due)


def gap_of(consortium: Consortium, kind: PostKind, subject_id: int, due: datetime) -> Gap | None:
    """When the same debt may have been paid without our knowing; None if it can't have been.

    What came into being after the restore is nobody's debt of before, also where it got the number of something lost.
    """
    if consortium.gap_since is None or consortium.gap_until is None:
        return None
    last_known = (consortium.gap_numbers or {}).get(kind.about, 0)
    latest = consortium.gap_until + (A_DAY if kind.is_of_a_day else DONE_ANEW_WITHIN)
    may_be_the_same = subject_id <= last_known and due <= latest
    return Gap(consortium.gap_since, consortium.gap_until) if may_be_the_same else None
