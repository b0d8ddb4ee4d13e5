"""The host's clicks on a card or on the board. Every copy of the card is drawn anew by the outbox."""

from collections.abc import Callable
from functools import partial

from bot import board, decisions
from bot.decisions import Decision
from bot.seen.agenda import AgendaSeen
from bot.seen.items import ItemSeen, Reason
from handlers.blocks import decision_forms as draw_forms
from handlers.blocks import decisions as draw
from handlers.blocks.board import ON_BOARD, saved_on_board
from handlers.blocks.board import board as draw_board
from handlers.blocks.kit import Message, View
from handlers.hearing import forms
from handlers.hearing.payloads import leading_number
from handlers.hearing.turn import Turn

FROM_BOARD, FROM_CARD = "board", "card"


async def on_take_clicked(turn: Turn) -> None:
    await _decide(turn, decisions.add_to_agenda, is_on_board=is_on_board(turn))


async def on_hold_clicked(turn: Turn) -> None:
    await _decide(turn, decisions.hold, is_on_board=is_on_board(turn))


async def on_leave_out_clicked(turn: Turn) -> None:
    await _open_leave_out_form(turn, draw_forms.leave_out_form)


async def on_separately_chosen(turn: Turn) -> None:
    """From the menu of an item."""
    await _open_leave_out_form(turn, draw_forms.separately_form)


async def _open_leave_out_form(turn: Turn, form: Callable[[ItemSeen, str], View]) -> None:
    item = await turn.look(decisions.item_to_leave_out, turn.subject, turn.now, _made_for(turn))
    await turn.open(form(item, FROM_BOARD if is_on_board(turn) else FROM_CARD))


async def on_leave_out_form_sent(turn: Turn) -> None:
    note = forms.optional_text(turn.heard.answers, "note")
    if draw.SEPARATELY in (turn.heard.answers.get("reason"), _way(turn)):
        decide: Decision = partial(decisions.take_up_separately, note=note)
    else:
        reason = forms.choice(turn.heard.answers, "reason", Reason)
        decide = partial(decisions.leave_out, reason=reason, note=note)
    await _decide(turn, decide, is_on_board=turn.heard.value.endswith(FROM_BOARD), draw_stands=saved_on_board)


async def on_undo_clicked(turn: Turn) -> None:
    decision = leading_number(turn.heard.value.partition(":")[2]) or 0
    await turn.do(decisions.undo, turn.subject, decision, turn.now)


async def _decide(
    turn: Turn,
    decision: Decision,
    *,
    is_on_board: bool,
    draw_stands: Callable[[AgendaSeen], Message] = draw_board,
) -> None:
    """The board is answered where the decision was made on it."""
    decision = partial(decisions.decide_for, meeting_id=_made_for(turn), decide=decision)
    if is_on_board:
        stands = await turn.do(board.decided_on_board, turn.subject, decision, turn.now)
        await turn.answer_in_place(draw_stands(stands))
    else:
        await turn.do(decision, turn.subject, turn.now)


def _made_for(turn: Turn) -> int | None:
    """The meeting for which the button or form asks."""
    way = _way(turn)
    return leading_number(turn.heard.value.partition(f"{way}:" if way else ":")[2])


def _way(turn: Turn) -> str | None:
    """What was chosen in the menu of an item, or the form that it opened."""
    return draw.SEPARATELY if draw.SEPARATELY in turn.heard.value.split(":") else None


def is_on_board(turn: Turn) -> bool:
    return turn.heard.block_id.startswith(ON_BOARD)
