"""Whether somebody is in the shared channel: what Slack tells, and what was known when it was asked."""

from dataclasses import dataclass

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels import CLOSED_FOR, Quiet, quiet_of
from bot.errors import NothingChanged, UserError, Words
from handlers.hearing.channels import MOST_AT_ONCE
from handlers.slack.client import next_cursor, told
from handlers.slack.outcomes import FAILURES, passes_by_itself, word_for
from storage.consortia import Consortium
from storage.people import Person, Whereabouts, as_they_stand
from storage.tenancy import Session

log = structlog.get_logger(__name__)


class ClosedToUs(Exception):
    """The bot can't look into the shared channel. `refusal`: what those hear who have to wait until it can.

    `passes`: it will by itself; else somebody has to mend it.
    """

    def __init__(self, failure: Exception) -> None:
        super().__init__()
        self.passes = passes_by_itself(failure)
        self.refusal = _why_nobody_is_told(failure, passes=self.passes)


async def reads(client: AsyncWebClient, channel_id: str, user_id: str) -> bool:
    """Whether the person is in the channel: anyone who can read it may take part. Raises ClosedToUs."""
    cursor = ""
    try:
        while True:
            page = await client.conversations_members(
                channel=channel_id, limit=MOST_AT_ONCE, cursor=cursor or None
            )
            if user_id in told(page, "members", list):
                return True
            cursor = next_cursor(page)
            if not cursor:
                return False
    except FAILURES as failure:
        log.warning("the shared channel's members are not known", error=word_for(failure))
        raise ClosedToUs(failure) from None


def _why_nobody_is_told(failure: Exception, *, passes: bool) -> UserError:
    if word_for(failure) in CLOSED_FOR:
        return UserError(
            "I can't look into the shared channel, so I don't know who is in it. An admin can mend that: /agenda setup says how."
        )
    if passes:
        return UserError("Slack does not tell me just now who is in the shared channel. Please try again.")
    return UserError(
        "Slack does not let me see who is in the shared channel until an admin mends that. Please ask one of them."
    )


@dataclass
class WhatWasKnown:
    """Of where somebody is, when their turn began: what is asked of Slack in it counts as of then.

    Of somebody unknown nobody can write down that they left. So they are let in only if there was no news about the shared
    channel since: `quiet` is what stood there then.
    """

    whereabouts: Whereabouts | None = None
    was_unknown: bool = False
    quiet: Quiet | None = None

    @property
    def is_of_somebody_known(self) -> bool:
        return self.whereabouts is not None

    def must_still_hold(self, session: Session, consortium: Consortium, person: Person | None) -> None:
        """Raises NothingChanged where it became known meanwhile that they may be gone: the turn knows nothing newer."""
        self.was_unknown = self.was_unknown or person is None
        is_old = self._has_gone(session, person) if person else self._has_news(session, consortium)
        if is_old:
            raise NothingChanged(
                "Slack tells me something new about who is in the shared channel.",
                then=Words("Please try again."),
            )

    def _has_gone(self, session: Session, person: Person) -> bool:
        stands = person.whereabouts
        if not stands.are_there:
            stands = as_they_stand(session, person.id).whereabouts
        if self.whereabouts is None:
            self.whereabouts = Whereabouts() if self.was_unknown else stands
        return not stands.are_there and stands != self.whereabouts

    def _has_news(self, session: Session, consortium: Consortium) -> bool:
        stands = quiet_of(session, consortium)
        if self.quiet is None:
            self.quiet = stands
        return stands != self.quiet
