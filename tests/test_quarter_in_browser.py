"""A whole quarter as people live it, by hand in Chromium: on a phone and at a desk, with and without commands."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from playground.cast import FIRST_CALL, meeting_day
from tests.browsing import DESK, PHONE, a_page, a_playground, it_becomes, presses, says, sits_down

pytestmark = pytest.mark.slow

HOST, AUTHOR, ELSEWHERE, OTHER, NEXT_HOST, ADMIN = (
    "U0MARISOL",
    "U0DEVON",
    "U0KOFI",
    "U0SAM",
    "U0ANA",
    "U0ADMIN",
)
SHARED, MESSAGES, HOME = "C0SHARED", "app", "home"
ROUNDING = 1
"""Pixels by which a page may be wider than its window."""


class Quarter:
    """One page, at which all sit down in turn."""

    def __init__(self, page: Page, playground: str) -> None:
        self.page, self._playground = page, playground
        self.meeting: date = meeting_day(datetime.now(UTC).date())
        self.dialog = page.get_by_role("dialog")

    async def is_somebody(self, person: str, place: str = SHARED) -> None:
        await sits_down(self.page, self._playground, person, place)
        await expect(self.page.locator("main.main h2").first).to_be_visible()
        await self._nothing_is_cut_off()

    async def it_is(self, days_before: int, at: time) -> None:
        day = self.meeting - timedelta(days=days_before)
        await it_becomes(self.page, datetime.combine(day, at))

    def button(self, name: str, about: str = "") -> Locator:
        """The newest of this name; `about`: where the words on it are not all that is read out."""
        said = f"^{re.escape(name)}(: {re.escape(about)}.*)?$" if about else f"^{re.escape(name)}(: .*)?$"
        return self.page.get_by_role("button", name=re.compile(said, re.DOTALL)).last

    async def press(self, name: str, about: str = "", *, sees: str) -> None:
        await presses(self.button(name, about), until_seen=self._told(sees))
        await self._nothing_is_cut_off()

    async def choose(self, beside: Locator, name: str, *, sees: str) -> None:
        """What is pressed seldom, behind the three dots beside something."""
        await beside.get_by_role("button", name="More actions").last.click()
        choice = self.page.get_by_role("menuitem", name=name, exact=True)
        await choice.click()
        await expect(self._told(sees)).to_be_visible()

    async def hand_in(self, sees: str, **fields: str) -> None:
        """Fill in the form that is open, by the ids of its fields, and send it. What the bot then says stands in its place."""
        for field, value in fields.items():
            entry = self.dialog.locator(f"[data-action-id={field}]").last
            is_menu = await entry.evaluate("one => one.tagName") == "SELECT"
            await (entry.select_option(label=value) if is_menu else entry.fill(value))
        await self.dialog.locator("[data-submit]").click()
        await expect(self._told(sees)).to_be_visible()
        await self._nothing_is_cut_off()

    async def close(self) -> None:
        await self.dialog.get_by_role("button", name="Close").last.click()
        await expect(self.dialog).to_have_count(0)

    async def confirm(self, name: str, *, sees: str) -> None:
        await self.dialog.get_by_role("button", name=name, exact=True).click()
        await expect(self._told(sees)).to_be_visible()

    async def reads(self, *lines: str) -> None:
        for line in lines:
            await expect(self._told(line)).to_be_visible()

    def row(self, words: str) -> Locator:
        return self.page.locator(".kit.section").filter(has_text=words).last

    def _told(self, words: str) -> Locator:
        return self.page.get_by_text(words).last

    async def _nothing_is_cut_off(self) -> None:
        """No page needs to be moved sideways."""
        wider = await self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wider <= ROUNDING, await self.page.inner_text("body")


@pytest.fixture
async def quarter(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Quarter]:
    async with a_playground(tmp_path) as playground, a_page(getattr(request, "param", PHONE)) as page:
        yield Quarter(page, playground)


async def test_an_agenda_is_made_on_a_phone(quarter: Quarter) -> None:
    """The short form of the next, in which no time passes."""
    await _five_things_are_brought(quarter)
    await _the_host_asks_joins_and_decides(quarter)
    await _the_agenda_is_read_and_people_say_that_they_come(quarter)


@pytest.mark.long
@pytest.mark.parametrize(
    "quarter", [pytest.param(PHONE, id="on a phone"), pytest.param(DESK, id="at a desk")], indirect=True
)
async def test_a_quarter_from_the_first_call_to_the_look_back(quarter: Quarter) -> None:
    await _everybody_is_asked(quarter)
    await _five_things_are_brought(quarter)
    await _the_host_asks_joins_and_decides(quarter)
    await _the_agenda_is_read_and_people_say_that_they_come(quarter)
    await _everybody_reads_it_the_day_before(quarter)
    await _they_meet(quarter)
    await _what_came_of_it_is_written_down_and_told(quarter)
    await _the_next_host_finds_what_was_left(quarter)


async def _everybody_is_asked(quarter: Quarter) -> None:
    await quarter.is_somebody(ELSEWHERE)
    await quarter.it_is(FIRST_CALL, time(11))
    await quarter.reads("What shall we talk about?", "There is still room for about 1 hr 30 min.")


async def _five_things_are_brought(quarter: Quarter) -> None:
    await quarter.is_somebody(AUTHOR)
    await says(quarter.page, "/agenda add Rents and how we respond (15 min)")
    await quarter.reads("It is not on the agenda yet.")

    await quarter.is_somebody(ELSEWHERE)
    await quarter.press("Add an item", sees="What is it about?")
    await quarter.hand_in("It is not on the agenda yet.", title="Night patrol", minutes="20")
    await quarter.close()

    await quarter.is_somebody(OTHER)
    for line in ("Food on Fridays (10 min)", "Who walks at night? (10 min)", "A raffle"):
        await says(quarter.page, f"/agenda add {line}")
        await quarter.reads(line.partition(" (")[0])
    await quarter.press("See the list", sees="Waiting for the host")
    await quarter.press("Me too…", sees="Tick what you want to talk about, too.")
    await quarter.page.get_by_label("Rents and how we respond").check()
    await quarter.hand_in("You say “Me too” to these items:")
    await quarter.close()


async def _the_host_asks_joins_and_decides(quarter: Quarter) -> None:
    await quarter.is_somebody(HOST, HOME)
    await quarter.reads("5 items wait for your answer.")
    await quarter.is_somebody(HOST)
    await says(quarter.page, "/agenda curate")
    await quarter.reads("To decide", "Me too: Sam Whitfield")
    await quarter.choose(_waiting(quarter, "Rents"), "Ask a question…", sees="What would you like to know?")
    await quarter.hand_in("✓ Your question is on its way.", question="Which houses?")
    await quarter.close()

    await quarter.is_somebody(AUTHOR, MESSAGES)
    await quarter.press("Answer…", sees="What do you answer?")
    await quarter.hand_in("✓ You answered:", answer="Those on 6th Street")

    await quarter.is_somebody(HOST)
    await says(quarter.page, "/agenda curate")
    await quarter.reads("Answer: Those on 6th Street")
    joins = "Which item does it go together with?"
    await quarter.choose(_waiting(quarter, "Who walks"), "Join with another item…", sees=joins)
    await quarter.hand_in("✓ Saved", other="Night patrol · Bayview Neighbors Together")
    await quarter.close()

    await says(quarter.page, "/agenda curate")
    await quarter.reads("together with “Who walks at night?”")
    await quarter.press("Add to agenda", "Rents", sees="1. 10:10 AM · Rents")
    await quarter.press("Add to agenda", "Night patrol", sees="2. 10:25 AM · Night patrol")
    await quarter.press("Keep for the next meeting", "Food", sees="Kept for the next meeting")
    await quarter.press("Not this one…", "A raffle", sees="Why not this time?")
    await quarter.hand_in("✓ Saved", reason="This agenda is full")
    await quarter.close()
    await quarter.press("Change the order…", sees="The new order")
    await quarter.hand_in("✓ Saved", order="2 1")
    await quarter.close()

    await says(quarter.page, "/agenda curate")
    await quarter.reads("1. 10:10 AM · Night patrol")
    await quarter.press("Send 5 answers now", sees="Send now?")
    await quarter.confirm("Send", sees="✓ Your answers are on their way.")


def _waiting(quarter: Quarter, title: str) -> Locator:
    """The row of what the host can do about an item."""
    return quarter.page.locator(".kit.actions").filter(has=quarter.button("Add to agenda", title)).last


async def _the_agenda_is_read_and_people_say_that_they_come(quarter: Quarter) -> None:
    await quarter.is_somebody(HOST)
    await quarter.press("Publish agenda", sees="Publish the agenda?")
    await quarter.confirm("Publish agenda", sees="Agenda for ")

    await quarter.is_somebody(ELSEWHERE, MESSAGES)
    await quarter.reads("your item is on the agenda")
    await quarter.is_somebody(ELSEWHERE)
    await quarter.reads("10:30 AM · ")
    await quarter.press("I'm coming", sees="✓ You are coming.")
    await quarter.press("How many of us come…", sees="How many come from Bayview Neighbors Together?")
    await quarter.hand_in(
        "✓ 4 people come from Bayview Neighbors Together. 1 of them is new.", people="4", new="1"
    )
    await quarter.close()
    await quarter.press("Add to calendar", sees="✓ The calendar file comes to you in a direct message.")
    await quarter.is_somebody(ELSEWHERE, MESSAGES)
    await quarter.reads("Calendar entry for")


async def _everybody_reads_it_the_day_before(quarter: Quarter) -> None:
    await quarter.is_somebody(ELSEWHERE)
    await quarter.it_is(1, time(17))
    await quarter.reads("We meet tomorrow. Here is the agenda.")
    await expect(quarter.page.locator("li").filter(has_text="10:30 AM · Rents")).to_have_count(2)


async def _they_meet(quarter: Quarter) -> None:
    await quarter.is_somebody(OTHER)
    await quarter.it_is(0, time(10))
    await says(quarter.page, "/agenda add Parking (5 min)")
    await quarter.reads("Today or next time?")

    await quarter.is_somebody(HOST)
    await says(quarter.page, "/agenda start")
    await quarter.page.get_by_label("Parking").check()
    await quarter.hand_in("✓ The meeting is live in the shared channel.")
    await quarter.close()
    await quarter.reads("We meet now")
    await quarter.press("Next", sees="On now")
    await quarter.it_is(0, time(10, 30))
    await quarter.press("Done", "Night patrol", sees="Since 10:3")
    await quarter.press("It came up…", sees="What came up?")
    await quarter.hand_in(
        "It is on today's agenda, in the last place.", title="Case management: same system!"
    )
    await quarter.close()
    await quarter.it_is(0, time(11))
    await quarter.press("Later", "Rents", sees="Since 11:0")

    await quarter.is_somebody(ELSEWHERE)
    await quarter.press(
        "Later",
        "Parking",
        sees="Only the team of Harbor Safe Streets, and those who take notes, can do this.",
    )

    await quarter.is_somebody(HOST)
    await quarter.press("End the meeting", sees="3 items are still on the agenda.")
    await quarter.confirm("End it", sees="✓ The meeting is over. Thank you all.")


async def _what_came_of_it_is_written_down_and_told(quarter: Quarter) -> None:
    await quarter.is_somebody(HOST, MESSAGES)
    await quarter.it_is(0, time(18))
    await quarter.press("Write it down", sees="3 items have no answer yet.")
    await quarter.choose(
        quarter.row("Rents and how"), "No time: move to next time", sees="→ No time: moved to next time"
    )
    await quarter.choose(quarter.row("Night patrol"), "Write the result…", sees="The result, in one line")
    await quarter.hand_in("✓ Saved", outcome="We walk together.")
    await quarter.close()
    await quarter.choose(quarter.row("Night patrol"), "Add a follow-up…", sees="Who does it?")
    await quarter.hand_in("✓ Saved", what="Draw a map", owner="Kofi Mensah")
    await quarter.close()
    await quarter.press("Write it down", sees="↳ Kofi Mensah: Draw a map")
    await quarter.button("We talked about the rest").click()
    await expect(quarter.row("Case management")).to_contain_text("✓ Done")
    await quarter.press("Send the notes", sees="Everybody in the shared channel will read them.")
    await quarter.confirm("Send", sees="✓ The notes are on their way.")

    await quarter.is_somebody(ELSEWHERE)
    await quarter.reads("Notes of", "We walk together.", "What stays with you?")
    await quarter.press("My items", sees="Your items")
    await quarter.press("Take this line out", sees="Take this line out?")
    await quarter.confirm("Take it out", sees="Your items")
    await expect(quarter.page.get_by_text("We walk together.")).to_have_count(0)


async def _the_next_host_finds_what_was_left(quarter: Quarter) -> None:
    await quarter.is_somebody(ADMIN)
    await says(quarter.page, "/agenda setup")
    await quarter.press("Add a meeting…", sees="If you leave this empty, it is the next in hosting order.")
    await quarter.hand_in("✓ Saved.", day=f"{quarter.meeting + timedelta(days=84)}")

    await quarter.is_somebody(ELSEWHERE, MESSAGES)
    await quarter.it_is(-13, time(18))
    await quarter.press("Done", sees="✓ Done. Thank you! Nobody else sees this.")

    await quarter.is_somebody(NEXT_HOST, HOME)
    await quarter.press("Host's board", sees="To decide")
    await quarter.reads("Mission Listening Project hosts.")
    await expect(quarter.dialog.get_by_text("carried over")).to_have_count(2)
    await quarter.close()

    await quarter.is_somebody(HOST)
    await says(quarter.page, "/agenda look back")
    await quarter.reads("Looking back", "7 items came in.")
