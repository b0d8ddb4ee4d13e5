"""After the meeting: what became of its items is written down, what was not reached goes on, and everybody reads the notes."""

from tests.golden.teller import Teller

HOST, DEPUTY, NEXT_HOST = "U0CURATOR", "U0DEPUTY", "U0RUTH"


async def tell(teller: Teller) -> None:
    titles = ("Budget cuts (15 min)", "Rents", "Parking", "Night patrol (1 hr)")
    for number, title in enumerate(titles, start=1):
        await teller.types("U0MEMBER", f"add {title}")
        await teller.forges(HOST, "item.take", f"{number}")
    await teller.minutes_pass(6)
    await teller.forges(HOST, "results.show", "1")
    await _on_the_evening(teller)
    await _sent(teller)
    await _corrected(teller)
    await _by_others(teller)


async def _on_the_evening(teller: Teller) -> None:
    await teller.time_comes("2027-01-21 17:30")
    await teller.forges(HOST, "results.send_notes", "1:0")
    listed = await teller.clicks(HOST, teller.direct(HOST, "What happened with"), "results.show")
    await teller.picks(HOST, listed, "results.choose", "1:1:write:0")
    await teller.tampers(HOST, became="no such thing")
    await teller.sends(HOST, became="done", outcome="We write a letter together.")
    await teller.picks(HOST, listed, "results.choose", "1:2:not reached:0")
    await teller.forges(HOST, "results.choose", "1:2:sideways:0", kind="overflow")
    await teller.forges(HOST, "results.choose", "1:99:done:0", kind="overflow")
    await teller.forges(HOST, "results.choose", "1:3:not needed any more:0", kind="overflow")
    await teller.forges(HOST, "results.rest_is_done", "1:0")
    await teller.forges(HOST, "results.rest_is_done", "1:0")


async def _sent(teller: Teller) -> None:
    home = await teller.types(DEPUTY, "")
    listed = await teller.clicks(DEPUTY, home, "results.show")
    await teller.clicks(DEPUTY, listed, "results.send_notes")
    await teller.forges(DEPUTY, "results.send_notes", "1:0")
    await teller.time_comes("2027-01-22 09:00")


async def _corrected(teller: Teller) -> None:
    await teller.forges(HOST, "results.choose", "1:2:done:0", kind="overflow")
    await teller.forges(HOST, "results.choose", "1:4:not reached:0", kind="overflow")
    await teller.forges(NEXT_HOST, "item.hold", "4")
    await teller.forges(HOST, "results.choose", "1:4:done:0", kind="overflow")


async def _by_others(teller: Teller) -> None:
    await teller.forges("U0MEMBER", "results.show", "1")
    await teller.forges(HOST, "results.show", "99")
    await teller.time_comes("2027-04-15 13:00")
    await teller.forges(NEXT_HOST, "results.show", "2")
