"""After the meeting: its host writes down what became of the items, and sends the notes."""

from functools import partial

from bot import after_meeting, follow_ups, results
from bot.results import Written
from bot.seen.results import AfterSeen, Became, ResultSeen
from handlers.blocks import results as draw
from handlers.blocks.follow_ups import follow_up_form
from handlers.blocks.listed import on_list
from handlers.hearing import forms
from handlers.hearing.revising import Deed, revise
from handlers.hearing.turn import Turn
from handlers.listeners.listed import listed


async def on_results_clicked(turn: Turn) -> None:
    stands = await turn.look(after_meeting.what_became, turn.subject, turn.now, turn.heard.page or 0)
    await turn.answer_page(draw.after(stands))


async def on_result_chosen(turn: Turn) -> None:
    """The menu of an item says at once what became of it, or leads to a line about it, or to a follow-up."""
    one, (way, *_) = listed(turn)
    match way:
        case draw.TO_WRITE:
            seen = await turn.look(after_meeting.item_to_write_about, one, turn.now)
            await turn.open(draw.result_form(seen, turn.heard.value))
        case draw.TO_AGREE:
            new = await turn.look(follow_ups.to_agree, one, turn.now)
            await turn.open(follow_up_form(new, on_list(one.meeting_id, one.item_id, one.page)))
        case _:
            stands = await turn.do(results.choose, one, way, turn.now)
            await turn.answer_in_place(draw.after(stands))


async def on_result_form_sent(turn: Turn) -> None:
    one, _more = listed(turn)
    look = partial(after_meeting.item_to_write_about, one=one, now=turn.now)
    await turn.answer_in_place(draw.saved(await revise(turn, look, partial(_writing, turn))))


async def _writing(turn: Turn, seen: ResultSeen) -> Deed[AfterSeen]:
    one, _more = listed(turn)
    answers = forms.as_changed(turn.heard, draw.result_form(seen, turn.heard.value))
    written = Written(
        forms.choice(answers, "became", Became),
        forms.optional_text(answers, "outcome"),
    )
    return partial(results.write_down, one=one, written=written, now=turn.now)


async def on_rest_is_done_clicked(turn: Turn) -> None:
    stands = await turn.do(results.rest_is_done, turn.subject, turn.now, turn.heard.page or 0)
    await turn.answer_in_place(draw.after(stands))


async def on_send_notes_clicked(turn: Turn) -> None:
    stands = await turn.do(results.send_notes, turn.subject, turn.now)
    await turn.answer_in_place(draw.after(stands))
