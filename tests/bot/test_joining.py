"""Joining: two items go together, both keep their authors, and both authors are told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.after_meeting import Listed
from bot.agenda import entries
from bot.board import arrange
from bot.cancelling import cancel
from bot.carry_over import gather_items
from bot.changes import Entry, Other, changes
from bot.decisions import add_to_agenda, hold, leave_out, reconsider, undo
from bot.digests import preview
from bot.follow_ups import Agreed, agree
from bot.freshness import solve
from bot.items import Proposal, edit, withdraw
from bot.items_to_read import item_to_read
from bot.joining import join, take_apart, to_join
from bot.leaving import erase, everything_about, those_called
from bot.own_items import own_page, strike_line
from bot.participation import Identity
from bot.placing import to_order
from bot.questions import ask
from bot.removal import remove_words, words_to_remove
from bot.results import Written, send_notes, write_down
from bot.seen.agenda import entries_of
from bot.seen.items import ItemSeen
from bot.seen.results import AfterSeen, Became
from bot.where_things_stand import listing, status
from storage.database import Database
from storage.follow_ups import FollowUp, follow_ups_of_items
from storage.former import Neutral
from storage.items import Item, ItemState, Reason, lock_item
from storage.meetings import Meeting
from storage.people import Who
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.results import results_of_meeting
from tests.at_once import at_once
from tests.bot.hosting import OVER, board_of, curator, meeting_held, on_agenda, publications, publish, titles
from tests.builders import Scene, deliver
from tests.clock import FrozenClock
from tests.drawn import draw
from tests.refusals import refusal
from tests.story import OURS

ONE, OTHER, HOST = "U0MEMBER", "U0SAM", "U0CURATOR"
NEUTRAL = Neutral("A former member", "An item", "A task")
Deed = Callable[[Scene, Item, Item], Any]


def joined(scene: Scene, item: Item, other: Item, title: str | None = None) -> Item:
    where = {"other_id": other.id, "title": title, "meeting_id": item.meeting_id}
    return join(scene.session, curator(scene), item.id, scene.now, **where)


def apart(scene: Scene, item: Item) -> Item:
    return take_apart(scene.session, curator(scene), item.id, scene.now)


def take(scene: Scene, item: Item) -> Item:
    return add_to_agenda(scene.session, curator(scene), item.id, scene.now)


def two(scene: Scene) -> tuple[Item, Item]:
    """That of a member stays, and that of a curator of another collaborative is joined to it."""
    routes = scene.propose("Bus routes", ONE, minutes=10, details="Which lines?")
    buses = scene.propose("Night buses", OTHER, minutes=20, details="The last one leaves at nine.")
    joined(scene, buses, routes)
    return routes, buses


def told_together(scene: Scene) -> tuple[Item, Item]:
    """On the agenda, as both authors know."""
    routes, buses = two(scene)
    take(scene, routes)
    for item in (routes, buses):
        scene.tell(item)
    return routes, buses


def own(scene: Scene, person: str) -> ItemSeen:
    return own_page(scene.session, scene.actor(person), scene.now).items.shown[0].item


def card(scene: Scene, item: Item) -> str:
    """As the curator reads it."""
    [post] = [one for one in scene.posts(PostKind.CARD, about=item.id) if one.place == HOST]
    deliver(post, scene.now)
    message = draw(scene.session, post, scene.now)
    return str(message and message.blocks)


def outcomes(scene: Scene, item: Item) -> list[str]:
    """What its author reads of decisions, or is to read."""
    posts = scene.posts(PostKind.OUTCOME, about=item.id)
    drawn = [draw(scene.session, post, scene.now) for post in posts if post.state != PostState.NOT_NEEDED]
    return [message.text for message in drawn if message]


def owed(scene: Scene, item: Item, kind: PostKind = PostKind.OUTCOME) -> list[str]:
    """To whom a word about it is on its way."""
    return [post.place for post in scene.posts(kind, about=item.id) if post.state == PostState.DUE]


def test_two_that_wait_are_decided_together_and_both_authors_are_told(scene: Scene) -> None:
    routes, buses = two(scene)
    [waiting] = board_of(scene).waiting.shown
    assert (waiting.title, titles(waiting.joined)) == ("Bus routes", ["Night buses"])

    take(scene, routes)
    board = board_of(scene)
    [placed] = board.on_agenda.shown
    assert (placed.title, titles(placed.joined), board.planned.minutes) == ("Bus routes", ["Night buses"], 10)
    assert (owed(scene, routes), owed(scene, buses)) == ([ONE], [OTHER])
    assert "Sam Whitfield" in outcomes(scene, routes)[0]
    assert "“Bus routes”" in outcomes(scene, buses)[0]
    assert "Priya Nair" in outcomes(scene, buses)[0]


def test_about_one_that_is_joined_nobody_is_asked(scene: Scene) -> None:
    routes, buses = two(scene)
    assert [post for post in scene.posts(PostKind.CARD, about=buses.id) if post.state == PostState.DUE] == []
    assert "item.apart" in card(scene, buses)
    assert "item.take'" not in card(scene, buses)
    for decide in (add_to_agenda, hold, reconsider):
        with refusal("This item goes together with “Bus routes” now."):
            decide(scene.session, curator(scene), buses.id, scene.now)
    with refusal("This item goes together with “Bus routes” now."):
        undo(scene.session, curator(scene), buses.id, 0, scene.now)
    assert status(scene.session, curator(scene), scene.now).to_decide == 1
    assert "item.take'" in card(scene, routes)


def test_before_it_is_told_nobody_but_the_host_knows_and_afterwards_everybody_does(scene: Scene) -> None:
    routes, buses = two(scene)
    take(scene, routes)
    everybodys = listing(scene.session, scene.actor(OTHER), scene.now).agenda
    assert titles(everybodys.waiting.shown) == ["Bus routes", "Night buses"]
    assert own(scene, OTHER).joined_to is None
    assert everything_of_other(scene)["joined_to_id"] is None

    scene.tell(routes)
    everybodys = listing(scene.session, scene.actor(OTHER), scene.now).agenda
    assert [everybodys.on_agenda.shown[0].joined, titles(everybodys.waiting.shown)] == [(), ["Night buses"]]
    scene.tell(buses)
    everybodys = listing(scene.session, scene.actor(OTHER), scene.now).agenda
    assert (titles(everybodys.on_agenda.shown), everybodys.waiting.count) == (["Bus routes"], 0)
    assert titles(everybodys.on_agenda.shown[0].joined) == ["Night buses"]
    mine = own(scene, OTHER)
    assert (mine.state, mine.joined_to and mine.joined_to.title) == (ItemState.ON_AGENDA, "Bus routes")
    assert everything_of_other(scene)["joined_to_id"] == routes.id
    read = item_to_read(scene.session, scene.actor(OTHER), buses.id, scene.now).item
    assert read.joined_to is not None
    assert read.joined_to.details == "Which lines?"


def everything_of_other(scene: Scene) -> dict[str, Any]:
    them = scene.actor(OTHER).person
    [item] = everything_about(scene.session, scene.consortium, them)["items brought"]
    return dict(item)


def test_until_it_is_told_taking_apart_leaves_no_trace(scene: Scene) -> None:
    routes = scene.propose("Bus routes", ONE)
    buses = scene.propose("Night buses", OTHER)
    joined(scene, buses, routes, "Buses")
    take(scene, routes)
    apart(scene, buses)
    assert (routes.placed_title, routes.joins, buses.joined_to_id) == (None, 0, None)
    assert (titles(board_of(scene).on_agenda.shown), titles(board_of(scene).waiting.shown)) == (
        ["Bus routes"],
        ["Night buses"],
    )
    assert owed(scene, buses) == owed(scene, buses, PostKind.RECONSIDERED) == []
    assert [post.place for post in scene.posts(PostKind.CARD, about=buses.id)]
    assert "item.take'" in card(scene, buses)
    with refusal("This item stands for itself already."):
        apart(scene, buses)


def test_what_they_are_called_together_outlives_an_undo(scene: Scene) -> None:
    routes = scene.propose("Bus routes", ONE)
    buses = scene.propose("Night buses", OTHER)
    joined(scene, buses, routes, "Buses")
    take(scene, routes)
    undo(scene.session, curator(scene), routes.id, routes.decisions, scene.now)
    assert (routes.state, buses.state, buses.told_at) == (ItemState.WAITING, ItemState.WAITING, None)
    assert owed(scene, routes) == owed(scene, buses) == []
    take(scene, routes)
    assert titles(board_of(scene).on_agenda.shown) == ["Buses"]
    assert routes.title == "Bus routes"


def test_one_author_who_was_told_keeps_the_decision_about_both(scene: Scene) -> None:
    routes, buses = two(scene)
    take(scene, routes)
    scene.tell(buses)
    with refusal("Sam Whitfield has been told already"):
        undo(scene.session, curator(scene), routes.id, routes.decisions, scene.now)


def test_what_was_told_and_is_taken_apart_is_told_to_be_looked_at_again(scene: Scene) -> None:
    routes, buses = told_together(scene)
    apart(scene, buses)
    assert owed(scene, buses, PostKind.RECONSIDERED) == [OTHER]
    assert "is looking at your item again" in outcomes(scene, buses)[0]
    assert "Night buses" not in outcomes(scene, routes)[0]
    assert routes.state == ItemState.ON_AGENDA


def test_one_that_joins_an_agenda_that_was_told_is_told_with_the_others_of_the_day(scene: Scene) -> None:
    [routes] = on_agenda(scene, "Bus routes")
    buses = scene.propose("Night buses", OTHER)
    assert joined(scene, buses, routes) is routes
    assert (owed(scene, buses), buses.state) == ([OTHER], ItemState.ON_AGENDA)
    assert owed(scene, routes) == [ONE], "an edit, which makes no sound"
    assert titles(board_of(scene).on_agenda.shown) == ["Bus routes"]


def test_what_is_on_the_agenda_stays_where_one_that_waits_is_chosen(scene: Scene) -> None:
    [routes] = on_agenda(scene, "Bus routes")
    buses = scene.propose("Night buses", OTHER)
    assert joined(scene, routes, buses) is routes
    assert titles(board_of(scene).on_agenda.shown[0].joined) == ["Night buses"]


def test_of_two_on_the_agenda_the_chosen_one_is_joined_and_its_author_hears_so_once(scene: Scene) -> None:
    routes, buses, rents = on_agenda(scene, "Bus routes", "Night buses", "Rents")
    publish(scene)
    assert joined(scene, rents, routes) is rents
    assert titles(board_of(scene).on_agenda.shown) == ["Night buses", "Rents"]
    assert owed(scene, routes) == [ONE]
    assert owed(scene, routes, PostKind.RECONSIDERED) == [ONE]
    [again] = scene.posts(PostKind.RECONSIDERED, about=routes.id)
    assert draw(scene.session, again, scene.now) is None, "it was decided anew"
    publish(scene)
    newest, before = map(entries_of, publications(scene))
    assert [entry.title for entry in newest] == ["Night buses", "Rents"]
    assert newest[1].others == (Other(routes.id, "CCSJ"),)
    changed = changes(before, newest)
    assert ([one.title for one in changed.joined], changed.removed, changed.with_others) == (
        ["Bus routes"],
        (),
        (),
    )
    assert board_of(scene).is_published_as_it_stands
    assert buses.joins == 0


def test_what_was_joined_to_one_that_is_joined_moves_along(scene: Scene) -> None:
    routes, buses = two(scene)
    rides = scene.propose("Rides", "U0ADMIN")
    joined(scene, routes, rides, "How we get around")
    assert (routes.joined_to_id, buses.joined_to_id, rides.joins, routes.joins) == (rides.id, rides.id, 2, 0)
    take(scene, rides)
    [seen] = board_of(scene).on_agenda.shown
    assert (seen.title, titles(seen.joined)) == ("How we get around", ["Bus routes", "Night buses"])
    assert [owed(scene, item) for item in (rides, routes, buses)] == [["U0ADMIN"], [ONE], [OTHER]]


@pytest.mark.parametrize("number", [0, 1, 150])
def test_the_form_offers_all_others_that_are_before_the_host(scene: Scene, number: int) -> None:
    item = scene.propose("Bus routes")
    session, now = scene.session, scene.now
    kept = hold(session, curator(scene), scene.propose("Kept").id, now)
    withdraw(session, scene.actor(ONE), scene.propose("Withdrawn").id, now)
    others = [
        Item(proposer=item.proposer, meeting=item.meeting, title=f"Item {one}", state=ItemState.WAITING)
        for one in range(number)
    ]
    for one in others:
        one.created_at = one.submitted_at = now
    session.add_all(others)
    session.flush()
    if others:
        take(scene, others[-1])
    offered = to_join(session, curator(scene), item.id, now, scene.meeting.id).others
    assert offered.count == number
    assert titles(offered.shown)[:1] == [f"Item {number - 1}"][:number]
    for gone in (kept, item):
        with refusal("That item is no longer before you for this meeting."):
            joined(scene, item, gone)


REFUSED: dict[str, tuple[Deed, str]] = {
    "withdrawn": (
        lambda scene, item, _other: withdraw(scene.session, scene.actor(ONE), item.id, scene.now),
        "Priya Nair has withdrawn this item.",
    ),
    "kept": (
        lambda scene, item, _other: hold(scene.session, curator(scene), item.id, scene.now),
        "decide again first",
    ),
    "not taken": (
        lambda scene, item, _other: leave_out(
            scene.session, curator(scene), item.id, scene.now, Reason.OTHER, None
        ),
        "decide again first",
    ),
    "joined": (joined, "goes together with “Other” now"),
    "cancelled": (
        lambda scene, _item, _other: cancel(scene.session, curator(scene), scene.meeting.id, scene.now),
        "This was for the meeting on|This meeting is cancelled",
    ),
    "over": (lambda scene, _item, _other: scene.clock.strikes(OVER), "This meeting is over."),
}


@pytest.mark.parametrize("since", REFUSED)
def test_a_form_that_is_late_says_what_became_of_the_item(scene: Scene, since: str) -> None:
    item, other, meeting = scene.propose("Bus routes"), scene.propose("Other", OTHER), scene.meeting
    deed, words = REFUSED[since]
    to_join(scene.session, curator(scene), item.id, scene.now, meeting.id)
    deed(scene, item, other)
    before = (item.joined_to_id, other.joined_to_id)
    with refusal(words):
        join(scene.session, curator(scene), item.id, scene.now, other_id=other.id, meeting_id=meeting.id)
    assert (item.joined_to_id, other.joined_to_id) == before


def test_a_form_keeps_what_was_typed_where_the_other_item_is_gone_meanwhile(scene: Scene) -> None:
    item, other = scene.propose("Bus routes"), scene.propose("Other", OTHER)
    withdraw(scene.session, scene.actor(OTHER), other.id, scene.now)
    with refusal("Please choose another.") as refused:
        joined(scene, item, other, "Buses")
    assert refused.value.field == "other"


def test_an_item_of_another_meeting_is_no_other(scene: Scene) -> None:
    meeting, [had_its_time] = meeting_held(scene, "Had its time")
    gather_items(scene.session, scene.consortium, scene.now)
    item = scene.propose("Bus routes")
    assert item.meeting is not meeting
    with refusal("That item is no longer before you for this meeting."):
        join(scene.session, scene.actor("U0SAM"), item.id, scene.now, other_id=had_its_time.id)


def test_the_author_of_the_joined_one_edits_their_own_words(scene: Scene) -> None:
    routes, buses = told_together(scene)
    deliver(scene.posts(PostKind.CARD, about=routes.id)[0], scene.now)
    edit(scene.session, scene.actor(OTHER), buses.id, Proposal("Late buses"), 3000, scene.now)
    [seen] = board_of(scene).on_agenda.shown
    assert (seen.title, titles(seen.joined)) == ("Bus routes", ["Late buses"])
    assert "Late buses" in card(scene, routes)


def test_who_withdraws_the_joined_one_leaves_the_other_quietly(scene: Scene) -> None:
    routes, buses = told_together(scene)
    withdraw(scene.session, scene.actor(OTHER), buses.id, scene.now)
    assert scene.posts(PostKind.WITHDRAWAL) == []
    [seen] = board_of(scene).on_agenda.shown
    assert (seen.title, seen.joined) == ("Bus routes", ())
    assert "has withdrawn this item" in card(scene, buses)
    assert "Night buses" not in outcomes(scene, routes)[0]


def test_where_the_one_that_stays_is_withdrawn_the_joined_one_is_before_the_host_again(scene: Scene) -> None:
    routes, buses = told_together(scene)
    withdraw(scene.session, scene.actor(ONE), routes.id, scene.now)
    board = board_of(scene)
    assert (board.on_agenda.count, titles(board.waiting.shown), board.waiting.shown[0].joined) == (
        0,
        ["Night buses"],
        (),
    )
    assert owed(scene, buses, PostKind.RECONSIDERED) == [OTHER]
    assert "item.take'" in card(scene, buses)
    assert "Bus routes" not in card(scene, buses) + outcomes(scene, buses)[0]


def test_what_is_not_taken_is_told_to_both_with_the_reason_and_names_neither_to_the_other(
    scene: Scene,
) -> None:
    routes, buses = two(scene)
    scene.clock.passes(minutes=1)
    leave_out(scene.session, curator(scene), routes.id, scene.now, Reason.TOO_FULL, "Next time, gladly")
    for item in (routes, buses):
        scene.tell(item)
    for item, another in ((routes, "Night buses"), (buses, "Bus routes")):
        [told] = outcomes(scene, item)
        assert "Next time, gladly" in told
        assert another not in told
    scene.clock.passes(minutes=1)
    assert preview(scene.session, scene.actor(ONE), scene.now).not_taken == 2
    assert own(scene, OTHER).joined_to is None


@pytest.mark.parametrize("is_kept", [True, False])
def test_what_is_kept_or_left_over_goes_on_together(scene: Scene, *, is_kept: bool) -> None:
    meeting, _items = meeting_held(scene, at="2026-11-23 12:00")
    routes, buses = two(scene)
    if is_kept:
        hold(scene.session, curator(scene), routes.id, scene.now)
    scene.clock.strikes(OVER)
    gather_items(scene.session, scene.consortium, scene.now)
    assert routes.meeting is buses.meeting is scene.meeting
    assert scene.meeting is not meeting
    [seen] = board_of(scene).waiting.shown
    assert (seen.title, titles(seen.joined)) == ("Bus routes", ["Night buses"])
    assert {post.key.split(":")[2] for post in scene.posts(PostKind.CARD, about=buses.id)} == {
        str(meeting.id)
    }
    assert (owed(scene, routes, PostKind.CARRIED_OVER), owed(scene, buses, PostKind.CARRIED_OVER)) == (
        [ONE],
        [OTHER],
    )


def test_a_meeting_that_is_cancelled_lets_both_go_on_together(scene: Scene) -> None:
    meeting, _items = meeting_held(scene, at="2026-11-23 12:00")
    routes, buses = told_together(scene)
    cancel(scene.session, curator(scene), meeting.id, scene.now)
    assert routes.meeting is buses.meeting is scene.meeting
    assert buses.joined_to is routes
    assert {post.place for post in scene.posts(PostKind.CANCELLED_FOR_ONE)} >= {ONE, OTHER}


def test_the_host_who_takes_it_off_decides_about_both_again(scene: Scene) -> None:
    routes, buses = told_together(scene)
    arrange(scene.session, curator(scene), routes.id, "back", scene.now, scene.meeting.id)
    assert (routes.state, buses.state, buses.joined_to_id) == (
        ItemState.WAITING,
        ItemState.WAITING,
        routes.id,
    )
    assert owed(scene, buses, PostKind.RECONSIDERED) == [OTHER]
    with refusal("This item goes together with “Bus routes” now."):
        arrange(scene.session, curator(scene), buses.id, "first", scene.now, scene.meeting.id)


def test_an_order_a_publication_and_the_shares_count_them_as_one(scene: Scene) -> None:
    told_together(scene)
    on_agenda(scene, "Rents")
    order = to_order(scene.session, curator(scene), scene.meeting.id, scene.now)
    assert titles(order.items.shown) == ["Bus routes", "Rents"]
    board = publish(scene)
    assert [(share.name, share.items, share.minutes) for share in board.shares] == [
        ("CCSJ", 2, 20),
        ("Sunset", 1, 0),
    ]
    assert "Sunset" not in board.without_items
    [first, _] = entries_of(publications(scene)[0])
    assert (first.title, [other.collaborative for other in first.others]) == ("Bus routes", ["Sunset"])


def test_publishing_counts_both_as_told(scene: Scene) -> None:
    routes, buses = two(scene)
    take(scene, routes)
    publish(scene)
    assert routes.told_at is not None
    assert buses.told_at is not None
    assert [one.others for one in entries([routes])] == [(Other(buses.id, "Sunset"),)]


def test_a_digest_names_it_once(scene: Scene) -> None:
    scene.clock.passes(minutes=1)
    told_together(scene)
    scene.clock.passes(minutes=1)
    news = preview(scene.session, scene.actor(ONE), scene.now)
    assert (titles(news.new.shown), titles(news.added.shown)) == (["Bus routes"], ["Bus routes"])
    assert titles(news.added.shown[0].joined) == ["Night buses"]


def test_a_question_about_the_joined_one_stands_on_the_board(scene: Scene) -> None:
    _routes, buses = two(scene)
    ask(scene.session, curator(scene), buses.id, scene.now, words="Which line?")
    assert list(board_of(scene).questions) == [buses.id]


def test_words_that_are_removed_go_out_of_all_that_named_both(scene: Scene) -> None:
    routes, buses = scene.propose("Bus routes", ONE), scene.propose("Night buses", OTHER)
    joined(scene, buses, routes, "Buses by night")
    take(scene, routes)
    for item in (routes, buses):
        scene.tell(item)
    publish(scene)
    [word] = scene.posts(PostKind.OUTCOME, about=routes.id)
    remove_words(scene.session, curator(scene), buses.id, "(gone)", scene.now)
    assert (routes.title, routes.placed_title, buses.title) == ("Bus routes", None, "(gone)")
    assert [entry.title for entry in entries_of(publications(scene)[0])] == ["Bus routes"]
    assert word.may_show_removed_words
    assert "ight" not in card(scene, routes) + outcomes(scene, routes)[0]


@pytest.mark.parametrize("who", [ONE, OTHER])
def test_who_is_erased_leaves_the_other_one_standing(scene: Scene, who: str) -> None:
    routes, buses = told_together(scene)
    publish(scene)
    scene.session.get_one(Item, buses.id).collaborative = None
    people = those_called(scene.session, "T0SISTER", who)
    erase(scene.session, scene.consortium, people, NEUTRAL, scene.now)
    scene.session.expire_all()
    [seen] = board_of(scene).on_agenda.shown
    assert [one.title for one in (seen, *seen.joined)] == [
        "An item" if who == ONE else "Bus routes",
        "An item" if who == OTHER else "Night buses",
    ]
    assert seen.id == routes.id


def test_a_name_of_nobodys_collaborative_goes_out_of_agendas_that_named_both(scene: Scene) -> None:
    routes, buses = two(scene)
    buses.collaborative = None
    take(scene, routes)
    publish(scene)
    assert entries_of(publications(scene)[0])[0].others == (Other(buses.id, "Sam Whitfield"),)
    people = those_called(scene.session, "T0SISTER", OTHER)
    erase(scene.session, scene.consortium, people, NEUTRAL, scene.now)
    scene.session.expire_all()
    [entry] = entries_of(publications(scene)[0])
    assert (entry.title, entry.others) == ("Bus routes", (Other(buses.id, "A former member"),))


def test_where_the_author_of_the_one_that_stays_is_erased_before_a_decision_the_other_waits_alone(
    scene: Scene,
) -> None:
    _routes, buses = two(scene)
    people = those_called(scene.session, "T0SISTER", ONE)
    erase(scene.session, scene.consortium, people, NEUTRAL, scene.now)
    scene.session.expire_all()
    assert titles(board_of(scene).waiting.shown) == ["Night buses"]
    assert "item.take'" in card(scene, scene.session.get_one(Item, buses.id))


def test_what_an_agenda_says_of_others_changes_with_them() -> None:
    def entry(number: int, *others: int) -> Entry:
        return Entry(
            number, f"Item {number}", 10, None, "CCSJ", None, tuple(Other(one, "X") for one in others)
        )

    gained = changes([entry(1)], [entry(1, 2)])
    assert (gained.with_others, gained.joined) == ((entry(1, 2),), ())
    lost = changes([entry(1, 2)], [entry(1)])
    assert lost.with_others == (entry(1),)
    came_apart = changes([entry(1, 2)], [entry(1), entry(2)])
    assert (came_apart.with_others, came_apart.added) == ((), (entry(2),))
    old = {
        "item_id": 1,
        "title": "Item 1",
        "minutes": 10,
        "lead": None,
        "collaborative": "CCSJ",
        "heading": None,
    }
    assert Entry.of(old) == entry(1)
    assert Entry.of(old | {"others": [[2, "X"]]}) == entry(1, 2)


@pytest.mark.usefixtures("founded")
@pytest.mark.parametrize("is_first", [True, False])
def test_joined_while_it_is_withdrawn_or_decided_shows_the_newer_state(
    database: Database, clock: FrozenClock, *, is_first: bool
) -> None:
    with database.transaction(OURS) as session:
        scene = Scene.found(session, clock)
        routes, buses = scene.propose("Bus routes", ONE).id, scene.propose("Night buses", OTHER).id

    def joins(session: Any) -> Any:
        curator_there = Scene.found(session, clock).actor(HOST)
        return join(session, curator_there, buses, clock(), other_id=routes).id

    def withdraws(session: Any) -> Any:
        return withdraw(session, Scene.found(session, clock).actor(ONE), routes, clock()).id

    first, second = (joins, withdraws) if is_first else (withdraws, joins)
    _done, outcome = at_once(database, first, second, OURS)
    with database.transaction(OURS) as session:
        there = lock_item(session, buses)
        assert there is not None
        assert (there.state, there.joined_to_id) == (ItemState.WAITING, None)
    if not is_first:
        with refusal("Please choose another."):
            raise outcome


@pytest.mark.usefixtures("founded")
@pytest.mark.parametrize("second", ["taken apart", "withdrawn", "decided"])
def test_whoever_comes_second_finds_the_newer_state_of_both(
    database: Database, clock: FrozenClock, second: str
) -> None:
    """The second waits for what the first has done with either of the two."""
    with database.transaction(OURS) as session:
        scene = Scene.found(session, clock)
        routes, buses = (item.id for item in two(scene))

    def do(deed: str) -> Callable[[Any], Any]:
        def unit(session: Any) -> Any:
            there = Scene.found(session, clock)
            if deed == "taken apart":
                take_apart(session, there.actor("U0DEPUTY"), buses, clock())
            elif deed == "withdrawn":
                withdraw(session, there.actor(OTHER), buses, clock())
            else:
                add_to_agenda(session, there.actor(HOST), routes, clock())

        return unit

    first = {"taken apart": "decided", "withdrawn": "taken apart", "decided": "withdrawn"}[second]
    assert at_once(database, do(first), do(second), OURS) == (None, None)
    with database.transaction(OURS) as session:
        stays, joined_one = lock_item(session, routes), lock_item(session, buses)
        assert stays is not None
        assert joined_one is not None
        is_decided = "decided" in (first, second)
        assert (stays.state, stays.joins) == (ItemState.ON_AGENDA if is_decided else ItemState.WAITING, 0)
        is_withdrawn = "withdrawn" in (first, second)
        assert joined_one.state == (ItemState.WITHDRAWN if is_withdrawn else ItemState.WAITING)
        assert joined_one.joined_to_id is None


@pytest.mark.usefixtures("founded")
def test_two_hosts_who_join_two_items_the_other_way_round_end_with_one(
    database: Database, clock: FrozenClock
) -> None:
    with database.transaction(OURS) as session:
        scene = Scene.found(session, clock)
        routes, buses = scene.propose("Bus routes", ONE).id, scene.propose("Night buses", OTHER).id

    def joins(item: int, other: int, by: str) -> Callable[[Any], Any]:
        def unit(session: Any) -> Any:
            return join(session, Scene.found(session, clock).actor(by), item, clock(), other_id=other).id

        return unit

    done, refused = at_once(database, joins(buses, routes, HOST), joins(routes, buses, "U0DEPUTY"), OURS)
    assert done == routes
    with refusal("Please choose another."):
        raise refused


def after_it(scene: Scene) -> tuple[Meeting, Item, Item]:
    """The meeting that had both on its agenda is over."""
    meeting, _items = meeting_held(scene, at="2026-11-23 12:00")
    routes, buses = told_together(scene)
    scene.clock.strikes(OVER)
    return meeting, routes, buses


def write(scene: Scene, meeting: Meeting, item: Item, what: Became, outcome: str | None = None) -> AfterSeen:
    one = Listed(meeting.id, item.id)
    return write_down(scene.session, curator(scene), one, Written(what, outcome), scene.now)


def test_what_was_not_reached_goes_on_together_and_comes_back_together(scene: Scene) -> None:
    meeting, routes, buses = after_it(scene)
    seen = write(scene, meeting, routes, Became.NOT_REACHED)
    assert [titles(one.item.all_brought) for one in seen.results.shown] == [["Bus routes", "Night buses"]]
    assert routes.meeting is buses.meeting is scene.meeting is not meeting
    assert (buses.state, buses.is_carried_over, buses.joined_to) == (ItemState.WAITING, True, routes)
    assert owed(scene, buses, PostKind.CARRIED_OVER) == [OTHER]
    [waits] = listing(scene.session, scene.actor(OTHER), scene.now).agenda.waiting.shown
    assert titles(waits.all_brought) == ["Bus routes", "Night buses"], "both were told before"

    write(scene, meeting, routes, Became.DONE)
    assert routes.meeting is buses.meeting is meeting
    assert (routes.state, buses.state) == (ItemState.ON_AGENDA, ItemState.ON_AGENDA)
    assert owed(scene, buses, PostKind.CARRIED_OVER) == []


def test_of_both_a_copy_comes_up_again_and_is_taken_back(scene: Scene) -> None:
    meeting, routes, buses = after_it(scene)
    write(scene, meeting, routes, Became.AGAIN)
    host = scene.meeting.host
    [copy] = board_of(scene).waiting.shown
    assert (copy.title, titles(copy.joined)) == ("Bus routes", ["Night buses"])
    assert host is not meeting.host
    copies = [scene.session.get_one(Item, one.id) for one in copy.all_brought]
    assert [one.original_id for one in copies] == [routes.id, buses.id]
    write(scene, meeting, routes, Became.DONE)
    assert [(one.state, one.joined_to_id) for one in copies] == [(ItemState.WITHDRAWN, None)] * 2


def test_both_authors_read_what_became_of_it_and_either_takes_the_line_out(scene: Scene) -> None:
    meeting, routes, buses = after_it(scene)
    write(scene, meeting, routes, Became.DONE, "We write to the bus company")
    send_notes(scene.session, curator(scene), meeting.id, scene.now)
    [notes] = scene.posts(PostKind.NOTES)
    message = draw(scene.session, notes, scene.now)
    assert message is not None
    assert "CCSJ and Sunset" in message.text
    deliver(notes, scene.now)
    scene.session.flush()
    for person in (ONE, OTHER):
        [mine] = own_page(scene.session, scene.actor(person), scene.now).items.shown
        assert [(told.became, told.outcome) for told in mine.told] == [
            (Became.DONE, "We write to the bus company")
        ]
    [mine] = strike_line(scene.session, scene.actor(OTHER), buses.id, meeting.id, scene.now, page=0).shown
    assert [told.outcome for told in mine.told] == [None]


def test_over_is_over_for_what_goes_together_too(scene: Scene) -> None:
    _meeting, routes, buses = after_it(scene)
    with refusal("This meeting is over, so what was decided stands."):
        apart(scene, buses)
    with refusal("This meeting is over, so what was decided stands."):
        to_join(scene.session, curator(scene), routes.id, scene.now)


WAYS_ON = (Became.NOT_REACHED, Became.AGAIN)


def went_on(scene: Scene, way: Became) -> tuple[Meeting, Item, Item]:
    """What was before the host of January, and what waits for the next one by it."""
    meeting, routes, _buses = after_it(scene)
    write(scene, meeting, routes, way)
    [waits] = board_of(scene).waiting.shown
    return meeting, routes, scene.session.get_one(Item, waits.id)


@pytest.mark.parametrize("way", WAYS_ON)
@pytest.mark.parametrize("stays", ["what went on", "the new one"])
def test_what_the_next_host_has_joined_stays_where_the_host_before_corrects_a_result(
    scene: Scene, way: Became, stays: str
) -> None:
    meeting, routes, waits = went_on(scene, way)
    new = scene.propose("Bike lanes", "U0ADMIN")
    joined(scene, *((new, waits) if stays == "what went on" else (waits, new)))
    before = [(one.meeting, one.state, one.joined_to, one.told_at) for one in waits.together]
    with refusal("Another host has decided on this item since"):
        write(scene, meeting, routes, Became.DONE)
    assert [(one.meeting, one.state, one.joined_to, one.told_at) for one in waits.together] == before
    assert (new.meeting, new.state, len(before)) == (scene.meeting, ItemState.WAITING, 3)


@pytest.mark.parametrize("way", WAYS_ON)
def test_what_the_next_host_has_joined_and_taken_apart_again_is_no_hindrance(
    scene: Scene, way: Became
) -> None:
    meeting, routes, waits = went_on(scene, way)
    new = scene.propose("Bike lanes", "U0ADMIN")
    apart(scene, joined_one(scene, new, waits))
    write(scene, meeting, routes, Became.DONE)
    assert titles(board_of(scene).waiting.shown) == ["Bike lanes"]
    assert routes.meeting is meeting


def joined_one(scene: Scene, item: Item, stays: Item) -> Item:
    assert joined(scene, item, stays) is stays
    return item


def lines_read(scene: Scene, item: Item, by: str) -> list[str | None]:
    """What its author reads of it in their own list of what the notes tell."""
    [mine] = [
        one
        for one in own_page(scene.session, scene.actor(by), scene.now).items.shown
        if one.item.id == item.id
    ]
    return [told.outcome for told in mine.told]


def test_a_line_about_a_meeting_before_two_were_joined_is_of_the_one_that_was_there(scene: Scene) -> None:
    meeting, [old] = meeting_held(scene, "Bus routes")
    write(scene, meeting, old, Became.NOT_REACHED, "First thing in April")
    send_notes(scene.session, curator(scene), meeting.id, scene.now)
    [notes] = scene.posts(PostKind.NOTES)
    deliver(notes, scene.now)
    new, newer = (scene.propose(title, OTHER) for title in ("Night buses", "Bike lanes"))
    joined(scene, new, old)
    assert (lines_read(scene, old, ONE), lines_read(scene, new, OTHER)) == (["First thing in April"], [])

    joined(scene, old, newer)
    assert lines_read(scene, old, ONE) == ["First thing in April"]
    assert lines_read(scene, new, OTHER) == lines_read(scene, newer, OTHER) == []
    for one in (new, newer):
        with refusal("This line is no longer there."):
            strike_line(scene.session, scene.actor(OTHER), one.id, meeting.id, scene.now, page=0)
    strike_line(scene.session, scene.actor(ONE), old.id, meeting.id, scene.now, page=0)
    assert lines_read(scene, old, ONE) == [None]


def agreed(scene: Scene, meeting: Meeting, item: Item, words: str) -> tuple[FollowUp, Post]:
    """What somebody is to do about it, and the message that reminds them, which they have read."""
    who = Identity("T0SISTER", name=None, is_bot=False, is_deactivated=False)
    said = Agreed(words, Who("T0SISTER", ONE), meeting.day + timedelta(days=18), who)
    agree(scene.session, curator(scene), Listed(meeting.id, item.id), said, scene.now)
    [follow_up] = follow_ups_of_items(scene.session, [item.id])
    [reminder] = scene.posts(PostKind.FOLLOW_UP, about=follow_up.id)
    deliver(reminder, scene.now)
    return follow_up, reminder


def test_words_of_a_joined_item_are_removed_from_what_was_written_down_of_both(scene: Scene) -> None:
    meeting, routes, buses = after_it(scene)
    write(scene, meeting, routes, Became.DONE, "Ms X gets a voucher")
    send_notes(scene.session, curator(scene), meeting.id, scene.now)
    [notes] = scene.posts(PostKind.NOTES)
    deliver(notes, scene.now)
    follow_up, reminder = agreed(scene, meeting, routes, "Call Ms X")
    read = words_to_remove(scene.session, curator(scene), buses.id, scene.now).words
    write(scene, meeting, routes, Became.DONE, "Ms X gets two vouchers")
    with refusal("These words are others by now."):
        remove_words(scene.session, curator(scene), buses.id, "(gone)", scene.now, read)

    remove_words(scene.session, curator(scene), buses.id, "(gone)", scene.now)
    assert results_of_meeting(scene.session, meeting)[routes.id].outcome is None
    assert (follow_up.words, buses.title, routes.title) == ("(gone)", "(gone)", "Bus routes")
    assert notes.may_show_removed_words
    assert reminder.may_show_removed_words
    with refusal("These words were removed already."):
        remove_words(scene.session, curator(scene), buses.id, "(gone)", scene.now)


def test_what_was_written_down_before_two_were_joined_stays_where_words_of_the_other_are_removed(
    scene: Scene,
) -> None:
    meeting, [old] = meeting_held(scene, "Bus routes")
    follow_up, _ = agreed(scene, meeting, old, "Call the bus company")
    write(scene, meeting, old, Became.NOT_REACHED, "First thing in April")
    new = scene.propose("Night buses", OTHER)
    joined(scene, new, old)
    remove_words(scene.session, curator(scene), new.id, "(gone)", scene.now)
    assert results_of_meeting(scene.session, meeting)[old.id].outcome == "First thing in April"
    assert follow_up.words == "Call the bus company"


BOTH = "Bus routes and Ms X"


def published_as_both(scene: Scene, *more: Item) -> tuple[Item, Item]:
    """On an agenda that is published, under a title for both, or for all."""
    routes, visits = scene.propose("Bus routes", ONE), scene.propose("A visit to Ms X", OTHER)
    for one in (*more, visits):
        joined(scene, one, routes, BOTH)
    take(scene, routes)
    for item in (routes, visits, *more):
        scene.tell(item)
    publish(scene)
    return routes, visits


@pytest.mark.parametrize("take_off", [withdraw, solve])
def test_what_stays_alone_is_called_by_its_own_title_again(
    scene: Scene, take_off: Callable[..., Any]
) -> None:
    routes, visits = published_as_both(scene)
    take_off(scene.session, scene.actor(OTHER), visits.id, scene.now)
    assert titles(board_of(scene).on_agenda.shown) == ["Bus routes"]
    assert routes.placed_title is None
    assert BOTH not in card(scene, routes) + outcomes(scene, routes)[0]


def test_of_three_the_title_for_all_outlives_one_that_the_host_takes_apart_and_none_that_is_withdrawn(
    scene: Scene,
) -> None:
    rides, chairs = (scene.propose(title, "U0ADMIN") for title in ("Rides", "Chairs"))
    routes, visits = published_as_both(scene, rides, chairs)
    apart(scene, chairs)
    assert routes.placed_title == BOTH
    withdraw(scene.session, scene.actor(OTHER), visits.id, scene.now)
    assert (routes.placed_title, titles(board_of(scene).on_agenda.shown[0].joined)) == (None, ["Rides"])


def test_a_title_that_the_host_gave_to_what_moves_along_is_given_anew(scene: Scene) -> None:
    routes = scene.propose("Bus routes", ONE)
    joined(scene, scene.propose("Night buses", OTHER), routes, "Buses")
    rides = scene.propose("Rides", "U0ADMIN")
    joined(scene, routes, rides, "How we get around")
    assert (routes.placed_title, rides.placed_title, rides.joins) == (None, "How we get around", 2)


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_who_is_erased_goes_out_of_what_named_both(scene: Scene, *, is_withdrawn: bool) -> None:
    rides = scene.propose("Rides", "U0ADMIN")
    routes, visits = published_as_both(scene, rides)
    if is_withdrawn:
        withdraw(scene.session, scene.actor(OTHER), visits.id, scene.now)
        publish(scene)
    people = those_called(scene.session, "T0SISTER", OTHER)
    erase(scene.session, scene.consortium, people, NEUTRAL, scene.now)
    scene.session.expire_all()
    assert routes.placed_title is None
    entries = [entry.title for one in publications(scene) for entry in entries_of(one)]
    assert set(entries) == {"Bus routes"}
    assert titles(board_of(scene).on_agenda.shown) == ["Bus routes"]
