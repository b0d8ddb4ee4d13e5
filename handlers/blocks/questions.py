"""Questions on screen: the forms of the host and of the author, and the message between them."""

from bot.seen.items import ItemSeen
from bot.seen.posts import AskedSeen
from handlers.blocks.fields import text_field
from handlers.blocks.ids import ANSWER, ANSWER_FORM, ASK_FORM
from handlers.blocks.items import item_line
from handlers.blocks.kit import (
    Element,
    Message,
    View,
    actions,
    bold,
    button,
    form,
    line,
    paragraph,
    quote,
    rich,
    rows,
    small,
)
from handlers.blocks.people import called
from handlers.words import _, in_words


def ask_form(item: ItemSeen, about: str) -> View:
    """`about` comes back with the answer."""
    told = _(
        "{name} reads this in a direct message and can answer. Nobody but {name} and the host's team sees it."
    )
    return form(
        ASK_FORM,
        _("Ask a question"),
        [
            rich(line(bold(item.title))),
            small(told.format(name=called(item.proposer))),
            text_field("question", _("What would you like to know?")),
        ],
        submit=_("Ask"),
        about=about,
    )


def answer_form(seen: AskedSeen) -> View:
    return form(
        ANSWER_FORM,
        _("Your answer"),
        [
            rich(line(bold(seen.item.title))),
            rich(quote(seen.question.words or "")),
            text_field(
                "answer",
                _("What do you answer?"),
                seen.question.answer,
                hint=_("Only the host's team reads it, and whoever prepares the meeting with them."),
            ),
        ],
        submit=_("Save"),
        about=seen.question.id,
    )


def asked(seen: AskedSeen) -> Message:
    """To the author of the item, in a direct message."""
    one = seen.question
    told = [rich(rows([item_line(seen.item)])), rich(quote(one.words or ""))]
    ended = [small(in_words(seen.stays))] if seen.stays else []
    if one.answer is None:
        said = _("{host} has a question about your item:")
        ways = ended or [actions(_answer_door(seen, _("Answer…"), style="primary"))]
        return Message([paragraph(said.format(host=one.host)), *told, *ways])
    answered = [paragraph(_("✓ You answered:")), rich(quote(one.answer))]
    ways = ended or [actions(_answer_door(seen, _("Change the answer…")))]
    return Message([paragraph(_("You were asked about your item:")), *told, *answered, *ways])


def _answer_door(seen: AskedSeen, label: str, style: str | None = None) -> Element:
    return button(label, ANSWER, seen.question.id, style=style, about=seen.item.title)
