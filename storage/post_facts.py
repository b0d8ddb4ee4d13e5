"""The facts of a post that its life consists of: where it stands, and all that changes about it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import NAMESPACE_OID, uuid5

TRIES_IN_ORDER = 5
"""So often a post may fail by itself, while all that is owed to its place waits for it."""
PAST_USE = "missed"
"""The word for why it did not get through, where Slack has none."""
PUT_OFF = "put off"
"""The word for why it is not there yet, where the bot itself waits with it."""

NOBODY = "nobody"
"""The place of what is owed to those who decide while nobody can: it is held there, and sent to nobody."""


def posted_at(ts: str) -> datetime:
    """When Slack stored the message, by its clock: its `ts` begins with seconds."""
    return datetime.fromtimestamp(float(ts), UTC)


class PostState(StrEnum):
    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"  # it may be there, and the bot has no way to look
    FAILED = "failed"  # Slack refused it for good
    MISSED = "missed"  # too late to be of use
    NOT_NEEDED = "not needed"


class Gap(NamedTuple):
    """A time of which a restored database does not know what was sent. By `until` Slack shows all of it."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class Life:
    """What changes about a post, and how it begins. The docstring of Post says what each fact means."""

    due_at: datetime
    reference: str
    state: PostState = PostState.DUE
    wanted_version: int = 1
    shown_version: int = 0
    tried_version: int = 0
    fence: int = 0
    attempts: int = 0
    hindrances: int = 0
    lease_until: datetime | None = None
    not_before: datetime | None = None
    first_tried_at: datetime | None = None
    may_be_there: bool = False
    channel_id: str | None = None
    ts: str | None = None
    sent_at: datetime | None = None
    error: str | None = None
    sweep_at: datetime | None = None
    stray_ts: str | None = None
    files: str | None = None

    @property
    def is_unseen(self) -> bool:
        """Whether surely nobody has seen it. Of what was never taken up only what was lost by a restore may stand there."""
        is_known = self.ts is not None or self.stray_ts is not None
        return not is_known and (not self.may_be_there or self.fence == 0)

    @property
    def stands_aside(self) -> bool:
        """Whether others that are owed to its place may pass it."""
        return self.hindrances >= TRIES_IN_ORDER

    @property
    def is_put_off(self) -> bool:
        """Whether the bot itself waits with it: that says nothing of others that are owed to its place, so they pass it."""
        return self.error == PUT_OFF

    @property
    def is_to_join(self) -> bool:
        """Whether it is to stand in a message of others, and nobody knows whether it does: that is edited until it does."""
        return self.ts is not None and self.sent_at is None

    @property
    def stands_unnoticed(self) -> bool:
        """Whether a copy stands there that nobody would find any more: it is tried no further, and none that is known is there."""
        is_tried = self.state in (PostState.DUE, PostState.SENDING)
        is_there = self.ts is not None and self.state != PostState.NOT_NEEDED
        return self.stray_ts not in (None, self.ts) and not is_tried and not is_there

    @property
    def is_perhaps_deleted(self) -> bool:
        """Whether the copy that was known is gone, and an earlier one may stand there."""
        return self.ts is None and self.stray_ts is None and self.sweep_at is not None

    def is_ripe(self, now: datetime) -> bool:
        """Whether it may be taken up: it is due and has rested, or whoever took it up has left it."""
        if self.state == PostState.SENDING:
            return self.lease_until is not None and self.lease_until < now
        has_rested = self.not_before is None or self.not_before <= now
        return self.state == PostState.DUE and self.due_at <= now and has_rested

    def owed_after(self, gap: Gap | None) -> "Life":
        """It may have been sent in the gap, when the same was owed, so it is looked for first."""
        if gap is None:
            return self
        return replace(
            self,
            may_be_there=True,
            tried_version=0,  # what stands there may say anything
            not_before=max(gap.until, self.not_before or gap.until),
            first_tried_at=min(gap.since, self.first_tried_at or gap.since),
        )

    def begun_anew(self, gap: Gap | None = None) -> "Life":
        """It is owed as a message that was never sent, but maybe in the gap. What stood there before is left as it is, and its files are known still."""
        anew = replace(
            self,
            state=PostState.DUE,
            attempts=0,
            hindrances=0,
            not_before=None,
            first_tried_at=None,
            channel_id=None,
            ts=None,
            sent_at=None,
            stray_ts=None,
            sweep_at=None,
            may_be_there=False,
            error=None,
            reference=uuid5(NAMESPACE_OID, self.reference).hex,
        )
        return anew.owed_after(gap)
