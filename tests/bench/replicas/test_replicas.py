"""Several bots on one Postgres count only if each of their cards is there once."""

from types import SimpleNamespace

import pytest

from bench import cast
from bench.replicas import part
from bench.replicas.part import Together, report
from bench.wrong_answer import WrongAnswer

FIRST, SECOND = cast.CURATORS


def bots(*typed: int, cards: dict[str, int]) -> list[SimpleNamespace]:
    """Bots to which so many items were typed, in a Slack in which the curators have so many cards."""

    async def until(is_so: object, _seconds: float) -> None:
        if not is_so():
            raise TimeoutError

    world = SimpleNamespace(messages={person: [None] * count for person, count in cards.items()})
    slack = SimpleNamespace(world=world, direct=lambda person: SimpleNamespace(id=person), until=until)
    return [SimpleNamespace(slack=slack, typed=count) for count in typed]


async def test_each_card_is_there_once() -> None:
    await part._every_card_is_there_once(bots(3, 2, cards={FIRST: 5, SECOND: 5}))


@pytest.mark.parametrize("cards", [{FIRST: 5, SECOND: 4}, {FIRST: 5, SECOND: 6}], ids=["missing", "twice"])
async def test_a_card_that_is_missing_or_there_twice_ends_it_without_figures(cards: dict[str, int]) -> None:
    with pytest.raises(WrongAnswer, match="5"):
        await part._every_card_is_there_once(bots(3, 2, cards=cards))


def test_each_number_of_bots_is_compared_with_one() -> None:
    told = report({1: Together(100, 50, 4), 4: Together(250, 100, 5)}).splitlines()
    assert told[-1] == "| 4 | 250 | 2.50 | 100 | 2.00 | 5.0 | 1.25 |"
