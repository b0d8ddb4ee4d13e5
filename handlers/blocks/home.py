"""Home on screen: what waits for its reader, the next meeting, and what became of what they brought."""

from bot.seen.follow_ups import OwnFollowUpsSeen
from bot.seen.home import HomeSeen
from bot.seen.items import OwnSeen
from bot.seen.lists import Seen
from handlers.blocks.about_me import about_me_line
from handlers.blocks.agenda import next_meeting, to_write_about
from handlers.blocks.follow_ups import follow_ups_door, to_do
from handlers.blocks.kit import Block, Message, actions, divider, header, paragraph
from handlers.blocks.own_items import own_line
from handlers.blocks.pieces import listed, mine_door
from handlers.blocks.questions import asked
from handlers.words import _


def home(seen: HomeSeen) -> Message:
    return Message(
        [
            *to_write_about(seen.status.to_write_about),
            *_follow_ups(seen.follow_ups),
            *next_meeting(seen.status),
            *_with_a_minute(seen),
            *_brought(seen.items),
            divider(),
            about_me_line(),
        ]
    )


def _follow_ups(own: OwnFollowUpsSeen) -> list[Block]:
    door = follow_ups_door(own.follow_ups.count)
    return [*door, *(to_do(one, own.today) for one in own.follow_ups.shown)]


def _with_a_minute(seen: HomeSeen) -> list[Block]:
    """What is asked of its reader, and rings nobody."""
    to_answer = [block for one in seen.asked.shown for block in asked(one).blocks]
    if seen.is_asked:
        said = _(
            "Two meetings had no time for something that you brought. Do you still want to talk about it?"
        )
        to_answer += [paragraph(said), actions(mine_door())]
    return [header(_("When you have a minute")), *to_answer] if to_answer else []


def _brought(items: Seen[OwnSeen]) -> list[Block]:
    if not items.shown:
        return []
    return [divider(), *listed(_("Your items"), items, own_line)]
