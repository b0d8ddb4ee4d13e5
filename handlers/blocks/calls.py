"""The call for items, in the shared channel."""

from datetime import date

from bot.seen.agenda import AgendaSeen
from bot.seen.items import ItemSeen
from bot.seen.meetings import MeetingSeen
from bot.seen.posts import CallSeen
from bot.timing import NOBODY_KNOWS, Scheduled
from handlers.blocks.duties import taken
from handlers.blocks.items import item_line, line_with_collaborative, read_more
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    actions,
    bold,
    header,
    line,
    paragraph,
    rich,
    rows,
    run,
)
from handlers.blocks.meetings import begins_at, items_close, when_and_where
from handlers.blocks.pieces import and_more, comes_late, doors, listed
from handlers.blocks.welcoming import opens_with, the_day
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
    if agenda.schedule and agenda.meeting:
        return [*_by_the_clock(agenda, agenda.meeting), *and_more(on_agenda), *read_more(on_agenda.shown)]
    return [
        *listed(_("On the agenda so far"), on_agenda, item_line, "ordered"),
        *read_more(on_agenda.shown),
    ]


def _by_the_clock(agenda: AgendaSeen, meeting: MeetingSeen) -> list[Block]:
    """Once it is published, with when each item begins."""
    items = [
        _with_turn(item, agenda.schedule.get(item.id, NOBODY_KNOWS), meeting)
        for item in agenda.on_agenda.shown
    ]
    return [paragraph(bold(_("On the agenda"))), rich(*opens_with(meeting), rows(items, "ordered"))]


def _with_turn(item: ItemSeen, turn: Scheduled, meeting: MeetingSeen) -> Element:
    begins = begins_at(meeting, turn)
    said = line_with_collaborative(item, *([] if turn.fits else [_("if there is time")]))
    return line(run(f"{begins} · "), *said["elements"]) if begins else said


def _room_left(agenda: AgendaSeen) -> list[Block]:
    """Nobody is named in public for what they did not bring."""
    free = agenda.meeting.timing.for_items - agenda.planned.minutes if agenda.meeting else 0
    question = _("What would help the people you work with?")
    if free < LEAST_ROOM:
        return [paragraph(question)]
    room = _("There is still room for about {length}.").format(length=minutes(free))
    return [paragraph(_("{sentence} {next_sentence}").format(sentence=room, next_sentence=question))]
