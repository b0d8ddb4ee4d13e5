"""The page in a browser, with an app of the tests' own: what one types, presses and fills, and who sees it."""

import json
import re
import shutil
import time
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect

from playground.slack import Message
from playground.slack.block_kit import with_ids
from playground.stage import Options, stage
from tests.playground.blocks import (
    actions,
    button,
    chart,
    home,
    input_block,
    modal,
    mrkdwn,
    plain,
    section,
    table,
    text_input,
)
from tests.playground.tiny_app import new_app, over_http
from tests.waiting import MILLISECONDS, for_ever, until

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.slow]
expect.set_options(timeout=MILLISECONDS)

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
FORM = modal(
    input_block(text_input()),
    input_block({"type": "timepicker", "action_id": "at"}, "when", label=plain("When"), optional=True),
    input_block(text_input(multiline=True, initial_value="Begun"), "details", optional=True),
)
QUESTION = {"title": plain("Sure?"), "text": mrkdwn("Really?"), "confirm": plain("Yes"), "deny": plain("No")}
MENU = ("Up", "Down", "Off")
DOORS = actions(
    button("open", "Open the form"),
    button("drop", "Drop it", confirm=QUESTION),
    button("tell", "Tell everybody"),
    {
        "type": "overflow",
        "action_id": "menu",
        "options": [{"text": plain(name), "value": name} for name in MENU],
    },
)


def listen(app):
    @app.command("/agenda")
    async def answer(ack, command):
        await ack(text=command["text"], blocks=[section("Only for you"), DOORS])

    @app.action("open")
    async def open_form(ack, body, client):
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)
        await ack()

    @app.action("drop")
    async def drop(ack, client):
        await client.chat_postMessage(channel="C0SHARED", text="Dropped")
        await ack()

    @app.action("tell")
    async def tell(ack, client):
        await ack()
        await client.chat_postMessage(channel="C0SHARED", text="Told to everybody")

    @app.view("form")
    async def refuse(ack, view):
        title = view["state"]["values"]["title"]["text"]["value"]
        await (
            ack() if title == "Budget" else ack(response_action="errors", errors={"title": "Not this one"})
        )

    @app.event("app_home_opened")
    async def show_home(event, client):
        await client.views_publish(user_id=event["user"], view=home(section("Welcome home")))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def playing(tmp_path_factory):
    folder = tmp_path_factory.mktemp("playground")
    async with stage(Options(folder, port=0, bot=False)) as playing:
        playing.slack.deliveries.patience = for_ever
        app = new_app(playing.slack)
        listen(app)
        async with over_http(app, playing.slack):
            yield playing


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser():
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def desk(browser):
    page = await browser.new_page(viewport=DESK)
    page.set_default_timeout(MILLISECONDS)
    yield page
    await page.close()


@pytest_asyncio.fixture(loop_scope="module")
async def phone(browser):
    page = await browser.new_page(viewport=PHONE)
    page.set_default_timeout(MILLISECONDS)
    yield page
    await page.close()


async def sit_down(page, playing, person="U0DEVON", place="C0SHARED"):
    await page.goto(f"{playing.address}?as={person}&in={place}")


async def say(page, text):
    composer = page.get_by_label("Message to")
    await composer.fill(text)
    await composer.press("Enter")


async def open_the_form(page, playing):
    await sit_down(page, playing)
    await say(page, "/agenda")
    await page.get_by_role("button", name="Open the form").last.click()
    await expect(page.get_by_role("dialog", name="A form")).to_be_visible()


async def test_what_a_person_writes_is_shown_and_never_live(desk, playing):
    surprises = []
    desk.on("dialog", lambda dialog: surprises.append(dialog.message))
    await sit_down(desk, playing)

    await say(desk, "<img src=x onerror=alert(1)> *bold* & <https://a.example|x>")

    message = desk.locator("[data-message-ts]").last
    await expect(message).to_contain_text("<img src=x onerror=alert(1)> bold & <https://a.example|x>")
    assert await desk.locator("img").count() == 0
    assert surprises == []


async def test_a_private_answer_is_seen_by_one_person(desk, phone, playing):
    await sit_down(desk, playing, "U0ANA")
    await sit_down(phone, playing, "U0SAM")

    await say(desk, "/agenda")
    await say(desk, "Did you see that?")

    await expect(desk.get_by_text("Only visible to you").last).to_be_visible()
    await expect(phone.get_by_text("Did you see that?")).to_be_visible()
    await expect(phone.get_by_text("Only for you")).to_have_count(0)


async def test_typing_goes_on_under_an_error(desk, playing):
    await open_the_form(desk, playing)
    title = desk.get_by_label("Title").first
    await desk.get_by_role("button", name="Send", exact=True).click()
    await expect(desk.get_by_role("alert").first).to_be_visible()

    await title.press_sequentially("Funding")
    await expect(title).to_have_value("Funding")
    await desk.get_by_role("button", name="Send", exact=True).click()
    await expect(desk.get_by_text("Not this one")).to_be_visible()

    await title.fill("Budget")
    await desk.get_by_role("button", name="Send", exact=True).click()
    await expect(desk.get_by_role("dialog")).to_have_count(0)
    assert playing.slack.form("U0DEVON") is None


async def test_an_hour_that_somebody_picks_is_one_at_which_time_will_stop(desk, playing):
    await open_the_form(desk, playing)
    await desk.get_by_label("Title").first.fill("Budget")
    await desk.locator("input[type=time]").fill("15:45")
    await desk.get_by_role("button", name="Send", exact=True).click()
    await expect(desk.get_by_role("dialog")).to_have_count(0)

    kept = playing.slack.world.clock.file.with_name("story.slack.json")
    await until(lambda: "15:45:00" in json.loads(kept.read_text())["hours"])


async def test_a_field_holds_what_it_begins_with_and_escape_closes_the_form(desk, playing):
    await open_the_form(desk, playing)
    await expect(desk.locator("textarea.field")).to_have_value("Begun")

    await desk.keyboard.press("Escape")

    await expect(desk.get_by_role("dialog")).to_have_count(0)
    await playing.slack.until(lambda: playing.slack.form("U0DEVON") is None)


async def test_a_button_with_a_question_asks_it_first(desk, playing):
    def dropped():
        return [call for call in playing.slack.calls if call.method == "chat.postMessage"]

    await sit_down(desk, playing)
    await say(desk, "/agenda")
    await desk.get_by_role("button", name="Drop it").last.click()
    await desk.get_by_role("button", name="No", exact=True).click()
    await expect(desk.get_by_role("dialog")).to_have_count(0)
    assert dropped() == []

    await desk.get_by_role("button", name="Drop it").last.click()
    await desk.get_by_role("button", name="Yes").click()
    await expect(desk.get_by_text("Dropped")).to_be_visible()
    assert len(dropped()) == 1


async def test_the_home_tab_is_the_apps_own_page(desk, playing):
    await sit_down(desk, playing, "U0GRACE", "app")

    await desk.get_by_role("tab", name="Home").click()

    await expect(desk.get_by_text("Welcome home")).to_be_visible()
    await expect(desk).to_have_url(f"{playing.address}?as=U0GRACE&in=home")


async def test_the_address_alone_leads_back_to_where_one_was(desk, playing):
    await sit_down(desk, playing, "U0SAM", "home")

    await expect(desk.get_by_label("You are")).to_have_value("U0SAM")
    await expect(desk.get_by_text("Welcome home")).to_be_visible()


async def test_who_becomes_somebody_else_sees_what_they_have_not_read(desk, playing):
    await sit_down(desk, playing, "U0ADMIN", "C0GENERAL")
    await say(desk, "News for Linh")

    await desk.get_by_label("You are").select_option("U0LINH")

    await expect(desk.locator("[data-place=C0GENERAL]")).to_have_attribute("aria-current", "page")
    await expect(desk.get_by_label("You are").locator("option", has_text="Marisol")).to_contain_text("new)")


async def test_the_clock_goes_forward_and_the_bot_can_read_how_far(desk, playing):
    await sit_down(desk, playing)

    await desk.get_by_role("button", name="+1 day").click()
    await expect(desk.get_by_text("Yesterday")).to_be_visible()

    await expect(desk.get_by_role("group", name="The story's clock")).to_contain_text("10:00 AM")
    clock = playing.slack.world.clock
    assert float(clock.file.read_text()) == pytest.approx(clock() - time.time(), abs=60)


async def test_a_phone_shows_one_column_and_the_channels_behind_a_button(phone, playing):
    await sit_down(phone, playing)
    place = phone.locator("[data-place=C0GENERAL]")
    await expect(place).to_be_hidden()

    await phone.get_by_role("button", name="Channels").first.click()
    await place.click()

    await expect(place).to_be_hidden()
    await expect(phone.get_by_role("heading", name="#general")).to_be_visible()
    assert await phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


async def test_the_channels_are_closed_by_a_tap_beside_them_and_by_escape(phone, playing):
    await sit_down(phone, playing)
    door, place = phone.locator(".menu-button"), phone.locator("[data-place=C0GENERAL]")

    await door.click()
    await expect(place).to_be_visible()
    await phone.mouse.click(PHONE["width"] - 10, PHONE["height"] / 2)
    await expect(place).to_be_hidden()

    await door.click()
    await expect(place).to_be_visible()
    await phone.keyboard.press("Escape")
    await expect(place).to_be_hidden()


async def test_the_button_of_the_channels_shows_that_something_is_new(phone, desk, playing):
    await sit_down(phone, playing, "U0THEO", "C0SHARED")
    await phone.locator(".menu-button").click()
    await phone.locator("[data-place=C0GENERAL]").click()
    await expect(phone.get_by_role("button", name="Channels", exact=True)).to_be_visible()

    await sit_down(desk, playing, "U0ANA", "C0SHARED")
    await say(desk, "Theo, look at this")

    await expect(phone.get_by_role("button", name=re.compile("Channels, [0-9]+ new"))).to_be_visible()


async def test_a_slash_offers_the_command_and_enter_takes_it(phone, playing):
    await sit_down(phone, playing)
    composer, offered = phone.get_by_label("Message to"), phone.get_by_role("group", name="Commands")
    await expect(offered).to_be_hidden()

    await composer.press_sequentially("/a")
    await expect(offered).to_contain_text("/agenda [add | now | start")
    await composer.press("Enter")

    await expect(composer).to_have_value("/agenda ")
    await expect(offered).to_be_hidden()


async def test_who_has_no_app_is_offered_no_command(desk, playing):
    await sit_down(desk, playing, "U0KOFI")

    await desk.get_by_label("Message to").press_sequentially("/")

    await expect(desk.locator(".command")).to_have_count(0)


async def test_one_can_type_at_once_in_a_form(desk, playing):
    await open_the_form(desk, playing)

    await expect(desk.get_by_label("Title").first).to_be_focused()
    await desk.keyboard.press("Escape")
    await expect(desk.get_by_role("dialog")).to_have_count(0)


async def test_a_menu_lists_from_the_top_what_the_app_lists(phone, playing):
    await sit_down(phone, playing)
    await say(phone, "/agenda")
    await phone.get_by_label("More actions").last.click()
    places = [await phone.get_by_role("menuitem", name=name).bounding_box() for name in MENU]

    assert places[0]["y"] < places[1]["y"] < places[2]["y"]


async def test_an_answer_below_what_one_reads_is_brought_into_sight(phone, playing):
    await sit_down(phone, playing, "U0PRIYA")
    for _ in range(6):
        await say(phone, "/agenda")
    first = phone.get_by_role("button", name="Tell everybody").first
    await first.scroll_into_view_if_needed()

    await first.click()

    await expect(phone.get_by_text("Told to everybody").last).to_be_in_viewport()


async def test_a_phone_sets_the_date_and_time_does_not_go_back(phone, playing):
    await sit_down(phone, playing)
    clock = playing.slack.world.clock
    there = datetime.fromtimestamp(clock() + 3 * 86400, ZoneInfo("America/Los_Angeles")).replace(
        second=0, microsecond=0
    )
    face, field = phone.locator("button.story"), phone.get_by_label("Date and time to go to")

    await face.click()
    await field.fill(f"{there:%Y-%m-%dT%H:%M}")
    await phone.get_by_role("button", name="Go", exact=True).click()
    await expect(face).to_contain_text(f"{there:%b} {there.day}")
    assert clock() >= there.timestamp()

    await face.click()
    await field.fill(f"{there - timedelta(days=1):%Y-%m-%dT%H:%M}")
    await phone.get_by_role("button", name="Go", exact=True).click()
    await expect(phone.get_by_text("Time does not go back here.")).to_be_visible()


async def test_a_story_is_forgotten_by_who_is_sure(phone, playing):
    await sit_down(phone, playing)
    await phone.locator(".menu-button").click()
    await phone.get_by_role("button", name="Forget this story").click()
    await phone.get_by_role("button", name="Go on with it").click()
    await expect(phone.get_by_role("dialog")).to_have_count(0)
    assert not playing.forgotten.is_set()

    await phone.get_by_role("button", name="Forget this story").click()
    await phone.get_by_role("button", name="Forget it").click()

    await playing.forgotten.wait()


async def test_the_page_asks_nothing_of_the_network(desk, playing):
    asked = set()
    desk.on("request", lambda request: asked.add(urlsplit(request.url).netloc))

    await open_the_form(desk, playing)

    assert asked == {urlsplit(playing.address).netloc}


async def test_a_chart_is_shown_as_bars_with_their_numbers_and_a_table_as_one(desk, playing):
    world = playing.slack.world
    blocks = with_ids([chart(), table()])
    world.add(Message("C0SHARED", world.next_ts(), playing.slack.app.user_id, "Items", blocks, from_app=True))
    await sit_down(desk, playing)

    await expect(desk.locator("figure.chart figcaption")).to_have_text("Items")
    assert await desk.locator(".measure").all_inner_texts() == [
        "Came in\n7",
        "Talked about\n4",
        "Came in\n3",
        "Talked about\n2",
    ]
    await expect(desk.get_by_role("table", name="Items").get_by_role("rowheader")).to_have_text("Winter")
