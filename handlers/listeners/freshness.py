"""What the author of an item says of whether they still want it: in the message that asks, or under their own items."""

from bot import freshness
from handlers.blocks import freshness as draw
from handlers.blocks.tips import tip_form
from handlers.hearing.turn import Turn
from handlers.listeners.items import say_of_own


async def on_keep_clicked(turn: Turn) -> None:
    await say_of_own(turn, freshness.keep, draw.kept)


async def on_solve_clicked(turn: Turn) -> None:
    await say_of_own(turn, freshness.solve, draw.solved)


async def on_bring_back_clicked(turn: Turn) -> None:
    await say_of_own(turn, freshness.bring_back, draw.brought_back)


async def on_learned_clicked(turn: Turn) -> None:
    """What was learned is shared as all that worked for somebody is."""
    item = await turn.look(freshness.solved_item, turn.subject)
    await turn.open(tip_form(item.as_brought.title))
