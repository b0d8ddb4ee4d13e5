"""What comes up in the room: who takes notes, one line that is on the agenda at once, what others bring meanwhile, and the list in the evening."""

from tests.golden.teller import Teller

HOST, AUTHOR, TAKER, KOFI, NEXT_HOST = "U0CURATOR", "U0MEMBER", "U0SAM", "U0KOFI", "U0RUTH"


async def tell(teller: Teller) -> None:
    await _before(teller)
    await _who_takes_notes(teller)
    await _the_meeting_begins(teller)
    await _by_the_host(teller)
    await _by_who_takes_notes(teller)
    await _by_others(teller)
    await _today_or_next_time(teller)
    await _no_more_notes(teller)
    await _it_ends_while_a_form_is_open(teller)
    await _in_the_evening(teller)


async def _before(teller: Teller) -> None:
    await teller.types(AUTHOR, "add Rents (15 min)")
    await teller.forges(HOST, "item.take", "1:1")
    await teller.types(HOST, "now Case management: same system!")
    await teller.types(HOST, "now")
    await teller.forges(KOFI, "item.now", "1")


async def _who_takes_notes(teller: Teller) -> None:
    await teller.time_comes("2027-01-14 09:00")
    await teller.forges(NEXT_HOST, "agenda.status", "now")
    await teller.forges(TAKER, "coming.yes", "1")
    await teller.forges(TAKER, "coming.takes_no_notes", "1")
    await teller.forges(TAKER, "coming.takes_notes", "1")
    await teller.opens_home(TAKER)
    await teller.forges(NEXT_HOST, "agenda.status", "now")
    for person in (HOST, TAKER, KOFI):
        await teller.forges(person, "coming.show", "1")
    await teller.forges(KOFI, "coming.takes_notes", "1")
    await teller.forges(TAKER, "coming.show", "1")
    await teller.forges(TAKER, "coming.takes_notes", "99")
    await teller.types(HOST, "curate")


async def _the_meeting_begins(teller: Teller) -> None:
    await teller.time_comes("2027-01-21 10:05")
    await teller.types(AUTHOR, "")
    await teller.opens_home(TAKER)


async def _by_the_host(teller: Teller) -> None:
    await teller.types(HOST, "now Case management: same system! (10 min)")
    await teller.types(HOST, "now - One\n- Two")
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "item.now")
    await teller.tampers(HOST, title=" ")
    await teller.sends(HOST, title="Who has a van? [Alan] (5 min)")


async def _by_who_takes_notes(teller: Teller) -> None:
    home = await teller.types(TAKER, "")
    await teller.clicks(TAKER, home, "item.now")
    await teller.sends(TAKER, title="A shared list of interpreters")
    await teller.forges(KOFI, "item.now", "1")
    await teller.sends(KOFI, title="Food on Fridays")
    await teller.forges(TAKER, "agenda.board", "1")
    await teller.forges(TAKER, "results.show", "1")


async def _by_others(teller: Teller) -> None:
    await teller.types(AUTHOR, "now Parking")
    await teller.clicks(HOST, teller.direct(HOST, "Parking"), "item.take")
    await teller.types(AUTHOR, "add - Bikes\n- Buses")
    await teller.types(AUTHOR, "mine")
    await teller.types("U0NEW", "now Tenant rights")


async def _today_or_next_time(teller: Teller) -> None:
    receipt = await teller.types(AUTHOR, "add Grant reports")
    await teller.clicks(AUTHOR, receipt, "item.next_time")
    await teller.forges(AUTHOR, "item.next_time", "12")
    await teller.forges(AUTHOR, "item.today", "12")
    await teller.forges(AUTHOR, "item.next_time", "12")
    await teller.types(HOST, "curate")
    await teller.types(AUTHOR, "mine")
    await teller.forges(AUTHOR, "item.next_time", "8")
    await teller.forges(AUTHOR, "item.today", "8")
    await teller.forges(AUTHOR, "item.today", "1")


async def _no_more_notes(teller: Teller) -> None:
    await teller.forges(KOFI, "coming.takes_no_notes", "1")
    await teller.forges(KOFI, "coming.no", "1")


async def _it_ends_while_a_form_is_open(teller: Teller) -> None:
    await teller.forges(TAKER, "item.now", "1")
    await teller.time_comes("2027-01-21 12:01")
    await teller.sends(TAKER, title="One more thing")
    await teller.slack.closes(TAKER, everything=True)
    await teller.types(TAKER, "now One more thing")
    await teller.forges(AUTHOR, "item.today", "12")
    await teller.forges(TAKER, "coming.takes_notes", "1")
    await teller.forges(TAKER, "coming.show", "1")


async def _in_the_evening(teller: Teller) -> None:
    await teller.time_comes("2027-01-21 17:30")
    await teller.opens_home(TAKER)
    listed = await teller.clicks(TAKER, teller.direct(TAKER, "What happened with"), "results.show")
    await teller.picks(TAKER, listed, "results.choose", "1:1:0:not reached")
    await teller.clicks(TAKER, listed, "results.rest_is_done")
    await teller.clicks(TAKER, listed, "results.send_notes")
    await teller.forges(KOFI, "results.show", "1")
    await teller.forges(TAKER, "agenda.publish", "1")
    await teller.time_comes("2027-01-31 10:00")
    await teller.forges(TAKER, "results.show", "1")
