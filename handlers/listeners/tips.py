"""Tips: sharing and finding them."""

from bot import tips
from bot.errors import NothingChanged, UserError, Words
from bot.reading.searches import words_of
from bot.reading.text import storable
from handlers.blocks import tips as draw
from handlers.hearing import forms
from handlers.hearing.turn import Turn


async def on_tip(turn: Turn) -> None:
    """`/agenda tip topic: what helped`; bare, or by the button, it opens the form."""
    if not turn.heard.text:
        await turn.open(draw.tip_form())
        return
    topic, text = tips.read_tip(storable(turn.heard.text), draw.topics())
    await turn.answer(draw.kept(await turn.do(tips.keep, topic, text, turn.now, turn.services.most_a_day)))


async def on_tip_form_sent(turn: Turn) -> None:
    topic = forms.said(turn.heard.answers, "topic")
    if topic not in draw.topics():
        raise UserError("Please choose a topic.", field="topic")
    text = forms.text(turn.heard.answers, "text", needed=Words("What would you like to share?"))
    await turn.answer(draw.kept(await turn.do(tips.keep, topic, text, turn.now, turn.services.most_a_day)))


async def on_filed(turn: Turn) -> None:
    topic = turn.heard.value.partition(":")[2]
    if topic not in draw.topics():
        raise NothingChanged("There is no such topic.")
    tip = await turn.do(tips.file_under, turn.subject, topic)
    await turn.answer_in_place(draw.kept(tip))


async def on_tips(turn: Turn) -> None:
    """`/agenda tips words`; bare, or by the button, the newest."""
    await _find(turn, storable(turn.heard.text))


async def on_search_clicked(turn: Turn) -> None:
    await turn.open(draw.search_form())


async def on_search_form_sent(turn: Turn) -> None:
    await _find(turn, forms.text(turn.heard.answers, "words", needed=Words("A word or two, please.")))


async def _find(turn: Turn, typed: str) -> None:
    words = words_of(typed)
    if typed and not words:
        raise UserError("A word or two, please.", field="words")
    await turn.answer(draw.results(await turn.look(tips.find, words, turn.now), typed))
