"""Meetings: the host confirms the one that the rotation proposes, or changes it."""

from bot import meetings
from bot.people import Actor
from handlers import forms
from handlers.blocks import meetings as draw
from handlers.turn import Turn
from storage import Session
from storage.meetings import Meeting


async def on_confirm_clicked(turn: Turn) -> None:
    await turn.do(meetings.confirm, turn.subject, turn.now)


async def on_change_clicked(turn: Turn) -> None:
    meeting = await turn.look(_meeting, turn.subject)
    await turn.open(draw.change_form(meeting))


async def on_change_form_sent(turn: Turn) -> None:
    await turn.do(meetings.change, turn.subject, forms.arrangement(turn.heard.answers), turn.now)


def _meeting(session: Session, actor: Actor, meeting_id: int) -> Meeting:
    return meetings.found(session, actor, meeting_id)
