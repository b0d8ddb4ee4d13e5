"""The standing message in the shared channel: the same doors as the commands, for everybody."""

from handlers.blocks.kit import Message, actions, header, paragraph, small
from handlers.blocks.pieces import doors
from handlers.words import _


def standing(name: str) -> Message:
    return Message(
        [
            header(_("The agenda of {name}").format(name=name)),
            paragraph(
                _(
                    "Anyone here may bring something to the next meeting. Its host decides, and you hear either way."
                )
            ),
            actions(*doors()),
            small(_("What these buttons show, only you see.")),
        ]
    )
