"""Who hosts when, on screen: the year's turns, and what hosts ask each other about them."""

from bot.seen.swaps import SwapSeen
from bot.seen.year import TurnSeen, YearSeen
from handlers.blocks.ids import HOSTS
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    actions,
    bold,
    button,
    divider,
    header,
    paragraph,
    section,
    small,
)
from handlers.blocks.meetings import swap_door
from handlers.blocks.pieces import and_more
from handlers.blocks.swaps import answer_doors, hosts_instead, take_back_door
from handlers.words import _, day, listing

PAGE = 0
"""What is clicked on this page is answered there."""


def year_door() -> Element:
    return button(_("Who hosts when"), HOSTS, "all")


def year(seen: YearSeen) -> Message:
    """`/agenda hosts`."""
    blocks = [header(_("Who hosts when")), *[block for swap in seen.swaps for block in _asked(swap)]]
    blocks += [_turn(turn) for turn in seen.turns.shown] or [_nothing_yet()]
    blocks += and_more(seen.turns)
    return Message([*blocks, *_not_set(seen), *_in_order(seen), *_what_can_be_swapped(seen)])


def _in_order(seen: YearSeen) -> list[Block]:
    """Those whose turn is none of these."""
    if not seen.after_that:
        return []
    then = _("After that, in hosting order: {names}.")
    said = then if seen.turns.shown else _("The hosting order: {names}.")
    return [small(said.format(names=listing(seen.after_that)))]


def _not_set(seen: YearSeen) -> list[Block]:
    if all(turn.meeting for turn in seen.turns.shown):
        return []
    return [small(_("What is not set yet follows the hosting order."))]


def _nothing_yet() -> Block:
    return paragraph(_("No meeting is set yet. An admin adds the first one."))


def _turn(turn: TurnSeen) -> Block:
    door = swap_door(turn.meeting) if turn.meeting and turn.may_ask else None
    return section(f"{day(turn.day)}\n{_whose(turn)}", door)


def _whose(turn: TurnSeen) -> str:
    if turn.meeting is None:
        return _("{host} · not set yet").format(host=turn.host)
    return turn.host if turn.meeting.is_confirmed else _("{host} · not confirmed yet").format(host=turn.host)


def _what_can_be_swapped(seen: YearSeen) -> list[Block]:
    """For those who can ask."""
    if not any(turn.may_ask for turn in seen.turns.shown):
        return []
    return [
        small(
            _(
                "You can swap meetings that are set or proposed. The hosting order itself stays, and admins change it under “Settings”."
            )
        )
    ]


def _asked(swap: SwapSeen) -> list[Block]:
    """To each of the two sides. Nobody else sees it."""
    if swap.may_answer:
        said = _("{host} asks whether this would suit you:").format(host=swap.host)
    else:
        said = _("{other} was asked, and has not answered yet:").format(other=swap.other)
    back = [take_back_door(swap, PAGE)] if swap.may_take_back else []
    doors = [*(answer_doors(swap, PAGE) if swap.may_answer else []), *back]
    return [paragraph(bold(said)), hosts_instead(swap), actions(*doors), divider()]
