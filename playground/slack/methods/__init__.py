"""The methods of the Web API that the small Slack has: name to what answers, and what the token must be allowed."""

from collections.abc import Callable
from dataclasses import dataclass

from playground.slack.arguments import Arguments
from playground.slack.installation import Installation
from playground.slack.methods import apps, auth, chat, conversations, files, users, views
from playground.slack.world import Json


@dataclass(frozen=True)
class Method:
    answer: Callable[[Installation, Arguments], Json]
    scope: str | None = None
    """None: the method needs none, or asks for one that depends on its arguments."""
    token: str | None = "xoxb"
    """What the token starts with; None: no token is needed."""


METHODS = {
    "api.test": Method(auth.api_test, token=None),
    "apps.connections.open": Method(apps.connections_open, token="xapp"),
    "auth.test": Method(auth.test),
    "chat.delete": Method(chat.delete, "chat:write"),
    "chat.getPermalink": Method(chat.get_permalink),
    "chat.postEphemeral": Method(chat.post_ephemeral, "chat:write"),
    "chat.postMessage": Method(chat.post_message, "chat:write"),
    "chat.update": Method(chat.update, "chat:write"),
    "conversations.history": Method(conversations.history),
    "conversations.info": Method(conversations.info),
    "conversations.list": Method(conversations.list_),
    "conversations.members": Method(conversations.members),
    "conversations.open": Method(conversations.open_, "im:write"),
    "conversations.replies": Method(conversations.replies),
    "files.completeUploadExternal": Method(files.complete_upload, "files:write"),
    "files.delete": Method(files.delete, "files:write"),
    "files.getUploadURLExternal": Method(files.get_upload_url, "files:write"),
    "files.info": Method(files.info, "files:read"),
    "team.info": Method(auth.team_info, "team:read"),
    "users.info": Method(users.info, "users:read"),
    "users.list": Method(users.list_, "users:read"),
    "views.open": Method(views.open_),
    "views.publish": Method(views.publish),
    "views.push": Method(views.push),
    "views.update": Method(views.update),
}
