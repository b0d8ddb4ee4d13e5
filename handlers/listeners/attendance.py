"""Who came: the host of a meeting counts, collaborative by collaborative."""

from bot import attendance
from bot.attendance import MOST_PEOPLE
from handlers.blocks import attendance as draw
from handlers.blocks import results as draw_results
from handlers.hearing import forms
from handlers.hearing.payloads import leading_number
from handlers.hearing.turn import Turn


async def on_who_came_clicked(turn: Turn) -> None:
    await turn.open(draw.who_came_form(await turn.look(attendance.to_count, turn.subject, turn.now)))


async def on_who_came_form_sent(turn: Turn) -> None:
    """What its sender did not touch stays as others have counted it since; what they counted is kept, also of who left the rotation meanwhile."""
    answers = forms.changed(turn.heard)
    counts = {
        asked: forms.number(answers, field, 0, MOST_PEOPLE) if answers[field] else None
        for field in answers
        if (asked := leading_number(field.removeprefix(draw.CAME))) is not None
    }
    counted = await turn.do(attendance.note_who_came, meeting_id=turn.subject, counts=counts, now=turn.now)
    await turn.answer_in_place(draw_results.saved(counted))
