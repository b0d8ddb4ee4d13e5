"""What is over is over: the meeting, its board, its items and what was decided on them stay as they were."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.board import arrange, board, change_on_board
from bot.decisions import add_to_agenda, hold, item_to_leave_out, leave_out, reconsider, undo
from bot.items import Proposal, edit, item_to_edit, withdraw
from bot.meetings import arrange as arrange_meeting
from bot.meetings import change, confirm, meeting_to_rearrange
from bot.own_items import items_of
from bot.publishing import publish
from bot.seen.items import ItemState
from handlers.blocks.board import board as draw_board
from playground.slack.block_kit import elements_of
from storage.items import Item, Reason
from storage.meetings import MeetingState, Stage
from storage.post_kinds import PostKind
from tests.builders import Scene, an_arrangement
from tests.drawn import draw
from tests.refusals import refusal

Deed = Callable[[Scene, Item], object]

LAST_MINUTE, END = "2027-01-21 11:59", "2027-01-21 12:00"
APRIL = date(2027, 4, 15)


def host(scene: Scene):
    return scene.actor("U0CURATOR")


def moved(scene: Scene, meeting_id: int, day: date = date(2027, 2, 4)) -> object:
    return change(scene.session, host(scene), meeting_id, an_arrangement(day=day), scene.now)


ON_THE_AGENDA: dict[str, Deed] = {
    "taken off": lambda s, item: reconsider(s.session, host(s), item.id, s.now),
    "undone": lambda s, item: undo(s.session, host(s), item.id, 1, s.now),
    "moved down": lambda s, item: arrange(s.session, host(s), item.id, "later", s.now),
    "decided again": lambda s, item: arrange(s.session, host(s), item.id, "back", s.now),
    "edited": lambda s, item: edit(s.session, s.actor("U0MEMBER"), item.id, Proposal("New"), 100, s.now),
    "opened to be edited": lambda s, item: item_to_edit(s.session, s.actor("U0MEMBER"), item.id, s.now),
    "withdrawn": lambda s, item: withdraw(s.session, s.actor("U0MEMBER"), item.id, s.now),
}
UNDECIDED: dict[str, Deed] = {
    "added": lambda s, item: add_to_agenda(s.session, host(s), item.id, s.now),
    "asked why it is left out": lambda s, item: item_to_leave_out(s.session, host(s), item.id, s.now),
    "held": lambda s, item: hold(s.session, host(s), item.id, s.now),
    "left out": lambda s, item: leave_out(s.session, host(s), item.id, s.now, Reason.TOO_FULL, None),
}
THE_MEETING: dict[str, Deed] = {
    "moved": lambda s, item: moved(s, item.meeting_id),
    "moved on the board": lambda s, item: change_on_board(
        s.session, host(s), item.meeting_id, an_arrangement(day=date(2027, 2, 4)), s.now
    ),
    "opened to be changed": lambda s, item: meeting_to_rearrange(s.session, host(s), item.meeting_id, s.now),
    "confirmed": lambda s, item: confirm(s.session, host(s), item.meeting_id, s.now),
    "published": lambda s, item: publish(s.session, host(s), item.meeting_id, s.now),
}


def an_agenda(scene: Scene, *, is_proposed: bool = False) -> Item:
    """Two items on the agenda; the first of them."""
    first, second = scene.propose("First"), scene.propose("Second")
    for item in (first, second):
        add_to_agenda(scene.session, host(scene), item.id, scene.now)
    if is_proposed:
        scene.meeting.state = MeetingState.PROPOSED
        scene.session.flush()
    return first


@pytest.mark.parametrize("deed", ON_THE_AGENDA.values(), ids=ON_THE_AGENDA)
def test_an_item_that_had_its_time_stays_as_it_was(scene: Scene, deed: Deed) -> None:
    item, meeting = an_agenda(scene), scene.meeting
    scene.clock.strikes(END)
    with refusal("is over"):
        deed(scene, item)
    assert (item.state, item.title, item.meeting) == (ItemState.ON_AGENDA, "First", meeting)


@pytest.mark.parametrize("deed", ON_THE_AGENDA.values(), ids=ON_THE_AGENDA)
def test_until_the_last_minute_everything_can_be_done_with_it(scene: Scene, deed: Deed) -> None:
    item = an_agenda(scene)
    scene.clock.strikes(LAST_MINUTE)
    deed(scene, item)


@pytest.mark.parametrize("deed", UNDECIDED.values(), ids=UNDECIDED)
@pytest.mark.parametrize(("moment", "may"), [(LAST_MINUTE, True), (END, False)])
def test_nobody_decides_for_a_meeting_that_is_over(
    scene: Scene, deed: Deed, moment: str, *, may: bool
) -> None:
    item = scene.propose()
    scene.clock.strikes(moment)
    if may:
        deed(scene, item)
    else:
        with refusal("goes to the next host"):
            deed(scene, item)


@pytest.mark.parametrize("deed", THE_MEETING.values(), ids=THE_MEETING)
def test_a_meeting_that_is_over_stays_as_it_was(scene: Scene, deed: Deed) -> None:
    item = an_agenda(scene, is_proposed=True)
    meeting = scene.meeting
    scene.clock.strikes(END)
    with refusal("is over"):
        deed(scene, item)
    assert (meeting.day, meeting.state) == (date(2027, 1, 21), MeetingState.PROPOSED)
    assert scene.posts(PostKind.AGENDA) == []


@pytest.mark.parametrize("deed", THE_MEETING.values(), ids=THE_MEETING)
def test_until_its_last_minute_the_meeting_can_be_changed(scene: Scene, deed: Deed) -> None:
    item = an_agenda(scene, is_proposed=True)
    scene.clock.strikes(LAST_MINUTE)
    deed(scene, item)


def test_a_host_does_not_take_the_next_meeting_by_moving_their_own(scene: Scene) -> None:
    """Neither the earlier one past a later one, nor the later one before an earlier one."""
    bayview = scene.collaborative("Bayview")
    theirs = arrange_meeting(scene.session, scene.consortium, bayview, an_arrangement(day=APRIL), scene.now)
    with refusal("Bayview hosts on Thursday, April 15, 2027"):
        moved(scene, scene.meeting.id, date(2027, 4, 22))
    ruth = scene.actor("U0RUTH", "T0OTHER")
    with refusal("CCSJ hosts on Thursday, January 21, 2027"):
        change(scene.session, ruth, theirs.id, an_arrangement(day=date(2027, 1, 14)), scene.now)
    change(scene.session, ruth, theirs.id, an_arrangement(day=date(2027, 1, 22)), scene.now)
    assert theirs.day == date(2027, 1, 22)


def test_the_board_of_a_meeting_that_is_over_shows_and_offers_nothing(scene: Scene) -> None:
    an_agenda(scene)
    meeting = scene.meeting
    assert board(scene.session, host(scene), meeting.id, scene.now).stage is Stage.SET
    scene.clock.strikes(END)
    seen = board(scene.session, host(scene), meeting.id, scene.now)
    assert seen.stage is Stage.OVER
    assert [item.title for item in seen.on_agenda.shown] == ["First", "Second"]
    assert [
        one for block in draw_board(seen).blocks for one in elements_of(block) if "action_id" in one
    ] == []


def test_a_card_drawn_after_the_end_decides_nothing_and_words_can_still_be_taken_out(scene: Scene) -> None:
    item, undecided = an_agenda(scene), scene.propose("Undecided")
    scene.clock.strikes(END)
    for one, said, ways in (
        (item, "added this to the agenda", [f"{item.id}:remove"]),
        (undecided, "goes to the next host", []),
    ):
        [card, *_] = scene.posts(PostKind.CARD, about=one.id)
        message = draw(scene.session, card, scene.now)
        assert message is not None
        assert said in message.text
        elements = [each for block in message.blocks for each in elements_of(block)]
        assert [way["value"] for each in elements for way in each["options"]] == ways


def test_ones_own_list_offers_to_change_only_what_can_change(scene: Scene) -> None:
    an_agenda(scene)
    scene.propose("Waiting")
    for moment, can_change in ((LAST_MINUTE, [True, True, True]), (END, [True, False, False])):
        scene.clock.strikes(moment)
        own = items_of(scene.session, scene.actor("U0MEMBER"), scene.now).shown
        assert [one.item.title for one in own] == ["Waiting", "Second", "First"]
        assert [one.can_change for one in own] == can_change


def test_the_file_moves_no_meeting_that_is_over(scene: Scene) -> None:
    """Not even one that ended today."""
    meeting = scene.meeting
    scene.clock.strikes(END)
    scene.apply(**{'date = "2027-01-21"': 'date = "2027-02-04"'})
    assert meeting.day == date(2027, 1, 21)


def test_the_file_leaves_a_meeting_that_is_over_as_it_was(scene: Scene) -> None:
    meeting = scene.meeting
    scene.clock.strikes(END)
    scene.apply(**{"minutes = 120": "minutes = 180"})
    assert meeting.minutes == 120
