"""Freshness: how often meetings were held without an item, what its author is asked then, and how it rests and comes back."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.after_meeting import Listed
from bot.before_closing import BROUGHT
from bot.board import arrange, board, resting
from bot.cancelling import cancel
from bot.decisions import add_to_agenda, hold, leave_out
from bot.digests import preview
from bot.freshness import ASKED_AFTER, RESTS_AFTER, bring_back, keep, solve, solved_item, wake
from bot.items import Proposal, edit, withdraw
from bot.items_to_read import item_to_read
from bot.joining import join
from bot.leaving import erase, those_called
from bot.own_items import items_of, said_on_page
from bot.people import Actor
from bot.removal import remove_words, words_to_remove
from bot.results import Written, write_down
from bot.rotation import turn_over
from bot.seen.items import OwnSeen
from bot.timetable import ends_at
from bot.where_things_stand import listing
from storage.former import Neutral
from storage.items import Item, ItemState, Reason
from storage.meetings import Meeting
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.results import Became
from storage.shelves import collaboratives_with_items
from tests.builders import Scene, deliver
from tests.drawn import draw
from tests.refusals import refusal

AUTHOR = "U0MEMBER"
HOSTS = {"CCSJ": ("U0CURATOR", "T0SISTER"), "Bayview": ("U0RUTH", "T0OTHER"), "Sunset": ("U0SAM", "T0SISTER")}
"""Mission has nobody who decides, so an admin does."""
QUESTION = "Do you still want to talk about it?"


def host(scene: Scene, meeting: Meeting) -> Actor:
    return scene.actor(*HOSTS.get(meeting.host.name, ("U0ADMIN", "T0SISTER")))


def author(scene: Scene) -> Actor:
    return scene.actor(AUTHOR)


def held(scene: Scene, times: int = 1) -> Meeting:
    """So many meetings come and go; the next one."""
    for _ in range(times):
        comes_to_its_end(scene)
        scene.clock.passes(days=1)
        turn_over(scene.session, scene.consortium, scene.now)
    return scene.meeting


def comes_to_its_end(scene: Scene) -> None:
    ended = ends_at(scene.consortium, scene.meeting)
    scene.clock.passes(seconds=(ended - scene.now).total_seconds())


def passed_over(scene: Scene, times: int, title: str = "Budget cuts") -> Item:
    item = scene.propose(title)
    held(scene, times)
    return item


def rests(scene: Scene, title: str = "Budget cuts") -> Item:
    item = passed_over(scene, RESTS_AFTER, title)
    assert item.state == ItemState.RESTING
    return item


def not_reached(scene: Scene, item: Item) -> Meeting:
    meeting = scene.meeting
    add_to_agenda(scene.session, host(scene, meeting), item.id, scene.now)
    scene.tell(item)
    held(scene)
    became(scene, meeting, item, Became.NOT_REACHED)
    return meeting


def became(scene: Scene, meeting: Meeting, item: Item, what: Became) -> None:
    listed = Listed(meeting.id, item.id)
    write_down(scene.session, host(scene, meeting), listed, Written(what), scene.now)


def asked(scene: Scene, item: Item) -> list[Post]:
    return scene.posts(PostKind.STILL_WANTED, about=item.id)


def the_question(scene: Scene, item: Item) -> Post:
    """It stands at its author's."""
    [post] = asked(scene, item)
    deliver(post, scene.now)
    scene.session.flush()
    return post


def said(scene: Scene, post: Post) -> str:
    message = draw(scene.session, post, scene.now)
    return f"{message.text} {message.blocks}" if message else ""


def own(scene: Scene, item: Item) -> OwnSeen:
    [one] = [one for one in items_of(scene.session, author(scene), scene.now).shown if one.item.id == item.id]
    return one


def on_board(scene: Scene) -> list[str]:
    meeting = scene.meeting
    seen = resting(scene.session, host(scene, meeting), meeting.id, scene.now)
    return [item.title for item in seen.resting.shown]


def test_its_author_is_asked_once_when_it_goes_on_for_the_second_time_in_the_message_that_says_so(
    scene: Scene,
) -> None:
    item = passed_over(scene, ASKED_AFTER - 1)
    assert (item.carry_overs, item.is_carried_over, asked(scene, item)) == (1, True, [])
    assert len(scene.posts(PostKind.CARRIED_OVER, about=item.id)) == 1

    held(scene)
    [post] = asked(scene, item)
    assert (item.carry_overs, post.place, post.due_at) == (2, AUTHOR, scene.now)
    assert len(scene.posts(PostKind.CARRIED_OVER, about=item.id)) == 1
    for words in (QUESTION, "goes on to the next meeting", "If you do nothing, it stays on the list."):
        assert words in said(scene, post)
    deliver(post, scene.now)

    held(scene, 3)
    assert len(asked(scene, item)) == 1
    assert post.ts is not None


def test_silence_keeps_it_and_from_the_third_time_it_rests_with_each_next_host_and_its_author_hears_nothing(
    scene: Scene,
) -> None:
    item = passed_over(scene, ASKED_AFTER)
    assert (item.state, item.meeting) == (ItemState.WAITING, scene.meeting)
    assert scene.cards(item)
    before = {post.key for kind in PostKind for post in scene.posts(kind, about=item.id)}
    held(scene)
    assert (item.state, item.carry_overs, item.meeting) == (ItemState.RESTING, 3, scene.meeting)
    held(scene)
    assert (item.state, item.carry_overs, item.meeting) == (ItemState.RESTING, 3, scene.meeting)
    assert {post.key for kind in PostKind for post in scene.posts(kind, about=item.id)} == before
    assert on_board(scene) == ["Budget cuts"]
    assert own(scene, item).item.state == ItemState.RESTING
    assert scene.session.get(Item, item.id) is item


def test_what_rests_counts_nowhere_among_what_waits(scene: Scene) -> None:
    rests(scene)
    seen = listing(scene.session, author(scene), scene.now)
    agenda = seen.agenda
    assert (agenda.waiting.count, agenda.held.count, agenda.on_agenda.count, seen.to_decide) == (0, 0, 0, 0)
    assert agenda.has_nothing
    assert preview(scene.session, author(scene), scene.now).new.count == 0
    meeting = scene.meeting
    names = board(scene.session, host(scene, meeting), meeting.id, scene.now).without_items
    assert "CCSJ" in names
    assert collaboratives_with_items(scene.session, meeting, *BROUGHT) == set()


def test_what_a_host_keeps_on_purpose_does_not_count(scene: Scene) -> None:
    item = scene.propose()
    for _ in range(RESTS_AFTER + 1):
        hold(scene.session, host(scene, scene.meeting), item.id, scene.now)
        scene.tell(item)
        held(scene)
    assert (item.state, item.carry_overs, asked(scene, item)) == (ItemState.WAITING, 0, [])


def test_that_a_meeting_is_cancelled_does_not_count(scene: Scene) -> None:
    item = passed_over(scene, 1)
    for _ in range(3):
        cancel(scene.session, scene.actor("U0ADMIN"), scene.meeting.id, scene.now)
    assert (item.state, item.carry_overs, item.is_carried_over) == (ItemState.WAITING, 1, True)
    assert (item.meeting, asked(scene, item)) == (scene.meeting, [])


def test_what_was_not_reached_counts_and_never_rests_by_that(scene: Scene) -> None:
    item = scene.propose()
    for _ in range(RESTS_AFTER + 1):
        not_reached(scene, item)
    assert (item.state, item.carry_overs) == (ItemState.WAITING, RESTS_AFTER + 1)
    assert len(asked(scene, item)) == 1
    held(scene)
    assert item.state == ItemState.RESTING


def test_what_was_reached_after_all_counts_no_more(scene: Scene) -> None:
    item = passed_over(scene, 1)
    meeting = not_reached(scene, item)
    assert item.carry_overs == 2
    became(scene, meeting, item, Became.DONE)
    [post] = asked(scene, item)
    assert (item.carry_overs, item.state, post.state) == (1, ItemState.ON_AGENDA, PostState.NOT_NEEDED)
    became(scene, meeting, item, Became.NOT_REACHED)
    assert (item.carry_overs, asked(scene, item)[0].state) == (2, PostState.DUE)


def test_where_it_was_reached_after_all_and_asked_already_the_question_has_no_buttons(scene: Scene) -> None:
    item = passed_over(scene, 1)
    meeting = not_reached(scene, item)
    post = the_question(scene, item)
    became(scene, meeting, item, Became.DONE)
    assert post.state == PostState.DUE
    assert QUESTION not in said(scene, post)


def test_of_a_copy_that_was_brought_the_meeting_has_just_talked(scene: Scene) -> None:
    item = scene.propose()
    meeting = scene.meeting
    add_to_agenda(scene.session, host(scene, meeting), item.id, scene.now)
    scene.tell(item)
    held(scene)
    became(scene, meeting, item, Became.AGAIN)
    [copy] = scene.session.query(Item).filter_by(original_id=item.id)
    assert (copy.carry_overs, copy.is_carried_over) == (0, True)
    held(scene)
    assert copy.carry_overs == 1


def test_who_keeps_it_is_thanked_and_asked_no_more(scene: Scene) -> None:
    item = passed_over(scene, ASKED_AFTER)
    post = the_question(scene, item)
    assert own(scene, item).is_asked
    assert not own(scene, item).is_wanted
    keep(scene.session, author(scene), item.id, scene.now)
    assert own(scene, item).is_wanted
    assert post.state == PostState.DUE
    assert "Thank you. It stays on the list" in said(scene, post)
    assert "item.keep" not in said(scene, post)
    with refusal("You said already that you still want this"):
        keep(scene.session, author(scene), item.id, scene.now)


def test_what_is_solved_leaves_the_list_until_its_author_takes_that_back(scene: Scene) -> None:
    item = passed_over(scene, ASKED_AFTER)
    post = the_question(scene, item)
    scene.cards(item)
    meeting = scene.meeting
    solve(scene.session, author(scene), item.id, scene.now)
    assert item.state == ItemState.SOLVED
    assert "Keep what was learned" in said(scene, post)
    assert listing(scene.session, author(scene), scene.now).agenda.waiting.count == 0
    assert True not in scene.cards(item).values()
    assert solved_item(scene.session, author(scene), item.id).title == "Budget cuts"
    with refusal("You said already that this is solved"):
        solve(scene.session, author(scene), item.id, scene.now)

    bring_back(scene.session, author(scene), item.id, scene.now)
    assert (item.state, item.meeting) == (ItemState.WAITING, meeting)
    assert True in scene.cards(item).values()
    with refusal("not solved"):
        solved_item(scene.session, author(scene), item.id)


def test_what_is_solved_stays_with_its_meeting_and_comes_back_to_the_next(scene: Scene) -> None:
    item = scene.propose()
    meeting = scene.meeting
    solve(scene.session, author(scene), item.id, scene.now)
    held(scene)
    assert (item.state, item.meeting) == (ItemState.SOLVED, meeting)
    bring_back(scene.session, author(scene), item.id, scene.now)
    assert (item.state, item.meeting, item.carry_overs) == (ItemState.WAITING, scene.meeting, 0)
    assert scene.meeting is not meeting


@pytest.mark.parametrize("is_told", [True, False])
def test_hosts_who_counted_on_it_hear_that_it_is_solved_and_their_decision_stands_no_more(
    scene: Scene, *, is_told: bool
) -> None:
    item = scene.propose()
    add_to_agenda(scene.session, host(scene, scene.meeting), item.id, scene.now)
    if is_told:
        scene.tell(item)
    solve(scene.session, author(scene), item.id, scene.now)
    told = scene.posts(PostKind.WITHDRAWAL, about=item.id)
    assert {post.place for post in told} == {"U0CURATOR", "U0DEPUTY"}
    assert "says that this item is solved" in said(scene, told[0])
    assert (item.position, item.decided_at, item.told_at) == (None, None, None)
    [outcome] = scene.posts(PostKind.OUTCOME, about=item.id)
    assert (outcome.state == PostState.NOT_NEEDED) == (not is_told)
    deliver(told[0], scene.now)
    scene.session.flush()
    bring_back(scene.session, author(scene), item.id, scene.now)
    assert "has brought this item back" in said(scene, told[0])
    assert scene.posts(PostKind.WITHDRAWAL, about=item.id)[1].state == PostState.NOT_NEEDED
    add_to_agenda(scene.session, host(scene, scene.meeting), item.id, scene.now)
    scene.tell(item)
    assert len(scene.posts(PostKind.OUTCOME, about=item.id)) == (2 if is_told else 1)


def test_its_author_brings_back_what_rests_and_it_rests_once_more_where_no_host_takes_it(
    scene: Scene,
) -> None:
    item = rests(scene)
    bring_back(scene.session, author(scene), item.id, scene.now)
    assert (item.state, item.meeting) == (ItemState.WAITING, scene.meeting)
    assert True in scene.cards(item).values()
    assert not own(scene, item).is_asked or own(scene, item).is_wanted
    held(scene)
    assert (item.state, item.carry_overs) == (ItemState.RESTING, 4)


def test_a_host_brings_back_what_rests_by_the_board_alone_and_decides(scene: Scene) -> None:
    item = rests(scene)
    meeting = scene.meeting
    decides = host(scene, meeting)
    with refusal("This item rests"):
        add_to_agenda(scene.session, decides, item.id, scene.now)
    seen = arrange(scene.session, decides, item.id, "wake", scene.now, meeting.id)
    assert ([one.title for one in seen.waiting.shown], seen.resting.count) == (["Budget cuts"], 0)
    assert not scene.posts(PostKind.OUTCOME, about=item.id)
    with refusal("does not rest any more"):
        wake(scene.session, decides, item.id, scene.now)
    add_to_agenda(scene.session, decides, item.id, scene.now)
    assert item.state == ItemState.ON_AGENDA


def test_a_board_of_before_brings_nothing_back(scene: Scene) -> None:
    item = rests(scene)
    before = scene.meeting
    held(scene)
    with refusal("The item is with"):
        arrange(scene.session, host(scene, scene.meeting), item.id, "wake", scene.now, before.id)


@pytest.mark.parametrize("number", [0, 1, 16])
def test_the_board_tells_how_many_rest_and_leads_to_a_page_of_them(scene: Scene, number: int) -> None:
    items = [scene.propose(f"Item {one}") for one in range(number)]
    held(scene, RESTS_AFTER)
    meeting = scene.meeting
    assert board(scene.session, host(scene, meeting), meeting.id, scene.now).resting.count == number
    seen = resting(scene.session, host(scene, meeting), meeting.id, scene.now)
    assert (seen.resting.count, len(seen.resting.shown)) == (number, min(number, 15))
    assert all(item.state == ItemState.RESTING for item in items)


Deed = Callable[[Scene, Item], Any]


def _taken(scene: Scene, item: Item) -> None:
    add_to_agenda(scene.session, host(scene, scene.meeting), item.id, scene.now)
    scene.tell(item)


def _kept_by_host(scene: Scene, item: Item) -> None:
    hold(scene.session, host(scene, scene.meeting), item.id, scene.now)
    scene.tell(item)


def _declined(scene: Scene, item: Item) -> None:
    leave_out(scene.session, host(scene, scene.meeting), item.id, scene.now, Reason.TOO_FULL, None)
    scene.tell(item)


MOVED_ON: dict[str, tuple[Deed, str, str]] = {
    "on the agenda": (_taken, "On the agenda", "The host has decided on this item already"),
    "kept by its host": (_kept_by_host, "Kept for the next meeting", "The host has decided on this item"),
    "not taken": (_declined, "Not taken this time", "The host has decided on this item already"),
    "withdrawn": (
        lambda s, i: withdraw(s.session, author(s), i.id, s.now),
        "Withdrawn",
        "You have withdrawn",
    ),
    "solved": (lambda s, i: solve(s.session, author(s), i.id, s.now), "✓ Solved", "You said already"),
    "resting": (lambda s, _: held(s), "Your item rests", "This item rests by now"),
}


@pytest.mark.parametrize("what", MOVED_ON)
def test_the_question_about_what_moved_on_says_what_holds_and_its_old_button_refuses(
    scene: Scene, what: str
) -> None:
    item = passed_over(scene, ASKED_AFTER)
    post = the_question(scene, item)
    deed, says, refuses = MOVED_ON[what]
    deed(scene, item)
    assert post.state == PostState.DUE
    assert says in said(scene, post)
    assert "item.keep" not in said(scene, post)
    with refusal(refuses):
        keep(scene.session, author(scene), item.id, scene.now)


def test_a_decision_that_is_not_told_yet_shows_nowhere_in_the_question(scene: Scene) -> None:
    item = passed_over(scene, ASKED_AFTER)
    post = the_question(scene, item)
    add_to_agenda(scene.session, host(scene, scene.meeting), item.id, scene.now)
    assert QUESTION in said(scene, post)
    keep(scene.session, author(scene), item.id, scene.now)


@pytest.mark.parametrize("what", ["on the agenda", "solved", "resting"])
def test_what_moved_on_before_the_question_was_sent_is_not_asked_about(scene: Scene, what: str) -> None:
    item = passed_over(scene, ASKED_AFTER)
    [post] = asked(scene, item)
    MOVED_ON[what][0](scene, item)
    assert said(scene, post) == ""


def test_a_resting_item_can_be_changed_taken_back_and_solved(scene: Scene) -> None:
    one, two, three = (scene.propose(title) for title in ("One", "Two", "Three"))
    held(scene, RESTS_AFTER)
    edit(scene.session, author(scene), one.id, Proposal("Said better"), 100, scene.now)
    assert (one.title, one.state) == ("Said better", ItemState.RESTING)
    withdraw(scene.session, author(scene), two.id, scene.now)
    solve(scene.session, author(scene), three.id, scene.now)
    assert (two.state, three.state) == (ItemState.WITHDRAWN, ItemState.SOLVED)
    assert on_board(scene) == ["Said better"]


@pytest.mark.parametrize("say", [keep, solve, bring_back])
def test_what_is_said_on_a_page_gives_the_page(scene: Scene, say: Any) -> None:
    item = rests(scene) if say is bring_back else passed_over(scene, ASKED_AFTER)
    seen, page = said_on_page(scene.session, author(scene), item.id, scene.now, say, 0)
    assert seen.id == item.id
    assert [one.item.state for one in page.shown] == [item.state]


@pytest.mark.parametrize("say", [keep, solve, bring_back, solved_item])
def test_of_what_is_gone_nobody_says_anything(scene: Scene, say: Any) -> None:
    when = () if say is solved_item else (scene.now,)
    with refusal("no longer here"):
        say(scene.session, author(scene), 10**9, *when)


def test_a_draft_is_not_solved(scene: Scene) -> None:
    item = scene.propose()
    item.state = ItemState.DRAFT
    with refusal("not handed in yet"):
        solve(scene.session, author(scene), item.id, scene.now)


def test_while_no_meeting_is_set_what_was_left_waits_and_counts_once(scene: Scene) -> None:
    item = scene.propose()
    comes_to_its_end(scene)
    for _ in range(3):
        turn_over(scene.session, scene.consortium, scene.now)
    assert item.carry_overs == 0
    scene.clock.passes(days=1)
    for _ in range(3):
        turn_over(scene.session, scene.consortium, scene.now)
    assert item.carry_overs == 1


def test_what_rests_of_somebody_who_is_erased_is_before_no_host(scene: Scene) -> None:
    item = rests(scene)
    post = the_question_of_before(scene, item)
    people = those_called(scene.session, "T0SISTER", AUTHOR)
    erase(scene.session, scene.consortium, people, Neutral("A former member", "An item", "A task"), scene.now)
    assert item.state == ItemState.WITHDRAWN
    assert on_board(scene) == []
    assert "Budget cuts" not in said(scene, post)
    held(scene)
    assert item.state == ItemState.WITHDRAWN


def the_question_of_before(scene: Scene, item: Item) -> Post:
    [post] = asked(scene, item)
    deliver(post, scene.now)
    return post


def test_words_that_are_removed_go_out_of_the_question(scene: Scene) -> None:
    item = passed_over(scene, ASKED_AFTER)
    post = the_question(scene, item)
    decides = host(scene, scene.meeting)
    read = words_to_remove(scene.session, decides, item.id, scene.now).words
    remove_words(scene.session, decides, item.id, "Removed", scene.now, read)
    assert post.state == PostState.DUE
    assert "Budget cuts" not in said(scene, post)


def test_everybody_may_read_what_rests_or_is_solved_as_they_could_before(scene: Scene) -> None:
    item = rests(scene)
    stranger = scene.actor("U0SAM")
    assert item_to_read(scene.session, stranger, item.id, scene.now).item.state == ItemState.RESTING
    solve(scene.session, author(scene), item.id, scene.now)
    assert item_to_read(scene.session, stranger, item.id, scene.now).item.state == ItemState.SOLVED


@pytest.mark.parametrize("older", ["the one that stays", "the one that is joined"])
def test_what_goes_together_rests_together_and_comes_back_together(scene: Scene, older: str) -> None:
    before = passed_over(scene, 1, "Rents")
    after = scene.propose("Rent help", by="U0SAM")
    stays, joins = (before, after) if older == "the one that stays" else (after, before)
    join(scene.session, host(scene, scene.meeting), joins.id, scene.now, other_id=stays.id)
    held(scene, RESTS_AFTER)
    assert [stays.state, joins.state] == [ItemState.RESTING] * 2
    assert [
        one.title
        for one in resting(
            scene.session, host(scene, scene.meeting), scene.meeting.id, scene.now
        ).resting.shown
    ] == [stays.title]
    bring_back(scene.session, scene.actor(joins.proposer.user_id), joins.id, scene.now)
    assert [stays.state, joins.state] == [ItemState.WAITING] * 2
    held(scene)
    wake(scene.session, host(scene, scene.meeting), stays.id, scene.now)
    assert [stays.state, joins.state] == [ItemState.WAITING] * 2


def test_what_is_solved_leaves_what_it_went_together_with_before_the_host(scene: Scene) -> None:
    stays, joins = scene.propose("Rents"), scene.propose("Rent help", by="U0SAM")
    join(scene.session, host(scene, scene.meeting), joins.id, scene.now, other_id=stays.id)
    add_to_agenda(scene.session, host(scene, scene.meeting), stays.id, scene.now)
    solve(scene.session, author(scene), stays.id, scene.now)
    assert (stays.state, joins.state, joins.joined_to) == (ItemState.SOLVED, ItemState.WAITING, None)


def together(scene: Scene, item: Item, stays: Item) -> None:
    join(scene.session, host(scene, scene.meeting), item.id, scene.now, other_id=stays.id)


@pytest.mark.parametrize("stays", ["old", "new"])
def test_what_goes_together_waits_until_each_of_both_would_rest(scene: Scene, stays: str) -> None:
    old = passed_over(scene, RESTS_AFTER - 1)
    new = scene.propose("Night buses", "U0SAM")
    together(scene, *((new, old) if stays == "old" else (old, new)))
    held(scene)
    assert [(one.state, one.meeting) for one in (old, new)] == [(ItemState.WAITING, scene.meeting)] * 2
    assert (old.carry_overs, new.carry_overs, on_board(scene)) == (3, 1, [])
    held(scene)
    assert new.state == ItemState.WAITING
    assert len(asked(scene, new)) == len(asked(scene, old)) == 1
    held(scene)
    assert (old.state, new.state) == (ItemState.RESTING, ItemState.RESTING)


@pytest.mark.parametrize("leaves", [solve, withdraw])
def test_what_rests_goes_on_resting_where_the_one_that_stayed_leaves(
    scene: Scene, leaves: Callable[..., Any]
) -> None:
    stays, other = scene.propose("Budget cuts"), scene.propose("Night buses", "U0SAM")
    together(scene, other, stays)
    held(scene, RESTS_AFTER)
    assert (stays.state, other.state) == (ItemState.RESTING, ItemState.RESTING)
    leaves(scene.session, author(scene), stays.id, scene.now)
    assert (other.state, other.joined_to) == (ItemState.RESTING, None)
    assert not [post for post in scene.posts(PostKind.CARD, about=other.id) if post.state == PostState.DUE]
    assert on_board(scene) == ["Night buses"]
