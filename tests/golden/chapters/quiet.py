"""A quiet consortium: what one person gets on one day stands in one message, nobody is rung at night, and proposers hear at five.

The last word before a Monday comes on Friday.
"""

from tests.golden.teller import Teller
from tests.story import PLAN

HOST, ADMIN = "U0CURATOR", "U0ADMIN"
MEETS_ON_A_MONDAY = PLAN.replace("2027-01-21", "2026-12-07")
QUIET = MEETS_ON_A_MONDAY.replace("quiet = false", "quiet = true").replace("told_after_minutes = 5\n", "")


async def tell(teller: Teller) -> None:
    for title in ("Budget cuts (15 min)", "Rents", "Night patrol (1 hr)"):
        await teller.types("U0MEMBER", f"add {title}")
    for number, press in (("1", "item.take"), ("2", "item.hold")):
        await teller.clicks(HOST, teller.direct(HOST, "Budget cuts"), press, value=f"{number}:1")
    await teller.time_comes("2026-11-23 17:00")
    await _thinks_better_of_it(teller)
    await teller.time_comes("2026-11-23 21:00")
    await teller.types("U0SAM", "add Parking")
    await _moved_and_cancelled_at_night(teller)
    await teller.time_comes("2026-11-24 08:00")
    await teller.types("U0ADMIN", "setup")
    for moment in ("2026-11-27 10:00", "2026-11-30 10:00", "2026-12-04 10:00"):
        await teller.time_comes(moment)
    await _looked_back_at_in_the_evening(teller)


async def _moved_and_cancelled_at_night(teller: Teller) -> None:
    await teller.forges(ADMIN, "setup.meeting", "0")
    await teller.sends(ADMIN, day="2027-02-15", starts="10:00")
    await teller.slack.closes(ADMIN, everything=True)
    await teller.forges(ADMIN, "meeting.change", "2")
    await teller.sends(ADMIN, day="2027-02-17")
    await teller.slack.closes(ADMIN, everything=True)
    await teller.forges(ADMIN, "meeting.cancel", "2")
    await teller.sends(ADMIN)
    await teller.slack.closes(ADMIN, everything=True)


async def _thinks_better_of_it(teller: Teller) -> None:
    """What was told is taken back, and what is decided then is sent at once."""
    board = await teller.types(HOST, "curate")
    await teller.picks(HOST, board, "agenda.arrange", "1:back:1")
    await teller.clicks(HOST, board, "meeting.change")
    await teller.sends(HOST, starts="10:30")
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "item.take", value="1:1")
    old, new = await teller.types(HOST, "curate"), await teller.types(HOST, "curate")
    for board in (new, old):
        await teller.clicks(HOST, board, "agenda.send_answers")


async def _looked_back_at_in_the_evening(teller: Teller) -> None:
    await teller.time_comes("2026-12-07 20:30")
    for _ in range(2):
        await teller.forges(HOST, "look_back.post", "all")
    await teller.time_comes("2026-12-08 08:00")
