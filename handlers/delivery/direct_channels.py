"""The channels of direct messages: Slack opens the same one for a person each time, so it is asked once."""

from slack_sdk.web.async_client import AsyncWebClient

from handlers.remembered import Remembered
from handlers.slack.client import told

MOST_REMEMBERED = 10_000
"""People. Of more, the one who was asked for first is asked for again."""


class DirectChannels:
    """As long as the bot runs. Raises what the client raises."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: Remembered[str, str] = Remembered(MOST_REMEMBERED)

    async def of(self, user_id: str) -> str:
        if user_id not in self._known:
            opened = await self._client.conversations_open(users=user_id)
            self._known[user_id] = told(told(opened, "channel", dict), "id", str)
        return self._known[user_id]

    def know(self, user_id: str) -> bool:
        return user_id in self._known

    def forget(self, user_id: str) -> None:
        """Of an account that was deactivated only opening it anew tells that."""
        self._known.pop(user_id, None)
