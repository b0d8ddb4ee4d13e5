"""The host's board: what is on the agenda, what is to be decided, and publishing."""

from collections.abc import Iterable

from bot.placing import EARLIER, FIRST, LATER, LEAST_TO_ORDER
from bot.seen.agenda import AgendaSeen, Share
from bot.seen.items import NOBODY_ELSE, ItemSeen
from bot.seen.lists import Seen
from bot.seen.meetings import MeetingSeen
from bot.seen.questions import NONE_ASKED, QuestionSeen
from handlers.blocks.asked import in_short
from handlers.blocks.came_up import came_up_door
from handlers.blocks.cancelling import goes_on, nobody_meets
from handlers.blocks.coming import how_many, who_comes_door, who_takes_notes
from handlers.blocks.decisions import TO_REMOVE, decision_buttons, more_ways, way_of
from handlers.blocks.duties import not_taken, taken_by
from handlers.blocks.ids import ARRANGE, BOARD
from handlers.blocks.items import (
    item_text,
    leads,
    line_with_proposer,
    on_lines_of_their_own,
    read_doors,
    read_more,
    remove_label,
)
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    actions,
    bar,
    bold,
    divider,
    header,
    line,
    option,
    overflow,
    paragraph,
    rich,
    section,
    small,
    small_with,
)
from handlers.blocks.live import start_door
from handlers.blocks.meetings import begins_at, when_and_where
from handlers.blocks.pieces import (
    and_more,
    closing,
    heading_above,
    kept_for_what_comes_up,
    no_meeting,
    the_break,
    time_planned,
    turning,
)
from handlers.blocks.placing import order_door, timing_door
from handlers.blocks.publishing import publishing
from handlers.blocks.resting import TO_READ
from handlers.blocks.welcoming import beginning_on_board, welcome_door
from handlers.blocks.who_says_me_too import who_says_me_too
from handlers.words import _, listing, minutes, ngettext, own_words

ON_BOARD = "board:"
"""Begins the block ids of the board: what is clicked there is answered there."""
TO_BE_MOVED_FAR = 3
"""From this place on, the top is further away than one step."""
TO_PLACE = "place"
"""In the menu of an item that is on the agenda, the way to the form that also shows the whole of it."""


def board(agenda: AgendaSeen) -> Message:
    """`/agenda curate`: a page of the host's board. Of one that is over or cancelled it shows what became of the items, and changes nothing."""
    meeting = agenda.meeting
    if meeting is None:
        return Message(no_meeting(agenda))
    lists = (agenda.on_agenda, agenda.waiting, agenda.held, agenda.not_taken)
    turn = turning(BOARD, agenda.page, *lists, of=meeting.id)
    if meeting.is_cancelled:
        return Message([*nobody_meets(meeting), small(goes_on()), *_set_aside(agenda), *turn])
    blocks = [header(_("Host's board")), *when_and_where(meeting, agenda.today)]
    if _is_closed(agenda):
        blocks.append(small(_("This meeting is over, so its agenda stays as it is.")))
        read = read_more(agenda.on_agenda.shown, agenda.held.shown, agenda.not_taken.shown)
        return Message([*blocks, *_on_agenda(agenda), *_set_aside(agenda), *read, *turn])
    blocks += [*closing(agenda), *_on_agenda(agenda), *_ordering(agenda, meeting)]
    blocks += [*_total(agenda), *_balance(agenda)]
    blocks += _to_decide(agenda)
    blocks += _set_aside(agenda)
    blocks += turn
    return Message([*blocks, divider(), *publishing(agenda)])


def saved_on_board(agenda: AgendaSeen) -> Message:
    """To who sent a form from the board: it stands further down than a phone shows."""
    return _done(_("✓ Saved"), agenda)


def asked_on_board(agenda: AgendaSeen) -> Message:
    return _done(_("✓ Your question is on its way. The answer will stand here."), agenda)


def answers_sent(agenda: AgendaSeen) -> Message:
    return _done(_("✓ Your answers are on their way."), agenda)


def _done(said: str, agenda: AgendaSeen) -> Message:
    return Message([paragraph(bold(said)), *board(agenda).blocks])


def _is_closed(agenda: AgendaSeen) -> bool:
    return agenda.stage is not None and agenda.stage.is_closed


def _on_agenda(agenda: AgendaSeen) -> list[Block]:
    begins = beginning_on_board(agenda.meeting, is_closed=_is_closed(agenda)) if agenda.meeting else []
    return [paragraph(bold(_("On the agenda"))), *begins, *_placed(agenda)]


def _placed(agenda: AgendaSeen) -> list[Block]:
    placed = agenda.on_agenda
    if not placed.count:
        return [small(_("Nothing yet."))]
    blocks: list[Block] = []
    heading = None
    for number, item in enumerate(placed.shown, start=placed.before + 1):
        said = f"{number}. {_with_turn(item, agenda)}"
        text = "\n".join(
            filter(None, (_break_before(item, agenda), heading_above(item.heading, heading), said))
        )
        blocks.append(_row(text, item, _ways_on_agenda(number, placed.count), agenda))
        heading = item.heading
    return blocks + and_more(placed)


def _break_before(item: ItemSeen, agenda: AgendaSeen) -> str:
    turn = agenda.schedule.get(item.id)
    return the_break(agenda.meeting.breaks) if agenda.meeting and turn and turn.comes_after_break else ""


def _with_turn(item: ItemSeen, agenda: AgendaSeen) -> str:
    """The item in a line, with the time at which it begins, as far as anybody knows."""
    turn = agenda.schedule.get(item.id)
    begins = begins_at(agenda.meeting, turn) if agenda.meeting and turn else ""
    over = _("no time left for it") if turn and not turn.fits else ""
    said = item_text(item, *filter(None, (leads(item), over)))
    return f"{begins} · {said}" if begins else said


def _ways_on_agenda(place: int, last: int) -> dict[str, str]:
    ways = {
        EARLIER: "" if place == 1 else _("Move up"),
        LATER: "" if place == last else _("Move down"),
        FIRST: "" if place < TO_BE_MOVED_FAR else _("Move to the top"),
        TO_PLACE: _("Change or read…"),
        "back": _("Take off, decide again"),
    }
    return {way: label for way, label in ways.items() if label}


def _row(text: str, item: ItemSeen, ways: dict[str, str], agenda: AgendaSeen) -> Block:
    """The item, with what its host can do about it, if anything."""
    return section(text, None if _is_closed(agenda) else _menu(item, ways))


def _menu(item: ItemSeen, ways: dict[str, str]) -> Element:
    if TO_PLACE not in ways:
        to_read = {TO_READ: _("Read more")} if item.has_more_to_read else {}
        ways = ways | to_read | {TO_REMOVE: remove_label()}
    return overflow(ARRANGE, [option(label, way_of(item, way)) for way, label in ways.items()])


def _ordering(agenda: AgendaSeen, meeting: MeetingSeen) -> list[Block]:
    """What is done with the agenda and the day as a whole."""
    order = [order_door(meeting.id)] if agenda.on_agenda.count >= LEAST_TO_ORDER else []
    came_up = [came_up_door(meeting, style="primary")] if agenda.is_under_way else []
    start = [start_door(meeting)] if agenda.can_be_started else []
    return [
        actions(
            *start, *came_up, *order, timing_door(meeting.id), welcome_door(meeting), who_comes_door(meeting)
        )
    ]


def _total(agenda: AgendaSeen) -> list[Block]:
    timing = agenda.timing
    if timing is None or not agenda.on_agenda.count:
        return []
    said = time_planned(agenda.planned, timing)
    over = agenda.planned.minutes - timing.for_items
    if over > 0:
        said = _("{over} too much. {planned}").format(over=minutes(over), planned=said)
    filled = bar(agenda.planned.minutes, timing.for_items)
    return [small_with(filled, "\n".join(filter(None, (said, kept_for_what_comes_up(timing)))))]


def _balance(agenda: AgendaSeen) -> list[Block]:
    """For the host alone: how many people come, whose items are on the agenda, and who brought nothing."""
    told = [how_many(agenda.head_count), who_takes_notes(agenda.note_takers)]
    told += [*(taken_by(one) for one in agenda.duties if one.is_taken), not_taken(agenda.duties)]
    if agenda.shares:
        shares = listing(_share(one) for one in agenda.shares)
        told.append(_("Who brought them: {shares}").format(shares=shares))
    if agenda.without_items:
        told.append(_("No items yet from {names}.").format(names=listing(agenda.without_items)))
    return [small("\n".join(filter(None, told)))]


def _share(one: Share) -> str:
    said = ngettext("{n} item from {name}", "{n} items from {name}", one.items)
    said = said.format(
        n=one.items, name=one.name or _("people with no {collaborative}").format(**own_words())
    )
    return f"{said} ({minutes(one.minutes)})" if one.minutes else said


def _to_decide(agenda: AgendaSeen) -> list[Block]:
    waiting = agenda.waiting
    if not waiting.count:
        return [divider(), small(_("Nothing waits for a decision."))]
    if not waiting.shown:
        return []
    blocks: list[Block] = [divider(), paragraph(bold(_("To decide")))]
    for item in waiting.shown:
        asked = [agenda.questions.get(one.id, NONE_ASKED) for one in item.all_brought]
        doors = read_doors(item, has_more=any(of_one.count for of_one in asked))
        ways = [*decision_buttons(item), *doors, more_ways(item)]
        me_too = who_says_me_too(agenda.me_too.get(item.id, NOBODY_ELSE))
        blocks += [_waiting(item, asked, me_too), actions(*ways, block_id=f"{ON_BOARD}{item.id}")]
    return blocks + and_more(waiting)


def _waiting(item: ItemSeen, asked: Iterable[Seen[QuestionSeen]], me_too: str) -> Block:
    """With who else wants to talk about it, what was asked about it, and about each that goes together with it."""
    said = [question for of_one in asked for question in in_short(of_one)]
    lines = [line(one) for one in (me_too, *said) if one]
    return rich(*on_lines_of_their_own([line_with_proposer(item), *lines]))


def _set_aside(agenda: AgendaSeen) -> list[Block]:
    held = _aside(_("Kept for the next meeting"), agenda.held, agenda)
    return held + _aside(_("Not taken"), agenda.not_taken, agenda)


def _aside(title: str, aside: Seen[ItemSeen], agenda: AgendaSeen) -> list[Block]:
    if not aside.shown:
        return []
    again = {"back": _("Decide again")}
    shown = [_row(item_text(item), item, again, agenda) for item in aside.shown]
    return [paragraph(bold(title)), *shown, *and_more(aside)]
