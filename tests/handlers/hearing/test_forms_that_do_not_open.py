"""A form that does not open: the person hears why, as far as anybody knows, and keeps what they typed."""

from typing import Any

import pytest

from playground.slack import Dropped, RateLimited, Refused, ServerError
from tests.handlers.steps import on_sqlite
from tests.story import SHARED, Story

TOO_LATE = "The form did not open: it took me longer than Slack waits. Please try again."
LIMITED = "The form did not open: Slack wants me to wait. Please try again in a minute."
NO_ANSWER = "The form did not open: Slack did not answer. Please try again."
REFUSED = "The form did not open: Slack refuses it. Whoever runs me finds the reason in the log."


@on_sqlite
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Refused("expired_trigger_id"), TOO_LATE),
        (Refused("trigger_expired"), TOO_LATE),
        (RateLimited(30), LIMITED),
        (ServerError(503), NO_ANSWER),
        (Dropped(), NO_ANSWER),
        (Refused("internal_error"), NO_ANSWER),
        (Refused("invalid_arguments"), REFUSED),
        (Refused("view_too_large"), REFUSED),
        (Refused("missing_scope"), REFUSED),
    ],
    ids=str,
)
async def test_why_a_form_did_not_open_is_said_as_it_is(slack: Story, fault: Any, said: str) -> None:
    slack.next_answer("views.open", fault)
    slack.next_answer("views.open", fault)  # the SDK tries a dropped connection once more
    answer = await slack.types("U0MEMBER", SHARED, "/agenda add")
    assert said in answer.text


@on_sqlite
async def test_a_form_that_opened_before_slack_was_asked_again_is_there_and_nothing_is_said(
    slack: Story,
) -> None:
    slack.next_answer("views.open", Refused("exchanged_trigger_id"))
    answer = await slack.types("U0MEMBER", SHARED, "/agenda add")
    assert answer is None
