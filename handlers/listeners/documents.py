"""Copy, print, hand on: the words to copy, and files for who asks for them."""

from bot import documents
from bot.errors import NothingChanged, UserError
from bot.seen.documents import Of, Way
from handlers.blocks import documents as draw
from handlers.documents.plain import in_plain_words
from handlers.documents.sheets import sheet_of
from handlers.hearing import forms
from handlers.hearing.turn import Turn


async def on_hand_on_clicked(turn: Turn) -> None:
    document = await turn.look(documents.to_hand_on, turn.subject, _of(turn), turn.now)
    await turn.open(draw.hand_on_form(document, in_plain_words(sheet_of(document))))


async def on_hand_on_form_sent(turn: Turn) -> None:
    if draw.FILES not in turn.heard.answers:  # there were words to copy alone
        return
    wanted = {Way(way) for way in forms.ticked(turn.heard.answers, draw.FILES, list(Way))}
    if not wanted:
        raise UserError("Please choose one of the list.", field=draw.FILES)
    asked = await turn.do(documents.ask_for_files, turn.subject, _of(turn), wanted, turn.now)
    await turn.answer(draw.asked_for_files(asked))


def _of(turn: Turn) -> Of:
    """Raises NothingChanged if nobody hands on such a thing."""
    try:
        return Of(turn.heard.value.partition(":")[2])
    except ValueError:
        raise NothingChanged("What this was about is no longer here.") from None
