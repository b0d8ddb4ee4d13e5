"""The host asks the author of an item, who answers: on the board and the card, too often, too late, and where nobody is there to answer."""

from playground.slack import Refused
from tests.golden.teller import Teller
from tests.story import SHARED

HOST, DEPUTY, AUTHOR = "U0CURATOR", "U0DEPUTY", "U0MEMBER"


async def tell(teller: Teller) -> None:
    await teller.types(AUTHOR, "add Budget cuts (15 min)")
    await _on_the_board(teller)
    await _answered(teller)
    await _many(teller)
    await _by_others(teller)
    await _too_late(teller)
    await _who_is_not_there(teller)
    await _words_that_are_removed(teller)
    await _on_to_the_next_host(teller)


async def _on_the_board(teller: Teller) -> None:
    board = await teller.types(HOST, "curate")
    await teller.clicks(HOST, board, "agenda.arrange", block_id="board:1", selected="1:ask:1")
    await teller.tampers(HOST, question="")
    await teller.tampers(HOST, question="x" * 501)
    await teller.sends(HOST, question="Which program is it?")
    await teller.slack.closes(HOST, everything=True)


async def _answered(teller: Teller) -> None:
    asked = teller.direct(AUTHOR, "has a question")
    await teller.opens_home(AUTHOR)
    await teller.clicks(AUTHOR, asked, "question.answer")
    await teller.tampers(AUTHOR, answer=" ")
    await teller.tampers(AUTHOR, answer="x" * 1001)
    await teller.sends(AUTHOR, answer="The youth jobs program")
    await teller.types(HOST, "curate")
    await teller.clicks(AUTHOR, asked, "question.answer")
    await teller.sends(AUTHOR, answer="The youth jobs program, and the summer camp")
    await teller.forges(HOST, "item.read", "1")
    await teller.forges(AUTHOR, "item.read", "1")
    await teller.forges("U0SAM", "item.read", "1")
    for person in (HOST, AUTHOR, "U0SAM"):
        await teller.slack.closes(person, everything=True)


async def _many(teller: Teller) -> None:
    card = teller.direct(DEPUTY, "Budget cuts")
    for number in range(1, 4):
        await teller.clicks(DEPUTY, card, "agenda.arrange", selected="1:ask:1")
        await teller.sends(DEPUTY, question=f"Question {number}?")
    await teller.clicks(DEPUTY, card, "agenda.arrange", selected="1:ask:1")
    await teller.types(HOST, "curate")


async def _by_others(teller: Teller) -> None:
    await teller.forges("U0SAM", "agenda.arrange", "1:ask:1", kind="overflow")
    await teller.forges(HOST, "question.answer", "1")
    await teller.forges(AUTHOR, "question.answer", "99")
    await teller.types(DEPUTY, "add Vans")
    await teller.forges(DEPUTY, "agenda.arrange", "2:ask:1", kind="overflow")
    await teller.forges(HOST, "agenda.arrange", "2:ask:2", kind="overflow")


async def _too_late(teller: Teller) -> None:
    await teller.forges(HOST, "item.take", "2:1")
    await teller.forges(HOST, "agenda.arrange", "2:ask:1", kind="overflow")
    await teller.sends(HOST, question="How many vans?")
    await teller.minutes_pass(6)
    await teller.forges(HOST, "agenda.arrange", "2:ask:1", kind="overflow")
    await teller.types(AUTHOR, "add Parking")
    await teller.forges(HOST, "agenda.arrange", "3:ask:1", kind="overflow")
    await teller.sends(HOST, question="Whose cars?")
    await teller.forges(AUTHOR, "item.withdraw", "3")
    await teller.forges(HOST, "agenda.arrange", "3:ask:1", kind="overflow")
    await teller.forges(AUTHOR, "question.answer", "6")
    await teller.types(AUTHOR, "add Chairs")
    await teller.forges(HOST, "agenda.arrange", "4:ask:1", kind="overflow")
    await teller.sends(HOST, question="How many chairs?")
    await teller.forges(HOST, "item.leave_out", "4:1")
    await teller.sends(HOST, reason="not ours")
    await teller.minutes_pass(6)
    await teller.forges(AUTHOR, "question.answer", "7")


async def _who_is_not_there(teller: Teller) -> None:
    await teller.types("U0SAM", "add Rents")
    teller.slack.next_answer("chat.postMessage", Refused("invalid_blocks"))
    await teller.forges(HOST, "agenda.arrange", "5:ask:1", kind="overflow")
    await teller.sends(HOST, question="Which street?")
    await teller.happens("Sam Whitfield leaves the channel", lambda: teller.slack.leaves("U0SAM", SHARED))
    await teller.minutes_pass(6)
    await teller.forges(HOST, "agenda.arrange", "5:ask:1", kind="overflow")


async def _words_that_are_removed(teller: Teller) -> None:
    await teller.forges(HOST, "item.remove", "1")
    await teller.sends(HOST)
    await teller.slack.closes(HOST, everything=True)
    await teller.forges(AUTHOR, "question.answer", "1")


async def _on_to_the_next_host(teller: Teller) -> None:
    await teller.forges(HOST, "agenda.arrange", "1:ask:1", kind="overflow")
    await teller.sends(HOST, question="What would you like to say?")
    await teller.time_comes("2027-01-21 12:30")
    await teller.forges(HOST, "agenda.arrange", "2:ask:1", kind="overflow")
    await teller.clicks(AUTHOR, teller.direct(AUTHOR, "What would you like"), "question.answer")
    await teller.sends(AUTHOR, answer="That we want to be heard")
