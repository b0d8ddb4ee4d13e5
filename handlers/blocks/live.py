"""The live meeting on screen: how it is started, and the one message that tells how it goes."""

from bot.errors import Moment
from bot.live import MOST_TAKEN_UP
from bot.seen.live import BreakSeen, LiveSeen, Stands, ToStartSeen
from bot.seen.meetings import MeetingSeen
from handlers.blocks.came_up import came_up_door
from handlers.blocks.ids import DONE, END, GO_BACK, GO_ON, PUT_OFF, START, START_FORM
from handlers.blocks.items import item_text, line_with_collaborative, line_with_proposer, read_doors
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    View,
    actions,
    bar,
    bold,
    button,
    checkboxes,
    confirmation,
    form,
    header,
    input_block,
    line,
    option,
    paragraph,
    rich,
    rows,
    small,
    small_with,
)
from handlers.blocks.meetings import when_and_where, who_hosts
from handlers.blocks.pieces import and_more, listed, more, the_break
from handlers.words import _, clock, in_words, minutes, ngettext

COMING_SHOWN = 5
"""Of what comes in the live message: more is on the agenda."""
TAKEN_UP = "taken_up"
"""The field of the form in which late items are ticked."""


def start_door(meeting: MeetingSeen) -> Element:
    return button(_("Start the meeting…"), START, meeting.id, style="primary")


def start_form(seen: ToStartSeen) -> View:
    """“Shall we?”: what is on the agenda, and what may be taken up."""
    return form(
        START_FORM,
        _("Shall we?"),
        [
            *when_and_where(seen.meeting),
            *_agenda(seen),
            *_late(seen),
            small(_what_it_does()),
        ],
        submit=_("Start"),
        about=seen.meeting.id,
    )


def not_yet(seen: ToStartSeen, opens_at: Moment) -> Message:
    """To who would start it days before: how it is started, and when."""
    said = _("You can start this meeting from {opens} on.").format(opens=in_words(opens_at))
    return Message(
        [*when_and_where(seen.meeting), *_agenda(seen), paragraph(bold(said)), small(_what_it_does())]
    )


def _what_it_does() -> str:
    return _("One message in the shared channel then shows everybody what is on and what comes next.")


def _agenda(seen: ToStartSeen) -> list[Block]:
    if not seen.on_agenda.count:
        return [paragraph(_("Nothing is on the agenda at the moment."))]
    return listed(_("On the agenda"), seen.on_agenda, line_with_proposer, "ordered")


def _late(seen: ToStartSeen) -> list[Block]:
    waiting = seen.waiting.first(MOST_TAKEN_UP)
    if not waiting.shown:
        return []
    label = _("These still wait. Take them up today?")
    ticked = checkboxes([option(item_text(item), item.id) for item in waiting.shown])
    return [input_block(TAKEN_UP, label, ticked, optional=True), *and_more(waiting)]


def started(meeting: MeetingSeen) -> Message:
    said = _(
        "✓ The meeting is live in the shared channel. The team of {host}, and those who take notes, press the buttons there."
    )
    return Message([paragraph(said.format(host=meeting.host))])


def live(seen: LiveSeen) -> Message:
    """In the shared channel, while people meet."""
    if seen.stands is not Stands.ON:
        return Message(_off(seen.stands))
    return Message(
        [
            header(_("We meet now")),
            small(who_hosts(seen.meeting)),
            *_on(seen),
            *_coming(seen),
            _left(seen),
            _ways(seen),
            *_seldom(seen),
        ]
    )


def _off(stands: Stands) -> list[Block]:
    """Nothing can be pressed."""
    if stands is Stands.ELSEWHERE:
        return [paragraph(_("We meet now. Another channel is the shared one now, and shows what is on."))]
    if stands is Stands.MOVED:
        return [paragraph(_("This meeting was moved. It is not live any more."))]
    return [
        paragraph(bold(_("✓ The meeting is over. Thank you all."))),
        small(_("What came of it stands in the notes, which come to the shared channel.")),
    ]


def _on(seen: LiveSeen) -> list[Block]:
    if seen.item is None:
        said = _("We say hello.") if seen.is_opening else _("Nothing is on at the moment.")
        return [paragraph(bold(said))]
    since = _("Since {time}.").format(time=clock(seen.since))
    if seen.until is not None:
        since = _("Since {time}, until about {until}.").format(
            time=clock(seen.since), until=clock(seen.until)
        )
    return [
        paragraph(bold(_("On now"))),
        rich(line_with_collaborative(seen.item)),
        small(since),
    ]


def _coming(seen: LiveSeen) -> list[Block]:
    """With the break where it stands between the items that are shown."""
    coming, pause = seen.coming.first(COMING_SHOWN), seen.pause
    if pause is None or pause.after >= len(coming.shown):
        return listed(_("Comes next"), coming, line_with_collaborative, "ordered")
    lines = [line_with_collaborative(item) for item in coming.shown]
    before = [rows(lines[: pause.after], "ordered")] if pause.after else []
    after = rows(lines[pause.after :], "ordered", pause.after)
    told = rich(*before, line(_the_break(pause)), after)
    return [paragraph(bold(_("Comes next"))), told, *and_more(coming)]


def _the_break(pause: BreakSeen) -> str:
    if pause.begins is None:
        return the_break(pause.minutes)
    said = _("Break, {length}, at about {time}")
    return said.format(length=minutes(pause.minutes), time=clock(pause.begins))


def _left(seen: LiveSeen) -> Block:
    """How much of the day is left, and how much of it the items take that are left."""
    if seen.left <= 0:
        return small(_("The planned time is over."))
    planned = seen.planned.minutes + (seen.pause.minutes if seen.pause else 0)
    told = [_("{minutes} left today.").format(minutes=minutes(seen.left))]
    if planned:
        what = (
            _("What is left of the agenda takes {planned}, with the break.")
            if seen.pause
            else _("What is left of the agenda takes {planned}.")
        )
        told.append(what.format(planned=minutes(planned)))
    if planned > seen.left:
        told.append(_("That is {over} too much.").format(over=minutes(planned - seen.left)))
    return small_with(bar(planned, seen.left), " ".join(told))


def _ways(seen: LiveSeen) -> Block:
    about = _turn(seen)
    is_left = seen.coming.count > 0
    ways = []
    if seen.item is not None:
        ways.append(
            button(_("Done"), DONE, about, style="primary", confirm=_sure(seen), about=seen.item.title)
        )
        if is_left:
            ways.append(button(_("Later"), PUT_OFF, about, about=seen.item.title))
    if is_left:
        first = "primary" if seen.item is None else None
        ways.append(button(_("Next"), GO_ON, about, style=first, confirm=_sure(seen)))
    return actions(*ways, came_up_door(seen.meeting), _end_door(seen))


def _seldom(seen: LiveSeen) -> list[Block]:
    """To read more of the item that is on, and to mend what somebody pressed too early."""
    back = [button(_("Go back one item"), GO_BACK, _turn(seen))] if seen.can_go_back else []
    doors = [*back, *(read_doors(seen.item) if seen.item else [])]
    return [more(*doors)] if doors else []


def _turn(seen: LiveSeen) -> str:
    """For which a button is good."""
    return f"{seen.meeting.id}:{seen.mark}"


def _sure(seen: LiveSeen) -> Element | None:
    """Two people may press at the same moment, or one twice."""
    if seen.item is None or not seen.just_now:
        return None
    text = _("“{title}” came on less than a minute ago.").format(title=seen.item.title)
    return confirmation(_("Go on already?"), text, yes=_("Go on"), no=_("Not yet"))


def _end_door(seen: LiveSeen) -> Element:
    n = seen.coming.count + bool(seen.item)
    text = (
        ngettext("{n} item is still on the agenda.", "{n} items are still on the agenda.", n).format(n=n)
        if n
        else _("Everything on the agenda had its turn.")
    )
    sure = confirmation(_("End the meeting?"), text, yes=_("End it"), no=_("Not yet"))
    return button(_("End the meeting"), END, seen.meeting.id, confirm=sure, style=None if n else "primary")
