"""The agenda: how things stand, the list, the host's board, and publishing."""

from datetime import datetime

from bot import agenda, decisions
from bot.agenda import Agenda
from bot.errors import NothingChanged
from bot.people import Actor, may_decide
from bot.timetable import next_meeting, today_in
from handlers.blocks import agenda as draw
from handlers.blocks import board
from handlers.blocks.kit import Message
from handlers.hearing.turn import Turn
from storage.tenancy import Session


async def on_status(turn: Turn) -> None:
    await turn.answer(await turn.look(status, turn.now))


async def on_list(turn: Turn) -> None:
    await turn.answer(await turn.look(_items_list, turn.now))


async def on_curate(turn: Turn) -> None:
    await turn.answer(await turn.look(_next_board, turn.now))


async def on_board_clicked(turn: Turn) -> None:
    await turn.answer(await turn.look(_board, turn.subject, turn.now))


async def on_arranged(turn: Turn) -> None:
    way = turn.heard.value.partition(":")[2]
    await turn.answer_in_place(await turn.do(_arrange, turn.subject, way, turn.now))


async def on_publish_clicked(turn: Turn) -> None:
    await turn.answer_in_place(await turn.do(_publish, turn.subject, turn.now))


def status(session: Session, actor: Actor, now: datetime) -> Message:
    stands = agenda.next_agenda(session, actor.consortium, now)
    return draw.status(stands, today_in(actor.consortium, now), **_roles(session, actor, stands))


def board_drawn(stands: Agenda, now: datetime) -> Message:
    return board.board(stands, today_in(stands.consortium, now))


def _items_list(session: Session, actor: Actor, now: datetime) -> Message:
    stands = agenda.next_agenda(session, actor.consortium, now)
    return draw.items_list(stands, today_in(actor.consortium, now), **_roles(session, actor, stands))


def _roles(session: Session, actor: Actor, stands: Agenda) -> dict[str, bool]:
    """Which doors stand open to them beside everybody's."""
    is_host = stands.meeting is not None and may_decide(session, actor, stands.meeting.host)
    return {"is_host": is_host, "is_admin": actor.person.is_admin}


def _next_board(session: Session, actor: Actor, now: datetime) -> Message:
    meeting = next_meeting(session, actor.consortium, now)
    return _board(session, actor, meeting.id if meeting else 0, now)


def _board(session: Session, actor: Actor, meeting_id: int, now: datetime) -> Message:
    return board_drawn(agenda.board(session, actor, meeting_id), now)


def _arrange(session: Session, actor: Actor, item_id: int, way: str, now: datetime) -> Message:
    match way:
        case "earlier":
            stands = agenda.move_earlier(session, actor, item_id)
        case "later":
            stands = agenda.move_later(session, actor, item_id)
        case "back":
            item = decisions.reconsider(session, actor, item_id, now)
            stands = agenda.board(session, actor, item.meeting_id or 0)
        case _:
            raise NothingChanged("This can't be done with an item.")
    return board_drawn(stands, now)


def _publish(session: Session, actor: Actor, meeting_id: int, now: datetime) -> Message:
    return board_drawn(agenda.publish(session, actor, meeting_id, now), now)
