"""python -m tests.golden: write the golden book anew, from what the bot says now, and the commands where else they stand. Read its diff before you commit it."""

import asyncio
import logging
import tempfile
from pathlib import Path

from structlog.testing import capture_logs

from storage.database import Database
from storage.upkeep.schema import bring_up_to_date
from tests.clock import FrozenClock
from tests.golden import commands
from tests.golden.book import CHAPTERS, DRAWN, drawn, page, told
from tests.keys import RING
from tests.servers import SqliteFiles
from tests.story import Story


async def write() -> None:
    with tempfile.TemporaryDirectory() as folder:
        databases = SqliteFiles(Path(folder))
        for name in CHAPTERS:
            page(name).write_text(await _told(name, databases.create()), encoding="utf-8")
    page(DRAWN).write_text(drawn(), encoding="utf-8")
    for file, text in commands.told().items():
        file.write_text(text, encoding="utf-8")


async def _told(name: str, url: str) -> str:
    clock, database = FrozenClock("2026-11-23 12:00"), Database(url, RING)
    bring_up_to_date(database.engine)
    slack = Story(clock)
    await slack.start()
    try:
        return await told(name, slack, clock, database)
    finally:
        await slack.stop()
        database.close()


if __name__ == "__main__":
    logging.disable()
    with capture_logs():
        asyncio.run(write())
