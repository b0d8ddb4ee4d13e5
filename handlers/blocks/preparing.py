"""Preparing a meeting together, on screen: the question to its host, the word to admins, and the way in and out."""

from bot.seen.agenda import StatusSeen
from bot.seen.meetings import MeetingSeen
from bot.seen.posts import HelpOfferedSeen, HelpWantedSeen
from handlers.blocks.ids import BOARD, HELP_NO, HELP_YES, STEP_BACK, STEP_IN
from handlers.blocks.kit import Block, Element, Message, actions, bold, button, confirmation, paragraph, small
from handlers.blocks.meetings import when_and_where
from handlers.words import _, day, ngettext


def offered(seen: HelpOfferedSeen) -> Message:
    """To the host's team alone, some days before the meeting."""
    meeting = seen.meeting
    if meeting is None:
        return _with_others()
    if meeting.helper:
        return Message([paragraph(bold(_prepared_by_both(meeting))), actions(_board_door(meeting))])
    if not seen.waiting:
        return Message([small(_("✓ All that waited has your answer."))])
    return Message([*_asked(seen, meeting), *_answered(seen), actions(*_ways(seen, meeting))])


def _asked(seen: HelpOfferedSeen, meeting: MeetingSeen) -> list[Block]:
    waiting = ngettext(
        "We meet on {day}, and {n} item still waits for your answer.",
        "We meet on {day}, and {n} items still wait for your answer.",
        seen.waiting,
    ).format(day=day(meeting.day), n=seen.waiting)
    question = _("Would some help be good? Another team can look at them with you.")
    return [paragraph(waiting), paragraph(bold(question))]


def _answered(seen: HelpOfferedSeen) -> list[Block]:
    if seen.is_wanted is None:
        return [small(_("Only your team reads this. Both answers are fine."))]
    if seen.is_wanted:
        return [small(_("✓ You would like some help. The admins know, and nobody else."))]
    return [small(_("✓ You are fine. Thank you!"))]


def _ways(seen: HelpOfferedSeen, meeting: MeetingSeen) -> list[Element]:
    yes = [] if seen.is_wanted else [button(_("Yes, please"), HELP_YES, meeting.id)]
    no = [] if seen.is_wanted is False else [button(_("We are fine"), HELP_NO, meeting.id)]
    return [_board_door(meeting), *yes, *no]


def wanted(seen: HelpWantedSeen) -> Message:
    """To admins of other collaboratives."""
    meeting = seen.meeting
    if meeting is None:
        return _with_others()
    if meeting.helper:
        return Message([paragraph(bold(_prepared_by_both(meeting)))])
    if not seen.is_wanted or not seen.waiting:
        return Message([small(_("✓ {host} needs no more help. Thank you!").format(host=meeting.host))])
    return Message([*_would_be_glad(meeting, seen.waiting), actions(_step_in_door(meeting))])


def to_prepare(seen: StatusSeen) -> list[Block]:
    """For admins who may step in, where they look."""
    agenda = seen.agenda
    if agenda.meeting is None or not seen.may_step_in:
        return []
    return [*_could_help(agenda.meeting, agenda.waiting.count), actions(_step_in_door(agenda.meeting))]


def _would_be_glad(meeting: MeetingSeen, waiting: int) -> list[Block]:
    said = ngettext(
        "{host} would be glad of some help: {n} item waits for an answer.",
        "{host} would be glad of some help: {n} items wait for an answer.",
        waiting,
    )
    return [paragraph(bold(said.format(host=meeting.host, n=waiting))), *when_and_where(meeting)]


def _could_help(meeting: MeetingSeen, waiting: int) -> list[Block]:
    said = ngettext(
        "{n} item waits for an answer of {host}. You can help with it.",
        "{n} items wait for an answer of {host}. You can help with them.",
        waiting,
    )
    return [paragraph(said.format(host=meeting.host, n=waiting))]


def _step_in_door(meeting: MeetingSeen) -> Element:
    text = _(
        "You and your own team can then decide about this agenda, as {host} can. The agenda says that you prepare it together."
    )
    confirm = confirmation(
        _("Prepare it together?"),
        text.format(host=meeting.host),
        yes=_("Prepare it with them"),
        no=_("Not now"),
    )
    return button(_("Prepare it with them"), STEP_IN, meeting.id, style="primary", confirm=confirm)


def step_back_doors(meeting: MeetingSeen) -> list[Element]:
    """On the board, for both of them."""
    if not meeting.helper:
        return []
    text = _("{host} then goes on alone. What you decided stays.").format(host=meeting.host)
    confirm = confirmation(_("Go on alone?"), text, yes=_("Go on alone"), no=_("Stay together"))
    label = _("{host} goes on alone").format(host=meeting.host)
    return [button(label, STEP_BACK, meeting.id, confirm=confirm)]


def prepared_alone(meeting: MeetingSeen) -> Message:
    """To who ended it."""
    return Message(
        [paragraph(bold(_("✓ {host} goes on alone.").format(host=meeting.host))), *when_and_where(meeting)]
    )


def _prepared_by_both(meeting: MeetingSeen) -> str:
    return _("✓ {host} and {helper} prepare this together.").format(host=meeting.host, helper=meeting.helper)


def _with_others() -> Message:
    return Message([paragraph(_("This is with those who decide now."))])


def _board_door(meeting: MeetingSeen) -> Element:
    return button(_("Host's board"), BOARD, meeting.id)
