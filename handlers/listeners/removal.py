"""Removing words that show who somebody is: asked first, then done everywhere."""

from bot import removal, tips
from handlers.blocks import removal as draw
from handlers.blocks.tips import topics
from handlers.hearing.turn import Turn


async def on_remove_clicked(turn: Turn) -> None:
    await turn.open(draw.remove_form(await turn.look(removal.words_to_remove, turn.subject, turn.now)))


async def on_remove_form_sent(turn: Turn) -> None:
    read = turn.heard.value.partition(":")[2]
    await turn.do(removal.remove_words, turn.subject, draw.instead(), turn.now, read)
    await turn.answer_in_place(draw.removed())


async def on_remove_tip_clicked(turn: Turn) -> None:
    """The button has asked whether they are sure."""
    await turn.do(tips.remove_words, turn.subject, draw.instead(), turn.now, topics())
    await turn.answer(draw.removed())
