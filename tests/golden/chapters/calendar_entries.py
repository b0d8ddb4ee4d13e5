"""A meeting in people's own calendars: asked for once and twice, moved, where Slack takes no files, and cancelled."""

from playground.slack import Refused
from tests.golden.teller import Teller

HOST, AUTHOR, SAM, KOFI = "U0CURATOR", "U0MEMBER", "U0SAM", "U0KOFI"
JANUARY = "1"


async def tell(teller: Teller) -> None:
    await _asked_for(teller)
    await _on_the_agenda(teller)
    await _moved(teller)
    await _without_files(teller)
    await _cancelled(teller)


async def _asked_for(teller: Teller) -> None:
    await teller.forges(AUTHOR, "coming.yes", JANUARY)
    answer = await teller.forges(AUTHOR, "calendar.file", JANUARY)
    await teller.clicks(AUTHOR, answer, "calendar.google")
    await teller.clicks(AUTHOR, answer, "calendar.outlook")
    await teller.forges(AUTHOR, "calendar.file", JANUARY)
    await teller.forges(AUTHOR, "calendar.file", "99")


async def _on_the_agenda(teller: Teller) -> None:
    await teller.types(AUTHOR, "add Budget cuts (15 min)")
    await teller.forges(HOST, "item.take", "1:1")
    await teller.forges(HOST, "meeting.welcome", f"{JANUARY}:fill", kind="overflow")
    await teller.sends(
        HOST,
        arrival="The blue door on Mission St. Park behind the house. Text Ana: 415 555 0100",
        nearby="Come 30 minutes early, and we walk you round",
    )
    await teller.forges(HOST, "agenda.publish", JANUARY)
    await teller.clicks(KOFI, teller.shared("Agenda for"), "calendar.file")


async def _moved(teller: Teller) -> None:
    await teller.forges(HOST, "meeting.change", JANUARY)
    await teller.sends(HOST, day="2027-01-22", starts="13:30", office="The library")
    await teller.clicks(KOFI, teller.shared("The meeting moved"), "calendar.file")


async def _without_files(teller: Teller) -> None:
    teller.slack.weather_becomes({"files.getUploadURLExternal": Refused("file_uploads_disabled")}.get)
    await teller.forges(SAM, "calendar.file", JANUARY)


async def _cancelled(teller: Teller) -> None:
    await teller.forges(HOST, "meeting.cancel", JANUARY)
    await teller.sends(HOST)
    moved = teller.shared("We do not meet")
    await teller.clicks(SAM, moved, "calendar.file")
    teller.slack.weather_becomes({}.get)
    await teller.clicks(AUTHOR, moved, "calendar.file")
