"""Bringing items: one line, a pasted list or a form; changing them and taking them back."""

from collections.abc import Callable, Sequence
from functools import partial

from bot import items, own_items
from bot.errors import Words
from bot.items import Proposal, Receipt
from bot.items_to_read import item_to_read
from bot.own_items import Say
from bot.reading.item_lines import Line, read_items
from bot.seen.items import ItemSeen
from handlers.blocks import item_forms
from handlers.blocks import items as draw
from handlers.blocks import own_items as draw_own
from handlers.blocks.kit import Block, Message
from handlers.blocks.limits import INPUT_TEXT
from handlers.blocks.membership import join_form, question
from handlers.blocks.taking_back import taken_back
from handlers.hearing import forms
from handlers.hearing.payloads import leading_number
from handlers.hearing.revising import Deed, revise
from handlers.hearing.surfaces import Where, where_heard
from handlers.hearing.turn import Turn

Said = Callable[[ItemSeen], list[Block]]


async def on_add(turn: Turn) -> None:
    """`/agenda add …` takes one line or a pasted list; bare, or by the button, it opens the form."""
    if not turn.heard.text:
        await turn.open(item_forms.add_form())
        return
    lines = read_items(turn.heard.text)
    received = await turn.do(items.propose, proposals(lines), turn.now, turn.services.most_a_day)
    await answer_lines(turn, received, lines)


def proposals(lines: Sequence[Line]) -> list[Proposal]:
    return [
        Proposal(line.title, line.details, minutes=line.minutes, on_behalf_of=line.on_behalf_of)
        for line in lines
    ]


async def answer_lines(turn: Turn, received: Receipt, lines: Sequence[Line]) -> None:
    """To who typed them: what became of them, and what is in doubt."""
    await turn.answer(_receipt(received, [doubt for line in lines for doubt in line.doubts]))
    if received.choices:
        await turn.open(join_form(received.choices))


async def on_add_form_sent(turn: Turn) -> None:
    sent = forms.proposal(turn.heard.answers)
    await answer_form(turn, await turn.do(items.propose, [sent], turn.now, turn.services.most_a_day))


async def on_add_again_clicked(turn: Turn) -> None:
    await turn.open(item_forms.add_again_form(await turn.look(items.item_to_bring_again, turn.subject)))


async def on_add_again_form_sent(turn: Turn) -> None:
    look = partial(items.item_to_bring_again, item_id=turn.subject)
    await answer_form(turn, await revise(turn, look, partial(_bringing_again, turn)))


async def _bringing_again(turn: Turn, item: ItemSeen) -> Deed[Receipt]:
    sent = forms.proposal(forms.as_changed(turn.heard, item_forms.add_again_form(item)))
    most = turn.services.most_a_day
    return partial(
        items.bring_again, item_id=turn.subject, sent=sent, shown=INPUT_TEXT, now=turn.now, most_a_day=most
    )


async def on_read_clicked(turn: Turn) -> None:
    await turn.open_message(draw.read(await turn.look(item_to_read, turn.subject, turn.now)))


async def on_edit_clicked(turn: Turn) -> None:
    await turn.open(item_forms.edit_form(await turn.look(items.item_to_edit, turn.subject, turn.now)))


async def on_edit_form_sent(turn: Turn) -> None:
    look = partial(items.item_to_edit, item_id=turn.subject, now=turn.now)
    await turn.answer(draw_own.saved(await revise(turn, look, partial(_editing, turn))))


async def _editing(turn: Turn, item: ItemSeen) -> Deed[Receipt]:
    sent = forms.proposal(forms.as_changed(turn.heard, item_forms.edit_form(item)))
    return partial(items.edit, item_id=turn.subject, sent=sent, shown=INPUT_TEXT, now=turn.now)


async def on_withdraw_clicked(turn: Turn) -> None:
    await say_of_own(turn, items.withdraw, taken_back)


async def say_of_own(turn: Turn, say: Say, said: Said) -> None:
    """From the list of one's own items, the rest of that page stays. A message of the bot's is drawn anew by the outbox."""
    page = turn.heard.page
    if page is not None:
        item, rest = await turn.do(own_items.said_on_page, turn.subject, turn.now, say, page)
        await turn.answer_in_place(draw_own.mine(rest, said(item)))
        return
    item = await turn.do(say, turn.subject, turn.now)
    if where_heard(turn.heard) is not Where.MESSAGE:
        await turn.answer_in_place(draw_own.said_of_one(said(item)))


async def on_strike_line_clicked(turn: Turn) -> None:
    """The rest of that page of one's own items stays."""
    meeting = leading_number(turn.heard.value.rpartition(":")[2]) or 0
    rest = await turn.do(own_items.strike_line, turn.subject, meeting, turn.now, turn.heard.page or 0)
    await turn.answer_in_place(draw_own.mine(rest))


async def on_mine(turn: Turn) -> None:
    """Drafts wait for their author's one answer, so first it is asked for again."""
    own = await turn.look(own_items.own_page, turn.now, turn.heard.page or 0)
    await turn.answer_page(question(own.drafts) if own.drafts else draw_own.mine(own.items))


async def answer_form(turn: Turn, received: Receipt) -> None:
    if received.choices:
        await turn.become(join_form(received.choices))
    else:
        await turn.answer(_receipt(received))


def _receipt(received: Receipt, doubts: Sequence[Words] | None = None) -> Message:
    if received.choices:
        return question(received.items, doubts)
    return draw_own.receipt(received, doubts)
