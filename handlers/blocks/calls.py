"""The call for items, in the shared channel."""

from bot.seen.agenda import AgendaSeen
from bot.seen.posts import CallSeen
from handlers.blocks.items import item_line
from handlers.blocks.kit import Block, Message, actions, header, paragraph
from handlers.blocks.meetings import items_close, when_and_where
from handlers.blocks.pieces import comes_late, doors, listed
from handlers.words import _, listing

MOST_LISTED = 20


def call(seen: CallSeen) -> Message:
    agenda = seen.agenda
    if agenda.meeting is None or agenda.closes is None:
        raise ValueError("a call is for a meeting")
    return Message(
        [
            header(_("What shall we talk about?")),
            *when_and_where(agenda.meeting),
            paragraph(items_close(agenda.closes, agenda.today, agenda.meeting.host)),
            *so_far(agenda),
            *_nothing_yet(agenda),
            actions(*doors()),
            *comes_late(seen.late_since, agenda.timezone),
        ]
    )


def so_far(agenda: AgendaSeen) -> list[Block]:
    if not agenda.on_agenda.count:
        return [paragraph(_("Nothing is on the agenda yet."))]
    return listed(_("On the agenda so far"), agenda.on_agenda.first(MOST_LISTED), item_line, "ordered")


def _nothing_yet(agenda: AgendaSeen) -> list[Block]:
    if not agenda.without_items:
        return []
    names = listing(agenda.without_items)
    return [paragraph(_("We have not heard from {names} yet, and would love to.").format(names=names))]
