"""apps.connections.open: a WebSocket address for Socket Mode (docs.slack.dev/apis/events-api/using-socket-mode)."""

from playground.slack.arguments import Arguments
from playground.slack.installation import Installation
from playground.slack.world import Json


def connections_open(slack: Installation, _: Arguments) -> Json:
    return {"url": slack.sockets.ticket()}
