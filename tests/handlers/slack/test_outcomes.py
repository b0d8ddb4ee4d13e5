"""What an answer of Slack's means for the message that was to be posted."""

from typing import Any

import pytest
from aiohttp import ClientPayloadError, ServerDisconnectedError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from handlers.slack.outcomes import (
    FINAL,
    LONGEST_WAIT,
    MENDED_BY_PEOPLE,
    OF_NOBODY,
    OF_THE_CONTENT,
    OF_THE_PLACE,
    OF_THE_WORKSPACE,
    UNCLEAR,
    AskedToWait,
    of_edit,
    of_post,
    of_search,
)
from storage.outcomes import Closed, Gone, Hindered, NotSent, Outcome, Refused, Unclear, Unknowable


def answered(error: str | None, status: int = 200, **headers: str) -> SlackApiError:
    data = {"ok": False} | ({"error": error} if error else {})
    response = AsyncSlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data=data, headers=headers, status_code=status
    )
    return SlackApiError("", response)


@pytest.mark.parametrize(
    ("failure", "means"),
    [
        (AskedToWait(7), NotSent("ratelimited", 7)),
        (answered("ratelimited", 429, **{"Retry-After": "7"}), NotSent("ratelimited", 7)),
        (answered("ratelimited", 429), NotSent("ratelimited", 30)),
        (answered("ratelimited", 429, **{"Retry-After": "soon"}), NotSent("ratelimited", 30)),
        (answered(None, 429, **{"Retry-After": "7"}), NotSent("HTTP 429", 7)),
        (answered("slow_down", 429, **{"Retry-After": "7"}), NotSent("slow_down", 7)),
        (answered("not_in_channel"), NotSent("not_in_channel")),
        (answered("channel_not_found"), NotSent("channel_not_found")),
        (answered("is_archived"), NotSent("is_archived")),
        (answered("token_revoked"), NotSent("token_revoked")),
        (answered("invalid_blocks"), Refused("invalid_blocks")),
        (answered("user_not_found"), Refused("user_not_found")),
        (answered("msg_blocks_too_long"), Refused("msg_blocks_too_long")),
        (answered("metadata_too_large"), Refused("metadata_too_large")),
        (answered("never_heard_of"), Hindered("never_heard_of")),
        (answered("internal_error"), Unclear("internal_error")),
        (answered("fatal_error"), Unclear("fatal_error")),
        (answered("request_timeout"), Unclear("request_timeout")),
        (answered("service_unavailable", 503), Unclear("service_unavailable")),
        (answered("not_in_channel", 500), Unclear("not_in_channel")),
        (answered(None, 500), Unclear("HTTP 500")),
        (answered(None, 200), Unclear("HTTP 200")),
        (TimeoutError(), Unclear("TimeoutError")),
        (ServerDisconnectedError(), Unclear("ServerDisconnectedError")),
        (ClientPayloadError(), Unclear("ClientPayloadError")),
        (ConnectionResetError(), Unclear("ConnectionResetError")),
    ],
)
def test_of_a_post(failure: Exception, means: Outcome) -> None:
    assert of_post(failure) == means


def test_of_an_edit() -> None:
    assert of_edit(TimeoutError()) == Unclear("TimeoutError")
    assert of_edit(answered("internal_error")) == Unclear("internal_error")
    assert of_edit(answered("token_revoked")) == NotSent("token_revoked")
    assert of_edit(answered("msg_too_long")) == Refused("msg_too_long")
    assert of_edit(answered("message_not_found")) == Gone("message_not_found")
    assert of_edit(answered("edit_window_closed")) == Closed("edit_window_closed")


def test_without_leave_to_look_nobody_knows() -> None:
    scopeless = answered("missing_scope")
    assert of_search(scopeless, may_be_there=True) == Unknowable("missing_scope")
    assert of_search(answered("unknown_method"), may_be_there=True) == Unknowable("unknown_method")
    assert of_search(scopeless, may_be_there=False) == NotSent("missing_scope")
    assert of_search(TimeoutError(), may_be_there=True) == Hindered("TimeoutError")


# Slack's own tables of errors: docs.slack.dev/reference/methods, of chat.postMessage, chat.update, conversations.open and
# conversations.history. What has to do with files, threads, streams and user tokens is left out: the bot has none.
WAITS_IN_ORDER = [
    "access_denied",
    "accesslimited",
    "account_inactive",
    "channel_not_found",
    "channel_type_not_supported",
    "ekm_access_denied",
    "enterprise_is_restricted",
    "external_channel_migrating",
    "invalid_auth",
    "invalid_user_combination",
    "is_archived",
    "is_inactive",
    "message_limit_exceeded",
    "messages_tab_disabled",
    "method_not_supported_for_channel_type",
    "missing_scope",
    "no_permission",
    "not_allowed_token_type",
    "not_authed",
    "not_in_channel",
    "org_login_required",
    "restricted_action",
    "restricted_action_non_threadable_channel",
    "restricted_action_read_only_channel",
    "restricted_action_thread_locked",
    "restricted_action_thread_only_channel",
    "team_access_not_granted",
    "team_added_to_org",
    "team_not_found",
    "token_expired",
    "token_revoked",
    "two_factor_setup_required",
    "user_not_visible",
]
IS_FINAL = [
    "block_mismatch",
    "invalid_arguments",
    "invalid_attachments",
    "invalid_blocks",
    "invalid_blocks_format",
    "invalid_metadata_format",
    "invalid_metadata_schema",
    "markdown_text_conflict",
    "metadata_too_large",
    "msg_too_long",
    "no_text",
    "too_many_attachments",
    "too_many_contact_cards",
    "user_disabled",
    "user_not_found",
]
IS_TRIED_FOR_EVER = [
    "deprecated_endpoint",
    "invalid_arg_name",
    "invalid_array_arg",
    "invalid_charset",
    "invalid_cursor",
    "invalid_form_data",
    "invalid_post_type",
    "messaging_processing_failed",
    "metadata_must_be_sent_from_app",
    "method_deprecated",
    "missing_post_type",
    "streaming_state_conflict",
    "update_failed",
    "duplicate_message_not_found",
    "as_user_not_supported",
]
NOBODY_KNOWS = ["fatal_error", "internal_error", "request_timeout", "service_unavailable"]


@pytest.mark.parametrize(
    ("errors", "means"),
    [
        (WAITS_IN_ORDER, NotSent),
        (IS_FINAL, Refused),
        (IS_TRIED_FOR_EVER, Hindered),
        (NOBODY_KNOWS, Unclear),
    ],
)
@pytest.mark.parametrize("of_a_call", [of_post, of_edit])
def test_what_each_documented_error_means(errors: list[str], means: type, of_a_call: Any) -> None:
    assert {error for error in errors if of_a_call(answered(error)) != means(error)} == set()


def test_no_error_means_two_things() -> None:
    kinds = (OF_THE_WORKSPACE, OF_THE_PLACE, OF_THE_CONTENT, OF_NOBODY, UNCLEAR)
    assert sum(map(len, kinds)) == len(MENDED_BY_PEOPLE | FINAL | UNCLEAR)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("7", 7),
        ("0", 0),
        ("1.5", 1.5),
        ("3600", 3600),
        ("3601", LONGEST_WAIT),
        ("99999999999999999999", LONGEST_WAIT),
        ("1e999", LONGEST_WAIT),
        ("inf", LONGEST_WAIT),
        ("nan", 30),
        ("-5", 30),
        ("", 30),
        ("soon", 30),
        ("\u00b2", 30),
        ("Fri, 27 Nov 2026 12:00:00 GMT", 30),
    ],
)
def test_what_is_asked_for_is_waited_for_within_reason(said: str, seconds: float) -> None:
    assert of_post(answered("ratelimited", 429, **{"Retry-After": said})) == NotSent("ratelimited", seconds)
