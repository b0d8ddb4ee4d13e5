"""The call for items, in the shared channel."""

from datetime import date

from bot.seen.agenda import AgendaSeen
from bot.seen.meetings import MeetingSeen
from bot.seen.posts import CallSeen
from handlers.blocks.duties import taken
from handlers.blocks.items import item_line, read_more
from handlers.blocks.kit import Block, Message, actions, header, paragraph
from handlers.blocks.meetings import items_close, when_and_where
from handlers.blocks.pieces import comes_late, doors, listed
from handlers.blocks.welcoming import the_day
from handlers.words import _, minutes, weekday

LEAST_ROOM = 5
"""Minutes of which it is worth to speak."""


def call(seen: CallSeen) -> Message:
    agenda = seen.agenda
    if agenda.meeting is None or agenda.closes is None:
        raise ValueError("a call is for a meeting")
    if seen.is_last:
        return _tomorrow(seen, agenda.meeting)
    return Message(
        [
            header(_("What shall we talk about?")),
            *when_and_where(agenda.meeting),
            paragraph(items_close(agenda.closes, agenda.today, agenda.meeting.host)),
            *so_far(agenda),
            *_room_left(agenda),
            actions(*doors(agenda.meeting)),
            *comes_late(seen.late_since, agenda.timezone),
        ]
    )


def _tomorrow(seen: CallSeen, meeting: MeetingSeen) -> Message:
    """The day before: what is on the agenda. Nobody is asked for more, and nobody is kept from bringing it."""
    return Message(
        [
            header(_soon(meeting, seen.told_on)),
            *when_and_where(meeting),
            *so_far(seen.agenda),
            *the_day(meeting),
            *taken(seen.agenda.duties),
            paragraph(_("If something comes up, add it here, or say it in the room.")),
            actions(*doors(meeting)),
            *comes_late(seen.late_since, seen.agenda.timezone),
        ]
    )


def _soon(meeting: MeetingSeen, told_on: date) -> str:
    """The day before a Monday may be a Friday. An edit says no other day than the message did."""
    match (meeting.day - told_on).days:
        case 0:
            return _("We meet today. Here is the agenda.")
        case 1:
            return _("We meet tomorrow. Here is the agenda.")
    return _("We meet on {weekday}. Here is the agenda.").format(weekday=weekday(meeting.day.weekday()))


def so_far(agenda: AgendaSeen) -> list[Block]:
    if not agenda.on_agenda.count:
        return [paragraph(_("Nothing is on the agenda yet."))]
    on_agenda = agenda.on_agenda
    return [
        *listed(_("On the agenda so far"), on_agenda, item_line, "ordered"),
        *read_more(on_agenda.shown),
    ]


def _room_left(agenda: AgendaSeen) -> list[Block]:
    """Nobody is named in public for what they did not bring."""
    free = agenda.meeting.timing.for_items - agenda.planned.minutes if agenda.meeting else 0
    question = _("What would help the people you work with?")
    if free < LEAST_ROOM:
        return [paragraph(question)]
    room = _("There is still room for about {length}.").format(length=minutes(free))
    return [paragraph(_("{sentence} {next_sentence}").format(sentence=room, next_sentence=question))]
