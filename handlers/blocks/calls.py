"""The call for items, in the shared channel."""

from datetime import date, datetime

from bot.agenda import Agenda
from handlers.blocks.agenda import doors
from handlers.blocks.items import item_line
from handlers.blocks.kit import Block, Message, actions, bold, header, paragraph, rich, rows, small
from handlers.blocks.meetings import items_close, when_and_where
from handlers.words import _, listing, moment
from storage.meetings import Meeting

MOST_LISTED = 20


def call(agenda: Agenda, meeting: Meeting, today: date, late_since: datetime | None) -> Message:
    """`late_since` is given when the call is late: when it was due."""
    blocks = [header(_("What shall we talk about?")), *when_and_where(meeting)]
    if agenda.closes is not None:
        blocks.append(paragraph(items_close(agenda.closes, today, meeting.host.name)))
    blocks += _so_far(agenda)
    blocks += _nothing_yet(agenda)
    blocks.append(actions(*doors()))
    if late_since is not None:
        blocks.append(comes_late(late_since, agenda.consortium.timezone))
    return Message(blocks)


def comes_late(since: datetime, timezone: str) -> Block:
    return small(_("This was due {when}, and comes late. Sorry.").format(when=moment(since, timezone)))


def _so_far(agenda: Agenda) -> list[Block]:
    if not agenda.on_agenda:
        return [paragraph(_("Nothing is on the agenda yet."))]
    listed = rich(rows((item_line(item) for item in agenda.on_agenda[:MOST_LISTED]), "ordered"))
    more = len(agenda.on_agenda) - MOST_LISTED
    rest = [small(_("and {n} more").format(n=more))] if more > 0 else []
    return [paragraph(bold(_("On the agenda so far"))), listed, *rest]


def _nothing_yet(agenda: Agenda) -> list[Block]:
    if not agenda.without_items:
        return []
    names = listing(host.name for host in agenda.without_items)
    return [paragraph(_("We have not heard from {names} yet, and would love to.").format(names=names))]
