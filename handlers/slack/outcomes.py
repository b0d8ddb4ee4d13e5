"""What a failed call to Slack means for the message that it was to put somewhere."""

from aiohttp import ClientConnectorError, ClientError, ClientResponse
from slack_sdk.errors import SlackApiError

from storage.outcomes import Closed, Gone, NotSent, Outcome, Refused, Unclear, Unknowable

# docs.slack.dev/reference/methods/chat.postMessage: of these, "some aspect of the operation" may have succeeded.
UNCLEAR = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})

# Worth trying for as long as it takes: people can mend these by an invitation, a scope, a new token, a setting.
MENDED_BY_PEOPLE = frozenset(
    {
        "access_denied",
        "account_inactive",
        "channel_not_found",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "invalid_auth",
        "is_archived",
        "is_inactive",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "not_in_channel",
        "org_login_required",
        "restricted_action",
        "restricted_action_read_only_channel",
        "team_access_not_granted",
        "team_added_to_org",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    }
)
CLOSED_FOR = {
    "channel_not_found": "channel_not_found",
    "is_archived": "is_archived",
    "is_inactive": "is_archived",  # what chat.update says of it
    "not_in_channel": "not_in_channel",
}
"""What says that a channel is closed to the bot as a whole, and the one word for it."""
CLOSED_TO_EDITS = frozenset({"cant_update_message", "edit_window_closed"})
RATE_LIMITED = "ratelimited"
SERVER_TROUBLE = 500
"""HTTP statuses from here on say nothing of what was done."""
CANNOT_LOOK = frozenset({"missing_scope", "not_allowed_token_type", "unknown_method", "method_deprecated"})


class AskedToWait(Exception):
    """Slack was not asked at all: it wants to be left alone for so many `seconds` more."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Slack wants not to be asked for {seconds} seconds")
        self.seconds = seconds


FAILURES = (SlackApiError, AskedToWait, ClientError, OSError)
"""What a call raises if Slack refuses it, or gives no answer. A mistake of ours raises none of these."""


def of_post(failure: Exception) -> Outcome:
    """What a failed chat.postMessage means."""
    if isinstance(failure, AskedToWait):
        return NotSent(RATE_LIMITED, failure.seconds)
    if isinstance(failure, SlackApiError):
        return _answered(failure)
    if isinstance(failure, ClientConnectorError):
        return NotSent(word_for(failure))
    return Unclear(word_for(failure))


def of_edit(failure: Exception) -> Outcome:
    """What a failed chat.update means. If its fate is unclear, the edit is made again later: the older of two edits may arrive last."""
    outcome = of_post(failure)
    if outcome == Refused("message_not_found"):
        return Gone(outcome.error)
    return (
        Closed(outcome.error)
        if isinstance(outcome, Refused) and outcome.error in CLOSED_TO_EDITS
        else outcome
    )


def of_search(failure: Exception, *, may_be_there: bool) -> Outcome:
    """Before anything was posted: opening the place, or looking there for what may have arrived."""
    outcome = _repeatable(of_post(failure))
    if may_be_there and isinstance(outcome, NotSent | Refused) and outcome.error in CANNOT_LOOK:
        return Unknowable(outcome.error)
    return outcome


def error_of(failure: SlackApiError) -> str:
    """Slack's word for what was wrong; where the answer was no answer of Slack's, its HTTP status."""
    answer = failure.response
    if isinstance(answer, ClientResponse):  # the SDK's choice where the JSON is broken
        return f"HTTP {answer.status}"
    told = answer.data.get("error") if isinstance(answer.data, dict) else None
    return str(told or f"HTTP {answer.status_code}")


def wait_asked_for(failure: SlackApiError) -> float | None:
    """The seconds for which Slack wants not to be asked again; nothing where it was no 429."""
    if error_of(failure) not in (RATE_LIMITED, "rate_limited", "HTTP 429"):
        return None
    return _seconds(failure.response.headers.get("Retry-After"))


def word_for(failure: Exception) -> str:
    """What may stand in the log of it: Slack's word, or what kind of failure it was."""
    if isinstance(failure, AskedToWait):
        return RATE_LIMITED
    return error_of(failure) if isinstance(failure, SlackApiError) else type(failure).__name__


def _answered(failure: SlackApiError) -> Outcome:
    error, wait = error_of(failure), wait_asked_for(failure)
    if wait is not None:
        return NotSent(error, wait)
    if error in UNCLEAR or error.startswith("HTTP ") or failure.response.status_code >= SERVER_TROUBLE:
        return Unclear(error)
    return NotSent(error) if error in MENDED_BY_PEOPLE else Refused(error)


def _repeatable(outcome: Outcome) -> Outcome:
    return NotSent(outcome.error) if isinstance(outcome, Unclear) else outcome


def _seconds(header: str | None) -> float:
    return float(header) if header and header.isdigit() else 30.0
