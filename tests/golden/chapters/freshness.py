"""Meetings are held without some items: their authors are asked once, and answer in every way; what rests comes back, from the board and from My items."""

from tests.golden.teller import Teller

AUTHOR, HOST = "U0MEMBER", "U0CURATOR"
KEPT, SOLVED, SILENT, TAKEN = range(1, 5)
TITLES = {KEPT: "Budget cuts (15 min)", SOLVED: "Rents", SILENT: "Night patrol", TAKEN: "Vans"}


async def tell(teller: Teller) -> None:
    for title in TITLES.values():
        await teller.types(AUTHOR, f"add {title}")
    await teller.forges(AUTHOR, "item.keep", f"{KEPT}")
    for day in ("2027-01-22", "2027-04-16"):
        await teller.time_comes(f"{day} 09:00")
    await _asked(teller)
    await _solved(teller)
    await _decided(teller)
    await _under_my_items(teller)
    await _rests(teller)
    await _counted_on(teller)


async def _asked(teller: Teller) -> None:
    await teller.opens_home(AUTHOR)
    await teller.clicks(AUTHOR, teller.direct(AUTHOR, "Budget cuts"), "item.keep")
    await teller.forges(AUTHOR, "item.keep", f"{KEPT}")
    await teller.clicks(AUTHOR, teller.direct(AUTHOR, "Night patrol"), "item.edit")
    await teller.sends(AUTHOR, title="Night patrol on Fridays")
    await teller.slack.closes(AUTHOR, everything=True)
    await teller.forges(HOST, "item.keep", f"{SILENT}")
    await teller.forges(HOST, "item.bring_back", f"{SILENT}")


async def _solved(teller: Teller) -> None:
    asked = teller.direct(AUTHOR, "Rents")
    await teller.clicks(AUTHOR, asked, "item.solve")
    await teller.forges(AUTHOR, "item.solve", f"{SOLVED}")
    await teller.forges("U0SAM", "item.take", f"{SOLVED}")
    await teller.forges(AUTHOR, "item.read", f"{SOLVED}")
    await teller.slack.closes(AUTHOR, everything=True)
    await teller.clicks(AUTHOR, asked, "item.learned")
    await teller.sends(AUTHOR, topic="General", text="Rents: we asked for a hearing")
    await teller.slack.closes(AUTHOR, everything=True)
    await teller.clicks(AUTHOR, asked, "item.bring_back")
    await teller.forges(AUTHOR, "item.bring_back", f"{SOLVED}")
    await teller.forges(AUTHOR, "item.learned", f"{SOLVED}")


async def _decided(teller: Teller) -> None:
    """The host of that meeting has nobody, so an admin decides."""
    await teller.forges("U0ADMIN", "item.take", f"{TAKEN}")
    await teller.minutes_pass(6)
    await teller.forges(AUTHOR, "item.keep", f"{TAKEN}")


async def _under_my_items(teller: Teller) -> None:
    mine = await teller.types(AUTHOR, "mine")
    await teller.clicks(AUTHOR, mine, "item.solve", value=f"{SOLVED}:0")
    await teller.clicks(AUTHOR, mine, "item.withdraw", value=f"{TAKEN}:0")


async def _rests(teller: Teller) -> None:
    await teller.time_comes("2027-07-16 09:00")
    await teller.time_comes("2027-07-30 09:00")
    await teller.forges(AUTHOR, "item.keep", f"{SILENT}")
    await teller.types(AUTHOR, "mine")
    await teller.forges(AUTHOR, "item.edit", f"{SILENT}")
    await teller.sends(AUTHOR, title="Night patrol at night")
    await teller.slack.closes(AUTHOR, everything=True)
    await teller.forges("U0SAM", "item.take", f"{SILENT}")
    board = await teller.types("U0SAM", "curate")
    await teller.clicks("U0SAM", board, "agenda.resting")
    await teller.forges("U0SAM", "agenda.arrange", f"{SILENT}:wake", kind="overflow")
    await teller.forges("U0SAM", "agenda.arrange", f"{SILENT}:wake", kind="overflow")
    await teller.clicks(AUTHOR, teller.direct(AUTHOR, "Budget cuts"), "item.bring_back")


async def _counted_on(teller: Teller) -> None:
    """A host who counted on an item hears that it is solved, and that it is not after all."""
    for item in (KEPT, SILENT):
        await teller.forges("U0SAM", "item.take", f"{item}")
    await teller.minutes_pass(6)
    await teller.forges(AUTHOR, "item.solve", f"{KEPT}")
    await teller.forges(AUTHOR, "item.bring_back", f"{KEPT}")
    await teller.forges("U0SAM", "agenda.resting", "4")
