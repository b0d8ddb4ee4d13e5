"""Whichever step of a file a bot is killed in, before or after Slack has done it, the file stands there once."""

import asyncio
from pathlib import Path

import pytest
from aiohttp import web

from playground.slack.faults import Answering
from tests.conftest import NewDatabase
from tests.reliability.debts import A_FILE
from tests.reliability.replica import Replica
from tests.reliability.trial import Trial, trial

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("databases", ["sqlite"], indirect=True, scope="session"),
]

STEPS = ("files.getUploadURLExternal", "upload", "files.completeUploadExternal", "files.info")
DEATHS = [(step, is_done) for step in STEPS for is_done in (False, True)]


async def dies(arranged: Trial, replica: Replica, step: str, *, is_done: bool) -> None:
    """As soon as it calls this."""
    is_dead = asyncio.Event()

    async def kills(answering: Answering, _: web.Request) -> web.Response:
        if is_done:
            answering()
        await replica.is_killed()
        is_dead.set()
        return web.Response()

    arranged.slack.next_answer(step, kills)
    await replica.starts()
    await is_dead.wait()


async def test_a_bot_that_is_killed_in_any_step_of_a_file_loses_and_doubles_none(
    new_database: NewDatabase, migrated: str, tmp_path: Path
) -> None:
    async with trial(new_database(migrated), tmp_path, kinds=A_FILE) as arranged:
        replica = arranged.replica()
        for number, (step, is_done) in enumerate(DEATHS, start=1):
            await asyncio.to_thread(arranged.debts.owe_up_to, number)
            await dies(arranged, replica, step, is_done=is_done)
        verdict = await arranged.verdict(replica)
    assert verdict.is_clean, verdict
    assert verdict.never_doubled, verdict
    assert verdict.owed > len(DEATHS)
