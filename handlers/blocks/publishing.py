"""What a host tells others from its board: the agenda to everybody, and answers to those who brought something."""

from bot.seen.agenda import AgendaSeen
from bot.seen.documents import Of
from bot.seen.meetings import MeetingSeen
from handlers.blocks.cancelling import cancel_button
from handlers.blocks.documents import hand_on_door
from handlers.blocks.ids import CHANGE, PUBLISH, SEND_ANSWERS
from handlers.blocks.kit import Block, Element, actions, button, confirmation, small
from handlers.blocks.pieces import time_planned
from handlers.blocks.preparing import step_back_doors
from handlers.blocks.resting import resting_door
from handlers.words import _, ngettext


def publishing(agenda: AgendaSeen) -> list[Block]:
    meeting = agenda.meeting
    if meeting is None:
        return []
    change = button(_("Change the meeting…"), CHANGE, meeting.id)
    has_agenda = agenda.on_agenda.count or agenda.was_published
    copy_door = [hand_on_door(meeting, Of.DRAFT)] if has_agenda else []
    others = [*_sending(agenda, meeting), *copy_door, *resting_door(agenda), change]
    if agenda.stage is None or agenda.stage.is_to_come:
        others.append(cancel_button(meeting))
    others += step_back_doors(meeting)
    if agenda.is_published_as_it_stands:
        return [small(_("✓ Published as it stands.")), actions(*others)]
    label = _("Publish again") if agenda.was_published else _("Publish agenda")
    publish = button(label, PUBLISH, meeting.id, style="primary", confirm=_what_is_published(agenda, label))
    blocks = [actions(publish, *others)]
    return [*map(small, _since_published(agenda)), *blocks]


def _sending(agenda: AgendaSeen, meeting: MeetingSeen) -> list[Element]:
    n = agenda.answers_for_later
    if not n:
        return []
    label = ngettext("Send {n} answer now", "Send {n} answers now", n).format(n=n)
    text = ngettext(
        "Who brought the item gets your answer in a direct message. After that you can't undo it.",
        "Those who brought the items get your answers in a direct message. After that you can't undo them.",
        n,
    )
    return [
        button(
            label,
            SEND_ANSWERS,
            meeting.id,
            confirm=confirmation(_("Send now?"), text, yes=_("Send"), no=_("Not yet")),
        )
    ]


def _what_is_published(agenda: AgendaSeen, label: str) -> Element:
    """What everybody will read, and what still waits. Of many it tells how many."""
    n, waiting = agenda.on_agenda.count, agenda.waiting.count
    told = [
        _("Everybody in the shared channel will read this."),
        ngettext("{n} item is on the agenda.", "{n} items are on the agenda.", n).format(n=n)
        if n
        else _("Nothing is on the agenda at the moment."),
        time_planned(agenda.planned, agenda.timing) if n and agenda.timing else "",
    ]
    if waiting:
        told.append(
            ngettext(
                "{n} item still waits for your answer. It is not shown.",
                "{n} items still wait for your answer. They are not shown.",
                waiting,
            ).format(n=waiting)
        )
    text = "\n".join(sentence for sentence in told if sentence)
    return confirmation(_("Publish the agenda?"), text, yes=label, no=_("Not yet"))


def _since_published(agenda: AgendaSeen) -> list[str]:
    if agenda.may_be_lost:
        return [_("The agenda may not have reached the shared channel. Publish it again to be sure.")]
    return [_("The agenda has changed since it was published.")] if agenda.was_published else []
