"""response_url: five answers in thirty minutes, to one person unless said otherwise."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from playground.slack import Message, Slack
from tests.playground.blocks import section
from tests.playground.conftest import Clock


def of_a_command(slack: Slack) -> AsyncWebhookClient:
    return AsyncWebhookClient(slack.installation.response_urls.issue("C0SHARED", "U0ANA"))


def of_a_click(slack: Slack, only_for: str | None) -> tuple[AsyncWebhookClient, Message]:
    message = Message(
        "C0SHARED", slack.world.next_ts(), slack.app.user_id, "Card", only_for=only_for, from_app=True
    )
    slack.world.add(message)
    return AsyncWebhookClient(slack.installation.response_urls.issue("C0SHARED", "U0ANA", message)), message


async def test_an_answer_is_private_unless_it_says_in_channel(slack: Slack) -> None:
    url = of_a_command(slack)
    await url.send(text="for you")
    await url.send(text="for all", response_type="in_channel")
    assert [message.text for message in slack.seen_by("U0ANA", "C0SHARED")] == ["for you", "for all"]
    assert [message.text for message in slack.seen_by("U0BEN", "C0SHARED")] == ["for all"]


async def test_the_sixth_answer_is_refused(slack: Slack) -> None:
    url = of_a_command(slack)
    statuses = [(await url.send(text="again")).status_code for _ in range(6)]
    assert statuses == [200] * 5 + [404]
    assert len(slack.seen_by("U0ANA", "C0SHARED")) == 5


async def test_after_thirty_minutes_it_is_over(slack: Slack, clock: Clock) -> None:
    url = of_a_command(slack)
    clock.now += 30 * 60 - 1
    assert (await url.send(text="in time")).status_code == 200
    clock.now += 2
    assert (await url.send(text="too late")).status_code == 404


async def test_an_address_that_nobody_was_given_is_over_too(slack: Slack) -> None:
    url = AsyncWebhookClient(f"{slack.installation.response_urls.base}guessed")
    assert (await url.send(text="hello")).status_code == 404


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"blocks": [{"type": "bogus"}], "text": "x"}, "invalid_blocks"),
        ({"text": ""}, "no_text"),
        ({"delete_original": True}, "message_not_found"),
        ({"replace_original": True, "text": "x"}, "message_not_found"),
    ],
)
async def test_an_answer_to_a_command_is_refused(slack: Slack, body: dict[str, Any], error: str) -> None:
    answer = await of_a_command(slack).send_dict(body)
    assert answer.status_code == 400
    assert error in answer.body
    assert slack.seen_by("U0ANA", "C0SHARED") == []


@pytest.mark.parametrize("body", ["{", '["text"]'])
async def test_what_is_no_record_is_refused(slack: Slack, body: str) -> None:
    async with aiohttp.ClientSession() as session, session.post(of_a_command(slack).url, data=body) as answer:
        assert answer.status == 400
        assert "invalid_payload" in await answer.text()


async def test_the_message_that_was_clicked_can_be_replaced_and_deleted(slack: Slack) -> None:
    url, message = of_a_click(slack, only_for=None)
    await url.send(text="Decided", blocks=[section("Decided")], replace_original=True)
    assert (message.text, message.blocks[0]["text"]["text"]) == ("Decided", "Decided")
    await url.send(text="", delete_original=True)
    assert slack.seen_by("U0BEN", "C0SHARED") == []
    assert (await url.send(text="", delete_original=True)).status_code == 400


async def test_what_one_person_saw_cannot_be_made_public(slack: Slack) -> None:
    url, message = of_a_click(slack, only_for="U0ANA")
    await url.send(text="Decided", replace_original=True, response_type="in_channel")
    assert (message.text, message.only_for) == ("Decided", "U0ANA")
    assert slack.seen_by("U0BEN", "C0SHARED") == []
