"""What comes up in the room: from the host's team and from who takes notes it is on the agenda at once, from others before the host, today or next time."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.after_meeting import Listed, what_became
from bot.board import board
from bot.came_up import bring_today, bring_up, keep_for_next_time, meeting_under_way
from bot.consortia import apply
from bot.decisions import add_to_agenda, hold
from bot.items import Proposal, Receipt, withdraw
from bot.own_items import items_of
from bot.people import meet
from bot.results import Written, write_down
from bot.rotation import turn_over
from bot.seen.results import Became
from storage.consortia import consortium_of
from storage.database import Database
from storage.items import Item, ItemState
from storage.people import Who
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import Session
from tests.at_once import at_once
from tests.bot.hosting import OVER, curator, meeting_held, on_agenda, titles
from tests.builders import Scene, a_plan, deliver
from tests.clock import FrozenClock
from tests.drawn import draw
from tests.refusals import refusal
from tests.story import OURS

BEFORE, BEGUN, LATER = "2027-01-21 09:59", "2027-01-21 10:00", "2027-01-21 11:59"
AUTHOR = "U0MEMBER"


def brings(scene: Scene, by: str = "U0CURATOR", *titles: str, meeting_id: int | None = None) -> Receipt:
    proposals = [Proposal(title, minutes=10) for title in titles or ("Same system",)]
    return bring_up(scene.session, scene.actor(by), proposals, scene.now, meeting_id=meeting_id)


def item_of(scene: Scene, received: Receipt) -> Item:
    return scene.session.get_one(Item, received.items[0].id)


def under_way(scene: Scene, *titles: str) -> list[Item]:
    """The meeting of January has begun, with these on its agenda, and that of April is set."""
    return meeting_held(scene, *titles, at=BEGUN)[1]


def adds(scene: Scene, title: str = "Parking") -> Item:
    """Somebody brings something while they meet."""
    return scene.propose(title)


def chooses(scene: Scene, item: Item, way: Callable[..., object]) -> None:
    way(scene.session, scene.actor(AUTHOR), item.id, scene.now)


def card_of(scene: Scene, item: Item, place: str = "U0CURATOR") -> str:
    found = [post for post in scene.posts(PostKind.CARD, about=item.id) if post.place == place]
    message = draw(scene.session, found[-1], scene.now)
    return str(message and message.blocks)


def all_posts(scene: Scene, item: Item) -> list[Post]:
    return [post for kind in (PostKind.CARD, PostKind.OUTCOME) for post in scene.posts(kind, about=item.id)]


@pytest.mark.parametrize("at", [BEGUN, LATER])
def test_from_the_hosts_team_it_is_last_on_the_agenda_at_once_and_nobody_is_told(
    scene: Scene, at: str
) -> None:
    under_way(scene, "Rents")
    scene.clock.strikes(at)
    item = item_of(scene, brings(scene, "U0CURATOR", "Same system", "Parking"))
    assert (item.state, item.came_up, item.is_late, item.told_at) == (
        ItemState.ON_AGENDA,
        True,
        False,
        scene.now,
    )
    stands = board(scene.session, curator(scene), scene.meeting.id, scene.now)
    assert titles(stands.on_agenda.shown) == ["Rents", "Same system", "Parking"]
    assert not all_posts(scene, item)


def test_it_takes_what_is_kept_for_it(scene: Scene) -> None:
    scene.clock.strikes("2027-01-20 10:00")
    [item] = on_agenda(scene, "Rents")
    item.minutes = 95
    before = board(scene.session, curator(scene), scene.meeting.id, scene.now)
    assert before.timing is not None
    scene.clock.strikes(BEGUN)
    new = brings(scene).items[0]
    stands = board(scene.session, curator(scene), scene.meeting.id, scene.now)
    assert stands.timing is not None
    assert stands.timing.for_items == before.timing.for_items + before.timing.reserve
    assert stands.schedule[new.id].fits
    new = brings(scene, "U0CURATOR", "Another").items[0]
    stands = board(scene.session, curator(scene), scene.meeting.id, scene.now)
    assert not stands.schedule[new.id].fits


def test_it_stands_in_the_list_afterwards_with_its_mark_and_goes_on_without_it(scene: Scene) -> None:
    under_way(scene, "Rents")
    meeting = scene.meeting
    item = item_of(scene, brings(scene))
    scene.clock.strikes(OVER)
    turn_over(scene.session, scene.consortium, scene.now)
    seen = what_became(scene.session, curator(scene), meeting.id, scene.now)
    assert [(one.item.title, one.item.came_up) for one in seen.results.shown] == [
        ("Rents", False),
        ("Same system", True),
    ]
    one = Listed(meeting.id, item.id)
    write_down(scene.session, curator(scene), one, Written(Became.NOT_REACHED), scene.now)
    assert (item.state, item.came_up, item.meeting is meeting) == (ItemState.WAITING, False, False)
    write_down(scene.session, curator(scene), one, Written(Became.DONE), scene.now)
    assert (item.state, item.came_up, item.meeting is meeting) == (ItemState.ON_AGENDA, True, True)


@pytest.mark.parametrize("at", [BEFORE, OVER])
def test_where_no_meeting_is_under_way_nothing_is_brought(scene: Scene, at: str) -> None:
    meeting_held(scene, "Rents", at=at)
    with refusal("No meeting is under way"):
        brings(scene)
    with refusal("No meeting is under way"):
        meeting_under_way(scene.session, curator(scene), scene.now)


def test_a_form_of_one_meeting_brings_nothing_to_another(scene: Scene) -> None:
    under_way(scene)
    meeting_id = scene.meeting.id
    assert brings(scene, meeting_id=meeting_id).items
    with refusal("No meeting is under way") as refused:
        brings(scene, meeting_id=meeting_id + 1)
    assert refused.value.field == "title"


def test_from_others_it_is_before_the_host_who_takes_it_up_with_one_click(scene: Scene) -> None:
    under_way(scene, "Rents")
    item = item_of(scene, brings(scene, AUTHOR))
    assert (item.state, item.came_up, item.is_late) == (ItemState.WAITING, True, False)
    assert "came up in the room" in card_of(scene, item)
    assert "Take it up today" in card_of(scene, item)
    add_to_agenda(scene.session, curator(scene), item.id, scene.now)
    assert item.position == 2


@pytest.mark.parametrize(("at", "came_up"), [(BEFORE, False), (BEGUN, True), (OVER, False)])
def test_only_what_is_brought_while_they_meet_came_up(scene: Scene, at: str, *, came_up: bool) -> None:
    meeting_held(scene, at=at)
    assert adds(scene).came_up is came_up


def test_what_nobody_decides_about_goes_on_by_itself(scene: Scene) -> None:
    under_way(scene)
    today, item = scene.meeting, adds(scene)
    scene.clock.strikes(OVER)
    turn_over(scene.session, scene.consortium, scene.now)
    assert (item.state, item.came_up, item.meeting is today) == (ItemState.WAITING, False, False)
    assert scene.cards(item)["U0RUTH"]


def test_kept_for_next_time_it_is_before_the_next_host_once_the_meeting_is_over_and_counts_as_no_carry_over(
    scene: Scene,
) -> None:
    under_way(scene)
    item = adds(scene)
    assert scene.cards(item)["U0CURATOR"]
    chooses(scene, item, keep_for_next_time)
    assert "keeps this for the next meeting" in card_of(scene, item)
    assert "item.take" not in card_of(scene, item)
    assert not scene.posts(PostKind.OUTCOME, about=item.id)
    scene.clock.strikes(OVER)
    turn_over(scene.session, scene.consortium, scene.now)
    assert (item.state, item.carry_overs, item.came_up) == (ItemState.WAITING, 0, False)
    assert scene.cards(item)["U0RUTH"]
    assert not scene.posts(PostKind.CARRIED_OVER, about=item.id)


def test_who_thinks_better_of_it_brings_it_today_after_all(scene: Scene) -> None:
    under_way(scene)
    item = adds(scene)
    chooses(scene, item, keep_for_next_time)
    assert {post.state for post in scene.posts(PostKind.CARD, about=item.id)} == {PostState.NOT_NEEDED}
    chooses(scene, item, bring_today)
    assert scene.cards(item) == {"U0CURATOR": True, "U0DEPUTY": True}
    chooses(scene, item, bring_today)
    add_to_agenda(scene.session, curator(scene), item.id, scene.now)
    [outcome] = scene.posts(PostKind.OUTCOME, about=item.id)
    deliver(outcome, scene.now)


def test_of_what_the_host_has_decided_its_author_chooses_nothing_and_learns_nothing(scene: Scene) -> None:
    under_way(scene)
    for decide in (add_to_agenda, hold):
        item = adds(scene)
        decide(scene.session, curator(scene), item.id, scene.now)
        with refusal("is looking at this item"):
            chooses(scene, item, keep_for_next_time)
    item = adds(scene)
    chooses(scene, item, keep_for_next_time)
    with refusal("already"):
        chooses(scene, item, keep_for_next_time)


@pytest.mark.parametrize("way", [keep_for_next_time, bring_today])
def test_nothing_is_chosen_of_what_did_not_come_up_or_when_the_meeting_is_over(
    scene: Scene, way: Callable[..., object]
) -> None:
    before = scene.propose("Before")
    under_way(scene)
    item, gone = adds(scene), adds(scene)
    withdraw(scene.session, scene.actor(AUTHOR), gone.id, scene.now)
    with refusal("not for today"):
        chooses(scene, before, way)
    with refusal("withdrawn"):
        chooses(scene, gone, way)
    scene.clock.strikes("2027-01-21 12:00")
    with refusal("not for today"):
        chooses(scene, item, way)


def test_no_more_comes_up_in_a_day_than_one_person_may_bring(scene: Scene) -> None:
    under_way(scene)
    with refusal("a day is the most"):
        bring_up(scene.session, curator(scene), [Proposal("A"), Proposal("B")], scene.now, 1)


def test_own_items_tell_what_came_up(scene: Scene) -> None:
    under_way(scene)
    adds(scene)
    [own] = items_of(scene.session, scene.actor(AUTHOR), scene.now).shown
    assert own.item.came_up


def test_of_two_who_bring_something_at_once_each_gets_a_place_of_its_own(
    database: Database, clock: FrozenClock
) -> None:
    clock.strikes(BEGUN)

    def brings_one(user_id: str) -> Callable[[Session], int | None]:
        def unit(session: Session) -> int | None:
            consortium = consortium_of(session, "T0SISTER")
            assert consortium is not None
            actor = meet(session, consortium, Who("T0SISTER", user_id), None)
            [seen] = bring_up(session, actor, [Proposal(user_id)], clock()).items
            return session.get_one(Item, seen.id).position

        return unit

    with database.transaction() as session:
        apply(session, a_plan(), clock() - timedelta(days=60))
    assert at_once(database, brings_one("U0CURATOR"), brings_one("U0DEPUTY"), OURS) == (1, 2)
