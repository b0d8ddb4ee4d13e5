"""Two rows of which Slack says that they are one person."""

from sqlalchemy import delete, update
from sqlalchemy.orm import InstrumentedAttribute

from storage.coming import Coming, Party, let_one_word_stand
from storage.duties import Duty
from storage.follow_ups import FollowUp
from storage.inbox import Input
from storage.items import Item
from storage.legal_holds import LegalHold
from storage.me_too import MeToo, let_one_me_too_stand
from storage.meetings import Meeting, Publication
from storage.people import Person, hand_over_roles
from storage.posts import Post
from storage.questions import Question
from storage.results import Result
from storage.set_aside import SetAside
from storage.swaps import Swap
from storage.tenancy import Session
from storage.tips import Tip

POINT_TO_PEOPLE: tuple[InstrumentedAttribute[int] | InstrumentedAttribute[int | None], ...] = (
    Item.proposer_id,
    Item.decided_by_id,
    Tip.person_id,
    Publication.by_id,
    Meeting.helped_by_id,
    Result.written_by_id,
    FollowUp.owner_id,
    FollowUp.written_by_id,
    Question.asked_by_id,
    Question.answered_by_id,
    Swap.asked_by_id,
    Swap.answered_by_id,
    Input.person_id,
    Post.answered_by_id,
    Coming.person_id,
    Party.said_by_id,
    Duty.taken_by_id,
    MeToo.person_id,
    LegalHold.began_by_id,
    SetAside.person_id,
)
"""What they brought and did. What they are trusted with is handed over as a role."""


def become_one(session: Session, other: Person, person: Person) -> None:
    """All that is the other's is this person's, and one row stays. Where one of them has left the channel, or is in doubt, so is the person."""
    hand_over_roles(session, other, person)
    let_one_word_stand(session, other, person)
    let_one_me_too_stand(session, other, person)
    person.left_at = max(filter(None, (person.left_at, other.left_at)), default=None)
    person.doubted_at = max(filter(None, (person.doubted_at, other.doubted_at)), default=None)
    person.erasure_wanted_at = person.erasure_wanted_at or other.erasure_wanted_at
    for points in POINT_TO_PEOPLE:
        theirs = update(points.class_).where(points == other.id).values({points: person.id})
        session.execute(theirs, execution_options={"synchronize_session": False})
    session.execute(delete(Person).where(Person.id == other.id))
