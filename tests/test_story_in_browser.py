"""The main job as a person does it in the playground: propose, approve, publish, each by hand in Chromium."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from playground.cast import FIRST_CALL, meeting_day
from tests.browsing import PHONE, a_page, a_playground, it_becomes, presses, says, sits_down

pytestmark = pytest.mark.slow


@pytest.fixture
async def playground(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """Empty and by Socket Mode unless a test asks for another."""
    is_empty, transport = getattr(request, "param", (True, "socket"))
    async with a_playground(tmp_path, is_empty=is_empty, transport=transport) as address:
        yield address


@pytest.fixture
async def phone() -> AsyncIterator[Page]:
    async with a_page(PHONE) as page:
        yield page


@pytest.mark.parametrize(
    "playground",
    [
        pytest.param((True, "socket"), id="socket"),
        pytest.param((True, "http"), id="http", marks=pytest.mark.long),
    ],
    indirect=True,
)
async def test_a_line_typed_becomes_an_agenda_that_everybody_sees(playground: str, phone: Page) -> None:
    await sits_down(phone, playground, "U0DEVON", "C0SHARED")
    await says(phone, "/agenda add Budget cuts and how we respond (15 min)")
    await expect(phone.get_by_text("It is not on the agenda yet.")).to_be_visible()

    await sits_down(phone, playground, "U0MARISOL", "app")
    await phone.get_by_role("button", name="Add to agenda").click()
    await expect(phone.get_by_text("Marisol Vega added this to the agenda")).to_be_visible()

    await sits_down(phone, playground, "U0MARISOL", "C0SHARED")
    await says(phone, "/agenda curate")
    question = phone.get_by_role("dialog")
    await presses(phone.get_by_role("button", name="Publish agenda"), until_seen=question)
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
    title = phone.get_by_label("What is it about?")
    await presses(phone.get_by_role("button", name="Add an item").first, until_seen=title)
    await title.fill("How do you report on client referrals?")
    await phone.get_by_role("button", name="Add", exact=True).click()
    await expect(phone.get_by_role("dialog")).to_contain_text("It is not on the agenda yet.")


async def test_a_call_that_time_passed_by_came_when_it_was_due(playground: str, phone: Page) -> None:
    await sits_down(phone, playground, "U0KOFI", "C0SHARED")
    first_call = meeting_day(datetime.now(UTC).date()) - timedelta(days=FIRST_CALL)

    await it_becomes(phone, datetime.combine(first_call + timedelta(days=2), time(18)))

    call = phone.locator("[data-message-ts]").filter(has_text="What shall we talk about?")
    await expect(call).to_contain_text("10:00 AM")
    await expect(phone.locator("button.story")).to_contain_text("6:00 PM")
    await expect(phone.get_by_text("comes late")).to_have_count(0)


@pytest.mark.parametrize("playground", [(False, "socket")], ids=["under way"], indirect=True)
async def test_the_steps_lead_through_a_story_under_way_to_an_agenda(playground: str, phone: Page) -> None:
    async def leads(*names: str) -> None:
        for name in names:
            await steps.get_by_role("button", name=name).click()

    await phone.goto(playground)
    steps = phone.get_by_role("region", name="What to try first")
    for told in ("What shall we talk about?", "This week on the agenda", "Added to the agenda"):
        await expect(phone.get_by_text(told).first).to_be_attached()
    await expect(phone.get_by_text("comes late")).to_have_count(0)

    await leads("Write it for me")
    await phone.get_by_role("button", name="Send now").click()
    await expect(phone.get_by_text("It is not on the agenda yet.")).to_be_in_viewport()

    await leads("Be Marisol")
    await expect(phone.get_by_role("button", name="Add to agenda")).to_have_count(3)
    await phone.get_by_role("button", name="Add to agenda").last.click()

    await leads("Take me there", "Write it for me")
    await phone.get_by_role("button", name="Send now").click()
    question = phone.get_by_role("dialog")
    await presses(phone.get_by_role("button", name="Publish agenda"), until_seen=question)
    await question.get_by_role("button", name="Publish agenda").click()

    await leads("Be Kofi")
    agenda = phone.locator("[data-message-ts]").filter(has_text="Agenda for")
    await expect(agenda.get_by_role("listitem")).to_have_count(2)
    await expect(steps).to_contain_text("5 of 5")
