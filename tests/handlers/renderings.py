"""Everything that is ever drawn, with the longest and strangest content that it can meet."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from bot.about_me import READ_BY
from bot.after_meeting import ON_A_PAGE as ON_A_PAGE_OF_RESULTS
from bot.agenda import ON_A_PAGE, SO_FAR
from bot.board import ON_A_PAGE as ON_A_PAGE_OF_BOARD
from bot.board import RESTING_ON_A_PAGE
from bot.changes import Entry, changes
from bot.errors import Moment, Words
from bot.fingerprints import fingerprint
from bot.follow_ups import MOST_OF_AN_ITEM
from bot.items import Receipt
from bot.joining import ToJoinSeen
from bot.own_follow_ups import OWN_ON_A_PAGE as OWN_FOLLOW_UPS_ON_A_PAGE
from bot.placing import ToOrderSeen
from bot.removal import ToRemove
from bot.seen.about_me import AboutMeSeen, KeptPlace, ReadBy, ToEraseSeen
from bot.seen.agenda import AgendaSeen, Planned, PublishedSeen, Share, StatusSeen
from bot.seen.coming import (
    GuestSeen,
    Need,
    NotesTaken,
    OwnComingSeen,
    PartySeen,
    Told,
    ToldOfParty,
    ToTellOfPartySeen,
    ToTellSeen,
    WhoComesSeen,
)
from bot.seen.digests import Digest
from bot.seen.documents import AgendaDocument, NotesDocument
from bot.seen.duties import DutiesSeen, DutySeen, Work
from bot.seen.follow_ups import (
    AskedToFollowUpSeen,
    DeclinedSeen,
    FollowUpSeen,
    OwnFollowUpsSeen,
    ToAgreeSeen,
)
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
from bot.seen.live import BreakSeen, LiveSeen, Stands, ToStartSeen
from bot.seen.look_back import Fate, FateSeen, LookBackSeen, QuarterSeen
from bot.seen.me_too import ToSaySeen
from bot.seen.meetings import CancelledSeen, MeetingSeen, MovedSeen, ToCancelSeen, Welcome
from bot.seen.posts import (
    AfterMeetingSeen,
    AskedSeen,
    CallSeen,
    CardSeen,
    CarriedOverSeen,
    DigestSeen,
    HelpOfferedSeen,
    HelpWantedSeen,
    LostSeen,
    NothingYetSeen,
    OutcomeSeen,
    ProposedSeen,
    StandingSeen,
    StillWaitingSeen,
    WhereSeen,
)
from bot.seen.questions import QuestionSeen
from bot.seen.results import AfterSeen, Became, CameSeen, NotesSeen, NotesStand, ResultSeen, ToCountSeen
from bot.seen.separate_talks import GroupSeen, TalkSeen, ThreadSeen
from bot.seen.settings import (
    CollaborativeSeen,
    ConsortiumSeen,
    HostingSeen,
    PersonSeen,
    SeatSeen,
    SettingsSeen,
    TakingOutSeen,
    ToSwapSeen,
    Who,
)
from bot.seen.swaps import AskedToSwapSeen, SwapSeen, SwapState
from bot.seen.tips import Found, TipSeen
from bot.seen.year import TurnSeen, YearSeen
from bot.timing import Scheduled
from handlers.blocks import (
    about_me,
    agenda,
    attendance,
    before_closing,
    board,
    calls,
    cancelling,
    coming,
    coming_forms,
    decision_forms,
    decisions,
    digests,
    documents,
    duties,
    follow_ups,
    freshness,
    home,
    hosting,
    item_forms,
    items,
    joining,
    legal_holds,
    live,
    look_back,
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
    removal,
    resting,
    results,
    separate_talks,
    setup,
    setup_forms,
    standing,
    swaps,
    tips,
    undelivered,
    year,
)
from handlers.blocks import (
    help as helps,
)
from handlers.blocks.kit import Message, View
from handlers.blocks.taking_back import taken_back
from handlers.listeners.commands import also, help_lines, words
from storage.meetings import Stage
from storage.post_kinds import PostKind
from tests.handlers.drawings import DRAWINGS
from tests.handlers.made import MARK
from tests.handlers.user_text import OUR_PERSON, OUR_THREAD, Written

NASTY = "<!channel> <@U0ADMIN> <https://x.org|lie> & *b* note:tada: \u202e👩🏽‍🚒 "
NOW = datetime(2027, 1, 12, 20, tzinfo=UTC)
TODAY = date(2027, 1, 12)
ZONE = "America/Argentina/ComodRivadavia"
MANY_ROWS = 300

_numbers = count(10**8)


def long(length: int) -> str:
    """So many nasty characters."""
    return (NASTY * (length // len(NASTY) + 1))[: length - 1] + "."


CONSORTIUM = ConsortiumSeen(
    id=1,
    name=long(75),
    channel_id="C0SHARED",
    timezone=ZONE,
    call_days=tuple(366 - days for days in range(367)),
    call_at=time(10, 30),
    closes_days_before=366,
    digest_weekday="wednesday",
    digest_at=time(9, 30),
    told_at=time(17),
    told_after_minutes=10080,
    is_quiet=True,
)
COLLABORATIVES = [CollaborativeSeen(number, long(75), long(200), number) for number in range(1, 13)]
HOSTS = tuple(one.name for one in COLLABORATIVES)
PEOPLE = tuple(PersonSeen(Who("T0OTHER", f"U{number:010}"), long(80)) for number in range(1, 41))
MEETING = MeetingSeen(
    id=10**8,
    day=date(2027, 9, 22),
    starts=time(10, 30),
    minutes=720,
    office=long(300),
    host=long(75),
    is_confirmed=False,
    welcome=Welcome(long(300), long(500), long(300)),
    opening=10,
)
TOGETHER = replace(MEETING, helper=long(75))
CONFIRMED = replace(MEETING, minutes=719, is_confirmed=True)
CANCELLED = replace(CONFIRMED, is_confirmed=False, is_cancelled=True)


def item(state: ItemState = ItemState.WAITING, **changes: Any) -> ItemSeen:
    longest = {
        "id": next(_numbers),
        "title": long(200),
        "details": long(20_000),
        "wish": Wish.CONNECT,
        "minutes": 479,
        "links": long(3000),
        "lead": long(200),
        "on_behalf_of": long(80),
        "proposer": long(80),
        "collaborative": long(75),
        "state": state,
        "is_late": True,
        "came_up": False,
        "is_carried_over": True,
        "since": NOW,
        "meeting": MEETING,
        "decision": None,
    }
    return ItemSeen(**longest | changes)


def decided(state: ItemState, *, is_told: bool = False) -> ItemSeen:
    is_why = state == ItemState.NOT_TAKEN
    decision = DecisionSeen(
        by=long(80),
        at=NOW,
        reason=Reason.ELSEWHERE if is_why else None,
        note=long(1000) if is_why else None,
        number=10**6,
        is_told=is_told,
    )
    placed: dict[str, Any] = {}
    if state == ItemState.ON_AGENDA:
        placed = {"brought": Brought(long(199), 479, long(199)), "heading": long(75)}
    return item(state, decision=decision if state in DECIDED else None, **placed)


A_QUARTER_WITHOUT_ITEMS = QuarterSeen(TODAY, 0, 0, Planned(), 0, 0, 0, 0)
A_LOOK_BACK = LookBackSeen(
    "C0SHARED",
    tuple(
        QuarterSeen(date(2027, month, 30), *(10**6,) * 2, Planned(10**6, 10**6), *(10**6,) * 4)
        for month in (3, 6, 9, 12)
    ),
    tuple(FateSeen(fate, 10**6) for fate in Fate),
    waited_days=10**3,
)
STATES_ON_PAGE = (ItemState.WAITING, ItemState.RESTING, ItemState.SOLVED)


def own(state: ItemState) -> OwnSeen:
    return OwnSeen(item(state), can_change=True, is_asked=state == ItemState.WAITING)


def many(state: ItemState, number: int) -> Seen[ItemSeen]:
    make = item if state == ItemState.WAITING else decided
    return Seen(tuple(make(state) for _ in range(number)))


def entries(first: int, number: int) -> list[Entry]:
    return [
        Entry(first + place, long(200), 479, long(200), long(75), heading=f"{place} {long(70)}")
        for place in range(number)
    ]


def going_on(coming: Seen[ItemSeen]) -> LiveSeen:
    """A live meeting in which an item has just come on."""
    planned = Planned(15 * (coming.count + 1))
    times = {"since": time(10, 15), "until": time(10, 30)}
    return LiveSeen(
        MEETING,
        Stands.ON,
        item(),
        False,
        **times,
        just_now=True,
        coming=coming,
        left=90,
        planned=planned,
        mark=fingerprint(["mark"]),
        can_go_back=True,
    )


def published(number: int, *, is_first: bool = False) -> PublishedSeen:
    newest, before = entries(1, number), entries(10_000, number)
    return PublishedSeen(
        MEETING,
        Seen(tuple(newest)),
        many(ItemState.ON_AGENDA, number),
        held=60,
        changed=None if is_first else changes(before, newest),
    )


def a_document(number: int) -> AgendaDocument:
    return AgendaDocument(long(75), published(number))


def a_follow_up(**changes: Any) -> FollowUpSeen:
    fields = {
        "words": long(300),
        "owner": long(80),
        "due_on": TODAY,
        "day": TODAY,
        "item": long(150),
        "item_id": 1,
    }
    return FollowUpSeen(id=10**9, edition=10**10 - 1, meeting=MEETING, **fields | changes)


def a_question(**changes: Any) -> QuestionSeen:
    fields = {"words": long(500), "answer": None, "host": long(75), "is_open": True}
    return QuestionSeen(id=10**9, **fields | changes)


def some_questions() -> Seen[QuestionSeen]:
    answered = a_question(answer=long(1000), is_open=False)
    return Seen((a_question(), *[answered] * 30, a_question(words=None, answer=long(1000), is_open=False)))


def asked_about(whole: AgendaSeen) -> AgendaSeen:
    return replace(whole, questions={one.id: some_questions() for one in whole.waiting.shown})


def own_follow_ups(number: int, page: int = 0) -> OwnFollowUpsSeen:
    listed = Seen((a_follow_up(),) * number).page(page, OWN_FOLLOW_UPS_ON_A_PAGE)
    return OwnFollowUpsSeen(listed, page, TODAY)


def some_who_came(number: int) -> tuple[CameSeen, ...]:
    """The first is one of the collaboratives of the matrix, which asks for it."""
    return tuple(CameSeen(9001 + place, long(80), place % 7 or None) for place in range(number))


def some_results(number: int) -> tuple[ResultSeen, ...]:
    every = list(Became)
    return tuple(
        ResultSeen(
            decided(ItemState.ON_AGENDA),
            every[place % len(every)],
            long(300),
            (a_follow_up(),) * MOST_OF_AN_ITEM,
            comes_up_again=every[place % len(every)] is Became.AGAIN,
        )
        for place in range(number)
    )


def after_it(listed: tuple[ResultSeen, ...], more: int = 0, **changes: Any) -> AfterSeen:
    fields = {"page": 0, "goes_at": NOW, "notes": NotesStand.TO_SEND, "unsaid": 0}
    return AfterSeen(MEETING, ZONE, Seen(listed, more=more), **fields | changes)


def stands(on_agenda: int = 20, others: int = 60, **changes: Any) -> AgendaSeen:
    full = {
        "timezone": ZONE,
        "today": TODAY,
        "meeting": MEETING,
        "closes": TODAY,
        "lists": {
            ItemState.ON_AGENDA: many(ItemState.ON_AGENDA, on_agenda),
            ItemState.WAITING: many(ItemState.WAITING, others),
            ItemState.HELD: many(ItemState.HELD, others),
            ItemState.NOT_TAKEN: many(ItemState.NOT_TAKEN, others),
            ItemState.RESTING: many(ItemState.RESTING, others),
        },
        "planned": Planned(on_agenda * 479),
        "without_items": HOSTS,
        "shares": tuple(Share(name, 60, 10**4) for name in (*HOSTS, None)),
        "answers_for_later": 3,
        "was_published": True,
    }
    return AgendaSeen(**full | changes)


def listing(whole: AgendaSeen, page: int = 0, *, is_everybody: bool = False) -> StatusSeen:
    return status(whole.turned_to(page, ON_A_PAGE), is_everybody=is_everybody)


def on_board(whole: AgendaSeen, page: int = 0) -> AgendaSeen:
    shown = whole.turned_to(page, ON_A_PAGE_OF_BOARD)
    turns = [Scheduled(10**3, fits=False)] * len(shown.on_agenda.shown)
    return replace(
        shown, schedule={one.id: turn for one, turn in zip(shown.on_agenda.shown, turns, strict=True)}
    )


def a_call(whole: AgendaSeen, late_since: datetime | None = None) -> CallSeen:
    return CallSeen(whole.turned_to(0, SO_FAR), late_since, told_on=whole.today)


SO_LONG = stands(60).turned_to(0, SO_FAR)


def meetings_to_host(count: int) -> tuple[MeetingSeen, ...]:
    return tuple(replace(MEETING, id=MEETING.id + number) for number in range(count))


DUTIES = tuple(DutySeen(work, is_taken=True, by=long(75), said_by=long(80)) for work in Work)


def a_swap(number: int = 0, state: SwapState = SwapState.OPEN, **more: Any) -> SwapSeen:
    """With both buttons, as somebody sees it who decides for both sides."""
    return SwapSeen(
        10**8 + number,
        long(75),
        long(75),
        MEETING,
        MEETING,
        state,
        mark=fingerprint(["mark"]),
        is_open=state == SwapState.OPEN,
        may_answer=True,
        may_take_back=True,
        **more,
    )


EMPTY = AgendaSeen(ZONE, TODAY, None, None, {ItemState.WAITING: many(ItemState.WAITING, 300)})


def status(agenda: AgendaSeen, *, is_everybody: bool = False) -> StatusSeen:
    return StatusSeen(
        agenda, is_host=not is_everybody, is_admin=not is_everybody, to_decide=0 if is_everybody else 2
    )


def card(item: ItemSeen | None, *, is_for_hosts: bool = True) -> CardSeen:
    return CardSeen(item, MEETING, ZONE, is_for_hosts=is_for_hosts, was_reached=True)


ELSEWHERE = WhereSeen(is_shared_channel=False, person=long(75), is_person=True)
LOST = LostSeen(10**8, PostKind.CARD, ELSEWHERE, "not_in_channel", long(200))
TIP = TipSeen(10**8, long(40), long(20_000), long(80), long(75))
SEATS = tuple(SeatSeen(one, PEOPLE, PEOPLE) for one in COLLABORATIVES)
SETTINGS = SettingsSeen(CONSORTIUM, PEOPLE, SEATS, (MEETING,) * 12)
HOLD = HoldSeen(10**8, TODAY, long(500), TODAY, long(75), lasts=True, ends_today=False, waiting=300)
NEWS = Digest(
    since=NOW,
    until=NOW,
    new=many(ItemState.WAITING, 300),
    added=many(ItemState.ON_AGENDA, 60),
    held=many(ItemState.HELD, 60),
    separate=Seen(tuple(TalkSeen(one, OUR_THREAD) for one in many(ItemState.NOT_TAKEN, 60).shown)),
    not_taken=60,
    tips=300,
    coming=stands(),
)
NO_NEWS = Digest(NOW, NOW, Seen(), Seen(), Seen(), Seen(), 0, 0, EMPTY)

PEOPLE_TO_CALL = (OUR_PERSON,) * 40


def to_say(on_agenda: int, others: int) -> ToSaySeen:
    agenda = stands(on_agenda, others).turned_to(0, ON_A_PAGE)
    return ToSaySeen(agenda, frozenset(one.id for one in agenda.waiting.shown), gone=20)


def wanted(whole: AgendaSeen) -> AgendaSeen:
    return replace(whole, me_too={one.id: (long(80),) * 300 for one in whole.waiting.shown})


_EXTREME: dict[str, Message | View] = {
    "agenda.status": agenda.status(status(stands())),
    "agenda.status with an agenda to hand on": agenda.status(replace(status(stands()), is_published=True)),
    "about_me.about_me_form of somebody new": about_me.about_me_form(
        AboutMeSeen(None, None, {to: {} for to in ReadBy}, has_files=True)
    ),
    "about_me.about_me_form": about_me.about_me_form(
        AboutMeSeen(long(75), long(75), {to: dict.fromkeys(READ_BY, 10_000) for to in ReadBy}, has_files=True)
    ),
    "about_me.erase_form": about_me.erase_form(
        ToEraseSeen(
            dict.fromkeys(READ_BY, 1),
            (KeptPlace(long(200), TODAY),) * 60,
            out_of_reach=1,
            is_last_keeper=False,
            held_until=TODAY,
            read=MARK,
        )
    ),
    "documents.hand_on_form": documents.hand_on_form(a_document(60), long(100_000)),
    "documents.hand_on_form of nothing": documents.hand_on_form(a_document(0), ""),
    "documents.hand_on_form of notes": documents.hand_on_form(
        NotesDocument(long(75), NotesSeen(MEETING, Seen(some_results(60)))), long(3000)
    ),
    "agenda.status without a meeting": agenda.status(status(EMPTY, is_everybody=True)),
    "agenda.status for who may help": agenda.status(replace(status(stands()), may_step_in=True)),
    "agenda.status under way": agenda.status(replace(status(stands(stage=Stage.BEGUN)), may_start=True)),
    "agenda.items_list": agenda.items_list(listing(stands(300, 300))),
    "agenda.items_list without a meeting": agenda.items_list(listing(EMPTY, is_everybody=True)),
    "agenda.items_list of nothing": agenda.items_list(listing(stands(0, 0), is_everybody=True)),
    "board.board": board.board(on_board(stands())),
    "board.board of what is prepared together": board.board(
        on_board(stands(meeting=TOGETHER, duties=DUTIES))
    ),
    "board.saved_on_board": board.saved_on_board(on_board(stands())),
    "board.asked_on_board": board.asked_on_board(asked_about(on_board(stands()))),
    "board.answers_sent": board.answers_sent(on_board(stands())),
    "board.board under way": board.board(replace(on_board(stands(stage=Stage.BEGUN)), can_be_started=True)),
    "board.board of nothing": board.board(on_board(stands(0, 0, was_published=False))),
    "board.board of a meeting that is over": board.board(on_board(stands(60, 60, stage=Stage.OVER))),
    "board.board of a cancelled meeting": board.board(
        on_board(stands(0, 60, meeting=CANCELLED, stage=Stage.CANCELLED))
    ),
    "board.board without a meeting": board.board(EMPTY),
    "board.board after a hundred years": board.board(on_board(stands(60, 300))),
    "calls.call": calls.call(a_call(stands(60), NOW)),
    "calls.call by the clock": calls.call(
        CallSeen(
            replace(
                SO_LONG, schedule={one.id: Scheduled(10**3, fits=False) for one in SO_LONG.on_agenda.shown}
            ),
            None,
            told_on=TODAY,
            is_last=True,
        )
    ),
    **{
        f"calls.call {days} days before": calls.call(
            replace(a_call(stands(60, today=MEETING.day - timedelta(days=days))), is_last=True)
        )
        for days in (0, 1, 3)
    },
    "calls.call for nothing yet": calls.call(a_call(stands(0, 0, meeting=CONFIRMED))),
    "decisions.card": decisions.card(card(item())),
    "decisions.card of what came up": decisions.card(card(item(came_up=True, is_late=False))),
    "decisions.card of another's": decisions.card(card(item(), is_for_hosts=False)),
    "decisions.card of what others decided against": decisions.card(card(None, is_for_hosts=False)),
    **{f"decisions.card {state}": decisions.card(card(decided(state))) for state in ItemState},
    "decisions.card told": decisions.card(card(decided(ItemState.NOT_TAKEN, is_told=True))),
    **{
        f"outcomes.outcome {state}": outcomes.outcome(OutcomeSeen(decided(state)))
        for state in (ItemState.ON_AGENDA, ItemState.HELD, ItemState.NOT_TAKEN)
    },
    "outcomes.reconsidered": outcomes.reconsidered(item()),
    "before_closing.still_waiting": before_closing.still_waiting(StillWaitingSeen(stands())),
    "before_closing.still_waiting of nothing": before_closing.still_waiting(
        StillWaitingSeen(stands(lists={}))
    ),
    "before_closing.still_waiting with others": before_closing.still_waiting(StillWaitingSeen(None)),
    "before_closing.nothing_yet": before_closing.nothing_yet(NothingYetSeen((long(75),) * 9, stands())),
    "before_closing.nothing_yet any more": before_closing.nothing_yet(NothingYetSeen((), stands())),
    "outcomes.carried_over": outcomes.carried_over(CarriedOverSeen(item())),
    "outcomes.carried_over not after all": outcomes.carried_over(CarriedOverSeen(item(), stays=True)),
    "attendance.who_came_form nobody": attendance.who_came_form(ToCountSeen(MEETING, ())),
    "attendance.who_came_form": attendance.who_came_form(ToCountSeen(MEETING, some_who_came(300))),
    "coming_forms.coming_form": coming_forms.coming_form(
        ToTellSeen(
            MEETING,
            Told(is_new=True, needed=frozenset(Need), more=long(500), knows=frozenset(range(300))),
            tuple(CollaborativeSeen(number, long(75), long(200), number) for number in range(300)),
        )
    ),
    "coming_forms.party_form": coming_forms.party_form(
        ToTellOfPartySeen(MEETING, long(75), ToldOfParty(people=99, new=99, who_is_new=long(500)))
    ),
    "coming.noted of how many come": coming.noted(
        OwnComingSeen(MEETING, comes=True, told=PartySeen(long(75), 99, 99))
    ),
    "coming.noted of who told more": coming.noted(OwnComingSeen(MEETING, comes=True, has_told_more=True)),
    "coming.noted who takes notes": coming.noted(
        OwnComingSeen(MEETING, comes=True, takes_notes=True, duties=DUTIES)
    ),
    "duties.duties": duties.duties(
        DutiesSeen(TOGETHER, DUTIES, NotesTaken(30, by_reader=True, names=(long(80),) * 30), is_host=True)
    ),
    "duties.duties nobody": duties.duties(DutiesSeen(MEETING, tuple(map(DutySeen, Work)))),
    "duties.duties of one's own": duties.duties(
        DutiesSeen(MEETING, tuple(replace(one, is_readers=True) for one in DUTIES))
    ),
    "year.year": year.year(
        YearSeen(
            Seen((TurnSeen(MEETING.day, long(75), MEETING, may_ask=True),) * 12, more=300),
            HOSTS * 25,
            tuple(map(a_swap, range(3))),
        )
    ),
    "year.year of nothing": year.year(YearSeen(Seen())),
    "look_back.look_back": look_back.look_back(A_LOOK_BACK),
    "look_back.look_back of nothing": look_back.look_back(LookBackSeen("C0SHARED")),
    "look_back.look_back of a quarter without items": look_back.look_back(
        LookBackSeen("C0SHARED", (A_QUARTER_WITHOUT_ITEMS,))
    ),
    "look_back.posted": look_back.posted(A_LOOK_BACK),
    "look_back.posted_with_chart": look_back.posted_with_chart(A_LOOK_BACK),
    "look_back.posted_with_chart of a quarter without items": look_back.posted_with_chart(
        LookBackSeen("C0SHARED", (A_QUARTER_WITHOUT_ITEMS,))
    ),
    "swaps.swap_form": swaps.swap_form(
        ToSwapSeen(HostingSeen(MEETING, tuple(COLLABORATIVES), meetings_to_host(12)), HOSTS)
    ),
    "swaps.swap_form of very many": swaps.swap_form(
        ToSwapSeen(HostingSeen(MEETING, tuple(COLLABORATIVES * 20), meetings_to_host(300)), HOSTS * 20)
    ),
    **{f"swaps.asked {state}": swaps.asked(AskedToSwapSeen(a_swap(state=state))) for state in SwapState},
    "swaps.asked and it is so": swaps.asked(AskedToSwapSeen(a_swap(state=SwapState.AGREED, holds=True))),
    "swaps.asked of who left": swaps.asked(
        AskedToSwapSeen(a_swap(state=SwapState.LAPSED, host_that_left=long(75)))
    ),
    "swaps.asked with others": swaps.asked(AskedToSwapSeen(None)),
    "swaps.answered": swaps.answered(a_swap(state=SwapState.AGREED)),
    "swaps.answered with no": swaps.answered(a_swap(state=SwapState.DECLINED)),
    "swaps.answered with no, and others host": swaps.answered(
        replace(a_swap(state=SwapState.DECLINED), host="Bayview")
    ),
    "preparing.offered": preparing.offered(HelpOfferedSeen(MEETING, 300)),
    "preparing.offered and wanted": preparing.offered(HelpOfferedSeen(MEETING, 1, is_wanted=True)),
    "preparing.offered and not wanted": preparing.offered(HelpOfferedSeen(MEETING, 1, is_wanted=False)),
    "preparing.offered and given": preparing.offered(HelpOfferedSeen(TOGETHER, 1, is_wanted=True)),
    "preparing.offered for nothing": preparing.offered(HelpOfferedSeen(MEETING, 0)),
    "preparing.offered with others": preparing.offered(HelpOfferedSeen(None, 1)),
    "preparing.wanted": preparing.wanted(HelpWantedSeen(MEETING, 300)),
    "preparing.wanted no more": preparing.wanted(HelpWantedSeen(MEETING, 1, is_wanted=False)),
    "preparing.wanted and given": preparing.wanted(HelpWantedSeen(TOGETHER, 1)),
    "preparing.wanted with others": preparing.wanted(HelpWantedSeen(None, 1)),
    "coming.who_comes nobody": coming.who_comes(WhoComesSeen(MEETING, (), comes=None)),
    "coming.who_comes": coming.who_comes(
        WhoComesSeen(
            MEETING,
            (PartySeen(long(75), 99, 99, long(500)),) * 30,
            comes=True,
            is_host=True,
            notes=NotesTaken(30, by_reader=True, names=(long(80),) * 30),
            guests=Seen(
                (
                    GuestSeen(
                        long(80),
                        long(75),
                        is_new=True,
                        knows=(long(75),) * 30,
                        needed=frozenset(Need),
                        more=long(500),
                    ),
                )
                * 20,
                more=1000,
            ),
            silent=(long(75),) * 30,
            before_it_moved=1000,
        )
    ),
    "results.after who came": results.after(after_it(some_results(1), came=some_who_came(20))),
    "notes.notes who came": notes.notes(NotesSeen(MEETING, Seen(some_results(1)), some_who_came(20))),
    "follow_ups.follow_up_form new": follow_ups.follow_up_form(
        ToAgreeSeen("Rents", TODAY, "C0SHARED"), "1:1:0"
    ),
    "follow_ups.follow_up_form": follow_ups.follow_up_form(
        ToAgreeSeen(long(150), TODAY, "C0SHARED", long(300), Who("T0SISTER", "U0SAM")), "1:1:0:1"
    ),
    "follow_ups.own": follow_ups.own(own_follow_ups(60), a_follow_up(is_done=True, owner=None)),
    "follow_ups.own nothing": follow_ups.own(own_follow_ups(0)),
    "follow_ups.own last page": follow_ups.own(own_follow_ups(15, 1)),
    "follow_ups.reminder": follow_ups.reminder(AskedToFollowUpSeen(a_follow_up(), TODAY)),
    "follow_ups.reminder nothing": follow_ups.reminder(AskedToFollowUpSeen(None, TODAY)),
    "follow_ups.declined": follow_ups.declined(
        DeclinedSeen(a_follow_up(owner=None, declined_by=long(80), is_declined=True), is_for_hosts=True)
    ),
    "follow_ups.declined taken out": follow_ups.declined(DeclinedSeen(None, is_for_hosts=True)),
    "follow_ups.declined elsewhere": follow_ups.declined(DeclinedSeen(None, is_for_hosts=False)),
    "questions.ask_form": questions.ask_form(item(), "1:1:board"),
    "questions.answer_form": questions.answer_form(AskedSeen(a_question(), item())),
    "questions.answer_form again": questions.answer_form(AskedSeen(a_question(answer=long(1000)), item())),
    "questions.asked": questions.asked(AskedSeen(a_question(), item())),
    "questions.asked and answered": questions.asked(AskedSeen(a_question(answer=long(1000)), item())),
    "questions.asked too late": questions.asked(AskedSeen(a_question(), item(), Words("It is over."))),
    "decisions.card with questions": decisions.card(
        replace(card(decided(ItemState.HELD)), questions=some_questions())
    ),
    "decisions.card with questions that did not arrive": decisions.card(
        replace(card(item()), questions=Seen((a_question(had_left=True), a_question(was_reached=False))))
    ),
    "items.read with questions": items.read(
        ItemRead(item(), ZONE, is_closed=False, questions=some_questions())
    ),
    "board.board with questions": board.board(asked_about(on_board(stands()))),
    "notes.notes": notes.notes(NotesSeen(MEETING, Seen(some_results(60)))),
    "notes.notes of nothing": notes.notes(NotesSeen(MEETING, Seen())),
    "notes.after_meeting": notes.after_meeting(AfterMeetingSeen(MEETING, ZONE, 60, NotesStand.TO_SEND, NOW)),
    "notes.after_meeting of one": notes.after_meeting(
        AfterMeetingSeen(MEETING, ZONE, 1, NotesStand.REFUSED, None)
    ),
    "notes.after_meeting sent": notes.after_meeting(
        AfterMeetingSeen(MEETING, ZONE, 60, NotesStand.SENT, None)
    ),
    "notes.after_meeting with others": notes.after_meeting(
        AfterMeetingSeen(None, ZONE, 60, NotesStand.TO_SEND, NOW)
    ),
    "results.after": results.after(after_it(some_results(ON_A_PAGE_OF_RESULTS), more=50, unsaid=20)),
    "results.saved": results.saved(after_it(some_results(ON_A_PAGE_OF_RESULTS), more=50, unsaid=20)),
    "results.after nothing": results.after(after_it((), unsaid=0)),
    "results.after copy withdrawn": results.after(after_it((ResultSeen(item(), Became.AGAIN),))),
    "results.after unsaid": results.after(after_it((ResultSeen(item()),), unsaid=1)),
    **{
        f"results.after {stand.name.lower()}": results.after(
            after_it(some_results(3), unsaid=0, goes_at=None, notes=stand)
        )
        for stand in NotesStand
    },
    "results.after on_their_way later": results.after(
        after_it(some_results(3), unsaid=0, notes=NotesStand.ON_THEIR_WAY)
    ),
    "results.result_form": results.result_form(some_results(1)[0], "1:1:0:write"),
    **{
        f"decisions.withdrawal {state}": decisions.withdrawal(item(state))
        for state in (ItemState.WITHDRAWN, ItemState.SOLVED, ItemState.WAITING)
    },
    "decision_forms.separately_form": decision_forms.separately_form(item(), "board"),
    "decision_forms.leave_out_form": decision_forms.leave_out_form(item(), "board"),
    "digests.digest": digests.digest(DigestSeen(NEWS, NOW)),
    "digests.preview": digests.preview(NEWS),
    "digests.preview of nothing": digests.preview(NO_NEWS),
    "help.help_text": helps.help_text(help_lines()),
    "help.help_with_buttons": helps.help_with_buttons(),
    "help.not_understood": helps.not_understood(long(12_000), words(), also()),
    "help.refused": helps.refused(long(3000), long(12_000)),
    "help.refused silently": helps.refused(long(3000)),
    "own_items.receipt": own_items.receipt(Receipt((item(),), TODAY)),
    "own_items.receipt in the room": own_items.receipt(Receipt((item(came_up=True, is_late=False),), TODAY)),
    "own_items.receipt of many": own_items.receipt(Receipt(tuple(item() for _ in range(20)), TODAY)),
    "own_items.receipt without a meeting": own_items.receipt(Receipt((item(meeting=None, is_late=False),))),
    "home.home": home.home(
        HomeSeen(
            replace(status(stands(others=5)), follow_ups=60),
            Seen(tuple(map(own, STATES_ON_PAGE))).first(5),
            replace(own_follow_ups(60), follow_ups=own_follow_ups(60).follow_ups.first(5)),
            Seen((AskedSeen(a_question(answer=None), item()),) * 5),
            is_asked=True,
        )
    ),
    "home.home of somebody new": home.home(
        HomeSeen(status(EMPTY, is_everybody=True), Seen(), own_follow_ups(0), Seen())
    ),
    "items.read": items.read(ItemRead(item(), ZONE, is_closed=True, may_remove=True)),
    "items.read without details": items.read(ItemRead(item(details=None, links=None), ZONE, is_closed=False)),
    "own_items.saved": own_items.saved(Receipt((item(),), TODAY)),
    **{
        f"own_items.saved {state}": own_items.saved(Receipt((decided(state, is_told=True),), TODAY))
        for state in (ItemState.ON_AGENDA, ItemState.HELD, ItemState.RESTING)
    },
    "own_items.mine told": own_items.mine(
        Seen(
            (
                OwnSeen(
                    decided(ItemState.ON_AGENDA),
                    can_change=False,
                    told=(ToldSeen(1, Became.DONE, long(300)),) * 2,
                ),
            )
            * 15
        )
    ),
    "own_items.mine": own_items.mine(
        Seen(tuple(OwnSeen(one, can_change=True) for one in many(ItemState.WAITING, 300).shown))
    ),
    "own_items.mine of nothing": own_items.mine(Seen()),
    "own_items.mine asked, resting and solved": own_items.mine(
        Seen(tuple(map(own, STATES_ON_PAGE)) * 5), taken_back(item(ItemState.WITHDRAWN))
    ),
    "resting.resting": resting.resting(stands().turned_to(1, RESTING_ON_A_PAGE)),
    "resting.resting of nothing": resting.resting(stands(others=0)),
    "own_items.said_of_one withdrawn": own_items.said_of_one(taken_back(item(ItemState.WITHDRAWN))),
    "own_items.said_of_one solved": own_items.said_of_one(freshness.solved(item(ItemState.SOLVED))),
    **{f"freshness.still_wanted {state}": freshness.still_wanted(own(state)) for state in ItemState},
    "freshness.still_wanted and kept": freshness.still_wanted(
        replace(own(ItemState.WAITING), is_wanted=True)
    ),
    "item_forms.add_form": item_forms.add_form(),
    "item_forms.add_again_form": item_forms.add_again_form(item(ItemState.NOT_TAKEN)),
    "item_forms.edit_form": item_forms.edit_form(item()),
    "meetings.proposed_meeting": meetings.proposed_meeting(ProposedSeen(MEETING, is_for_hosts=True)),
    "meetings.proposed_meeting confirmed": meetings.proposed_meeting(
        ProposedSeen(CONFIRMED, is_for_hosts=True)
    ),
    "meetings.proposed_meeting with others": meetings.proposed_meeting(
        ProposedSeen(MEETING, is_for_hosts=False)
    ),
    "meetings.moved_meeting": meetings.moved_meeting(
        MovedSeen(MEETING, replace(MEETING, minutes=30, office=long(200)))
    ),
    "hosting.host_form": hosting.host_form(HostingSeen(MEETING, tuple(COLLABORATIVES), meetings_to_host(12))),
    "hosting.host_form of very many": hosting.host_form(
        HostingSeen(MEETING, tuple(COLLABORATIVES * 20), meetings_to_host(300))
    ),
    "hosting.take_out_form of the last one": hosting.take_out_form(TakingOutSeen(COLLABORATIVES[0], (), ())),
    "hosting.take_out_form": hosting.take_out_form(
        TakingOutSeen(COLLABORATIVES[0], meetings_to_host(12), tuple(COLLABORATIVES))
    ),
    "hosting.take_out_form of very many": hosting.take_out_form(
        TakingOutSeen(COLLABORATIVES[0], meetings_to_host(300), tuple(COLLABORATIVES * 20))
    ),
    "meetings.change_form": meetings.change_form(MEETING),
    "placing.place_form": placing.place_form(
        ItemRead(decided(ItemState.ON_AGENDA), ZONE, is_closed=False, may_remove=True), "1:place:1"
    ),
    "joining.join_form": joining.join_form(ToJoinSeen(item(), many(ItemState.WAITING, 2)), "board"),
    "joining.join_form of very many": joining.join_form(
        ToJoinSeen(item(joined=many(ItemState.WAITING, 60).shown), many(ItemState.ON_AGENDA, 300)), "board"
    ),
    "joining.nothing_to_join": joining.nothing_to_join(
        ToJoinSeen(item(joined=many(ItemState.WAITING, 60).shown), Seen()), "board"
    ),
    "decisions.card of many that go together": decisions.card(
        card(item(joined=many(ItemState.WAITING, 60).shown))
    ),
    "decisions.card of one that goes together with another": decisions.card(card(item(joined_to=item()))),
    "outcomes.outcome of one that goes together with another": outcomes.outcome(
        OutcomeSeen(replace(decided(ItemState.ON_AGENDA), joined_to=item()))
    ),
    "board.board of items that go together": board.board(
        on_board(
            stands(
                lists={
                    ItemState.ON_AGENDA: Seen(
                        tuple(
                            replace(decided(ItemState.ON_AGENDA), joined=many(ItemState.ON_AGENDA, 5).shown)
                            for _ in range(12)
                        )
                    ),
                    ItemState.WAITING: Seen(
                        tuple(item(joined=many(ItemState.WAITING, 5).shown) for _ in range(5))
                    ),
                }
            )
        )
    ),
    "placing.order_form": placing.order_form(ToOrderSeen(1, many(ItemState.ON_AGENDA, 2), MARK)),
    "placing.order_form of very many": placing.order_form(
        ToOrderSeen(1, many(ItemState.ON_AGENDA, 500), MARK)
    ),
    "placing.timing_form": placing.timing_form(MEETING),
    "cancelling.cancelled": cancelling.cancelled(CancelledSeen(CANCELLED, MEETING, tells_what_is_next=True)),
    "cancelling.cancelled without another": cancelling.cancelled(
        CancelledSeen(CANCELLED, tells_what_is_next=True)
    ),
    "cancelling.cancelled in place of what told of it": cancelling.cancelled(CancelledSeen(CANCELLED)),
    "cancelling.cancel_form": cancelling.cancel_form(ToCancelSeen(MEETING, 300, is_told_in_channel=True)),
    "cancelling.cancel_form of one item": cancelling.cancel_form(
        ToCancelSeen(MEETING, 1, is_told_in_channel=True)
    ),
    "cancelling.cancel_form of what nobody knows": cancelling.cancel_form(
        ToCancelSeen(MEETING, 0, is_told_in_channel=False)
    ),
    "me_too.me_too_form": me_too.me_too_form(to_say(300, 300)),
    "me_too.nothing_to_say": me_too.nothing_to_say(to_say(0, 0)),
    "me_too.noted": me_too.noted(to_say(300, 300)),
    "decisions.card with many who say it, too": decisions.card(
        replace(card(item()), me_too=(long(80),) * 300)
    ),
    "items.read with many who say it, too": items.read(
        ItemRead(item(), ZONE, is_closed=False, me_too=(long(80),) * 300, says_me_too=True)
    ),
    "board.board with many who say it, too": board.board(wanted(on_board(stands()))),
    "live.start_form of very many": live.start_form(
        ToStartSeen(MEETING, many(ItemState.ON_AGENDA, 60), many(ItemState.WAITING, 60))
    ),
    "live.start_form of nothing": live.start_form(ToStartSeen(MEETING, Seen(), Seen())),
    "live.not_yet": live.not_yet(
        ToStartSeen(MEETING, many(ItemState.ON_AGENDA, 60), Seen()), Moment(NOW, ZONE)
    ),
    "live.live of very many": live.live(going_on(many(ItemState.ON_AGENDA, 60))),
    "live.live with a break": live.live(
        replace(going_on(many(ItemState.ON_AGENDA, 60)), pause=BreakSeen(479, 2, time(23, 59)))
    ),
    "live.live before a break": live.live(
        replace(going_on(many(ItemState.ON_AGENDA, 60)), pause=BreakSeen(15, 0, None))
    ),
    "live.live long before a break": live.live(
        replace(going_on(many(ItemState.ON_AGENDA, 60)), pause=BreakSeen(15, 5, time(11, 0)))
    ),
    "live.live over its time": live.live(replace(going_on(many(ItemState.ON_AGENDA, 1)), left=-5)),
    "live.live of the last": live.live(replace(going_on(Seen()), just_now=False)),
    "live.live at its opening": live.live(
        replace(going_on(many(ItemState.ON_AGENDA, 2)), item=None, until=None, is_opening=True)
    ),
    "live.live of nothing": live.live(replace(going_on(Seen()), item=None, until=None, planned=Planned())),
    "live.live that is over": live.live(replace(going_on(Seen()), stands=Stands.OVER)),
    "live.live in another channel": live.live(replace(going_on(Seen()), stands=Stands.ELSEWHERE)),
    "live.live that was moved": live.live(replace(going_on(Seen()), stands=Stands.MOVED)),
    "separate_talks.thread of very many": separate_talks.thread(
        ThreadSeen(item(joined=many(ItemState.WAITING, 60).shown), PEOPLE_TO_CALL * 8)
    ),
    "separate_talks.group_form": separate_talks.group_form(GroupSeen(item(), PEOPLE_TO_CALL[:8], MARK)),
    "own_items.mine with all that can be said of one": own_items.mine(
        Seen((replace(own(ItemState.RESTING), me_too=(long(80),) * 300, may_take_up=True),) * 15)
    ),
    "membership.question": membership.question([item(ItemState.DRAFT) for _ in range(60)]),
    "membership.join_form": membership.join_form(COLLABORATIVES * 20),
    "membership.welcome": membership.welcome(long(75)),
    "publication.published": publication.published(published(20)),
    "publication.published first": publication.published(published(20, is_first=True)),
    "publication.published after a hundred years": publication.published(published(60)),
    "setup.overview": setup.overview(SETTINGS),
    "setup.overview while a hold lasts": setup.overview(
        replace(SETTINGS, seats=SEATS * 10, hold=HOLD), closed_for="channel_not_found"
    ),
    "legal_holds.hold_form": legal_holds.hold_form(ToHoldSeen(HOLD, TODAY, TODAY)),
    "legal_holds.hold_form at first": legal_holds.hold_form(ToHoldSeen(None, TODAY, TODAY)),
    "legal_holds.told": legal_holds.told(HOLD),
    "legal_holds.told by a command": legal_holds.told(replace(HOLD, began_by=None, waiting=1)),
    "legal_holds.told to an admin of before": legal_holds.told(replace(HOLD, reason=None)),
    "legal_holds.told and it is over": legal_holds.told(replace(HOLD, lasts=False)),
    "legal_holds.ends": legal_holds.ends(HOLD),
    "legal_holds.ends today": legal_holds.ends(replace(HOLD, ends_today=True)),
    "legal_holds.ends and it is over": legal_holds.ends(replace(HOLD, lasts=False)),
    "setup.overview without the channel": setup.overview(SETTINGS, closed_for="channel_not_found"),
    "setup.overview after a form": setup.overview(SETTINGS, is_saved=True),
    "setup.overview of very many": setup.overview(
        replace(SETTINGS, seats=SEATS * 10), closed_for="channel_not_found"
    ),
    "setup_forms.collaborative_form of very many": setup_forms.collaborative_form(
        replace(SETTINGS, seats=SEATS * 10), None
    ),
    "setup_forms.meeting_form of very many": setup_forms.meeting_form(replace(SETTINGS, seats=SEATS * 10)),
    "removal.remove_form": removal.remove_form(ToRemove(item(), tells=True, words=MARK)),
    "removal.remove_form of one with copies": removal.remove_form(
        ToRemove(item(), tells=True, words=MARK, has_copies=True)
    ),
    "removal.removed": removal.removed(),
    "removal.words_removed": removal.words_removed(OwnSeen(item(), can_change=True)),
    "removal.words_removed of one that can change no more": removal.words_removed(
        OwnSeen(item(ItemState.NOT_TAKEN), can_change=False)
    ),
    "removal.tip_removed": removal.tip_removed(TIP),
    "removal.cleared": removal.cleared(),
    "setup.overview at first": setup.overview(SettingsSeen(CONSORTIUM, PEOPLE[:1], (), ())),
    "setup_forms.consortium_form": setup_forms.consortium_form(SETTINGS),
    "setup_forms.first_form": setup_forms.first_form("U0ADMIN", "C0SHARED"),
    "setup_forms.collaborative_form": setup_forms.collaborative_form(SETTINGS, SEATS[-1]),
    "setup_forms.collaborative_form new": setup_forms.collaborative_form(SETTINGS, None),
    "setup_forms.meeting_form": setup_forms.meeting_form(SETTINGS),
    "standing.standing": standing.standing(StandingSeen(long(75), stands(), on_agenda=2)),
    "standing.standing without a meeting": standing.standing(StandingSeen(long(75), EMPTY)),
    "standing.standing of another channel": standing.standing(StandingSeen(long(75), None)),
    "tips.kept": tips.kept(TIP),
    "tips.results": tips.results(Found(Seen((TIP,) * 300).first(10), may_remove=True), long(3000)),
    "tips.results nothing": tips.results(Found(Seen(), may_remove=False), long(3000)),
    "tips.search_form": tips.search_form(),
    "tips.tip_form": tips.tip_form(),
    "undelivered.undelivered": undelivered.undelivered(LOST, long(75)),
    "undelivered.unsure": undelivered.unsure(LOST, long(75)),
    "undelivered.unsure settled": undelivered.unsure(
        replace(LOST, answered_by=long(75), is_there=True), long(75)
    ),
}


def _nasty(name: str) -> Message | View:
    """The renderer with the same long text in every place: enough, where no length or number is special."""
    return DRAWINGS[name][0](Written([long(3000)]))


_TRIED = {name.split()[0] for name in _EXTREME}
RENDERINGS = _EXTREME | {name: _nasty(name) for name in DRAWINGS if name not in _TRIED}
"""All that is ever drawn: the extremes above, and of what has none there its drawing in tests/handlers/drawings.py."""
