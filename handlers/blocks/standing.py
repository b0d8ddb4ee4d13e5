"""The standing message in the shared channel: the same doors as the commands, for everybody."""

from bot.seen.posts import StandingSeen
from handlers.blocks.kit import Block, Message, actions, header, paragraph, small
from handlers.blocks.meetings import when_and_where
from handlers.blocks.pieces import doors, help_door, meeting_to_be_set, status_door
from handlers.words import _


def standing(seen: StandingSeen) -> Message:
    title = header(_("The agenda of {name}").format(name=seen.name))
    if seen.has_moved:
        return Message(
            [title, paragraph(_("The agenda is made in another channel now. An admin can add you there."))]
        )
    return Message(
        [
            title,
            paragraph(
                _("Anyone here may bring something to the next meeting. The host reads it and answers you.")
            ),
            *_next(seen),
            actions(*doors(), status_door(), help_door()),
            small(_("Only you see what these buttons show.")),
        ]
    )


def _next(seen: StandingSeen) -> list[Block]:
    if seen.meeting is None:
        return [meeting_to_be_set()]
    return when_and_where(seen.meeting)
