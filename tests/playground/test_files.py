"""A file goes up in three steps, and stands in its channel once Slack has scanned it."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.slack import App, Dropped, ServerError, Slack
from tests.playground.blocks import section
from tests.waiting import until

CONTENT = b"BEGIN:VCALENDAR"
REFUSED_URLS = [
    ({"length": 3}, "invalid_arguments"),
    ({"filename": "a.ics"}, "invalid_arguments"),
    ({"filename": "a.ics", "length": 0}, "missing_argument"),
    ({"filename": "a.ics", "length": "long"}, "invalid_arguments"),
    ({"filename": "a.png", "length": 3, "alt_txt": "x" * 1001}, "alt_txt_too_large"),
]
REFUSED_COMPLETIONS = [
    ({"channel_id": "C0NOWHERE"}, "channel_not_found"),
    ({"channel_id": "C0LOCAL"}, "not_in_channel"),
    ({"channel_id": "U0ANA"}, "invalid_channel"),
    ({"channel_id": "C0SHARED", "thread_ts": "1.000001"}, "thread_not_found"),
    ({"channel_id": "C0SHARED", "blocks": [{"type": "bogus"}]}, "invalid_blocks"),
    ({"channel_id": "C0SHARED", "blocks": [{"type": "divider"}]}, "invalid_blocks"),
    ({"channel_id": "C0SHARED", "blocks": [{"type": "markdown", "text": "*x*"}]}, "internal_error"),
    ({"files": [{"id": "F0NOTHING"}]}, "file_not_found"),
    ({"files": []}, "invalid_arguments"),
]


async def uploaded(client: AsyncWebClient, content: bytes = CONTENT) -> str:
    promised = await client.files_getUploadURLExternal(filename="a.ics", length=len(content))
    assert await posted(promised["upload_url"], content) == 200
    return str(promised["file_id"])


async def posted(url: str, content: bytes) -> int:
    async with aiohttp.ClientSession() as session, session.post(url, data=content) as answer:
        return answer.status


async def shares(client: AsyncWebClient, file_id: str) -> object:
    return (await client.files_info(file=file_id))["file"]["shares"]


async def completes(client: AsyncWebClient, file_id: str, **more: object) -> None:
    files = [{"id": file_id, "title": "The meeting"}]
    await client.api_call("files.completeUploadExternal", json={"files": files, **more})


async def refusal(client: AsyncWebClient, method: str, arguments: dict[str, object]) -> str:
    with pytest.raises(SlackApiError) as refused:
        await client.api_call(method, json=arguments)
    return str(refused.value.response["error"])


async def test_a_file_is_shared_with_its_words(client: AsyncWebClient, slack: Slack) -> None:
    file_id = await uploaded(client)
    await completes(client, file_id, channel_id="C0SHARED", blocks=[section("For your calendar")])
    [message] = slack.seen_by("U0ANA", "C0SHARED")
    assert (message.files, message.metadata, len(message.blocks)) == ([file_id], None, 1)
    assert slack.world.files[file_id].content == CONTENT
    assert await shares(client, file_id) == {"public": {"C0SHARED": [{"ts": message.ts}]}}


async def test_of_two_introductions_the_comment_stands(client: AsyncWebClient, slack: Slack) -> None:
    file_id = await uploaded(client)
    await completes(client, file_id, channel_id="C0SHARED", initial_comment="Here", blocks=[section("There")])
    [message] = slack.seen_by("U0ANA", "C0SHARED")
    assert (message.text, message.blocks) == ("Here", [])


async def test_the_history_shows_the_file(client: AsyncWebClient) -> None:
    file_id = await uploaded(client)
    await completes(client, file_id, channel_id="C0SHARED")
    [message] = (await client.conversations_history(channel="C0SHARED"))["messages"]
    assert message["files"] == [{"id": file_id, "name": "a.ics"}]


async def test_a_file_without_a_channel_is_seen_by_nobody(client: AsyncWebClient, slack: Slack) -> None:
    file_id = await uploaded(client)
    await completes(client, file_id)
    assert await shares(client, file_id) == {}
    assert slack.ledger == []


async def test_it_is_shared_a_while_after_the_app_was_told_so(client: AsyncWebClient, slack: Slack) -> None:
    slack.scans_files_for(None)
    file_id = await uploaded(client)
    await completes(client, file_id, channel_id="C0SHARED")
    assert (await shares(client, file_id), slack.ledger) == ({}, [])
    slack.ends_scans()
    assert await shares(client, file_id) == {"public": {"C0SHARED": [{"ts": slack.ledger[0].ts}]}}


async def test_a_scan_may_take_some_time(client: AsyncWebClient, slack: Slack) -> None:
    slack.scans_files_for(0.01)
    await completes(client, await uploaded(client), channel_id="C0SHARED")
    await until(lambda: bool(slack.ledger))


@pytest.mark.parametrize(("arguments", "error"), REFUSED_URLS)
async def test_no_url_is_given(client: AsyncWebClient, arguments: dict[str, object], error: str) -> None:
    assert await refusal(client, "files.getUploadURLExternal", arguments) == error


@pytest.mark.parametrize(("arguments", "error"), REFUSED_COMPLETIONS)
async def test_nothing_is_shared(
    client: AsyncWebClient, slack: Slack, arguments: dict[str, object], error: str
) -> None:
    given = {"files": [{"id": await uploaded(client)}]} | arguments
    assert await refusal(client, "files.completeUploadExternal", given) == error
    assert slack.ledger == []


async def test_an_archived_channel_takes_no_file(client: AsyncWebClient, slack: Slack) -> None:
    slack.world.channels["C0SHARED"].is_archived = True
    given = {"files": [{"id": await uploaded(client)}], "channel_id": "C0SHARED"}
    assert await refusal(client, "files.completeUploadExternal", given) == "posting_to_channel_denied"


async def test_a_file_is_completed_once(client: AsyncWebClient) -> None:
    file_id = await uploaded(client)
    await completes(client, file_id, channel_id="C0SHARED")
    given: dict[str, object] = {"files": [{"id": file_id}], "channel_id": "C0SHARED"}
    assert await refusal(client, "files.completeUploadExternal", given) == "file_not_found"


async def test_what_was_only_promised_is_no_file(client: AsyncWebClient) -> None:
    promised = await client.files_getUploadURLExternal(filename="a.ics", length=3)
    given: dict[str, object] = {"files": [{"id": promised["file_id"]}]}
    assert await refusal(client, "files.completeUploadExternal", given) == "file_not_found"
    assert await refusal(client, "files.info", {"file": promised["file_id"]}) == "file_not_found"


async def test_an_address_takes_what_was_promised_once(client: AsyncWebClient) -> None:
    promised = await client.files_getUploadURLExternal(filename="a.ics", length=3)
    assert await posted(promised["upload_url"], b"abc") == 200
    assert await posted(promised["upload_url"], b"abc") == 400
    promised = await client.files_getUploadURLExternal(filename="a.ics", length=3)
    assert await posted(promised["upload_url"], b"abcd") == 400


async def test_the_way_of_the_bytes_can_fail_like_any_call(client: AsyncWebClient, slack: Slack) -> None:
    slack.next_answer("upload", ServerError(503, stored=True))
    promised = await client.files_getUploadURLExternal(filename="a.ics", length=3)
    assert await posted(promised["upload_url"], b"abc") == 503
    slack.next_answer("upload", Dropped())
    promised = await client.files_getUploadURLExternal(filename="a.ics", length=3)
    with pytest.raises(aiohttp.ClientError):
        await posted(promised["upload_url"], b"abc")


@pytest.mark.parametrize(
    ("method", "scope"), [("files.getUploadURLExternal", "files:write"), ("files.info", "files:read")]
)
async def test_files_take_scopes_of_their_own(method: str, scope: str) -> None:
    slack = Slack(app=App(scopes=App().scopes - {scope}))
    slack.add_workspace("T0SISTER", "Sister Peace", installed=True)
    await slack.start()
    try:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        given: dict[str, object] = {"filename": "a.ics", "length": 3, "file": "F1"}
        assert await refusal(client, method, given) == "missing_scope"
    finally:
        await slack.stop()
