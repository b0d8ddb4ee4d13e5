"""python -m playground as a person runs it: it says where it is, and takes the bot along when it ends."""

import asyncio
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import aiohttp
import pytest

from playground.kept import IsInUse, StoryFolder
from playground.stage import free_port
from tests.long_forms import shortened
from tests.waiting import until

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[2]


@pytest.fixture
async def run(tmp_path):
    running = []

    async def start(*arguments):
        command = [
            sys.executable,
            "-m",
            "playground",
            "--no-browser",
            "--port",
            "0",
            "--slack-port",
            "0",
            "--empty",
        ]
        command += ["--folder", str(tmp_path / "story"), *arguments]
        process = await asyncio.create_subprocess_exec(*command, cwd=PROJECT, stdout=PIPE, stderr=PIPE)
        running.append(process)
        return process

    yield start
    for process in running:
        if process.returncode is None:
            process.terminate()
        await process.communicate()


async def says(process):
    """All that it says until one can play."""
    return (await process.stdout.readuntil(b"Ctrl-C")).decode()


async def where(process):
    return re.search(r"http://\S+", await says(process))[0]


async def opens(address):
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.ok


async def ends(process, ending=signal.SIGINT):
    process.send_signal(ending)
    return await process.wait()


async def ends_after_a_start(process):
    await says(process)
    await ends(process)


def children(process):
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def is_running(pid):
    return Path(f"/proc/{pid}").exists()


ENDINGS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
BY_HAND = [signal.SIGINT]
"""In the whole; a closed terminal ends the story that is gone on with below."""


@pytest.mark.parametrize("ending", shortened(ENDINGS, BY_HAND), ids=lambda one: one.name)
async def test_the_bot_ends_with_it_and_the_story_is_kept(run, tmp_path, ending):
    process = await run()
    assert await opens(await where(process))
    bots = children(process)
    assert len(bots) == 1

    assert await ends(process, ending) == 0

    assert not is_running(bots[0])
    kept = {file.suffix for file in (tmp_path / "story").glob("story.*")}
    assert {".db", ".keys", ".json"} <= kept


async def test_the_bot_goes_on_where_it_was_and_a_story_that_it_cannot_read_is_set_aside(run, tmp_path):
    first = await run()
    assert "is set up" in await says(first)
    bots = children(first)
    assert await ends(first, signal.SIGHUP) == 0
    assert not any(map(is_running, bots))
    second = await run()
    assert "is set up" not in await says(second)
    await ends(second)

    (tmp_path / "story" / "story.db").write_bytes(b"of another version")
    third = await run()

    said = await says(third)
    assert "The story so far can't be gone on with: The bot did not start." in said
    assert "is set up" in said
    assert (tmp_path / "story" / "before" / "story.db").read_bytes() == b"of another version"


async def test_before_anybody_set_the_bot_up_it_waits_for_that_also_the_next_time(run, tmp_path):
    for arguments in (("--unset",), ()):
        process = await run(*arguments)
        assert await opens(await where(process))
        assert len(children(process)) == 1
        await ends(process)
        assert not (tmp_path / "story" / "story.toml").exists()


async def test_without_a_bot_it_says_how_one_is_connected(run):
    process = await run("--no-bot")
    said = await says(process)
    for name in (
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_SIGNING_SECRET",
        "SLACK_API_URL=http://127.0.0.1:",
        "CLOCK_OFFSET_FILE=/",
    ):
        assert name in said
    await ends(process)


async def test_without_a_bot_it_says_who_and_what_can_stand_in_a_file(run):
    said = await says(await run("--no-bot"))
    for line in (
        r'team = "T0SISTER" +# Sister Peace',
        r'channel = "C0SHARED" +# quarterly-agenda',
        r'"U0LINH" +# Linh Tran, works at Sister Peace',
        r'"T0OTHER/U0RUTH" +# Ruth Adeyemi, works at Bayview Neighbors',
    ):
        assert re.search(line, said)


async def test_a_bot_finds_the_small_slack_where_it_was_after_the_playground_began_anew(run):
    wanted = str(free_port())
    for _ in range(2):
        process = await run("--no-bot", "--slack-port", wanted)
        assert f"SLACK_API_URL=http://127.0.0.1:{wanted}/api/" in await says(process)
        await ends(process)


async def test_what_is_kept_of_the_small_slack_is_set_aside_where_it_cannot_be_read(run, tmp_path):
    await ends_after_a_start(await run("--no-bot"))
    (tmp_path / "story" / "story.slack.json").write_text('{"workspaces": {}}')

    assert "can't be gone on with: story.slack.json cannot be read" in await says(await run("--no-bot"))


async def test_forgetting_begins_anew_and_touches_nothing_else(run, tmp_path):
    await ends_after_a_start(await run("--no-bot"))
    (tmp_path / "story" / "story.slack.json").write_text("unreadable")
    theirs = tmp_path / "story" / "agenda.db"
    theirs.write_text("not ours")

    assert "can't be gone on with" not in await says(await run("--no-bot", "--forget"))
    assert theirs.read_text() == "not ours"


async def test_nobody_plays_where_another_plays_or_has_left_the_bot(run, tmp_path):
    first = await run()
    await says(first)
    [bot] = children(first)
    second = await run()
    assert await second.wait() == 1
    assert "Another playground plays the story in" in (await second.stderr.read()).decode()

    first.kill()
    await until(lambda: not is_running(first.pid))  # its pipes outlive it, in the bot
    try:
        with pytest.raises(IsInUse), StoryFolder(tmp_path / "story").held():
            pass
    finally:
        os.kill(bot, signal.SIGKILL)


async def test_a_bot_that_ends_by_itself_ends_the_playground_with_a_status(run):
    process = await run()
    await where(process)

    os.kill(children(process)[0], signal.SIGKILL)

    assert await process.wait() == 1


async def test_a_taken_port_is_no_obstacle(run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        address = await where(await run("--no-bot", "--port", str(port)))

        assert str(port) not in address
        assert await opens(address)
