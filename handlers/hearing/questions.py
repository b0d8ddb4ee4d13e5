"""What the clock asks of Slack: no question takes the time of all, and whoever was asked for in vain waits behind the others."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

import structlog

log = structlog.get_logger(__name__)

AT_A_TIME = 20
Id = TypeVar("Id")
Question = TypeVar("Question")


async def ask_in_turn(
    questions: Sequence[Question], ask: Callable[[Question], Coroutine[Any, Any, bool]], seconds: float
) -> None:
    """Each is asked when the one before is answered, or has had its share of the time: then both wait, until the time is over.

    `ask` says whether to go on with the next.
    """
    share = seconds / AT_A_TIME
    asking: list[asyncio.Task[bool]] = []
    try:
        async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
            for question in questions:
                asking.append(group.create_task(ask(question)))
                await asyncio.wait(asking[-1:], timeout=share)
                if any(one.done() and not one.result() for one in asking):
                    break
    except TimeoutError:
        log.warning("Slack did not tell in time", questions=sum(one.cancelled() for one in asking))


def begin_anew_if_all_were_tried(first: Id | None, in_vain: set[Id]) -> None:
    """The line is sorted: if its first was asked for in vain, all were, and they may come in their old order again."""
    if first in in_vain:
        in_vain.clear()
