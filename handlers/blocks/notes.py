"""The notes of a meeting, for everybody; and the question to its host, on the evening of its day."""

from collections.abc import Sequence

from bot.seen.documents import Of
from bot.seen.posts import AfterMeetingSeen
from bot.seen.results import Became, NotesSeen, NotesStand, ResultSeen
from handlers.blocks.attendance import who_came
from handlers.blocks.documents import hand_on_door
from handlers.blocks.follow_ups import my_follow_ups_door, said_of
from handlers.blocks.items import line_with_collaborative
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    actions,
    bold,
    header,
    line,
    paragraph,
    quote,
    rich,
    rows,
    small,
)
from handlers.blocks.look_back import look_back_door
from handlers.blocks.meetings import when
from handlers.blocks.pieces import add_door
from handlers.blocks.results import correct_door, results_door
from handlers.words import _, moment, ngettext, short_day


def notes(seen: NotesSeen) -> Message:
    """In the shared channel: what we talked about, what came of it, and what goes on."""
    meeting = seen.meeting
    if not (seen.results.shown or seen.came):
        title = header(_("Notes of {day}").format(day=short_day(meeting.day)))
        return Message([title, paragraph(_("What stood here was taken back."))])
    follow_ups = any(one.follow_ups for one in seen.results.shown)
    return Message(
        [
            header(_("Notes of {day}").format(day=short_day(meeting.day))),
            paragraph(_("{host} hosted.").format(host=meeting.host)),
            *([paragraph(who_came(seen.came))] if seen.came else []),
            *(block for title, results in lists(seen).items() for block in _listed(title, results)),
            paragraph(
                _(
                    "Answer in the thread, if you like: What came up that we did not write down? What stays with you?"
                )
            ),
            actions(
                *([my_follow_ups_door()] if follow_ups else []),
                add_door(),
                hand_on_door(meeting, Of.NOTES),
            ),
        ]
    )


def lists(seen: NotesSeen) -> dict[str, list[ResultSeen]]:
    """What became of the items, by its title."""
    return {
        _("What we talked about"): seen.that(Became.DONE, Became.AGAIN),
        _("For the next meeting"): seen.that(Became.NOT_REACHED),
        _("Not needed any more"): seen.that(Became.NOT_NEEDED),
    }


def again(one: ResultSeen) -> str:
    return _("again next time") if one.comes_up_again else ""


def after_meeting(seen: AfterMeetingSeen) -> Message:
    """To the host: the way to write down what became of the items, and until when."""
    if seen.meeting is None:
        return Message([paragraph(_("This is with those who decide now."))])
    if seen.notes not in (NotesStand.TO_SEND, NotesStand.REFUSED):
        said = _told(seen.notes).format(day=short_day(seen.meeting.day))
        back_door = [] if seen.is_for_note_taker else [look_back_door()]
        return Message([paragraph(said), actions(correct_door(seen.meeting.id), *back_door)])
    asked = ngettext(
        "What happened with the item on the agenda?",
        "What happened with the {n} items on the agenda?",
        seen.count,
    ).format(n=seen.count)
    thanks = _("Thank you for taking notes.") if seen.is_for_note_taker else _("Thank you for hosting.")
    return Message(
        [
            paragraph(bold(_("{sentence} {next_sentence}").format(sentence=thanks, next_sentence=asked))),
            paragraph(when(seen.meeting)),
            *_by_when(seen),
            actions(results_door(seen.meeting.id, style="primary")),
        ]
    )


def _told(notes: NotesStand) -> str:
    on_their_way = notes is NotesStand.ON_THEIR_WAY
    return (
        _("✓ The notes of {day} are on their way.") if on_their_way else _("✓ The notes of {day} are sent.")
    )


def _lines(results: Sequence[ResultSeen]) -> list[Element]:
    """A list goes on after what belongs to one of its items: the quote of a line, and follow-ups."""
    lines: list[Element] = []
    for before, one in enumerate(results):
        lines.append(rows([line_with_collaborative(one.item, again(one))], "ordered", before))
        if one.outcome:
            lines.append(quote(one.outcome))
        if one.follow_ups:
            lines.append(rows([line(said_of(each)) for each in one.follow_ups], indent=1))
    return lines


def _listed(title: str, results: Sequence[ResultSeen]) -> list[Block]:
    """Each with the line about it, where there is one."""
    if not results:
        return []
    return [paragraph(bold(title)), rich(*_lines(results))]


def _by_when(seen: AfterMeetingSeen) -> list[Block]:
    if seen.goes_at is None:
        return []
    said = _("What is written down by {when} goes to the shared channel then, as notes.")
    return [small(said.format(when=moment(seen.goes_at, seen.timezone)))]
