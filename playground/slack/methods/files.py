"""files.*: a file in three steps, and where it stands (docs.slack.dev/reference/methods/files.getUploadURLExternal and its neighbours)."""

from playground.slack.arguments import Arguments
from playground.slack.errors import SlackError, invalid
from playground.slack.installation import Installation
from playground.slack.messages import checked_blocks
from playground.slack.world import Channel, File, Json, Message

RICH = {"rich_text", "section"}
"""The blocks that introduce a file; with a markdown block Slack fails (github.com/slackapi/python-slack-sdk/issues/1756)."""
LONGEST_ALT_TEXT = 1000


def get_upload_url(slack: Installation, arguments: Arguments) -> Json:
    name, length = arguments.text("filename"), _length(arguments)
    if len(arguments.text("alt_txt", "")) > LONGEST_ALT_TEXT:
        raise SlackError("alt_txt_too_large")
    file, address = slack.files.promise(name, length)
    return {"upload_url": address, "file_id": file.id}


def complete_upload(slack: Installation, arguments: Arguments) -> Json:
    """It tells no `ts`: the message appears later."""
    files = [_titled(slack, one) for one in _given(arguments)]
    message = _introduction(slack, arguments) if "channel_id" in arguments else None
    for file, title in files:
        file.is_complete, file.title = True, title
    if message is not None:
        message.files = [file.id for file, _ in files]
        slack.files.share(message)
    return {"files": [{"id": file.id, "title": file.title} for file, _ in files]}


def info(slack: Installation, arguments: Arguments) -> Json:
    file = slack.files.known(arguments.text("file"))
    return {"file": slack.files.as_json(file), "comments": [], "response_metadata": {"next_cursor": ""}}


def delete(slack: Installation, arguments: Arguments) -> Json:
    """The messages by which it was shared stay, without it."""
    slack.files.delete(slack.files.known(arguments.text("file")))
    return {}


def _length(arguments: Arguments) -> int:
    try:
        length = int(arguments.text("length"))
    except ValueError:
        raise invalid("invalid_arguments", ["must provide an integer [json-pointer:/length]"]) from None
    if length <= 0:
        raise SlackError("missing_argument")
    return length


def _given(arguments: Arguments) -> list[Json]:
    files = arguments.structure("files", "invalid_arguments")
    if not isinstance(files, list) or not files or not all(isinstance(one, dict) for one in files):
        raise invalid("invalid_arguments", ["must provide an array of files [json-pointer:/files]"])
    return files


def _titled(slack: Installation, given: Json) -> tuple[File, str]:
    file = slack.files.uploaded(str(given.get("id", "")))
    return file, str(given.get("title") or file.name)


def _introduction(slack: Installation, arguments: Arguments) -> Message:
    channel = _place(slack, arguments.text("channel_id"))
    text = arguments.text("initial_comment", "")
    blocks = [] if text or "blocks" not in arguments else _blocks(arguments)
    thread_ts = arguments.text("thread_ts", "") or None
    if thread_ts and slack.world.message(channel.id, thread_ts) is None:
        raise SlackError("thread_not_found")
    return Message(
        channel.id,
        slack.world.next_ts(),
        slack.app.user_id,
        text,
        blocks,
        thread_ts=thread_ts,
        from_app=True,
    )


def _place(slack: Installation, channel_id: str) -> Channel:
    """A user id stands for no channel here."""
    if channel_id in slack.world.people:
        raise SlackError("invalid_channel")
    channel = slack.own_channel(channel_id)
    if channel.is_archived:
        raise SlackError("posting_to_channel_denied")
    return channel


def _blocks(arguments: Arguments) -> list[Json]:
    blocks = checked_blocks(arguments.structure("blocks", "invalid_blocks"))
    kinds = {block["type"] for block in blocks}
    if "markdown" in kinds:
        raise SlackError("internal_error")
    if kinds - RICH:
        raise SlackError("invalid_blocks")
    return blocks
