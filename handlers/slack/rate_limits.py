"""Obeys Slack's 429, and hears what it tells beside its answers: what has to wait is refused here, and not asked again before its time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from handlers.slack.client import SlackClient
from handlers.slack.outcomes import AskedToWait, wait_asked_for
from handlers.slack.scopes import Granted

Limited = tuple[str, str]
"""A method, and the channel it is about where Slack limits it by channel."""
LIMITED_BY_CHANNEL = "chat.postMessage"
"""Slack limits all other methods as a whole (docs.slack.dev/apis/web-api/rate-limits)."""
SHARED_OUT = "chat.update"
"""Slack takes some 50 of them in a minute (Tier 3, on the same page)."""
MOST_THAT_WAIT = 20
"""In a minute, of those that can wait, while something goes first: that may be edited every two seconds."""
A_MINUTE, STILL_GOES_FIRST = timedelta(minutes=1), timedelta(minutes=2)


class Rest(NamedTuple):
    """It `began` by a clock that may be set back meanwhile: then it begins anew."""

    began: datetime
    lasts: timedelta

    def as_of(self, now: datetime) -> "Rest":
        return self if self.began <= now else Rest(now, self.lasts)

    def left(self, now: datetime) -> timedelta:
        return self.began + self.lasts - now


class RateLimits:
    """What has to wait in one workspace, and until when: all clients with its token share this."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._resting: dict[Limited, Rest] = {}
        self._shared_out: list[datetime] = []
        self._went_first_at: datetime | None = None

    def rest(self, limited: Limited, seconds: float) -> None:
        self._resting[limited] = Rest(self._clock(), timedelta(seconds=seconds))

    def refuse_while_resting(self, limited: Limited) -> None:
        rest, now = self._resting.pop(limited, None), self._clock()
        if rest is not None and rest.as_of(now).left(now) > timedelta():
            self._resting[limited] = rest.as_of(now)
            raise _to_wait(rest.as_of(now).left(now))

    def share_out(self, method: str, *, goes_first: bool) -> None:
        """Count the call, if it can wait. Raises AskedToWait where what is left of this minute is for what goes first."""
        if method != SHARED_OUT:
            return
        now = self._clock()
        if goes_first:
            self._went_first_at = now
            return
        lately = [at for at in self._shared_out if now - A_MINUTE < at <= now]
        if self._still_goes_first(now) and len(lately) >= MOST_THAT_WAIT:
            raise _to_wait(lately[-MOST_THAT_WAIT] + A_MINUTE - now)
        self._shared_out = [*lately, now]

    def _still_goes_first(self, now: datetime) -> bool:
        went_at = self._went_first_at
        return went_at is not None and went_at <= now < went_at + STILL_GOES_FIRST


def _to_wait(left: timedelta) -> AskedToWait:
    """In whole seconds, none too few."""
    return AskedToWait(-(-left // timedelta(seconds=1)))


class RateLimitedClient(SlackClient):
    """What has to wait in one channel, or with one method, holds up nothing else. `goes_first`: for its calls there is room left."""

    def __init__(
        self, *given: Any, limits: RateLimits, granted: Granted, goes_first: bool = False, **named: Any
    ) -> None:
        super().__init__(*given, **named)
        self._limits, self._goes_first = limits, goes_first
        self._granted = granted

    async def api_call(self, api_method: str, **named: Any) -> AsyncSlackResponse:
        limited = api_method, _channel_in(named) if api_method == LIMITED_BY_CHANNEL else ""
        self._limits.refuse_while_resting(limited)
        self._limits.share_out(api_method, goes_first=self._goes_first)
        try:
            answer = await super().api_call(api_method, **named)
        except SlackApiError as failure:
            self._granted.note(failure.response.headers)
            wait = wait_asked_for(failure)
            if wait is not None:
                self._limits.rest(limited, wait)
            raise
        self._granted.note(answer.headers)
        return answer


def _channel_in(named: dict[str, Any]) -> str:
    given = named.get("json") or named.get("params") or named.get("data") or {}
    return str(given.get("channel") or "")
