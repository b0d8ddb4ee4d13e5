"""Follow-ups: the host writes down who does what by when, and who has something to do says what became of it."""

from functools import partial
from typing import NamedTuple

from bot import follow_ups, own_follow_ups
from bot.after_meeting import Listed
from bot.calendar import read_day
from bot.errors import NothingChanged, UserError, Words
from bot.follow_ups import Agreed
from bot.own_follow_ups import Read, Said
from bot.participation import Identity
from bot.seen.follow_ups import ToAgreeSeen
from bot.seen.results import AfterSeen
from handlers.blocks import follow_ups as draw
from handlers.blocks import results as draw_results
from handlers.hearing import forms
from handlers.hearing.introductions import identity_of_chosen
from handlers.hearing.payloads import leading_number
from handlers.hearing.presence import ClosedToUs, reads
from handlers.hearing.revising import Deed, revise
from handlers.hearing.turn import Turn
from handlers.listeners.listed import listed
from storage.people import Who


class About(NamedTuple):
    """A follow-up of an item on the list of its meeting: `follow_up_id` is None of a new one. `way`: what is to be done with it."""

    listed: Listed
    follow_up_id: int | None
    way: str


async def on_follow_up_chosen(turn: Turn) -> None:
    """The menu of a follow-up: change it, or take it out."""
    about = _about(turn)
    if about.way == draw.TO_CHANGE:
        await on_follow_up_to_write_clicked(turn)
    elif about.way == draw.TO_TAKE_OUT:
        stands = await turn.do(follow_ups.take_out, about.listed, about.follow_up_id or 0, turn.now)
        await turn.answer_in_place(draw_results.after(stands))
    else:
        raise NothingChanged("This can't be done with a follow-up.")


async def on_follow_up_to_write_clicked(turn: Turn) -> None:
    about = _about(turn)
    seen = await turn.look(follow_ups.to_agree, about.listed, turn.now, about.follow_up_id)
    await turn.open(draw.follow_up_form(seen, turn.heard.value))


async def on_follow_up_form_sent(turn: Turn) -> None:
    about = _about(turn)
    look = partial(follow_ups.to_agree, one=about.listed, now=turn.now, follow_up_id=about.follow_up_id)
    await turn.answer_in_place(draw_results.saved(await revise(turn, look, partial(_agreeing, turn, about))))


async def _agreeing(turn: Turn, about: About, seen: ToAgreeSeen) -> Deed[AfterSeen]:
    answers = forms.as_changed(turn.heard, draw.follow_up_form(seen, turn.heard.value))
    words = forms.text(answers, "what", Words("What is the task?"))
    due_on = forms.read(answers, "due_on", read_day)
    user_id = forms.said(answers, "owner")
    if not user_id:
        raise UserError("Please choose who does it.", field="owner")
    identity = await identity_of_chosen(turn.client, user_id, "owner")
    await _must_be_there(turn, seen, user_id, identity)
    agreed = Agreed(words, Who(identity.team_id, user_id), due_on, identity)
    return partial(
        follow_ups.agree,
        one=about.listed,
        agreed=agreed,
        now=turn.now,
        follow_up_id=about.follow_up_id,
    )


async def _must_be_there(turn: Turn, seen: ToAgreeSeen, user_id: str, identity: Identity) -> None:
    """Raises UserError if they are not in the shared channel: what is theirs to do would let them in."""
    try:
        is_there = await reads(turn.client, seen.channel_id, user_id)
    except ClosedToUs as closed:
        raise closed.refusal from None
    if not is_there:
        raise follow_ups.must_be_there(identity.name)


async def on_follow_ups_clicked(turn: Turn) -> None:
    seen = await turn.look(own_follow_ups.own_follow_ups, turn.now, turn.heard.page or 0)
    await turn.answer_page(draw.own(seen))


async def on_done_clicked(turn: Turn) -> None:
    await _say(turn, own_follow_ups.done)


async def on_later_clicked(turn: Turn) -> None:
    await _say(turn, own_follow_ups.later)


async def on_decline_clicked(turn: Turn) -> None:
    await _say(turn, own_follow_ups.decline)


async def on_take_up_again_clicked(turn: Turn) -> None:
    await _say(turn, own_follow_ups.take_up_again)


async def _say(turn: Turn, said: Said) -> None:
    """The page is answered where it was said on one. A message of its own is drawn anew by the outbox."""
    read = _read(turn)
    if turn.heard.page is None:
        await turn.do(said, read, turn.now)
        return
    said_on_page = partial(own_follow_ups.said_on_page, said=said, page=turn.heard.page)
    one, rest = await turn.do(said_on_page, read, turn.now)
    await turn.answer_in_place(draw.own(rest, just_said=one))


def _read(turn: Turn) -> Read:
    """Buttons of before say no edition."""
    _page, edition, *_rest = (turn.heard.value + "::").split(":")[1:]
    return Read(turn.subject, edition)


def _about(turn: Turn) -> About:
    one, (follow_up, way, *_) = listed(turn)
    return About(one, leading_number(follow_up) or None, way)
