"""The host looks back at one meeting and at two, and has it sent: with a chart, and where the workspace has none."""

from playground.slack import Refused
from playground.slack.faults import NO_CHARTS, Disliked
from tests.golden.teller import Teller

HOST, NEXT_HOST, AUTHOR, ADMIN = "U0CURATOR", "U0RUTH", "U0MEMBER", "U0ADMIN"


async def tell(teller: Teller) -> None:
    await _before_any_meeting(teller)
    await _at_one_item(teller)
    await _sent(teller)
    await _at_two_meetings(teller)
    await _without_charts(teller)
    await _where_nothing_came_in(teller)


async def _before_any_meeting(teller: Teller) -> None:
    await teller.types(HOST, "look back")
    await teller.types(HOST, "look referrals")
    await teller.types(AUTHOR, "look back")
    await teller.forges(HOST, "look_back.send", "me")


async def _at_one_item(teller: Teller) -> None:
    await teller.types(AUTHOR, "add Budget cuts (15 min)")
    await teller.forges(HOST, "item.take", "1")
    await teller.minutes_pass(6)
    await teller.time_comes("2027-01-21 12:30")
    home = await teller.types(HOST, "")
    await teller.clicks(HOST, home, "look_back.show")
    await teller.forges(HOST, "results.choose", "1:1:0:not needed any more", kind="overflow")
    await teller.forges(HOST, "results.send_notes", "1:0")
    await teller.types(HOST, "look back")
    await teller.forges(HOST, "results.choose", "1:1:0:done", kind="overflow")
    await teller.types(HOST, "look back")
    await teller.forges(HOST, "results.choose", "1:1:0:not reached", kind="overflow")
    await teller.types(HOST, "look back")
    await _without_its_minutes(teller, 1)
    await teller.forges(NEXT_HOST, "item.take", "1")
    await teller.minutes_pass(6)


async def _without_its_minutes(teller: Teller, item: int) -> None:
    await teller.forges(AUTHOR, "item.edit", f"{item}")
    await teller.sends(AUTHOR, minutes="")


async def _sent(teller: Teller) -> None:
    await teller.types(HOST, "look back")
    seen = teller.form(HOST)
    for _ in range(2):
        await teller.clicks(HOST, seen, "look_back.send")
    for _ in range(2):
        await teller.clicks(HOST, seen, "look_back.post")


async def _at_two_meetings(teller: Teller) -> None:
    await teller.time_comes("2027-02-10 10:00")
    for title in ("Rents (10 min)", "Parking (5 min)", "Night patrol", "Vans", "Tours", "Food"):
        await teller.types(AUTHOR, f"add {title}")
    for number in (2, 3, 4, 5):
        await teller.forges(NEXT_HOST, "item.take", f"{number}")
    await teller.time_comes("2027-02-19 10:00")
    for number in (6, 7):
        await teller.forges(NEXT_HOST, "item.take", f"{number}")
    await teller.time_comes("2027-04-15 17:30")
    for number in (2, 3, 4):
        await teller.forges(NEXT_HOST, "results.choose", f"2:{number}:0:done", kind="overflow")
    for number in (5, 6):
        await teller.forges(NEXT_HOST, "results.choose", f"2:{number}:0:not needed any more", kind="overflow")
    await teller.forges(NEXT_HOST, "results.send_notes", "2:0")
    await teller.clicks(NEXT_HOST, teller.direct(NEXT_HOST, "The notes of"), "look_back.show")


async def _without_charts(teller: Teller) -> None:
    for number in (2, 3, 4):
        await teller.forges(NEXT_HOST, "results.choose", f"2:{number}:0:not reached", kind="overflow")
    teller.slack.weather_becomes({"chat.postMessage": NO_CHARTS}.get)
    await teller.clicks(NEXT_HOST, teller.form(NEXT_HOST), "look_back.send")


async def _where_nothing_came_in(teller: Teller) -> None:
    for item in (2, 3):
        await _without_its_minutes(teller, item)
    await teller.time_comes("2027-07-15 17:30")
    await teller.types(ADMIN, "look back")
    refused = Disliked("Looking back", Refused("restricted_action"))
    teller.slack.weather_becomes({"chat.postMessage": refused}.get)
    await teller.clicks(ADMIN, teller.form(ADMIN), "look_back.post")
    teller.slack.weather_becomes({}.get)
    await teller.minutes_pass(90)
