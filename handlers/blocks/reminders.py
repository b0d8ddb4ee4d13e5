"""Reminders: the answer to who asks for one, and the reminder itself."""

from bot.seen.agenda import AgendaSeen
from bot.seen.reminders import ReminderSeen
from handlers.blocks.calls import so_far
from handlers.blocks.duties import taken
from handlers.blocks.ids import REMIND
from handlers.blocks.kit import Element, Message, actions, button, header, paragraph
from handlers.blocks.meetings import items_close, when_and_where
from handlers.blocks.pieces import doors
from handlers.blocks.welcoming import the_day
from handlers.words import _, moment


def remind_door() -> Element:
    return button(_("Remind me"), REMIND, "me")


def noted(seen: ReminderSeen) -> Message:
    """To who asked."""
    if seen.is_over:
        said = _("You asked before, and this meeting's reminder has had its time.")
    elif seen.is_new:
        said = _("Gladly. I will write to you on {when}, with the agenda so far.")
    else:
        said = _("That is noted already: I will write to you on {when}, once.")
    told = paragraph(said.format(when=moment(seen.at, seen.timezone)))
    return Message([told, *when_and_where(seen.meeting)])


def reminder(agenda: AgendaSeen) -> Message:
    """To who asked for it, the day before."""
    if agenda.meeting is None or agenda.closes is None:
        raise ValueError("a reminder is of a meeting")
    return Message(
        [
            header(_("Your reminder of the meeting")),
            *when_and_where(agenda.meeting),
            *so_far(agenda),
            *the_day(agenda.meeting),
            *taken(agenda.duties),
            paragraph(items_close(agenda.closes, agenda.today, agenda.meeting.host)),
            actions(*doors(agenda.meeting)),
        ]
    )
