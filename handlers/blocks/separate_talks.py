"""Separate talks on screen: the thread about an item, the way into a group message, and the lines that tell of both."""

from collections.abc import Sequence

from bot.seen.items import ItemSeen
from bot.seen.separate_talks import GroupSeen, TalkSeen, ThreadSeen
from handlers.blocks.ids import GROUP, GROUP_FORM, TAKE_UP
from handlers.blocks.items import item_line, line_with_collaborative, read_doors
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
    line,
    link,
    mention,
    paragraph,
    rich,
    rows,
    run,
    small,
)
from handlers.blocks.pieces import tips_door
from handlers.blocks.who_says_me_too import say_door
from handlers.words import _


def thread(seen: ThreadSeen) -> Message:
    """Above the thread, in the shared channel. It names those alone who asked to be in it."""
    listed = rich(rows([line_with_collaborative(one.alone) for one in seen.item.all_brought]))
    if seen.is_over:
        over = _("This is with the host again, so it may come up at a meeting. The thread stays open.")
        return Message([paragraph(bold(_("We talk about this separately"))), listed, small(over)])
    group_door = [_group_door(seen.item)] if seen.may_group else []
    ways = [say_door(seen.item), *group_door, *read_doors(seen.item), tips_door()]
    return Message(
        [
            paragraph(bold(_("We talk about this separately"))),
            listed,
            *_talkers(_("Who wants to talk about it:"), seen.talkers),
            paragraph(_("Answer in the thread of this message. Everybody here can join in.")),
            actions(*ways),
        ]
    )


def _talkers(told: str, talkers: Sequence[str]) -> list[Block]:
    """Slack draws their names. In a message it calls them, too, the first time."""
    if not talkers:
        return []
    named = [part for one in talkers for part in (run(" "), mention(one))]
    return [paragraph(told, *named)]


def _group_door(item: ItemSeen) -> Element:
    return button(_("Talk in a group message…"), GROUP, item.id, about=item.title)


def group_form(seen: GroupSeen) -> View:
    """Who would be in it, before it is opened."""
    return form(
        GROUP_FORM,
        _("Talk in a group message"),
        [
            rich(line(bold(seen.item.title))),
            *_talkers(_("These people get it:"), seen.talkers),
            small(
                _(
                    "Nobody else reads it, and nobody can join later. The thread in the channel stays open. "
                    "If you did not say “Me too” yet, you say it with this."
                )
            ),
        ],
        submit=_("Open it"),
        about=f"{seen.item.id}:{seen.mark}",
    )


def group_opened(seen: GroupSeen) -> Message:
    """To who asked for it."""
    return Message(
        [
            paragraph(bold(_("✓ You find the group message among your direct messages."))),
            rich(rows([item_line(seen.item)])),
            *_talkers(_("In it:"), seen.talkers),
        ]
    )


def group(seen: TalkSeen) -> Message:
    """The first word in a group message."""
    said = _("You want to talk about this separately. Here you can, among yourselves:")
    return Message([paragraph(said), rich(rows([talk_line(seen)])), *_ways_on(seen.item)])


def _ways_on(item: ItemSeen) -> list[Block]:
    return [actions(*read_doors(item), tips_door())]


def talk_line(seen: TalkSeen) -> Element:
    """An item in a line, which leads to its thread."""
    whole = line_with_collaborative(seen.item)
    return line(*whole["elements"], run(" · "), *thread_link(seen.address)) if seen.address else whole


def thread_link(address: str | None) -> list[Element]:
    return [link(address, _("To the thread"))] if address else []


def take_up_door(item: ItemSeen, page: int | None = None) -> Element:
    """For whoever brought it. `page`: on which of their items it stands."""
    sure = confirmation(
        _("Open a thread?"),
        _(
            "Everybody in the shared channel reads what you brought, and can talk with you about it. "
            "The thread opens with the next message there."
        ),
        yes=_("Yes, open it"),
        no=_("Not now"),
    )
    where = item.id if page is None else f"{item.id}:{page}"
    return button(_("Take it up separately"), TAKE_UP, where, about=item.title, confirm=sure)


def taken_up(item: ItemSeen) -> list[Block]:
    """To whoever brought it, above the rest of theirs."""
    said = _("✓ “{title}” is taken up separately.")
    return [paragraph(bold(said.format(title=item.title))), small(thread_opens_soon())]


def thread_is_open(address: str | None) -> Block:
    """`address`: the way there, if anybody knows it."""
    said = _("A thread about it is open in the shared channel.")
    return paragraph(said, *([run(" "), *thread_link(address)] if address else []))


def thread_opens_soon() -> str:
    return _("A thread about it opens in the shared channel, with the next message there.")
