"""Each kind of post has all that delivery needs of it; what is missing is named."""

import inspect
from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass, replace
from enum import StrEnum
from typing import Any, get_args, get_type_hints

import pytest

from bot.changes import Entry
from bot.errors import Words
from bot.held import TOLD_TO_KEEPERS
from bot.quiet import Budget, Merges, Rings
from bot.seen.items import ItemSeen
from bot.undelivered import ABOUT_DELIVERY
from handlers.blocks.kit import Message
from handlers.delivery.kind import Kind
from handlers.delivery.kinds import KINDS, NOISES
from storage.post_kinds import FILES, GOES_FIRST, LIST_ITEMS, About, IfUnknown, PostKind
from tests.handlers.renderings import RENDERINGS
from tests.messages import extracted

Kinds = Mapping[Any, Kind[Any]]
CARD = KINDS[PostKind.CARD]


def missing(kinds: Kinds, of: Iterable[StrEnum] = PostKind) -> list[str]:
    """What the kinds of posts still need, a line each."""
    drawn, messages = {name.split()[0] for name in RENDERINGS}, extracted()
    found = []
    for kind in of:
        if not isinstance(getattr(kind, "about", None), About):
            found.append(f"{kind}: what it is about, in storage/post_kinds.py")
        if not isinstance(getattr(kind, "if_unknown", None), IfUnknown):
            found.append(
                f"{kind}: what becomes of it if nobody knows whether it arrived, in storage/post_kinds.py"
            )
        if kind not in kinds:
            found.append(f"{kind}: a record in handlers/delivery/kinds.py")
            continue
        if (drawer := _named(kinds[kind].draw)) not in drawn:
            found.append(f"{kind}: a drawing of {drawer} in tests/handlers/drawings.py")
        if not all(map(isinstance, kinds[kind].noise, (Rings, Budget, Merges))):
            found.append(f"{kind}: when it rings, whose patience it uses, and into what it merges")
        called = kinds[kind].called
        if (
            called is None and kind.about not in ABOUT_DELIVERY
        ):  # nobody is told that those did not get through
            found.append(f"{kind}: how people call it")
        if called is not None and called.message not in messages:
            found.append(f"{kind}: {called.message!r} among the messages of `make messages`")
    return found


def _named(drawer: Any) -> str:
    """As renderings call it."""
    return f"{drawer.__module__.removeprefix('handlers.blocks.')}.{drawer.__name__}"


def test_nothing_is_missing_of_any_kind_of_post() -> None:
    assert missing(KINDS) == []
    assert set(KINDS) == set(PostKind)


def test_all_that_admins_are_told_goes_to_those_who_keep_the_settings_by_now() -> None:
    assert {kind for kind, noise in NOISES.items() if noise.uses is Budget.ADMIN} == set(TOLD_TO_KEEPERS)


NOBODY_CAN_LOOK = {PostKind.GROUP_TALK, PostKind.NOT_GRANTED, *FILES}
"""In a group message the host is not, admins are told what nobody else is, and whoever asked for a file asks again."""


def test_of_messages_about_delivery_a_double_is_better_than_a_loss_and_of_what_no_host_can_look_for() -> None:
    rather_doubled = {kind for kind in PostKind if kind.is_rather_doubled}
    assert rather_doubled == NOBODY_CAN_LOOK | {kind for kind in PostKind if kind.about in ABOUT_DELIVERY}


def test_what_goes_with_a_file_is_a_message_of_its_own_that_stays_as_it_is() -> None:
    with_file = {kind for kind, record in KINDS.items() if record.file}
    assert with_file == set(FILES)
    for kind in with_file:
        assert KINDS[kind].is_told_once, kind
        assert KINDS[kind].noise.merges is Merges.INTO_NOTHING, kind


# --- Planted bugs: each is named


class Unheard(StrEnum):
    """Kinds that say nothing of themselves."""

    OF = "unheard of"


def a_new_drawer(_view: Any) -> Message:
    return Message([])


def with_card(**changes: Any) -> Kinds:
    return {**KINDS, PostKind.CARD: replace(CARD, **changes)}


@pytest.mark.parametrize(
    ("kinds", "of", "named"),
    [
        (
            {kind: record for kind, record in KINDS.items() if kind != PostKind.CARD},
            PostKind,
            "card: a record in handlers/delivery/kinds.py",
        ),
        (with_card(draw=a_new_drawer), PostKind, "card: a drawing of"),
        (
            with_card(called=Words(f"A question that {'nobody'} marked")),
            PostKind,
            "card: 'A question that nobody marked'",
        ),
        (with_card(called=None), PostKind, "card: how people call it"),
        (with_card(noise=(Rings.AT_ONCE, None, Merges.INTO_NOTHING)), PostKind, "card: when it rings"),
        ({Unheard.OF: CARD}, Unheard, "unheard of: what it is about"),
        ({Unheard.OF: CARD}, Unheard, "unheard of: what becomes of it if nobody knows"),
    ],
)
def test_what_is_missing_of_a_kind_is_named(kinds: Kinds, of: Iterable[StrEnum], named: str) -> None:
    assert any(line.startswith(named) for line in missing(kinds, of))


@pytest.mark.parametrize("kind", PostKind)
def test_who_erases_words_knows_every_kind_that_shows_items_of_others(kind: PostKind) -> None:
    """What is about an item, or about a question that was asked about one, is known by its subject."""
    seen = next(iter(get_type_hints(inspect.unwrap(KINDS[kind].draw)).values()))
    shows_items = not within(seen).isdisjoint({ItemSeen, Entry})
    assert (kind in LIST_ITEMS) == (shows_items and kind.about not in (About.ITEM, About.QUESTION))


def within(kind: Any, known: frozenset[Any] = frozenset()) -> set[Any]:
    """All that a view is made of. `known`: in what it stands, as words may stand in words."""
    if kind in known:
        return set()
    parts = [*get_args(kind), *(get_type_hints(kind).values() if is_dataclass(kind) else ())]
    return {kind}.union(*(within(part, known | {kind}) for part in parts))


def test_what_goes_first_is_tried_again_soon_and_nothing_else_as_people_wait_for_no_other() -> None:
    assert {kind for kind, record in KINDS.items() if record.longest_pause is not None} == {*GOES_FIRST}
