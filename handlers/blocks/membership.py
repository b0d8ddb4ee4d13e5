"""The one question to somebody new: which collaborative are you with?"""

from collections.abc import Sequence

from bot.errors import Words
from bot.seen.items import ItemSeen
from bot.seen.settings import CollaborativeSeen
from handlers.blocks.ids import JOIN, JOIN_FORM
from handlers.blocks.kit import (
    Message,
    View,
    actions,
    button,
    form,
    input_block,
    option,
    paragraph,
    select,
)
from handlers.blocks.own_items import as_understood
from handlers.words import _, ngettext, own_words


def question(items: Sequence[ItemSeen], doubts: Sequence[Words] | None = None) -> Message:
    """What was typed is kept, and this says so; the button asks again should the form have been closed.

    `doubts`: what is asked of who typed it in a command.
    """
    kept = ngettext(
        "One thing before the host sees this: which {collaborative} are you with? What you wrote is kept.",
        "One thing before the host sees these: which {collaborative} are you with? What you wrote is kept.",
        len(items),
    )
    return Message(
        [
            paragraph(kept.format(**own_words())),
            *as_understood(items, doubts),
            actions(button(_("Answer"), JOIN, "join", style="primary")),
        ]
    )


def join_form(choices: Sequence[CollaborativeSeen]) -> View:
    options = [option(choice.name, choice.id) for choice in choices]
    return form(
        JOIN_FORM,
        _("Nice to meet you"),
        [
            input_block(
                "collaborative",
                _("Which {collaborative} are you with?").format(**own_words()),
                select(options),
                hint=_("We ask only once. It tells the host whom an item is from."),
            )
        ],
        submit=_("That's us"),
    )


def welcome(name: str) -> Message:
    return Message(
        [paragraph(_("You are with {name} now. Add something whenever you like.").format(name=name))]
    )
