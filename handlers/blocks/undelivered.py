"""What those who can help are told of a message that did not get through, so that nothing is lost in silence."""

from dataclasses import dataclass

from handlers.blocks.kit import Block, Message, actions, button, header, paragraph, quote, rich, small
from handlers.words import _
from storage.outbox import PostKind

IT_IS_THERE = "post.it_is_there"
POST_AGAIN = "post.again"


@dataclass(frozen=True)
class Lost:
    """A message of unknown fate. `where` is a channel or a person, in words; `title` is that of the item it is about."""

    post_id: int
    kind: PostKind
    where: str
    title: str | None


def undelivered(kind: PostKind, where: str, error: str) -> Message:
    """`where` is a channel or a person, in words."""
    told = _("{what}, for {where}.").format(what=_what(kind), where=where)
    return Message(
        [
            header(_("A message did not get through")),
            paragraph(f"{told} {_to_do(error)}"),
            *([small(_("In Slack's own word: {error}").format(error=error))] if _is_slacks(error) else []),
        ]
    )


def _is_slacks(error: str) -> bool:
    """Slack's words are small letters and underscores; exceptions are not, and what was missed Slack never heard of."""
    return error.islower() and error != "missed"


def unsure(lost: Lost) -> Message:
    """The question whether it is there, for those who can look."""
    return Message(
        [
            header(_("Did this message arrive?")),
            *_told(lost),
            paragraph(
                _("Slack did not say, and I can't look. Please look there, or ask. Until then I do nothing.")
            ),
            actions(
                button(_("It is there"), IT_IS_THERE, lost.post_id),
                button(_("Post again"), POST_AGAIN, lost.post_id),
            ),
        ]
    )


def settled(lost: Lost, by: str, *, is_there: bool) -> Message:
    """The same, once somebody has said so."""
    said = _("{name}: it is there.") if is_there else _("{name} had it posted again.")
    return Message([header(_("Did this message arrive?")), *_told(lost), paragraph(said.format(name=by))])


def _told(lost: Lost) -> list[Block]:
    told = paragraph(_("{what}, for {where}.").format(what=_what(lost.kind), where=lost.where))
    return [told, rich(quote(lost.title))] if lost.title else [told]


def _what(kind: PostKind) -> str:
    names = {
        PostKind.STANDING: _("The message with the buttons"),
        PostKind.CARD: _("A question to those who decide"),
        PostKind.OUTCOME: _("What became of an item"),
        PostKind.AGENDA: _("The agenda"),
        PostKind.CALL: _("The call for items"),
        PostKind.DIGEST: _("The weekly digest"),
        PostKind.PROPOSED_MEETING: _("A question about the next meeting"),
        PostKind.MOVED_MEETING: _("The news that a meeting has moved"),
        PostKind.RECONSIDERED: _("The news that an item is before the host again"),
        PostKind.CARRIED_OVER: _("The news that an item goes on to the next meeting"),
        PostKind.WITHDRAWAL: _("The news that an item was withdrawn"),
    }
    return names.get(kind, _("A message"))


def _to_do(error: str) -> str:
    match error:
        case "not_in_channel" | "channel_not_found":
            return _("Invite me there with /invite @Agenda; it then goes out by itself.")
        case "missed":
            return _(
                "I was not running when it was due, and now it is too late for it. The next one comes as planned."
            )
        case "is_archived":
            return _("The channel is archived: bring it back, or choose another with /agenda setup.")
        case "missing_scope":
            return _("The app may do less than it needs to: install it again from its manifest.")
        case "user_disabled" | "user_not_found":
            return _("Their account is closed. If they decide for a host, name somebody else: /agenda setup.")
        case _:
            return _unmendable(error)


def _unmendable(error: str) -> str:
    if _is_slacks(error):
        return _("Slack refuses it for good. Please pass it on yourself.")
    return _("Something is wrong on my side; whoever runs me finds it in the log.")
