"""The Web API refuses what Slack refuses, by Slack's name for it, and keeps what it was given."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.slack import App, Slack
from tests.playground.blocks import modal, section

LONG = "x" * 3001
REFUSALS = [
    ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
    ("chat.postMessage", {"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "C0SECRET", "text": "x"}, "channel_not_found"),
    ("chat.postMessage", {"channel": "C0LOCAL", "text": "x"}, "not_in_channel"),
    ("chat.postMessage", {"channel": "U0NOBODY", "text": "x"}, "user_not_found"),
    ("chat.postMessage", {"channel": "U0STRANGER", "text": "x"}, "user_not_found"),
    ("chat.postMessage", {"channel": "C0SHARED"}, "no_text"),
    ("chat.postMessage", {"channel": "C0SHARED", "text": "  "}, "no_text"),
    ("chat.postMessage", {"channel": "C0SHARED", "text": "x", "blocks": "nonsense"}, "invalid_blocks_format"),
    (
        "chat.postMessage",
        {"channel": "C0SHARED", "text": "x", "blocks": [{"type": "bogus"}]},
        "invalid_blocks",
    ),
    ("chat.postMessage", {"channel": "C0SHARED", "blocks": [section("x" * 3000)] * 5}, "msg_blocks_too_long"),
    (
        "chat.postMessage",
        {"channel": "C0SHARED", "text": "x", "metadata": {"event_type": "a"}},
        "invalid_metadata_format",
    ),
    (
        "chat.postMessage",
        {"channel": "C0SHARED", "text": "x", "metadata": {"event_type": "a", "event_payload": {"k": {}}}},
        "invalid_metadata_schema",
    ),
    ("chat.postMessage", {"channel": "C0SHARED", "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
    ("chat.update", {"channel": "C0SHARED", "ts": "1.000001", "text": "x"}, "message_not_found"),
    ("chat.delete", {"channel": "C0SHARED", "ts": "1.000001"}, "message_not_found"),
    ("chat.getPermalink", {"channel": "C0SHARED", "message_ts": "1.000001"}, "message_not_found"),
    ("chat.postEphemeral", {"channel": "C0SHARED", "user": "U0STRANGER", "text": "x"}, "user_not_in_channel"),
    ("chat.postEphemeral", {"channel": "C0SHARED", "user": "U0ANA", "text": "x" * 4001}, "msg_too_long"),
    ("conversations.open", {}, "users_list_not_supplied"),
    ("conversations.open", {"users": "U0NOBODY"}, "user_not_found"),
    ("conversations.open", {"users": "U0ANA,U0STRANGER"}, "user_not_found"),
    ("conversations.open", {"users": [f"U{number}" for number in range(9)]}, "too_many_users"),
    ("conversations.info", {"channel": "C0SECRET"}, "channel_not_found"),
    ("conversations.members", {"channel": "C0SHARED", "limit": 0}, "invalid_limit"),
    ("conversations.members", {"channel": "C0SHARED", "cursor": "???"}, "invalid_cursor"),
    ("conversations.list", {"types": "im"}, "missing_scope"),
    ("conversations.list", {"types": "secret"}, "invalid_types"),
    ("conversations.history", {"channel": "C0LOCAL"}, "not_in_channel"),
    ("conversations.replies", {"channel": "C0SHARED", "ts": "1.000001"}, "thread_not_found"),
    ("users.info", {"user": "U0STRANGER"}, "user_not_found"),
    ("team.info", {}, "missing_scope"),
    ("views.open", {"trigger_id": "1.2", "view": modal(section())}, "invalid_trigger_id"),
    ("views.open", {"trigger_id": "1.2", "view": modal(section(LONG))}, "invalid_arguments"),
    ("views.open", {"trigger_id": "1.2", "view": {"type": "home", "blocks": []}}, "invalid_arguments"),
    ("views.update", {"view_id": "V1", "view": modal(section())}, "not_found"),
    ("views.update", {"view": modal(section())}, "invalid_arguments"),
    ("views.publish", {"user_id": "U0CLEO", "view": {"type": "home", "blocks": []}}, "user_not_found"),
    ("apps.connections.open", {}, "not_allowed_token_type"),
    ("chat.shout", {}, "unknown_method"),
    ("api.test", {"error": "my_error"}, "my_error"),
]


async def refusal(client: AsyncWebClient, method: str, arguments: dict[str, Any]) -> str:
    with pytest.raises(SlackApiError) as refused:
        await client.api_call(method, json=arguments)
    return str(refused.value.response["error"])


@pytest.mark.parametrize(("method", "arguments", "error"), REFUSALS, ids=[f"{r[0]} {r[2]}" for r in REFUSALS])
async def test_slack_refuses(
    client: AsyncWebClient, slack: Slack, method: str, arguments: Any, error: str
) -> None:
    assert await refusal(client, method, arguments) == error
    assert slack.ledger == []


async def test_without_a_token_nothing_works(slack: Slack) -> None:
    assert await refusal(AsyncWebClient(base_url=slack.api_url), "auth.test", {}) == "not_authed"
    assert (
        await refusal(AsyncWebClient("xoxb-false", base_url=slack.api_url), "auth.test", {}) == "invalid_auth"
    )
    app_level = AsyncWebClient(slack.app_token, base_url=slack.api_url)
    assert await refusal(app_level, "auth.test", {}) == "not_allowed_token_type"


async def test_what_was_not_granted_names_the_scope() -> None:
    slack = Slack(app=App(scopes=frozenset({"commands"})))
    slack.add_workspace("T0SISTER", "Sister Peace", installed=True)
    await slack.start()
    with pytest.raises(SlackApiError) as refused:
        await AsyncWebClient(slack.bot_token, base_url=slack.api_url).chat_postMessage(
            channel="C0SHARED", text="x"
        )
    await slack.stop()
    assert refused.value.response["error"] == "missing_scope"
    assert refused.value.response["needed"] == "chat:write"


async def test_refused_blocks_say_what_is_wrong_where(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="C0SHARED", text="x", blocks=[section(LONG)])
    words = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert refused.value.response["errors"] == [words]
    assert refused.value.response["response_metadata"]["messages"] == [f"[ERROR] {words}"]


async def test_an_archived_channel_takes_nothing(client: AsyncWebClient, slack: Slack) -> None:
    slack.world.channels["C0SHARED"].is_archived = True
    assert await refusal(client, "chat.postMessage", {"channel": "C0SHARED", "text": "x"}) == "is_archived"


async def test_timestamps_are_unique_and_grow_while_the_clock_stands(client: AsyncWebClient) -> None:
    posted = [(await client.chat_postMessage(channel="C0SHARED", text="x"))["ts"] for _ in range(3)]
    assert posted == ["1800000000.000000", "1800000000.000001", "1800000000.000002"]


async def test_a_user_id_stands_for_their_direct_messages(client: AsyncWebClient, slack: Slack) -> None:
    posted = await client.chat_postMessage(channel="U0CLEO", text="Hello")
    opened = await client.conversations_open(users="U0CLEO")
    assert opened["already_open"]
    assert posted["channel"] == opened["channel"]["id"] == slack.direct("U0CLEO").id
    assert [message.text for message in slack.seen_by("U0CLEO", posted["channel"])] == ["Hello"]


async def test_the_same_people_have_one_group_message_and_nobody_else_reads_it(
    client: AsyncWebClient, slack: Slack
) -> None:
    opened = await client.conversations_open(users=["U0ANA", "U0CLEO"], return_im=True)
    again = await client.conversations_open(users="U0CLEO,U0ANA")
    group = opened["channel"]
    assert (group["id"], group["is_mpim"], again["already_open"]) == (again["channel"]["id"], True, True)
    await client.chat_postMessage(channel=group["id"], text="Hello")
    assert [message.text for message in slack.seen_by("U0CLEO", group["id"])] == ["Hello"]
    others = await client.conversations_open(users="U0ANA,U0BEN")
    assert others["channel"]["id"] != group["id"]


async def test_no_group_message_brings_people_together_who_share_no_channel(
    client: AsyncWebClient, slack: Slack
) -> None:
    slack.add_channel("C0GARDEN", "garden", ["T0SISTER", "T0OTHER"], [slack.app.user_id, "U0STRANGER"])
    arguments = {"users": "U0ANA,U0STRANGER"}
    assert await refusal(client, "conversations.open", arguments) == "invalid_user_combination"


async def test_who_was_deactivated_keeps_a_group_message_from_being_opened(
    client: AsyncWebClient, slack: Slack
) -> None:
    slack.world.people["U0BEN"].deleted = True
    assert await refusal(client, "conversations.open", {"users": "U0ANA,U0BEN"}) == "user_disabled"


async def test_without_its_scope_no_group_message_is_opened(client: AsyncWebClient, slack: Slack) -> None:
    slack.app.scopes -= {"mpim:write"}
    assert await refusal(client, "conversations.open", {"users": "U0ANA,U0BEN"}) == "missing_scope"
    assert (await client.conversations_open(users="U0ANA"))["ok"]


async def test_metadata_comes_back_whole_only_when_asked_for(client: AsyncWebClient) -> None:
    metadata = {"event_type": "agenda_post", "event_payload": {"k": "f00"}}
    await client.chat_postMessage(channel="C0SHARED", text="x", metadata=metadata)
    brief = await client.conversations_history(channel="C0SHARED")
    whole = await client.conversations_history(channel="C0SHARED", include_all_metadata=True)
    assert brief["messages"][0]["metadata"] == {"event_type": "agenda_post"}
    assert whole["messages"][0]["metadata"] == metadata


async def test_history_is_newest_first_in_pages_and_without_private_messages(client: AsyncWebClient) -> None:
    for number in range(5):
        await client.chat_postMessage(channel="C0SHARED", text=str(number))
    await client.chat_postEphemeral(channel="C0SHARED", user="U0ANA", text="private")
    first = await client.conversations_history(channel="C0SHARED", limit=3)
    rest = await client.conversations_history(
        channel="C0SHARED", cursor=first["response_metadata"]["next_cursor"]
    )
    assert [message["text"] for message in first["messages"]] == ["4", "3", "2"]
    assert [message["text"] for message in rest["messages"]] == ["1", "0"]
    assert (first["has_more"], rest["has_more"]) == (True, False)


async def test_history_between_two_moments_leaves_the_moments_out(client: AsyncWebClient) -> None:
    stamps = [(await client.chat_postMessage(channel="C0SHARED", text=str(n)))["ts"] for n in range(4)]
    bounds = {"channel": "C0SHARED", "oldest": stamps[0], "latest": stamps[3]}
    between = await client.conversations_history(**bounds)
    with_bounds = await client.conversations_history(**bounds, inclusive=True)
    assert [message["text"] for message in between["messages"]] == ["2", "1"]
    assert len(with_bounds["messages"]) == 4


async def test_replies_are_in_their_thread_only(client: AsyncWebClient) -> None:
    root = (await client.chat_postMessage(channel="C0SHARED", text="root"))["ts"]
    await client.chat_postMessage(channel="C0SHARED", text="reply", thread_ts=root)
    history = await client.conversations_history(channel="C0SHARED")
    thread = await client.conversations_replies(channel="C0SHARED", ts=root)
    assert [message["text"] for message in history["messages"]] == ["root"]
    assert [message["text"] for message in thread["messages"]] == ["root", "reply"]


async def test_an_edit_with_text_alone_takes_the_blocks_away(client: AsyncWebClient, slack: Slack) -> None:
    ts = (await client.chat_postMessage(channel="C0SHARED", text="x", blocks=[section()]))["ts"]
    await client.chat_update(channel="C0SHARED", ts=ts, text="y")
    message = slack.world.message("C0SHARED", ts)
    assert message is not None
    assert (message.text, message.blocks) == ("y", [])
    assert message.edited
    assert [entry.happened for entry in slack.ledger] == ["posted", "edited"]


async def test_an_archived_channel_is_not_edited(client: AsyncWebClient, slack: Slack) -> None:
    ts = (await client.chat_postMessage(channel="C0SHARED", text="x"))["ts"]
    slack.world.channels["C0SHARED"].is_archived = True
    assert (
        await refusal(client, "chat.update", {"channel": "C0SHARED", "ts": ts, "text": "y"}) == "is_inactive"
    )


async def test_what_people_elsewhere_say_carries_their_workspace(
    client: AsyncWebClient, slack: Slack
) -> None:
    await slack.types("U0CLEO", "C0SHARED", "hello")
    said = (await client.conversations_history(channel="C0SHARED"))["messages"][0]
    assert (said["user"], said["team"]) == ("U0CLEO", "T0OTHER")
    assert "bot_id" not in said


async def test_an_edit_is_shorter_than_a_post(client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel="C0SHARED", text="x" * 4001))["ts"]
    again = {"channel": "C0SHARED", "ts": ts, "text": "x" * 4001}
    assert await refusal(client, "chat.update", again) == "msg_too_long"


async def test_only_ones_own_messages_can_be_changed(client: AsyncWebClient, slack: Slack) -> None:
    await slack.types("U0ANA", "C0SHARED", "mine")
    ts = slack.seen_by("U0ANA", "C0SHARED")[0].ts
    assert (
        await refusal(client, "chat.update", {"channel": "C0SHARED", "ts": ts, "text": "x"})
        == "cant_update_message"
    )
    assert await refusal(client, "chat.delete", {"channel": "C0SHARED", "ts": ts}) == "cant_delete_message"


async def test_a_private_message_cannot_be_edited(client: AsyncWebClient) -> None:
    ts = (await client.chat_postEphemeral(channel="C0SHARED", user="U0ANA", text="x"))["message_ts"]
    again = {"channel": "C0SHARED", "ts": ts, "text": "y"}
    assert await refusal(client, "chat.update", again) == "message_not_found"


async def test_of_people_elsewhere_slack_keeps_something_back(client: AsyncWebClient) -> None:
    own = (await client.users_info(user="U0ANA", include_locale=True))["user"]
    other = (await client.users_info(user="U0CLEO", include_locale=True))["user"]
    assert (own["team_id"], own["locale"]) == ("T0SISTER", "es-MX")
    assert other["team_id"] == "T0OTHER"
    assert "locale" not in other
    assert "email" not in other["profile"]
    listed = await client.users_list()
    assert {member["id"] for member in listed["members"]} == {"U0ANA", "U0BEN", "U0AGENDABOT"}


async def test_in_an_organization_slack_tells_all_workspaces_of_somebody(
    client: AsyncWebClient, slack: Slack
) -> None:
    assert "enterprise_user" not in (await client.users_info(user="U0CLEO"))["user"]
    slack.world.people["U0CLEO"].organization = ("T0OTHER", "T0SISTER")
    told = (await client.users_info(user="U0CLEO"))["user"]["enterprise_user"]
    assert (told["id"], told["teams"]) == ("U0CLEO", ["T0OTHER", "T0SISTER"])


async def test_who_was_deactivated_is_said_to_be_and_is_in_no_channel(
    client: AsyncWebClient, slack: Slack
) -> None:
    await slack.deactivates("U0BEN")
    assert (await client.users_info(user="U0BEN"))["user"]["deleted"] is True
    assert "U0BEN" not in (await client.conversations_members(channel="C0SHARED"))["members"]
    assert await refusal(client, "conversations.open", {"users": "U0BEN"}) == "user_disabled"
    with pytest.raises(PermissionError):
        await slack.types("U0BEN", "C0SHARED", "/agenda")

    await slack.reactivates("U0BEN")
    assert (await client.users_info(user="U0BEN"))["user"]["deleted"] is False
    assert "U0BEN" in (await client.conversations_members(channel="C0SHARED"))["members"]


async def test_a_shared_channel_says_who_shares_it(client: AsyncWebClient) -> None:
    channel = (await client.conversations_info(channel="C0SHARED", include_num_members=True))["channel"]
    assert (channel["is_ext_shared"], channel["num_members"]) == (True, 4)
    assert channel["connected_team_ids"] == ["T0OTHER"]
    assert "U0CLEO" in (await client.conversations_members(channel="C0SHARED"))["members"]


async def test_channels_the_app_is_not_in_are_listed_unless_private(client: AsyncWebClient) -> None:
    listed = await client.conversations_list(types="public_channel,private_channel")
    assert [channel["id"] for channel in listed["channels"]] == ["C0SHARED", "C0LOCAL"]


async def test_a_permalink_leads_to_the_message(client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel="C0SHARED", text="x"))["ts"]
    link = await client.chat_getPermalink(channel="C0SHARED", message_ts=ts)
    assert link["permalink"] == "https://sister-peace.slack.com/archives/C0SHARED/p1800000000000000"


async def test_calls_are_remembered_in_order_without_the_token(client: AsyncWebClient, slack: Slack) -> None:
    await client.auth_test()
    await client.chat_postMessage(channel="C0SHARED", text="x")
    assert [call.method for call in slack.calls] == ["auth.test", "chat.postMessage"]
    assert slack.calls[1].arguments["text"] == "x"
    assert slack.bot_token not in str(slack.calls)


async def test_no_form_can_take_the_place_of_the_home_tab(client: AsyncWebClient, slack: Slack) -> None:
    one = {"type": "home", "blocks": [section("one")]}
    published = (await client.views_publish(user_id="U0ANA", view=one))["view"]
    update = {"view_id": published["id"], "view": modal(section("two"))}
    assert await refusal(client, "views.update", update) == "invalid_arguments"
    assert await refusal(client, "views.publish", {"user_id": "U0ANA"} | update) == "invalid_arguments"
    assert slack.world.homes["U0ANA"].blocks[0]["text"]["text"] == "one"
    assert slack.world.homes["U0ANA"].hash == published["hash"]
    await client.views_update(view_id=published["id"], view={"type": "home", "blocks": [section("three")]})
    assert slack.world.homes["U0ANA"].blocks[0]["text"]["text"] == "three"


async def test_the_home_tab_is_replaced_only_by_who_saw_the_newest(
    client: AsyncWebClient, slack: Slack
) -> None:
    published = await client.views_publish(user_id="U0ANA", view={"type": "home", "blocks": [section("one")]})
    old = published["view"]["hash"]
    await client.views_publish(user_id="U0ANA", view={"type": "home", "blocks": [section("two")]}, hash=old)
    stale = {"user_id": "U0ANA", "view": {"type": "home", "blocks": [section("three")]}, "hash": old}
    assert await refusal(client, "views.publish", stale) == "hash_conflict"
    assert slack.world.homes["U0ANA"].blocks[0]["text"]["text"] == "two"
