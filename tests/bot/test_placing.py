"""Placing: what a host makes of an item on the agenda, in which order items stand, and how the time is shared out."""

import json
from collections.abc import Callable
from functools import partial

import pytest

from bot import meetings, removal
from bot.agenda import entries
from bot.board import arrange
from bot.calls import owe_due_calls
from bot.carry_over import go_on
from bot.decisions import add_to_agenda, reconsider, undo
from bot.items import Proposal, edit, item_to_edit
from bot.leaving import everything_about, everything_of
from bot.own_items import own_page
from bot.placing import (
    EARLIER,
    NotForItems,
    Placed,
    item_to_place,
    move,
    place,
    put_in_order,
    share_out,
    to_order,
)
from bot.seen.agenda import AgendaSeen, entries_of
from bot.seen.items import Brought
from bot.where_things_stand import status
from bot.word_to_proposers import outcome_key
from storage.items import Item
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import post_by_key
from tests.bot.hosting import board_of, curator, held, on_agenda, publications, publish, titles
from tests.builders import Scene, an_arrangement, deliver
from tests.refusals import refusal

SHORTER = Placed("Cuts", 20, "Dana", "Money")


def put(scene: Scene, item: Item, wanted: Placed) -> AgendaSeen:
    place(scene.session, curator(scene), item.id, wanted, scene.now, scene.meeting.id)
    return board_of(scene)


def order(scene: Scene, typed: str) -> AgendaSeen:
    seen = to_order(scene.session, curator(scene), scene.meeting.id, scene.now)
    put_in_order(scene.session, curator(scene), scene.meeting.id, typed, seen.mark, scene.now)
    return board_of(scene)


def share(scene: Scene, *minutes: int) -> AgendaSeen:
    share_out(scene.session, curator(scene), scene.meeting.id, NotForItems(*minutes), scene.now)
    return board_of(scene)


def test_the_host_calls_an_item_otherwise_and_the_words_of_its_author_stay_with_it(scene: Scene) -> None:
    item, _other = on_agenda(scene, "What the budget of the City means for all of us", "Other")
    [seen, _] = put(scene, item, SHORTER).on_agenda.shown

    assert (seen.title, seen.minutes, seen.lead, seen.heading) == ("Cuts", 20, "Dana", "Money")
    assert seen.brought == Brought("What the budget of the City means for all of us", 10, None)
    assert seen.has_more_to_read
    [told, _] = entries([item, _other])
    assert (told.title, told.minutes, told.lead, told.heading) == ("Cuts", 20, "Dana", "Money")


def test_the_length_that_the_host_gives_counts_against_the_time_there_is(scene: Scene) -> None:
    one, _two = on_agenda(scene, "One", "Two")
    assert put(scene, one, Placed(minutes=45)).planned.minutes == 45 + 10
    assert [one.minutes for one in board_of(scene).shares] == [45 + 10]


def test_before_its_author_is_told_nobody_else_reads_the_words_of_the_host(scene: Scene) -> None:
    [item] = on_agenda(scene, "The budget", told=False)
    put(scene, item, SHORTER)
    own = own_page(scene.session, scene.actor("U0MEMBER"), scene.now).items.shown[0].item
    assert (own.title, own.brought, own.heading) == ("The budget", None, None)
    waiting = status(scene.session, scene.actor("U0SAM"), scene.now).agenda.waiting
    assert waiting.count == 1

    scene.tell(item)
    own = own_page(scene.session, scene.actor("U0MEMBER"), scene.now).items.shown[0].item
    assert (own.title, own.as_brought.title) == ("Cuts", "The budget")


@pytest.mark.parametrize("is_undone", [False, True])
def test_a_file_for_its_author_tells_no_words_of_the_host_before_the_decision_is_told(
    scene: Scene, *, is_undone: bool
) -> None:
    [item] = on_agenda(scene, "The budget", told=False)
    put(scene, item, SHORTER)
    if is_undone:
        undo(scene.session, curator(scene), item.id, item.decisions, scene.now)
    assert "Cuts" not in _file_of_author(scene)
    assert "The budget" in _file_of_author(scene)
    assert ("Cuts" in json.dumps(everything_of(scene.session), default=str)) != is_undone


def _file_of_author(scene: Scene) -> str:
    author = scene.actor("U0MEMBER").person
    return json.dumps(everything_about(scene.session, scene.consortium, author), default=str)


def test_its_author_edits_their_own_words_and_the_host_keeps_theirs(scene: Scene) -> None:
    [item] = on_agenda(scene, "The budget")
    put(scene, item, SHORTER)
    member = scene.actor("U0MEMBER")
    assert item_to_edit(scene.session, member, item.id, scene.now).in_own_words.title == "The budget"
    edit(scene.session, member, item.id, Proposal("The new budget", minutes=30), 3000, scene.now)
    [seen] = board_of(scene).on_agenda.shown
    assert (seen.title, seen.minutes) == ("Cuts", 20)
    assert seen.in_own_words == Brought("The new budget", 30, None)


@pytest.mark.parametrize("wanted", [Placed(), Placed("The budget", 10)])
def test_what_the_host_leaves_empty_or_as_it_was_is_as_its_author_said(scene: Scene, wanted: Placed) -> None:
    [item] = on_agenda(scene, "The budget")
    put(scene, item, SHORTER)
    [seen] = put(scene, item, wanted).on_agenda.shown
    assert (seen.title, seen.minutes, seen.lead, seen.heading, seen.brought) == (
        *("The budget", 10, None, None),
        None,
    )


def test_what_is_taken_off_and_put_on_again_stands_there_as_its_author_said(scene: Scene) -> None:
    [item] = on_agenda(scene, "The budget")
    put(scene, item, SHORTER)
    reconsider(scene.session, curator(scene), item.id, scene.now)
    assert titles(board_of(scene).waiting.shown) == ["The budget"]
    add_to_agenda(scene.session, curator(scene), item.id, scene.now)
    [seen] = board_of(scene).on_agenda.shown
    assert (seen.title, seen.heading, seen.brought) == ("The budget", None, None)


def test_the_word_to_its_author_says_what_it_is_called_also_where_that_changes_later(scene: Scene) -> None:
    [item] = on_agenda(scene, "The budget")
    word = post_by_key(scene.session, outcome_key(item))
    assert word is not None
    word.state, word.ts, word.cleared_version = PostState.SENT, "1.1", word.wanted_version
    put(scene, item, SHORTER)
    scene.session.refresh(word)
    assert word.state == PostState.DUE


def test_items_with_the_same_heading_stand_together(scene: Scene) -> None:
    one, two, three = on_agenda(scene, "One", "Two", "Three")
    put(scene, one, Placed(heading="Money"))
    assert titles(put(scene, three, Placed(heading="Money")).on_agenda.shown) == ["One", "Three", "Two"]
    assert titles(put(scene, one, Placed("Uno", heading="Money")).on_agenda.shown) == ["Uno", "Three", "Two"]
    assert titles(put(scene, two, Placed(heading="Ways")).on_agenda.shown) == ["Uno", "Three", "Two"]


def moved_up(scene: Scene, item: Item) -> None:
    move(scene.session, curator(scene), item.id, EARLIER, scene.now)


def put_first(scene: Scene, _item: Item) -> None:
    order(scene, "2 1")


def put_beside_its_like(scene: Scene, item: Item) -> None:
    put(scene, item, Placed(heading="Money"))


@pytest.mark.parametrize("orders", [moved_up, put_first, put_beside_its_like])
def test_the_last_call_says_in_which_order_items_stand(
    scene: Scene, orders: Callable[[Scene, Item], None]
) -> None:
    _first, last = on_agenda(scene, "One", "Two")
    scene.clock.strikes("2027-01-20 10:00")
    owe_due_calls(scene.session, scene.consortium, scene.now)
    call = scene.posts(PostKind.CALL)[-1]
    deliver(call, scene.now)
    orders(scene, last)
    scene.session.refresh(call)
    assert call.state == PostState.DUE


def test_a_heading_that_changed_is_a_reason_to_publish_again(scene: Scene) -> None:
    [item] = on_agenda(scene, "One")
    assert publish(scene).is_published_as_it_stands
    assert not put(scene, item, Placed(heading="Money")).is_published_as_it_stands
    publish(scene)
    assert [entry.heading for entry in entries_of(publications(scene)[0])] == ["Money"]


def test_only_what_is_on_the_agenda_of_this_meeting_can_be_placed(scene: Scene) -> None:
    waiting, [placed] = scene.propose("Waiting"), on_agenda(scene, "Placed")
    for item in (waiting, held(scene)):
        with refusal("no longer on the agenda"):
            put(scene, item, SHORTER)
    with refusal("no longer here"):
        place(scene.session, curator(scene), 10**6, SHORTER, scene.now)
    scene.clock.strikes("2027-01-21 12:00")
    with refusal("This meeting is over, so what was decided stands"):
        item_to_place(scene.session, curator(scene), placed.id, scene.now)


def test_a_form_that_was_made_for_another_meeting_places_nothing(scene: Scene) -> None:
    [item] = on_agenda(scene, "The budget")
    april = an_arrangement(day=scene.meeting.day.replace(month=4))
    other = meetings.arrange(scene.session, scene.consortium, scene.meeting.host, april, scene.now)
    for act in (
        partial(item_to_place, scene.session, curator(scene), item.id),
        partial(place, scene.session, curator(scene), item.id, SHORTER),
    ):
        with refusal("This was for the meeting on"):
            act(now=scene.now, meeting_id=other.id)
    assert titles(board_of(scene).on_agenda.shown) == ["The budget"]


def test_words_that_are_removed_take_the_words_of_the_host_with_them(scene: Scene) -> None:
    [item] = on_agenda(scene, "The budget")
    put(scene, item, SHORTER)
    publish(scene)
    remove = partial(removal.remove_words, scene.session, curator(scene), item.id, "Words removed", scene.now)
    remove()
    [seen] = board_of(scene).on_agenda.shown
    assert (seen.title, seen.lead, seen.heading, seen.brought) == (
        "Words removed",
        None,
        None,
        Brought("Words removed", 10, None),
    )
    [entry] = entries_of(publications(scene)[0])
    assert (entry.title, entry.lead, entry.heading) == ("Words removed", None, None)

    put(scene, item, Placed("The words once more"))
    remove()
    assert titles(board_of(scene).on_agenda.shown) == ["Words removed"]


def test_what_goes_on_to_the_next_meeting_has_the_words_of_its_author(scene: Scene) -> None:
    [item] = on_agenda(scene, "The budget")
    put(scene, item, SHORTER)
    go_on(scene.session, item)
    assert [entry.title for entry in entries([item])] == ["The budget"]
    assert (item.placed_title, item.placed_minutes, item.placed_lead, item.heading) == (None,) * 4


def test_an_item_moves_to_the_top(scene: Scene) -> None:
    one, _two, three = on_agenda(scene, "One", "Two", "Three")
    to_top = partial(arrange, scene.session, curator(scene), way="first", now=scene.now)
    assert titles(to_top(item_id=three.id).on_agenda.shown) == ["Three", "One", "Two"]
    with refusal("any further that way"):
        to_top(item_id=three.id)
    assert titles(to_top(item_id=one.id).on_agenda.shown) == ["One", "Three", "Two"]


def test_numbers_bring_the_agenda_into_their_order(scene: Scene) -> None:
    on_agenda(scene, "One", "Two", "Three", "Four")
    assert titles(order(scene, "3 1").on_agenda.shown) == ["Three", "One", "Two", "Four"]
    assert titles(order(scene, "4,3,2,1").on_agenda.shown) == ["Four", "Two", "One", "Three"]


@pytest.mark.parametrize("typed", ["1 1", "5", "one"])
def test_an_order_that_cannot_be_read_changes_nothing_and_is_said_at_its_field(
    scene: Scene, typed: str
) -> None:
    on_agenda(scene, "One", "Two")
    with refusal("twice|no item with|no number") as refused:
        order(scene, typed)
    assert refused.value.field == "order"
    assert titles(board_of(scene).on_agenda.shown) == ["One", "Two"]


def test_numbers_of_an_agenda_that_has_changed_since_are_not_taken(scene: Scene) -> None:
    on_agenda(scene, "One", "Two")
    seen = to_order(scene.session, curator(scene), scene.meeting.id, scene.now)
    on_agenda(scene, "Three")
    with refusal("The agenda has changed") as refused:
        put_in_order(scene.session, curator(scene), scene.meeting.id, "2 1", seen.mark, scene.now)
    assert refused.value.field == "order"


@pytest.mark.parametrize("names", [(), ("One",)])
def test_fewer_than_two_items_have_no_order(scene: Scene, names: tuple[str, ...]) -> None:
    on_agenda(scene, *names)
    with refusal("needs two items"):
        order(scene, "1")


def test_the_time_is_shared_out_and_the_agenda_shows_when_each_item_begins(scene: Scene) -> None:
    one, two = on_agenda(scene, "One", "Two")
    seen = share(scene, 15, 0, 90)
    assert seen.meeting is not None
    assert seen.meeting.timing.for_items == 15
    assert [(seen.schedule[item.id].begins, seen.schedule[item.id].fits) for item in (one, two)] == [
        (15, True),
        (25, False),
    ]
    assert (scene.meeting.opening, scene.meeting.breaks, scene.meeting.reserve) == (15, 0, 90)


@pytest.mark.parametrize("minutes", [(120, 0, 0), (40, 40, 40), (100, 100, 100)])
def test_time_of_which_nothing_is_left_for_items_is_not_shared_out(
    scene: Scene, minutes: tuple[int, int, int]
) -> None:
    with refusal("leaves nothing for items: the meeting takes 120 minutes") as refused:
        share(scene, *minutes)
    assert refused.value.field == "reserve"


def test_the_time_of_a_meeting_that_is_over_stays_as_it_is(scene: Scene) -> None:
    meeting = scene.meeting
    scene.clock.strikes("2027-01-21 12:00")
    with refusal("This meeting is over"):
        share_out(scene.session, curator(scene), meeting.id, NotForItems(0, 0, 0), scene.now)


def test_the_host_reads_whose_items_are_on_the_agenda_and_nobody_else_does(scene: Scene) -> None:
    on_agenda(scene, "One", "Two")
    assert [(one.name, one.items, one.minutes) for one in board_of(scene).shares] == [("CCSJ", 2, 20)]
    assert status(scene.session, scene.actor("U0SAM"), scene.now).agenda.shares == ()
