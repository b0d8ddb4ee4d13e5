"""Legal holds: an admin says why nothing is to be deleted, and up to which day."""

from functools import partial

from bot import legal_holds, setup
from bot.calendar import read_day
from bot.errors import Words
from bot.seen.legal_holds import ToHoldSeen
from bot.seen.settings import SettingsSeen
from handlers.blocks import legal_holds as draw
from handlers.hearing import forms
from handlers.hearing.revising import Deed, revise
from handlers.hearing.turn import Turn
from handlers.listeners.setup import saved


async def on_hold_clicked(turn: Turn) -> None:
    await turn.open(draw.hold_form(await turn.look(legal_holds.to_hold, turn.now)))


async def on_hold_form_sent(turn: Turn) -> None:
    look = partial(legal_holds.to_hold, now=turn.now)
    await turn.answer_in_place(saved(await revise(turn, look, partial(_holding, turn))))


async def _holding(turn: Turn, seen: ToHoldSeen) -> Deed[SettingsSeen]:
    answers = forms.as_changed(turn.heard, draw.hold_form(seen))
    reason = forms.text(answers, "hold_reason", Words("Why is nothing to be deleted?"))
    until = forms.read(answers, "until", read_day)
    return partial(setup.after_holding, reason=reason, until=until, now=turn.now)
