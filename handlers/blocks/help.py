"""Help, and what is said when words were not understood."""

from bot.reading.suggestions import close_to
from bot.reading.text import cut
from handlers.blocks.ids import STATUS
from handlers.blocks.kit import (
    Block,
    Message,
    actions,
    button,
    header,
    line,
    paragraph,
    quote,
    rich,
    rows,
    run,
    small,
)
from handlers.blocks.pieces import doors
from handlers.words import _

COMMANDS = ("add", "list", "mine", "curate", "digest", "tip", "tips", "setup", "help")
LONGEST_EXAMPLE = 84
A_SLIP_AWAY = 0.75
"""How like a command a word must be to be taken for a slip of the finger: "lsit" is, "Budget" is no "digest"."""


def commands() -> list[tuple[str, str]]:
    return [
        ("/agenda", _("the next meeting, and where things stand")),
        ("/agenda add Budget cuts and how we respond (15 min)", _("bring something")),
        ("/agenda add", _("the same with a form; or paste a list of up to 20")),
        ("/agenda add Grant reports [Alan] (10 min)", _("bring it on someone's behalf")),
        ("/agenda list", _("what everybody brought")),
        ("/agenda mine", _("what you brought; change it or take it back")),
        ("/agenda tip referrals: Ask for the intake line first", _("share what helped you")),
        ("/agenda tips referrals", _("find what helped others")),
        ("/agenda curate", _("the host's board: decide, arrange, publish")),
        ("/agenda digest", _("see the weekly digest before it goes out")),
        ("/agenda setup", _("the settings, for admins")),
    ]


def help_text() -> Message:
    listed = [line(run(command, code=True), f": {what}") for command, what in commands()]
    return Message(
        [
            header(_("What you can do here")),
            rich(rows(listed)),
            small(
                _(
                    "Only you see the answers. Slack runs no commands inside threads; the buttons work everywhere."
                )
            ),
            actions(*doors(), button(_("Where things stand"), STATUS, "now")),
        ]
    )


def not_understood(typed: str) -> Message:
    """What was typed, and what may have been meant: a command, an item, or for several words either."""
    first, *rest = typed.split(maxsplit=1) or [""]
    meant = [" ".join([word, *rest]) for word in close_to(first, COMMANDS, A_SLIP_AWAY)]
    return Message(
        [
            paragraph(_("There is no such command here. You typed:")),
            rich(quote(f"/agenda {typed}")),
            *_try(_("Did you mean this?"), meant),
            *_try(
                _("To bring it to the meeting, write “add” first, for example:"),
                [f"add {typed}"] if rest or not meant else [],
            ),
            small(_("/agenda help shows all that works.")),
        ]
    )


def _try(what: str, commands: list[str]) -> list[Block]:
    if not commands:
        return []
    return [
        paragraph(what),
        *[rich(line(run(f"/agenda {cut(command, LONGEST_EXAMPLE)}", code=True))) for command in commands],
    ]


def refused(text: str, typed: str = "") -> Message:
    """What went wrong and what to do, and the words that were typed: nothing is lost."""
    if not typed:
        return Message([paragraph(text)])
    return Message([paragraph(text), small(_("You typed:")), rich(quote(f"/agenda {typed}"))])
