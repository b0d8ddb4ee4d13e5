"""The SDK's client of the Web API, for which only an object is an answer of Slack's."""

from typing import Any

from aiohttp import ClientPayloadError
from slack_sdk.web.async_client import AsyncWebClient


class SlackClient(AsyncWebClient):
    """All that is asked of Slack goes through `_request`, also the further pages of a long answer."""

    async def _request(self, **call: Any) -> dict[str, Any]:
        """What came back. Something between us and Slack may answer with text, or with JSON that is no object: the SDK would take it for one and raise AttributeError. It counts as empty, which HTML does for the SDK itself."""
        try:
            answer = await super()._request(**call)
        except UnicodeDecodeError:
            raise ClientPayloadError("The answer is in no known encoding") from None
        return answer if isinstance(answer["data"], dict) else answer | {"data": {}}
