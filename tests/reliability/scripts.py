"""Scripts: for each planted bug the one turn of the weather that brings it out for certain."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from handlers.slack.timeouts import Timeouts
from playground.slack import Dropped, Hang
from playground.slack.faults import Answering, Fault
from tests.reliability.replica import Replica
from tests.reliability.trial import Trial
from tests.reliability.verdict import Verdict

UNHURRIED = Timeouts(call=1, settle=1.5, lease=3.5, apart=0)
"""There is a good quarter of a second between any two things whose order matters."""
AFTER_IT_GAVE_UP = UNHURRIED.call + UNHURRIED.settle / 2
LONG_ENOUGH = 15
"""Seconds for the few posts of a script to come to rest; with some bugs they never do."""
POST, EDIT = "chat.postMessage", "chat.update"


async def dropped_after_storing(trial: Trial, replica: Replica, _: Replica) -> None:
    await _owes_one(trial, replica, Dropped(stored=True))


async def dropped_before_storing(trial: Trial, replica: Replica, _: Replica) -> None:
    await _owes_one(trial, replica, Dropped())


async def stored_late(trial: Trial, replica: Replica, _: Replica) -> None:
    await _owes_one(trial, replica, Hang(AFTER_IT_GAVE_UP, stored=True))


async def paused_while_it_called(trial: Trial, sleeper: Replica, heir: Replica) -> None:
    """The sleeper hears late that its call came to nothing; by then the heir's is under way, and is stored late."""
    fell_asleep = asyncio.Event()

    async def falls_asleep(answering: Answering, request: web.Request) -> web.Response:
        sleeper.pauses()
        fell_asleep.set()
        return await Dropped()(answering, request)

    async def wakes_up(answering: Answering, request: web.Request) -> web.Response:
        sleeper.goes_on()
        return await Hang(UNHURRIED.settle + UNHURRIED.call / 2, stored=True)(answering, request)

    await _owes_one(trial, sleeper, falls_asleep, wakes_up)
    await fell_asleep.wait()
    await heir.starts()


async def edit_stored_late(trial: Trial, replica: Replica, _: Replica) -> None:
    """An edit arrives after a newer one."""
    await _owes_one(trial, replica)
    await trial.comes_to_rest()
    trial.slack.next_answer(EDIT, Hang(AFTER_IT_GAVE_UP, stored=True))
    await asyncio.to_thread(trial.debts.move_everything)
    await asyncio.sleep(UNHURRIED.call + UNHURRIED.settle / 4)
    await asyncio.to_thread(trial.debts.move_everything)


async def one_always_fails(trial: Trial, replica: Replica, _: Replica) -> None:
    """It is first in line, and another is owed to its place."""
    trial.calm()
    await replica.starts()
    await trial.comes_to_rest()
    await asyncio.to_thread(trial.debts.owe_what_is_disliked)
    await asyncio.to_thread(trial.debts.owe_everywhere)


SCRIPTS: dict[str, Callable[[Trial, Replica, Replica], Awaitable[None]]] = {
    "SDK retries on": dropped_after_storing,
    "settle 0": stored_late,
    "look-up ignored": dropped_after_storing,
    "fence unchecked": paused_while_it_called,
    "mark before send": dropped_before_storing,
    "nobody passes": one_always_fails,
}


async def play(name: str, trial: Trial, *, bug: str | None) -> Verdict:
    trial.seconds_to_rest = LONG_ENOUGH
    first, second = trial.replica(bug=bug), trial.replica(bug=bug)
    await SCRIPTS[name](trial, first, second)
    return await trial.verdict()


async def _owes_one(trial: Trial, replica: Replica, *faults: Fault) -> None:
    """One post, which meets these faults; what else the bot owes goes out before."""
    await replica.starts()
    await trial.comes_to_rest()
    for fault in faults:
        trial.slack.next_answer(POST, fault)
    await asyncio.to_thread(trial.debts.owe_up_to, 1)
