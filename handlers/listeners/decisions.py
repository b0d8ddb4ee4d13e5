"""The host's clicks on a card or on the board. Every copy of the card is drawn anew by the outbox."""

from collections.abc import Callable
from datetime import datetime

from bot import decisions
from bot.agenda import board
from bot.people import Actor
from handlers.blocks import decisions as draw
from handlers.blocks.board import ON_BOARD
from handlers.blocks.kit import Message
from handlers.hearing import forms
from handlers.hearing.payloads import leading_number
from handlers.hearing.turn import Turn
from handlers.listeners.agenda import board_drawn
from storage.items import Item, Reason
from storage.tenancy import Session

FROM_BOARD, FROM_CARD = "board", "card"

Decision = Callable[[Session, Actor, int, datetime], Item]


async def on_take_clicked(turn: Turn) -> None:
    await _decide(turn, decisions.add_to_agenda)


async def on_hold_clicked(turn: Turn) -> None:
    await _decide(turn, decisions.hold)


async def on_leave_out_clicked(turn: Turn) -> None:
    item = await turn.look(decisions.undecided_item, turn.subject, turn.now)
    await turn.open(draw.leave_out_form(item, FROM_BOARD if _is_on_board(turn) else FROM_CARD))


async def on_leave_out_form_sent(turn: Turn) -> None:
    reason = forms.choice(turn.heard.answers, "reason", Reason)
    note = forms.optional_text(turn.heard.answers, "note")

    def leave_out(session: Session, actor: Actor, item_id: int, now: datetime) -> Item:
        return decisions.leave_out(session, actor, item_id, reason, note, now)

    redrawn = await turn.do(_with_board(leave_out), turn.subject, turn.now)
    if turn.heard.value.endswith(FROM_BOARD):
        await turn.answer_in_place(redrawn)


async def on_undo_clicked(turn: Turn) -> None:
    decision = leading_number(turn.heard.value.partition(":")[2]) or 0
    await turn.do(decisions.undo, turn.subject, decision, turn.now)


async def _decide(turn: Turn, decision: Decision) -> None:
    redrawn = await turn.do(_with_board(decision), turn.subject, turn.now)
    if _is_on_board(turn):
        await turn.answer_in_place(redrawn)


def _with_board(decision: Decision) -> Callable[[Session, Actor, int, datetime], Message]:
    def decided(session: Session, actor: Actor, item_id: int, now: datetime) -> Message:
        item = decision(session, actor, item_id, now)
        return board_drawn(board(session, actor, item.meeting_id or 0), now)

    return decided


def _is_on_board(turn: Turn) -> bool:
    return turn.heard.block_id.startswith(ON_BOARD)
