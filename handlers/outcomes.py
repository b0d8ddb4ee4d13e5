"""What became of a call to Slack that was to put a message somewhere: sent, surely not sent, refused, or nobody knows."""

from dataclasses import dataclass

from aiohttp import ClientConnectorError, ClientError
from slack_sdk.errors import SlackApiError, SlackRequestError

# docs.slack.dev/reference/methods/chat.postMessage: of these, "some aspect of the operation" may have succeeded.
UNCLEAR = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})

# Trying again would be refused again. All else may be mended by people: an invitation, a scope, a new token.
FOR_GOOD = frozenset(
    {
        "cannot_dm_bot",
        "cant_update_message",
        "edit_window_closed",
        "invalid_arguments",
        "invalid_blocks",
        "invalid_blocks_format",
        "message_not_found",
        "messages_tab_disabled",
        "msg_too_long",
        "no_text",
        "user_disabled",
        "user_not_found",
    }
)
CANNOT_LOOK = frozenset({"missing_scope", "not_allowed_token_type", "unknown_method", "method_deprecated"})


@dataclass(frozen=True)
class Sent:
    """It stands there. `is_current` is False where it was found, and may say what was true earlier."""

    channel_id: str
    ts: str
    is_current: bool = True


@dataclass(frozen=True)
class NotNeeded:
    """There was nothing left to say."""


@dataclass(frozen=True)
class NotSent:
    """Surely not there; `wait` is the seconds that Slack asked for."""

    error: str
    wait: float | None = None


@dataclass(frozen=True)
class Refused:
    """Surely not there, and it never will be."""

    error: str


@dataclass(frozen=True)
class Unclear:
    """It may be there."""

    error: str


@dataclass(frozen=True)
class Unknowable:
    """It may be there, and the bot may not look."""

    error: str


Outcome = Sent | NotNeeded | NotSent | Refused | Unclear | Unknowable
FAILURES = (SlackApiError, SlackRequestError, ClientError, TimeoutError, OSError)


def outcome_of(failure: Exception, *, is_repeatable: bool) -> Outcome:
    """What a failed call means. One that does no harm twice is as good as not made."""
    if isinstance(failure, SlackApiError):
        outcome = _answered(failure)
    elif isinstance(failure, ClientConnectorError):
        outcome = NotSent(type(failure).__name__)
    else:
        outcome = Unclear(type(failure).__name__)
    if is_repeatable and isinstance(outcome, Unclear):
        return NotSent(outcome.error)
    return outcome


def _answered(failure: SlackApiError) -> Outcome:
    answer = failure.response
    error = str(answer.get("error") or f"HTTP {answer.status_code}")
    if answer.status_code == 429 or error in ("ratelimited", "rate_limited"):  # noqa: PLR2004 - HTTP's
        return NotSent(error, _seconds(answer.headers.get("Retry-After")))
    if answer.status_code >= 500 or error in UNCLEAR:  # noqa: PLR2004 - HTTP's
        return Unclear(error)
    return Refused(error) if error in FOR_GOOD else NotSent(error)


def _seconds(header: str | None) -> float:
    return float(header) if header and header.isdigit() else 30.0
