"""What is said privately before items close."""

from datetime import date

from bot.seen.posts import NothingYetSeen, StillWaitingSeen
from handlers.blocks.ids import BOARD
from handlers.blocks.items import line_with_proposer, read_more
from handlers.blocks.kit import Message, actions, button, paragraph, small
from handlers.blocks.meetings import items_close
from handlers.blocks.pieces import add_door, listed
from handlers.words import _, day, listing, ngettext


def still_waiting(seen: StillWaitingSeen) -> Message:
    """To the host: what waits for an answer, and until when one was promised."""
    agenda = seen.agenda
    if agenda is None:
        return Message([paragraph(_("This is with those who decide now."))])
    if agenda.meeting is None or agenda.closes is None:
        raise ValueError("what waits is for a meeting")
    n = agenda.waiting.count
    if not n:
        return Message([small(_("✓ All that waited has your answer."))])
    title = ngettext("{n} item still waits for your answer", "{n} items still wait for your answer", n)
    return Message(
        [
            *listed(title.format(n=n), agenda.waiting, line_with_proposer),
            *read_more(agenda.waiting.shown),
            paragraph(_promised(agenda.closes, agenda.today)),
            actions(button(_("Host's board"), BOARD, agenda.meeting.id)),
        ]
    )


def _promised(closes: date, today: date) -> str:
    if closes > today:
        said = _("The people who wait hope to hear from you by {day}.")
    elif closes == today:
        said = _("The people who wait hope to hear from you today.")
    else:
        said = _("The people who wait hoped to hear from you by {day}. A short answer still helps them.")
    return said.format(day=day(closes))


def nothing_yet(seen: NothingYetSeen) -> Message:
    """To those who decide for a collaborative that brought nothing. Nobody else hears of it."""
    coming = seen.coming
    if coming.meeting is None or coming.closes is None:
        raise ValueError("what is missing is for a meeting")
    if not seen.collaboratives:
        return Message([small(_("✓ Your people have brought something. Thank you."))])
    question = _("Is there something that {names} would like to talk about on {day}?").format(
        names=listing(seen.collaboratives), day=day(coming.meeting.day)
    )
    return Message(
        [
            paragraph(question),
            paragraph(_("It is fine to bring nothing this time.")),
            small(items_close(coming.closes, coming.today, coming.meeting.host)),
            actions(add_door()),
        ]
    )
