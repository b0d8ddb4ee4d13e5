"""Who does what for a meeting, on screen: the page, and the lines in what tells of the day."""

from collections.abc import Iterable

from bot.seen.duties import DutiesSeen, DutySeen, Work
from bot.seen.meetings import MeetingSeen
from handlers.blocks.ids import DUTIES, GIVE_BACK_DUTY, TAKE_DUTY, TAKES_NO_NOTES, TAKES_NOTES
from handlers.blocks.kit import Block, Element, Message, button, confirmation, header, section, small
from handlers.blocks.meetings import when_and_where
from handlers.blocks.people import called
from handlers.words import _, listing, ngettext, own_words


def duties_door(meeting: MeetingSeen) -> Element:
    return button(_("Who does what"), DUTIES, meeting.id)


def duties(seen: DutiesSeen) -> Message:
    """Each line with what its reader can do about it."""
    lines = [_line(one, seen) for one in seen.duties]
    blocks = [header(_("Who does what")), *when_and_where(seen.meeting), *lines, _notes(seen)]
    if seen.is_closed:
        return Message([*blocks, small(_("This meeting is over."))])
    told = _("What you take here is for your whole {collaborative}. Everybody reads it with the agenda.")
    return Message([*blocks, small(told.format(**own_words()))])


def _line(duty: DutySeen, seen: DutiesSeen) -> Block:
    said = taken_by(duty) if duty.is_taken else _("{work}: nobody yet").format(work=_works()[duty.work])
    more = _meant()[duty.work]
    if duty.said_by:
        more = _("{name} said so.").format(name=duty.said_by)
    return section(f"{said}\n{more}", None if seen.is_closed else _door(duty, seen))


def _door(duty: DutySeen, seen: DutiesSeen) -> Element | None:
    about, label = f"{seen.meeting.id}:{duty.work}", _works()[duty.work]
    if not duty.is_taken:
        return button(_("We do it"), TAKE_DUTY, about, about=label)
    if duty.is_readers:
        return button(_("We can't after all"), GIVE_BACK_DUTY, about, about=label)
    if seen.is_host:
        return button(_("Take it off"), GIVE_BACK_DUTY, about, about=label, confirm=_sure(duty))
    return None


def _sure(duty: DutySeen) -> Element:
    text = _("{name} is not told by me. Please tell them yourself.").format(name=called(duty.by))
    return confirmation(_("Take it off?"), text, yes=_("Take it off"), no=_("Keep it"))


def _notes(seen: DutiesSeen) -> Block:
    said = _("Notes: {who}").format(who=_who_takes_notes(seen))
    more = _("What comes up, and who does what by when.")
    door = None if seen.is_closed else notes_door(seen.meeting, seen.notes.by_reader)
    return section(f"{said}\n{more}", door)


def _who_takes_notes(seen: DutiesSeen) -> str:
    notes = seen.notes
    if notes.names:
        return listing(map(called, notes.names))
    if notes.by_reader and notes.count == 1:
        return _("you")
    if notes.count:
        return ngettext("{n} person", "{n} people", notes.count).format(n=notes.count)
    return _("nobody yet")


def notes_door(meeting: MeetingSeen, takes_notes: bool) -> Element:  # noqa: FBT001
    if takes_notes:
        return button(_("I can't take notes after all"), TAKES_NO_NOTES, meeting.id)
    return button(_("I will take notes"), TAKES_NOTES, meeting.id)


def taken(duties: Iterable[DutySeen]) -> list[Block]:
    """A line each of those that somebody does, for everybody."""
    said = [taken_by(one) for one in duties if one.is_taken]
    return [small("\n".join(said))] if said else []


def taken_by(duty: DutySeen) -> str:
    """Food: Bayview Alliance"""
    return _("{work}: {name}").format(work=_works()[duty.work], name=called(duty.by))


def not_taken(duties: Iterable[DutySeen]) -> str:
    """Which of them nobody does, or nothing."""
    open_ones = [_works()[one.work] for one in duties if not one.is_taken]
    return _("Nobody does this yet: {works}.").format(works=listing(open_ones)) if open_ones else ""


def _works() -> dict[Work, str]:
    return {
        Work.ROOM: _("Room"),
        Work.FOOD: _("Food"),
        Work.INTERPRETER: _("Interpreter"),
        Work.WELCOME: _("Welcome"),
    }


def _meant() -> dict[Work, str]:
    return {
        Work.ROOM: _("Ready in time, and tidy afterwards."),
        Work.FOOD: _("Something to eat and to drink."),
        Work.INTERPRETER: _("For those who need one. The host knows the languages."),
        Work.WELCOME: _("Somebody at the door shows people in."),
    }
