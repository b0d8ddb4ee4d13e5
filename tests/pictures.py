"""python -m tests.pictures: take the pictures of the README anew, in a playground with its story under way. Look at them before you commit them."""

import asyncio
import shutil
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from playground.cast import SHARED
from playground.stage import Options, stage

DOCS = Path(__file__).parents[1] / "docs"
PHONE, DESK = {"width": 390, "height": 760}, {"width": 1280, "height": 860}


async def take() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with stage(Options(Path(folder), port=0)) as playing, async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            page = await _sits_down(browser, f"{playing.address}?as=U0DEVON&in={SHARED}", PHONE)
            await _says(
                page, "/agenda add Budget cuts and how we respond (15 min)", "It is not on the agenda yet."
            )
            await page.screenshot(path=DOCS / "phone-receipt.png")
            page = await _sits_down(browser, f"{playing.address}?as=U0MARISOL&in={SHARED}", DESK)
            await _says(page, "/agenda curate", "Host's board")
            await page.screenshot(path=DOCS / "board.png")
            await browser.close()


async def _sits_down(browser: Browser, address: str, viewport: dict[str, int]) -> Page:
    page = await browser.new_page(viewport=viewport)
    await page.goto(address)
    steps = page.get_by_label("Hide the steps")
    if await steps.is_visible():  # hidden once, they are hidden on every page
        await steps.click()
    return page


async def _says(page: Page, text: str, answer: str) -> None:
    composer = page.get_by_label("Message to")
    await composer.fill(text)
    await composer.press("Enter")
    await page.get_by_text(answer).last.wait_for()
    await page.wait_for_timeout(500)  # until it has scrolled to its end


if __name__ == "__main__":
    asyncio.run(take())
