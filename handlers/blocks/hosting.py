"""Who hosts, on screen: the form that changes the host of a meeting, and the one that takes a collaborative out."""

from collections.abc import Iterator, Sequence

from bot.seen.meetings import MeetingSeen
from bot.seen.settings import HostingSeen, TakingOutSeen
from bot.taking_out import HOST_OF
from handlers.blocks.ids import HOST_FORM, TAKE_OUT_FORM
from handlers.blocks.kit import (
    Block,
    Element,
    View,
    bold,
    form,
    input_block,
    line,
    option,
    paragraph,
    rich,
    rows,
    select,
    small,
)
from handlers.blocks.meetings import when_and_where
from handlers.words import _, day, own_words, short_day

GIVE, SWAP = "give", "swap"
MOST_ASKED, MOST_OPTIONS = 12, 500
"""Of the meetings, and in all their menus together: a form holds no more. Those after them go on in hosting order."""


def host_form(seen: HostingSeen) -> View:
    """One menu: another host, or another meeting whose host takes this one."""
    return form(
        HOST_FORM,
        _("Change the host"),
        [
            *when_and_where(seen.meeting),
            input_block("host", _("Who hosts instead?"), select([*alone(seen), *exchanges(seen)])),
            small(
                _(
                    "Those who decide for the new host are told privately, with what waits. If the meeting is at the office of the host before, it moves to the new host's, and the shared channel is told."
                )
            ),
        ],
        submit=_("Save"),
        about=f"{seen.meeting.id}:{seen.meeting.host_id}",
    )


def alone(seen: HostingSeen, label: str = "{host}") -> Iterator[Element]:
    """Each host that could take the meeting, with nothing in exchange."""
    for host in seen.hosts:
        yield option(label.format(host=host.name), f"{GIVE}:{host.id}")


def exchanges(seen: HostingSeen) -> Iterator[Element]:
    """Each meeting whose host could take this one in exchange."""
    for other in seen.others:
        exchange = _("In exchange for {day}: {host}").format(day=short_day(other.day), host=other.host)
        yield option(exchange, f"{SWAP}:{other.id}:{other.host_id}")


def take_out_form(seen: TakingOutSeen) -> View:
    """What follows, and who hosts its meetings instead."""
    return form(
        TAKE_OUT_FORM,
        _("Take it out"),
        [
            paragraph(bold(seen.collaborative.name)),
            rich(rows(map(line, _what_follows(seen)), "bullet")),
            *[_instead(meeting, seen) for meeting in _asked_about(seen)],
        ],
        submit=_("Take it out"),
        close=_("Keep it"),
        about=seen.collaborative.id,
    )


def _what_follows(seen: TakingOutSeen) -> list[str]:
    told = [
        _("It no longer hosts, and its people no longer decide about meetings to come."),
        _("What its people brought stays, and they can bring more."),
        _("It is back when you add it to your {collaboratives} under the same name.").format(**own_words()),
    ]
    return told if seen.others else [*told, _("It is the last one. Until you add another, nobody can host.")]


def _asked_about(seen: TakingOutSeen) -> Sequence[MeetingSeen]:
    return seen.meetings[: min(MOST_ASKED, MOST_OPTIONS // max(len(seen.others), 1))]


def _instead(meeting: MeetingSeen, seen: TakingOutSeen) -> Block:
    return input_block(
        f"{HOST_OF}{meeting.id}",
        _("Who hosts on {day} instead?").format(day=day(meeting.day)),
        select([option(one.name, one.id) for one in seen.others]),
        optional=True,
        hint=_("If you leave this empty, it is the next in hosting order."),
    )
