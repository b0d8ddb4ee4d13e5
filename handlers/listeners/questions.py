"""Questions: the host asks the author of an item, from the card or the board, and the author answers."""

from functools import partial

from bot import board, questions
from bot.errors import Words
from bot.seen.posts import AskedSeen
from handlers.blocks import questions as draw
from handlers.blocks.board import asked_on_board
from handlers.hearing import forms
from handlers.hearing.payloads import leading_number
from handlers.hearing.revising import Deed, revise
from handlers.hearing.turn import Turn
from handlers.listeners.decisions import FROM_BOARD, FROM_CARD, is_on_board


async def on_ask_chosen(turn: Turn) -> None:
    made_for = leading_number(turn.heard.value.rpartition(":")[2])
    item = await turn.look(questions.to_ask, turn.subject, turn.now, made_for)
    opened_from = FROM_BOARD if is_on_board(turn) else FROM_CARD
    await turn.open(draw.ask_form(item, f"{turn.subject}:{made_for or 0}:{opened_from}"))


async def on_ask_form_sent(turn: Turn) -> None:
    """The board is answered where it was asked on it. Each card is drawn anew by the outbox."""
    words = forms.text(turn.heard.answers, "question", Words("Please write your question."))
    _item, _colon, about = turn.heard.value.partition(":")
    ask = partial(questions.ask, words=words, meeting_id=leading_number(about))
    if about.endswith(FROM_BOARD):
        stands = await turn.do(board.decided_on_board, turn.subject, ask, turn.now)
        await turn.answer_in_place(asked_on_board(stands))
    else:
        await turn.do(ask, turn.subject, turn.now)


async def on_answer_clicked(turn: Turn) -> None:
    await turn.open(draw.answer_form(await turn.look(questions.to_answer, turn.subject, turn.now)))


async def on_answer_form_sent(turn: Turn) -> None:
    """The message that asked says what was answered."""
    look = partial(questions.to_answer, question_id=turn.subject, now=turn.now)
    await revise(turn, look, partial(_answering, turn))


async def _answering(turn: Turn, seen: AskedSeen) -> Deed[None]:
    answers = forms.as_changed(turn.heard, draw.answer_form(seen))
    words = forms.text(answers, "answer", Words("Please write your answer."))
    return partial(questions.answer, question_id=turn.subject, words=words, now=turn.now)
