"""python -m playground: a small Slack with the bot in it, in the browser."""

import argparse
import asyncio
import os
import signal
import sys
import webbrowser
from pathlib import Path

from playground import cast
from playground.kept import CannotGoOn, IsInUse, StoryFolder
from playground.stage import Options, Stage, stage
from playground.story import StoryStops

FOLDER = Path(__file__).parents[1] / "playground-story"


class ToBeForgotten(Exception):
    """Somebody at the page wishes to begin anew."""


def main() -> None:
    given = _arguments().parse_args()
    folder = given.folder.absolute()
    options = Options(
        folder,
        given.port,
        given.slack_port,
        given.transport,
        bot=given.bot,
        story=given.story,
        is_set_up=given.is_set_up,
    )
    try:
        if given.forget:
            _forget(StoryFolder(folder))
        status = asyncio.run(_play(options, browser=given.browser))
    except IsInUse:
        raise SystemExit(
            f"Another playground plays the story in {folder}, or has left its bot there."
            " End it, or choose another folder with --folder."
        ) from None
    except StoryStops as trouble:
        raise SystemExit(
            f"The story did not come about. {trouble} Try again, or begin with --empty."
        ) from None
    except asyncio.CancelledError:  # before anybody could play
        raise SystemExit(1) from None
    except ToBeForgotten:
        anew = [sys.executable, "-m", "playground", *sys.argv[1:], "--forget", "--no-browser"]
        os.execv(sys.executable, anew)  # noqa: S606  it runs itself
    raise SystemExit(status)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m playground", description=__doc__)
    parser.add_argument("--port", type=int, default=8080, help="of the page; a free one where it is taken")
    parser.add_argument(
        "--slack-port", type=int, default=8081, help="of the small Slack, the same; a bot connects to it"
    )
    parser.add_argument("--forget", action="store_true", help="begin anew, and forget the story so far")
    parser.add_argument("--empty", dest="story", action="store_false", help="begin before anything happened")
    parser.add_argument(
        "--unset", dest="is_set_up", action="store_false", help="begin before anybody set the bot up"
    )
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the story is kept")
    parser.add_argument(
        "--transport", choices=["socket", "http"], default="socket", help="how Slack tells the bot"
    )
    parser.add_argument("--no-browser", dest="browser", action="store_false", help="open no browser window")
    parser.add_argument("--no-bot", dest="bot", action="store_false", help="the small Slack alone")
    return parser


def _forget(folder: StoryFolder) -> None:
    with folder.held():
        folder.forget()


async def _play(options: Options, *, browser: bool) -> int:
    _be_cancelled_by_signals()
    try:
        return await _play_on(options, browser=browser)
    except CannotGoOn as trouble:
        aside = StoryFolder(options.folder).set_aside()
        print(f"The story so far can't be gone on with: {trouble} It lies in {aside}. A new one begins.")  # noqa: T201
    return await _play_on(options, browser=browser)


def _be_cancelled_by_signals() -> None:
    task = asyncio.current_task()
    if task is not None:
        for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(ending, task.cancel)


async def _play_on(options: Options, *, browser: bool) -> int:
    async with stage(options) as playing:
        print(f"The playground is at {playing.address}")  # noqa: T201  it is what a person waits for
        if playing.bot is None:
            _tell_how_to_connect(playing)
        print(f"It keeps its story in {options.folder} until --forget. Ctrl-C ends it.", flush=True)  # noqa: T201
        if browser:
            webbrowser.open(playing.address)
        return await _until_ended(playing)


def _tell_how_to_connect(playing: Stage) -> None:
    print("A bot connects to it with these lines in its .env. They are good for this small Slack alone:")  # noqa: T201
    for name, value in playing.connecting.items():
        print(f"  {name}={value}")  # noqa: T201
    print("SLACK_API_URL stays the same while its port is free; --slack-port chooses another.")  # noqa: T201
    print("After --forget remove your bot's database too: it remembers messages that are gone.")  # noqa: T201
    print("In the consortium's file these can stand:")  # noqa: T201
    for written, what in cast.as_in_a_file().items():
        print(f"  {written:<22} # {what}")  # noqa: T201


async def _until_ended(playing: Stage) -> int:
    """Until the person ends it, or the bot ended by itself: then with another status."""
    forgotten = asyncio.create_task(playing.forgotten.wait())
    tasks = {forgotten} if playing.bot is None else {forgotten, asyncio.create_task(playing.bot.ended())}
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    except asyncio.CancelledError:
        return 0
    finally:
        for task in tasks:
            task.cancel()
    if forgotten in done:
        raise ToBeForgotten
    print("The bot ended by itself.", file=sys.stderr)  # noqa: T201
    return 1


if __name__ == "__main__":
    main()
