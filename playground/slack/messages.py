"""What every way of posting has in common: blocks checked, sizes kept, a message as Slack shows it to the app."""

import dataclasses

from playground.slack.app import App
from playground.slack.block_kit import problems_of_blocks, with_ids
from playground.slack.errors import SlackError, invalid
from playground.slack.world import Json, Message, World

LONGEST_TEXT = 40_000
"""Characters; longer ones are cut (docs.slack.dev/reference/methods/chat.postMessage)."""
LONGEST_BLOCKS = 13_200
"""Characters of all texts in one message's blocks together, before Slack says `msg_blocks_too_long`."""
LONGEST_MARKDOWN = 12_000
"""Characters of all markdown blocks in one message together."""


def checked_blocks(blocks: object) -> list[Json]:
    """The blocks with an id each, or Slack's refusal."""
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise SlackError("invalid_blocks_format")
    if problems := problems_of_blocks(blocks):
        raise invalid("invalid_blocks", problems)
    markdown = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if markdown > LONGEST_MARKDOWN or _characters(blocks) > LONGEST_BLOCKS:
        raise SlackError("msg_blocks_too_long")
    return with_ids(blocks)


def _characters(part: object) -> int:
    if isinstance(part, dict):
        own = len(part["text"]) if isinstance(part.get("text"), str) else 0
        return own + sum(_characters(value) for value in part.values())
    if isinstance(part, list):
        return sum(_characters(value) for value in part)
    return 0


def private(message: Message, person: str) -> Message:
    """The same message for one person only."""
    return dataclasses.replace(message, only_for=person)


def as_json(message: Message, app: App, world: World, *, with_metadata: bool = True) -> Json:
    """The message as the Web API and interactions show it (docs.slack.dev/reference/objects/message)."""
    shown: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
    if message.user in world.people:
        shown["team"] = world.people[message.user].team_id
    if message.from_app:
        shown |= {"bot_id": app.bot_id, "app_id": app.id}
    elif message.other_bot:
        shown["bot_id"] = message.other_bot
    if message.blocks:
        shown["blocks"] = message.blocks
    if message.thread_ts:
        shown["thread_ts"] = message.thread_ts
    if message.files:
        shown["files"] = [{"id": one, "name": world.files[one].name} for one in message.files]
    if message.edited:
        shown["edited"] = {"user": message.user, "ts": message.edited}
    if message.metadata:
        event_type = message.metadata["event_type"]
        shown["metadata"] = message.metadata if with_metadata else {"event_type": event_type}
    return shown
