"""What comes up in the room: one line by whoever takes notes, and whether what others bring meanwhile is for today."""

from functools import partial

from bot import came_up
from bot.errors import Words
from bot.reading.item_lines import read_items
from handlers.blocks import came_up as draw
from handlers.hearing import forms
from handlers.hearing.turn import Turn
from handlers.listeners.items import answer_form, answer_lines, proposals, say_of_own


async def on_now(turn: Turn) -> None:
    """`/agenda now …` takes what `/agenda add` takes; bare, or by the button, it opens a form with one line."""
    if not turn.heard.text:
        meeting = await turn.look(came_up.meeting_under_way, turn.now, turn.heard.subject)
        await turn.open(draw.came_up_form(meeting))
        return
    lines = read_items(turn.heard.text)
    received = await turn.do(came_up.bring_up, proposals(lines), turn.now, turn.services.most_a_day)
    await answer_lines(turn, received, lines)


async def on_came_up_form_sent(turn: Turn) -> None:
    typed = forms.text(turn.heard.answers, "title", needed=Words("An item needs a title."))
    bring_up = partial(came_up.bring_up, meeting_id=turn.subject)
    received = await turn.do(bring_up, proposals(read_items(typed)), turn.now, turn.services.most_a_day)
    await answer_form(turn, received)


async def on_today_clicked(turn: Turn) -> None:
    await say_of_own(turn, came_up.bring_today, draw.is_for_today)


async def on_next_time_clicked(turn: Turn) -> None:
    await say_of_own(turn, came_up.keep_for_next_time, draw.is_for_next_time)
