"""Me too: anybody says that they want to talk about what somebody else brought, and their name stands with it."""

from collections.abc import Callable

import pytest

from bot.after_meeting import Listed
from bot.audiences import EVERYBODY
from bot.carry_over import gather_items
from bot.decisions import add_to_agenda, hold, leave_out
from bot.errors import NothingChanged
from bot.freshness import bring_back, solve
from bot.items import withdraw
from bot.items_to_read import item_to_read
from bot.joining import join
from bot.leaving import erase, everything_about, those_called
from bot.me_too import say, say_of_one, take_back_of_one, to_say
from bot.own_items import own_page
from bot.placing import item_to_place
from bot.results import Written, write_down
from bot.seen.items import Names
from bot.seen.me_too import ToSaySeen
from bot.who_says_me_too import me_too_of
from storage.database import Database
from storage.former import Neutral
from storage.items import Item, ItemState, Reason, item_by_id
from storage.me_too import MeToo
from storage.one_person import become_one
from storage.people import Person
from storage.post_kinds import PostKind
from storage.results import Became, results_of_item
from storage.tenancy import Session
from tests.at_once import at_once
from tests.bot.hosting import board_of, curator, meeting_held, titles
from tests.builders import Scene, deliver
from tests.clock import FrozenClock
from tests.drawn import draw
from tests.refusals import refusal
from tests.story import OURS

AUTHOR, ONE, OTHER, HOST = "U0MEMBER", "U0SAM", "U0ADMIN", "U0CURATOR"
SAM, JOAN = "Sam Whitfield", "Joan Castell"
NEUTRAL = Neutral("A former member", "An item", "A task")


def says(scene: Scene, item: Item, *people: str) -> None:
    for person in people or (ONE,):
        say_of_one(scene.session, scene.actor(person), item.id, scene.now)


def takes_back(scene: Scene, item: Item, person: str = ONE) -> None:
    take_back_of_one(scene.session, scene.actor(person), item.id, scene.now)


def names(scene: Scene, item: Item) -> Names:
    return me_too_of(scene.session, item, EVERYBODY)


def page(scene: Scene, person: str = ONE, number: int = 0) -> ToSaySeen:
    return to_say(scene.session, scene.actor(person), scene.now, number)


def ticks(scene: Scene, *more: Item, no_more: tuple[Item, ...] = (), by: str = ONE) -> ToSaySeen:
    said = {item.id for item in more}
    return say(scene.session, scene.actor(by), said, {item.id for item in no_more}, scene.now)


def rows(scene: Scene) -> list[tuple[int, str]]:
    return [(one.item_id, one.person.user_id) for one in scene.session.query(MeToo).order_by(MeToo.id)]


def card(scene: Scene, item: Item) -> str:
    [post] = [one for one in scene.posts(PostKind.CARD, about=item.id) if one.place == HOST]
    deliver(post, scene.now)
    message = draw(scene.session, post, scene.now)
    return str(message and message.text)


def test_names_stand_where_the_host_decides_where_the_author_looks_and_where_anybody_reads(
    scene: Scene,
) -> None:
    item = scene.propose("Bus routes")
    says(scene, item, ONE, OTHER)
    assert board_of(scene).me_too == {item.id: (SAM, JOAN)}
    assert "Me too: Sam Whitfield and Joan Castell" in card(scene, item)
    [own] = own_page(scene.session, scene.actor(AUTHOR), scene.now).items.shown
    assert own.me_too == (SAM, JOAN)
    read = item_to_read(scene.session, scene.actor("U0KOFI", "T0OTHER"), item.id, scene.now)
    assert (read.me_too, read.says_me_too, read.item.has_more_to_read) == ((SAM, JOAN), False, True)
    add_to_agenda(scene.session, curator(scene), item.id, scene.now)
    assert item_to_place(scene.session, curator(scene), item.id, scene.now).me_too == (SAM, JOAN)


def test_cards_that_are_out_are_drawn_anew_and_nobody_gets_a_message(scene: Scene) -> None:
    item = scene.propose()
    scene.cards(item)
    before = len(scene.posts(PostKind.CARD))
    wanted = [post.wanted_version for post in scene.posts(PostKind.CARD, about=item.id)]
    says(scene, item)
    assert [post.wanted_version for post in scene.posts(PostKind.CARD, about=item.id)] == [
        version + 1 for version in wanted
    ]
    takes_back(scene, item)
    assert len(scene.posts(PostKind.CARD)) == before
    assert names(scene, item) == ()


def test_who_says_it_comes_in_the_order_in_which_they_did_and_changes_no_order_of_items(
    scene: Scene,
) -> None:
    first, second = scene.propose("First"), scene.propose("Second")
    says(scene, second, OTHER, ONE)
    assert names(scene, second) == (JOAN, SAM)
    assert titles(board_of(scene).waiting.shown) == ["First", "Second"]
    assert names(scene, first) == ()


def test_ones_own_item_is_not_offered_and_can_not_be_joined_in(scene: Scene) -> None:
    own, others = scene.propose("Mine", by=ONE), scene.propose("Theirs")
    assert titles(page(scene).items) == ["Theirs"]
    with refusal("You brought this item yourself."):
        says(scene, own)
    ticks(scene, own, others)
    assert rows(scene) == [(others.id, ONE)]
    assert item_to_read(scene.session, scene.actor(ONE), own.id, scene.now).says_me_too is None


def test_what_was_ticked_stands_ticked_and_is_taken_back(scene: Scene) -> None:
    first, second = scene.propose("First"), scene.propose("Second")
    assert ticks(scene, first, second).said == {first.id, second.id}
    assert page(scene).said == {first.id, second.id}
    assert page(scene, OTHER).said == frozenset()
    assert ticks(scene, no_more=(first,)).said == {second.id}
    assert rows(scene) == [(second.id, ONE)]


def test_twice_is_once(scene: Scene) -> None:
    item = scene.propose()
    ticks(scene, item)
    ticks(scene, item)
    with refusal("You said “Me too” already."):
        says(scene, item)
    assert (rows(scene), item.me_toos) == ([(item.id, ONE)], 1)
    takes_back(scene, item)
    with refusal("You did not say “Me too” here."):
        takes_back(scene, item)


def withdrawn(scene: Scene, item: Item) -> None:
    withdraw(scene.session, scene.actor(AUTHOR), item.id, scene.now)


def solved(scene: Scene, item: Item) -> None:
    solve(scene.session, scene.actor(AUTHOR), item.id, scene.now)


def not_taken(scene: Scene, item: Item) -> None:
    leave_out(scene.session, curator(scene), item.id, scene.now, Reason.TOO_FULL, None)
    scene.tell(item)


@pytest.mark.parametrize("ends", [withdrawn, solved, not_taken])
def test_what_went_off_the_list_while_the_form_was_open_is_counted_and_the_rest_counts(
    scene: Scene, ends: Callable[[Scene, Item], None]
) -> None:
    gone, stays = scene.propose("Gone"), scene.propose("Stays")
    ends(scene, gone)
    seen = ticks(scene, gone, stays)
    assert (seen.gone, rows(scene)) == (1, [(stays.id, ONE)])
    with pytest.raises(NothingChanged):
        says(scene, gone)


def test_a_decision_that_is_not_told_yet_shows_in_nothing(scene: Scene) -> None:
    item = scene.propose()
    leave_out(scene.session, curator(scene), item.id, scene.now, Reason.TOO_FULL, None)
    says(scene, item)
    assert names(scene, item) == (SAM,)
    assert page(scene, curator(scene).person.user_id).items[0].state == ItemState.WAITING


def test_what_was_withdrawn_has_nobody_who_wants_to_talk_about_it(scene: Scene) -> None:
    item = scene.propose()
    says(scene, item)
    withdrawn(scene, item)
    assert rows(scene) == []


def test_what_is_solved_and_brought_back_has_them_still(scene: Scene) -> None:
    item = scene.propose()
    says(scene, item)
    solved(scene, item)
    bring_back(scene.session, scene.actor(AUTHOR), item.id, scene.now)
    assert names(scene, item) == (SAM,)


def test_they_go_with_the_item_to_the_next_meeting(scene: Scene) -> None:
    waiting, kept = scene.propose("Waits"), scene.propose("Kept")
    says(scene, waiting)
    says(scene, kept)
    hold(scene.session, curator(scene), kept.id, scene.now)
    meeting, _items = meeting_held(scene, "Talked about")
    gather_items(scene.session, scene.consortium, scene.now)
    assert waiting.meeting is kept.meeting is not meeting
    assert (names(scene, waiting), names(scene, kept)) == ((SAM,), (SAM,))


def test_what_comes_up_again_has_them_too_and_what_had_its_time_takes_no_more(scene: Scene) -> None:
    first, second = scene.propose("Buses"), scene.propose("Trains")
    says(scene, first)
    says(scene, second, OTHER)
    join(scene.session, curator(scene), second.id, scene.now, other_id=first.id)
    add_to_agenda(scene.session, curator(scene), first.id, scene.now)
    for item in (first, second):
        scene.tell(item)
    meeting, _items = meeting_held(scene)
    again = Written(Became.AGAIN, None)
    write_down(scene.session, curator(scene), Listed(meeting.id, first.id), again, scene.now)
    [result] = results_of_item(scene.session, first)
    copy = item_by_id(scene.session, result.copy_id or 0)
    assert copy is not None
    assert names(scene, copy) == (SAM, JOAN)
    with refusal("This item is not on the list any more."):
        says(scene, first, "U0DEPUTY")


def test_of_two_that_go_together_the_host_reads_the_names_of_both_once(scene: Scene) -> None:
    buses, trains = scene.propose("Buses"), scene.propose("Trains", by=ONE)
    says(scene, buses, ONE, OTHER)
    says(scene, trains, OTHER, "U0DEPUTY")
    join(scene.session, curator(scene), trains.id, scene.now, other_id=buses.id)
    assert board_of(scene).me_too == {buses.id: (JOAN, "Theo Lind")}
    assert names(scene, buses) == (SAM, JOAN)  # that they go together is not told yet


def left(person: Person, scene: Scene) -> None:
    person.leaves(scene.now)


def deactivated(person: Person, scene: Scene) -> None:
    person.deactivated_at = scene.now


@pytest.mark.parametrize("goes", [left, deactivated])
def test_who_is_not_there_any_more_is_not_named(scene: Scene, goes: Callable[[Person, Scene], None]) -> None:
    item = scene.propose()
    says(scene, item, ONE, OTHER)
    goes(scene.actor(ONE).person, scene)
    scene.session.flush()
    assert names(scene, item) == (JOAN,)


def test_who_is_erased_is_gone_from_it_and_their_export_told_it_before(scene: Scene) -> None:
    item = scene.propose()
    says(scene, item, ONE, OTHER)
    scene.cards(item)
    people = those_called(scene.session, "", ONE)
    exported = everything_about(scene.session, scene.consortium, people[0])
    assert exported["items to talk about, too"] == [{"item_id": item.id}]
    erase(scene.session, scene.consortium, people, NEUTRAL, scene.now)
    assert rows(scene) == [(item.id, OTHER)]
    assert "Sam Whitfield" not in card(scene, item)


def test_of_two_who_turn_out_to_be_one_person_one_word_stands(scene: Scene) -> None:
    item, own = scene.propose("Buses"), scene.propose("Mine", by="U0DEPUTY")
    says(scene, item, ONE, OTHER)
    says(scene, own, ONE)
    become_one(scene.session, scene.actor(ONE).person, scene.actor(OTHER).person)
    scene.session.expire_all()
    assert rows(scene) == [(item.id, OTHER), (own.id, OTHER)]
    become_one(scene.session, scene.actor(OTHER).person, scene.actor("U0DEPUTY").person)
    scene.session.expire_all()
    assert names(scene, own) == ()


def test_nothing_is_there_to_say_it_of(scene: Scene) -> None:
    assert page(scene).items == ()
    scene.meeting.day = scene.meeting.day.replace(year=2020)
    scene.session.flush()
    scene.propose("Without a meeting")
    assert titles(page(scene).items) == ["Without a meeting"]


def test_a_hundred_items_come_a_page_at_a_time(scene: Scene) -> None:
    items = [scene.propose(f"Item {number}", by=AUTHOR if number % 2 else OTHER) for number in range(100)]
    seen = page(scene)
    assert (len(seen.items), seen.has_more) == (15, True)
    last = page(scene, number=6)
    assert (titles(last.items)[-1], last.has_more) == ("Item 99", False)
    assert page(scene, number=50).agenda.page == 6
    assert ticks(scene, items[99]).said == frozenset()  # of another page
    assert page(scene, number=6).said == {items[99].id}


def test_only_the_hosts_team_and_whoever_may_see_the_item_know(scene: Scene) -> None:
    item = scene.propose()
    says(scene, item)
    not_taken(scene, item)
    assert names(scene, item) == ()
    [own] = own_page(scene.session, scene.actor(AUTHOR), scene.now).items.shown
    assert own.me_too == (SAM,)


def test_nothing_of_anothers_can_be_touched(scene: Scene) -> None:
    [theirs, *_] = scene.theirs(Item)
    ticks(scene, theirs)
    assert rows(scene) == []
    with refusal("This item is no longer here."):
        says(scene, theirs)


def saying(clock: FrozenClock, item_id: int, person: str) -> Callable[[Session], None]:
    def unit(session: Session) -> None:
        say_of_one(session, Scene.found(session, clock).actor(person), item_id, clock())

    return unit


@pytest.mark.usefixtures("founded")
def test_two_who_say_it_at_once_are_both_named(database: Database, clock: FrozenClock) -> None:
    with database.transaction(OURS) as session:
        item_id = Scene.found(session, clock).propose().id
    each = [saying(clock, item_id, person) for person in (ONE, OTHER)]
    assert at_once(database, *each, OURS) == (None, None)
    with database.transaction(OURS) as session:
        item = item_by_id(session, item_id)
        assert item is not None
        assert (me_too_of(session, item, EVERYBODY), item.me_toos) == ((SAM, JOAN), 2)


@pytest.mark.usefixtures("founded")
def test_who_says_it_while_its_author_withdraws_it_hears_so(database: Database, clock: FrozenClock) -> None:
    with database.transaction(OURS) as session:
        item_id = Scene.found(session, clock).propose().id

    def withdraws(session: Session) -> None:
        withdraw(session, Scene.found(session, clock).actor(AUTHOR), item_id, clock())

    _done, refused = at_once(database, withdraws, saying(clock, item_id, ONE), OURS)
    with refusal("Priya Nair has taken this item off the list."):
        raise refused
