"""Bringing items: one line, a pasted list or a form; changing them and taking them back."""

from dataclasses import replace
from datetime import datetime

from bot import items
from bot.items import Proposal, Receipt
from bot.people import Actor
from bot.reading.item_lines import read_items
from handlers.blocks import items as draw
from handlers.blocks.kit import Message
from handlers.blocks.membership import join_form, question
from handlers.hearing import forms
from handlers.hearing.turn import Turn
from storage.items import Item, ItemState
from storage.tenancy import Session


async def on_add(turn: Turn) -> None:
    """`/agenda add …` takes one line or a pasted list; bare, it opens the form."""
    if not turn.heard.text:
        await turn.open(draw.add_form())
        return
    proposals = [
        Proposal(line.title, line.details, minutes=line.minutes, on_behalf_of=line.on_behalf_of)
        for line in read_items(turn.heard.text)
    ]
    received = await turn.do(items.propose, proposals, turn.now)
    await turn.answer(_receipt(received))
    if received.choices:
        await turn.open(join_form(received.choices))


async def on_add_clicked(turn: Turn) -> None:
    await turn.open(draw.add_form())


async def on_add_form_sent(turn: Turn) -> None:
    await _answer_form(turn, await turn.do(items.propose, [forms.proposal(turn.heard.answers)], turn.now))


async def on_add_again_clicked(turn: Turn) -> None:
    await turn.open(draw.add_again_form(await turn.look(_item, turn.subject)))


async def on_add_again_form_sent(turn: Turn) -> None:
    sent = forms.proposal(turn.heard.answers)
    await _answer_form(turn, await turn.do(_propose_again, turn.subject, sent, turn.now))


async def on_edit_clicked(turn: Turn) -> None:
    item = await turn.look(items.item_to_edit, turn.subject)
    await turn.open(draw.edit_form(item))


async def on_edit_form_sent(turn: Turn) -> None:
    received = await turn.do(_edit, turn.subject, forms.proposal(turn.heard.answers))
    await turn.answer(draw.saved(received))


async def on_withdraw_clicked(turn: Turn) -> None:
    item = await turn.do(items.withdraw, turn.subject, turn.now)
    await turn.answer_in_place(draw.withdrawn(item))


async def on_mine(turn: Turn) -> None:
    await turn.answer(_own(await turn.look(items.items_of)))


async def _answer_form(turn: Turn, received: Receipt) -> None:
    if received.choices:
        await turn.become(join_form(received.choices))
    else:
        await turn.answer(_receipt(received))


def _item(session: Session, _actor: Actor, item_id: int) -> Item:
    return items.item_to_change(session, item_id)


def _propose_again(session: Session, actor: Actor, item_id: int, sent: Proposal, now: datetime) -> Receipt:
    """A new item, in the words of one before; for whom it is, its form does not ask again."""
    before = items.item_to_change(session, item_id)
    again = replace(forms.uncut(sent, before.details), on_behalf_of=before.on_behalf_of)
    return items.propose(session, actor, [again], now)


def _edit(session: Session, actor: Actor, item_id: int, sent: Proposal) -> Receipt:
    shown = items.item_to_edit(session, actor, item_id)
    return items.edit(session, actor, item_id, forms.uncut(sent, shown.details))


def _own(brought: list[Item]) -> Message:
    """Drafts wait for their author's one answer, so first it is asked for again."""
    drafts = [item for item in brought if item.state == ItemState.DRAFT]
    return question(drafts) if drafts else draw.mine(brought)


def _receipt(received: Receipt) -> Message:
    return question(received.items) if received.choices else draw.receipt(received)
