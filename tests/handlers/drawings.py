"""Every renderer, with people's words in every place where it takes any: `DRAWINGS` by the renderer's name.

What a renderer takes is made from the types in its signature. Only what those can't say stands in `BY_HAND`.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, time
from functools import partial
from typing import Any

from bot.about_me import READ_BY
from bot.changes import Entry, Other, changes
from bot.fingerprints import fingerprint
from bot.items import Receipt
from bot.joining import ToJoinSeen
from bot.placing import ToOrderSeen
from bot.removal import ToRemove
from bot.seen.about_me import (
    AboutMeSeen,
    AskedForAboutMeSeen,
    Counts,
    FileAboutMe,
    KeptPlace,
    ReadBy,
    ToEraseSeen,
)
from bot.seen.about_me import Way as WayAboutMe
from bot.seen.agenda import AgendaSeen, PublishedSeen, Share, StatusSeen
from bot.seen.coming import GuestSeen, Need
from bot.seen.digests import Digest
from bot.seen.documents import AgendaDocument, AskedForFilesSeen, FileOfDocument, NotesDocument, Way
from bot.seen.duties import DutySeen, Work
from bot.seen.follow_ups import FollowUpSeen, OwnFollowUpsSeen, ToAgreeSeen
from bot.seen.home import HomeSeen
from bot.seen.items import (
    DECIDED,
    Brought,
    DecisionSeen,
    ItemRead,
    ItemSeen,
    ItemState,
    OwnSeen,
    Reason,
    ToldSeen,
    Wish,
)
from bot.seen.legal_holds import HoldSeen, ToHoldSeen
from bot.seen.lists import Seen
from bot.seen.me_too import ToSaySeen
from bot.seen.meetings import MeetingSeen, Welcome
from bot.seen.posts import (
    AskedSeen,
    CallSeen,
    CardSeen,
    HelpOfferedSeen,
    HelpWantedSeen,
    LostSeen,
    NothingYetSeen,
    OutcomeSeen,
    ProposedSeen,
    StillWaitingSeen,
    WhereSeen,
)
from bot.seen.questions import QuestionSeen
from bot.seen.results import AfterSeen, Became, NotesSeen, NotesStand, ResultSeen
from bot.seen.separate_talks import TalkSeen
from bot.seen.settings import CollaborativeSeen, ConsortiumSeen, PersonSeen, SeatSeen, SettingsSeen, Who
from bot.seen.swaps import AskedToSwapSeen, SwapSeen, SwapState
from bot.seen.tips import Found, TipSeen
from bot.seen.year import TurnSeen
from handlers import blocks
from handlers.blocks import (
    about_me,
    before_closing,
    board,
    calls,
    came_up,
    decision_forms,
    decisions,
    documents,
    follow_ups,
    freshness,
    home,
    joining,
    kit,
    me_too,
    meetings,
    membership,
    notes,
    outcomes,
    own_items,
    placing,
    preparing,
    publication,
    questions,
    results,
    setup,
    setup_forms,
    swaps,
    tips,
    together,
    undelivered,
)
from handlers.blocks import (
    help as helps,
)
from handlers.blocks.taking_back import taken_back
from handlers.listeners.commands import also, help_lines, words
from storage.meetings import Stage
from storage.post_kinds import PostKind
from tests.handlers.made import MARK, NOW, TODAY, ZONE, drawings
from tests.handlers.user_text import OUR_THREAD, Drawn, Written

Draw = Callable[[Written], Drawn]


def a_consortium(w: Written) -> ConsortiumSeen:
    return ConsortiumSeen(
        id=1,
        name=w("consortium"),
        channel_id="C0SHARED",
        timezone=ZONE,
        call_days=(28, 14),
        call_at=time(10),
        closes_days_before=7,
        digest_weekday="monday",
        digest_at=time(9),
        told_at=time(17),
        told_after_minutes=5,
        is_quiet=True,
    )


def a_collaborative(w: Written, number: int = 1) -> CollaborativeSeen:
    return CollaborativeSeen(number, w(f"host{number}"), w("office"), number)


def a_person(w: Written, name: str = "person", number: int = 1) -> PersonSeen:
    return PersonSeen(Who("T1", f"U{number}"), w(name))


def a_meeting(w: Written, *, is_confirmed: bool = False) -> MeetingSeen:
    return MeetingSeen(
        id=1,
        day=date(2027, 1, 21),
        starts=time(10),
        minutes=120,
        office=w("place"),
        host=w("host1"),
        is_confirmed=is_confirmed,
        welcome=Welcome(w("staff"), w("way"), w("nearby")),
        opening=10,
    )


def prepared_together(w: Written) -> MeetingSeen:
    return replace(a_meeting(w), helper=w("host2"))


def some_duties(w: Written) -> tuple[DutySeen, ...]:
    """One is taken."""
    taken = DutySeen(Work.FOOD, is_taken=True, by=w("host2"), said_by=w("person"))
    return (DutySeen(Work.ROOM), taken)


def a_swap(w: Written, state: SwapState = SwapState.OPEN, **changes: Any) -> SwapSeen:
    fields = {"meeting": a_meeting(w), "in_exchange": a_meeting(w), "is_open": state == SwapState.OPEN}
    fields |= {"mark": fingerprint(["mark"])}
    return SwapSeen(id=1, host=w("host1"), other=w("host2"), state=state, **fields | changes)


def a_hold(w: Written, **changes: Any) -> HoldSeen:
    fields = {"until": TODAY, "reason": w("reason"), "began_on": TODAY, "began_by": w("person")}
    fields |= {"lasts": True, "ends_today": False, "waiting": 2}
    return HoldSeen(id=1, **fields | changes)


def a_guest(w: Written) -> GuestSeen:
    return GuestSeen(
        w("guest"), w("host2"), is_new=True, knows=(w("host1"),), needed=frozenset(Need), more=w("more")
    )


def an_item(
    w: Written, state: ItemState = ItemState.WAITING, name: str = "title", **changes: Any
) -> ItemSeen:
    fields = {
        "id": len(w.texts),
        "title": w(name),
        "details": w("details"),
        "wish": Wish.ADVICE,
        "minutes": 15,
        "links": w("links"),
        "lead": w("lead"),
        "on_behalf_of": w("behalf"),
        "proposer": w("proposer"),
        "collaborative": w("host2"),
        "state": state,
        "is_late": False,
        "came_up": False,
        "is_carried_over": False,
        "since": NOW,
        "meeting": a_meeting(w),
        "decision": None,
    }
    return ItemSeen(**fields | changes)


def decided(w: Written, state: ItemState, *, is_told: bool = False, **changes: Any) -> ItemSeen:
    is_why = state == ItemState.NOT_TAKEN
    decision = DecisionSeen(
        by=w("decider"),
        at=NOW,
        reason=Reason.OTHER if is_why else None,
        note=w("note") if is_why else None,
        number=1,
        is_told=is_told,
    )
    return an_item(w, state, decision=decision, **changes)


def an_own(w: Written, state: ItemState = ItemState.WAITING, name: str = "title", **facts: bool) -> OwnSeen:
    return OwnSeen(an_item(w, state, name=name), can_change=True, **facts)


def as_placed(w: Written) -> dict[str, Any]:
    """By its host, in other words than its author's."""
    joined = (an_item(w, name="joined"), an_item(w, name="joined too", on_behalf_of=None))
    return {"brought": Brought(w("brought"), 10, w("led by")), "heading": w("heading"), "joined": joined}


def joined(w: Written, state: ItemState = ItemState.WAITING) -> ItemSeen:
    other = an_item(w, state, name="stays")
    seen = an_item(w) if state == ItemState.WAITING else decided(w, state)
    return replace(seen, joined_to=other)


def published(w: Written, *, is_first: bool = False) -> PublishedSeen:
    def entry(item_id: int, name: str) -> Entry:
        others = (Other(9, w("collaborative of another")),) if name == "second" else ()
        return Entry(item_id, w(name), 15, w("leader"), w("collaborative"), w("heading"), others)

    newest = [entry(2, "second"), entry(1, "first"), entry(3, "reworded"), entry(5, "added")]
    before = [entry(1, "first"), entry(2, "second"), entry(3, "worded"), entry(4, "removed")]
    return PublishedSeen(
        a_meeting(w),
        Seen(tuple(newest)),
        Seen((an_item(w, ItemState.ON_AGENDA, name="now"),)),
        held=1,
        changed=None if is_first else changes(before, newest),
    )


def an_agenda(w: Written, **changes: Any) -> AgendaSeen:
    fields = {
        "timezone": ZONE,
        "today": TODAY,
        "meeting": a_meeting(w),
        "closes": TODAY,
        "lists": {
            ItemState.ON_AGENDA: Seen((decided(w, ItemState.ON_AGENDA, name="placed", **as_placed(w)),)),
            ItemState.WAITING: Seen((an_item(w), an_item(w, name="through", lead=None, on_behalf_of=None))),
            ItemState.HELD: Seen((decided(w, ItemState.HELD, name="held"),)),
            ItemState.NOT_TAKEN: Seen((decided(w, ItemState.NOT_TAKEN, name="declined"),)),
            ItemState.RESTING: Seen((an_item(w, ItemState.RESTING, name="resting"),)),
        },
        "without_items": (w("host3"), w("host4")),
        "shares": (Share(w("host3"), 2, 30),),
        "answers_for_later": 2,
        "was_published": True,
    }
    return AgendaSeen(**fields | changes)


def a_card(w: Written, item: ItemSeen | None, **changes: Any) -> CardSeen:
    return CardSeen(item, a_meeting(w), ZONE, **{"is_for_hosts": True, "was_reached": True} | changes)


def a_digest(w: Written) -> Digest:
    return Digest(
        since=NOW,
        until=NOW,
        new=Seen((an_item(w),)),
        added=Seen((decided(w, ItemState.ON_AGENDA, name="added"),)),
        held=Seen((decided(w, ItemState.HELD, name="held"),)),
        separate=Seen((TalkSeen(an_item(w, ItemState.NOT_TAKEN, name="apart"), OUR_THREAD),)),
        not_taken=0,
        tips=1,
        coming=an_agenda(w),
    )


def to_say(w: Written, said: Iterable[int] = ()) -> ToSaySeen:
    return ToSaySeen(an_agenda(w), frozenset(said), gone=1)


def _read_too(w: Written) -> ItemRead:
    """With those who want to talk about it, too, and the thread in which they do."""
    read = ItemRead(an_item(w, is_separate=True), ZONE, is_closed=False, thread=OUR_THREAD)
    return replace(read, me_too=(w("me too"), None), says_me_too=True)


def a_setup(w: Written) -> SettingsSeen:
    seats = tuple(SeatSeen(a_collaborative(w, number), (a_person(w, "curator"),), ()) for number in (1, 2))
    return SettingsSeen(a_consortium(w), (a_person(w, "admin"),), seats, (a_meeting(w),), hold=a_hold(w))


def a_tip(w: Written) -> TipSeen:
    return TipSeen(1, w("topic"), w("tip"), w("person"), w("host2"))


def a_follow_up(w: Written, **changes: Any) -> FollowUpSeen:
    fields = {"words": w("to do"), "owner": w("owner"), "due_on": TODAY, "day": TODAY, "item": w("title")}
    return FollowUpSeen(id=1, edition=1, item_id=1, meeting=a_meeting(w), **fields | changes)


def a_question(w: Written, **changes: Any) -> QuestionSeen:
    fields = {"words": w("question"), "answer": w("answer"), "host": w("host1"), "is_open": False}
    return QuestionSeen(id=1, **fields | changes)


def _asked_about(w: Written, agenda: AgendaSeen) -> AgendaSeen:
    return replace(agenda, questions={item.id: Seen((a_question(w),)) for item in agenda.waiting.shown})


def _wanted(w: Written, agenda: AgendaSeen) -> AgendaSeen:
    return replace(agenda, me_too={item.id: (w("me too"), None) for item in agenda.waiting.shown})


def after_it(w: Written, **changes: Any) -> AfterSeen:
    listed = (
        ResultSeen(an_item(w, ItemState.ON_AGENDA), Became.DONE, w("outcome"), (a_follow_up(w),)),
        ResultSeen(an_item(w, ItemState.ON_AGENDA, name="unsaid")),
    )
    fields = {"page": 0, "unsaid": 1, "goes_at": NOW, "notes": NotesStand.TO_SEND}
    return AfterSeen(a_meeting(w), ZONE, Seen(listed), **fields | changes)


def some_notes(w: Written) -> NotesSeen:
    return NotesSeen(
        a_meeting(w),
        Seen(
            tuple(
                ResultSeen(
                    an_item(w, ItemState.ON_AGENDA, name=f"item {one}"),
                    one,
                    w(f"outcome {one}"),
                    (a_follow_up(w),),
                    comes_up_again=one is Became.AGAIN,
                )
                for one in Became
            )
        ),
    )


def lost(w: Written, error: str = "not_in_channel", **changes: Any) -> LostSeen:
    where = WhereSeen(is_shared_channel=False, person=w("where"), is_person=True)
    return replace(LostSeen(1, PostKind.CARD, where, error, w("title")), **changes)


def _in_state(drawing: Callable[[Written, ItemSeen], Drawn], *states: ItemState) -> list[Draw]:
    return [partial(lambda state, w: drawing(w, decided(w, state)), state) for state in states]


BY_HAND: dict[str, list[Draw]] = {
    "about_me.about_me": [
        lambda w: about_me.about_me(replace(kept_about(w, has_files=False), waits_until=TODAY))
    ],
    "about_me.about_me_form": [lambda w: about_me.about_me_form(kept_about(w))],
    "about_me.erase_form": [
        lambda w: about_me.erase_form(
            ToEraseSeen(
                counts(3),
                (KeptPlace(w("title"), TODAY),) * 7,
                2,
                is_last_keeper=False,
                held_until=TODAY,
                read=MARK,
            )
        ),
        lambda _: about_me.erase_form(
            ToEraseSeen({}, (), 0, is_last_keeper=False, held_until=None, read=MARK)
        ),
    ],
    "about_me.without_file": [
        lambda w: about_me.without_file(FileAboutMe(w("consortium"), (), WayAboutMe.WORDS, NOW, ZONE))
    ],
    "about_me.asked_for_files": [
        lambda _: about_me.asked_for_files(AskedForAboutMeSeen(asked=1, on_their_way=0)),
        lambda _: about_me.asked_for_files(AskedForAboutMeSeen(asked=2, on_their_way=2)),
    ],
    "board.board": [
        lambda w: board.board(an_agenda(w)),
        lambda w: board.board(an_agenda(w, was_published=False)),
        lambda w: board.board(_asked_about(w, an_agenda(w))),
        lambda w: board.board(_wanted(w, an_agenda(w))),
        lambda w: board.board(an_agenda(w, stage=Stage.OVER)),
        lambda w: board.board(an_agenda(w, stage=Stage.BEGUN, note_takers=(w("taker"), None))),
        lambda w: board.board(an_agenda(w, meeting=prepared_together(w), duties=some_duties(w))),
    ],
    **{
        f"board.{name}": [partial(lambda draws, w: draws(an_agenda(w)), draws)]
        for name, draws in (
            ("saved_on_board", board.saved_on_board),
            ("asked_on_board", board.asked_on_board),
            ("answers_sent", board.answers_sent),
        )
    },
    "calls.call": [
        lambda w: calls.call(CallSeen(an_agenda(w, today=date(2027, 1, 20)), NOW, told_on=date(2027, 1, 20))),
        *(
            lambda w, day=day: calls.call(
                CallSeen(an_agenda(w), None, told_on=date(2027, 1, day), is_last=True)
            )
            for day in (18, 20, 21)
        ),
    ],
    "decisions.card": [
        lambda w: decisions.card(a_card(w, an_item(w))),
        lambda w: decisions.card(a_card(w, an_item(w), is_for_hosts=False)),
        lambda w: decisions.card(a_card(w, an_item(w, came_up=True))),
        lambda w: decisions.card(a_card(w, an_item(w, ItemState.HELD, came_up=True))),
        lambda w: decisions.card(a_card(w, None, is_for_hosts=False)),
        lambda w: decisions.card(a_card(w, an_item(w, ItemState.WITHDRAWN))),
        lambda w: decisions.card(a_card(w, an_item(w), is_closed=True)),
        lambda w: decisions.card(a_card(w, an_item(w), questions=Seen((a_question(w),)))),
        lambda w: decisions.card(a_card(w, an_item(w), me_too=(w("me too"),) * 31)),
        lambda w: decisions.card(a_card(w, joined(w))),
        lambda w: decisions.card(a_card(w, joined(w, ItemState.ON_AGENDA), told_at=NOW)),
        lambda w: decisions.card(a_card(w, an_item(w, **as_placed(w)))),
        *_in_state(lambda w, item: decisions.card(a_card(w, item)), *DECIDED),
        lambda w: decisions.card(a_card(w, decided(w, ItemState.HELD, is_told=True))),
        lambda w: decisions.card(a_card(w, decided(w, ItemState.HELD, is_told=True), was_reached=False)),
    ],
    "decisions.folded_card": [
        lambda w: decisions.folded_card(a_card(w, an_item(w))),
        *_in_state(lambda w, item: decisions.folded_card(a_card(w, item)), *DECIDED),
        lambda w: decisions.folded_card(a_card(w, decided(w, ItemState.HELD, is_told=True))),
    ],
    "before_closing.still_waiting": [
        lambda w: before_closing.still_waiting(StillWaitingSeen(an_agenda(w))),
        lambda _w: before_closing.still_waiting(StillWaitingSeen(None)),
    ],
    "before_closing.nothing_yet": [
        lambda w: before_closing.nothing_yet(NothingYetSeen((w("collaborative"),), an_agenda(w))),
    ],
    "outcomes.outcome": [
        *_in_state(lambda _w, item: outcomes.outcome(OutcomeSeen(item)), *DECIDED),
        lambda w: outcomes.outcome(OutcomeSeen(decided(w, ItemState.NOT_TAKEN), may_take_up=True)),
        lambda w: outcomes.outcome(OutcomeSeen(decided(w, ItemState.NOT_TAKEN, is_separate=True))),
        lambda w: outcomes.outcome(
            OutcomeSeen(
                decided(w, ItemState.NOT_TAKEN, is_separate=True), is_talk_open=True, thread=OUR_THREAD
            )
        ),
        lambda w: outcomes.outcome(OutcomeSeen(joined(w, ItemState.ON_AGENDA))),
        lambda w: outcomes.outcome(OutcomeSeen(decided(w, ItemState.ON_AGENDA, **as_placed(w)))),
    ],
    "documents.hand_on_form": [
        lambda w: documents.hand_on_form(AgendaDocument(w("consortium"), published(w)), w("words")),
        lambda w: documents.hand_on_form(NotesDocument(w("consortium"), some_notes(w)), w("words")),
    ],
    "documents.with_file": [
        *(
            lambda w, is_draft=is_draft: documents.with_file(
                AgendaDocument(w("consortium"), published(w), is_draft=is_draft), documents.not_printed()
            )
            for is_draft in (False, True)
        ),
        lambda w: documents.with_file(
            NotesDocument(w("consortium"), some_notes(w)), documents.letters_are_missing()
        ),
    ],
    "documents.without_file": [
        lambda w: documents.without_file(
            FileOfDocument(AgendaDocument(w("consortium"), published(w)), Way.PAGE)
        )
    ],
    "documents.asked_for_files": [
        lambda _: documents.asked_for_files(AskedForFilesSeen(asked=1, on_their_way=0)),
        lambda _: documents.asked_for_files(AskedForFilesSeen(asked=2, on_their_way=0)),
        lambda _: documents.asked_for_files(AskedForFilesSeen(asked=2, on_their_way=1)),
        lambda _: documents.asked_for_files(AskedForFilesSeen(asked=2, on_their_way=2)),
    ],
    "decision_forms.separately_form": [lambda w: decision_forms.separately_form(an_item(w), "board")],
    "decision_forms.leave_out_form": [lambda w: decision_forms.leave_out_form(an_item(w), "board")],
    "help.help_text": [lambda _: helps.help_text(help_lines())],
    "help.not_understood": [
        lambda w: helps.not_understood(w("typed"), words(), also()),
        lambda w: helps.not_understood(f"lsit {w('typed')}", words(), also()),
        lambda w: helps.not_understood(f"bring {w('typed')}", words(), also()),
    ],
    "help.refused": [lambda w: helps.refused(w("said"), w("typed")), lambda w: helps.refused(w("said"))],
    "help.refused_form": [
        lambda w: helps.refused_form(w("said"), [kit.bold(w("label")), "\n", w("typed")]),
        lambda w: helps.refused_form(w("said"), []),
    ],
    "own_items.receipt": [
        lambda w: own_items.receipt(Receipt((an_item(w),), TODAY)),
        lambda w: own_items.receipt(Receipt((an_item(w, is_late=True), an_item(w, name="other")), TODAY)),
        lambda w: own_items.receipt(Receipt((an_item(w, meeting=None),))),
        lambda w: own_items.receipt(Receipt((an_item(w, came_up=True),), TODAY)),
        lambda w: own_items.receipt(
            Receipt((an_item(w, came_up=True), an_item(w, name="other", came_up=True)), TODAY)
        ),
        lambda w: own_items.receipt(Receipt((decided(w, ItemState.ON_AGENDA, came_up=True),), TODAY)),
    ],
    "own_items.saved": [
        lambda w: own_items.saved(Receipt((an_item(w),), TODAY)),
        lambda w: own_items.saved(Receipt((decided(w, ItemState.ON_AGENDA, is_told=True),), TODAY)),
    ],
    "own_items.mine": [
        lambda w: own_items.mine(
            Seen(
                (
                    OwnSeen(an_item(w), can_change=True),
                    an_own(w, name="asked about", is_asked=True),
                    an_own(w, ItemState.RESTING, name="resting"),
                    OwnSeen(an_item(w, name="came up", came_up=True), can_change=True),
                    OwnSeen(
                        an_item(w, name="wanted"), can_change=False, me_too=(w("me too"),), may_take_up=True
                    ),
                    OwnSeen(an_item(w, ItemState.HELD, name="next time", came_up=True), can_change=True),
                    an_own(w, ItemState.SOLVED, name="solved"),
                    OwnSeen(
                        decided(w, ItemState.ON_AGENDA, name="had its time", **as_placed(w)), can_change=False
                    ),
                    OwnSeen(
                        decided(w, ItemState.ON_AGENDA, name="told"),
                        can_change=False,
                        told=(
                            ToldSeen(1, Became.DONE, w("line")),
                            ToldSeen(2, Became.DONE, w("before"), stays=True),
                        ),
                    ),
                )
            )
        )
    ],
    "own_items.said_of_one": [
        lambda w: own_items.said_of_one(taken_back(an_item(w, ItemState.WITHDRAWN))),
        lambda w: own_items.said_of_one(freshness.solved(an_item(w, ItemState.SOLVED))),
        lambda w: own_items.said_of_one(freshness.kept(an_item(w))),
        lambda w: own_items.said_of_one(came_up.is_for_today(an_item(w, came_up=True))),
        lambda w: own_items.said_of_one(came_up.is_for_next_time(an_item(w, ItemState.HELD, came_up=True))),
        lambda w: own_items.said_of_one(freshness.brought_back(an_item(w))),
    ],
    "freshness.still_wanted": [
        *(
            partial(lambda state, w: freshness.still_wanted(an_own(w, state)), state)
            for state in (*DECIDED, ItemState.SOLVED, ItemState.RESTING, ItemState.WITHDRAWN)
        ),
        lambda w: freshness.still_wanted(an_own(w, is_asked=True)),
        lambda w: freshness.still_wanted(an_own(w, is_asked=True, is_wanted=True)),
    ],
    "meetings.proposed_meeting": [
        lambda w: meetings.proposed_meeting(ProposedSeen(a_meeting(w), is_for_hosts=True)),
        lambda w: meetings.proposed_meeting(ProposedSeen(a_meeting(w, is_confirmed=True), is_for_hosts=True)),
        lambda w: meetings.proposed_meeting(ProposedSeen(a_meeting(w), is_for_hosts=False)),
    ],
    "joining.join_form": [
        lambda w: joining.join_form(
            ToJoinSeen(an_item(w, **as_placed(w)), Seen((an_item(w, name="one"), an_item(w, name="other")))),
            "board",
        )
    ],
    "joining.nothing_to_join": [
        lambda w: joining.nothing_to_join(ToJoinSeen(an_item(w, **as_placed(w)), Seen()), "card")
    ],
    "me_too.me_too_form": [lambda w: me_too.me_too_form(to_say(w, range(99)))],
    "me_too.noted": [lambda w: me_too.noted(to_say(w)), lambda w: me_too.noted(to_say(w, range(99)))],
    "me_too.noted_of_one": [
        lambda w, says=says: me_too.noted_of_one(replace(_read_too(w), says_me_too=says))
        for says in (None, False, True)
    ],
    "membership.question": [lambda w: membership.question([an_item(w, ItemState.DRAFT)])],
    "membership.join_form": [lambda w: membership.join_form([a_collaborative(w, 1), a_collaborative(w, 2)])],
    "placing.place_form": [
        lambda w: placing.place_form(
            ItemRead(decided(w, ItemState.ON_AGENDA, **as_placed(w)), ZONE, is_closed=False), "1:place:1"
        )
    ],
    "placing.order_form": [
        lambda w: placing.order_form(
            ToOrderSeen(1, Seen((an_item(w, name="one"), an_item(w, name="other"))), MARK)
        )
    ],
    "publication.published": [
        lambda w: publication.published(published(w)),
        lambda w: publication.published(published(w, is_first=True)),
    ],
    "preparing.offered": [
        lambda w: preparing.offered(HelpOfferedSeen(a_meeting(w), 2)),
        lambda w: preparing.offered(HelpOfferedSeen(a_meeting(w), 2, is_wanted=True)),
        lambda w: preparing.offered(HelpOfferedSeen(prepared_together(w), 2)),
        lambda _w: preparing.offered(HelpOfferedSeen(None, 2)),
    ],
    "preparing.wanted": [
        lambda w: preparing.wanted(HelpWantedSeen(a_meeting(w), 2)),
        lambda w: preparing.wanted(HelpWantedSeen(a_meeting(w), 2, is_wanted=False)),
        lambda w: preparing.wanted(HelpWantedSeen(prepared_together(w), 2)),
        lambda _w: preparing.wanted(HelpWantedSeen(None, 2)),
    ],
    "swaps.asked": [
        *(
            partial(lambda state, w: swaps.asked(AskedToSwapSeen(a_swap(w, state))), state)
            for state in SwapState
        ),
        lambda w: swaps.asked(AskedToSwapSeen(a_swap(w, in_exchange=None))),
        lambda w: swaps.asked(AskedToSwapSeen(a_swap(w, SwapState.AGREED, holds=True))),
        lambda w: swaps.asked(AskedToSwapSeen(a_swap(w, SwapState.LAPSED, host_that_left=w("host2")))),
        lambda _w: swaps.asked(AskedToSwapSeen(None)),
    ],
    "swaps.answered": [
        lambda w: swaps.answered(a_swap(w, SwapState.AGREED)),
        lambda w: swaps.answered(a_swap(w, SwapState.DECLINED)),
    ],
    "questions.ask_form": [lambda w: questions.ask_form(an_item(w), "1:1:board")],
    "questions.answer_form": [lambda w: questions.answer_form(AskedSeen(a_question(w), an_item(w)))],
    "questions.asked": [
        lambda w: questions.asked(AskedSeen(a_question(w), an_item(w))),
        lambda w: questions.asked(AskedSeen(a_question(w, answer=None), an_item(w))),
    ],
    "follow_ups.follow_up_form": [
        lambda w: follow_ups.follow_up_form(ToAgreeSeen(w("title"), TODAY, "C0SHARED", w("to do")), "1:1:0")
    ],
    "follow_ups.own": [
        lambda w: follow_ups.own(OwnFollowUpsSeen(Seen((a_follow_up(w),)), 0, TODAY)),
        lambda w: follow_ups.own(OwnFollowUpsSeen(Seen(), 0, TODAY), a_follow_up(w, is_done=True)),
        lambda w: follow_ups.own(OwnFollowUpsSeen(Seen(), 0, TODAY), a_follow_up(w, is_declined=True)),
    ],
    "home.home": [
        lambda w: home.home(
            HomeSeen(
                StatusSeen(an_agenda(w), is_host=True, is_admin=True, to_decide=1),
                Seen((an_own(w, name="asked about", is_asked=True), an_own(w, ItemState.HELD, name="kept"))),
                OwnFollowUpsSeen(Seen((a_follow_up(w),)), 0, TODAY),
                Seen((AskedSeen(a_question(w, answer=None), an_item(w, name="questioned")),)),
                is_asked=True,
            )
        )
    ],
    "notes.notes": [lambda w: notes.notes(some_notes(w))],
    "results.after": [
        lambda w: results.after(after_it(w)),
        lambda w: results.after(after_it(w, notes=NotesStand.SENT, goes_at=None)),
        lambda w: results.after(after_it(w, goes_at=None)),
    ],
    "results.saved": [lambda w: results.saved(after_it(w))],
    "results.result_form": [
        lambda w: results.result_form(
            ResultSeen(an_item(w, ItemState.ON_AGENDA), Became.DONE, w("outcome")), "1:1:0:write"
        )
    ],
    "setup.overview": [lambda w: setup.overview(a_setup(w), closed_for="channel_not_found")],
    "setup_forms.first_form": [lambda _: setup_forms.first_form("U0ADMIN", "C0SHARED")],
    "setup_forms.collaborative_form": [
        lambda w: setup_forms.collaborative_form(a_setup(w), a_setup(w).seats[0])
    ],
    "tips.results": [
        lambda w: tips.results(Found(Seen((a_tip(w),)), may_remove=True), w("words")),
        lambda w: tips.results(Found(Seen(), may_remove=False), w("words")),
    ],
    "together.together": [
        lambda w: together.together([outcomes.outcome(OutcomeSeen(decided(w, state))) for state in DECIDED]),
    ],
    "undelivered.undelivered": [
        lambda w: undelivered.undelivered(lost(w), w("what")),
        lambda w: undelivered.undelivered(lost(w, "invalid_blocks"), w("what")),
        lambda w: undelivered.undelivered(lost(w, "restricted_action", is_owed=True), w("what")),
        lambda w: undelivered.undelivered(lost(w, "HTTP 403", is_owed=True, stands_aside=True), w("what")),
    ],
    "undelivered.unsure": [
        lambda w: undelivered.unsure(lost(w), w("what")),
        lambda w: undelivered.unsure(lost(w, is_theirs_to_answer=False), w("what")),
        lambda w: undelivered.unsure(lost(w, answered_by=w("by"), is_there=True), w("what")),
    ],
}


def counts(n: int) -> Counts:
    return dict.fromkeys(READ_BY, n)


def kept_about(w: Written, *, has_files: bool = True) -> AboutMeSeen:
    told = {to: {what: n for what, n in counts(2).items() if READ_BY[what] is to} for to in ReadBy}
    return AboutMeSeen(w("name"), w("collaborative"), told, has_files)


MAKERS: dict[Any, Draw] = {
    ConsortiumSeen: a_consortium,
    CollaborativeSeen: a_collaborative,
    PersonSeen: a_person,
    MeetingSeen: a_meeting,
    ItemSeen: an_item,
    AgendaSeen: an_agenda,
    Digest: a_digest,
    SettingsSeen: a_setup,
    HoldSeen: a_hold,
    ToHoldSeen: lambda w: ToHoldSeen(a_hold(w), TODAY, TODAY),
    TipSeen: a_tip,
    ToRemove: lambda w: ToRemove(an_item(w), tells=True, words=MARK, has_copies=True),
    AskedSeen: lambda w: AskedSeen(a_question(w), an_item(w)),
    SwapSeen: lambda w: a_swap(w, may_answer=True, may_take_back=True),
    Seen[TurnSeen]: lambda w: Seen(
        (TurnSeen(TODAY, w("host1"), a_meeting(w), may_ask=True), TurnSeen(TODAY, w("host2")))
    ),
    Seen[ItemSeen]: lambda w: Seen((an_item(w),)),
    Seen[GuestSeen]: lambda w: Seen((a_guest(w),)),
    Seen[QuestionSeen]: lambda w: Seen((a_question(w),)),
}


def renderers() -> dict[str, Callable[..., Drawn]]:
    """All that draws a message or a form, by name."""
    found = {}
    for module in pkgutil.iter_modules(blocks.__path__):
        drawing = importlib.import_module(f"handlers.blocks.{module.name}")
        for name, function in inspect.getmembers(drawing, inspect.isfunction):
            is_public = function.__module__ == drawing.__name__ and not name.startswith("_")
            # View is a dictionary like a block, so what is drawn can only be read off the source.
            draws = re.search(r"-> (Message|View):", inspect.getsource(function))
            if is_public and drawing is not kit and draws:
                found[f"{module.name}.{name}"] = function
    return found


DRAWINGS = {name: BY_HAND.get(name) or drawings(renderer, MAKERS) for name, renderer in renderers().items()}
