"""Everything that is ever drawn, with the longest and strangest content that it can meet."""

from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

from bot.agenda import Agenda
from bot.changes import Entry
from bot.digests import Digest
from bot.items import Receipt
from handlers.blocks import (
    agenda,
    board,
    calls,
    decisions,
    digests,
    items,
    meetings,
    membership,
    publication,
    setup,
    standing,
    tips,
    undelivered,
)
from handlers.blocks import (
    help as helps,
)
from handlers.blocks.kit import Message, View
from storage.consortia import Collaborative, Consortium
from storage.items import Item, ItemState, Reason, Wish
from storage.meetings import Meeting, MeetingState, Publication
from storage.outbox import PostKind
from storage.people import Person
from storage.sealing import entrust
from storage.tips import Tip
from tests.keys import RING

NASTY = "<!channel> <@U0ADMIN> <https://x.org|lie> & *b* :tada: \u202e👩🏽‍🚒 "
NOW = datetime(2027, 1, 12, 20, tzinfo=UTC)
TODAY = date(2027, 1, 12)
ZONE = "America/Argentina/ComodRivadavia"
MANY_ROWS = 300

_numbers = count(10**8)


def long(length: int) -> str:
    """So many nasty characters."""
    return (NASTY * (length // len(NASTY) + 1))[: length - 1] + "."


CONSORTIUM = Consortium(
    id=1,
    team_id="T0SISTER",
    name=long(75),
    channel_id="C0SHARED",
    timezone=ZONE,
    call_days=[366 - days for days in range(30)],
    call_at=time(10, 30),
    closes_days_before=366,
    digest_weekday="wednesday",
    digest_at=time(9, 30),
    told_after_minutes=10080,
    created_at=NOW,
)
COLLABORATIVES = [
    Collaborative(id=number, consortium_id=1, position=number, name=long(75), office=long(200))
    for number in range(1, 13)
]
PEOPLE = [
    Person(
        id=number,
        team_id="T0OTHER",
        user_id=f"U{number:010}",
        name=long(80),
        collaborative=COLLABORATIVES[0],
        is_admin=True,
    )
    for number in range(1, 41)
]
MEETING = Meeting(
    id=10**8,
    host_id=1,
    host=COLLABORATIVES[0],
    day=date(2027, 9, 22),
    starts=time(10, 30),
    minutes=720,
    office=long(300),
    state=MeetingState.PROPOSED,
    known_since=NOW,
)
CONFIRMED = Meeting(
    id=10**8,
    host=COLLABORATIVES[0],
    day=date(2027, 9, 22),
    starts=time(10, 30),
    minutes=719,
    office=long(300),
)
CONFIRMED.state = MeetingState.SET


def item(state: ItemState = ItemState.WAITING, **changes: Any) -> Item:
    longest = {
        "id": next(_numbers),
        "consortium_id": 1,
        "title": long(200),
        "details": long(20_000),
        "wish": Wish.CONNECT,
        "minutes": 479,
        "links": long(3000),
        "lead": long(200),
        "on_behalf_of": long(80),
        "state": state,
        "is_late": True,
        "is_carried_over": True,
        "created_at": NOW,
        "submitted_at": NOW,
        "proposer": PEOPLE[0],
        "collaborative": COLLABORATIVES[0],
        "meeting": MEETING,
        "decisions": 10**6,
    }
    return Item(**longest | changes)


def decided(state: ItemState, **changes: Any) -> Item:
    decided = item(state, decided_by=PEOPLE[0], decided_at=NOW, **changes)
    if state == ItemState.NOT_TAKEN:
        entrust(decided, RING)
        decided.reason, decided.note = Reason.ELSEWHERE, long(1000)
    return decided


def many(state: ItemState, number: int) -> list[Item]:
    return (
        [decided(state) for _ in range(number)]
        if state != ItemState.WAITING
        else [item() for _ in range(number)]
    )


def publication_of(number: int, first: int, entries: int) -> Publication:
    listed = [
        vars(Entry(item_id=first + place, title=long(200), minutes=479, lead=long(200)))
        for place in range(entries)
    ]
    return Publication(id=number, number=number, at=NOW, by=PEOPLE[0], entries=listed, held=60)


def stands(on_agenda: int = 20, others: int = 60, **changes: Any) -> Agenda:
    full = {
        "consortium": CONSORTIUM,
        "meeting": MEETING,
        "closes": TODAY,
        "on_agenda": many(ItemState.ON_AGENDA, on_agenda),
        "waiting": many(ItemState.WAITING, others),
        "held": many(ItemState.HELD, others),
        "not_taken": many(ItemState.NOT_TAKEN, others),
        "publications": [publication_of(2, 1, on_agenda), publication_of(1, 10_000, on_agenda)],
        "without_items": COLLABORATIVES,
    }
    return Agenda(**full | changes)


EMPTY = Agenda(CONSORTIUM, None, None, [], many(ItemState.WAITING, 300), [], [], [], [])
LOST = undelivered.Lost(10**8, PostKind.CARD, long(75), long(200))
TIP = Tip(id=10**8, person=PEOPLE[0], topic=long(40), text=long(20_000), created_at=NOW)
SEATS = [setup.Seat(one, PEOPLE, PEOPLE) for one in COLLABORATIVES]
SETTINGS = setup.Setup(CONSORTIUM, PEOPLE, SEATS, [MEETING] * 12)
NEWS = Digest(
    since=NOW,
    until=NOW,
    new=many(ItemState.WAITING, 300),
    added=many(ItemState.ON_AGENDA, 60),
    held=many(ItemState.HELD, 60),
    not_taken=many(ItemState.NOT_TAKEN, 60),
    tips=300,
    agenda=stands(),
)
NO_NEWS = Digest(NOW, NOW, [], [], [], [], 0, EMPTY)

RENDERINGS: dict[str, Message | View] = {
    "agenda.status": agenda.status(stands(), TODAY, is_host=True, is_admin=True),
    "agenda.status without a meeting": agenda.status(EMPTY, TODAY, is_host=False, is_admin=False),
    "agenda.items_list": agenda.items_list(stands(300, 300), TODAY, is_host=True, is_admin=True),
    "agenda.items_list without a meeting": agenda.items_list(EMPTY, TODAY, is_host=False, is_admin=False),
    "agenda.items_list of nothing": agenda.items_list(stands(0, 0), TODAY, is_host=False, is_admin=False),
    "board.board": board.board(stands(), TODAY),
    "board.board of nothing": board.board(stands(0, 0, publications=[]), TODAY),
    "board.board without a meeting": board.board(EMPTY, TODAY),
    "board.board after a hundred years": board.board(stands(60, 300), TODAY),
    "calls.call": calls.call(stands(60), MEETING, TODAY, NOW),
    "calls.call for nothing yet": calls.call(stands(0, 0), CONFIRMED, TODAY, None),
    "decisions.card": decisions.card(item(), ZONE, is_for_hosts=True),
    "decisions.card of another's": decisions.card(item(), ZONE, is_for_hosts=False),
    **{
        f"decisions.card {state}": decisions.card(decided(state), ZONE, is_for_hosts=True)
        for state in ItemState
    },
    "decisions.card told": decisions.card(decided(ItemState.NOT_TAKEN, told_at=NOW), ZONE, is_for_hosts=True),
    **{
        f"decisions.outcome {state}": decisions.outcome(decided(state), long(75))
        for state in (ItemState.ON_AGENDA, ItemState.HELD, ItemState.NOT_TAKEN)
    },
    "decisions.reconsidered": decisions.reconsidered(item(), long(75)),
    "decisions.carried_over": decisions.carried_over(item(), MEETING),
    "decisions.withdrawal": decisions.withdrawal(item(ItemState.WITHDRAWN)),
    "decisions.leave_out_form": decisions.leave_out_form(item(), "board"),
    "digests.digest": digests.digest(NEWS, TODAY, late_since=NOW, is_preview=True),
    "digests.digest of nothing": digests.digest(NO_NEWS, TODAY),
    "help.help_text": helps.help_text(),
    "help.not_understood": helps.not_understood(long(12_000)),
    "help.refused": helps.refused(long(3000), long(12_000)),
    "help.refused silently": helps.refused(long(3000)),
    "items.receipt": items.receipt(Receipt([item()], TODAY)),
    "items.receipt of many": items.receipt(Receipt([item() for _ in range(20)], TODAY)),
    "items.receipt without a meeting": items.receipt(Receipt([item(meeting=None, is_late=False)])),
    "items.saved": items.saved(Receipt([item()], TODAY)),
    **{
        f"items.saved {state}": items.saved(Receipt([decided(state, told_at=NOW)], TODAY))
        for state in (ItemState.ON_AGENDA, ItemState.HELD)
    },
    "items.mine": items.mine(many(ItemState.WAITING, 300)),
    "items.mine of nothing": items.mine([]),
    "items.withdrawn": items.withdrawn(item(ItemState.WITHDRAWN)),
    "items.add_form": items.add_form(),
    "items.add_again_form": items.add_again_form(item(ItemState.NOT_TAKEN)),
    "items.edit_form": items.edit_form(item()),
    "meetings.proposed_meeting": meetings.proposed_meeting(MEETING),
    "meetings.proposed_meeting confirmed": meetings.proposed_meeting(CONFIRMED),
    "meetings.moved_meeting": meetings.moved_meeting(MEETING),
    "meetings.change_form": meetings.change_form(MEETING),
    "membership.question": membership.question([item(ItemState.DRAFT) for _ in range(60)]),
    "membership.join_form": membership.join_form(COLLABORATIVES * 20),
    "membership.welcome": membership.welcome(long(75)),
    "publication.published": publication.published(stands()),
    "publication.published first": publication.published(stands(publications=[publication_of(1, 1, 20)])),
    "publication.published after a hundred years": publication.published(stands(60)),
    "setup.overview": setup.overview(SETTINGS),
    "setup.overview without the channel": setup.overview(SETTINGS, is_shut_out=True),
    "setup.overview at first": setup.overview(setup.Setup(CONSORTIUM, PEOPLE[:1], [], [])),
    "setup.consortium_form": setup.consortium_form(SETTINGS),
    "setup.consortium_form at first": setup.consortium_form(None),
    "setup.collaborative_form": setup.collaborative_form(SETTINGS, SEATS[-1]),
    "setup.collaborative_form new": setup.collaborative_form(SETTINGS, None),
    "setup.meeting_form": setup.meeting_form(SETTINGS),
    "standing.standing": standing.standing(CONSORTIUM),
    "tips.kept": tips.kept(TIP),
    "tips.results": tips.results([TIP] * 300, long(3000)),
    "tips.results nothing": tips.results([], long(3000)),
    "tips.search_form": tips.search_form(),
    "tips.tip_form": tips.tip_form(),
    "undelivered.undelivered": undelivered.undelivered(PostKind.AGENDA, long(75), "not_in_channel"),
    "undelivered.unsure": undelivered.unsure(LOST),
    "undelivered.settled": undelivered.settled(LOST, long(75), is_there=True),
}
