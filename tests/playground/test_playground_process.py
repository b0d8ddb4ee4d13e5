"""python -m playground as a person runs it: it says where it is, and takes the bot along when it ends."""

import asyncio
import os
import re
import signal
import socket
import sys
from pathlib import Path

import aiohttp
import pytest

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[2]


@pytest.fixture
async def run():
    running = []

    async def start(*arguments):
        command = [sys.executable, "-m", "playground", "--no-browser", *arguments]
        process = await asyncio.create_subprocess_exec(*command, cwd=PROJECT, stdout=asyncio.subprocess.PIPE)
        running.append(process)
        return process

    yield start
    for process in running:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def where(process):
    """The address and the folder that it says."""
    said = (await process.stdout.readuntil(b"Ctrl-C")).decode()
    return re.search(r"http://\S+", said)[0], Path(re.search(r"files are in (\S+)\.", said)[1])


async def opens(address):
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.ok


def children(process):
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def is_running(pid):
    return Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda one: one.name)
async def test_the_bot_and_the_files_are_gone_when_it_ends(run, ending):
    process = await run("--port", "0")
    address, folder = await where(process)
    bots = children(process)
    assert len(bots) == 1
    assert (folder / "agenda.db").exists()
    assert await opens(address)

    process.send_signal(ending)

    assert await process.wait() == 0
    assert not is_running(bots[0])
    assert not folder.exists()


async def test_a_bot_that_ends_by_itself_ends_the_playground_with_a_status(run):
    process = await run("--port", "0")
    await where(process)

    os.kill(children(process)[0], signal.SIGKILL)

    assert await process.wait() == 1


async def test_a_taken_port_is_no_obstacle(run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        address, _ = await where(await run("--no-bot", "--port", str(port)))

        assert str(port) not in address
        assert await opens(address)
