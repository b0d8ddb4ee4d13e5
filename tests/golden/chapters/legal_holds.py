"""A records request: an admin holds all deleting, whoever wants to be erased waits, and after it deleting goes on."""

from bot.erasing import erase_after_holds
from bot.leaving import those_called
from bot.legal_holds import begin_or_change
from handlers.blocks.removal import neutral
from storage.consortia import every_consortium
from storage.tenancy import enter
from tests.golden.teller import Teller
from tests.story import PLAN

ADMIN, SECOND, AUTHOR, OTHER = "U0ADMIN", "U0DEPUTY", "U0MEMBER", "U0SAM"
WITH_TWO_ADMINS = PLAN.replace('admins = ["U0ADMIN"]', 'admins = ["U0ADMIN", "U0DEPUTY"]')
WHY = "Records request of the City"


async def tell(teller: Teller) -> None:
    await teller.types(AUTHOR, "add Budget cuts (15 min)")
    await _begins_by_command(teller)
    await teller.time_comes("2026-11-24 12:00")
    settings = await teller.types(ADMIN, "setup")
    await teller.clicks(ADMIN, settings, "setup.hold")
    await teller.sends(ADMIN, hold_reason=" ", until="2026-12-31")
    for day in ("2026-01-01", "2060-01-01", "2026-12-31"):
        await teller.sends(ADMIN, hold_reason=WHY, until=day)
    for person in (AUTHOR, OTHER):
        await _wants_to_be_erased(teller, person)
    await teller.clicks(SECOND, teller.direct(SECOND, "I delete nothing"), "setup.hold")
    await teller.sends(SECOND, until="2026-12-02")
    await teller.time_comes("2026-11-25 12:00")
    await teller.clicks(ADMIN, teller.direct(ADMIN, "The hold ends soon"), "setup.hold")
    await teller.sends(ADMIN, until="2026-11-25")
    await teller.time_comes("2026-11-26 00:01")
    await teller.types(ADMIN, "setup")


async def _begins_by_command(teller: Teller) -> None:
    with teller.database.transaction() as session:
        [consortium] = every_consortium(session)
        enter(session, consortium.id)
        now = teller.clock()
        begin_or_change(session, consortium, None, WHY, now.date(), now)
    await teller.comes_to_light("whoever runs the bot begins a hold that ends today")


async def _wants_to_be_erased(teller: Teller, person: str) -> None:
    with teller.database.transaction() as session:
        [consortium] = every_consortium(session)
        enter(session, consortium.id)
        people = those_called(session, "", person)
        erase_after_holds(session, consortium, people, neutral(), teller.clock())
    await teller.comes_to_light(f"{teller.name(person)} wants to be erased")
