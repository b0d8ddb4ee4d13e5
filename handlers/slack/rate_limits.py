"""Obeys Slack's 429: what has to wait is refused here, and not asked again before its time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from handlers.slack.client import SlackClient
from handlers.slack.outcomes import AskedToWait, wait_asked_for

Limited = tuple[str, str]
"""A method, and the channel it is about, if any: Slack limits posting by channel, and other methods as a whole."""


class RateLimitedClient(SlackClient):
    """What has to wait in one channel, or with one method, holds up nothing else."""

    def __init__(self, *given: Any, clock: Callable[[], datetime], **named: Any) -> None:
        super().__init__(*given, **named)
        self._clock = clock
        self._resting: dict[Limited, datetime] = {}

    async def api_call(self, api_method: str, **named: Any) -> AsyncSlackResponse:
        limited = api_method, _channel_in(named)
        self._refuse_while_resting(limited)
        try:
            return await super().api_call(api_method, **named)
        except SlackApiError as failure:
            wait = wait_asked_for(failure)
            if wait is not None:
                self._resting[limited] = self._clock() + timedelta(seconds=wait)
            raise

    def _refuse_while_resting(self, limited: Limited) -> None:
        left = self._resting.get(limited, self._clock()) - self._clock()
        if left <= timedelta():
            self._resting.pop(limited, None)
            return
        raise AskedToWait(-(-left // timedelta(seconds=1)))


def _channel_in(named: dict[str, Any]) -> str:
    given = named.get("json") or named.get("params") or named.get("data") or {}
    return str(given.get("channel") or "")
