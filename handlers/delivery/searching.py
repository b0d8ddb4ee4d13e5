"""Looks in a channel for messages of ours: by who wrote them, and by the reference that Slack keeps with each."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath
from typing import Any, NamedTuple

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.reading.patterns import pattern
from handlers.remembered import Remembered
from handlers.slack.client import OddAnswer, next_cursor, told
from handlers.slack.outcomes import word_for
from storage.outcomes import CutShort
from storage.post_life import CLOCKS_DIFFER_BY

CLAIM_TOO_OLD = CutShort("ClaimTooOld")
METADATA_EVENT = "agenda_post"
MOST_REMEMBERED = 1000
"""Looks. Of more, the oldest begins anew."""
SEEN_LATELY = 300.0
"""Seconds. What was found longer ago may have been deleted since."""
CURSOR_RAN_OUT = "invalid_cursor"
"""Where it was, Slack does not know any more."""
_MOMENT = pattern(r"\A[0-9]{1,12}\.[0-9]{1,9}")


def metadata(*references: str) -> dict[str, object]:
    """What goes with a message so that it can be found: opaque references, and nothing else that others could read."""
    return {"event_type": METADATA_EVENT, "event_payload": {"reference": " ".join(references)}}


def marked_name(name: str, reference: str) -> str:
    """The name of a file, by which it is found where its id was lost: Slack keeps nothing of ours with a file."""
    path = PurePath(name)
    return f"{path.stem}-{mark(reference)}{path.suffix}"


def mark(reference: str) -> str:
    return reference[:8]


def moment_of(message: AsyncSlackResponse | Mapping[str, Any]) -> str:
    """The `ts` by which Slack knows a message of this channel. Raises OddAnswer where it is none."""
    ts = told(message, "ts", str)
    if not _MOMENT.fullmatch(ts):
        raise OddAnswer("The answer tells no ts")
    return ts


@dataclass(frozen=True)
class Author:
    """Whom Slack names as the writer of what this bot posts. Any app may copy a reference, and none these."""

    bot_id: str | None
    user_id: str | None

    def wrote(self, message: Mapping[str, Any]) -> bool:
        of_the_bot = self.bot_id is not None and message.get("bot_id") == self.bot_id
        return of_the_bot or (self.user_id is not None and message.get("user") == self.user_id)


class LookCutShort(Exception):
    """There is more to read than there was time for. The next look goes on from here."""


class _Span(NamedTuple):
    """What lies between two `ts`. Without a `latest` it goes on to the newest message."""

    oldest: str
    latest: str | None = None


@dataclass
class _Look:
    """Through all of its spans, a page at a time: how far it got, and what was found, each when it was last seen.

    `newest` is the last `ts` that it saw, and `seen` the first and the last that it saw of the span that it is in.
    `is_patched`: it was broken off between two pages, so what was posted meanwhile was not seen.
    """

    since: datetime
    unread: list[_Span]
    newest: str
    cursor: str = ""
    seen: tuple[str, str] | None = None
    is_patched: bool = False
    found: dict[str, float] = field(default_factory=dict)

    @classmethod
    def begun(cls, since: datetime) -> "_Look":
        oldest = f"{(since - CLOCKS_DIFFER_BY).timestamp():.6f}"
        return cls(since, [_Span(oldest)], newest=oldest)

    def covers(self, since: datetime) -> bool:
        """Also where Slack's clock was known a little otherwise when it began."""
        return since >= self.since - CLOCKS_DIFFER_BY / 2

    def saw(self, moments: list[str]) -> None:
        if moments:
            known = [*moments, *(self.seen or ())]
            self.seen = min(known, key=float), max(known, key=float)
            self.newest = max(self.newest, self.seen[1], key=float)

    def has_found(self, ours: list[str]) -> None:
        self.found |= dict.fromkeys(ours, time.monotonic())

    def has_read_its_span(self) -> None:
        del self.unread[0]
        self.seen = None
        if not self.unread and self.is_patched:
            self.goes_on_with_what_came_meanwhile()

    def goes_on_with_what_came_meanwhile(self) -> None:
        self.unread, self.cursor, self.seen, self.is_patched = [_Span(self.newest)], "", None, False

    def is_broken_off(self) -> None:
        self.is_patched = self.is_patched or bool(self.cursor)

    def has_lost_its_place(self) -> None:
        """What it saw of its span lies together, and what it did not see is on either side: Slack does not say where pages begin."""
        if self.seen is not None:
            span, (first, last) = self.unread[0], self.seen
            self.unread[:1] = [_Span(span.oldest, first), _Span(last, span.latest)]
        self.cursor, self.seen = "", None

    def found_long_ago(self) -> list[str]:
        return [ts for ts, seen in self.found.items() if time.monotonic() - seen > SEEN_LATELY]


class Search:
    """Asks Slack once who the bot is.

    Some apps may read one page a minute (docs.slack.dev/apis/web-api/rate-limits), and a claim holds for two. So a look that is
    broken off goes on where it was, or it would never come to its end in a busy channel. One that found nothing is remembered
    too: if the message could not be sent then, only what came since is to be read.
    """

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._author: Author | None = None
        self._looks: Remembered[tuple[str, str], _Look] = Remembered(MOST_REMEMBERED)

    async def copies(self, channel: str, reference: str, since: datetime, ends_by: float) -> list[str]:
        """The `ts` of every message of ours with this reference since then, the earliest first.

        Raises LookCutShort when it is `ends_by`, in seconds of the monotonic clock, but reads a page in any case.
        """
        author = await self._own()
        look = self._taken_up(channel, reference, since)
        try:
            await self._forget_what_is_gone(look, channel)
            while not await self._has_ended(look, channel, reference, author):
                _has_time_until(ends_by)
        except Exception as failure:
            if word_for(failure) == CURSOR_RAN_OUT:
                look.has_lost_its_place()
            else:
                look.is_broken_off()
            self._looks[channel, reference] = look
            raise
        if not look.found:
            look.goes_on_with_what_came_meanwhile()
            self._looks[channel, reference] = look
        return sorted(look.found, key=float)

    async def references(self, channel: str, ts: str) -> list[str]:
        """Of all who stand in this message, as Slack keeps them with it."""
        page = await self._client.conversations_history(
            channel=channel, oldest=ts, latest=ts, inclusive=True, limit=1, include_all_metadata=True
        )
        return [
            one for message in _messages(page) if moment_of(message) == ts for one in _references(message)
        ]

    async def files(self, channel: str, ts: str) -> list[str]:
        """The ids of those that stand in this message."""
        page = await self._client.conversations_history(
            channel=channel, oldest=ts, latest=ts, inclusive=True, limit=1
        )
        return [
            told(file, "id", str)
            for message in _messages(page)
            if moment_of(message) == ts
            for file in _files(message)
        ]

    def _taken_up(self, channel: str, reference: str, since: datetime) -> _Look:
        look = self._looks.pop((channel, reference), None)
        return look if look is not None and look.covers(since) else _Look.begun(since)

    async def _forget_what_is_gone(self, look: _Look, channel: str) -> None:
        for ts in look.found_long_ago():
            page = await self._client.conversations_history(
                channel=channel, oldest=ts, latest=ts, inclusive=True, limit=1
            )
            if ts in map(moment_of, _messages(page)):
                look.has_found([ts])
            else:
                del look.found[ts]

    async def _has_ended(self, look: _Look, channel: str, reference: str, author: Author) -> bool:
        """Read one page, and say whether it was the last."""
        page = await self._client.conversations_history(
            channel=channel,
            **look.unread[0]._asdict(),
            include_all_metadata=True,
            limit=100,
            cursor=look.cursor,
        )
        messages = _messages(page)
        ours = [one for one in messages if author.wrote(one) and _is_of(reference, one)]
        look.saw([moment_of(one) for one in messages])
        look.has_found([moment_of(one) for one in ours])
        look.cursor = next_cursor(page)
        if not look.cursor:
            look.has_read_its_span()
        return not look.unread

    async def _own(self) -> Author:
        if self._author is None:
            answer = await self._client.auth_test()
            self._author = Author(answer.get("bot_id"), told(answer, "user_id", str))
        return self._author


def _has_time_until(moment: float) -> None:
    if time.monotonic() > moment:
        raise LookCutShort


def _messages(page: AsyncSlackResponse) -> list[dict[str, Any]]:
    """Raises OddAnswer where something among them is no message: it might be ours."""
    messages = told(page, "messages", list)
    if not all(isinstance(one, dict) for one in messages):
        raise OddAnswer("The answer does not tell its messages")
    return messages


def _is_of(reference: str, message: Mapping[str, Any]) -> bool:
    """By what Slack keeps with the message, or by the name of its file."""
    return reference in _references(message) or any(
        f"-{mark(reference)}." in str(file.get("name", "")) for file in _files(message)
    )


def _files(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    files = message.get("files")
    return [one for one in files if isinstance(one, dict)] if isinstance(files, list) else []


def _references(message: Mapping[str, Any]) -> list[str]:
    kept = message.get("metadata")
    payload = kept.get("event_payload") if isinstance(kept, dict) else None
    said = payload.get("reference") if isinstance(payload, dict) else None
    return said.split() if isinstance(said, str) else []
