"""What the bot may not do where it is installed, on screen, for admins."""

from collections.abc import Sequence

from handlers.blocks.kit import Message, header, paragraph
from handlers.words import _, listing


def not_granted(told: str, scopes: Sequence[str]) -> Message:
    """`told`: what can't be done, and what people do instead."""
    helps = _(
        "If you want to allow it, install the app again from its manifest, with {scopes}. Else you have nothing to do."
    )
    return Message(
        [
            header(_("What I may not do in this Slack")),
            paragraph(told),
            paragraph(helps.format(scopes=listing(scopes))),
        ]
    )
