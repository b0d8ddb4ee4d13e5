"""What stands at an address that somebody typed is never drawn beside it: Slack is told so with every message."""

from typing import Any

import pytest

from handlers.blocks.ids import LIST, TAKE
from storage.database import Database
from tests.clock import FrozenClock
from tests.handlers.steps import at_rest, on_sqlite, standing
from tests.story import SHARED, Story

pytestmark = on_sqlite

NEVER = {"unfurl_links", "unfurl_media"}
NO = (False, 0, "0", "false")


async def test_no_message_and_no_answer_unfurls_anything(
    slack: Story, database: Database, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[dict[str, Any]] = []
    urls = slack.installation.response_urls
    say, replace = urls.say, urls._replace
    monkeypatch.setattr(urls, "say", lambda *to: answers.append(to[2]) or say(*to))
    monkeypatch.setattr(
        urls, "_replace", lambda original, said: answers.append(said) or replace(original, said)
    )

    await slack.types("U0MEMBER", SHARED, "/agenda add See https://evil.example/?a=1")
    board = await slack.types("U0CURATOR", SHARED, "/agenda curate")
    await slack.clicks("U0CURATOR", board, TAKE)
    await slack.clicks("U0KOFI", await standing(slack), LIST)
    clock.passes(minutes=6)
    await slack.types("U0MEMBER", SHARED, "/agenda tip https://evil.example")
    await at_rest(database, clock)

    posted = [
        call.arguments for call in slack.calls if call.method in ("chat.postMessage", "chat.postEphemeral")
    ]
    assert len(posted) > 3
    assert len(answers) > 4
    for said in (*posted, *answers):
        assert all(said.get(key, "unsaid") in NO for key in NEVER), said
