"""After the meeting: its host writes down what became of the items, and sends the notes."""

from functools import partial

from bot import results
from bot.results import Written
from bot.seen.results import AfterSeen, Became, ResultSeen
from handlers.blocks import results as draw
from handlers.hearing import forms
from handlers.hearing.payloads import leading_number
from handlers.hearing.revising import Deed, revise
from handlers.hearing.turn import Turn


async def on_results_clicked(turn: Turn) -> None:
    stands = await turn.look(results.what_became, turn.subject, turn.now, turn.heard.page or 0)
    await turn.answer_page(draw.after(stands))


async def on_result_chosen(turn: Turn) -> None:
    """The menu of an item says at once what became of it, or leads to a line about it."""
    item, way, page = _about(turn)
    if way == draw.TO_WRITE:
        one = await turn.look(results.item_to_write_about, turn.subject, item, turn.now)
        await turn.open(draw.result_form(one, turn.heard.value))
        return
    stands = await turn.do(results.choose, turn.subject, item, way, turn.now, page)
    await turn.answer_in_place(draw.after(stands))


async def on_result_form_sent(turn: Turn) -> None:
    item, _way, _page = _about(turn)
    look = partial(results.item_to_write_about, meeting_id=turn.subject, item_id=item, now=turn.now)
    await turn.answer_in_place(draw.after(await revise(turn, look, partial(_writing, turn))))


async def _writing(turn: Turn, one: ResultSeen) -> Deed[AfterSeen]:
    item, _way, page = _about(turn)
    answers = forms.as_changed(turn.heard, draw.result_form(one, turn.heard.value))
    written = Written(
        forms.choice(answers, "became", Became),
        forms.optional_text(answers, "outcome"),
    )
    return partial(
        results.write_down,
        meeting_id=turn.subject,
        item_id=item,
        written=written,
        now=turn.now,
        page=page,
    )


async def on_rest_is_done_clicked(turn: Turn) -> None:
    stands = await turn.do(results.rest_is_done, turn.subject, turn.now, turn.heard.page or 0)
    await turn.answer_in_place(draw.after(stands))


async def on_send_notes_clicked(turn: Turn) -> None:
    stands = await turn.do(results.send_notes, turn.subject, turn.now)
    await turn.answer_in_place(draw.after(stands))


def _about(turn: Turn) -> tuple[int, str, int]:
    """The item, what is said of it, and the page on which it stands."""
    _meeting, _colon, rest = turn.heard.value.partition(":")
    item, _colon, way = rest.partition(":")
    said, _colon, page = way.partition(":")
    return leading_number(item) or 0, said, leading_number(page) or 0
