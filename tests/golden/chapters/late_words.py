"""Before items close, and after the meeting: what is asked privately, what is brought once more, and what is told late."""

from tests.golden.teller import Teller

HOST = "U0CURATOR"


async def tell(teller: Teller) -> None:
    await _brought_once_more(teller)
    await _led_by_another(teller)
    await _before_items_close(teller)
    await _told_late(teller)


async def _brought_once_more(teller: Teller) -> None:
    await teller.types("U0MEMBER", "add Parking")
    await teller.clicks(HOST, teller.direct(HOST, "Parking"), "item.leave_out")
    await teller.sends(HOST, reason="too full")
    await teller.minutes_pass(6)
    again = teller.direct("U0MEMBER", "It is not on the agenda for")
    await teller.clicks("U0MEMBER", again, "item.add_again")
    await teller.sends("U0MEMBER", title="Parking, shorter", minutes="10")


async def _led_by_another(teller: Teller) -> None:
    await teller.types("U0MEMBER", "add Rents (15 min)")
    await teller.clicks(HOST, teller.direct(HOST, "Rents"), "item.take")
    await _publishes(teller)
    mine = await teller.types("U0MEMBER", "mine")
    await teller.clicks("U0MEMBER", mine, "item.edit", value="3")
    await teller.sends("U0MEMBER", title="Rents", minutes="15", lead="Alan")
    await _publishes(teller)


async def _publishes(teller: Teller) -> None:
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "agenda.publish")


async def _before_items_close(teller: Teller) -> None:
    await teller.types("U0MEMBER", "add Night patrol")
    await teller.time_comes("2027-01-11 10:00")
    await teller.clicks(HOST, teller.direct(HOST, "Night patrol\nFrom"), "item.take", value="4:1")
    await teller.clicks("U0KOFI", teller.shared("The agenda of"), "item.add")
    await teller.sends("U0KOFI", title="Buses")
    await teller.clicks(HOST, teller.direct(HOST, "Buses\nFrom"), "item.take", value="5:1")
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "meeting.change")
    await teller.sends(HOST, minutes="90")


async def _told_late(teller: Teller) -> None:
    await teller.time_comes("2027-01-21 11:20")
    await teller.types("U0MEMBER", "add - Something urgent\n- Something else")
    await teller.clicks(HOST, teller.direct(HOST, "Something urgent"), "item.take", value="6:1")
    await teller.clicks(HOST, teller.direct(HOST, "Something else"), "item.leave_out", value="7:1")
    await teller.sends(HOST, reason="too full")
    await teller.time_comes("2027-01-21 11:35")
