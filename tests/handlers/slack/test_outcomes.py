"""What an answer of Slack's means for the message that was to be posted."""

import pytest
from aiohttp import ClientPayloadError, ServerDisconnectedError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from handlers.slack.outcomes import AskedToWait, of_edit, of_post, of_search
from storage.outcomes import Closed, Gone, NotSent, Outcome, Refused, Unclear, Unknowable


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
        (answered("not_in_channel"), NotSent("not_in_channel")),
        (answered("channel_not_found"), NotSent("channel_not_found")),
        (answered("is_archived"), NotSent("is_archived")),
        (answered("token_revoked"), NotSent("token_revoked")),
        (answered("invalid_blocks"), Refused("invalid_blocks")),
        (answered("user_not_found"), Refused("user_not_found")),
        (answered("msg_blocks_too_long"), Refused("msg_blocks_too_long")),
        (answered("metadata_too_large"), Refused("metadata_too_large")),
        (answered("never_heard_of"), Refused("never_heard_of")),
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
    assert of_search(TimeoutError(), may_be_there=True) == NotSent("TimeoutError")
