"""Two items are about the same: the host joins them, both people are told, and they can be taken apart again."""

from tests.golden.teller import Teller

HOST, DEPUTY, ONE, OTHER = "U0CURATOR", "U0DEPUTY", "U0MEMBER", "U0SAM"
BUSES, LATE, RENTS, SHARED_RIDES = "1", "2", "3", "4"


async def tell(teller: Teller) -> None:
    await teller.types(ONE, "add Bus routes (20 min)")
    await _with_nothing(teller)
    await teller.types(OTHER, "add Night buses (10 min)\nThe last bus leaves at nine.")
    await teller.types(OTHER, "add Rents (30 min)")
    await teller.types(ONE, "add Rides for elders (10 min)")
    await _two_that_wait(teller)
    await _taken_apart(teller)
    await _decided_together(teller)
    await _one_more_on_the_agenda(teller)
    await _told(teller)
    await _kept(teller)
    await _withdrawn(teller)
    await _after_the_meeting(teller)


async def _with_nothing(teller: Teller) -> None:
    await teller.forges(HOST, "agenda.arrange", f"{BUSES}:join:1", kind="overflow")
    await teller.forges(HOST, "item.apart", f"{BUSES}:1")


async def _two_that_wait(teller: Teller) -> None:
    await teller.forges(HOST, "agenda.arrange", f"{LATE}:join:1", kind="overflow")
    for wrong in ("", LATE, "9"):
        await teller.tampers(HOST, other=wrong)
    await teller.sends(HOST, other=BUSES, title="Buses")
    await teller.forges(HOST, "item.take", f"{LATE}:1")
    await teller.forges(HOST, "agenda.arrange", f"{LATE}:join:1", kind="overflow")
    await teller.types(HOST, "curate")
    await teller.types(OTHER, "mine")
    await teller.types(ONE, "list")
    await teller.forges(OTHER, "agenda.arrange", f"{BUSES}:join:1", kind="overflow")


async def _taken_apart(teller: Teller) -> None:
    card = teller.direct(HOST, "Night buses")
    await teller.clicks(HOST, card, "item.apart", value=f"{LATE}:1")
    await teller.forges(HOST, "agenda.arrange", f"{LATE}:join:1", kind="overflow")
    await teller.sends(HOST, other=BUSES, title="Buses")


async def _decided_together(teller: Teller) -> None:
    await teller.forges(HOST, "item.take", f"{BUSES}:1")
    await teller.forges(HOST, "item.undo", f"{BUSES}:1")
    await teller.forges(HOST, "item.take", f"{BUSES}:1")
    await teller.forges(HOST, "item.take", f"{RENTS}:1")
    await teller.types(HOST, "curate")


async def _one_more_on_the_agenda(teller: Teller) -> None:
    board = await teller.types(HOST, "curate")
    await teller.picks(HOST, board, "agenda.arrange", f"{BUSES}:place:1")
    await teller.clicks(HOST, teller.form(HOST), "item.join")
    await teller.sends(HOST, other=SHARED_RIDES)
    await teller.forges(HOST, "item.join", f"{BUSES}:1")
    await teller.clicks(HOST, teller.form(HOST), "item.apart", value=f"{SHARED_RIDES}:1:board")


async def _told(teller: Teller) -> None:
    await teller.minutes_pass(6)
    await teller.types(ONE, "mine")
    await teller.types(OTHER, "mine")
    await teller.types(ONE, "list")
    await teller.forges(ONE, "item.read", BUSES)
    await teller.forges(OTHER, "item.read", LATE)
    await teller.forges(HOST, "agenda.publish", "1")
    await teller.forges(HOST, "agenda.arrange", f"{RENTS}:place:1", kind="overflow")
    await teller.clicks(HOST, teller.form(HOST), "item.join")
    await teller.sends(HOST, other=BUSES)
    await teller.forges(HOST, "agenda.publish", "1")
    await teller.minutes_pass(6)


async def _kept(teller: Teller) -> None:
    await teller.types(ONE, "add Chairs")
    await teller.forges(HOST, "item.hold", "5:1")
    await teller.forges(HOST, "agenda.arrange", "5:join:1", kind="overflow")


async def _withdrawn(teller: Teller) -> None:
    await teller.forges(OTHER, "item.withdraw", RENTS)
    await teller.types(HOST, "curate")


async def _after_the_meeting(teller: Teller) -> None:
    await teller.time_comes("2027-01-21 12:30")
    await teller.forges(HOST, "item.apart", f"{LATE}:1")
    await teller.forges(HOST, "agenda.arrange", f"{BUSES}:join:1", kind="overflow")
    await teller.time_comes("2027-01-21 17:30")
    await teller.forges(HOST, "results.choose", f"1:{BUSES}:0:done")
    await teller.forges(HOST, "results.send_notes", "1")
    await teller.types(OTHER, "mine")
