"""About one message a second in a channel (docs.slack.dev/apis/web-api/rate-limits), when a test asks for it."""

from collections.abc import Callable

from playground.slack.errors import SlackError


class PostingLimit:
    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._last: dict[str, float] = {}

    def check(self, channel: str) -> None:
        now = self._clock()
        if now - self._last.get(channel, now - 1) < 1:
            raise SlackError("ratelimited")
        self._last[channel] = now
