"""Bugs, planted into one process before its bot begins: a proof that does not notice them proves nothing."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from slack_sdk.http_retry.builtin_async_handlers import async_default_handlers
from sqlalchemy import select

from handlers.delivery.loop import Delivery
from handlers.delivery.sending import Sender
from handlers.delivery.taking_up import Taken
from handlers.hearing import turn
from handlers.slack.connection import Connection
from handlers.slack.timeouts import Timeouts
from storage import claims
from storage.outcomes import Outcome, Sent
from storage.post_facts import PostState
from storage.posts import Post
from storage.tenancy import Session


def sdk_retries_on(timeouts: Timeouts) -> Timeouts:
    connect = Connection.__init__

    def connect_with_retries(self: Connection, *args: Any) -> None:
        connect(self, *args)
        self.posting_client.retry_handlers = async_default_handlers()

    Connection.__init__ = connect_with_retries  # type: ignore[method-assign]
    return timeouts


def settle_0(timeouts: Timeouts) -> Timeouts:
    return replace(timeouts, settle=0)


def look_up_ignored(timeouts: Timeouts) -> Timeouts:
    async def nothing_found(*_: object) -> None:
        """As if it were not there."""

    Sender.find = nothing_found  # type: ignore[method-assign,assignment]
    return timeouts


def fence_unchecked(timeouts: Timeouts) -> Timeouts:
    def anybodys_claim(session: Session, post_id: int, _fence: int) -> Post | None:
        return session.scalar(
            select(Post).where(Post.id == post_id, Post.state == PostState.SENDING).with_for_update()
        )

    claims.held_claim = anybodys_claim
    return timeouts


def mark_before_send(timeouts: Timeouts) -> Timeouts:
    find_out = Delivery._outcome

    async def mark_and_send(self: Delivery, taken: Taken, begin_by: float) -> Outcome:
        await self._finish(taken.post, Sent(taken.post.place, taken.post.ts or "1.000001"))
        return await find_out(self, taken, begin_by)

    Delivery._outcome = mark_and_send  # type: ignore[method-assign]
    return timeouts


def inbox_ignored(timeouts: Timeouts) -> Timeouts:
    def never_heard_before(*_: object) -> bool:
        return True

    turn.hear = never_heard_before
    return timeouts


def nobody_passes(timeouts: Timeouts) -> Timeouts:
    claims.TRIES_IN_ORDER = 10**6
    claims._RIPE = claims._ripe()
    return timeouts


BUGS: dict[str, Callable[[Timeouts], Timeouts]] = {
    "SDK retries on": sdk_retries_on,
    "settle 0": settle_0,
    "look-up ignored": look_up_ignored,
    "fence unchecked": fence_unchecked,
    "mark before send": mark_before_send,
    "inbox ignored": inbox_ignored,
    "nobody passes": nobody_passes,
}
