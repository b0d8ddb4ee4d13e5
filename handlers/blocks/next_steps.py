"""What is still to be set up, so that whoever has read nothing goes on with the first step."""

from bot.seen.settings import SettingsSeen
from handlers.blocks.kit import Block, bold, line, paragraph, rich, rows, small
from handlers.words import _, listing, own_words

MOST_NAMED = 12


def what_comes_next(settings: SettingsSeen) -> list[Block]:
    """The steps that are left, in order, or that all is done."""
    steps = [*_collaboratives(settings), *_meetings(settings), *_admins(settings)]
    if not steps:
        return (
            []
            if settings.held_up_by
            else [
                small(
                    _(
                        "✓ All is set up. People can bring items now: my message in the shared channel has the buttons."
                    )
                )
            ]
        )
    return [paragraph(bold(_("What comes next"))), rich(rows(map(line, steps), "ordered"))]


def _collaboratives(settings: SettingsSeen) -> list[str]:
    if not settings.seats:
        return [_("Add your {collaboratives}, in the order in which they host.").format(**own_words())]
    undecided = [
        seat.collaborative.name for seat in settings.seats if not any(one.can_act for one in seat.curators)
    ]
    if not undecided:
        return []
    said = _("Say who decides for {names}. Until then the admins decide.")
    return [said.format(names=listing(undecided[:MOST_NAMED]))]


def _meetings(settings: SettingsSeen) -> list[str]:
    if settings.meetings or not settings.seats:
        return []
    return [_("Add the first meeting. Then people can bring something to it.")]


def _admins(settings: SettingsSeen) -> list[str]:
    match sum(one.can_act for one in settings.admins):
        case 0:
            return [_("Name an admin who can act. Until then nobody else can change these settings.")]
        case 1:
            said = _("Name a second admin, from another {collaborative}. If one is away, the other can help.")
            return [said.format(**own_words())]
    return []
