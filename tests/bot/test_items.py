"""Proposing, changing and withdrawing items."""

from collections.abc import Iterable
from datetime import date

import pytest

from bot.calendar import closing_day
from bot.daily_measure import MOST_A_DAY
from bot.decisions import add_to_agenda, leave_out
from bot.items import (
    Proposal,
    bring_again,
    drafts_of,
    edit,
    item_to_bring_again,
    propose,
    withdraw,
)
from bot.meetings import arrange
from bot.membership import join
from bot.own_items import OWN_ON_A_PAGE, items_of, own_page, said_on_page
from bot.rotation import turn_over
from bot.seen.items import ItemSeen
from handlers.blocks import own_items as draw
from handlers.blocks.surfaces import MESSAGE
from storage.items import Item, ItemState, Reason, Wish
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from tests.builders import Scene, an_arrangement, deliver
from tests.refusals import refusal

A_DAY_LATER = date(2027, 4, 15)


def own(scene: Scene, user_id: str) -> list[int]:
    pages = (items_of(scene.session, scene.actor(user_id), scene.now, page) for page in range(2))
    return list(dict.fromkeys(own.item.id for page in pages for own in page.shown))


def rows(scene: Scene, items: Iterable[ItemSeen]) -> list[Item]:
    return [scene.session.get_one(Item, item.id) for item in items]


def places(scene: Scene, item: Item | ItemSeen) -> list[str]:
    return [post.place for post in scene.posts(PostKind.CARD, about=item.id)]


def test_an_item_lands_in_the_next_meeting_and_its_host_is_asked(scene: Scene) -> None:
    item = scene.propose("Budget cuts", minutes=15, wish=Wish.ADVICE, on_behalf_of="Dana")

    assert (item.title, item.minutes, item.wish, item.on_behalf_of) == (
        "Budget cuts",
        15,
        Wish.ADVICE,
        "Dana",
    )
    assert item.meeting is not None
    assert (item.meeting.day, item.meeting.host.name) == (date(2027, 1, 21), "CCSJ")
    assert (item.state, item.submitted_at, item.is_late) == (ItemState.WAITING, scene.now, False)
    assert item.collaborative is scene.collaborative("CCSJ")
    assert places(scene, item) == ["U0CURATOR", "U0DEPUTY"]


def test_a_receipt_says_when_items_close(scene: Scene) -> None:
    receipt = propose(scene.session, scene.actor("U0MEMBER"), [Proposal("Budget")], scene.now)

    assert receipt.closes == date(2027, 1, 14)
    assert receipt.choices == ()


@pytest.mark.parametrize(
    ("local", "is_late"),
    [
        ("2027-01-14 00:00", False),
        ("2027-01-14 23:59", False),  # in UTC it is the next day already
        ("2027-01-15 00:00", True),
        ("2027-01-20 23:00", True),
    ],
)
def test_late_is_what_comes_after_the_closing_day_of_the_calendar_there(
    scene: Scene, local: str, *, is_late: bool
) -> None:
    scene.clock.strikes(local)
    assert closing_day(scene.meeting.day, 7) == date(2027, 1, 14)

    assert scene.propose().is_late is is_late


def test_twenty_items_come_at_once_and_in_order(scene: Scene) -> None:
    titles = [f"Item {number}" for number in range(20)]
    receipt = propose(
        scene.session, scene.actor("U0MEMBER"), [Proposal(title) for title in titles], scene.now
    )

    assert [item.title for item in receipt.items] == titles
    assert own(scene, "U0MEMBER") == [item.id for item in reversed(receipt.items)]
    assert all(places(scene, item) == ["U0CURATOR", "U0DEPUTY"] for item in receipt.items)


def test_what_somebody_unknown_brings_stays_a_draft_until_they_say_whom_they_are_with(scene: Scene) -> None:
    stranger = scene.actor("U0NEW")
    receipt = propose(scene.session, stranger, [Proposal("One"), Proposal("Two")], scene.now)

    assert [choice.name for choice in receipt.choices] == ["CCSJ", "Bayview", "Mission", "Sunset"]
    assert {item.state for item in receipt.items} == {ItemState.DRAFT}
    assert [places(scene, item) for item in receipt.items] == [[], []]

    scene.clock.passes(hours=1)
    handed_in = join(scene.session, stranger, scene.collaborative("Sunset").id, scene.now).received
    assert [item.title for item in handed_in.items] == ["One", "Two"]
    assert handed_in.closes == date(2027, 1, 14)
    assert {item.collaborative for item in handed_in.items} == {"Sunset"}
    assert {item.state for item in handed_in.items} == {ItemState.WAITING}
    assert {item.submitted_at for item in rows(scene, handed_in.items)} == {scene.now}
    cards = [post.subject_id for post in scene.posts(PostKind.CARD) if post.place == "U0CURATOR"]
    assert cards == [item.id for item in handed_in.items]
    assert drafts_of(scene.session, stranger) == []


@pytest.mark.parametrize("user", ["U0ADMIN", "U0CURATOR"])
def test_those_who_run_the_thing_need_not_be_asked(scene: Scene, user: str) -> None:
    scene.actor(user).person.collaborative = None
    scene.session.flush()

    assert scene.propose(by=user).state == ItemState.WAITING


def test_an_admin_of_another_consortium_is_somebody_unknown_here(scene: Scene) -> None:
    receipt = propose(scene.session, scene.actor("U0ADMIN", "T0NOISE"), [Proposal("One")], scene.now)

    assert receipt.choices


def test_while_no_meeting_is_known_an_item_waits_for_one(scene: Scene) -> None:
    scene.clock.strikes("2027-01-21 13:00")
    item = scene.propose()
    assert (item.meeting, item.state, places(scene, item)) == (None, ItemState.WAITING, [])

    meeting = arrange(
        scene.session,
        scene.consortium,
        scene.collaborative("Bayview"),
        an_arrangement(day=A_DAY_LATER),
        scene.now,
    )
    assert item.meeting is meeting
    assert not item.is_carried_over
    assert places(scene, item) == ["U0RUTH"]


def test_an_edit_shows_on_the_cards(scene: Scene) -> None:
    item = scene.propose("Budget cuts")
    before = scene.posts(PostKind.CARD, about=item.id)[0].wanted_version
    changed = Proposal("Budget", "All of it", Wish.DECIDE, 30, "https://example.org", "Dana")

    edit(scene.session, scene.actor("U0MEMBER"), item.id, changed, shown=100, now=scene.now)
    assert (item.title, item.details, item.wish, item.minutes) == ("Budget", "All of it", Wish.DECIDE, 30)
    assert (item.links, item.lead) == ("https://example.org", "Dana")
    assert scene.posts(PostKind.CARD, about=item.id)[0].wanted_version == before + 1


@pytest.mark.parametrize(
    ("before", "sent", "kept"),
    [
        ("short", "short", "short"),
        ("short", "other", "other"),
        ("short", None, None),
        (None, "new", "new"),
        ("x" * 4000, "x" * 2999 + "…", "x" * 4000),
        ("x" * 4000, "x" * 2998 + "…", "x" * 2998 + "…"),
    ],
)
def test_details_that_nobody_touched_stay_whole(
    scene: Scene, before: str | None, sent: str | None, kept: str | None
) -> None:
    """Also those of which the form could show only a part."""
    item, author, form = scene.propose(details=before), scene.actor("U0MEMBER"), Proposal("Budget", sent)
    [again] = bring_again(scene.session, author, item.id, form, 3000, scene.now).items
    [edited] = edit(scene.session, author, item.id, form, shown=3000, now=scene.now).items

    assert (edited.details, again.details, item.details) == (kept, kept, kept)


def test_an_item_that_was_taken_back_can_be_brought_again_but_one_that_is_gone_can_not(scene: Scene) -> None:
    author = scene.actor("U0MEMBER")
    item = withdraw(scene.session, author, scene.propose("Budget").id, scene.now)
    assert item_to_bring_again(scene.session, author, item.id).title == "Budget"
    with refusal("no longer here"):
        item_to_bring_again(scene.session, author, item.id + 1)


def test_a_host_who_said_no_is_not_asked_again_for_the_same_meeting(scene: Scene) -> None:
    item, author = scene.propose("Parking"), scene.actor("U0MEMBER")
    leave_out(scene.session, scene.actor("U0CURATOR"), item.id, scene.now, Reason.OTHER, None)
    scene.tell(item)
    receipt = bring_again(scene.session, author, item.id, Proposal("Parking, shorter"), 3000, scene.now)

    [seen] = receipt.items
    again = scene.session.get_one(Item, seen.id)
    assert (again.state, again.is_late, scene.posts(PostKind.CARD, about=again.id)) == (
        ItemState.HELD,
        False,
        [],
    )
    assert (
        "kept for the meeting after Thursday, January 21, 2027"
        in MESSAGE.shows(draw.receipt(receipt))["text"]
    )
    scene.clock.strikes("2027-01-22 08:00")
    turn_over(scene.session, scene.consortium, scene.now)
    assert (again.state, again.meeting is scene.meeting) == (ItemState.WAITING, True)
    assert [post.place for post in scene.posts(PostKind.CARD, about=again.id)] == ["U0RUTH"]
    assert scene.posts(PostKind.CARRIED_OVER, about=again.id) == []


def test_while_nobody_was_told_of_the_no_bringing_it_again_tells_nothing_of_it(scene: Scene) -> None:
    item, author = scene.propose("Parking"), scene.actor("U0MEMBER")
    leave_out(scene.session, scene.actor("U0CURATOR"), item.id, scene.now, Reason.OTHER, None)
    [again] = bring_again(scene.session, author, item.id, Proposal("Parking"), 3000, scene.now).items
    assert again.state == ItemState.WAITING


def test_what_was_not_taken_for_a_meeting_that_is_over_goes_to_the_next_host(scene: Scene) -> None:
    item, author = scene.propose("Parking"), scene.actor("U0MEMBER")
    leave_out(scene.session, scene.actor("U0CURATOR"), item.id, scene.now, Reason.OTHER, None)
    scene.tell(item)
    scene.clock.strikes("2027-01-22 08:00")
    turn_over(scene.session, scene.consortium, scene.now)
    [again] = bring_again(scene.session, author, item.id, Proposal("Parking"), 3000, scene.now).items
    assert (again.state, again.meeting and again.meeting.host) == (ItemState.WAITING, "Bayview")


def test_what_is_brought_again_is_for_whom_the_form_says(scene: Scene) -> None:
    item, author = scene.propose(on_behalf_of="Dana"), scene.actor("U0MEMBER")
    sent = Proposal("Again", on_behalf_of="Eve")
    [again] = bring_again(scene.session, author, item.id, sent, 3000, scene.now).items

    assert (again.title, again.on_behalf_of) == ("Again", "Eve")
    assert again.id != item.id


def test_what_is_withdrawn_from_a_page_leaves_what_else_stands_on_it(scene: Scene) -> None:
    items = [scene.propose(f"Item {number}") for number in range(OWN_ON_A_PAGE + 2)]
    author = scene.actor("U0MEMBER")
    gone, rest = said_on_page(scene.session, author, items[1].id, scene.now, withdraw, 1)
    assert (gone.id, gone.state) == (items[1].id, ItemState.WITHDRAWN)
    assert [own.item.id for own in rest.shown] == [items[0].id]
    _, rest = said_on_page(scene.session, author, items[0].id, scene.now, withdraw, 1)
    assert len(rest.shown) == OWN_ON_A_PAGE, "of a page that is not there any more, the last"


def test_whom_nobody_has_asked_about_it_yet_is_not_asked_about_what_was_withdrawn(scene: Scene) -> None:
    item = scene.propose()
    withdraw(scene.session, scene.actor("U0MEMBER"), item.id, scene.now)
    assert {card.state for card in scene.posts(PostKind.CARD, about=item.id)} == {PostState.NOT_NEEDED}


def test_what_is_withdrawn_is_gone_for_all_and_stays_so(scene: Scene) -> None:
    item = scene.propose()
    for card in scene.posts(PostKind.CARD, about=item.id):
        deliver(card, scene.now)
    before = scene.posts(PostKind.CARD, about=item.id)[0].wanted_version

    withdraw(scene.session, scene.actor("U0MEMBER"), item.id, scene.now)
    assert item.state == ItemState.WITHDRAWN
    assert scene.posts(PostKind.CARD, about=item.id)[0].wanted_version == before + 1
    assert own(scene, "U0MEMBER") == []
    for verb in (
        lambda: withdraw(scene.session, scene.actor("U0MEMBER"), item.id, scene.now),
        lambda: edit(
            scene.session, scene.actor("U0MEMBER"), item.id, Proposal("Again"), shown=100, now=scene.now
        ),
    ):
        with refusal("withdrawn this item already"):
            verb()
    assert item.title == "Budget cuts"


def test_ones_own_list_holds_nobody_elses_items(scene: Scene) -> None:
    mine, theirs = scene.propose("Mine"), scene.propose("Theirs", by="U0CURATOR")

    assert own(scene, "U0MEMBER") == [mine.id]
    assert own(scene, "U0CURATOR") == [theirs.id]


def test_a_draft_is_seen_with_all_that_it_does_not_have_yet(scene: Scene) -> None:
    stranger = scene.actor("U0NEW")
    [item] = propose(scene.session, stranger, [Proposal("One")], scene.now).items

    assert (item.meeting, item.collaborative, item.decision) == (None, None, None)
    assert (item.state, item.since) == (ItemState.DRAFT, scene.now)


def test_what_was_on_the_agenda_of_a_meeting_that_is_over_is_not_withdrawn(scene: Scene) -> None:
    item = scene.propose()
    add_to_agenda(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    scene.clock.strikes("2027-01-21 12:00")

    with refusal("is over"):
        withdraw(scene.session, scene.actor("U0MEMBER"), item.id, scene.now)
    assert item.state == ItemState.ON_AGENDA


def bring(scene: Scene, number: int) -> list[int]:
    """The ids, the newest first."""
    brought = []
    for n in range(number):
        if n % MOST_A_DAY == MOST_A_DAY - 1:
            scene.clock.passes(days=1)
        brought.insert(0, scene.propose(f"Item {n}").id)
    return brought


@pytest.mark.parametrize(
    ("number", "page", "shown", "more"),
    [
        (0, 0, slice(0, 0), 0),
        (1, 0, slice(0, 1), 0),
        (14, 0, slice(0, 14), 0),
        (15, 0, slice(0, 14), 1),
        (15, 1, slice(14, 15), 0),
        (15, 7, slice(14, 15), 0),
        (114, 0, slice(0, 14), 100),
        (116, 0, slice(0, 14), 101),
    ],
)
def test_ones_own_items_come_in_pages(scene: Scene, number: int, page: int, shown: slice, more: int) -> None:
    """Of a page that is not there any more, the last one. More than a hundred are counted no further."""
    ids = bring(scene, number)
    here = items_of(scene.session, scene.actor("U0MEMBER"), scene.now, page)
    assert [own.item.id for own in here.shown] == ids[shown]
    assert (here.before, here.more) == (shown.start, more)


def test_drafts_are_asked_about_whatever_page_is_turned_to(scene: Scene) -> None:
    stranger = scene.actor("U0NEW")
    propose(scene.session, stranger, [Proposal("Food")], scene.now)
    assert [draft.title for draft in own_page(scene.session, stranger, scene.now, 3).drafts] == ["Food"]
