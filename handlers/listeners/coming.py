"""Who comes: anybody says whether they do, how many come with them, and what the day needs."""

from functools import partial

from bot import coming, note_takers
from bot.coming import MOST_PEOPLE
from bot.seen.coming import Need, OwnComingSeen, Told, ToldOfParty, ToTellOfPartySeen, ToTellSeen
from handlers.blocks import coming as draw
from handlers.blocks import coming_forms as draw_forms
from handlers.blocks.coming_forms import FIRST_TIME
from handlers.hearing import forms
from handlers.hearing.revising import Deed, revise
from handlers.hearing.turn import Turn


async def on_comes_clicked(turn: Turn) -> None:
    await _say(turn, comes=True)


async def on_comes_not_clicked(turn: Turn) -> None:
    await _say(turn, comes=False)


async def _say(turn: Turn, *, comes: bool) -> None:
    await turn.answer(
        draw.noted(await turn.do(coming.say_whether_one_comes, turn.subject, turn.now, comes=comes))
    )


async def on_takes_notes_clicked(turn: Turn) -> None:
    await turn.answer(draw.noted(await turn.do(note_takers.take_notes, turn.subject, turn.now)))


async def on_takes_no_notes_clicked(turn: Turn) -> None:
    await turn.answer(draw.noted(await turn.do(note_takers.take_no_notes, turn.subject, turn.now)))


async def on_coming_clicked(turn: Turn) -> None:
    await turn.open(draw_forms.coming_form(await turn.look(coming.to_tell, turn.subject, turn.now)))


async def on_coming_form_sent(turn: Turn) -> None:
    look = partial(coming.to_tell, meeting_id=turn.subject, now=turn.now)
    await turn.answer(draw.noted(await revise(turn, look, partial(_telling, turn))))


async def _telling(turn: Turn, seen: ToTellSeen) -> Deed[OwnComingSeen]:
    answers = forms.as_changed(turn.heard, draw_forms.coming_form(seen))
    ticked = forms.ticked(answers, "about_me", [FIRST_TIME, *Need])
    told = Told(
        is_new=FIRST_TIME in ticked,
        needed=frozenset(map(Need, ticked - {FIRST_TIME})),
        more=forms.optional_text(answers, "more"),
        knows=frozenset(map(int, forms.ticked(answers, "knows", [str(one.id) for one in seen.others]))),
    )
    return partial(coming.tell, meeting_id=turn.subject, told=told, now=turn.now)


async def on_party_clicked(turn: Turn) -> None:
    await turn.open(draw_forms.party_form(await turn.look(coming.to_tell_of_party, turn.subject, turn.now)))


async def on_party_form_sent(turn: Turn) -> None:
    look = partial(coming.to_tell_of_party, meeting_id=turn.subject, now=turn.now)
    await turn.answer(draw.noted(await revise(turn, look, partial(_telling_of_party, turn))))


async def _telling_of_party(turn: Turn, seen: ToTellOfPartySeen) -> Deed[OwnComingSeen]:
    answers = forms.as_changed(turn.heard, draw_forms.party_form(seen))
    told = ToldOfParty(
        people=forms.optional_number(answers, "people", 0, MOST_PEOPLE),
        new=forms.optional_number(answers, "new", 0, MOST_PEOPLE),
        who_is_new=forms.optional_text(answers, "who_is_new"),
    )
    return partial(coming.tell_of_party, meeting_id=turn.subject, told=told, now=turn.now)


async def on_who_comes_clicked(turn: Turn) -> None:
    seen = await turn.look(coming.who_comes, turn.subject, turn.now, turn.heard.page or 0)
    await turn.answer_page(draw.who_comes(seen))
