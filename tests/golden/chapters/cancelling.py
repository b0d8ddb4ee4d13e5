"""A meeting is cancelled, hosts change places, and a collaborative is taken out: what each reads of it."""

from tests.golden.teller import Teller
from tests.story import PLAN

HOST, ADMIN = "U0CURATOR", "U0ADMIN"
WITH_TWO = PLAN + '\n[[meeting]]\ndate = "2027-04-15"\nstarts = "10:00"\nminutes = 120\nhost = "Bayview"\n'


async def tell(teller: Teller) -> None:
    await _what_was_brought(teller)
    await _hosts_change_places(teller)
    await _cancelled(teller)
    await _old_buttons(teller)
    await _taken_out(teller)
    await _the_last_ones(teller)


async def _what_was_brought(teller: Teller) -> None:
    await teller.types("U0MEMBER", "add Budget cuts (15 min)")
    await teller.types("U0SAM", "add Rents")
    await teller.clicks(HOST, teller.direct(HOST, "Budget cuts"), "item.take")
    await teller.minutes_pass(6)
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "agenda.publish")
    await teller.types("U0SAM", "remind me")


async def _hosts_change_places(teller: Teller) -> None:
    settings = await teller.types(ADMIN, "setup")
    await teller.clicks(ADMIN, settings, "meeting.host", value="1")
    await teller.tampers(ADMIN, host="give:9999")
    await teller.tampers(ADMIN, host="twelve")
    await teller.sends(ADMIN, host="swap:2")
    settings = await teller.types(ADMIN, "setup")
    await teller.clicks(ADMIN, settings, "meeting.host", value="1")
    await teller.sends(ADMIN, host="give:1")
    await teller.forges(HOST, "meeting.host", "1")


async def _cancelled(teller: Teller) -> None:
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "meeting.cancel")
    await teller.slack.closes(HOST)
    await teller.clicks(HOST, board, "meeting.cancel")
    await teller.sends(HOST)


async def _old_buttons(teller: Teller) -> None:
    for action in ("meeting.cancel", "meeting.change", "meeting.confirm", "agenda.publish", "agenda.board"):
        await teller.forges(HOST, action, "1")
    await teller.forges(HOST, "item.take", "2:1")
    await teller.types("U0MEMBER", "mine")
    await teller.types("U0MEMBER", "")


async def _taken_out(teller: Teller) -> None:
    settings = await teller.types(ADMIN, "setup")
    await teller.clicks(ADMIN, settings, "setup.take_out", value="1")
    await teller.sends(ADMIN)
    await teller.forges(ADMIN, "setup.take_out", "1")
    await teller.forges(HOST, "setup.take_out", "2")


async def _the_last_ones(teller: Teller) -> None:
    for number in ("2", "3"):
        await teller.forges(ADMIN, "setup.take_out", number)
        await teller.sends(ADMIN)
    await teller.forges(ADMIN, "setup.take_out", "4")
    settings = await teller.types(ADMIN, "setup")
    await teller.clicks(ADMIN, settings, "meeting.cancel")
    await teller.sends(ADMIN)
