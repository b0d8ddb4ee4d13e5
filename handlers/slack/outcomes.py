"""What a failed call to Slack means for the message that it was to put somewhere."""

from aiohttp import ClientConnectorError, ClientError, ClientResponse
from slack_sdk.errors import SlackApiError

from bot.reading.patterns import pattern
from storage.outcomes import Closed, CutShort, Gone, Hindered, NotSent, Outcome, Refused, Unclear, Unknowable

# docs.slack.dev/reference/methods/chat.postMessage: of these, "some aspect of the operation" may have succeeded.
UNCLEAR = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})

NOT_TOLD = frozenset({"user_not_found", "user_not_visible"})
"""Of these people Slack tells us nothing, whenever we ask."""

# What follows is read from the tables of errors of chat.postMessage, chat.update, conversations.open and
# conversations.history (docs.slack.dev/reference/methods). What stands in none of these sets is tried for ever.

OF_THE_WORKSPACE = frozenset(
    {
        "access_denied",
        "accesslimited",
        "account_inactive",
        "app_access_restricted",
        "enterprise_is_restricted",
        "invalid_auth",
        "message_limit_exceeded",
        "missing_scope",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "team_added_to_org",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    }
)
"""The bot may do nothing just now: its token, its app or its workspace has to be put in order."""
OF_THE_PLACE = frozenset(
    {
        "channel_not_found",
        "channel_type_not_supported",
        "ekm_access_denied",
        "external_channel_migrating",
        "invalid_user_combination",
        "is_archived",
        "is_inactive",
        "messages_tab_disabled",
        "method_not_supported_for_channel_type",
        "no_permission",
        "not_in_channel",
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_locked",
        "restricted_action_thread_only_channel",
        "team_not_found",
        "user_not_visible",
    }
)
"""Nothing gets through to this place just now, whatever it says."""
SHARED_CHANNEL_IS_CLOSED = "the shared channel can't be used: python -m bot doctor says what helps"
"""What the log says where that is news."""
CLOSED_TO_EDITS = OF_THE_PLACE - {"external_channel_migrating"}
"""What stands in this place stays as it is until people open the place. A channel that migrates is open by itself after it."""
MENDED_BY_PEOPLE = OF_THE_WORKSPACE | OF_THE_PLACE
"""Worth waiting for in order, for as long as it takes: an invitation, a scope, a new token, a setting."""
OF_THE_CONTENT = frozenset(
    {
        "alt_txt_too_large",
        "attachment_payload_limit_exceeded",
        "block_mismatch",
        "invalid_arguments",
        "invalid_attachments",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "markdown_text_conflict",
        "metadata_too_large",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "too_many_attachments",
        "too_many_contact_cards",
    }
)
"""It is refused whenever it is sent."""
NO_FILE = frozenset(
    {
        "blocked_file_type",
        "file_type_not_allowed",
        "file_upload_size_restricted",
        "file_uploads_disabled",
        "file_uploads_except_images_disabled",
        "invalid_channel",
        "missing_argument",
        "missing_scope",
        "not_allowed_token_type",
        "posting_to_channel_denied",
        "slack_connect_blocked_file_type",
        "slack_connect_file_link_sharing_blocked",
        "slack_connect_file_upload_sharing_blocked",
        "storage_limit_reached",
        "user_is_external_guest",
    }
)
"""Words of files.getUploadURLExternal and files.completeUploadExternal: no file gets through, and its words may all the same."""
OF_NOBODY = frozenset({"user_disabled", "user_not_found", "users_not_found"})
"""Nobody is there to read it."""
FINAL = OF_THE_CONTENT | OF_NOBODY
# docs.slack.dev/reference/methods/views.open: a trigger lives for three seconds, and opens one form.
TRIGGER_RAN_OUT = frozenset(
    {"expired_trigger_id", "trigger_expired", "invalid_trigger_id", "invalid_trigger"}
)
OPENED_BEFORE = "exchanged_trigger_id"
ENDS_OF_EDITS: dict[str, type[Gone | Closed]] = {
    "cant_update_message": Closed,
    "edit_window_closed": Closed,
    "message_not_found": Gone,
}
CANNOT_DELETE = frozenset({"cant_delete_message", "compliance_exports_prevent_deletion"})
RATE_LIMITED = "ratelimited"
TOO_MANY_REQUESTS = 429
SENT_ELSEWHERE = range(300, 400)
"""HTTP statuses that are none of Slack's."""
SERVER_TROUBLE = 500
"""HTTP statuses from here on say nothing of what was done."""
OF_ITS_OWN = frozenset({"fetch_members_failed"})
"""What Slack's documents call a failure of Slack's own, beside the `UNCLEAR`."""
NOT_GRANTED = frozenset({"missing_scope", "not_allowed_token_type"})
"""The app has to be installed again, from its manifest."""
CANNOT_LOOK = NOT_GRANTED | {"unknown_method", "method_deprecated"}

_WORD = pattern(r"\A[A-Za-z0-9_]{1,100}")
"""As all of Slack's are."""

WAIT_IF_NOT_SAID = 30.0
LONGEST_WAIT = 3600.0
"""Seconds. Slack's own waits are shorter; it may say once more what it says by a longer one."""


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
    if isinstance(outcome, Hindered) and outcome.error in ENDS_OF_EDITS:
        return ENDS_OF_EDITS[outcome.error](outcome.error)
    return outcome


def of_search(failure: Exception, *, may_be_there: bool) -> Outcome:
    """Before anything was posted: opening the place, or looking there for what may have arrived."""
    outcome = _repeatable(of_post(failure))
    return _of_look(outcome) if may_be_there else outcome


def _of_look(outcome: Outcome) -> Outcome:
    """A look says nothing of what the message says; and who waits for Slack to let the bot look on, may be passed."""
    match outcome:
        case NotSent(error, wait) if wait is not None:
            return CutShort(error, wait)
        case NotSent(error) | Hindered(error) if error in CANNOT_LOOK:
            return Unknowable(error)
        case Refused(error) if error in OF_THE_CONTENT:
            return Hindered(error)
    return outcome


def error_of(failure: SlackApiError) -> str:
    """Slack's word for what was wrong; where the answer has none, and so is no answer of Slack's, its HTTP status."""
    answer = failure.response
    if isinstance(answer, ClientResponse):  # the SDK's choice where the JSON is broken
        return f"HTTP {answer.status}"
    told = answer.data.get("error") if isinstance(answer.data, dict) else None
    is_word = isinstance(told, str) and _WORD.fullmatch(told) and answer.status_code not in SENT_ELSEWHERE
    return str(told) if is_word else f"HTTP {answer.status_code}"


def said_by_slack(failure: BaseException) -> str | None:
    """Slack's word in it, where it is a refusal of Slack's."""
    return error_of(failure) if isinstance(failure, SlackApiError) else None


def wait_asked_for(failure: SlackApiError) -> float | None:
    """The seconds for which Slack wants not to be asked again; nothing where it was no 429."""
    is_asked = _status(failure) == TOO_MANY_REQUESTS or error_of(failure) in (RATE_LIMITED, "rate_limited")
    return _seconds(failure.response.headers.get("Retry-After")) if is_asked else None


def _status(failure: SlackApiError) -> int:
    answer = failure.response
    return answer.status if isinstance(answer, ClientResponse) else int(answer.status_code)


def is_limited(failure: Exception) -> bool:
    """Whether Slack wants not to be asked for a while."""
    return isinstance(failure, AskedToWait) or (
        isinstance(failure, SlackApiError) and wait_asked_for(failure) is not None
    )


def concerns_all(failure: Exception) -> bool:
    """Whether the next question would fare alike: Slack wants to be left alone, or the bot may ask nothing just now."""
    return is_limited(failure) or word_for(failure) in OF_THE_WORKSPACE


def passes_by_itself(failure: Exception) -> bool:
    """Whether nobody has to mend anything: Slack limits, is silent, or has a trouble of its own."""
    return is_limited(failure) or not has_refused(failure) or word_for(failure) in OF_ITS_OWN


def has_refused(failure: Exception) -> bool:
    """Whether Slack has looked at it and said no."""
    return isinstance(failure, SlackApiError) and not isinstance(_answered(failure), Unclear)


def word_for(failure: Exception) -> str:
    """What may stand in the log of it: Slack's word, or what kind of failure it was."""
    if isinstance(failure, AskedToWait):
        return RATE_LIMITED
    return error_of(failure) if isinstance(failure, SlackApiError) else type(failure).__name__


def _answered(failure: SlackApiError) -> Outcome:
    error, wait = error_of(failure), wait_asked_for(failure)
    if wait is not None:
        return NotSent(error, wait)
    if error in UNCLEAR or error.startswith("HTTP ") or _status(failure) >= SERVER_TROUBLE:
        return Unclear(error)
    if error in MENDED_BY_PEOPLE:
        return NotSent(error)
    return Refused(error) if error in FINAL else Hindered(error)


def _repeatable(outcome: Outcome) -> Outcome:
    return Hindered(outcome.error) if isinstance(outcome, Unclear) else outcome


def _seconds(header: str | None) -> float:
    """As long as it says, within reason; a header that says nothing is none."""
    try:
        asked = float(header or "")
    except ValueError:
        return WAIT_IF_NOT_SAID
    return min(asked, LONGEST_WAIT) if asked >= 0 else WAIT_IF_NOT_SAID
