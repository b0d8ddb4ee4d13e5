"""Puts one message where it is owed: edits it, finds it there, or posts it."""

from datetime import timedelta

from slack_sdk.web.async_client import AsyncWebClient

from handlers.blocks.kit import Message
from handlers.outcomes import FAILURES, Outcome, Sent, of_edit, of_post, of_search
from storage.outbox import Post

CLOCKS_DIFFER_BY = timedelta(minutes=1)
METADATA_EVENT = "agenda_post"


class Sender:
    """`client` must not retry by itself: what may have arrived is looked for before it is sent again."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def send(self, post: Post, message: Message) -> Outcome:
        return await (self._edit(post, message) if post.ts else self._find_or_post(post, message))

    async def _find_or_post(self, post: Post, message: Message) -> Outcome:
        try:
            channel = post.channel_id or await self._channel(post.place)
            found = await self._find(channel, post) if post.may_be_there else None
        except FAILURES as failure:
            return of_search(failure, may_be_there=post.may_be_there)
        if found is not None:
            return Sent(channel, found, is_current=False)
        return await self._post(channel, post, message)

    async def _post(self, channel: str, post: Post, message: Message) -> Outcome:
        try:
            answer = await self._client.chat_postMessage(
                channel=channel,
                text=message.text,
                blocks=message.blocks,
                metadata={"event_type": METADATA_EVENT, "event_payload": {"reference": post.reference}},
                unfurl_links=False,
                unfurl_media=False,
            )
        except FAILURES as failure:
            return of_post(failure)
        return Sent(answer["channel"], answer["ts"])

    async def _edit(self, post: Post, message: Message) -> Outcome:
        channel, ts = post.channel_id or post.place, post.ts or ""
        try:
            await self._client.chat_update(channel=channel, ts=ts, text=message.text, blocks=message.blocks)
        except FAILURES as failure:
            return of_edit(failure)
        return Sent(channel, ts)

    async def _channel(self, place: str) -> str:
        """A person's direct messages have to be opened; a channel is one already."""
        if not place.startswith(("U", "W")):
            return place
        opened = await self._client.conversations_open(users=place)
        return str(opened["channel"]["id"])

    async def _find(self, channel: str, post: Post) -> str | None:
        """The `ts` of a post that may have been stored, by the reference that Slack keeps with it."""
        since = (post.first_tried_at or post.due_at) - CLOCKS_DIFFER_BY
        cursor = ""
        while True:
            page = await self._client.conversations_history(
                channel=channel,
                oldest=f"{since.timestamp():.6f}",
                include_all_metadata=True,
                limit=100,
                cursor=cursor,
            )
            for message in page["messages"]:
                kept = (message.get("metadata") or {}).get("event_payload") or {}
                if kept.get("reference") == post.reference:
                    return str(message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return None
