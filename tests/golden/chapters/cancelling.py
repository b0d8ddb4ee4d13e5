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
    await _one_that_has_begun(teller)
    await _we_meet_after_all(teller)


async def _what_was_brought(teller: Teller) -> None:
    await _looks_what_would_follow(teller, "2")
    await teller.types("U0MEMBER", "add Budget cuts (15 min)")
    await _looks_what_would_follow(teller, "1")
    await teller.types("U0SAM", "add Rents")
    await teller.types("U0SAM", "add Parking")
    await teller.forges(HOST, "item.take", "1:1")
    await teller.forges(HOST, "item.leave_out", "3:1")
    await teller.sends(HOST, reason="not ours")
    await teller.minutes_pass(6)
    await teller.forges(HOST, "agenda.publish", "1")
    await teller.types("U0SAM", "remind me")


async def _looks_what_would_follow(teller: Teller, meeting: str) -> None:
    await teller.forges(ADMIN, "meeting.cancel", meeting)
    await teller.slack.closes(ADMIN)


async def _hosts_change_places(teller: Teller) -> None:
    settings = await teller.types(ADMIN, "setup")
    await teller.clicks(ADMIN, settings, "meeting.host", value="1")
    for choice in ("give:9999", "twelve", "give:1"):
        await teller.tampers(ADMIN, host=choice)
    await teller.tampers(ADMIN, about="1:2", host="swap:2:2")
    await teller.sends(ADMIN, host="swap:2:2")
    await teller.slack.closes(ADMIN, everything=True)
    await teller.forges(ADMIN, "meeting.host", "1")
    await teller.sends(ADMIN, host="give:1")
    await teller.slack.closes(ADMIN, everything=True)
    await teller.forges(HOST, "meeting.host", "1")


async def _cancelled(teller: Teller) -> None:
    await teller.forges(ADMIN, "meeting.change", "2")
    await teller.sends(ADMIN, starts="10:30")
    await teller.slack.closes(ADMIN, everything=True)
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "meeting.cancel")
    await teller.tampers(HOST, about="1:2027-01-28")
    await teller.sends(HOST)


async def _old_buttons(teller: Teller) -> None:
    for action in ("meeting.cancel", "meeting.change", "meeting.confirm", "agenda.publish", "agenda.board"):
        await teller.forges(HOST, action, "1")
    await teller.forges(HOST, "item.take", "2:1")
    await teller.forges(HOST, "agenda.arrange", "3:back", kind="overflow")
    await teller.types("U0MEMBER", "mine")
    await teller.types("U0MEMBER", "")


async def _taken_out(teller: Teller) -> None:
    settings = await teller.types(ADMIN, "setup")
    await teller.clicks(ADMIN, settings, "setup.take_out", value="1")
    await teller.sends(ADMIN, **{"host:2": "4"})
    await teller.slack.closes(ADMIN, everything=True)
    await teller.forges(ADMIN, "setup.take_out", "1")
    await teller.forges(HOST, "setup.take_out", "2")
    for number in ("2", "3"):
        await teller.forges(ADMIN, "setup.take_out", number)
        await teller.sends(ADMIN)
        await teller.slack.closes(ADMIN, everything=True)
    await teller.forges(ADMIN, "setup.take_out", "4")
    await teller.forges(ADMIN, "meeting.host", "2")


async def _one_that_has_begun(teller: Teller) -> None:
    await teller.forges(ADMIN, "meeting.cancel", "2")
    await teller.sends(ADMIN)
    await teller.slack.closes(ADMIN, everything=True)
    await teller.forges(ADMIN, "setup.meeting", "0")
    await teller.sends(ADMIN, day="2026-11-24", starts="09:00")
    await teller.slack.closes(ADMIN, everything=True)
    await teller.time_comes("2026-11-24 09:30")
    for action in ("meeting.cancel", "meeting.host"):
        await teller.forges(ADMIN, action, "4")


async def _we_meet_after_all(teller: Teller) -> None:
    await teller.forges(ADMIN, "setup.meeting", "0")
    await teller.sends(ADMIN, day="2027-01-21", starts="14:00")
