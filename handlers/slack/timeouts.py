"""How long the bot waits for Slack before it thinks the worst."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Timeouts:
    """All in seconds.

    `call`: for one call to Slack. `ping`: between pings of its WebSocket, or attempts to open one. `settle`: longer than
    Slack may take to store a message whose sender gave up waiting. `lease`: how long a claim on a post holds; when it has
    run out, all that its holder may have begun has settled and can be looked for.
    """

    call: float = 10
    ping: float = 10
    settle: float = 90
    lease: float = 150

    @property
    def settling(self) -> timedelta:
        return timedelta(seconds=self.settle)

    @property
    def leasing(self) -> timedelta:
        return timedelta(seconds=self.lease)
