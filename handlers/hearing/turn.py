"""A turn: one thing heard, and the one verb that it runs for who may."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from bot.channels import who_is_there_is_asked
from bot.errors import NothingChanged, UserError
from bot.participation import (
    Identity,
    ask_before_they_act,
    is_there,
    known_as,
    must_take_part,
    note_when_met,
)
from bot.people import Actor, keepers, meet
from bot.policies import Policy, admin, oneself
from handlers.hearing.answers import Answers
from handlers.hearing.introductions import introduction
from handlers.hearing.not_admitted import (
    LearntOnTheWay,
    NothingSetUp,
    NotIdentifiedYet,
    NotInChannel,
    NotMetYet,
)
from handlers.hearing.presence import ClosedToUs, WhatWasKnown, reads
from handlers.words import USUAL_WORD, OwnWord, own_word
from storage.consortia import Consortium, Places, consortium_of
from storage.inbox import Deed, hear
from storage.people import Person, Who
from storage.tenancy import Session, enter

Answer = TypeVar("Answer")
Values = ParamSpec("Values")
Verb = Callable[Concatenate[Session, Actor, Values], Answer]
Unit = Callable[[Session], Answer]
Run = Callable[[Unit[Answer]], Awaitable[Answer]]


@dataclass(kw_only=True)
class Turn(Answers):
    """It runs one verb that acts, at most: then it `has_acted`.

    The first verb also makes sure of who speaks and that they may: then the turn `is_judged`, whatever came of it.
    It `has_met` somebody when it knows of who speaks what is not written down. A deed writes that down with itself; a
    turn without a deed does so at its end; a refused one never. Somebody is `let_in` for this turn alone.
    What it asks of Slack counts as of when it began: `known` is what was known then of where they are, and `asked_at` what stood
    there of when Slack was asked who they are. All that it says from then on has the `own_word` of its consortium.
    """

    policy: Policy
    installed_team: str
    is_private: bool = False
    is_vouched_for: bool = False
    is_let_in: bool = False
    is_judged: bool = False
    identity: Identity | None = None
    asked_at: datetime | None = None
    known: WhatWasKnown = field(default_factory=WhatWasKnown)
    has_met: bool = False
    has_acted: bool = False
    own_word: OwnWord = USUAL_WORD

    def __post_init__(self) -> None:
        self.now = self.services.clock()

    async def admit(self) -> None:
        """Make sure of who speaks and that they may, unless a verb did. Raises UserError if they may not."""
        if not self.is_judged:
            await self.look(_nothing_more)

    async def begin(
        self,
        verb: Callable[Concatenate[Session, Values], Answer],
        *args: Values.args,
        **kwargs: Values.kwargs,
    ) -> Answer:
        """Let the verb act where nothing is set up yet, and so nobody has a role. Who may is for the caller to make sure.

        Raises NothingChanged if something is set up already.
        """

        self.is_judged = True

        def unit(session: Session) -> Answer:
            if consortium_of(session, self.installed_team) is not None:
                raise NothingChanged("This is set up already.")
            answer = verb(session, *args, **kwargs)
            self._note_who_began(session)
            return answer

        answer = await self.services.database.run(unit)
        own_word.set(self.own_word)
        self.has_acted = True
        self.services.outbox_changed.set()
        return answer

    def _note_who_began(self, session: Session) -> None:
        consortium = consortium_of(session, self.installed_team)
        if consortium is not None:
            self._takes_word_of(consortium)
            self._must_be_heard_for_the_first_time(session, meet(session, consortium, self.heard.who, None))

    async def is_set_up(self) -> bool:
        team = self.installed_team
        return await self.services.database.look(lambda session: consortium_of(session, team) is not None)

    async def do(self, verb: Verb[Values, Answer], *args: Values.args, **kwargs: Values.kwargs) -> Answer:
        """Let the verb act, once however often Slack delivers this: permission, memory and deed in one transaction.

        Raises UserError if they may not, or if it was done already.
        """

        def unit(session: Session) -> Answer:
            actor = self._admitted(session, self._places_of_a_deed)
            self._must_be_heard_for_the_first_time(session, actor)
            answer = verb(session, actor, *args, **kwargs)
            self._takes_word_of(actor.consortium)  # the settings change it
            return answer

        answer = await self._of_somebody_known(self.services.database.run, unit)
        self.has_acted = True
        self.services.outbox_changed.set()
        return answer

    async def look(self, verb: Verb[Values, Answer], *args: Values.args, **kwargs: Values.kwargs) -> Answer:
        """Let the verb only look, as often as Slack asks: what is written meanwhile is not kept. Raises UserError if they may not."""

        def unit(session: Session) -> Answer:
            return verb(session, self._admitted(session, self._asks(Places.MAY_CHANGE)), *args, **kwargs)

        return await self._of_somebody_known(self.services.database.look, unit)

    async def _of_somebody_known(self, run: Run[Answer], unit: Unit[Answer]) -> Answer:
        """Run it. If nobody knows who speaks, nothing is kept of it: Slack is asked, and it runs once more."""
        self.is_judged = True
        if not self.heard.who.team_id:
            await self._introduce()
        try:
            return await _alone_if_need_be(run, unit)
        except NotIdentifiedYet as unknown:
            await self._get_to_know(unknown.channel_id, is_admin=unknown.is_admin)
            return await _alone_if_need_be(run, unit)
        finally:
            own_word.set(self.own_word)

    async def write_down_who_was_met(self) -> None:
        """The end of a turn that was not refused."""
        if self.has_met and not self.has_acted:
            await self.services.database.run(lambda session: self._actor(session, Places.CHANGE))
            self.services.outbox_changed.set()  # where others decide now, they are owed the cards

    def _asks(self, places: Places) -> Places:
        """More where it is known before that something will change: what was learnt of who speaks may say who decides."""
        has_learnt = self.has_met or self.is_vouched_for or self.identity is not None
        return Places.CHANGE if has_learnt else places

    @property
    def _places_of_a_deed(self) -> Places:
        """It owes something to them. The settings change them, and so does who erases what they are trusted with."""
        return self._asks(Places.CHANGE if self.policy in (admin, oneself) else Places.STAY)

    def _admitted(self, session: Session, places: Places) -> Actor:
        actor = self._actor(session, places)
        self._must_be_allowed(session, actor)
        return actor

    def _must_be_heard_for_the_first_time(self, session: Session, actor: Actor) -> None:
        if not hear(session, self.heard.key, self._deed_of(actor), self.now):
            self.services.metrics.was_repeated()
            raise UserError("This reached us already, and counts once. Nothing more was changed.")

    def _deed_of(self, actor: Actor) -> Deed | None:
        """Of what is private it is remembered for a week that it was heard, and not by whom."""
        if self.is_private:
            return None
        return Deed(actor.person.id, f"{self.heard.kind} {self.heard.id}", self.heard.subject)

    def _must_be_allowed(self, session: Session, actor: Actor) -> None:
        try:
            must_take_part(actor.person)
            self.policy(session, actor, self.heard.subject, self.now)
        except UserError:
            self.services.metrics.was_denied(self.policy.__name__)
            raise

    def _actor(self, session: Session, places: Places) -> Actor:
        consortium = consortium_of(session, self.installed_team, places)
        if consortium is None:
            raise NothingSetUp
        enter(session, consortium.id)
        self._takes_word_of(consortium)
        person = known_as(session, self.heard.who, self.identity)
        self._must_be_known(session, consortium, person)
        before = _written_down(person)
        actor = Actor(consortium, person) if person else meet(session, consortium, self.heard.who, None)
        if self.identity and actor.person.named_at is None:
            note_when_met(session, consortium, actor.person, self.identity, self.asked_at, self.now)
        actor.person.name = actor.person.name or self.heard.called
        if self._speaks_there(consortium, actor.person):
            is_there(session, consortium, actor.person, self.now)
        self.has_met = _written_down(actor.person) != before
        if self.has_met and places is Places.STAY:
            raise LearntOnTheWay
        return actor

    def _takes_word_of(self, consortium: Consortium) -> None:
        """In the database's thread, where nothing is said. What is said afterwards says so."""
        self.own_word = OwnWord(consortium.called_one, consortium.called_many)

    def _must_be_known(self, session: Session, consortium: Consortium, person: Person | None) -> None:
        if person is None and self.heard.kind == "event":
            # Events do not always say whose workspace a person is of, so they introduce nobody.
            raise NotMetYet
        self.known.must_still_hold(session, consortium, person)
        is_identified = self.identity is not None or (person is not None and person.named_at is not None)
        speaks_there = self._speaks_there(consortium, person)
        is_reader = speaks_there or (person is not None and (person.reads_along or self.policy is oneself))
        if not (is_identified and (is_reader or self.is_let_in)):
            channel_id = None if is_reader else consortium.channel_id
            raise NotIdentifiedYet(channel_id, is_admin=person in keepers(session))

    def _speaks_there(self, consortium: Consortium, person: Person | None) -> bool:
        """In the shared channel; or Slack said that they are in it. Of whoever left it a message of before may be late, so Slack is asked."""
        has_left = person is not None and person.left_at is not None
        speaks = self.heard.channel_id == consortium.channel_id and not has_left
        return self.is_vouched_for or speaks

    async def _get_to_know(self, channel_id: str | None, *, is_admin: bool) -> None:
        await self._take_up_what_is_asked()
        identity = self.identity or await self._introduce()
        try:
            is_reader = not channel_id or await reads(self.client, channel_id, self.heard.who.user_id)
        except ClosedToUs as closed:
            self._let_in_whoever_can_mend_it(closed, is_admin=is_admin)
            return
        if identity.is_stranger or not is_reader:
            self.services.metrics.was_denied(self.policy.__name__)
            raise NotInChannel(is_known=self.known.is_of_somebody_known)
        self.is_vouched_for = channel_id is not None

    def _let_in_whoever_can_mend_it(self, closed: ClosedToUs, *, is_admin: bool) -> None:
        """Raises UserError for everybody else: nobody knows whether they are in the shared channel.

        What may pass by itself may also last, so it keeps no admin of our own workspace out. One of another workspace
        is asked to try again: maybe it was disconnected.
        """
        if not is_admin or (closed.passes and self.heard.who.team_id != self.installed_team):
            raise closed.refusal
        self.is_let_in = True

    async def _take_up_what_is_asked(self) -> None:
        """News that comes while Slack answers is newer, and shows by what stands there then. Where there is news already, a mark does."""
        run, team, who, now = self.services.database.run, self.installed_team, self.heard.who, self.now
        if self.known.is_of_somebody_known:
            self.asked_at = await run(lambda session: ask_before_they_act(session, team, who, now))
        elif self.known.quiet is not None and self.known.quiet.asked_at is None:
            self.known.quiet = await run(lambda session: who_is_there_is_asked(session, team, now))

    async def _introduce(self) -> Identity:
        """Have Slack say who they are, and of which workspace where its payload does not tell."""
        who = self.heard.who
        identity = self.identity = await introduction(self.client, who, self.services.timeouts.answer)
        self.heard = replace(self.heard, who=Who(who.team_id or identity.team_id, who.user_id))
        return identity

    @property
    def has_commands(self) -> bool:
        """Slack gives commands to people of the workspace in which the app is installed."""
        return self.heard.kind == "command" or self.heard.who.team_id == self.installed_team

    @property
    def subject(self) -> int:
        """The id of what this is about. Raises NothingChanged if it is about nothing."""
        if self.heard.subject is None:
            raise NothingChanged("What this was about is no longer here.")
        return self.heard.subject


async def _alone_if_need_be(run: Run[Answer], unit: Unit[Answer]) -> Answer:
    try:
        return await run(unit)
    except LearntOnTheWay:
        return await run(unit)


def _written_down(person: Person | None) -> tuple[object, ...] | None:
    """What a turn may learn of somebody."""
    return (person.name, person.named_at, person.left_at, person.doubted_at) if person else None


def _nothing_more(_session: Session, _actor: Actor) -> None:
    """The verb of a turn that only asks whether it may be."""
