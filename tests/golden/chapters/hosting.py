"""Hosting, shared out: who hosts when, swaps that both sides agree to, who does what, and a meeting that two prepare together."""

from tests.golden.chapters.cancelling import WITH_TWO
from tests.golden.teller import Teller

HOST, DEPUTY, OTHER, ELSEWHERE, SAM, ADMIN = "U0CURATOR", "U0DEPUTY", "U0RUTH", "U0KOFI", "U0SAM", "U0ADMIN"
MEMBER, NEW = "U0MEMBER", "U0NEW"
WITH_AN_ADMIN = WITH_TWO.replace('curators = ["U0SAM"]', 'curators = ["U0SAM"]\nmembers = ["U0ADMIN"]')
"""The admin is of Sunset."""


async def tell(teller: Teller) -> None:
    await _the_year(teller)
    await _a_swap_is_asked_for(teller)
    await _both_sides_see_it(teller)
    await _no_and_taken_back(teller)
    await _yes(teller)
    await _without_an_exchange(teller)
    await _it_lapses(teller)
    await _who_does_what(teller)
    await _some_help(teller)
    await _prepared_together(teller)
    await _an_admin_looks(teller)
    await _it_has_begun_and_is_over(teller)


async def _the_year(teller: Teller) -> None:
    await teller.types(MEMBER, "hosts")
    await teller.forges(ELSEWHERE, "hosts.show", "all")


async def _a_swap_is_asked_for(teller: Teller) -> None:
    year = await teller.types(HOST, "hosts")
    await teller.clicks(HOST, year, "swap.ask", value="1")
    for choice in ("give:9999", "twelve", "", "give:1"):
        await teller.tampers(HOST, host=choice)
    await teller.sends(HOST, host="swap:2:2")
    await teller.slack.closes(HOST, everything=True)
    await teller.forges(DEPUTY, "swap.ask", "1")
    await teller.forges(OTHER, "swap.ask", "2")
    await teller.sends(OTHER, host="swap:1:1")
    await teller.slack.closes(OTHER, everything=True)


async def _both_sides_see_it(teller: Teller) -> None:
    for person in (DEPUTY, OTHER, ADMIN):
        await teller.types(person, "hosts")
    await teller.forges(SAM, "swap.agree", "1")
    await teller.forges(OTHER, "swap.agree", "1:0:of another")
    await teller.forges(SAM, "swap.take_back", "1")
    await teller.forges(SAM, "swap.agree", "99")


async def _no_and_taken_back(teller: Teller) -> None:
    await teller.clicks(OTHER, teller.direct(OTHER, "asks you for a swap"), "swap.decline")
    await teller.forges(OTHER, "swap.agree", "1")
    await _asks(teller, HOST, 1, "swap:2:2")
    year = await teller.types(HOST, "hosts")
    await teller.clicks(HOST, year, "swap.take_back")
    await teller.forges(OTHER, "swap.agree", "2")


async def _asks(teller: Teller, person: str, meeting: int, choice: str) -> None:
    await teller.forges(person, "swap.ask", str(meeting))
    await teller.sends(person, host=choice)
    await teller.slack.closes(person, everything=True)


async def _yes(teller: Teller) -> None:
    await _asks(teller, HOST, 1, "swap:2:2")
    await teller.clicks(OTHER, teller.direct(OTHER, "asks you for a swap"), "swap.agree")
    await teller.types(MEMBER, "hosts")


async def _without_an_exchange(teller: Teller) -> None:
    await _asks(teller, OTHER, 1, "give:1")
    year = await teller.types(HOST, "hosts")
    await teller.clicks(HOST, year, "swap.agree")


async def _it_lapses(teller: Teller) -> None:
    await _asks(teller, HOST, 1, "give:4")
    await teller.forges(ADMIN, "meeting.host", "1")
    await teller.sends(ADMIN, host="give:2")
    await teller.slack.closes(ADMIN, everything=True)
    await teller.forges(SAM, "swap.agree", "5")
    await teller.forges(ADMIN, "meeting.host", "1")
    await teller.sends(ADMIN, host="give:1")
    await teller.slack.closes(ADMIN, everything=True)


async def _who_does_what(teller: Teller) -> None:
    await teller.forges(SAM, "coming.yes", "1")
    page = await teller.forges(SAM, "duty.show", "1")
    page = await teller.clicks(SAM, page, "duty.take", value="1:food")
    await teller.forges(ELSEWHERE, "duty.take", "1:food")
    await teller.forges(ELSEWHERE, "duty.take", "1:welcome")
    await teller.forges(ELSEWHERE, "duty.give_back", "1:food")
    await teller.forges(ELSEWHERE, "duty.give_back", "1:room")
    await teller.forges(ELSEWHERE, "duty.take", "1:dancing")
    await teller.forges(NEW, "duty.take", "1:room")
    await teller.forges(SAM, "coming.takes_notes", "1")
    for person in (SAM, MEMBER, HOST):
        await teller.forges(person, "duty.show", "1")
    await teller.forges(ELSEWHERE, "coming.takes_notes", "1")
    await teller.forges(MEMBER, "duty.show", "1")
    await teller.types(HOST, "curate")
    await teller.forges(ELSEWHERE, "duty.give_back", "1:welcome")
    await teller.forges(HOST, "duty.give_back", "1:food")


async def _some_help(teller: Teller) -> None:
    for title in ("Rents (15 min)", "Buses (10 min)", "Bikes"):
        await teller.types(MEMBER, f"add {title}")
    await teller.time_comes("2027-01-16 10:01")
    await teller.clicks(HOST, teller.direct(HOST, "Would some help be good?"), "preparing.no_help")
    await teller.clicks(DEPUTY, teller.direct(DEPUTY, "Would some help be good?"), "preparing.help")
    await teller.forges(SAM, "preparing.help", "1")
    await teller.clicks(HOST, teller.direct(HOST, "Would some help be good?"), "preparing.no_help")
    await teller.forges(ADMIN, "preparing.step_in", "1")
    await teller.forges(HOST, "preparing.help", "1")


async def _prepared_together(teller: Teller) -> None:
    asked = teller.direct(ADMIN, "would be glad of some help")
    board = await teller.clicks(ADMIN, asked, "preparing.step_in")
    await teller.forges(ADMIN, "preparing.step_in", "1")
    await teller.forges(HOST, "preparing.no_help", "1")
    await teller.opens_home(SAM)
    await teller.forges(SAM, "item.take", "1:1")
    await teller.forges(SAM, "meeting.cancel", "1")
    await teller.types(MEMBER, "")
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "preparing.step_back")
    await teller.forges(HOST, "preparing.step_back", "1")


async def _an_admin_looks(teller: Teller) -> None:
    """Where the host would like some help, also on Home."""
    await teller.forges(HOST, "preparing.help", "1")
    home = await teller.opens_home(ADMIN)
    await teller.forges(HOST, "item.take", "2:1")
    await teller.minutes_pass(6)
    home = await teller.opens_home(ADMIN)
    await teller.clicks(ADMIN, home, "preparing.step_in")
    await teller.forges(SAM, "preparing.step_back", "1")
    await teller.forges(HOST, "item.take", "3:1")
    await teller.time_comes("2027-01-20 10:01")


async def _it_has_begun_and_is_over(teller: Teller) -> None:
    await _asks(teller, HOST, 1, "give:2")
    await teller.time_comes("2027-01-21 10:01")
    await teller.forges(HOST, "preparing.help", "1")
    await teller.forges(OTHER, "swap.agree", "6")
    await teller.time_comes("2027-01-21 12:01")
    await teller.forges(MEMBER, "duty.show", "1")
    await teller.forges(SAM, "duty.take", "1:food")
    await _nobody_could_help(teller)


async def _nobody_could_help(teller: Teller) -> None:
    """The only admin is of the host's own team."""
    await teller.forges(ADMIN, "meeting.host", "2")
    await teller.sends(ADMIN, host="give:4")
    await teller.slack.closes(ADMIN, everything=True)
    await teller.forges(SAM, "preparing.help", "2")
