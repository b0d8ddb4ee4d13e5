"""Swaps, on screen: the form in which a host asks another, what the other is asked, and the answer."""

from bot.seen.settings import ToSwapSeen
from bot.seen.swaps import AskedToSwapSeen, SwapSeen, SwapState
from handlers.blocks.hosting import alone, exchanges
from handlers.blocks.ids import AGREE_TO_SWAP, DECLINE_SWAP, SWAP_FORM, TAKE_BACK_SWAP
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    View,
    actions,
    bold,
    button,
    confirmation,
    form,
    header,
    input_block,
    line,
    paragraph,
    rich,
    rows,
    select,
    small,
)
from handlers.blocks.meetings import when_and_where
from handlers.words import _, listing, short_day


def swap_form(seen: ToSwapSeen) -> View:
    """One menu: another meeting, whose host takes this one in exchange; or another host, who takes it without one."""
    meeting = seen.choice.meeting
    offers = [*exchanges(seen.choice), *alone(seen.choice, _("{host}, with nothing in exchange"))]
    return form(
        SWAP_FORM,
        _("Ask for a swap"),
        [
            *when_and_where(meeting),
            input_block("host", _("Who could host instead?"), select(offers)),
            small(
                _(
                    "Those who decide for them are asked privately. Until they agree, nothing changes, and nobody else hears of it."
                )
            ),
            *_answered_by_admins(seen),
        ],
        submit=_("Ask them"),
        about=f"{meeting.id}:{meeting.host_id}",
    )


def _answered_by_admins(seen: ToSwapSeen) -> list[Block]:
    if not seen.answered_by_admins:
        return []
    said = _("Nobody is named who decides for {names}. There the admins answer.")
    return [small(said.format(names=listing(seen.answered_by_admins)))]


def asked(seen: AskedToSwapSeen) -> Message:
    """To those who decide for the other host."""
    swap = seen.swap
    if swap is None:
        return Message([paragraph(_("This is with those who decide now."))])
    title = _("{host} asks you for a swap") if swap.in_exchange else _("{host} asks whether you can host")
    blocks = [header(title.format(host=swap.host)), hosts_instead(swap)]
    if not swap.is_open:
        return Message([*blocks, small(_what_became_of(swap))])
    fine = _("Both answers are fine. Until you agree, nothing changes, and nobody else hears of it.")
    return Message([*blocks, small(fine), actions(*answer_doors(swap))])


def hosts_instead(swap: SwapSeen) -> Block:
    """What would be another."""
    said = _("{day}: {new} hosts instead of {before}")
    told = [said.format(day=short_day(swap.meeting.day), new=swap.other, before=swap.host)]
    if swap.in_exchange:
        told.append(said.format(day=short_day(swap.in_exchange.day), new=swap.host, before=swap.other))
    return rich(rows(map(line, told)))


def answer_doors(swap: SwapSeen, page: int | None = None) -> list[Element]:
    """`page`: where they stand on one, it is drawn anew."""
    confirm = confirmation(
        _("Agree to this?"),
        _("It counts at once. A meeting at its host's office moves to that of the new host."),
        yes=_("Agree"),
        no=_("Not yet"),
    )
    about = _value(swap, page)
    return [
        button(_("Agree"), AGREE_TO_SWAP, about, style="primary", confirm=confirm),
        button(_("Not this time"), DECLINE_SWAP, about),
    ]


def take_back_door(swap: SwapSeen, page: int | None = None) -> Element:
    return button(_("Take it back"), TAKE_BACK_SWAP, _value(swap, page))


def _value(swap: SwapSeen, page: int | None) -> str:
    """The mark stands at the end."""
    return f"{swap.id}:{swap.mark}" if page is None else f"{swap.id}:{page}:{swap.mark}"


def _what_became_of(swap: SwapSeen) -> str:
    match swap.state:
        case SwapState.AGREED:
            if swap.holds:
                return _("✓ Agreed. This is how it is now.")
            return _("✓ Agreed. It has changed once more since then.")
        case SwapState.DECLINED:
            return _("✓ Not this time. {host} knows, and nothing changes.").format(host=swap.host)
        case SwapState.TAKEN_BACK:
            return _("{host} has taken this back. Nothing changes.").format(host=swap.host)
    if swap.host_that_left:
        left = _("There is nothing to answer any more: {host} does not host any more.")
        return left.format(host=swap.host_that_left)
    return _(
        "There is nothing to answer any more: a meeting of these has begun, is cancelled, or has another host by now."
    )


def answered(swap: SwapSeen) -> Message:
    """To who asked."""
    if swap.state == SwapState.AGREED:
        return Message([paragraph(bold(_("✓ {other} agrees").format(other=swap.other))), hosts_instead(swap)])
    if swap.meeting.host != swap.host:
        return Message([paragraph(_("{other} could not do it this time.").format(other=swap.other))])
    said = _("{other} can't do it this time. Everything stays as it is:").format(other=swap.other)
    stays = _("{day}: {host} hosts").format(day=short_day(swap.meeting.day), host=swap.host)
    return Message([paragraph(said), rich(rows([line(stays)]))])
