"""Follow-ups: the form of the host, the page of whoever has something to do, and what the bot writes to both."""

from datetime import date
from functools import partial

from bot.seen.follow_ups import (
    AskedToFollowUpSeen,
    DeclinedSeen,
    FollowUpSeen,
    OwnFollowUpsSeen,
    ToAgreeSeen,
)
from handlers.blocks.fields import text_field
from handlers.blocks.ids import (
    FOLLOW_UP,
    FOLLOW_UP_DECLINE,
    FOLLOW_UP_DONE,
    FOLLOW_UP_FORM,
    FOLLOW_UP_LATER,
    FOLLOW_UP_TAKE_UP,
    FOLLOW_UP_TO_WRITE,
    FOLLOW_UPS,
)
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
    small,
    user_select,
)
from handlers.blocks.listed import on_list
from handlers.blocks.people import called
from handlers.blocks.pieces import and_more, turning
from handlers.words import _, ngettext, short_day

TO_CHANGE, TO_TAKE_OUT = "change", "remove"
"""In the menu of a follow-up."""


def follow_up_form(seen: ToAgreeSeen, about: str) -> View:
    """Who does what by when. `about` comes back with the answers."""
    return form(
        FOLLOW_UP_FORM,
        _("A follow-up"),
        [
            *([rich(line(bold(seen.item)))] if seen.item else []),
            text_field(
                "what", _("What is the task?"), seen.words, hint=_("Everybody reads it in the notes.")
            ),
            input_block("owner", _("Who does it?"), user_select(seen.owner.user_id if seen.owner else None)),
            input_block(
                "due_on",
                _("By when?"),
                {"type": "datepicker", "initial_date": seen.due_on.isoformat()},
                hint=_("I remind this person once, on the working day before."),
            ),
        ],
        submit=_("Save"),
        about=about,
    )


def said_of(one: FollowUpSeen) -> str:
    """In a line, for the host and in the notes: who does what by when."""
    by = _("by {day}").format(day=short_day(one.due_on))
    return f"{_who(one)}: {one.words} ({by})"


def menu_of(one: FollowUpSeen, page: int) -> Element:
    """For the host, on the page where the follow-up stands."""
    ways = {TO_CHANGE: _("Change it…"), TO_TAKE_OUT: _("Take it out")}
    about = partial(on_list, one.meeting.id, one.item_id, page, one.id)
    return overflow(FOLLOW_UP, [option(label, about(way)) for way, label in ways.items()])


def own(seen: OwnFollowUpsSeen, just_said: FollowUpSeen | None = None) -> Message:
    """A page of what one has to do, and what one just said of one of them."""
    before = _just_said(just_said, seen.page) if just_said else []
    if not seen.follow_ups.count:
        return Message([*before, paragraph(_("You have nothing to follow up on. Thank you!"))])
    blocks = [header(_("Your follow-ups")), *before]
    for one in seen.follow_ups.shown:
        blocks += [divider(), to_do(one, seen.today), actions(*_ways(one, seen.page))]
    return Message([*blocks, *and_more(seen.follow_ups), *turning(FOLLOW_UPS, seen.page, seen.follow_ups)])


def reminder(seen: AskedToFollowUpSeen) -> Message:
    """To whoever has it to do, the working day before."""
    one = seen.follow_up
    if one is None:
        return Message([paragraph(_("This follow-up is not with you any more."))])
    if not one.is_open:
        return Message(_just_said(one))
    return Message(
        [
            paragraph(bold(_("A reminder of your follow-up"))),
            to_do(one, seen.today),
            actions(*_ways(one)),
        ]
    )


def declined(seen: DeclinedSeen) -> Message:
    """To those who decide for the host: somebody else has to be found."""
    one = seen.follow_up
    if not seen.is_for_hosts:
        return Message([paragraph(_("This is with those who decide now."))])
    if one is None:
        return Message([paragraph(_("This follow-up was taken out."))])
    if not one.is_declined:
        said = _("✓ {name} has this follow-up.").format(name=called(one.owner))
        return Message([paragraph(said), paragraph(one.words)])
    about = on_list(one.meeting.id, one.item_id, 0, one.id)
    return Message(
        [
            paragraph(bold(_why_nobody_has(one))),
            paragraph(said_of(one)),
            small(_from(one)),
            actions(button(_("Give it to somebody…"), FOLLOW_UP_TO_WRITE, about, style="primary")),
        ]
    )


def follow_ups_door(n: int) -> list[Block]:
    """How many one has to do, and the way to them."""
    if not n:
        return []
    said = ngettext("You have {n} follow-up.", "You have {n} follow-ups.", n).format(n=n)
    return [
        paragraph(bold(said)),
        actions(my_follow_ups_door(style="primary")),
    ]


def my_follow_ups_door(style: str | None = None) -> Element:
    return button(_("See my follow-ups"), FOLLOW_UPS, "all", style=style)


def _why_nobody_has(one: FollowUpSeen) -> str:
    if one.declined_by is None:
        return _("Nobody has this follow-up any more. Who could do it?")
    said = _("{name} says that this follow-up is not theirs. Who else could do it?")
    return said.format(name=one.declined_by)


def _who(one: FollowUpSeen) -> str:
    return _("Not given to anybody yet") if one.is_declined else called(one.owner)


def to_do(one: FollowUpSeen, today: date) -> Block:
    return rich(line(bold(one.words), f"\n{_by_when(one, today)} {_from(one)}"))


def _by_when(one: FollowUpSeen, today: date) -> str:
    if one.day < today:
        return _("It was for {day}.").format(day=short_day(one.day))
    if one.day == today:
        return _("It is for today.")
    return _("By {day}.").format(day=short_day(one.day))


def _from(one: FollowUpSeen) -> str:
    if one.item is None:
        return _("From the meeting on {day}").format(day=short_day(one.meeting.day))
    return _("From the meeting on {day}: {title}").format(day=short_day(one.meeting.day), title=one.item)


def _ways(one: FollowUpSeen, page: int | None = None) -> list[Element]:
    """`page`: the one on which it stands. Not in a message of its own."""
    about = _about(one, page)
    sure = confirmation(
        _("Not yours?"),
        _("The host's team is told, and looks for somebody else."),
        yes=_("Not mine"),
        no=_("I keep it"),
    )
    return [
        button(_("Done"), FOLLOW_UP_DONE, about, style="primary", about=one.words),
        button(_("A week later"), FOLLOW_UP_LATER, about, about=one.words),
        button(_("Not mine"), FOLLOW_UP_DECLINE, about, about=one.words, confirm=sure),
    ]


def _just_said(one: FollowUpSeen, page: int | None = None) -> list[Block]:
    if one.is_done:
        said, back = _("✓ Done. Thank you! Nobody else sees this."), _("It is not done yet")
    elif one.is_declined:
        said, back = _("The host's team is told that this is not yours."), _("It is mine after all")
    else:
        said = _("This is on your list, for {day}.").format(day=short_day(one.day))
        return [paragraph(bold(said)), paragraph(one.words)]
    door = button(back, FOLLOW_UP_TAKE_UP, _about(one, page), about=one.words)
    return [paragraph(bold(said)), paragraph(one.words), actions(door)]


def _about(one: FollowUpSeen, page: int | None) -> str:
    """`handlers.listeners.follow_ups` reads it."""
    return f"{one.id}:{'' if page is None else page}:{one.edition}"
