"""A form that was open while others may have changed what it shows: its sender's changes are made to how things stand now."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from bot.errors import UserError
from bot.people import Actor
from handlers.hearing.turn import Turn
from storage.tenancy import Session

Seen = TypeVar("Seen")
Answer = TypeVar("Answer")
Look = Callable[[Session, Actor], Seen]
Deed = Callable[[Session, Actor], Answer]
MOST_TIMES = 5


class ChangedMeanwhile(Exception):
    """What was looked at stands no more."""


async def revise(turn: Turn, look: Look[Seen], ask: Callable[[Seen], Awaitable[Deed[Answer]]]) -> Answer:
    """Do what `ask` makes of what is seen, if that still stands when it is done; else look, and ask anew.

    Slack may be asked in between. Raises UserError if others change it each time.
    """
    for _ in range(MOST_TIMES):
        seen = await turn.look(look)
        deed = await ask(seen)
        with suppress(ChangedMeanwhile):
            return await turn.do(_as_seen, look, seen, deed)
    raise UserError("Somebody else changes this just now, too. Please try again.")


def _as_seen(session: Session, actor: Actor, look: Look[Seen], seen: Seen, deed: Deed[Answer]) -> Answer:
    if look(session, actor) != seen:
        raise ChangedMeanwhile
    return deed(session, actor)
