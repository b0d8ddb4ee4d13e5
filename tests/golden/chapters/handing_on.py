"""The agenda and the notes for people who are not in Slack: as words to copy, and as files in a direct message."""

from playground.slack import Refused
from tests.golden.teller import Teller

HOST, MEMBER = "U0CURATOR", "U0MEMBER"


async def tell(teller: Teller) -> None:
    await teller.types(MEMBER, "add Budget cuts :tada: (15 min)")
    await teller.forges(HOST, "item.take", "1")
    await teller.forges(MEMBER, "document.hand_on", "1:agenda")
    await teller.forges(MEMBER, "document.hand_on", "1:draft")
    await _draft(teller)
    await _published(teller)
    await _without_files(teller)
    await _notes(teller)


async def _draft(teller: Teller) -> None:
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "document.hand_on")
    await teller.sends(HOST, files=["page"])


async def _published(teller: Teller) -> None:
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "agenda.publish")
    for files in (["page", "spreadsheet", "markdown"], ["page"], ["spreadsheet", "markdown"]):
        await teller.clicks(MEMBER, teller.shared("Agenda for"), "document.hand_on")
        await teller.sends(MEMBER, files=files)
    stands = await teller.types("U0SAM", "")
    await teller.clicks("U0SAM", stands, "document.hand_on")
    await teller.tampers("U0SAM", files=[{"value": "twelve"}])


async def _without_files(teller: Teller) -> None:
    """Slack takes none, by its settings."""
    teller.slack.next_answer("files.getUploadURLExternal", Refused("file_uploads_disabled"))
    await teller.sends("U0SAM", files=["page"])


async def _notes(teller: Teller) -> None:
    await teller.time_comes("2027-01-21 17:30")
    await teller.forges(MEMBER, "document.hand_on", "1:notes")
    await teller.forges(HOST, "results.rest_is_done", "1:0")
    await teller.forges(HOST, "results.send_notes", "1:0")
    await teller.time_comes("2027-01-22 17:30")
    await teller.clicks(MEMBER, teller.shared("Notes of"), "document.hand_on")
    await teller.sends(MEMBER, files=["page"])
