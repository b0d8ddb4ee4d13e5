"""chat.*: post, edit, delete (docs.slack.dev/reference/methods/chat.postMessage and its neighbours)."""

import re

from playground.slack.arguments import Arguments
from playground.slack.errors import SlackError
from playground.slack.installation import Installation
from playground.slack.messages import LONGEST_TEXT, as_json, checked_blocks, private
from playground.slack.world import Channel, Json, Message

LONGEST_EDIT = 4000
"""Characters in chat.update's text, bytes in chat.postEphemeral's."""
_METADATA_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


def post_message(slack: Installation, arguments: Arguments) -> Json:
    channel = _destination(slack, arguments.text("channel"))
    message = _composed(slack, channel, arguments)
    message.text = message.text[:LONGEST_TEXT]
    slack.world.add(message)
    shown = as_json(message, slack.app, slack.world)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def post_ephemeral(slack: Installation, arguments: Arguments) -> Json:
    channel = slack.own_channel(arguments.text("channel"))
    person = arguments.text("user")
    if person not in channel.members:
        raise SlackError("user_not_in_channel")
    message = _composed(slack, channel, arguments)
    if len(message.text.encode()) > LONGEST_EDIT:
        raise SlackError("msg_too_long")
    slack.world.add(private(message, person))
    return {"message_ts": message.ts}


def update(slack: Installation, arguments: Arguments) -> Json:
    channel = slack.own_channel(arguments.text("channel"))
    message = _own_message(slack, channel, arguments.text("ts"), "cant_update_message")
    if channel.is_archived:
        raise SlackError("is_inactive")
    text, blocks = _words(arguments)
    if len(text) > LONGEST_EDIT:
        raise SlackError("msg_too_long")
    if "metadata" in arguments:
        message.metadata = _metadata(arguments)
    message.text, message.blocks = text, blocks
    message.edited = message.edited if blocks else slack.world.next_ts()
    slack.world.edited(message)
    shown = as_json(message, slack.app, slack.world)
    return {"channel": channel.id, "ts": message.ts, "text": text, "message": shown}


def delete(slack: Installation, arguments: Arguments) -> Json:
    channel = slack.own_channel(arguments.text("channel"))
    message = _own_message(slack, channel, arguments.text("ts"), "cant_delete_message")
    slack.world.delete(message)
    return {"channel": channel.id, "ts": message.ts}


def get_permalink(slack: Installation, arguments: Arguments) -> Json:
    channel = slack.own_channel(arguments.text("channel"))
    message = slack.message(channel, arguments.text("message_ts"))
    link = f"{slack.url}archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


def _destination(slack: Installation, channel_or_user: str) -> Channel:
    """A user id stands for the direct message with them."""
    if channel_or_user in slack.world.people:
        return slack.open_direct(channel_or_user)[0]
    if channel_or_user.startswith(("U", "W")):
        raise SlackError("user_not_found")
    return slack.own_channel(channel_or_user)


def _composed(slack: Installation, channel: Channel, arguments: Arguments) -> Message:
    if channel.is_archived:
        raise SlackError("is_archived")
    text, blocks = _words(arguments)
    thread_ts = arguments.text("thread_ts", "") or None
    if thread_ts and slack.world.message(channel.id, thread_ts) is None:
        raise SlackError("thread_not_found")
    return Message(
        channel.id,
        slack.world.next_ts(),
        slack.app.user_id,
        text,
        blocks,
        metadata=_metadata(arguments) if "metadata" in arguments else None,
        thread_ts=thread_ts,
        from_app=True,
    )


def _own_message(slack: Installation, channel: Channel, ts: str, otherwise: str) -> Message:
    message = slack.message(channel, ts)
    if not message.from_app:
        raise SlackError(otherwise)
    return message


def _words(arguments: Arguments) -> tuple[str, list[Json]]:
    given = arguments.structure("blocks", "invalid_blocks_format") if "blocks" in arguments else []
    blocks = checked_blocks(given)
    text = arguments.text("text", "")
    if not (text.strip() or blocks):
        raise SlackError("no_text")
    return text, blocks


def _metadata(arguments: Arguments) -> Json | None:
    """The app's own note on a message: a name and a flat record (docs.slack.dev/messaging/message-metadata)."""
    metadata = arguments.structure("metadata", "invalid_metadata_format")
    if metadata == {}:
        return None
    if not isinstance(metadata, dict) or set(metadata) != {"event_type", "event_payload"}:
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata["event_type"], str) or not isinstance(metadata["event_payload"], dict):
        raise SlackError("invalid_metadata_format")
    names = [metadata["event_type"], *metadata["event_payload"]]
    nested = any(isinstance(value, dict | list) for value in metadata["event_payload"].values())
    if nested or not all(_METADATA_NAME.fullmatch(name) for name in names):
        raise SlackError("invalid_metadata_schema")
    return metadata
