"""Who does what: the page, and what is taken and given back on it."""

from bot import duties
from bot.errors import NothingChanged
from bot.seen.duties import Work
from handlers.blocks import duties as draw
from handlers.hearing.turn import Turn


async def on_duties_clicked(turn: Turn) -> None:
    await turn.answer(draw.duties(await turn.look(duties.who_does_what, turn.subject, turn.now)))


async def on_take_duty_clicked(turn: Turn) -> None:
    seen = await turn.do(duties.take, turn.subject, _work(turn), turn.now)
    await turn.answer_in_place(draw.duties(seen))


async def on_give_back_duty_clicked(turn: Turn) -> None:
    seen = await turn.do(duties.give_back, turn.subject, _work(turn), turn.now)
    await turn.answer_in_place(draw.duties(seen))


def _work(turn: Turn) -> Work:
    """Raises NothingChanged if there is no such thing to do."""
    named = turn.heard.value.partition(":")[2]
    if named not in list(Work):
        raise NothingChanged("This can't be done with a meeting.")
    return Work(named)
