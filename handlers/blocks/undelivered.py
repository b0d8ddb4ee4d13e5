"""What admins are told when a message could not be delivered, so that nothing is lost in silence."""

from bot.words import _
from handlers.blocks.kit import Message, header, paragraph, small
from storage.outbox import PostKind


def undelivered(kind: PostKind, where: str, error: str, *, is_unknown: bool) -> Message:
    """`where` is a channel or a person, in words. `is_unknown`: it may have arrived."""
    told = _("{what}, for {where}.").format(what=_what(kind), where=where)
    return Message(
        [
            header(_("A message did not get through")),
            paragraph(f"{told} {_it_may_be_there() if is_unknown else _to_do(error)}"),
            small(_("In Slack's own word: {error}").format(error=error)),
        ]
    )


def _what(kind: PostKind) -> str:
    names = {
        PostKind.STANDING: _("The message with the buttons"),
        PostKind.CARD: _("A question to those who decide"),
        PostKind.OUTCOME: _("What became of an item"),
        PostKind.AGENDA: _("The agenda"),
        PostKind.CALL: _("The call for items"),
        PostKind.DIGEST: _("The weekly digest"),
        PostKind.PROPOSED_MEETING: _("A question about the next meeting"),
    }
    return names.get(kind, _("A message"))


def _it_may_be_there() -> str:
    return _(
        "Slack did not say whether it arrived, and I can't look. Please look there; if it is missing, pass it on yourself."
    )


def _to_do(error: str) -> str:
    match error:
        case "not_in_channel" | "channel_not_found":
            return _("Invite me there with /invite @Agenda; it then goes out by itself.")
        case "is_archived":
            return _("The channel is archived: bring it back, or choose another with /agenda setup.")
        case "missing_scope":
            return _("The app may do less than it needs to: install it again from its manifest.")
        case "user_disabled" | "user_not_found":
            return _("Their account is closed. If they decide for a host, name somebody else: /agenda setup.")
        case _:
            return _("Slack refuses it for good. Please pass it on yourself.")
