"""A trigger_id opens one form within three seconds."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.slack import Slack
from tests.playground.blocks import modal, section
from tests.playground.conftest import Clock

FORM = modal(section())


async def test_a_trigger_works_once(slack: Slack, client: AsyncWebClient) -> None:
    trigger = slack.installation.triggers.issue("U0ANA")
    await client.views_open(trigger_id=trigger, view=FORM)
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await client.views_open(trigger_id=trigger, view=FORM)


@pytest.mark.parametrize(("seconds", "works"), [(2.9, True), (3.1, False)])
async def test_a_trigger_lives_three_seconds(
    slack: Slack,
    client: AsyncWebClient,
    clock: Clock,
    seconds: float,
    works: bool,  # noqa: FBT001 - a column of a table
) -> None:
    trigger = slack.installation.triggers.issue("U0ANA")
    clock.now += seconds
    if works:
        assert (await client.views_open(trigger_id=trigger, view=FORM))["ok"]
    else:
        with pytest.raises(SlackApiError, match="expired_trigger_id"):
            await client.views_open(trigger_id=trigger, view=FORM)


async def test_a_view_that_slack_refuses_leaves_the_trigger_unused(
    slack: Slack, client: AsyncWebClient
) -> None:
    trigger = slack.installation.triggers.issue("U0ANA")
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.views_open(trigger_id=trigger, view=modal(section("")))
    assert (await client.views_open(trigger_id=trigger, view=FORM))["ok"]
