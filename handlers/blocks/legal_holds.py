"""Legal holds on screen: the form, what the settings say of one, and what admins are told."""

from bot.seen.legal_holds import HoldSeen, ToHoldSeen
from handlers.blocks.fields import text_field
from handlers.blocks.ids import HOLD_FORM, LEGAL_HOLD
from handlers.blocks.kit import (
    Block,
    Element,
    Message,
    View,
    actions,
    bold,
    button,
    form,
    header,
    input_block,
    line,
    paragraph,
    quote,
    rich,
    small,
)
from handlers.blocks.people import called
from handlers.words import _, day, ngettext


def hold_form(seen: ToHoldSeen) -> View:
    hold = seen.hold
    until = {"type": "datepicker"} | ({"initial_date": hold.until.isoformat()} if hold else {})
    hint = _("To end the hold, choose today. Deleting goes on after midnight.") if hold else ""
    return form(
        HOLD_FORM,
        _("Hold: delete nothing"),
        [
            paragraph(
                _(
                    "Do this for a records request or a lawsuit, or if you expect one. Up to the day that you choose, I delete nothing: "
                    "not with time, and not if somebody wants to be erased. Whoever wants that waits, and reads why."
                )
            ),
            small(
                _(
                    "“Remove these words” still takes words off every screen. I lock them away until the hold ends, and nobody sees them."
                )
            ),
            text_field("hold_reason", _("Why? Only admins read this."), hold.reason if hold else None),
            input_block("until", _("Up to which day?"), until, hint=hint),
        ],
        submit=_("Save") if hold else _("Hold"),
    )


def hold_door(hold: HoldSeen | None) -> Element:
    return button(_("Change the hold…") if hold else _("Hold: delete nothing…"), LEGAL_HOLD, "")


def in_settings(hold: HoldSeen | None) -> list[Block]:
    """What admins read before all else that is set."""
    if hold is None:
        return []
    waiting = [line(_who_waits(hold))] if hold.waiting else []
    return [rich(line(bold(_lasts(hold))), *waiting)]


def told(hold: HoldSeen) -> Message:
    """To admins, when it began, and when its last day became another."""
    if not hold.lasts:
        return _is_over(hold)
    return Message([header(_("Hold: I delete nothing")), paragraph(bold(_lasts(hold))), *_about(hold)])


def ends(hold: HoldSeen) -> Message:
    """To admins, some days before."""
    if not hold.lasts:
        return _is_over(hold)
    told = _("Do you still need what is kept? Then make the hold longer. Else you have nothing to do.")
    return Message(
        [header(_("The hold ends soon")), paragraph(bold(_lasts(hold))), paragraph(told), *_about(hold)]
    )


def held_before() -> str:
    """Why a hold lasts of which a restored backup does not know."""
    return _("A hold lasted when a backup was restored. Only its last day is known.")


def _lasts(hold: HoldSeen) -> str:
    if hold.ends_today:
        return _("The hold ends today. After midnight, deleting goes on.")
    return _("A hold lasts up to {day}. Until then I delete nothing.").format(day=day(hold.until))


def _is_over(hold: HoldSeen) -> Message:
    return Message([small(_("The hold ended on {day}. Deleting goes on.").format(day=day(hold.until)))])


def _about(hold: HoldSeen) -> list[Block]:
    """Who is no admin any more reads no reason, and changes nothing."""
    if hold.reason is None:
        return []
    return [_began(hold), rich(quote(hold.reason)), *_waiting(hold), actions(hold_door(hold))]


def _began(hold: HoldSeen) -> Block:
    if hold.began_by is None:
        return small(_("It began on {day}. The reason:").format(day=day(hold.began_on)))
    began = _("{name} began it on {day}. The reason:")
    return small(began.format(name=called(hold.began_by), day=day(hold.began_on)))


def _waiting(hold: HoldSeen) -> list[Block]:
    return [small(_who_waits(hold))] if hold.waiting else []


def _who_waits(hold: HoldSeen) -> str:
    told = ngettext(
        "{n} person waits to be erased when it ends.",
        "{n} people wait to be erased when it ends.",
        hold.waiting,
    )
    return told.format(n=hold.waiting)
