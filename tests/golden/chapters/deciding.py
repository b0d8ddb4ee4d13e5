"""The host decides, thinks better of it, and publishes; proposers hear; and what can't be decided."""

from copy import deepcopy

from playground.slack import Message
from tests.golden.teller import Teller

HOST, DEPUTY = "U0CURATOR", "U0DEPUTY"


async def tell(teller: Teller) -> None:
    for person, title in (
        ("U0MEMBER", "Budget cuts (15 min)"),
        ("U0MEMBER", "Rents"),
        ("U0SAM", "Parking (90 min)"),
        ("U0MEMBER", "Night patrol (1 hr)"),
        ("U0MEMBER", "Youth program"),
    ):
        await teller.types(person, f"add {title}")
    await _the_empty_board(teller)
    await _decided_on_cards(teller)
    await _twice_and_by_others(teller)
    await _undone_in_time(teller)
    await _told(teller)
    await _decided_on_the_board(teller)
    await _published(teller)
    await _changed_after_publishing(teller)
    await _brought_again(teller)
    await _over(teller)


async def _the_empty_board(teller: Teller) -> None:
    await teller.types("U0MEMBER", "curate")
    await teller.types(HOST, "publish")
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "agenda.publish")
    status = await teller.types(HOST, "")
    await teller.clicks(HOST, status, "agenda.board")
    await teller.forges("U0MEMBER", "agenda.board", "1")
    await teller.forges(HOST, "agenda.board", "9999")
    await teller.forges("U0MEMBER", "agenda.publish", "1")


async def _decided_on_cards(teller: Teller) -> None:
    await teller.clicks(HOST, _card(teller, "Budget cuts"), "item.take")
    await teller.slack.again(resigned=True)
    await teller.tells("Slack delivers the same click once more")
    await teller.clicks(HOST, _card(teller, "Rents"), "item.hold")
    await teller.clicks(HOST, _card(teller, "Parking"), "item.leave_out")
    await teller.tampers(HOST, reason="no such reason")
    await teller.sends(HOST, reason="too full", note="Next time, gladly.")


async def _twice_and_by_others(teller: Teller) -> None:
    for person in (HOST, DEPUTY):
        for item in ("1", "2", "3"):
            await teller.forges(person, "item.hold", item)
    await teller.forges(DEPUTY, "item.leave_out", "1")
    for action in ("item.take", "item.hold", "item.leave_out", "item.undo"):
        await teller.forges("U0SAM", action, "4")
        await teller.forges(HOST, action, "9999")
    await teller.forges(HOST, "item.undo", "1:7")


async def _undone_in_time(teller: Teller) -> None:
    stale = deepcopy(_card(teller, "Rents"))
    await teller.clicks(HOST, stale, "item.undo")
    await teller.clicks(HOST, stale, "item.undo")
    await teller.clicks(DEPUTY, teller.direct(DEPUTY, "Rents"), "item.hold")
    await teller.clicks(HOST, _card(teller, "Rents"), "item.undo")
    await teller.clicks(HOST, _card(teller, "Rents"), "item.hold")


async def _told(teller: Teller) -> None:
    stale = deepcopy(_card(teller, "Rents"))
    await teller.minutes_pass(5)
    await teller.clicks(HOST, stale, "item.undo")
    mine = await teller.types("U0MEMBER", "mine")
    await teller.clicks("U0MEMBER", mine, "item.edit", value="2")
    await teller.sends("U0MEMBER", title="Rents, and who pays them")
    await teller.types("U0MEMBER", "")
    await teller.types("U0SAM", "mine")
    await teller.forges("U0SAM", "item.edit", "3")
    await teller.forges("U0SAM", "item.withdraw", "3")


async def _decided_on_the_board(teller: Teller) -> None:
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "item.take", block_id="board:4")
    await teller.clicks(HOST, board, "item.leave_out", block_id="board:5")
    await teller.sends(HOST, reason="elsewhere")
    board = await teller.types(HOST, "curate")
    await teller.picks(HOST, board, "agenda.arrange", "4:earlier:1")
    await teller.forges(HOST, "agenda.arrange", "4:earlier", kind="overflow")
    await teller.forges(HOST, "agenda.arrange", "4:sideways", kind="overflow")
    await teller.forges(HOST, "agenda.arrange", "2:later", kind="overflow")
    await teller.forges("U0SAM", "agenda.arrange", "4:later", kind="overflow")
    await teller.picks(HOST, board, "agenda.arrange", "5:back:1")
    await teller.picks(HOST, board, "agenda.arrange", "3:back:1")
    await teller.forges(HOST, "agenda.arrange", "3:back", kind="overflow")
    await teller.minutes_pass(6)


async def _published(teller: Teller) -> None:
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "agenda.publish")
    await teller.forges(HOST, "agenda.publish", "1")
    await teller.types("U0MEMBER", "list")
    await teller.types("U0MEMBER", "mine")
    await teller.opens_home("U0MEMBER")


async def _changed_after_publishing(teller: Teller) -> None:
    mine = await teller.types("U0MEMBER", "mine")
    await teller.clicks("U0MEMBER", mine, "item.edit", value="1")
    await teller.sends("U0MEMBER", title="Budget cuts, and what we keep", minutes="60")
    await teller.clicks("U0MEMBER", mine, "item.withdraw", value="4:0")
    await teller.types("U0MEMBER", "add Translators (20 min)")
    await teller.clicks(DEPUTY, teller.direct(DEPUTY, "Translators"), "item.take")
    board = await teller.types(DEPUTY, "curate")
    await teller.clicks(DEPUTY, board, "agenda.publish")
    await _the_third_time(teller)


async def _the_third_time(teller: Teller) -> None:
    await teller.types("U0MEMBER", "add - Interpreters\n- Water\n- Everything else (8 hours)\n- Left lying")
    for item in ("7", "8", "9"):
        await teller.forges(DEPUTY, "item.take", item)
        await teller.types(DEPUTY, "curate")
    await teller.forges(DEPUTY, "item.hold", "5")
    await teller.minutes_pass(6)
    board = await teller.types(DEPUTY, "curate")
    await teller.picks(DEPUTY, board, "agenda.arrange", "6:earlier:1")
    await teller.clicks(DEPUTY, board, "agenda.publish")
    await teller.minutes_pass(6)
    await teller.forges(DEPUTY, "agenda.arrange", "5:back", kind="overflow")
    await teller.forges(DEPUTY, "agenda.publish", "1")


async def _brought_again(teller: Teller) -> None:
    await teller.clicks("U0SAM", teller.direct("U0SAM", "It is not on the agenda for"), "item.add_again")
    await teller.tampers("U0SAM", title="")
    await teller.sends("U0SAM", title="Parking, shorter", minutes="10")


async def _over(teller: Teller) -> None:
    await teller.time_comes("2027-01-21 13:00")
    await teller.forges(HOST, "item.take", "10")
    await teller.forges(HOST, "agenda.arrange", "1:earlier", kind="overflow")
    await teller.forges(HOST, "agenda.board", "1")
    await teller.time_comes("2027-01-22 09:00")
    await teller.forges(HOST, "agenda.publish", "1")
    await teller.forges(HOST, "item.take", "2")
    await teller.forges("U0MEMBER", "item.withdraw", "1")
    await teller.types("U0MEMBER", "mine")
    await teller.types(HOST, "curate")


def _card(teller: Teller, title: str) -> Message:
    return teller.direct(HOST, title)
