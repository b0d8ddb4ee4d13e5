"""Somebody leaves, and an operator erases what is kept about them: what stood in Slack says so, or does without it."""

from bot.leaving import erase, those_called
from handlers.blocks.removal import neutral
from storage.consortia import every_consortium
from storage.tenancy import enter
from tests.golden.teller import Teller


async def tell(teller: Teller) -> None:
    await teller.types("U0MEMBER", "add Budget cuts (15 min)")
    await teller.types("U0MEMBER", "add Grant reports (10 min)")
    await teller.types("U0MEMBER", "add A van on Saturday")
    await teller.types("U0SAM", "add Rents (20 min)")
    for title in ("Budget cuts", "Rents"):
        await teller.clicks("U0CURATOR", teller.direct("U0CURATOR", title), "item.take")
    await teller.clicks("U0CURATOR", teller.direct("U0CURATOR", "Grant reports"), "item.leave_out")
    await teller.sends("U0CURATOR", reason="too full", note="Ask us again in spring")
    await teller.minutes_pass(6)
    board = await teller.types("U0CURATOR", "curate")
    await teller.clicks("U0CURATOR", board, "agenda.publish")
    await _is_erased(teller, "U0MEMBER")
    await _is_erased(teller, "U0CURATOR")
    await teller.types("U0MEMBER", "mine")


async def _is_erased(teller: Teller, person: str) -> None:
    with teller.database.transaction() as session:
        [consortium] = every_consortium(session)
        enter(session, consortium.id)
        erase(session, consortium, those_called(session, "", person), neutral(), teller.clock())
    await teller.comes_to_light(f"{teller.name(person)} is erased")
