"""What became of the items of a meeting, as its host writes it down."""

from functools import partial
from itertools import count

from bot.seen.results import AfterSeen, Became, NotesStand, ResultSeen
from handlers.blocks.attendance import who_came
from handlers.blocks.fields import text_field
from handlers.blocks.follow_ups import menu_of, said_of
from handlers.blocks.ids import REST_IS_DONE, RESULT, RESULT_FORM, RESULTS, SEND_NOTES, WHO_CAME
from handlers.blocks.items import item_text, leads
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    View,
    actions,
    bold,
    button,
    confirmation,
    divider,
    form,
    header,
    input_block,
    line,
    option,
    overflow,
    paragraph,
    rich,
    section,
    select,
    small,
)
from handlers.blocks.listed import on_list
from handlers.blocks.meetings import when
from handlers.blocks.pieces import and_more, turning
from handlers.words import _, moment, ngettext

MARKS = {Became.DONE: "✓", Became.AGAIN: "✓", Became.NOT_REACHED: "→", Became.NOT_NEEDED: "–"}  # noqa: RUF001
IN_MENU = (Became.DONE, Became.NOT_REACHED, Became.NOT_NEEDED)
"""At once, beside an item. All else is said in its form: a menu has room for no more."""
TO_WRITE, TO_AGREE = "write", "agree"
"""In the menu of an item, the ways to a line about it, and to a follow-up."""


def became() -> dict[Became, str]:
    """What became of an item, for whoever reads it."""
    return {
        Became.DONE: _("Done"),
        Became.AGAIN: _("Talked about, and again next time"),
        Became.NOT_REACHED: _("No time: moved to next time"),
        Became.NOT_NEEDED: _("Not needed any more"),
    }


def choices() -> dict[Became, str]:
    """The same, for whoever chooses."""
    ways = {
        Became.AGAIN: _("Keep here and bring a copy"),
        Became.NOT_REACHED: _("No time: move to next time"),
    }
    return became() | ways


def after(seen: AfterSeen) -> Message:
    """A page of the items, with what became of each, and the way to send the notes."""
    blocks = [header(_("After the meeting")), paragraph(bold(when(seen.meeting)))]
    if not seen.results.count:
        return Message([*blocks, small(_("Nothing was on the agenda of this meeting."))])
    numbered = zip(count(seen.results.before + 1), seen.results.shown, strict=False)
    blocks += [row for number, one in numbered for row in _rows(number, one, seen)]
    blocks += and_more(seen.results)
    blocks.append(small(_("Press ⋯ beside an item to say what happened.")))
    blocks += turning(RESULTS, seen.page, seen.results, of=seen.meeting.id)
    came = [small(who_came(seen.came))] if seen.came else []
    return Message([*blocks, divider(), *came, *_left_out(seen), small(when_notes_go(seen)), *_ways(seen)])


def saved(seen: AfterSeen) -> Message:
    """To who sent a form from the list: what it changed may stand further down than a phone shows."""
    return Message([paragraph(bold(_("✓ Saved"))), *after(seen).blocks])


def _left_out(seen: AfterSeen) -> list[Block]:
    n = seen.unsaid if seen.has_something else 0
    said = ngettext(
        "{n} item has no answer yet. The notes leave it out.",
        "{n} items have no answer yet. The notes leave them out.",
        n,
    )
    return [small(said.format(n=n))] if n else []


def result_form(one: ResultSeen, about: str) -> View:
    """A line about one item. `about` comes back with the answers."""
    options = [option(label, key) for key, label in choices().items()]
    return form(
        RESULT_FORM,
        _("The result"),
        [
            rich(line(bold(one.item.title))),
            input_block("became", _("What happened?"), select(options, one.became or Became.DONE)),
            text_field(
                "outcome",
                _("The result, in one line"),
                one.outcome,
                optional=True,
                hint=_("Everybody reads it in the notes."),
            ),
        ],
        submit=_("Save"),
        about=about,
    )


def results_door(meeting_id: int, style: str | None = None) -> Element:
    return button(_("Write it down"), RESULTS, meeting_id, style=style)


def correct_door(meeting_id: int) -> Element:
    """Once the notes are sent."""
    return button(_("Change the notes…"), RESULTS, meeting_id)


def when_notes_go(seen: AfterSeen) -> str:
    if seen.notes not in (NotesStand.TO_SEND, NotesStand.REFUSED):
        return _when_they_are_told(seen)
    if seen.notes is NotesStand.REFUSED:
        return _("Slack did not take the notes. You can send them once more.")
    if seen.goes_at is None:
        return _("The notes go to the shared channel when you send them.")
    when_they_go = moment(seen.goes_at, seen.timezone)
    if not seen.has_something:
        return _(
            "What you write down by {when} goes to the shared channel then, as notes. If you write nothing, no notes are sent."
        ).format(when=when_they_go)
    return _("The notes go to the shared channel on {when}, or earlier if you send them.").format(
        when=when_they_go
    )


def _when_they_are_told(seen: AfterSeen) -> str:
    if seen.notes is NotesStand.SENT:
        return _("✓ The notes are sent. If you change something here, the notes change too.")
    if seen.notes is NotesStand.LEFT_BEHIND:
        return _("✓ The notes were sent to the shared channel of before. They stay there as they are.")
    if seen.goes_at is None:
        return _("✓ The notes are on their way. If you change something here, the notes change too.")
    on_their_way = _(
        "✓ The notes go to the shared channel on {when}. If you change something here, the notes change too."
    )
    return on_their_way.format(when=moment(seen.goes_at, seen.timezone))


def _rows(number: int, one: ResultSeen, seen: AfterSeen) -> list[Block]:
    follow_ups = [section(f"↳ {said_of(each)}", menu_of(each, seen.page)) for each in one.follow_ups]
    return [_row(number, one, seen), *follow_ups]


def _row(number: int, one: ResultSeen, seen: AfterSeen) -> Block:
    said = [f"{number}. {item_text(one.item, leads(one.item))}"]
    if one.became is not None:
        said.append(f"{MARKS[one.became]} {_what_became(one, one.became)}")
    if one.outcome:
        said.append(one.outcome)
    return section("\n".join(said), _menu(one, seen))


def _what_became(one: ResultSeen, said: Became) -> str:
    if said is Became.AGAIN and not one.comes_up_again:
        return _("Talked about. Its copy for next time was withdrawn")
    return became()[said]


def _menu(one: ResultSeen, seen: AfterSeen) -> Element:
    ways = {
        **{way.value: choices()[way] for way in IN_MENU},
        TO_WRITE: _("Write the result…"),
        TO_AGREE: _("Add a follow-up…"),
    }
    about = partial(on_list, seen.meeting.id, one.item.id, seen.page)
    return overflow(RESULT, [option(label, about(way)) for way, label in ways.items()])


def _ways(seen: AfterSeen) -> list[Block]:
    ways = []
    about = f"{seen.meeting.id}:{seen.page}"
    if seen.unsaid:
        label = _("We talked about the rest") if seen.has_something else _("We talked about everything")
        ways.append(button(label, REST_IS_DONE, about))
    if seen.may_send:
        ways.append(button(_("Send the notes"), SEND_NOTES, about, style="primary", confirm=_sending(seen)))
    ways.append(button(_("Who came?"), WHO_CAME, seen.meeting.id))
    return [actions(*ways)]


def _sending(seen: AfterSeen) -> Element:
    told = [_("Everybody in the shared channel will read them.")]
    if seen.unsaid:
        told.append(_("Items without an answer are left out."))
    return confirmation(_("Send the notes?"), "\n".join(told), yes=_("Send"), no=_("Not yet"))
