"""One item with a canary in every field that holds words, in every state, and all that is drawn around it."""

import json
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import product
from typing import Any, NamedTuple

from bot.cards import card_key
from bot.decisions import add_to_agenda, hold, leave_out, reconsider, take_up_separately
from bot.freshness import solve
from bot.items import Proposal, edit, propose, withdraw
from bot.people import learn_name
from bot.publishing import publish
from bot.rotation import turn_over
from bot.seen.documents import Of, Way
from bot.word_to_proposers import outcome_key, reconsidered_key
from handlers.blocks import ids
from storage.capabilities import Capability
from storage.channels import Channel
from storage.database import Database
from storage.items import Item, Reason
from storage.post_facts import PostState
from storage.post_kinds import HOLD_ALL, About, PostKind
from storage.posts import Post
from storage.questions import questions_of_item
from storage.tenancy import Session
from tests.builders import Scene, a_hold, a_post, a_question
from tests.clock import FrozenClock
from tests.drawn import draw, file_of
from tests.handlers.documents.reading import words_in
from tests.matrix import scene as matrix
from tests.matrix.scene import NEXT
from tests.matrix.sent import ABOUT, Key, Sent, sent
from tests.matrix.stage import Stage
from tests.matrix.table import ROWS, can_be_sent
from tests.story import A_YEAR, SHARED
from tests.tables import content

FIELDS = ("title", "details", "links", "lead", "on_behalf_of")
ASKED = ("question", "answer")
CANARIES = {field: f"canary{field.replace('_', '')}" for field in (*FIELDS, "note", "proposer", *ASKED)}
ORDINARY = "An ordinary title"
"""Of the second item, which is driven through the same states."""
AUTHOR = "U0NEW"
"""Who brought the canaries, and does nothing else of which anybody hears."""
ROLES = {"newcomer": "the author", "host": "the host", "admin": "an admin", "other": "somebody"}
LOST = "lost in the cage"
WAYS = ("earlier", "later", "back", "ask", "wake")
LOST_IN_MATRIX = matrix.LOST
ITEMS_OF_MATRIX = {str(number) for number in range(matrix.WAITING, matrix.OVER + 1)}
SAID_BY_THEIR_KEYS = {PostKind.DOCUMENT, PostKind.NOT_GRANTED, *HOLD_ALL}
PLACES = (SHARED, AUTHOR, "U0CURATOR", "U0ADMIN", "U0SAM", "C0CURATORS")

Drawn = dict[str, str]
"""All that was drawn, as JSON, by what made it be drawn."""


class Cage:
    """The scene with the item in it. `hidden` and `ordinary` are driven alike."""

    def __init__(self, scene: Scene) -> None:
        scene.clock.passes(hours=1)
        self.scene = scene
        self.host = scene.actor("U0CURATOR")
        self.hidden = self._brought(AUTHOR, CANARIES["title"], **_words())
        self.ordinary = self._brought("U0MEMBER", ORDINARY)
        self.both = (self.hidden, self.ordinary)

    def _brought(self, by: str, title: str, **words: str) -> Item:
        [item] = propose(
            self.scene.session, self.scene.actor(by), [Proposal(title, **words)], self.scene.now
        ).items
        return self.scene.session.get_one(Item, item.id)

    def decide(self, verb: Callable[..., Item], *words: Any, is_told: bool = False) -> None:
        for item in self.both:
            verb(self.scene.session, self.host, item.id, self.scene.now, *words)
            if is_told:
                self.scene.tell(item)

    def reconsider(self) -> None:
        for item in self.both:
            reconsider(self.scene.session, self.host, item.id, self.scene.now)

    def withdraw(self) -> None:
        for item in self.both:
            withdraw(self.scene.session, self.scene.actor(item.proposer.user_id), item.id, self.scene.now)

    def say_better(self) -> None:
        for item in self.both:
            better = Proposal(
                f"{item.title}, said better",
                item.details,
                links=item.links,
                lead=item.lead,
                on_behalf_of=item.on_behalf_of,
            )
            edit(
                self.scene.session,
                self.scene.actor(item.proposer.user_id),
                item.id,
                better,
                shown=100,
                now=self.scene.now,
            )

    def publish(self) -> None:
        publish(self.scene.session, self.host, NEXT, self.scene.now)
        self.scene.clock.passes(minutes=1)

    def solve(self) -> None:
        for item in self.both:
            solve(self.scene.session, self.scene.actor(item.proposer.user_id), item.id, self.scene.now)

    def goes_on(self, times: int = 1) -> None:
        for day in ("2027-01-22", "2027-04-23", "2027-07-30")[:times]:
            self.scene.clock.strikes(f"{day} 09:00")
            turn_over(self.scene.session, self.scene.consortium, self.scene.now)


def _words() -> dict[str, str]:
    return {field: CANARIES[field] for field in FIELDS if field != "title"}


def _not_taken(cage: Cage, *, is_told: bool) -> None:
    cage.decide(leave_out, Reason.OTHER, CANARIES["note"], is_told=is_told)
    cage.ordinary.note = None


def _talked_about_separately(cage: Cage) -> None:
    cage.decide(take_up_separately, CANARIES["note"], is_told=True)
    cage.ordinary.note = None


def _published(cage: Cage) -> None:
    cage.decide(add_to_agenda)
    cage.publish()


def _published_again(cage: Cage) -> None:
    _published(cage)
    cage.say_better()
    cage.publish()


def _taken_off_again(cage: Cage) -> None:
    _published(cage)
    cage.reconsider()
    cage.publish()


def _withdrawn_from_agenda(cage: Cage) -> None:
    cage.decide(add_to_agenda, is_told=True)
    cage.withdraw()


def _told_and_reconsidered(cage: Cage) -> None:
    cage.decide(hold, is_told=True)
    cage.reconsider()


STATES: dict[str, Callable[[Cage], Any]] = {
    "draft": lambda _cage: None,
    "waiting": lambda _cage: None,
    "on the agenda, untold": lambda cage: cage.decide(add_to_agenda),
    "on the agenda, told": lambda cage: cage.decide(add_to_agenda, is_told=True),
    "held, untold": lambda cage: cage.decide(hold),
    "held, told": lambda cage: cage.decide(hold, is_told=True),
    "not taken, untold": lambda cage: _not_taken(cage, is_told=False),
    "not taken, told": lambda cage: _not_taken(cage, is_told=True),
    "not taken, and talked about separately": _talked_about_separately,
    "reconsidered": _told_and_reconsidered,
    "withdrawn": Cage.withdraw,
    "withdrawn from the agenda": _withdrawn_from_agenda,
    "published": _published,
    "published again": _published_again,
    "taken off again": _taken_off_again,
    "carried over": Cage.goes_on,
    "solved": Cage.solve,
    "asked whether it is still wanted": lambda cage: cage.goes_on(times=2),
    "resting": lambda cage: cage.goes_on(times=3),
}


class Caged(NamedTuple):
    """Our item, the second one, and the first of the messages about ours that got lost."""

    item_id: int
    ordinary_id: int
    lost_id: int


def set_cage(database: Database, clock: FrozenClock, state: str) -> Caged:
    """Drive the item into the state."""
    with database.transaction() as session:
        scene = Scene.found(session, clock)
        author = scene.actor(AUTHOR).person
        learn_name(session, author.id, CANARIES["proposer"], clock() + A_YEAR)
        if state != "draft":
            author.collaborative = scene.collaborative("CCSJ")
        cage = Cage(scene)
        if state != "draft":
            _ask(cage)
        STATES[state](cage)
        lost = [_a_lost_post(scene, kind, cage.hidden) for kind in PostKind if kind.about == About.ITEM]
        lost[-1].state, lost[-1].answered_by_id = PostState.SENT, scene.actor("U0SAM").person.id
        return Caged(cage.hidden.id, cage.ordinary.id, lost[0].id)


def _ask(cage: Cage) -> None:
    words = {"words": CANARIES["question"], "answer": CANARIES["answer"]}
    a_question(cage.scene.session, cage.hidden, asked_by_id=cage.host.person.id, **words)


def _a_lost_post(scene: Scene, kind: PostKind, item: Item) -> Post:
    """About the item, to its author; nobody knows whether it is there."""
    key = f"{LOST} {kind}"
    lost = a_post(scene.session, scene.consortium, key, kind=kind, subject_id=item.id, place=AUTHOR)
    lost.state, lost.error, lost.tried_version = PostState.UNKNOWN, "fatal_error", 1
    scene.session.flush()
    return lost


class Walk(Stage):
    """It plays everything that can be heard, with the item as what it is about, and keeps all that Slack was given."""

    def __init__(self, caged: Caged, *stage: Any) -> None:
        self._caged = caged
        super().__init__(*stage)

    def set_anew(self) -> None:
        super().set_anew()
        with self._scene() as scene:
            self._wanted = {post.id: post.wanted_version for post in scene.session.query(Post)}

    async def answers(self, roles: Iterable[str] = ROLES) -> AsyncIterator[Drawn]:
        """Whatever these hear, one after the other, with what is owed after it."""
        for role in roles:
            for key in ROWS:
                if can_be_sent(ROWS[key].who, role):
                    for what in self._about_item(key, role):
                        yield await self._heard(key, role, what)

    async def _heard(self, key: Key, role: str, what: Sent) -> Drawn:
        heard = f"{ROLES[role]}: {' '.join(key)} {what.value}"
        shown = json.dumps(await self._shown(key, role, what), default=asdict)
        if content(self._database) == self._before:
            return {heard: shown}
        drawn = {heard: shown}
        for post in self._posts_owed(heard):
            drawn |= post
        self.set_anew()
        return drawn

    async def _shown(self, key: Key, role: str, what: Sent) -> list[Any]:
        """All that anybody sees, but for the message in which was clicked."""
        world = self._slack.world
        card, answer = await self.hears(key, role, what)
        messages = [one for there in world.messages.values() for one in there if one is not card or one.text]
        views = [view.content for views in world.forms.values() for view in views]
        return [messages, views, [home.content for home in world.homes.values()], answer]

    def posts(self) -> Iterator[Drawn]:
        """Each kind of post, at each place, about the item and about all else that is there."""
        with self._scene() as scene:
            yield from _drawn(scene, "at rest", self._posts(scene.session, scene))

    def _posts_owed(self, after: str) -> Iterator[Drawn]:
        """What is owed since, or owed anew."""
        with self._scene() as scene:
            owed = scene.session.query(Post).filter_by(consortium_id=scene.consortium.id).order_by(Post.id)
            anew = [post for post in owed if post.wanted_version != self._wanted.get(post.id)]
            yield from _drawn(scene, after, anew)

    @contextmanager
    def _scene(self) -> Iterator[Scene]:
        with self._database.transaction() as session:
            yield Scene.found(session, self._clock)

    def _posts(self, session: Session, scene: Scene) -> Iterator[Post]:
        items = [session.get_one(Item, found) for found in self._caged[:2]]
        lost = session.query(Post).filter(Post.key.startswith(LOST)).order_by(Post.id)
        meetings = {item.meeting_id for item in items if item.meeting_id}
        subjects = {
            About.CONSORTIUM: [scene.consortium.id],
            About.MEETING: sorted(meetings | {NEXT}),
            About.ITEM: [item.id for item in items],
            About.TIP: [matrix.TIP],
            About.FOLLOW_UP: [matrix.FOLLOW_UP],
            About.QUESTION: [one.id for item in items for one in questions_of_item(session, item)],
            About.SWAP: [matrix.ASKED_OF_US],
            About.LEGAL_HOLD: [a_hold(session, scene.actor("U0ADMIN").person).id],
            About.POST: [post.id for post in lost],
            About.CHANNEL: [channel.id for channel in session.query(Channel).order_by(Channel.id)],
        }
        keys = {(PostKind.OUTCOME, item.id): outcome_key(item) for item in items}
        keys |= {(PostKind.RECONSIDERED, item.id): reconsidered_key(item) for item in items}
        for kind, place in product(set(PostKind) - SAID_BY_THEIR_KEYS, PLACES):
            for subject in subjects[kind.about]:
                key = keys.get((kind, subject), f"{kind}:{subject}")
                yield _a_post(scene, kind=kind, key=key, subject_id=subject, place=place)
        yield from self._documents(scene, subjects[About.MEETING])
        for capability, place in product(Capability, PLACES):
            key = PostKind.NOT_GRANTED.key(consortium=scene.consortium.id, capability=capability, admin=place)
            [ours] = subjects[About.CONSORTIUM]
            yield _a_post(scene, kind=PostKind.NOT_GRANTED, key=key, subject_id=ours, place=place)
        for item, place in product([one for one in items if one.meeting], PLACES):
            key = card_key(item, item.meeting, place)
            yield _a_post(scene, kind=PostKind.CARD, key=key, subject_id=item.id, place=place)

    def _documents(self, scene: Scene, meetings: Iterable[int]) -> Iterator[Post]:
        """Of the host and of whoever brought the item, each way."""
        for meeting, of, way, place in product(meetings, Of, Way, (AUTHOR, "U0CURATOR")):
            key = PostKind.DOCUMENT.key(of=of, way=way, meeting=meeting, state="", day="", place=place)
            yield _a_post(scene, kind=PostKind.DOCUMENT, key=key, subject_id=meeting, place=place)

    def _about_item(self, key: Key, role: str) -> Iterator[Sent]:
        """What is sent in the matrix, with our item in the place of its items, and our message in that of its message."""
        fresh = next(sent(key, role, "fresh"))
        number, _colon, rest = fresh.value.partition(":")
        if key not in ABOUT:
            yield fresh
        elif number == str(LOST_IN_MATRIX):
            yield Sent(f"{self._caged.lost_id}", fresh.answers)
        elif number in ITEMS_OF_MATRIX:
            for more in WAYS if key == ("action", ids.ARRANGE) else [rest]:
                yield Sent(f"{self._caged.item_id}:{more}", fresh.answers)
        else:
            yield fresh


def _a_post(scene: Scene, **about: Any) -> Post:
    """As it would be if it were owed."""
    return Post(consortium_id=scene.consortium.id, due_at=scene.now, sent_at=None, **about)


def _drawn(scene: Scene, after: str, posts: Iterable[Post]) -> Iterator[Drawn]:
    """Each with the words of the file that goes up with it. What is kept about somebody goes to them by the table of what is kept, and by no rule."""
    for post in [one for one in posts if one.kind not in HOLD_ALL]:
        where = f"{after}; {post.key} at {post.place}"
        message, file = (make(scene.session, post, scene.now) for make in (draw, file_of))
        drawn = {where: json.dumps(vars(message))} if message else {}
        drawn |= {f"{where}, {file.name}": json.dumps(words_in(file.name, file.content))} if file else {}
        yield drawn
