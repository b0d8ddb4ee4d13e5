"""The one app that is installed in the small Slack, with its tokens and what it was granted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from playground.slack.errors import SlackError

SCOPES = frozenset(
    {
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "im:write",
        "mpim:write",
        "users:read",
        "channels:read",
        "groups:read",
        "channels:history",
        "groups:history",
        "im:history",
    }
)
EVENTS = frozenset(
    {
        "app_home_opened",
        "app_uninstalled",
        "tokens_revoked",
        "member_joined_channel",
        "channel_id_changed",
        "channel_archive",
        "channel_deleted",
        "channel_left",
        "channel_rename",
        "channel_shared",
        "channel_unarchive",
        "channel_unshared",
        "group_archive",
        "group_deleted",
        "group_left",
        "group_rename",
        "group_unarchive",
        "member_left_channel",
        "user_change",
    }
)


@dataclass(frozen=True)
class Command:
    """As the app's manifest describes it: what may follow it, and what it is for."""

    usage_hint: str = ""
    description: str = ""


@dataclass(frozen=True)
class Shortcut:
    """As the app's manifest describes it: what it is called in Slack's menus, and of a `message` or `global`."""

    callback_id: str
    name: str
    type: str


@dataclass
class App:
    name: str = "Agenda"
    id: str = "A0AGENDA"
    bot_id: str = "B0AGENDA"
    user_id: str = "U0AGENDABOT"
    team_id: str = ""
    """The workspace it is installed in."""
    scopes: frozenset[str] = SCOPES
    tells_scopes: bool = True
    """Whether Slack says beside each answer which they are: something in between may take that away."""
    events: frozenset[str] = EVENTS
    """The events it subscribed to."""
    commands: Mapping[str, Command] = field(default_factory=lambda: {"/agenda": Command()})
    shortcuts: Sequence[Shortcut] = ()
    request_url: str | None = None
    """Where Slack posts what happens; unused while the app holds a WebSocket."""
    bot_token: str = "xoxb-small-slack"
    app_token: str = "xapp-small-slack"
    signing_secret: str = "small-slack-signing-secret"
    verification_token: str = field(default="small-slack-verification", repr=False)

    def needs(self, scope: str) -> None:
        if scope not in self.scopes:
            raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(self.scopes)))
