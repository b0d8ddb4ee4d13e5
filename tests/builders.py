"""Records with valid defaults, and a consortium beside ours in which everything looks alike."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from sqlalchemy import select

from bot.consortia import apply
from bot.items import Proposal, propose
from bot.meetings import Arrangement
from bot.people import Actor, learn_name, meet
from bot.plan.plan import Plan, read_plan
from bot.timetable import next_meeting
from bot.tips import keep
from bot.word_to_proposers import mark_told, outcome_key
from storage import outbox
from storage.coming import Coming, Need, Party
from storage.consortia import Collaborative, Consortium, collaborative_named, consortium_of
from storage.duties import Duty, Work
from storage.erasures import Erasure, Noted
from storage.follow_ups import FollowUp
from storage.items import Item, ItemState
from storage.legal_holds import LegalHold
from storage.live import LiveMeeting
from storage.me_too import MeToo
from storage.meetings import Meeting, MeetingState
from storage.people import Person, Who, last_asked_before
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.questions import Question
from storage.results import Became, Result
from storage.set_aside import SetAside
from storage.swaps import Swap, SwapState
from storage.tenancy import Session, across_consortia, enter
from tests.clock import FrozenClock
from tests.drawn import draw
from tests.story import NAMES, PLAN

Row = TypeVar("Row", Coming, Party, Question)
NOON = datetime.fromisoformat("2026-11-23T20:00+00:00")


def a_consortium(session: Session, **changes: Any) -> Consortium:
    defaults = {
        "team_id": "T0SISTER",
        "name": "Sister Peace Initiatives",
        "channel_id": "C0SHARED",
        "timezone": "America/Los_Angeles",
        "call_days": [28, 14, 7, 1],
        "call_at": time(10),
        "closes_days_before": 7,
        "digest_weekday": "monday",
        "digest_at": time(9),
        "told_after_minutes": 5,
        "told_at": time(17),
        "is_quiet": False,
        "created_at": NOON,
        "scheduled_since": NOON,
    }
    return _kept(session, Consortium(**defaults | changes))


def a_collaborative(session: Session, consortium: Consortium, **changes: Any) -> Collaborative:
    defaults = {"position": 1, "name": "CCSJ", "office": "1 Main St, San Francisco"}
    return _kept(session, Collaborative(consortium_id=consortium.id, **defaults | changes))


def a_person(session: Session, consortium: Consortium, **changes: Any) -> Person:
    defaults = {"team_id": "T0SISTER", "user_id": "U0MEMBER", "name": "Priya Nair", "is_admin": False}
    return _kept(session, Person(consortium_id=consortium.id, **defaults | changes))


def a_meeting(session: Session, host: Collaborative, **changes: Any) -> Meeting:
    defaults = {
        "day": date(2027, 1, 21),
        "starts": time(10),
        "minutes": 120,
        "office": host.office,
        "state": MeetingState.SET,
        "known_since": NOON,
        "revised_at": NOON,
    }
    return _kept(session, Meeting(consortium_id=host.consortium_id, host=host, **defaults | changes))


def an_item(session: Session, proposer: Person, **changes: Any) -> Item:
    defaults = {"title": "Budget cuts", "state": ItemState.WAITING, "created_at": NOON, "submitted_at": NOON}
    return _kept(session, Item(consortium_id=proposer.consortium_id, proposer=proposer, **defaults | changes))


def a_result(session: Session, item: Item, **changes: Any) -> Result:
    """Of its own meeting, written down by who proposed it."""
    defaults = {"became": Became.DONE, "written_by_id": item.proposer_id, "written_at": NOON}
    about = {"consortium_id": item.consortium_id, "meeting_id": item.meeting_id, "item_id": item.id}
    return _kept(session, Result(**defaults | about | changes))


def a_follow_up(session: Session, item: Item, **changes: Any) -> FollowUp:
    """Whoever brought the item has it to do."""
    defaults = {"words": "Call the clinic", "owner_id": item.proposer_id, "due_on": date(2027, 2, 8)}
    defaults |= {"written_by_id": item.proposer_id, "written_at": NOON}
    about = {"consortium_id": item.consortium_id, "meeting_id": item.meeting_id, "item_id": item.id}
    return _kept(session, FollowUp(**defaults | about | changes))


def a_question(session: Session, item: Item, **changes: Any) -> Question:
    """Asked by whoever brought it."""
    defaults = {"asked_by_id": item.proposer_id, "asked_at": NOON}
    about = {"consortium_id": item.consortium_id, "meeting_id": item.meeting_id, "item_id": item.id}
    sealed = {"words": changes.pop("words", "Which program is it?"), "answer": changes.pop("answer", None)}
    with across_consortia(session):
        item.questions += 1
        return _sealed(session, Question(**defaults | about | changes), **sealed)


def a_me_too(session: Session, item: Item, person: Person) -> MeToo:
    about = {"consortium_id": item.consortium_id, "item_id": item.id, "person_id": person.id}
    return _kept(session, MeToo(**about))


def a_coming(session: Session, meeting: Meeting, person: Person, **changes: Any) -> Coming:
    """Of the day on which the meeting is."""
    about = {"consortium_id": meeting.consortium_id, "meeting_id": meeting.id, "person_id": person.id}
    sealed = {"needs": changes.pop("needs", Need.FOOD), "more": changes.pop("more", "No nuts")}
    coming = Coming(**{"comes": True, "day": meeting.day} | about | changes)
    return _sealed(session, coming, **sealed)


def a_party(session: Session, meeting: Meeting, person: Person, **changes: Any) -> Party:
    """Of the collaborative that hosts it, as this person said."""
    about = {"consortium_id": meeting.consortium_id, "meeting_id": meeting.id, "said_by_id": person.id}
    about |= {"collaborative_id": meeting.host_id, "day": meeting.day}
    sealed = {"who_is_new": changes.pop("who_is_new", "Rosa")}
    return _sealed(session, Party(**{"people": 4, "new": 2} | about | changes), **sealed)


def a_duty(session: Session, meeting: Meeting, person: Person, **changes: Any) -> Duty:
    """For the collaborative that hosts it, as this person said."""
    about = {"consortium_id": meeting.consortium_id, "meeting_id": meeting.id, "taken_by_id": person.id}
    about |= {"collaborative_id": meeting.host_id, "day": meeting.day}
    return _kept(session, Duty(**{"work": Work.FOOD} | about | changes))


def a_live_meeting(session: Session, item: Item, **changes: Any) -> LiveMeeting:
    """Of its own meeting, in which it is on."""
    defaults = {"started_at": NOON, "since": NOON, "told_at": NOON, "had_turn": [], "put_off": []}
    about = {"consortium_id": item.consortium_id, "meeting_id": item.meeting_id, "item_id": item.id}
    return _kept(session, LiveMeeting(**defaults | about | changes))


def a_swap(session: Session, meeting: Meeting, other: Collaborative, person: Person, **changes: Any) -> Swap:
    """That this person asked the other to host the meeting, with nothing in exchange."""
    defaults = {"state": SwapState.OPEN, "asked_at": NOON, "asked_by_id": person.id, "other_id": other.id}
    about = {"consortium_id": meeting.consortium_id, "meeting_id": meeting.id, "host_id": meeting.host_id}
    return _kept(session, Swap(**defaults | about | changes))


def a_hold(session: Session, person: Person, **changes: Any) -> LegalHold:
    """That this person began. It lasts up to the day of the meeting."""
    defaults = {"until": date(2027, 1, 21), "began_at": NOON, "began_by_id": person.id}
    sealed = {"reason": changes.pop("reason", "A records request")}
    hold = LegalHold(consortium_id=person.consortium_id, **defaults | changes)
    return _sealed(session, hold, **sealed)


def an_erasure(session: Session, consortium: Consortium) -> Erasure:
    return _kept(
        session,
        Erasure(consortium_id=consortium.id, what=Noted.PERSON, mark=consortium.team_id, number=0, at=NOON),
    )


def words_set_aside(session: Session, item: Item, words: str) -> SetAside:
    """Of the item, which somebody has taken off the screen."""
    about = {"consortium_id": item.consortium_id, "person_id": item.proposer_id}
    aside = SetAside(of_table="item", row_id=item.id, at=NOON, **about)
    return _sealed(session, aside, words=words)


def _sealed(session: Session, row: Row, **words: str | None) -> Row:
    """What is sealed needs the row's number."""
    with across_consortia(session):
        session.add(row)
        session.flush()
        for field, said in words.items():
            setattr(row, field, said)
        session.flush()
    return row


def a_post(session: Session, consortium: Consortium, key: str, **changes: Any) -> Post:
    defaults = {"kind": PostKind.CARD, "subject_id": 1, "place": "U0CURATOR", "due": NOON}
    state = changes.pop("state", PostState.DUE)
    with among(session, consortium):
        outbox.owe(session, key=key, **defaults | changes)
        post = post_at(session, key)
        post.state = state
    return post


def an_arrangement(**changes: Any) -> Arrangement:
    defaults = {"day": date(2027, 1, 21), "starts": time(10), "minutes": 120, "office": "1 Main St"}
    return Arrangement(**defaults | changes)


def a_plan(**changes: str) -> Plan:
    """The plan of tests/consortium.toml, with some of its lines replaced: `a_plan(**{old: new})`."""
    text = PLAN
    for old, new in changes.items():
        if old not in text:
            raise ValueError(f"the plan does not say {old}")
        text = text.replace(old, new)
    return read_plan(text)


def post_at(session: Session, key: str) -> Post:
    with across_consortia(session):
        post = session.scalar(select(Post).where(Post.key == key))
    if post is None:
        raise LookupError(key)
    return post


@dataclass
class Scene:
    """The consortium of tests/consortium.toml, and what its people do in it."""

    session: Session
    clock: FrozenClock
    consortium: Consortium
    _drawn: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def found(cls, session: Session, clock: FrozenClock) -> "Scene":
        """The scene that was set in this database before."""
        consortium = consortium_of(session, "T0SISTER")
        if consortium is None:
            raise LookupError("no scene was set")
        enter(session, consortium.id)
        return cls(session, clock, consortium)

    @property
    def now(self) -> datetime:
        return self.clock()

    @property
    def meeting(self) -> Meeting:
        meeting = next_meeting(self.session, self.consortium, self.now)
        if meeting is None:
            raise LookupError("there is no meeting")
        return meeting

    def actor(self, user_id: str, team_id: str = "T0SISTER") -> Actor:
        return meet(self.session, self.consortium, Who(team_id, user_id), None)

    def collaborative(self, name: str) -> Collaborative:
        found = collaborative_named(self.session, name)
        if found is None:
            raise LookupError(name)
        return found

    def propose(self, title: str = "Budget cuts", by: str = "U0MEMBER", **more: Any) -> Item:
        [item] = propose(self.session, self.actor(by), [Proposal(title, **more)], self.now).items
        return self.session.get_one(Item, item.id)

    def apply(self, **changes: str) -> None:
        apply(self.session, a_plan(**changes), self.now)

    def tell(self, item: Item) -> None:
        """What delivery does: the proposer has the outcome now."""
        post = post_at(self.session, outcome_key(item))
        deliver(post, self.now)
        mark_told(self.session, item, self.now)
        self.session.flush()

    def cards(self, item: Item) -> dict[str, bool]:
        """Where there is a card of the item, and whether it has buttons, once all that is owed was delivered."""
        for post in self.posts(PostKind.CARD, about=item.id):
            if post.state == PostState.DUE:
                message = draw(self.session, post, self.now)
                self._drawn[post.key] = "item.take" in str(message and message.blocks)
                deliver(post, self.now)
        self.session.flush()
        return {post.place: self._drawn[post.key] for post in self.posts(PostKind.CARD, about=item.id)}

    def theirs(self, record: type[Any]) -> list[Any]:
        """The other consortium's rows of this kind."""
        with across_consortia(self.session):
            found = self.session.query(record).filter(record.consortium_id != self.consortium.id)
            return found.order_by(record.id).all()

    def posts(self, kind: PostKind, *, about: int | None = None) -> list[Post]:
        found = self.session.query(Post).filter_by(consortium_id=self.consortium.id, kind=kind)
        if about is not None:
            found = found.filter_by(subject_id=about)
        return found.order_by(Post.id).populate_existing().all()


def deliver(post: Post, now: datetime, ts: str = "1.1") -> None:
    post.state, post.ts, post.channel_id, post.sent_at = PostState.SENT, ts, "C1", now
    post.shown_version = post.wanted_version


def a_scene(session: Session, clock: FrozenClock) -> Scene:
    """Ours, with the other consortium's rows before and after it."""
    with across_consortia(session):
        others = apply(session, _plan_of_others(), clock())
        _do_everything(session, others, clock())
    consortium = apply(session, a_plan(), clock())
    with among(session, others):
        _do_everything(session, others, clock() + timedelta(seconds=1))
    for person in last_asked_before(session, clock(), limit=100):
        with across_consortia(session):
            enter(session, person.consortium_id)
            learn_name(session, person.id, NAMES.get(person.user_id), clock())
    return Scene(session, clock, consortium)


def _plan_of_others() -> Plan:
    return a_plan(T0SISTER="T0NOISE", C0SHARED="C0NOISE")


def _do_everything(session: Session, consortium: Consortium, now: datetime) -> None:
    """Rows that any question which forgets to ask for one consortium only would find."""
    member = meet(session, consortium, Who("T0NOISE", "U0MEMBER"), "Noise")
    brought = propose(session, member, [Proposal(f"Noise {state}") for state in ItemState], now).items
    for seen, state in zip(brought, ItemState, strict=True):
        item = session.get_one(Item, seen.id)
        item.state = state
        if state in (ItemState.ON_AGENDA, ItemState.HELD, ItemState.NOT_TAKEN):
            item.decided_by, item.decided_at, item.told_at = member.person, now, now
    an_item(session, member.person, title="Noise without a meeting")
    keep(session, member, "Noise", "Budget cuts", now)


@contextmanager
def among(session: Session, consortium: Consortium) -> Iterator[None]:
    """Meanwhile the session sees this consortium, whichever it saw before."""
    with across_consortia(session):
        enter(session, consortium.id)
        yield


def _kept(session: Session, record: Any) -> Any:
    with across_consortia(session):
        session.add(record)
    return record
