"""The host's board: the order of the agenda, and what is done on it."""

from functools import partial

from bot.board import arrange, board, change_on_board, changed_on_board, decided_on_board, next_board
from bot.decisions import hold
from bot.placing import put_in_order, to_order
from bot.seen.agenda import AgendaSeen
from storage.items import Item, ItemState
from storage.meetings import Meeting
from tests.bot.hosting import curator, on_agenda, titles
from tests.builders import Scene, an_arrangement
from tests.refusals import refusal


def move(scene: Scene, item: Item, way: str) -> AgendaSeen:
    return arrange(scene.session, curator(scene), item.id, way, scene.now)


def test_items_move_one_place_at_a_time_and_not_beyond_the_ends(scene: Scene) -> None:
    one, two, three = on_agenda(scene, "One", "Two", "Three")

    assert titles(move(scene, three, "earlier").on_agenda.shown) == ["One", "Three", "Two"]
    assert titles(move(scene, one, "later").on_agenda.shown) == ["Three", "One", "Two"]
    for way, item in (("earlier", three), ("later", two)):
        with refusal("any further that way"):
            move(scene, item, way)
    with refusal("no longer on the agenda"):
        move(scene, scene.propose(), "later")


def test_an_item_goes_back_to_be_decided_again(scene: Scene) -> None:
    one, _two = on_agenda(scene, "One", "Two")
    seen = move(scene, one, "back")

    assert (titles(seen.on_agenda.shown), titles(seen.waiting.shown)) == (["Two"], ["One"])
    assert scene.session.get_one(Item, one.id).state == ItemState.WAITING


def test_a_way_that_there_is_not_changes_nothing(scene: Scene) -> None:
    one, _two = on_agenda(scene, "One", "Two")
    with refusal("can't be done"):
        move(scene, one, "sideways")


def test_a_decision_on_the_board_shows_the_board_as_it_stands_then(scene: Scene) -> None:
    item = scene.propose("Budget cuts")
    seen = decided_on_board(scene.session, curator(scene), item.id, hold, scene.now)
    assert (titles(seen.held.shown), seen.waiting.shown) == (["Budget cuts"], ())


def test_what_a_host_makes_of_the_agenda_shows_on_the_board_as_it_stands_then(scene: Scene) -> None:
    on_agenda(scene, "One", "Two")
    mark = to_order(scene.session, curator(scene), scene.meeting.id, scene.now).mark
    order = partial(put_in_order, meeting_id=scene.meeting.id, typed="2", mark=mark, now=scene.now)
    seen = changed_on_board(scene.session, curator(scene), order, scene.now)
    assert titles(seen.on_agenda.shown) == ["Two", "One"]


def test_a_meeting_moved_on_the_board_shows_there_as_it_is_then(scene: Scene) -> None:
    arrangement = an_arrangement(office="The library")
    seen = change_on_board(scene.session, curator(scene), scene.meeting.id, arrangement, scene.now).board
    assert seen is not None
    assert seen.meeting is not None
    assert seen.meeting.office == "The library"


def test_without_a_meeting_there_is_no_board(scene: Scene) -> None:
    assert next_board(scene.session, curator(scene), scene.now).meeting is not None
    scene.clock.strikes("2027-01-21 13:00")
    with refusal("no longer here"):
        next_board(scene.session, curator(scene), scene.now)


def test_a_board_of_another_consortium_is_not_there(scene: Scene) -> None:
    [other] = scene.theirs(Meeting)
    with refusal("no longer here"):
        board(scene.session, curator(scene), other.id, scene.now)
