"""Names: which messages show the name or the words of a person, by the columns that point to them."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from storage.duties import Duty
from storage.follow_ups import FollowUp
from storage.items import Item
from storage.legal_holds import LegalHold
from storage.me_too import MeToo, all_with_me_too_of
from storage.meetings import Meeting
from storage.people import Person
from storage.post_kinds import About
from storage.posts import Post
from storage.questions import Question
from storage.results import Result
from storage.subjects import about_any_of, is_about, lists_items_of
from storage.swaps import Swap
from storage.tenancy import Session

ToPerson = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]
Subjects = Callable[[Session, Person], Collection[int]]


class Told(NamedTuple):
    """Messages of these kinds, about these subjects."""

    which: ColumnElement[bool]
    subjects: Subjects


def _of(points: ToPerson, subject: Select[int]) -> Subjects:
    """Of each row that points to somebody."""

    def subjects(session: Session, person: Person) -> set[int]:
        return set(session.scalars(subject.where(points == person.id)))

    return subjects


def _of_question(points: ToPerson) -> Sequence[Told]:
    return (
        Told(is_about(About.ITEM), _of(points, select(Question.item_id))),
        Told(is_about(About.QUESTION), _of(points, select(Question.id))),
    )


def _of_follow_up(points: ToPerson) -> Sequence[Told]:
    return (
        Told(lists_items_of(About.MEETING), _of(points, select(FollowUp.meeting_id))),
        Told(is_about(About.FOLLOW_UP), _of(points, select(FollowUp.id))),
    )


def _of_helper(points: ToPerson) -> Sequence[Told]:
    """Whoever helps is named beside the host wherever the meeting is named, also where one on its day was cancelled."""
    on_its_day = aliased(Meeting)
    swapped = or_(Swap.meeting_id == Meeting.id, Swap.in_exchange_id == Meeting.id)
    return (
        Told(
            is_about(About.MEETING),
            _of(points, select(on_its_day.id).join(Meeting, Meeting.day == on_its_day.day)),
        ),
        Told(is_about(About.CONSORTIUM), _of(points, select(Meeting.consortium_id))),
        Told(is_about(About.SWAP), _of(points, select(Swap.id).join(Meeting, swapped))),
    )


def _with_company(session: Session, person: Person) -> set[int]:
    return {one.id for item in all_with_me_too_of(session, person) for one in item.together}


# fmt: off
TELL_OF: dict[ToPerson, Sequence[Told]] = {
    Item.decided_by_id:      (Told(is_about(About.ITEM), _of(Item.decided_by_id, select(Item.id))),),
    MeToo.person_id:         (Told(is_about(About.ITEM), _with_company),),
    Question.asked_by_id:    _of_question(Question.asked_by_id),
    Question.answered_by_id: _of_question(Question.answered_by_id),
    Result.written_by_id:    (Told(lists_items_of(About.MEETING), _of(Result.written_by_id, select(Result.meeting_id))),),
    FollowUp.owner_id:       _of_follow_up(FollowUp.owner_id),
    FollowUp.written_by_id:  _of_follow_up(FollowUp.written_by_id),
    Duty.taken_by_id:        (Told(lists_items_of(About.MEETING), _of(Duty.taken_by_id, select(Duty.meeting_id))),),
    LegalHold.began_by_id:   (Told(is_about(About.LEGAL_HOLD), _of(LegalHold.began_by_id, select(LegalHold.id))),),
    Meeting.helped_by_id:    _of_helper(Meeting.helped_by_id),
    Post.answered_by_id:     (Told(is_about(About.POST), _of(Post.answered_by_id, select(Post.id))),),
}
# fmt: on
"""By each column that points to people, the messages that name them for that. By whose items they are it is told apart."""
IN_NO_MESSAGE = frozenset(
    {
        *("curator.person_id", "input.person_id", "publication.by_id"),
        *("coming.person_id", "party.said_by_id", "tip.person_id"),
        *("swap.asked_by_id", "swap.answered_by_id", "set_aside.person_id"),
    }
)
"""Columns that point to people whom no message names for that. A test erases who stands in each of them."""


def told_of(session: Session, person: Person) -> Iterator[ColumnElement[bool]]:
    """The messages that name them for anything but their items."""
    for every in TELL_OF.values():
        for which, subjects in every:
            yield from about_any_of(subjects(session, person), which)
