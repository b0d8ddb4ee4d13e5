"""Tips on screen."""

from bot.seen.tips import Found, TipSeen
from handlers.blocks.fields import text_field
from handlers.blocks.ids import FILE_UNDER, REMOVE_TIP, SEARCH, SEARCH_FORM, SHARE, TIP_FORM
from handlers.blocks.items import remove_label
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    View,
    actions,
    bold,
    button,
    confirmation,
    divider,
    form,
    input_block,
    line,
    menu,
    option,
    paragraph,
    quote,
    rich,
    select,
    small,
)
from handlers.blocks.people import called, with_collaborative
from handlers.words import _, ngettext


def topics() -> list[str]:
    return [
        _("Case management"),
        _("City departments"),
        _("Client referrals"),
        _("Grant reporting"),
        _("Theories of change"),
        _("General"),
    ]


def kept(tip: TipSeen) -> Message:
    choices = [option(topic, f"{tip.id}:{topic}") for topic in topics()]
    return Message(
        [
            paragraph(_("✓ Thank you. Others find this under “What worked for us”.")),
            rich(line(bold(tip.topic)), quote(tip.text)),
            actions(menu(FILE_UNDER, _("Another topic"), choices, f"{tip.id}:{tip.topic}")),
        ]
    )


def results(found: Found, words: str) -> Message:
    tips = found.tips
    if not tips.shown:
        return Message(
            [
                paragraph(
                    _("Nothing here has all of these words: {words}").format(words=words)
                    if words
                    else _("Nobody has shared anything here yet.")
                ),
                small(_("Try fewer words, or share what you know.") if words else _("Share what you know.")),
                _doors(),
            ]
        )
    n = len(tips.shown)
    count = ngettext("{n} thing that worked", "{n} things that worked", n).format(n=n)
    blocks = [paragraph(bold(count))]
    for tip in tips.shown:
        blocks += _tip(tip, may_remove=found.may_remove)
    if tips.more:
        blocks.append(small(_("There are more. Another word narrows it down.")))
    return Message([*blocks, _doors()])


def _doors() -> Block:
    return actions(share_door(), button(_("Search what worked"), SEARCH, "new"))


def share_door() -> Element:
    return button(_("Share what worked"), SHARE, "new")


def search_form() -> View:
    return form(
        SEARCH_FORM,
        _("Search what worked"),
        [text_field("words", _("Words to look for"))],
        submit=_("Search"),
    )


def _tip(tip: TipSeen, *, may_remove: bool) -> list[Block]:
    who = with_collaborative(called(tip.by), tip.collaborative)
    return [
        divider(),
        rich(line(bold(tip.topic)), quote(tip.text)),
        small(_("From {name}").format(name=who)),
        *([actions(_remove_door(tip))] if may_remove else []),
    ]


def _remove_door(tip: TipSeen) -> Element:
    sure = confirmation(
        _("Remove these words?"),
        _(
            "Do this if they show who a client, a young person or a family is. Who shared them is told privately and kindly. This can't be undone."
        ),
        yes=_("Remove them"),
        no=_("Keep them"),
    )
    return button(remove_label(), REMOVE_TIP, tip.id, about=tip.topic, confirm=sure)


def tip_form(begun: str | None = None) -> View:
    """`begun`: what stands in it already."""
    return form(
        TIP_FORM,
        _("Share what worked"),
        [
            input_block("topic", _("Topic"), select([option(topic, topic) for topic in topics()])),
            text_field("text", _("What helped you?"), begun),
        ],
        submit=_("Share"),
    )
