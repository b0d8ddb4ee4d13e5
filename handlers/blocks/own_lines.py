"""What the notes tell of somebody's own items, and the way to take it out of them."""

from bot.seen.items import OwnSeen
from handlers.blocks.ids import STRIKE_LINE
from handlers.blocks.kit import Element, button, confirmation, quote
from handlers.words import _


def lines_in_notes(own: OwnSeen) -> list[Element]:
    return [quote(one.outcome) for one in own.told if one.outcome]


def strike_doors(own: OwnSeen, page: int) -> list[Element]:
    """For the newest line, by which it names itself: Slack takes no two buttons of one kind side by side. The one before follows."""
    lines = [one for one in own.told if one.outcome and not one.stays]
    if not lines:
        return []
    newest = lines[-1]
    said = _("It goes out of the notes that everybody reads, and the host can write another one: “{line}”")
    sure = confirmation(
        _("Take this line out?"),
        said.format(line=newest.outcome),
        yes=_("Take it out"),
        no=_("Leave it"),
    )
    where = f"{own.item.id}:{page}:{newest.meeting_id}"
    return [button(_("Take this line out"), STRIKE_LINE, where, about=newest.outcome or "", confirm=sure)]
