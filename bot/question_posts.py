"""What the author of an item is asked: one message a question, drawn anew with all that becomes of the item."""

from datetime import datetime

from storage import outbox
from storage.items import Item
from storage.meetings import Meeting
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.questions import (
    Question,
    ids_of_questions,
    ids_of_questions_for,
    question_by_id,
    questions_of_item,
)
from storage.tenancy import Session


def question_key(question_id: int) -> str:
    return PostKind.QUESTION.key(question=question_id)


def owe_question(session: Session, question: Question, now: datetime) -> None:
    """To the item's author, once; also where it was needed no longer, and now is."""
    place = question.item.proposer.user_id
    key = question_key(question.id)
    outbox.owe_again(session, PostKind.QUESTION, key, subject_id=question.id, place=place, due=now)


def owe_open_questions(session: Session, item: Item, now: datetime) -> None:
    """The item waits again, so they are to be answered."""
    for question in questions_of_item(session, item):
        if question.is_open:
            owe_question(session, question, now)


def redraw_question(session: Session, question: Question) -> None:
    """And where those who decide read it."""
    outbox.refresh(session, PostKind.QUESTION, subject_id=question.id)
    outbox.refresh(session, PostKind.CARD, subject_id=question.item_id)


def redraw_questions(session: Session, item: Item) -> None:
    """Something that their author knows of the item is another. An edit tells, too: of a decision that is not told yet there is none."""
    for question_id in ids_of_questions(session, item):
        outbox.refresh(session, PostKind.QUESTION, subject_id=question_id)
    if item.carry_overs:
        outbox.refresh(session, PostKind.STILL_WANTED, subject_id=item.id)


def redraw_questions_of(session: Session, meeting: Meeting) -> None:
    """It is over, or not any more."""
    for question_id in ids_of_questions_for(session, meeting):
        outbox.refresh(session, PostKind.QUESTION, subject_id=question_id)


def redraw_its_card(session: Session, post: Post, _now: datetime) -> None:
    """Those who decide read whether the author was asked."""
    question = question_by_id(session, post.subject_id)
    if question is not None:
        outbox.refresh(session, PostKind.CARD, subject_id=question.item_id)
