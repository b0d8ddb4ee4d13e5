"""Everything that a person or the clock asks again and again, with what is drawn of the answer."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from bench import cast
from bench.growth.filling import COMMON, RARE, actor
from bot import board, digests, items, own_items, tips, where_things_stand
from bot.at_every_tick import CLOCKWORK
from bot.items import Proposal
from bot.rotation import turn_over
from handlers.blocks import agenda as draw_agenda
from handlers.blocks import board as draw_board
from handlers.blocks import digests as draw_digests
from handlers.blocks import own_items as draw_own
from handlers.blocks import tips as draw_tips
from handlers.blocks.kit import Message
from storage.claims import claim, claim_sweeps
from storage.consortia import Consortium
from storage.tenancy import Session

ASKS, DECIDES = cast.CROWD[0], cast.CURATORS[0]
LEASE = timedelta(minutes=2)
FIRST, LAST = 0, 10_000
"""Pages."""


class Question(NamedTuple):
    """`ask` is asked of the database; `draw` makes what is shown of the answer, if anything is."""

    ask: Callable[[Session, Consortium, datetime], Any]
    draw: Callable[[Any], Message | None] = lambda _: None


def _status(session: Session, consortium: Consortium, now: datetime) -> Any:
    return where_things_stand.status(session, actor(session, consortium, ASKS), now)


def _listing(page: int) -> Question:
    return Question(
        lambda session, consortium, now: where_things_stand.listing(
            session, actor(session, consortium, ASKS), now, page
        ),
        draw_agenda.items_list,
    )


def _mine(page: int) -> Question:
    return Question(
        lambda session, consortium, now: own_items.own_page(
            session, actor(session, consortium, ASKS), now, page
        ),
        lambda own: draw_own.mine(own.items),
    )


def _board(session: Session, consortium: Consortium, now: datetime) -> Any:
    return board.next_board(session, actor(session, consortium, DECIDES), now)


def _digest(session: Session, consortium: Consortium, now: datetime) -> Any:
    return digests.preview(session, actor(session, consortium, ASKS), now)


def _tips(*words: str) -> Question:
    return Question(
        lambda session, consortium, now: tips.find(session, actor(session, consortium, ASKS), words, now),
        lambda found: draw_tips.results(found, " ".join(words)),
    )


def _add(session: Session, consortium: Consortium, now: datetime) -> Any:
    return items.propose(session, actor(session, consortium, ASKS), [Proposal("One more")], now)


def _tick(session: Session, consortium: Consortium, now: datetime) -> None:
    for verb in CLOCKWORK.values():
        verb(session, consortium, now)


QUESTIONS: Mapping[str, Question] = {
    "`/agenda`": Question(_status, draw_agenda.status),
    "`/agenda list`": _listing(FIRST),
    "`/agenda list`, the last page": _listing(LAST),
    "the host's board": Question(_board, draw_board.board),
    "`/agenda mine`": _mine(FIRST),
    "`/agenda mine`, the last page": _mine(LAST),
    "`/agenda digest`": Question(_digest, draw_digests.preview),
    "`/agenda tips`": _tips(),
    "`/agenda tips`, a common word": _tips(COMMON),
    "`/agenda tips`, a rare word": _tips(RARE),
    "`/agenda tips`, a word that is in none": _tips("zzz"),
    "`/agenda add`": Question(_add),
    "a tick with nothing due": Question(_tick),
    "a tick: is the meeting over": Question(turn_over),
    "claim what is due": Question(lambda session, _, now: claim(session, now, LEASE, set())),
    "claim sweeps": Question(lambda session, _, now: claim_sweeps(session, now, LEASE)),
}
