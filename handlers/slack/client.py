"""The SDK's client of the Web API, for which only an object is an answer of Slack's, and only what it tells was told."""

from collections.abc import Mapping
from typing import Any, TypeVar

from aiohttp import ClientPayloadError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

Told = TypeVar("Told")

UNREADABLE = (ValueError, LookupError, RecursionError)
"""What reading an answer raises: bytes that are not in its encoding or a number that is too long, an encoding that is none of text, JSON that is too deep."""


class OddAnswer(ClientPayloadError):
    """Slack says `ok` and leaves out what it always tells, or tells it otherwise. What it did, nobody knows."""


def told(answer: AsyncSlackResponse | Mapping[str, Any], key: str, kind: type[Told]) -> Told:
    """What stands there under this key. Raises OddAnswer where it is nothing, or of another kind."""
    found = answer.get(key)
    if not isinstance(found, kind) or found == "":
        raise OddAnswer(f"The answer does not tell its {key}")
    return found


def next_cursor(page: AsyncSlackResponse) -> str:
    """Where a long answer goes on; empty after its last page (docs.slack.dev/apis/web-api/pagination).

    Raises OddAnswer where it can't be made out: a list that was cut short must not count as the whole.
    """
    if not page.get("response_metadata"):
        return ""
    more = told(page, "response_metadata", dict)
    return told(more, "next_cursor", str) if more.get("next_cursor") else ""


class SlackClient(AsyncWebClient):
    """All that is asked of Slack goes through `_request`, also the further pages of a long answer."""

    async def _request(self, **call: Any) -> dict[str, Any]:
        """What came back. Something between us and Slack may answer with text, or with JSON that is no object: the SDK would take it for one and raise AttributeError. It counts as empty, which HTML does for the SDK itself.

        Who sends us elsewhere may have done what was asked, so nobody is followed.
        """
        call["req_args"]["allow_redirects"] = False
        try:
            answer = await super()._request(**call)
        except UNREADABLE as error:
            raise ClientPayloadError(f"The answer can't be read ({type(error).__name__})") from None
        return answer if isinstance(answer["data"], dict) else answer | {"data": {}}
