"""Words that are removed because they show who somebody is: the question before, and what is said after."""

from bot.leaving import Neutral
from bot.leaving_together import Unnamed
from bot.removal import ToRemove
from bot.seen.items import OwnSeen
from bot.seen.tips import TipSeen
from handlers.blocks.ids import EDIT, REMOVE_FORM
from handlers.blocks.items import item_line
from handlers.blocks.kit import Message, View, actions, bold, button, form, line, paragraph, rich, rows, small
from handlers.blocks.own_items import add_again_door
from handlers.blocks.people import called
from handlers.blocks.tips import share_door
from handlers.words import _


def neutral() -> Neutral:
    """What takes the place of a name, of a title, and of what is to be done, where a person was erased."""
    return Neutral(
        name=_("A former member"),
        title=_("An item of a former member"),
        follow_up=_("What a former member wrote down"),
    )


def unnamed() -> Unnamed:
    """What takes the place of the name of a collaborative, and of the address of its office."""
    return Unnamed(name=_("A former member of our group"), office=_("(This address was removed)"))


def instead() -> str:
    """What stands in the place of a title."""
    return _("(These words were removed)")


def remove_form(what: ToRemove) -> View:
    item = what.item
    copies = _("There are copies of this item for other meetings. Their words go, too.")
    told = _("{name} is told privately and kindly, and can say it again without names.")
    return form(
        REMOVE_FORM,
        _("Remove these words"),
        [
            paragraph(_("Do this if the words show who a client, a young person or a family is.")),
            rich(line(bold(item.title))),
            paragraph(
                _(
                    "I remove the title, the details, the links and the names from every message of mine, and from my notes. "
                    "The item keeps its place."
                )
            ),
            *([paragraph(copies)] if what.has_copies else []),
            *([paragraph(told.format(name=called(item.proposer)))] if what.tells else []),
            small(_("This can't be undone.")),
        ],
        submit=_("Remove them"),
        about=f"{item.id}:{what.words}",
    )


def removed() -> Message:
    """To who did it."""
    return Message(
        [
            paragraph(bold(_("✓ The words are removed."))),
            paragraph(_("Within a minute no message of mine shows them any more.")),
            small(
                _(
                    "What you alone have open may still show them: close it. Backups keep them until they are deleted. "
                    "If somebody copied them, ask them to delete that too."
                )
            ),
        ]
    )


def words_removed(own: OwnSeen) -> Message:
    """To who brought it, in a direct message."""
    item = own.item
    door = button(_("Edit"), EDIT, item.id, about=item.title) if own.can_change else add_again_door(item)
    return Message(
        [
            paragraph(
                _(
                    "Some words in an item of yours could show who somebody is. To keep that person safe, all its words were removed. "
                    "This can happen to anybody."
                )
            ),
            rich(rows([item_line(item)])),
            paragraph(_("Please say it again, without a name and without anything that shows who it is.")),
            actions(door),
        ]
    )


def tip_removed(tip: TipSeen) -> Message:
    """To who shared it, in a direct message."""
    return Message(
        [
            paragraph(
                _(
                    "Something that you shared under “What worked for us” could show who somebody is. To keep that person safe, its words "
                    "were removed. This can happen to anybody."
                )
            ),
            rich(rows([line(bold(tip.topic))])),
            paragraph(_("Please say it again, without a name and without anything that shows who it is.")),
            actions(share_door()),
        ]
    )


def cleared() -> Message:
    """In the place of an old message that has nothing else to say any more."""
    return Message([small(_("The words that stood here were removed."))])
