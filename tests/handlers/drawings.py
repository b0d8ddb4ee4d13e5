"""Every renderer, with people's words in every place where it takes any: `DRAWINGS` by the renderer's name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial
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
from storage.consortia import Collaborative, Consortium
from storage.items import Item, ItemState, Reason, Wish
from storage.meetings import Meeting, MeetingState, Publication
from storage.outbox import PostKind
from storage.people import Person
from storage.sealing import entrust
from storage.tips import Tip
from tests.handlers.user_text import Drawn, Written
from tests.keys import RING

NOW = datetime(2027, 1, 12, 20, tzinfo=UTC)
TODAY = date(2027, 1, 12)
ZONE = "America/Los_Angeles"

Draw = Callable[[Written], Drawn]


def a_consortium(w: Written) -> Consortium:
    return Consortium(
        id=1,
        team_id="T0SISTER",
        name=w("consortium"),
        channel_id="C0SHARED",
        timezone=ZONE,
        call_days=[28, 14],
        call_at=time(10),
        closes_days_before=7,
        digest_weekday="monday",
        digest_at=time(9),
        told_after_minutes=5,
        created_at=NOW,
    )


def a_collaborative(w: Written, number: int = 1) -> Collaborative:
    return Collaborative(
        id=number, consortium_id=1, position=number, name=w(f"host{number}"), office=w("office")
    )


def a_person(w: Written, name: str = "person", number: int = 1) -> Person:
    return Person(
        id=number, team_id="T1", user_id=f"U{number}", name=w(name), collaborative=a_collaborative(w, 2)
    )


def a_meeting(w: Written, state: MeetingState = MeetingState.PROPOSED) -> Meeting:
    host = a_collaborative(w)
    return Meeting(
        id=1, host=host, day=date(2027, 1, 21), starts=time(10), minutes=120, office=w("place"), state=state
    )


def an_item(w: Written, state: ItemState = ItemState.WAITING, name: str = "title", **changes: Any) -> Item:
    fields = {
        "id": len(w.texts),
        "consortium_id": 1,
        "title": w(name),
        "details": w("details"),
        "wish": Wish.ADVICE,
        "minutes": 15,
        "links": w("links"),
        "lead": w("lead"),
        "on_behalf_of": w("behalf"),
        "state": state,
        "is_late": False,
        "is_carried_over": False,
        "created_at": NOW,
        "submitted_at": NOW,
        "proposer": a_person(w, "proposer"),
        "collaborative": a_collaborative(w, 2),
        "meeting": a_meeting(w),
        "decisions": 1,
    }
    return Item(**fields | changes)


def decided(w: Written, state: ItemState, **changes: Any) -> Item:
    item = an_item(w, state, decided_by=a_person(w, "decider", 2), decided_at=NOW, **changes)
    if state == ItemState.NOT_TAKEN:
        entrust(item, RING)
        item.reason, item.note = Reason.OTHER, w("note")
    return item


def publications(w: Written) -> list[Publication]:
    def entry(item_id: int, name: str) -> dict[str, Any]:
        return vars(Entry(item_id=item_id, title=w(name), minutes=15, lead=w("leader")))

    newest = [entry(2, "second"), entry(1, "first"), entry(3, "reworded"), entry(5, "added")]
    before = [entry(1, "first"), entry(2, "second"), entry(3, "worded"), entry(4, "removed")]
    by = a_person(w, "publisher")
    return [
        Publication(id=2, number=2, at=NOW, by=by, entries=newest, held=1),
        Publication(id=1, number=1, at=NOW, by=by, entries=before, held=0),
    ]


def an_agenda(w: Written) -> Agenda:
    return Agenda(
        consortium=a_consortium(w),
        meeting=a_meeting(w),
        closes=TODAY,
        on_agenda=[decided(w, ItemState.ON_AGENDA, name="placed")],
        waiting=[an_item(w), an_item(w, name="through", lead=None, on_behalf_of=None)],
        held=[decided(w, ItemState.HELD, name="held")],
        not_taken=[decided(w, ItemState.NOT_TAKEN, name="declined")],
        publications=publications(w),
        without_items=[a_collaborative(w, 3), a_collaborative(w, 4)],
    )


def a_digest(w: Written) -> Digest:
    items_of = {"new": [an_item(w)], "added": [decided(w, ItemState.ON_AGENDA, name="added")]}
    held = [decided(w, ItemState.HELD, name="held")]
    return Digest(since=NOW, until=NOW, held=held, not_taken=[], tips=1, agenda=an_agenda(w), **items_of)


def a_setup(w: Written) -> setup.Setup:
    seats = [setup.Seat(a_collaborative(w, number), [a_person(w, "curator")], []) for number in (1, 2)]
    return setup.Setup(a_consortium(w), [a_person(w, "admin")], seats, [a_meeting(w)])


def a_tip(w: Written) -> Tip:
    return Tip(id=1, person=a_person(w), topic=w("topic"), text=w("tip"), created_at=NOW)


def lost(w: Written) -> undelivered.Lost:
    return undelivered.Lost(1, PostKind.CARD, w("where"), w("title"))


def _roles(drawing: Callable[..., Drawn]) -> Draw:
    return lambda w: drawing(an_agenda(w), TODAY, is_host=True, is_admin=True)


def _in_state(drawing: Callable[[Item], Drawn], *states: ItemState) -> list[Draw]:
    return [partial(lambda state, w: drawing(decided(w, state)), state) for state in states]


DECIDED = (ItemState.ON_AGENDA, ItemState.HELD, ItemState.NOT_TAKEN)

DRAWINGS: dict[str, list[Draw]] = {
    "agenda.status": [_roles(agenda.status)],
    "agenda.items_list": [_roles(agenda.items_list)],
    "board.board": [
        lambda w: board.board(an_agenda(w), TODAY),
        lambda w: board.board(replace(an_agenda(w), publications=[]), TODAY),
    ],
    "calls.call": [lambda w: calls.call(an_agenda(w), a_meeting(w), date(2027, 1, 20), NOW)],
    "decisions.card": [
        lambda w: decisions.card(an_item(w), ZONE, is_for_hosts=True),
        lambda w: decisions.card(an_item(w), ZONE, is_for_hosts=False),
        lambda w: decisions.card(an_item(w, ItemState.WITHDRAWN), ZONE, is_for_hosts=True),
        *_in_state(lambda item: decisions.card(item, ZONE, is_for_hosts=True), *DECIDED),
        lambda w: decisions.card(decided(w, ItemState.HELD, told_at=NOW), ZONE, is_for_hosts=True),
        lambda w: decisions.card(
            decided(w, ItemState.HELD, told_at=NOW), ZONE, is_for_hosts=True, was_reached=False
        ),
    ],
    "decisions.outcome": _in_state(lambda item: decisions.outcome(item, item.meeting.host.name), *DECIDED),
    "decisions.reconsidered": [lambda w: decisions.reconsidered(an_item(w), w("host"))],
    "decisions.carried_over": [lambda w: decisions.carried_over(an_item(w), a_meeting(w))],
    "decisions.withdrawal": [lambda w: decisions.withdrawal(an_item(w))],
    "decisions.leave_out_form": [lambda w: decisions.leave_out_form(an_item(w), "board")],
    "digests.digest": [lambda w: digests.digest(a_digest(w), TODAY, late_since=NOW, is_preview=True)],
    "help.help_text": [lambda _: helps.help_text()],
    "help.not_understood": [
        lambda w: helps.not_understood(w("typed")),
        lambda w: helps.not_understood(f"lsit {w('typed')}"),
    ],
    "help.refused": [lambda w: helps.refused(w("said"), w("typed")), lambda w: helps.refused(w("said"))],
    "items.receipt": [
        lambda w: items.receipt(Receipt([an_item(w)], TODAY)),
        lambda w: items.receipt(Receipt([an_item(w, is_late=True), an_item(w, name="other")], TODAY)),
        lambda w: items.receipt(Receipt([an_item(w, meeting=None)])),
    ],
    "items.saved": [
        lambda w: items.saved(Receipt([an_item(w)], TODAY)),
        lambda w: items.saved(Receipt([decided(w, ItemState.ON_AGENDA, told_at=NOW)], TODAY)),
    ],
    "items.mine": [lambda w: items.mine([an_item(w), decided(w, ItemState.HELD, name="held", told_at=NOW)])],
    "items.withdrawn": [lambda w: items.withdrawn(an_item(w, ItemState.WITHDRAWN))],
    "items.add_form": [lambda _: items.add_form()],
    "items.add_again_form": [lambda w: items.add_again_form(an_item(w))],
    "items.edit_form": [lambda w: items.edit_form(an_item(w))],
    "meetings.proposed_meeting": [
        lambda w: meetings.proposed_meeting(a_meeting(w)),
        lambda w: meetings.proposed_meeting(a_meeting(w, MeetingState.SET)),
    ],
    "meetings.moved_meeting": [lambda w: meetings.moved_meeting(a_meeting(w))],
    "meetings.change_form": [lambda w: meetings.change_form(a_meeting(w))],
    "membership.question": [lambda w: membership.question([an_item(w, ItemState.DRAFT)])],
    "membership.join_form": [lambda w: membership.join_form([a_collaborative(w, 1), a_collaborative(w, 2)])],
    "membership.welcome": [lambda w: membership.welcome(w("joined"))],
    "publication.published": [
        lambda w: publication.published(an_agenda(w)),
        lambda w: publication.published(replace(an_agenda(w), publications=publications(w)[:1])),
    ],
    "setup.overview": [lambda w: setup.overview(a_setup(w), is_shut_out=True)],
    "setup.consortium_form": [lambda w: setup.consortium_form(a_setup(w))],
    "setup.collaborative_form": [lambda w: setup.collaborative_form(a_setup(w), a_setup(w).seats[0])],
    "setup.meeting_form": [lambda w: setup.meeting_form(a_setup(w))],
    "standing.standing": [lambda w: standing.standing(a_consortium(w))],
    "tips.kept": [lambda w: tips.kept(a_tip(w))],
    "tips.results": [lambda w: tips.results([a_tip(w)], w("words")), lambda w: tips.results([], w("words"))],
    "tips.search_form": [lambda _: tips.search_form()],
    "tips.tip_form": [lambda _: tips.tip_form()],
    "undelivered.undelivered": [
        lambda w: undelivered.undelivered(PostKind.AGENDA, w("where"), "not_in_channel"),
        lambda w: undelivered.undelivered(PostKind.CARD, w("where"), "restricted_action"),
    ],
    "undelivered.unsure": [lambda w: undelivered.unsure(lost(w))],
    "undelivered.settled": [lambda w: undelivered.settled(lost(w), w("by"), is_there=True)],
}
