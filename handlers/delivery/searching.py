"""Looks in a channel for messages of ours, by the reference that Slack keeps with each."""

from datetime import datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient

METADATA_EVENT = "agenda_post"
CLOCKS_DIFFER_BY = timedelta(minutes=1)


def metadata(reference: str) -> dict[str, object]:
    """What goes with a message so that it can be found: an opaque reference, and nothing else that others could read."""
    return {"event_type": METADATA_EVENT, "event_payload": {"reference": reference}}


async def copies(client: AsyncWebClient, channel: str, reference: str, since: datetime) -> list[str]:
    """The `ts` of every message with this reference since then, by Slack's clock, the earliest first."""
    found, cursor = [], ""
    while True:
        page = await client.conversations_history(
            channel=channel,
            oldest=f"{(since - CLOCKS_DIFFER_BY).timestamp():.6f}",
            include_all_metadata=True,
            limit=100,
            cursor=cursor,
        )
        found += [str(message["ts"]) for message in page["messages"] if _reference(message) == reference]
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return sorted(found, key=float)


def _reference(message: dict[str, object]) -> object:
    kept = message.get("metadata")
    payload = kept.get("event_payload") if isinstance(kept, dict) else None
    return payload.get("reference") if isinstance(payload, dict) else None
