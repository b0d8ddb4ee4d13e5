"""Meetings: the host confirms the one that the rotation proposes, or changes it."""

from datetime import datetime

from bot import meetings
from bot.agenda import board
from bot.errors import Words
from bot.meetings import Arrangement
from bot.people import Actor
from handlers.blocks import meetings as draw
from handlers.blocks.kit import Message
from handlers.hearing import forms
from handlers.hearing.turn import Turn
from handlers.listeners.agenda import board_drawn
from storage.meetings import Meeting
from storage.tenancy import Session


async def on_confirm_clicked(turn: Turn) -> None:
    await turn.do(meetings.confirm, turn.subject, turn.now)


async def on_change_clicked(turn: Turn) -> None:
    meeting = await turn.look(_meeting, turn.subject)
    await turn.open(draw.change_form(meeting))


async def on_change_form_sent(turn: Turn) -> None:
    forms.text(turn.heard.answers, "office", needed=Words("Where is it?"))
    arrangement = forms.arrangement(turn.heard.answers)
    await turn.answer_in_place(await turn.do(_change, turn.subject, arrangement, turn.now))


def _change(
    session: Session, actor: Actor, meeting_id: int, arrangement: Arrangement, now: datetime
) -> Message:
    meetings.change(session, actor, meeting_id, arrangement, now)
    return board_drawn(board(session, actor, meeting_id), now)


def _meeting(session: Session, _actor: Actor, meeting_id: int) -> Meeting:
    return meetings.meeting_to_change(session, meeting_id)
