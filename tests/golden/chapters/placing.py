"""The host puts an agenda together: what each item is called, under which heading, in which order, and how much time there is."""

from tests.golden.teller import Teller

HOST, DEPUTY, PROPOSER = "U0CURATOR", "U0DEPUTY", "U0MEMBER"


async def tell(teller: Teller) -> None:
    for person, title in (
        (PROPOSER, "Budget cuts and what they mean for all of us (30 min)"),
        (PROPOSER, "Rents (20 min)"),
        (PROPOSER, "Night patrol (1 hr)"),
        ("U0ADMIN", "Vans"),
    ):
        await teller.types(person, f"add {title}")
    await _before_there_is_anything(teller)
    for number in ("1", "2", "3", "4"):
        await teller.forges(HOST, "item.take", number)
    await _one_by_one(teller)
    await _in_another_order(teller)
    await _the_time(teller)
    await _told(teller)
    await _over(teller)


async def _before_there_is_anything(teller: Teller) -> None:
    await teller.forges(HOST, "agenda.order", "1")
    await teller.forges(HOST, "agenda.arrange", "1:place:1", kind="overflow")


async def _one_by_one(teller: Teller) -> None:
    board = await teller.types(HOST, "curate")
    await teller.picks(HOST, board, "agenda.arrange", "1:place:1")
    await teller.tampers(HOST, minutes="0")
    await teller.sends(HOST, title="Budget cuts", minutes="20", heading="Money")
    board = await teller.types(HOST, "curate")
    await teller.picks(HOST, board, "agenda.arrange", "3:place:1")
    await teller.sends(HOST, heading="Money", lead="Dana")
    board = await teller.types(HOST, "curate")
    await teller.picks(HOST, board, "agenda.arrange", "4:first:1")
    await teller.forges(HOST, "agenda.arrange", "4:first:1", kind="overflow")
    await teller.forges("U0SAM", "agenda.arrange", "4:place:1", kind="overflow")


async def _in_another_order(teller: Teller) -> None:
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "agenda.order")
    for wrong in ("", "1 1", "9", "last first"):
        await teller.tampers(HOST, order=wrong)
    await teller.sends(HOST, order="2 4")
    await teller.clicks(HOST, board, "agenda.order")
    await teller.forges(DEPUTY, "agenda.arrange", "4:first:1", kind="overflow")
    await teller.tampers(HOST, order="2 1")
    await teller.forges("U0SAM", "agenda.order", "1")


async def _the_time(teller: Teller) -> None:
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "meeting.timing")
    await teller.tampers(HOST, reserve="120")
    await teller.tampers(HOST, opening="ten")
    await teller.sends(HOST, opening="10", breaks="15", reserve="0")
    await teller.forges("U0SAM", "meeting.timing", "1")


async def _told(teller: Teller) -> None:
    board = await teller.types(HOST, "curate")
    await teller.picks(HOST, board, "agenda.arrange", "4:place:1")
    await teller.sends(HOST, minutes="10")
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "agenda.publish")
    await teller.types(PROPOSER, "mine")
    await teller.forges(PROPOSER, "item.read", "1")
    await teller.forges(PROPOSER, "item.edit", "1")
    await teller.sends(PROPOSER, title="Budget cuts and what we do about them")
    board = await teller.types(HOST, "curate")
    await teller.picks(HOST, board, "agenda.arrange", "1:place:1")
    await teller.sends(HOST, title="Cuts", heading="What comes first")
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "agenda.publish")


async def _over(teller: Teller) -> None:
    await teller.time_comes("2027-01-21 12:30")
    await teller.forges(HOST, "agenda.order", "1")
    await teller.forges(HOST, "meeting.timing", "1")
    await teller.forges(HOST, "agenda.arrange", "1:place:1", kind="overflow")
