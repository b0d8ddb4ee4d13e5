"""The look back on screen: for who asks, with the ways to have it sent; and as a message, with a chart and a table or in words alone."""

from bot.seen.items import ItemState
from bot.seen.look_back import AskedForLookBackSeen, Fate, LookBackSeen, QuarterSeen
from bot.seen.results import Became
from handlers.blocks import limits
from handlers.blocks.figures import bar_chart, data_table
from handlers.blocks.ids import LOOKING_BACK, POST_LOOK_BACK, SEND_LOOK_BACK
from handlers.blocks.items import states
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    actions,
    bold,
    button,
    channel_link,
    confirmation,
    header,
    line,
    paragraph,
    rich,
    rows,
    run,
    small,
)
from handlers.blocks.results import became
from handlers.blocks.spoken import spoken_text
from handlers.words import _, dated, in_words, minutes, ngettext

BY_STATE = {
    Fate.HELD: ItemState.HELD,
    Fate.WAITING: ItemState.WAITING,
    Fate.RESTING: ItemState.RESTING,
    Fate.NOT_TAKEN: ItemState.NOT_TAKEN,
    Fate.SOLVED: ItemState.SOLVED,
    Fate.WITHDRAWN: ItemState.WITHDRAWN,
}


def look_back_door() -> Element:
    return button(_("Look back…"), LOOKING_BACK, "all")


def look_back(seen: LookBackSeen) -> Message:
    """To who asks."""
    if not seen.quarters:
        return Message(
            [paragraph(_("No meeting has been held yet. After the first one you can look back here."))]
        )
    return Message([*_in_words(seen), *_ways(seen)])


def posted(seen: LookBackSeen) -> Message:
    """In words alone."""
    return Message(_in_words(seen))


def posted_with_chart(seen: LookBackSeen) -> Message:
    """The quarters as a chart and a table. What is read aloud is the same in words."""
    blocks = [_title(), _chart(seen), _table(seen), *_what_became(seen), *_how_long(seen), _what_counts()]
    return Message(blocks, spoken_text(_in_words(seen), limits.MESSAGE_TEXT))


def asked_for(seen: AskedForLookBackSeen) -> Message:
    """To who has it sent."""
    if seen.waits_until is not None:
        said = _("✓ It comes to the shared channel {when}.").format(when=in_words(seen.waits_until))
        return Message([paragraph(bold(said))])
    if seen.is_for_everybody:
        new, old = (
            _("✓ It is on its way to the shared channel."),
            _("✓ It is in the shared channel since today."),
        )
    else:
        new = _("✓ It comes to you in a direct message.")
        old = _("✓ You have the one of today already, in your direct messages.")
    return Message([paragraph(bold(new if seen.is_new else old))])


def _in_words(seen: LookBackSeen) -> list[Block]:
    n = len(seen.quarters)
    said = ngettext("The last meeting", "The last {n} meetings", n).format(n=n)
    quarters = rich(*(line(bold(dated(one.day)), run(f"\n{_quarter(one)}")) for one in seen.quarters))
    return [_title(), paragraph(bold(said)), quarters, *_what_became(seen), *_how_long(seen), _what_counts()]


def _title() -> Block:
    return header(_("Looking back"))


def _quarter(one: QuarterSeen) -> str:
    """From the meeting before to that one."""
    sentences = [
        (one.came_in, ngettext("{n} item came in.", "{n} items came in.", one.came_in)),
        (one.on_agenda, _on_agenda(one)),
        (
            one.talked_about,
            ngettext("We talked about {n} item.", "We talked about {n} items.", one.talked_about),
        ),
        (
            one.not_reached,
            ngettext("There was no time for {n} item.", "There was no time for {n} items.", one.not_reached),
        ),
        (
            one.not_needed,
            ngettext(
                "{n} item was not needed any more.", "{n} items were not needed any more.", one.not_needed
            ),
        ),
        (
            one.not_written,
            ngettext(
                "The notes say nothing about {n} item.",
                "The notes say nothing about {n} items.",
                one.not_written,
            ),
        ),
    ]
    length = minutes(one.planned.minutes)
    told = [sentence.format(n=n, length=length) for n, sentence in sentences if n]
    return " ".join(told) or _("Nothing came in, and nothing was on the agenda.")


def _on_agenda(one: QuarterSeen) -> str:
    if not one.planned.minutes:
        return ngettext("{n} item was on the agenda.", "{n} items were on the agenda.", one.on_agenda)
    return ngettext(
        "{n} item was on the agenda, with {length} planned.",
        "{n} items were on the agenda, with {length} planned.",
        one.on_agenda,
    )


def _chart(seen: LookBackSeen) -> Block:
    columns = _columns(seen)
    series = {name: columns[name] for name in (_("Came in"), _("On the agenda"), _("Talked about"))}
    return bar_chart(_("Items, meeting by meeting"), [dated(one.day) for one in seen.quarters], series)


def _table(seen: LookBackSeen) -> Block:
    """A row for each meeting. A column that would hold nothing but 0 is left out: a phone shows few."""
    columns = {name: figures for name, figures in _columns(seen).items() if any(figures)}
    head = [_("Meeting"), *columns]
    days = [dated(one.day) for one in seen.quarters]
    return data_table(_("The same in numbers"), head, list(zip(days, *columns.values(), strict=True)))


def _columns(seen: LookBackSeen) -> dict[str, list[int]]:
    return {
        _("Came in"): [one.came_in for one in seen.quarters],
        _("On the agenda"): [one.on_agenda for one in seen.quarters],
        _("Minutes planned"): [one.planned.minutes for one in seen.quarters],
        _("Talked about"): [one.talked_about for one in seen.quarters],
        _("No time"): [one.not_reached for one in seen.quarters],
        _("Not needed"): [one.not_needed for one in seen.quarters],
        _("Not in the notes"): [one.not_written for one in seen.quarters],
    }


def _what_became(seen: LookBackSeen) -> list[Block]:
    n = seen.came_in
    if not n:
        return []
    title = ngettext(
        "What became of the {n} item that came in", "What became of the {n} items that came in", n
    )
    told = [line(_("{what}: {n}").format(what=_fates()[one.fate], n=one.items)) for one in seen.fates]
    return [paragraph(bold(title.format(n=n))), rich(rows(told))]


def _fates() -> dict[Fate, str]:
    return {
        Fate.DONE: _("Talked about"),
        Fate.AGAIN: became()[Became.AGAIN],
        Fate.NOT_NEEDED: became()[Became.NOT_NEEDED],
        Fate.NOT_REACHED: _("No time yet, waiting again"),
        Fate.NOT_WRITTEN: _("On an agenda, and not in the notes"),
        Fate.ON_AGENDA: _("On the next agenda"),
        **{fate: states()[state] for fate, state in BY_STATE.items()},
    }


def _how_long(seen: LookBackSeen) -> list[Block]:
    n = seen.waited_days
    if n is None:
        return []
    said = ngettext(
        "Half of the items waited less than {n} day for an answer.",
        "Half of the items waited less than {n} days for an answer.",
        n,
    )
    return [paragraph(said.format(n=n))]


def _what_counts() -> Block:
    return small(
        _(
            "These are counts of all items together. What was withdrawn or removed counts, too. What happened at a meeting counts once its notes are sent."
        )
    )


def _ways(seen: LookBackSeen) -> list[Block]:
    """Where everybody would read it stands above the button that asks once more."""
    send = button(_("Send it to me with a chart"), SEND_LOOK_BACK, "me")
    post = button(_("Post it in the shared channel…"), POST_LOOK_BACK, "all", confirm=_posting())
    where = rich(line(_("The shared channel:"), " ", channel_link(seen.channel_id)))
    return [where, actions(send, post)]


def _posting() -> Element:
    told = _(
        "Everybody in the shared channel will read these counts, with a chart. No item and nobody is named."
    )
    return confirmation(_("Post it in the shared channel?"), told, yes=_("Post it"), no=_("Not yet"))
