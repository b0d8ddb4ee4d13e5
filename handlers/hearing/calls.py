"""The calls by which Slack lets us answer: with the acknowledgement, by response_url, by views.*. Which one when stands in `surfaces`."""

from collections.abc import Awaitable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from handlers.blocks.given_back import given_back
from handlers.blocks.help import it_is_done, one_moment, refused, refused_form
from handlers.blocks.kit import Message
from handlers.blocks.surfaces import EPHEMERAL, MESSAGE, MODAL
from handlers.hearing.payloads import Heard
from handlers.services import Services
from handlers.slack.outcomes import (
    FAILURES,
    OPENED_BEFORE,
    TRIGGER_RAN_OUT,
    has_refused,
    is_limited,
    word_for,
)
from handlers.words import _

log = structlog.get_logger(__name__)

Json = dict[str, Any]


class RefusedAnswer(Exception):
    """Slack did not take what was said to a response URL."""


PRIVATELY = {"response_type": "ephemeral", "unfurl_links": False, "unfurl_media": False}


@dataclass(kw_only=True)
class Line:
    """What was heard, and all that it takes to answer. `response` is what the acknowledgement will carry.

    `is_late`: it was acknowledged before there was an answer. `is_waiting`: a form says meanwhile that it is looked after.
    """

    heard: Heard
    client: AsyncWebClient
    services: Services
    response_url: str = ""
    response: Json = field(default_factory=dict)
    is_late: bool = False
    is_waiting: bool = False

    def acknowledged_early(self) -> Json:
        """Give what the acknowledgement carries while the answer is still to come: a form stays open for it."""
        self.is_late = True
        if self.heard.kind == "view" and not self.response:
            self.is_waiting = True
            self.response = {"response_action": "update", "view": MODAL.shows(one_moment())}
        return self.response

    async def ends(self) -> None:
        """Nothing more is to be said. A form that waits to hear something hears that it is done."""
        if self.is_waiting:
            await acknowledge_with_update(self, MODAL.shows(it_is_done()))


async def acknowledge(line: Line, said: Json) -> None:
    """The answer to a command stands under it."""
    if line.is_late:
        await respond(line, said)
    else:
        line.response = PRIVATELY | said


async def acknowledge_with_update(line: Line, view: Json) -> None:
    if line.is_late:
        line.is_waiting = False
        await _update(line, "id", view)
    else:
        line.response = {"response_action": "update", "view": view}


async def acknowledge_with_errors(line: Line, errors: Json) -> None:
    if line.is_late:
        said = refused_form(" ".join(errors.values()), given_back(line.heard.view or {}))
        await acknowledge_with_update(line, MODAL.shows(said))
    else:
        line.response = {"response_action": "errors", "errors": errors}


async def respond(line: Line, said: Json) -> None:
    await line.services.speak(_by_response_url(line, said, replace_original=False))


async def respond_in_place(line: Line, said: Json) -> None:
    await line.services.speak(_by_response_url(line, said, replace_original=True))


async def views_open(line: Line, view: Json) -> None:
    opening = line.client.views_open(trigger_id=line.heard.trigger_id, view=view)
    await line.services.speak(_shown(line, opening, view))


async def views_push(line: Line, view: Json) -> None:
    pushing = line.client.views_push(trigger_id=line.heard.trigger_id, view=view)
    await line.services.speak(_shown(line, pushing, view))


async def views_update(line: Line, view: Json) -> None:
    """What was clicked in becomes this."""
    await _update(line, "id", view)


async def update_view_below(line: Line, view: Json) -> None:
    """What lies below the form that was sent in becomes this; the form closes, or says it too if it could not wait."""
    await _update(line, "previous_view_id", view)
    if line.is_waiting:
        await acknowledge_with_update(line, view)


async def views_publish(line: Line, view: Json) -> None:
    """Their Home becomes this, if it shows anything else. If it has become another since it was opened, the newer one stays.

    A click counts by when it is heard: with a hash, the later of two quick ones would be refused.
    """
    heard, mark = line.heard, view["private_metadata"]
    shown = heard.view or {}
    line.services.homes.note(heard.who.user_id, mark)
    if shown.get("private_metadata") != mark:
        unless_newer = {"hash": shown["hash"]} if heard.kind == "event" and shown.get("hash") else {}
        publishing = line.client.views_publish(user_id=heard.who.user_id, view=view, **unless_newer)
        await line.services.speak(_got_through(publishing))


async def _update(line: Line, which: str, view: Json) -> None:
    updating = line.client.views_update(view_id=(line.heard.view or {})[which], view=view)
    await line.services.speak(_shown(line, updating, view))


async def _shown(line: Line, showing: Awaitable[Any], view: Json) -> None:
    """What a form was to say, the person hears where the form did not come; of one to be filled in, why it did not open.

    One that opened before is there.
    """
    failure = await _failure_of(showing)
    if failure is None or _word_for(failure) == OPENED_BEFORE:
        return
    if any(block["type"] == "input" for block in view["blocks"]):
        said = refused(_why(failure))
    else:
        said = Message(view["blocks"])
    if line.response_url:
        await _by_response_url(line, EPHEMERAL.shows(said), replace_original=False)
    else:
        await _directly(line, MESSAGE.shows(said))


def _why(failure: Exception) -> str:
    """Why a form did not open, as far as anybody knows."""
    if _word_for(failure) in TRIGGER_RAN_OUT:
        return _("The form did not open: it took me longer than Slack waits. Please try again.")
    if is_limited(failure):
        return _("The form did not open: Slack wants me to wait. Please try again in a minute.")
    if not has_refused(failure):
        return _("The form did not open: Slack did not answer. Please try again.")
    return _("The form did not open: Slack refuses it. Whoever runs me finds the reason in the log.")


async def _by_response_url(line: Line, said: Json, *, replace_original: bool) -> None:
    """It is good for five answers in half an hour (docs.slack.dev/interactivity/handling-user-interaction)."""
    webhook = AsyncWebhookClient(line.response_url, session=line.services.session, retry_handlers=[])
    given = PRIVATELY | said | {"replace_original": replace_original}
    if not await _got_through(_delivered(webhook, given)):
        await _directly(line, said)


async def _delivered(webhook: AsyncWebhookClient, said: Json) -> None:
    """Raises RefusedAnswer where the address is good for nothing any more."""
    answer = await webhook.send_dict(said)
    if answer.status_code != HTTPStatus.OK:
        raise RefusedAnswer(f"HTTP {answer.status_code}")


async def _directly(line: Line, said: Json) -> None:
    """As a direct message: the one way that is open whenever and wherever something was heard."""
    await _got_through(_posted_to(line.client, line.heard.who.user_id, said))


async def _posted_to(client: AsyncWebClient, user_id: str, said: Json) -> None:
    opened = await client.conversations_open(users=user_id)
    channel = opened["channel"]["id"]
    await client.chat_postMessage(channel=channel, **said, unfurl_links=False, unfurl_media=False)


async def _got_through(speech: Awaitable[Any]) -> bool:
    return await _failure_of(speech) is None


async def _failure_of(speech: Awaitable[Any]) -> Exception | None:
    try:
        await speech
    except (*FAILURES, RefusedAnswer) as failure:
        log.warning("an answer did not get through", error=_word_for(failure))
        return failure
    return None


def _word_for(failure: Exception) -> str:
    return str(failure) if isinstance(failure, RefusedAnswer) else word_for(failure)
