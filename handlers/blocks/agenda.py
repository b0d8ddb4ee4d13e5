"""The agenda on screen: how things stand, and the list."""

from bot.seen.agenda import AgendaSeen, StatusSeen
from handlers.blocks.ids import BOARD, LIST, SETTINGS
from handlers.blocks.items import line_with_proposer
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    actions,
    button,
    header,
    line,
    paragraph,
    rich,
    rows,
)
from handlers.blocks.meetings import when_and_where
from handlers.blocks.pieces import (
    add_door,
    closing,
    doors,
    help_door,
    listed,
    mine_door,
    no_meeting,
    preview_door,
    tips_door,
    turning,
)
from handlers.blocks.reminders import remind_door
from handlers.words import _, ngettext


def status(seen: StatusSeen) -> Message:
    """`/agenda`: the next meeting, and where things stand."""
    agenda, more = seen.agenda, actions(*_more_doors(seen))
    if agenda.meeting is None:
        return Message([*no_meeting(agenda, is_admin=seen.is_admin), actions(*doors()), more])
    return Message(
        [
            header(_("The next meeting")),
            *when_and_where(agenda.meeting, agenda.today),
            _counts(agenda),
            *closing(agenda),
            actions(*doors()),
            more,
        ]
    )


def _counts(agenda: AgendaSeen) -> Block:
    on_agenda, waiting, held = agenda.on_agenda.count, agenda.waiting.count, agenda.held.count
    counts = {
        ngettext("{n} item on the agenda", "{n} items on the agenda", on_agenda): on_agenda,
        ngettext("{n} waiting for the host", "{n} waiting for the host", waiting): waiting,
        ngettext("{n} kept for the next meeting", "{n} kept for the next meeting", held): held,
    }
    said = [line(sentence.format(n=n)) for sentence, n in counts.items() if n]
    return rich(rows(said)) if said else _nobody_yet()


def _nobody_yet() -> Block:
    return paragraph(_("Nobody has added anything yet. Yours would be the first."))


def _more_doors(seen: StatusSeen) -> list[Element]:
    """What is not for the standing message: it would be too much there, or is not for everybody."""
    meeting = seen.agenda.meeting
    board_door = [button(_("Host's board"), BOARD, meeting.id)] if seen.is_host and meeting else []
    reminder_door = [remind_door()] if meeting else []
    settings_door = [button(_("Settings"), SETTINGS, "all")] if seen.is_admin else []
    return [
        *board_door,
        *reminder_door,
        tips_door(),
        preview_door(),
        *settings_door,
        help_door(),
    ]


def items_list(seen: StatusSeen) -> Message:
    """`/agenda list`: everything, a page at a time, for the one who asks."""
    agenda = seen.agenda
    on_agenda, waiting, held = agenda.on_agenda, agenda.waiting, agenda.held
    blocks = (
        [header(_("The next meeting")), *when_and_where(agenda.meeting, agenda.today)]
        if agenda.meeting
        else no_meeting(agenda, is_admin=seen.is_admin)
    )
    blocks += listed(_("On the agenda"), on_agenda, line_with_proposer, "ordered")
    blocks += listed(_("Waiting for the host"), waiting, line_with_proposer)
    blocks += listed(_("Kept for the next meeting"), held, line_with_proposer)
    blocks += turning(LIST, agenda.page, on_agenda, waiting, held)
    if agenda.has_nothing:
        blocks.append(_nobody_yet())
    return Message([*blocks, *closing(agenda), actions(add_door(), mine_door()), actions(*_more_doors(seen))])
