"""What the bot may not do where it is installed, as admins see it."""

from dataclasses import dataclass

from storage.capabilities import Capability


@dataclass(frozen=True)
class NotGrantedSeen:
    """What needs a scope that Slack has not granted."""

    capability: Capability
