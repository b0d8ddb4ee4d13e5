"""Somebody at the playground in Chromium: what they see, type and press, and the time that they let pass."""

import asyncio
import re
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from playwright.async_api import Locator, Page, ViewportSize, async_playwright, expect

from tests.waiting import MILLISECONDS

expect.set_options(timeout=MILLISECONDS)

PROJECT = Path(__file__).parent.parent
A_WHILE = 20_000
"""Milliseconds."""
SOME_MINUTES = 10
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 800}


@asynccontextmanager
async def a_playground(
    folder: Path, *, is_empty: bool = True, transport: str = "socket"
) -> AsyncIterator[str]:
    """The address of one that was started as the README says."""
    command = [sys.executable, "-m", "playground", "--no-browser", "--port", "0", "--slack-port", "0"]
    command += ["--transport", transport, "--folder", str(folder), *(["--empty"] if is_empty else [])]
    process = await asyncio.create_subprocess_exec(*command, cwd=PROJECT, stdout=asyncio.subprocess.PIPE)
    if process.stdout is None:
        raise RuntimeError("it was asked to be heard")
    said = await process.stdout.readuntil(b"Ctrl-C")
    address = re.search(r"http://\S+", said.decode())
    yield address[0] if address else ""
    process.terminate()
    await process.wait()


@asynccontextmanager
async def a_page(size: ViewportSize) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = await browser.new_page(viewport=size)
        page.set_default_timeout(MILLISECONDS)
        yield page
        await browser.close()


async def sits_down(page: Page, playground: str, person: str, place: str) -> None:
    await page.goto(f"{playground}?as={person}&in={place}")


async def says(page: Page, text: str) -> None:
    composer = page.get_by_label("Message to")
    await composer.fill(text)
    await composer.press("Enter")


async def presses(button: Locator, *, until_seen: Locator) -> None:
    """Who sees nothing for a while presses again: on a busy machine a form's three seconds pass, or a press is lost."""
    await button.click()
    while True:
        try:
            return await expect(until_seen).to_be_visible(timeout=A_WHILE)
        except AssertionError:
            await button.click()


async def it_becomes(page: Page, moment: datetime) -> None:
    """They let time pass until then: on a phone behind the clock, elsewhere beside it."""
    date = page.get_by_label("Date and time to go to")
    if not await date.is_visible():
        await page.locator("button.story").click()
    await date.fill(f"{moment:%Y-%m-%dT%H:%M}")
    await page.get_by_role("button", name="Go", exact=True).click()
    await expect(page.locator("button.story")).to_have_text(_from_then_on(moment))
    await expect(page.get_by_role("group", name="The story's clock")).not_to_have_attribute(
        "aria-busy", "true"
    )


def _from_then_on(moment: datetime) -> re.Pattern[str]:
    """The story's clock goes on while somebody plays."""
    minutes = "|".join(f"{moment + timedelta(minutes=n):%M}" for n in range(SOME_MINUTES))
    hour = moment.hour % 12 or 12
    return re.compile(f"{moment:%a}, {moment:%b} {moment.day}, {moment.year}, {hour}:({minutes})")
