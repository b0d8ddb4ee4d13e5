"""Who came: the host of a meeting counts, collaborative by collaborative."""

from functools import partial

from bot import attendance
from bot.attendance import MOST_PEOPLE
from bot.seen.results import AfterSeen, ToCountSeen
from handlers.blocks import attendance as draw
from handlers.blocks import results as draw_results
from handlers.hearing import forms
from handlers.hearing.payloads import leading_number
from handlers.hearing.revising import Deed, revise
from handlers.hearing.turn import Turn


async def on_who_came_clicked(turn: Turn) -> None:
    await turn.open(draw.who_came_form(await turn.look(attendance.to_count, turn.subject, turn.now)))


async def on_who_came_form_sent(turn: Turn) -> None:
    look = partial(attendance.to_count, meeting_id=turn.subject, now=turn.now)
    await turn.answer_in_place(draw_results.after(await revise(turn, look, partial(_counting, turn))))


async def _counting(turn: Turn, seen: ToCountSeen) -> Deed[AfterSeen]:
    answers = forms.as_changed(turn.heard, draw.who_came_form(seen))
    counts = {
        asked: forms.number(answers, field, 0, MOST_PEOPLE) if answers[field] else None
        for field in answers
        if (asked := leading_number(field.removeprefix(draw.CAME))) is not None
    }
    return partial(attendance.note_who_came, meeting_id=turn.subject, counts=counts, now=turn.now)
