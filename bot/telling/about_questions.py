"""What posts about questions have to say, as things are; None: nothing any more."""

from datetime import datetime

from bot.questions import seen_asked
from bot.seen.posts import AskedSeen
from storage.consortia import Consortium
from storage.posts import Post
from storage.questions import question_by_id
from storage.tenancy import Session


def asked(session: Session, consortium: Consortium, post: Post, now: datetime) -> AskedSeen | None:
    """What is answered, or can be answered no more, is not asked."""
    question = question_by_id(session, post.subject_id)
    seen = seen_asked(consortium, question, now) if question else None
    is_to_ask = seen is not None and seen.question.is_open and seen.stays is None
    return seen if is_to_ask or post.ts is not None else None


def asks_for_an_answer(session: Session, post: Post) -> bool:
    """Whether somebody may still answer."""
    question = question_by_id(session, post.subject_id)
    return question is not None and question.is_open
