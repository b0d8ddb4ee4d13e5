"""Me too, and what needs no meeting: a thread of its own, a group message, and what is told where there is none."""

from handlers.blocks.me_too import TICKED
from playground.slack import Refused
from storage.items import ItemState
from tests.golden.teller import Teller
from tests.story import SHARED

HOST, AUTHOR, SAM, RUTH, ADMIN = "U0CURATOR", "U0MEMBER", "U0SAM", "U0RUTH", "U0ADMIN"
WAITING = f"{TICKED}{ItemState.WAITING}:0"


async def tell(teller: Teller) -> None:
    await teller.forges(SAM, "me_too.show", "page:0")
    await teller.types(AUTHOR, "add - Bus routes\n- Rents\n- Parking\n- Vans")
    await _in_the_form(teller)
    await _where_one_reads_it(teller)
    await _gone_meanwhile(teller)
    await _the_host_decides(teller)
    await _the_thread(teller)
    await _a_group_message(teller)
    await _none_is_opened(teller)
    await _too_few_and_too_many(teller)
    await _by_its_author(teller)
    await _back_to_the_host(teller)


async def _in_the_form(teller: Teller) -> None:
    await teller.forges(RUTH, "me_too.show", "page:0")
    await teller.tampers(RUTH, **{WAITING: [{"value": "twelve"}]})
    await teller.sends(RUTH, **{WAITING: ["1"]})
    await teller.slack.closes(RUTH, everything=True)
    await teller.clicks(SAM, await teller.types(SAM, "list"), "me_too.show")
    await teller.sends(SAM, **{WAITING: ["1", "2"]})
    await teller.slack.closes(SAM, everything=True)
    await teller.forges(SAM, "me_too.show", "page:0")
    await teller.sends(SAM, **{WAITING: []})
    await teller.slack.closes(SAM, everything=True)
    await teller.types(HOST, "curate")
    await teller.types(AUTHOR, "mine")


async def _where_one_reads_it(teller: Teller) -> None:
    await teller.forges(SAM, "item.read", "1")
    await teller.clicks(SAM, teller.form(SAM), "me_too.say")
    await teller.slack.closes(SAM, everything=True)
    await teller.forges(SAM, "me_too.say", "1")
    await teller.forges(SAM, "me_too.say", "2")
    await teller.forges(SAM, "me_too.take_back", "2")
    await teller.forges(SAM, "me_too.take_back", "2")
    await teller.forges(AUTHOR, "me_too.say", "1")
    await teller.forges(SAM, "me_too.say", "99")


async def _gone_meanwhile(teller: Teller) -> None:
    await teller.forges(SAM, "me_too.show", "page:0")
    await teller.forges(AUTHOR, "item.withdraw", "3")
    await teller.sends(SAM, **{WAITING: ["3"]})
    await teller.slack.closes(SAM, everything=True)
    await teller.forges(SAM, "me_too.say", "3")
    await teller.types(AUTHOR, "add - Chairs\n- Tables")
    await teller.forges(SAM, "me_too.show", "page:0")
    for number in (5, 6):
        await teller.forges(AUTHOR, "item.solve", f"{number}")
    await teller.sends(SAM, **{WAITING: ["5", "6"]})
    await teller.slack.closes(SAM, everything=True)


async def _the_host_decides(teller: Teller) -> None:
    await teller.forges(AUTHOR, "separate.take_up", "1")
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "agenda.arrange", block_id="board:1", selected="1:separately:1")
    await teller.sends(HOST, note="Let us meet at our office")
    await teller.slack.closes(HOST, everything=True)
    await teller.clicks(HOST, teller.direct(HOST, "Rents"), "item.leave_out")
    await teller.sends(HOST, reason="too full")
    await teller.forges(SAM, "separate.group", "1")
    await teller.minutes_pass(6)


async def _the_thread(teller: Teller) -> None:
    await teller.time_comes("2026-11-30 09:00")
    above = teller.shared("We talk about this separately")
    await teller.clicks(ADMIN, above, "me_too.say")
    await teller.clicks(ADMIN, above, "item.read")
    await teller.slack.closes(ADMIN, everything=True)


async def _a_group_message(teller: Teller) -> None:
    above = teller.shared("We talk about this separately")
    await teller.clicks(RUTH, above, "separate.group")
    await teller.forges(ADMIN, "me_too.take_back", "1")
    await teller.sends(RUTH)
    await teller.slack.closes(RUTH, everything=True)
    await teller.clicks(RUTH, above, "separate.group")
    await teller.sends(RUTH)
    await teller.slack.closes(RUTH, everything=True)


async def _none_is_opened(teller: Teller) -> None:
    above = teller.shared("We talk about this separately")
    for error in ("missing_scope", "invalid_user_combination", "internal_error"):
        await teller.clicks(SAM, above, "separate.group")
        teller.slack.next_answer("conversations.open", Refused(error))
        await teller.sends(SAM)
        await teller.slack.closes(SAM, everything=True)


async def _too_few_and_too_many(teller: Teller) -> None:
    await teller.forges(HOST, "agenda.arrange", "4:separately:1", kind="overflow")
    await teller.sends(HOST)
    await teller.minutes_pass(6)
    await teller.forges(AUTHOR, "separate.group", "4")
    await teller.time_comes("2026-12-07 09:00")
    above = teller.shared("We talk about this separately")
    for number in range(1, 9):
        teller.slack.add_person(f"U0NEIGHBOR{number}", "T0SISTER", f"Neighbor {number}")
        teller.slack.world.channels[SHARED].members.append(f"U0NEIGHBOR{number}")
        await teller.slack.clicks(f"U0NEIGHBOR{number}", above, "me_too.say")
    await teller.tells("Neighbors say it, too")
    await teller.clicks(AUTHOR, above, "separate.group")


async def _by_its_author(teller: Teller) -> None:
    mine = await teller.types(AUTHOR, "mine")
    await teller.clicks(AUTHOR, mine, "separate.take_up")
    await teller.forges(AUTHOR, "separate.take_up", "2")
    await teller.time_comes("2026-12-14 09:00")


async def _back_to_the_host(teller: Teller) -> None:
    await teller.forges(HOST, "agenda.arrange", "1:back:1", kind="overflow")
    await teller.minutes_pass(6)
    await teller.forges(SAM, "separate.group", "1")
    await teller.forges(HOST, "item.take", "1:1")
    await teller.time_comes("2027-01-21 12:30")
    await teller.forges(ADMIN, "me_too.say", "1")
