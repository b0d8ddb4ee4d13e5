"""What can hurt in delivery: the bot does not run, or messages did not get through."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from program.doctor.findings import Checks, Trouble, error, warning
from storage.consortia import unconfirmed
from storage.figures import how_many, how_many_unsent, unserved
from storage.heartbeats import newest_beat
from storage.post_facts import PostState
from storage.tenancy import Session

OVERDUE = timedelta(minutes=10)
RECENTLY = timedelta(days=7)
SOON = timedelta(days=7)
SILENCE = timedelta(seconds=60)
MISSED_TICKS = 3


@dataclass(frozen=True)
class Outbox:
    """What the bot owes, at a moment; `tick` is how often it looks."""

    session: Session
    now: datetime
    tick: timedelta

    def ended_lately(self, state: PostState) -> int:
        return how_many(self.session, state, since=self.now - RECENTLY)

    def due_soon(self) -> int:
        return how_many_unsent(self.session, before=self.now + SOON, after=self.now)


def _heartbeat(outbox: Outbox) -> Trouble | None:
    """One that has never run is not missed. One that lies ahead was left by a clock that was ahead, and tells nothing."""
    last = newest_beat(outbox.session)
    if last is None or abs(outbox.now - last) <= max(SILENCE, outbox.tick * MISSED_TICKS):
        return None
    return warning(
        "No bot has left its heartbeat in the database for a minute: none runs, or it can't write there.",
        "start the bot: python -m bot run. If it runs, its log says what is wrong.",
    )


def _overdue(outbox: Outbox) -> Trouble | None:
    count = how_many_unsent(outbox.session, before=outbox.now - OVERDUE)
    if not count:
        return None
    return error(
        f"Messages are more than 10 minutes overdue: {count}.",
        "look in the log for “a post was not delivered”, which says why.",
    )


def _unserved(outbox: Outbox) -> Trouble | None:
    """What waits for a moment may be on its way; of a workspace that was mistyped another check speaks."""
    mistyped = {consortium.team_id for consortium in unconfirmed(outbox.session)}
    waiting = unserved(outbox.session, before=outbox.now - OVERDUE)
    workspaces = [f"{team} ({count})" for team, count in waiting.items() if team not in mistyped]
    if not workspaces:
        return None
    return error(
        f"Messages wait for a bot that nobody runs, in these workspaces: {', '.join(workspaces)}.",
        "run a bot with the token of each.",
    )


def _unknown(outbox: Outbox) -> Trouble | None:
    count = how_many(outbox.session, PostState.UNKNOWN)
    if not count:
        return None
    return warning(
        f"Nobody knows of these messages whether they arrived: {count}.",
        "let those who host press one of the buttons that the bot sent them.",
    )


def _failed(outbox: Outbox) -> Trouble | None:
    count = outbox.ended_lately(PostState.FAILED)
    if not count:
        return None
    return warning(
        f"Slack refused messages of the last 7 days for good: {count}.",
        "see what the bot told the admins about them.",
    )


def _missed(outbox: Outbox) -> Trouble | None:
    count = outbox.ended_lately(PostState.MISSED)
    if not count:
        return None
    return warning(
        f"In the last 7 days it became too late for messages: {count}.",
        "keep the bot running; it can't make up for these.",
    )


OUTBOX_CHECKS: Checks[Outbox] = {
    "heartbeat": _heartbeat,
    "overdue messages": _overdue,
    "messages without a bot": _unserved,
    "unknown messages": _unknown,
    "failed messages": _failed,
    "missed messages": _missed,
}
