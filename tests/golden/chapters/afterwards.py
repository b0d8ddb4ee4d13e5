"""After the meeting: what became of its items is written down, what was not reached goes on, and everybody reads the notes."""

from playground.slack import Message
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
    await _agreed(teller)
    await _counted(teller)
    await _sent(teller)
    await _corrected(teller)
    await _struck(teller)
    await _again(teller)
    await _followed_up(teller)
    await _by_others(teller)
    await _withdrawn(teller)


async def _on_the_evening(teller: Teller) -> None:
    await teller.time_comes("2027-01-21 17:30")
    await teller.forges(HOST, "results.send_notes", "1:0")
    listed = await teller.clicks(HOST, teller.direct(HOST, "What happened with"), "results.show")
    await teller.picks(HOST, listed, "results.choose", "1:1:0:write")
    await teller.tampers(HOST, became="no such thing")
    await teller.sends(HOST, became="done", outcome="We write a letter together.")
    await teller.picks(HOST, listed, "results.choose", "1:2:0:not reached")
    await teller.forges(HOST, "results.choose", "1:2:0:sideways", kind="overflow")
    await teller.forges(HOST, "results.choose", "1:99:0:done", kind="overflow")
    await teller.forges(HOST, "results.choose", "1:3:0:not needed any more", kind="overflow")
    await teller.forges(HOST, "results.rest_is_done", "1:0")
    await teller.forges(HOST, "results.rest_is_done", "1:0")


async def _agreed(teller: Teller) -> None:
    """Of the letter somebody writes the first lines, and somebody else asks the clinic."""
    home = await teller.types(HOST, "")
    listed = await teller.clicks(HOST, home, "results.show")
    await teller.picks(HOST, listed, "results.choose", "1:1:0:agree")
    await teller.tampers(HOST, what="Write the first lines", owner=None, due_on="2027-02-05")
    await teller.tampers(HOST, what="", owner="U0MEMBER", due_on="2027-02-05")
    await teller.tampers(HOST, what="Write the first lines", owner="U0MEMBER", due_on="2027-01-20")
    await teller.tampers(HOST, what="Write the first lines", owner="U0MEMBER", due_on="2029-01-20")
    await teller.tampers(HOST, what="Write the first lines", owner="U0NOBODY", due_on="2027-02-05")
    await teller.tampers(HOST, what="Write the first lines", owner="U0OUTSIDE", due_on="2027-02-05")
    await teller.sends(HOST, what="Write the first lines", owner="U0MEMBER", due_on="2027-02-05")
    for words in ("Ask the clinic", "Send it", "Tell the others"):
        await teller.forges(HOST, "results.choose", "1:1:0:agree", kind="overflow")
        await teller.sends(HOST, what=words, owner="U0SAM", due_on="2027-02-08")
    await teller.forges(HOST, "results.choose", "1:1:0:agree", kind="overflow")
    await teller.forges(HOST, "follow_up.choose", "1:1:0:4:remove", kind="overflow")
    await teller.forges(HOST, "follow_up.choose", "1:1:0:4:remove", kind="overflow")
    await teller.forges(HOST, "follow_up.choose", "1:1:0:3:sideways", kind="overflow")
    await teller.forges(HOST, "follow_up.choose", "1:1:0:3:change", kind="overflow")
    await teller.sends(HOST, what="Send it by mail")


async def _followed_up(teller: Teller) -> None:
    """They are reminded, and say what became of it."""
    for day in ("2027-02-04", "2027-02-05"):
        await teller.time_comes(f"{day} 10:00")
    reminder = teller.direct("U0MEMBER", "first lines")
    await teller.clicks("U0MEMBER", reminder, "follow_up.done")
    await teller.forges("U0MEMBER", "follow_up.later", "1")
    home = await teller.types("U0SAM", "")
    await teller.forges("U0MEMBER", "follow_up.done", "2")
    await teller.forges("U0MEMBER", "follow_up.done", "99")
    listed = await teller.clicks("U0SAM", home, "follow_up.show")
    listed = await teller.clicks("U0SAM", listed, "follow_up.later", value=_of(listed, "2:0:"))
    listed = await teller.clicks("U0SAM", listed, "follow_up.done", value=_of(listed, "2:0:"))
    listed = await teller.clicks("U0SAM", listed, "follow_up.take_up", value=_of(listed, "2:0:"))
    listed = await teller.clicks("U0SAM", listed, "follow_up.decline", value=_of(listed, "3:0:"))
    await teller.forges("U0SAM", "follow_up.done", "3")
    await teller.forges("U0SAM", "follow_up.take_up", "2")
    await teller.clicks("U0SAM", listed, "follow_up.done", value=_of(listed, "2:0:"))
    asked = teller.direct(HOST, "is not theirs")
    await teller.clicks(HOST, asked, "follow_up.write")
    await teller.sends(HOST, owner="U0RUTH")
    await teller.forges(NEXT_HOST, "agenda.status", "now")
    for day in ("2027-02-08", "2027-02-26"):
        await teller.time_comes(f"{day} 10:00")
        await teller.forges(NEXT_HOST, "follow_up.show", "all")
    await teller.forges(NEXT_HOST, "follow_up.decline", "3")
    await teller.time_comes("2027-02-26 10:01")
    await teller.forges(HOST, "follow_up.choose", "1:1:0:3:remove", kind="overflow")


def _of(listed: Message, number: str) -> str:
    """What the buttons of a follow-up say of it, beginning with its number and the page."""
    buttons = [one for block in listed.blocks for one in block.get("elements", ())]
    return next(one["value"] for one in buttons if one.get("value", "").startswith(number))


async def _counted(teller: Teller) -> None:
    """Who came is told as numbers."""
    home = await teller.types(HOST, "")
    listed = await teller.clicks(HOST, home, "results.show")
    await teller.clicks(HOST, listed, "attendance.show")
    await teller.tampers(HOST, **{"came:1": "many"})
    await teller.sends(HOST, **{"came:1": "0"})
    await teller.clicks(HOST, listed, "attendance.show")
    await teller.sends(HOST, **{"came:1": "5", "came:2": "0"})


async def _sent(teller: Teller) -> None:
    home = await teller.types(DEPUTY, "")
    listed = await teller.clicks(DEPUTY, home, "results.show")
    await teller.clicks(DEPUTY, listed, "results.send_notes")
    await teller.forges(DEPUTY, "results.send_notes", "1:0")
    await teller.time_comes("2027-01-22 09:00")


async def _corrected(teller: Teller) -> None:
    await teller.forges(HOST, "results.choose", "1:2:0:done", kind="overflow")
    await teller.forges(HOST, "results.choose", "1:4:0:not reached", kind="overflow")
    await teller.forges(NEXT_HOST, "item.hold", "4")
    await teller.forges(HOST, "results.choose", "1:4:0:done", kind="overflow")


async def _struck(teller: Teller) -> None:
    """Who brought an item takes the line about it out of the notes."""
    mine = await teller.types("U0MEMBER", "mine")
    await teller.clicks("U0MEMBER", mine, "item.strike_line")
    await teller.forges("U0MEMBER", "item.strike_line", "1:0:1")


async def _again(teller: Teller) -> None:
    """What was talked about comes up again, and the next host finds a copy."""
    await teller.forges(HOST, "results.choose", "1:2:0:write", kind="overflow")
    await teller.sends(HOST, became="again", outcome="More in April.")
    await teller.types("U0MEMBER", "mine")


async def _by_others(teller: Teller) -> None:
    await teller.forges("U0MEMBER", "results.show", "1")
    await teller.forges(HOST, "results.show", "99")
    await teller.time_comes("2027-04-15 13:00")
    await teller.forges(NEXT_HOST, "results.show", "2")


async def _withdrawn(teller: Teller) -> None:
    """Its author takes the copy back: nothing goes on saying that it comes up again. What changed since is not done by an old button."""
    await teller.forges("U0MEMBER", "item.withdraw", "5")
    await teller.forges(HOST, "results.show", "1")
    await teller.forges(HOST, "item.remove", "2")
    await teller.forges("U0SAM", "follow_up.done", "2::1")
