"""What those who can help are told of a message that did not get through, so that nothing is lost in silence."""

from bot.seen.posts import LostSeen, WhereSeen
from handlers.blocks.channels import CLOSED, what_helps, what_helps_curators
from handlers.blocks.ids import IT_IS_THERE, POST_AGAIN
from handlers.blocks.kit import (
    Block,
    Message,
    actions,
    button,
    header,
    paragraph,
    quote,
    rich,
    run,
    small,
)
from handlers.blocks.people import called
from handlers.words import _


def undelivered(lost: LostSeen, what: str) -> Message:
    """`what` it is called."""
    if lost.is_file:
        return _file(lost)
    told = _("{what}, for {where}.").format(what=what, where=_in_words(lost.where))
    return Message(
        [
            header(_("A message did not get through")),
            paragraph(f"{told} {_helps(lost)}"),
            *_what_came_back(lost.error or ""),
        ]
    )


def _file(lost: LostSeen) -> Message:
    """Whose it was does not matter: all fare alike."""
    meanwhile = _("Until then people get the words and links without the file.")
    return Message(
        [
            header(_("I can't send files")),
            paragraph(_file_helps(lost.error), run("\n" + meanwhile)),
            *_what_came_back(lost.error or ""),
        ]
    )


def _file_helps(error: str | None) -> str:
    match error:
        case "storage_limit_reached":
            return _("Your Slack has no room for more files. Whoever runs your Slack can delete old ones.")
        case None | "FileNotShared":
            return _("Slack took the file and did not show it.")
        case _ if _is_slacks(error) and error != "ratelimited":
            return _("Slack does not take the file. Whoever runs your Slack can allow files in its settings.")
    return _("Slack can't be reached where it takes files. Whoever runs me finds more in the log.")


def _what_came_back(error: str) -> list[Block]:
    if _is_slacks(error):
        return [small(_("In Slack's own word: {error}").format(error=error))]
    return [small(_("What came back: {error}").format(error=error))] if _is_no_answer(error) else []


def _is_slacks(error: str) -> bool:
    """Slack's words are small letters and underscores; exceptions are not, and what was missed Slack never heard of."""
    return error.islower() and error != "missed"


def _is_no_answer(error: str) -> bool:
    return error.startswith("HTTP ")


def unsure(lost: LostSeen, what: str) -> Message:
    """The question whether it is there, for those who can look; the same once somebody has said so."""
    asked = [header(_("Did this message arrive?")), *_told(lost, what)]
    if lost.is_there is not None:
        said = _("{name}: it is there.") if lost.is_there else _("{name} had it posted again.")
        return Message([*asked, paragraph(said.format(name=called(lost.answered_by)))])
    if lost.is_settled:
        return Message([*asked, paragraph(_("I know by now what became of this message."))])
    if not lost.is_theirs_to_answer:
        return Message([*asked, paragraph(_("This is with those who decide now."))])
    return Message(
        [
            *asked,
            paragraph(
                _("Slack did not say, and I can't look. Please look there, or ask. Until then I do nothing.")
            ),
            actions(
                button(_("It is there"), IT_IS_THERE, lost.post_id),
                button(_("Post again"), POST_AGAIN, lost.post_id),
            ),
        ]
    )


def _told(lost: LostSeen, what: str) -> list[Block]:
    told = paragraph(_("{what}, for {where}.").format(what=what, where=_in_words(lost.where)))
    return [told, rich(quote(lost.title))] if lost.title else [told]


def _in_words(where: WhereSeen) -> str:
    if where.is_shared_channel:
        return _("the shared channel")
    if where.is_group:
        return _("a group message")
    return called(where.person) if where.is_person else _("the channel of those who decide")


def _helps(lost: LostSeen) -> str:
    if lost.where.is_person or lost.error not in CLOSED:
        return _to_do(lost)
    return (what_helps if lost.where.is_shared_channel else what_helps_curators)(lost.error)


def _to_do(lost: LostSeen) -> str:
    match lost.error:
        case "missed":
            return _(
                "It did not go out when it was due, and now it is too late for it. What is due from now on comes as planned."
            )
        case "missing_scope":
            return _("The app may do less than it needs to: install it again from its manifest.")
        case "channel_not_found" | "not_in_channel":
            return _("Slack does not let me write to them directly. I go on trying.")
        case "user_disabled" | "user_not_found":
            return _("Their account is closed. If they decide for a host, name somebody else: /agenda setup.")
        case _:
            return _tried_on(lost) if lost.is_owed else _given_up(lost.error or "")


def _tried_on(lost: LostSeen) -> str:
    if lost.stands_aside:
        return _(
            "I go on trying, now and then, and send the others meanwhile. If it can't wait, please pass it on yourself."
        )
    return _("I go on trying, and what comes after it waits. If it can't wait, please pass it on yourself.")


def _given_up(error: str) -> str:
    if _is_slacks(error):
        return _("Slack refuses it for good. Please pass it on yourself.")
    return _("Something is wrong on my side. Whoever runs me finds it in the log.")
