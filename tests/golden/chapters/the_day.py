"""Who comes and what the day needs: said in one click, told in a form, read by the host alone, moved, over, and gone after seven days."""

from tests.golden.teller import Teller
from tests.story import SHARED

HOST, AUTHOR, SAM, KOFI = "U0CURATOR", "U0MEMBER", "U0SAM", "U0KOFI"


async def tell(teller: Teller) -> None:
    await _one_click(teller)
    await _tells_more(teller)
    await _wrong_numbers(teller)
    await _the_host_reads(teller)
    await _the_host_welcomes(teller)
    await _who_can_not_come(teller)
    await _moved(teller)
    await _over_and_gone(teller)


async def _one_click(teller: Teller) -> None:
    await teller.forges(KOFI, "party.tell", "1")
    await teller.sends(KOFI, people="0")
    await teller.forges(HOST, "coming.show", "1")
    stands = await teller.types(AUTHOR, "")
    await teller.clicks(AUTHOR, stands, "coming.show")
    stands = await teller.types(AUTHOR, "")
    await teller.clicks(AUTHOR, stands, "coming.yes")
    await teller.types(AUTHOR, "")
    await teller.forges(KOFI, "coming.yes", "1")


async def _tells_more(teller: Teller) -> None:
    await teller.forges(AUTHOR, "coming.tell", "1")
    await teller.sends(
        AUTHOR,
        about_me=["new", "an interpreter", "food"],
        more="Spanish. No nuts, please.",
        knows=["2"],
    )
    await teller.forges(AUTHOR, "party.tell", "1")
    await teller.sends(AUTHOR, people="4", new="2", who_is_new="Rosa, who runs the youth program, and Dev")
    await teller.forges(KOFI, "coming.tell", "1")
    await teller.sends(KOFI, about_me=["interprets", "access", "child care"])
    await teller.forges(SAM, "party.tell", "1")
    await teller.sends(SAM, who_is_new="Grace, who looks after the garden")
    for people in ("1", "2"):
        await teller.forges(SAM, "party.tell", "1")
        await teller.sends(SAM, people=people)


async def _wrong_numbers(teller: Teller) -> None:
    await teller.forges(SAM, "party.tell", "1")
    await teller.sends(SAM, people="2", new="3")
    await teller.tampers(SAM, people="100")
    await teller.tampers(SAM, who_is_new="x" * 501)
    await teller.sends(SAM, new="1")
    await teller.forges(SAM, "coming.yes", "99")


async def _the_host_reads(teller: Teller) -> None:
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "coming.show")
    await teller.forges(SAM, "coming.show", "1")


async def _the_host_welcomes(teller: Teller) -> None:
    await teller.types(AUTHOR, "add Budget cuts (15 min)")
    await teller.forges(HOST, "item.take", "1:1")
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "meeting.welcome", selected="1:fill")
    await teller.sends(
        HOST,
        staff="Ana, case manager, and Luis, outreach",
        arrival="The blue door on Mission St. Park behind the house. Text Ana: 415 555 0100",
        nearby="Come 30 minutes early, and we walk you round",
    )
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "agenda.publish")
    await teller.forges(KOFI, "coming.yes", "1")
    await teller.forges(HOST, "meeting.welcome", "1:without", kind="overflow")
    await teller.forges(HOST, "meeting.welcome", "1:whatever", kind="overflow")
    await teller.forges(SAM, "meeting.welcome", "1:fill")
    await teller.time_comes("2027-01-20 10:00")


async def _who_can_not_come(teller: Teller) -> None:
    await teller.forges(KOFI, "coming.no", "1")
    await teller.types(KOFI, "")
    await teller.forges(KOFI, "coming.tell", "1")
    await teller.sends(KOFI, more="Next time, gladly")
    await teller.happens("Sam Whitfield leaves the channel", lambda: teller.slack.leaves(SAM, SHARED))
    await teller.forges(HOST, "coming.show", "1")


async def _moved(teller: Teller) -> None:
    await teller.forges(KOFI, "coming.yes", "1")
    await teller.forges(HOST, "meeting.change", "1")
    await teller.sends(HOST, day="2027-01-22")
    await teller.forges(HOST, "coming.show", "1")
    await teller.types(AUTHOR, "")
    await teller.forges(AUTHOR, "coming.yes", "1")
    await teller.forges(HOST, "coming.show", "1")
    await teller.forges(HOST, "meeting.change", "1")
    await teller.sends(HOST, office="The library")
    await teller.forges(AUTHOR, "coming.yes", "1")
    await teller.forges(HOST, "meeting.welcome", "1:fill")
    await teller.slack.closes(HOST, everything=True)


async def _over_and_gone(teller: Teller) -> None:
    await teller.slack.closes(HOST, everything=True)
    await teller.forges("U0ADMIN", "coming.yes", "1")
    await teller.forges("U0ADMIN", "coming.show", "1")
    await teller.forges("U0ADMIN", "party.tell", "1")
    await teller.forges(SAM, "party.tell", "1")
    await teller.time_comes("2027-01-22 13:00")
    await teller.forges(AUTHOR, "coming.yes", "1")
    await teller.forges(AUTHOR, "coming.tell", "1")
    await teller.forges(HOST, "meeting.welcome", "1:fill")
    await teller.forges(HOST, "coming.show", "1")
    await teller.time_comes("2027-03-03 13:00")
    await teller.forges(HOST, "coming.show", "1")
