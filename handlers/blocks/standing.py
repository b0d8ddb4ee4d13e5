"""The standing message in the shared channel: the same doors as the commands, for everybody."""

from bot.seen.posts import StandingSeen
from handlers.blocks.kit import Message, actions, header, paragraph, small
from handlers.blocks.pieces import doors
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
            actions(*doors()),
            small(_("Only you see what these buttons show.")),
        ]
    )
