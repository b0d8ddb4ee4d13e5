"""What those say who were asked whether a message is there. The question itself is drawn anew by the outbox."""

from bot import undelivered
from handlers.hearing.turn import Turn


async def on_it_is_there_clicked(turn: Turn) -> None:
    await turn.do(undelivered.it_is_there, turn.subject, turn.now)


async def on_post_again_clicked(turn: Turn) -> None:
    await turn.do(undelivered.post_again, turn.subject, turn.now)
