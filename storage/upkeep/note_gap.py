"""Notes what a restored database does not know, so that whatever is owed from then on reckons with it."""

from datetime import datetime

from sqlalchemy import func, select

from storage.channels import Channel
from storage.consortia import Consortium, every_consortium
from storage.follow_ups import FollowUp
from storage.gaps import DONE_ANEW_WITHIN
from storage.items import Item
from storage.legal_holds import LegalHold
from storage.meetings import Meeting
from storage.post_facts import Gap
from storage.post_kinds import About
from storage.posts import Post
from storage.questions import Question
from storage.swaps import Swap
from storage.tenancy import Session, across_consortia
from storage.tips import Tip

NUMBERS = {
    About.CONSORTIUM: Consortium.id,
    About.MEETING: Meeting.id,
    About.ITEM: Item.id,
    About.TIP: Tip.id,
    About.FOLLOW_UP: FollowUp.id,
    About.QUESTION: Question.id,
    About.SWAP: Swap.id,
    About.LEGAL_HOLD: LegalHold.id,
    About.POST: Post.id,
    About.CHANNEL: Channel.id,
}


def note_gap(session: Session, gap: Gap) -> None:
    """For every consortium. What was lost by a restore not long before is not known either."""
    with across_consortia(session):
        numbers = {
            str(about): session.scalar(select(func.max(number))) or 0 for about, number in NUMBERS.items()
        }
    for consortium in every_consortium(session):
        consortium.gap_since = _since(consortium, gap)
        consortium.gap_until, consortium.gap_numbers = gap.until, numbers


def _since(consortium: Consortium, gap: Gap) -> datetime:
    since, until = consortium.gap_since, consortium.gap_until
    is_lately = since is not None and until is not None and gap.since - until < DONE_ANEW_WITHIN
    return min(since, gap.since) if since is not None and is_lately else gap.since
