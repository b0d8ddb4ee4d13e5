"""A meeting that is led live: started early and in time, by whom it may be, with what is on, put off, done, left and over."""

from playground.slack import Message
from tests.golden.teller import Teller

HOST, AUTHOR, TAKER, KOFI, ADMIN = "U0CURATOR", "U0MEMBER", "U0SAM", "U0KOFI", "U0ADMIN"


async def tell(teller: Teller) -> None:
    await _before(teller)
    await _the_start(teller)
    await _from_item_to_item(teller)
    await _what_comes_up(teller)
    await _the_end(teller)


async def _before(teller: Teller) -> None:
    await teller.types(AUTHOR, "add - Rents (15 min)\n- Parking (60 min)\n- Food")
    await teller.types(HOST, "start")
    for item in (1, 2, 3):
        await teller.forges(HOST, "item.take", f"{item}:1")
    await teller.clicks(HOST, await teller.types(HOST, "curate"), "meeting.timing")
    await teller.sends(HOST, opening="10", breaks="15", reserve="20")
    await teller.types(HOST, "start")
    await teller.types(AUTHOR, "start")
    await teller.forges(TAKER, "coming.takes_notes", "1")
    await teller.time_comes("2027-01-20 10:00")
    await teller.types(AUTHOR, "add Late one (5 min)")


async def _the_start(teller: Teller) -> None:
    await teller.time_comes("2027-01-21 09:10")
    await teller.types(HOST, "curate")
    await teller.opens_home(TAKER)
    await teller.forges(KOFI, "live.start", "1")
    await teller.forges(TAKER, "live.start", "1")
    await teller.types(HOST, "start")
    await _it_moves_while_the_form_is_open(teller)
    await teller.types(HOST, "start")
    await teller.sends(HOST, taken_up=["4"])
    await teller.sends(TAKER)
    await teller.types(HOST, "start")


async def _it_moves_while_the_form_is_open(teller: Teller) -> None:
    for starts in ("15:00", "10:00"):
        await teller.forges(ADMIN, "meeting.change", "1")
        await teller.sends(ADMIN, starts=starts)
        if starts == "15:00":
            await teller.sends(HOST)
            await teller.slack.closes(HOST, everything=True)


async def _from_item_to_item(teller: Teller) -> None:
    await teller.time_comes("2027-01-21 10:12")
    live = teller.shared("We meet now")
    await teller.clicks(KOFI, live, "live.go_on")
    teller.clock.passes(seconds=5)
    await teller.clicks(TAKER, live, "live.go_on")
    await teller.time_comes("2027-01-21 10:20")
    await teller.forges(HOST, "live.done", "1:0")
    await teller.clicks(HOST, live, "live.put_off")
    await teller.time_comes("2027-01-21 10:40")
    await teller.clicks(HOST, live, "live.done")
    await _pressed_too_early(teller)
    await teller.time_comes("2027-01-21 11:50")
    await teller.clicks(HOST, live, "live.go_on")
    await teller.time_comes("2027-01-21 11:55")
    await teller.clicks(HOST, live, "live.go_on")
    await teller.time_comes("2027-01-21 11:56")
    await teller.forges(HOST, "live.put_off", _turn(live))


async def _pressed_too_early(teller: Teller) -> None:
    await teller.time_comes("2027-01-21 10:41")
    live = teller.shared("We meet now")
    await teller.clicks(HOST, live, "live.go_back")
    await teller.time_comes("2027-01-21 10:42")
    await teller.forges(TAKER, "live.go_back", _turn(live))
    await teller.time_comes("2027-01-21 10:44")
    await teller.clicks(TAKER, teller.shared("We meet now"), "live.done")


def _turn(live: Message) -> str:
    """What its buttons say just now."""
    values = (element.get("value") for block in live.blocks for element in block.get("elements", ()))
    return next(value for value in values if value and ":" in value)


async def _what_comes_up(teller: Teller) -> None:
    live = teller.shared("We meet now")
    await teller.time_comes("2027-01-21 11:57")
    await teller.clicks(HOST, live, "live.done")
    await teller.types(HOST, "now One thing more")
    await teller.time_comes("2027-01-21 12:05")
    await teller.clicks(HOST, live, "live.go_on")
    await teller.time_comes("2027-01-21 12:08")
    await teller.clicks(HOST, live, "live.done")


async def _the_end(teller: Teller) -> None:
    live = teller.shared("We meet now")
    await teller.time_comes("2027-01-21 12:10")
    await teller.clicks(HOST, live, "live.end")
    await teller.time_comes("2027-01-21 12:11")
    await teller.forges(HOST, "live.end", "1")
    await teller.types(HOST, "start")
