"""What is before its host again: a decision is taken back, or what an item went together with is withdrawn."""

from datetime import datetime

from bot.cards import owe_cards, redraw_cards
from bot.doors import redraw_doors
from bot.question_posts import owe_open_questions, redraw_questions
from bot.seen.items import DECIDED
from bot.separate_talks import close_talk
from bot.word_to_proposers import mark_told, owe_proposer, reconsidered_key, takes_back_untold
from storage import outbox
from storage.consortia import Consortium
from storage.items import Item, ItemState
from storage.me_too import forget_me_too
from storage.post_kinds import PostKind
from storage.tenancy import Session


def take_back(session: Session, consortium: Consortium, item: Item, now: datetime) -> None:
    """The item waits again. If its proposer may have heard of the decision, they hear so, unless it is decided anew by then."""
    may_have_heard = item.state in DECIDED and not takes_back_untold(session, item)
    if may_have_heard:
        mark_told(session, item, now)
        redraw_doors(session, consortium.id)
    back_to_waiting(session, consortium, item, now, tells_so=may_have_heard)


def back_to_waiting(
    session: Session, consortium: Consortium, item: Item, now: datetime, *, tells_so: bool
) -> None:
    item.state = ItemState.WAITING
    item.leave_agenda()
    item.decided_by, item.decided_at, item.told_at = None, None, None
    item.reason, item.note = None, None
    session.flush()
    close_talk(session, item)
    if tells_so:
        owe_proposer(session, consortium, item, PostKind.RECONSIDERED, reconsidered_key(item), now)
        redraw_questions(session, item)
    redraw_cards(session, item)
    owe_cards(session, item, now)
    owe_open_questions(session, item, now)


def take_off_alone(
    session: Session, consortium: Consortium, item: Item, state: ItemState, now: datetime
) -> None:
    """Its author takes the item off the list, for the reason that this state tells, and it goes together with nothing. What was joined to it stands for itself, and is before the host again.

    What was kept for the next meeting stays so, as its next host reads it then, and what rests goes on resting.
    """
    others, left_alone = item.goes_with, item.joined
    item.take_back_common_title()
    item.state = state
    if state == ItemState.WITHDRAWN:
        forget_me_too(session, item)
    item.part()
    item.leave_agenda()
    session.flush()
    for one in left_alone:
        if one.state not in (ItemState.HELD, ItemState.RESTING):
            take_back(session, consortium, one, now)
    for one in others:
        name_its_company_anew(session, one)


def name_its_company_anew(session: Session, item: Item) -> None:
    """It goes together with others than before: what tells of it names these."""
    redraw_cards(session, item)
    outbox.refresh(session, PostKind.OUTCOME, subject_id=item.id)
