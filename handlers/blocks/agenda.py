"""The agenda on screen: how things stand, and the list."""

from bot.seen.agenda import StatusSeen
from bot.seen.documents import Of
from bot.seen.meetings import MeetingSeen
from handlers.blocks.came_up import came_up_door
from handlers.blocks.coming import who_comes_door
from handlers.blocks.documents import hand_on_door
from handlers.blocks.duties import duties_door, notes_door
from handlers.blocks.follow_ups import follow_ups_door
from handlers.blocks.ids import BOARD, LIST, SETTINGS
from handlers.blocks.items import line_with_proposer, read_more
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    actions,
    bold,
    button,
    header,
    paragraph,
    rich,
    rows,
    small,
)
from handlers.blocks.live import start_door
from handlers.blocks.look_back import look_back_door
from handlers.blocks.me_too import me_too_door
from handlers.blocks.meetings import when_and_where
from handlers.blocks.pieces import (
    add_door,
    and_more,
    closing,
    counts,
    doors,
    help_door,
    listed,
    mine_door,
    more,
    no_meeting,
    nobody_yet,
    preview_door,
    tips_door,
    turning,
)
from handlers.blocks.preparing import to_prepare
from handlers.blocks.reminders import remind_door
from handlers.blocks.results import results_door
from handlers.blocks.year import year_door
from handlers.words import _, ngettext, short_day


def status(seen: StatusSeen) -> Message:
    """`/agenda`: the next meeting, and where things stand."""
    before = [*to_write_about(seen.to_write_about), *follow_ups_door(seen.follow_ups)]
    return Message([*before, *next_meeting(seen)])


def next_meeting(seen: StatusSeen) -> list[Block]:
    """When it is, what it needs of its reader, how much there is for it, and the doors."""
    agenda = seen.agenda
    if agenda.meeting is None:
        return [*no_meeting(agenda, is_admin=seen.is_admin), actions(*doors()), *_more(seen)]
    return [
        header(_("The next meeting")),
        *when_and_where(agenda.meeting, agenda.today),
        *_on_its_day(seen),
        *_to_decide(seen, agenda.meeting),
        *to_prepare(seen),
        *_comes(seen),
        *_asked_for_notes(seen),
        counts(agenda),
        *closing(agenda),
        actions(*doors(None if seen.comes else agenda.meeting), *_board_if_not_above(seen)),
        *_more(seen),
    ]


def _on_its_day(seen: StatusSeen) -> list[Block]:
    """What people do while they meet stands above all else. Those who lead the meeting start it."""
    meeting, is_under_way = seen.agenda.meeting, seen.agenda.is_under_way
    if meeting is None:
        return []
    asked = [paragraph(bold(_("The meeting is under way. What comes up?")))] if is_under_way else []
    came_up = [came_up_door(meeting, style="primary")] if is_under_way else []
    start = [start_door(meeting)] if seen.may_start else []
    return [*asked, actions(*came_up, *start)] if came_up or start else []


def _comes(seen: StatusSeen) -> list[Block]:
    """What its reader said, if they did."""
    if seen.comes is None:
        return []
    if seen.takes_notes:
        return [small(_("✓ You are coming, and you take notes."))]
    return [small(_("✓ You are coming.") if seen.comes else _("You can't come this time."))]


def _asked_for_notes(seen: StatusSeen) -> list[Block]:
    """The next host is asked first."""
    meeting = seen.agenda.meeting
    if meeting is None or not seen.is_asked_for_notes:
        return []
    asked = _(
        "You host the meeting after this one. Would you take notes? You see how it goes, and {host} has its hands free."
    )
    return [paragraph(asked.format(host=meeting.host)), actions(notes_door(meeting, takes_notes=False))]


def to_write_about(last: MeetingSeen | None) -> list[Block]:
    if last is None:
        return []
    asked = _("What happened with the items of {day}?").format(day=short_day(last.day))
    return [paragraph(bold(asked)), actions(results_door(last.id, style="primary"))]


def _to_decide(seen: StatusSeen, meeting: MeetingSeen) -> list[Block]:
    """What the host came for stands first."""
    n = seen.to_decide
    if not n:
        return []
    said = ngettext("{n} item waits for your answer.", "{n} items wait for your answer.", n)
    waiting = seen.agenda.waiting
    shown = [rich(rows(map(line_with_proposer, waiting.shown))), *and_more(waiting)] if waiting.shown else []
    return [paragraph(bold(said.format(n=n))), *shown, actions(_board_door(meeting, style="primary"))]


def _board_door(meeting: MeetingSeen, style: str | None = None) -> Element:
    return button(_("Host's board"), BOARD, meeting.id, style=style)


def _board_if_not_above(seen: StatusSeen) -> list[Element]:
    """For its host, where nothing waits that would have it stand above."""
    meeting = seen.agenda.meeting
    return [_board_door(meeting)] if seen.is_host and meeting and not seen.to_decide else []


def _more(seen: StatusSeen) -> list[Block]:
    """What is pressed seldom, or is not for everybody: of the meetings, and of everything else."""
    meeting = seen.agenda.meeting
    of_meetings = [look_back_door()] if seen.may_look_back else []
    if meeting is not None:
        copy_door = [hand_on_door(meeting, Of.AGENDA)] if seen.is_published else []
        of_meetings = [who_comes_door(meeting), duties_door(meeting), remind_door(), *copy_door, *of_meetings]
    settings_door = [button(_("Settings"), SETTINGS, "all")] if seen.is_admin else []
    seldom = more(preview_door(), tips_door(), year_door(), *settings_door, help_door())
    return [*([more(*of_meetings)] if of_meetings else []), seldom]


def items_list(seen: StatusSeen) -> Message:
    """`/agenda list`: everything, a page at a time, for the one who asks."""
    agenda = seen.agenda
    on_agenda, waiting, held = agenda.on_agenda, agenda.waiting, agenda.held
    blocks = (
        [header(_("The next meeting")), *when_and_where(agenda.meeting, agenda.today)]
        if agenda.meeting
        else no_meeting(agenda, is_admin=seen.is_admin)
    )
    blocks += listed(_("On the agenda"), on_agenda, line_with_proposer, "ordered")
    blocks += listed(_("Waiting for the host"), waiting, line_with_proposer)
    blocks += listed(_("Kept for the next meeting"), held, line_with_proposer)
    blocks += read_more(on_agenda.shown, waiting.shown, held.shown)
    blocks += turning(LIST, agenda.page, on_agenda, waiting, held)
    if agenda.has_nothing:
        blocks.append(nobody_yet())
    board_door = [_board_door(agenda.meeting)] if seen.is_host and agenda.meeting else []
    doors_of_list = actions(add_door(), me_too_door(agenda.page), mine_door(), *board_door)
    return Message([*blocks, *closing(agenda), doors_of_list, *_more(seen)])
