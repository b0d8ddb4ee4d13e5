"""The host joins two items, from the board, from a card or from the form of one on the agenda, and takes them apart."""

from functools import partial

from bot import board, joining
from bot.decisions import Decision
from bot.errors import UserError
from handlers.blocks import joining as draw
from handlers.blocks.board import saved_on_board
from handlers.blocks.ids import JOIN_ITEMS
from handlers.hearing import forms
from handlers.hearing.payloads import leading_number
from handlers.hearing.turn import Turn
from handlers.listeners.decisions import FROM_BOARD, FROM_CARD, is_on_board


async def on_join_chosen(turn: Turn) -> None:
    """From the menu of an item on a card or on the board, or from the form of one that is on the agenda."""
    made_for = leading_number(turn.heard.value.rpartition(":")[2])
    seen = await turn.look(joining.to_join, turn.subject, turn.now, made_for)
    is_from_board = is_on_board(turn) or turn.heard.id == JOIN_ITEMS
    opened_from = FROM_BOARD if is_from_board else FROM_CARD
    if seen.others.shown:
        await turn.open(draw.join_form(seen, opened_from))
    else:
        await turn.open_message(draw.nothing_to_join(seen, opened_from))


async def on_join_form_sent(turn: Turn) -> None:
    other_id = forms.read(turn.heard.answers, "other", _number)
    title = forms.optional_text(forms.changed(turn.heard), "title")
    await _do(turn, partial(joining.join, other_id=other_id, title=title, meeting_id=_made_for(turn)))


async def on_take_apart_clicked(turn: Turn) -> None:
    await _do(turn, partial(joining.take_apart, meeting_id=_made_for(turn)))


async def _do(turn: Turn, deed: Decision) -> None:
    """The board is answered where it was done on it. Each card is drawn anew by the outbox."""
    if turn.heard.value.endswith(FROM_BOARD):
        stands = await turn.do(board.decided_on_board, turn.subject, deed, turn.now)
        await turn.answer_in_place(saved_on_board(stands))
    else:
        await turn.do(deed, turn.subject, turn.now)


def _made_for(turn: Turn) -> int | None:
    """The meeting for which the form or button was made."""
    return leading_number(turn.heard.value.partition(":")[2])


def _number(chosen: str) -> int:
    number = leading_number(chosen)
    if number is None:
        raise UserError("Please choose one of the list.")
    return number
