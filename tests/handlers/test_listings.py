"""Everything that lists, with none, one, many and too many: Slack takes it, and each thing is reached on screen."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.agenda import ON_A_PAGE
from bot.board import RESTING_ON_A_PAGE
from bot.items import Receipt
from bot.own_items import OWN_ON_A_PAGE
from bot.seen.items import ItemSeen, ItemState, OwnSeen
from bot.seen.lists import Seen
from bot.seen.posts import DigestSeen
from bot.seen.settings import CollaborativeSeen, PersonSeen, SeatSeen, SettingsSeen, Who
from bot.seen.tips import Found
from handlers.blocks import (
    agenda,
    board,
    calls,
    digests,
    membership,
    own_items,
    publication,
    resting,
    setup,
    setup_forms,
    tips,
)
from handlers.blocks.kit import Message, View
from handlers.blocks.surfaces import HOME, MESSAGE, MODAL
from playground.slack import views
from playground.slack.messages import checked_blocks
from tests.handlers.renderings import (
    CONSORTIUM,
    MEETING,
    NEWS,
    TIP,
    TODAY,
    a_call,
    item,
    listing,
    long,
    many,
    on_board,
    published,
    stands,
    status,
)

HOW_MANY = (0, 1, 14, 300)
MOST_PAGES = 400

Drawn = Message | View


def seats(number: int) -> tuple[SeatSeen, ...]:
    places = range(1, number + 1)
    return tuple(SeatSeen(CollaborativeSeen(one, long(75), long(200), one), (), ()) for one in places)


def people(number: int) -> tuple[PersonSeen, ...]:
    return tuple(PersonSeen(Who("T0OTHER", f"U{one:010}"), long(80)) for one in range(number))


def settings(number: int, **changes: Any) -> SettingsSeen:
    return replace(SettingsSeen(CONSORTIUM, people(1), seats(number), ()), **changes)


def own(brought: Seen[ItemSeen], *, can_change: bool) -> Seen[OwnSeen]:
    return Seen(tuple(OwnSeen(one, can_change) for one in brought.shown))


def hosts(number: int) -> tuple[str, ...]:
    return tuple(long(75) for _ in range(number))


LISTINGS: dict[str, Callable[[int], Drawn]] = {
    "status": lambda n: agenda.status(status(stands(n, n))),
    "list": lambda n: agenda.items_list(listing(stands(n, n))),
    "mine": lambda n: own_items.mine(own(many(ItemState.WAITING, n), can_change=True)),
    "what can change no more": lambda n: own_items.mine(own(many(ItemState.NOT_TAKEN, n), can_change=False)),
    "drafts": lambda n: membership.question([item(ItemState.DRAFT) for _ in range(n)]),
    "board": lambda n: board.board(on_board(stands(n, n))),
    "board without what waits": lambda n: board.board(on_board(stands(n, 0))),
    "board of collaboratives without items": lambda n: board.board(
        on_board(stands(0, 0, without_items=hosts(n)))
    ),
    "what rests": lambda n: resting.resting(stands(0, n).turned_to(0, RESTING_ON_A_PAGE)),
    "call": lambda n: calls.call(a_call(stands(n, n))),
    "call to collaboratives": lambda n: calls.call(a_call(stands(0, without_items=hosts(n)))),
    "digest": lambda n: digests.digest(DigestSeen(_news(n), None)),
    "preview": lambda n: digests.preview(_news(n)),
    "publication": lambda n: publication.published(published(n)),
    "receipt": lambda n: own_items.receipt(Receipt(tuple(item() for _ in range(max(n, 1))), TODAY)),
    "tips": lambda n: tips.results(Found(Seen((TIP,) * n).first(10), may_remove=True), "breathe"),
    "settings of collaboratives": lambda n: setup.overview(settings(n)),
    "settings of meetings": lambda n: setup.overview(settings(1, meetings=(MEETING,) * n)),
    "settings of admins": lambda n: setup.overview(settings(1, admins=people(n))),
    "settings of a collaborative's people": lambda n: setup.overview(
        settings(1, seats=tuple(replace(one, curators=people(n), members=people(n)) for one in seats(1)))
    ),
    "form of the settings": lambda n: setup_forms.consortium_form(settings(1, admins=people(n))),
    "form of a new collaborative": lambda n: setup_forms.collaborative_form(settings(n), None),
    "form of a collaborative's people": lambda n: setup_forms.collaborative_form(
        settings(1), replace(seats(1)[0], curators=people(n), members=people(n))
    ),
    "form of a meeting": lambda n: setup_forms.meeting_form(settings(max(n, 1))),
    "form that asks a newcomer": lambda n: membership.join_form(
        [one.collaborative for one in seats(max(n, 1))]
    ),
}
"""A receipt is of one thing at least; and where there is no collaborative, no form asks for one."""


def _news(number: int) -> Any:
    return replace(
        NEWS,
        new=many(ItemState.WAITING, number),
        added=many(ItemState.ON_AGENDA, number),
        held=many(ItemState.HELD, number),
        not_taken=number,
        tips=number,
        coming=stands(number),
    )


@pytest.mark.parametrize("number", HOW_MANY)
@pytest.mark.parametrize("name", LISTINGS)
def test_slack_takes_any_number(name: str, number: int) -> None:
    drawn = LISTINGS[name](number)
    if isinstance(drawn, Message):
        checked_blocks(MESSAGE.shows(drawn)["blocks"])
        views.checked(MODAL.shows(drawn), "modal")
        views.checked(HOME.shows(drawn), "home")
    else:
        views.checked(drawn, "modal")


class Pages:
    """Things that are made once, and drawn page by page."""

    def __init__(self, wanted: set[str], draw: Callable[[int], Drawn]) -> None:
        self.wanted = wanted
        self.draw = draw


def _of_board(number: int) -> Pages:
    whole = stands(number, number)
    lists = (whole.on_agenda, whole.waiting, whole.held, whole.not_taken)
    return Pages(
        {str(one.id) for each in lists for one in each.shown}, lambda page: board.board(on_board(whole, page))
    )


def _of_resting(number: int) -> Pages:
    whole = stands(0, number)
    return Pages(
        {str(one.id) for one in whole.resting.shown},
        lambda page: resting.resting(whole.turned_to(page, RESTING_ON_A_PAGE)),
    )


def _of_mine(number: int) -> Pages:
    brought = own(many(ItemState.WAITING, number), can_change=True)
    last = max(number - 1, 0) // OWN_ON_A_PAGE
    return Pages(
        {str(one.item.id) for one in brought.shown},
        lambda page: own_items.mine(brought.page(min(page, last), OWN_ON_A_PAGE)),
    )


def _of_settings(number: int) -> Pages:
    known = settings(number)
    return Pages(_ids(number), lambda page: setup.overview(known, page))


def _of_hosts(number: int) -> Pages:
    return Pages(_ids(number), lambda _: setup_forms.meeting_form(settings(number)))


def _of_places(number: int) -> Pages:
    return Pages(_ids(number), lambda _: setup_forms.collaborative_form(settings(number), seats(number)[-1]))


def _of_choices(number: int) -> Pages:
    return Pages(_ids(number), lambda _: membership.join_form([one.collaborative for one in seats(number)]))


def _ids(number: int) -> set[str]:
    return {str(one) for one in range(1, number + 1)}


PAGED: dict[str, Callable[[int], Pages]] = {
    "board": _of_board,
    "what rests": _of_resting,
    "mine": _of_mine,
    "settings": _of_settings,
    "hosts of a meeting": _of_hosts,
    "places in hosting order": _of_places,
    "collaboratives of a newcomer": _of_choices,
}


@pytest.mark.parametrize("number", [number for number in HOW_MANY if number])
@pytest.mark.parametrize("name", PAGED)
def test_each_of_any_number_is_reached_by_turning_pages(name: str, number: int) -> None:
    pages = PAGED[name](number)
    reached: set[str] = set()
    for drawn in _turned(pages):
        reached |= {value.split(":")[0] for value in _values(drawn)}
    assert pages.wanted <= reached


def test_each_item_of_the_list_is_read_by_turning_pages() -> None:
    whole = stands(300, 300)
    lists = {
        state: Seen(tuple(replace(one, title=f"{state} {number}") for number, one in enumerate(each.shown)))
        for state, each in whole.lists.items()
    }
    titled = replace(whole, lists=lists)
    pages = Pages(set(), lambda page: agenda.items_list(listing(titled, page)))
    read = {text for drawn in _turned(pages) for text in _texts(drawn)}
    wanted = {f"{state} {number}" for state in ON_A_PAGE for number in range(300)}
    assert wanted <= read


@pytest.mark.parametrize("name", ["board", "mine", "settings"])
def test_a_page_beyond_the_last_is_the_last(name: str) -> None:
    pages = PAGED[name](14)
    *_, last = _turned(pages)
    assert pages.draw(10**8) == last


def test_numbers_go_on_from_page_to_page() -> None:
    second = agenda.items_list(listing(stands(100, 0), 1))
    [listed] = [part for part in _parts(second.blocks) if part.get("style") == "ordered"]
    assert listed["offset"] == ON_A_PAGE[ItemState.ON_AGENDA]


def _turned(pages: Pages) -> Iterator[Drawn]:
    """Every page, as somebody comes to see it who turns from the first to the last, and then is back at the first."""
    page = 0
    for _ in range(MOST_PAGES):
        drawn = pages.draw(page)
        if isinstance(drawn, Message):
            checked_blocks(MESSAGE.shows(drawn)["blocks"])
        yield drawn
        page = _next(drawn)
        if page == 0:
            return
    raise AssertionError("the pages have no end")


def _next(drawn: Drawn) -> int:
    labels = ("Show more", "Back to the beginning")
    doors = [part for part in _parts(_blocks(drawn)) if part.get("type") == "button"]
    turning = [door["value"] for door in doors if door["text"]["text"] in labels]
    assert len(turning) <= 1
    return int(turning[0].rpartition(":")[2]) if turning else 0


def _blocks(drawn: Drawn) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = drawn.blocks if isinstance(drawn, Message) else drawn["blocks"]
    return blocks


def _values(drawn: Drawn) -> set[str]:
    return {part["value"] for part in _parts(_blocks(drawn)) if "value" in part}


def _texts(drawn: Drawn) -> set[str]:
    """The titles, without the marks around what runs from right to left."""
    return {part["text"] for part in _parts(_blocks(drawn)) if part.get("type") == "text"}


def _parts(thing: Any) -> Iterator[dict[str, Any]]:
    if isinstance(thing, list):
        for one in thing:
            yield from _parts(one)
    elif isinstance(thing, dict):
        yield thing
        for value in thing.values():
            yield from _parts(value)
