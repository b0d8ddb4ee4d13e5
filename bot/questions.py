"""Questions: the host asks the author of an item, and the author answers. Nobody else sees either."""

from datetime import datetime

from bot.audiences import reader
from bot.decisions import must_be_for, must_not_be_off_the_list, must_not_be_over
from bot.errors import Name, NothingChanged, Words
from bot.items_to_change import item_to_change, why_it_stays
from bot.people import Actor
from bot.question_posts import owe_question, redraw_question
from bot.seen.items import DECIDED, ItemSeen, hosts_of, must_see, seen_item
from bot.seen.posts import AskedSeen
from bot.seen.questions import seen_question
from storage.consortia import Consortium
from storage.items import Item, ItemState, lock_item
from storage.people import Person
from storage.questions import Question, lock_question, question_by_id, questions_of_item
from storage.tenancy import Session

MOST_OPEN = 3


def to_ask(
    session: Session, actor: Actor, item_id: int, now: datetime, meeting_id: int | None = None
) -> ItemSeen:
    """The item, as the form that asks about it shows it. Raises NothingChanged as `ask` does."""
    item = _item_to_ask_about(session, actor, item_id, now, meeting_id)
    return must_see(item, hosts_of(item))


def ask(
    session: Session, actor: Actor, item_id: int, now: datetime, *, words: str, meeting_id: int | None = None
) -> Item:
    """Ask the item's author. Those who decide read the answer where they decide.

    Raises NothingChanged if the item is gone, withdrawn, or with another meeting by now; if its meeting is over, or its author has heard
    the decision; if its author can't be asked; or if they have enough to answer.
    """
    item = _item_to_ask_about(session, actor, item_id, now, meeting_id)
    question = Question(
        item_id=item.id, meeting_id=item.meeting_id, asked_by_id=actor.person.id, asked_at=now
    )
    session.add(question)
    item.questions += 1
    session.flush()
    question.words = words
    session.flush()
    owe_question(session, question, now)
    redraw_question(session, question)
    return item


def to_answer(session: Session, actor: Actor, question_id: int, now: datetime) -> AskedSeen:
    """The question, as the form that answers it shows it. Raises NothingChanged as `answer` does."""
    question = _question_to_answer(session, actor, question_id, now)
    seen = seen_asked(actor.consortium, question, now)
    if seen is None:
        raise gone()
    return seen


def answer(session: Session, actor: Actor, question_id: int, words: str, now: datetime) -> None:
    """Answer it, or say something else than before. An author can answer as long as they can change the item.

    Raises NothingChanged if the question was removed, if the item is withdrawn, if the host did not take it, or if its meeting is over.
    """
    question = _question_to_answer(session, actor, question_id, now)
    question.answer, question.answered_by_id, question.answered_at = words, actor.person.id, now
    session.flush()
    redraw_question(session, question)


def seen_asked(consortium: Consortium, question: Question, now: datetime) -> AskedSeen | None:
    """As the author of its item sees it; None of one that was removed."""
    item = question.item
    own = reader(item.proposer_id)
    seen, asked = seen_item(item, own), seen_question(question, own)
    if seen is None or asked is None or asked.words is None:
        return None
    stays = why_it_stays(Actor(consortium, item.proposer), item, now)
    return AskedSeen(asked, seen.as_brought, stays.words if stays else None)


def gone() -> NothingChanged:
    return NothingChanged("This question is no longer here.")


def _item_to_ask_about(
    session: Session, actor: Actor, item_id: int, now: datetime, meeting_id: int | None
) -> Item:
    must_be_for(session, item_id, meeting_id)
    item = item_to_change(session, item_id, hosts_of)
    name = Name(item.proposer.name)
    if item.state == ItemState.WITHDRAWN:
        raise NothingChanged("{name} has withdrawn this item.", name=name)
    must_not_be_off_the_list(item)
    must_not_be_over(actor, item, now)
    if item.state in DECIDED and item.told_at is not None:
        raise NothingChanged(
            "{name} has been told what you decided, so I ask nothing more.",
            name=name,
            then=Words("On the host's board you can decide again."),
        )
    _must_be_there_to_ask(actor, item.proposer)
    if sum(one.is_open for one in questions_of_item(session, item)) >= MOST_OPEN:
        raise NothingChanged(
            "{name} has {most} questions about this item to answer. Please wait for the answers.",
            name=name,
            most=MOST_OPEN,
        )
    return item


def _must_be_there_to_ask(actor: Actor, author: Person) -> None:
    if author.id == actor.person.id:
        raise NothingChanged("You brought this item yourself, so there is nobody to ask.")
    if author.left_at is not None or author.erased_at is not None or not author.takes_part:
        raise NothingChanged("{name} has left the channel, so I can't ask them.", name=Name(author.name))


def _question_to_answer(session: Session, actor: Actor, question_id: int, now: datetime) -> Question:
    known = question_by_id(session, question_id)
    item = lock_item(session, known.item_id) if known else None
    question = lock_question(session, question_id)
    if item is None or question is None or question.words is None:
        raise gone()
    refusal = why_it_stays(actor, item, now)
    if refusal is not None:
        raise refusal
    return question
