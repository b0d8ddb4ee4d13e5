"""The main job as a person does it in the playground: propose, approve, publish, each by hand in Chromium."""

import asyncio
import re
import shutil
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

from playground.cast import meeting_day
from tests.waiting import MILLISECONDS

pytestmark = pytest.mark.slow
expect.set_options(timeout=MILLISECONDS)

PROJECT = Path(__file__).parent.parent
PHONE = {"width": 390, "height": 844}


@pytest.fixture
async def playground(request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """The address of a playground that was started as the README says, by Socket Mode unless a test asks for HTTP."""
    transport = getattr(request, "param", "socket")
    command = [
        sys.executable,
        "-m",
        "playground",
        "--no-browser",
        "--port",
        "0",
        "--transport",
        transport,
    ]
    process = await asyncio.create_subprocess_exec(*command, cwd=PROJECT, stdout=asyncio.subprocess.PIPE)
    said = await process.stdout.readuntil(b"Ctrl-C")
    yield re.search(r"http://\S+", said.decode())[0]
    process.terminate()
    await process.wait()


@pytest.fixture
async def phone() -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = await browser.new_page(viewport=PHONE)
        page.set_default_timeout(MILLISECONDS)
        yield page
        await browser.close()


async def sits_down(page: Page, playground: str, person: str, place: str) -> None:
    await page.goto(f"{playground}?as={person}&in={place}")


async def says(page: Page, text: str) -> None:
    composer = page.get_by_label("Message to")
    await composer.fill(text)
    await composer.press("Enter")


@pytest.mark.parametrize("playground", ["socket", "http"], indirect=True)
async def test_a_line_typed_becomes_an_agenda_that_everybody_sees(playground: str, phone: Page) -> None:
    await sits_down(phone, playground, "U0DEVON", "C0SHARED")
    await says(phone, "/agenda add Budget cuts and how we respond (15 min)")
    await expect(phone.get_by_text("It is not on the agenda yet.")).to_be_visible()

    await sits_down(phone, playground, "U0MARISOL", "app")
    await phone.get_by_role("button", name="Add to agenda").click()
    await expect(phone.get_by_text("Marisol Vega added this to the agenda")).to_be_visible()

    await sits_down(phone, playground, "U0MARISOL", "C0SHARED")
    await says(phone, "/agenda curate")
    await phone.get_by_role("button", name="Publish agenda").click()
    question = phone.get_by_role("dialog")
    await expect(question).to_contain_text("1 item is on the agenda.")
    await question.get_by_role("button", name="Publish agenda").click()

    await sits_down(phone, playground, "U0KOFI", "C0SHARED")
    agenda = phone.locator("[data-message-ts]").filter(has_text="Agenda for")
    await expect(agenda.get_by_role("listitem")).to_contain_text("Budget cuts and how we respond · 15 min")

    await sits_down(phone, playground, "U0DEVON", "app")
    await expect(phone.get_by_text("your item is on the agenda")).to_be_visible()


async def test_somebody_of_a_workspace_without_the_app_brings_an_item_by_the_button(
    playground: str, phone: Page
) -> None:
    await sits_down(phone, playground, "U0KOFI", "C0SHARED")
    await phone.get_by_role("button", name="Add an item").first.click()
    await phone.get_by_label("What is it about?").fill("How do you report on client referrals?")
    await phone.get_by_role("button", name="Add", exact=True).click()
    await expect(phone.get_by_role("dialog")).to_contain_text("It is not on the agenda yet.")


async def test_the_clock_moved_forward_brings_the_call_for_items(playground: str, phone: Page) -> None:
    await sits_down(phone, playground, "U0KOFI", "C0SHARED")
    today = datetime.now(UTC).date()
    first_call = meeting_day(today) - timedelta(days=28)
    for _ in range((first_call - today).days // 7 + 1):
        await phone.get_by_role("button", name="+1 week").click()
    await expect(phone.get_by_text("What shall we talk about?").first).to_be_visible()
