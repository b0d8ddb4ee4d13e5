"""The standing message in the shared channel: the same doors as the commands, for everybody."""

from bot.seen.agenda import AgendaSeen
from bot.seen.posts import StandingSeen
from handlers.blocks.kit import Block, Message, actions, header, paragraph, small
from handlers.blocks.meetings import when_and_where
from handlers.blocks.pieces import counts, doors, help_door, no_meeting, status_door
from handlers.words import _, day


def standing(seen: StandingSeen) -> Message:
    title = header(_("The agenda of {name}").format(name=seen.name))
    if seen.agenda is None:
        return Message(
            [title, paragraph(_("The agenda is made in another channel now. An admin can add you there."))]
        )
    return Message(
        [
            title,
            paragraph(
                _("Anyone here may bring something to the next meeting. The host reads it and answers you.")
            ),
            *_stands(seen.agenda),
            actions(*doors(), status_door(), help_door()),
            small(_("Only you see what these buttons show.")),
        ]
    )


def _stands(agenda: AgendaSeen) -> list[Block]:
    """In words that stay true while nobody touches the message: no day is called today."""
    if agenda.meeting is None or agenda.closes is None:
        return no_meeting(agenda)
    closes = _("Items are in time until {day}. Later ones are welcome and marked late.")
    return [*when_and_where(agenda.meeting), counts(agenda), small(closes.format(day=day(agenda.closes)))]
