"""A Slack of the project's own, in one process: as strict as Slack's documents, talking to the app only over the wire."""

from playground.slack.app import App
from playground.slack.faults import Dropped, Garbled, Hang, Held, RateLimited, Refused, ServerError, Silence
from playground.slack.server import Slack
from playground.slack.world import Channel, Message, Person, View, World

__all__ = [
    "App",
    "Channel",
    "Dropped",
    "Garbled",
    "Hang",
    "Held",
    "Message",
    "Person",
    "RateLimited",
    "Refused",
    "ServerError",
    "Silence",
    "Slack",
    "View",
    "World",
]
