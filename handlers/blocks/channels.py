"""What admins are told of a channel that the bot can't use, and what helps."""

from bot.seen.posts import ChannelSeen
from handlers.blocks.kit import Message, channel_link, header, line, rich
from handlers.words import _, listing

CLOSED = ("is_archived", "channel_not_found", "not_in_channel", "is_inactive")
"""Slack's words for what is wrong with a channel as a whole."""


def channel(seen: ChannelSeen) -> Message:
    said = rich(line(channel_link(seen.channel_id)), line(_how_it_stands(seen)))
    return Message([header(_title(seen)), said])


def _title(seen: ChannelSeen) -> str:
    if not seen.is_used:
        return _("A channel that I no longer use")
    if seen.is_shared_channel:
        return _("The shared channel")
    return _("The channel of those who decide for {hosts}").format(hosts=listing(seen.hosts))


def _how_it_stands(seen: ChannelSeen) -> str:
    if not seen.is_used:
        return _("Another channel was chosen. Nothing waits for this one any more.")
    if seen.closed_for is None:
        return _("I can use it again. What waited for it goes out now.")
    if seen.is_shared_channel:
        return _("{help} What I have to say there waits until then.").format(help=what_helps(seen.closed_for))
    return _("{help} Until then I ask each person of the host's team directly.").format(
        help=what_helps_curators(seen.closed_for)
    )


def what_helps(closed_for: str) -> str:
    """With the shared channel, in the words of whoever can do it."""
    match closed_for:
        case "is_archived" | "is_inactive":
            return _("The channel is archived: bring it back, or choose another with /agenda setup.")
        case "channel_not_found":
            return _(
                "Slack shows me this channel no longer: it was deleted, I was taken out of it, or Slack gave it a new ID. If you still see it, invite me with /invite @Agenda and choose it again with /agenda setup. If not, choose another there."
            )
        case _:
            return _(
                "I am not in this channel: invite me there with /invite @Agenda, or choose another with /agenda setup."
            )


def what_helps_curators(closed_for: str) -> str:
    match closed_for:
        case "is_archived" | "is_inactive":
            return _(
                "The channel is archived: bring it back, or have another named in the consortium's file."
            )
        case "channel_not_found":
            return _(
                "Slack shows me this channel no longer: it was deleted, I was taken out of it, or Slack gave it a new ID. If you still see it, invite me with /invite @Agenda. If not, have another named in the consortium's file."
            )
        case _:
            return _("I am not in this channel: invite me there with /invite @Agenda.")
