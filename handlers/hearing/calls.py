"""The calls by which Slack lets us answer: with the acknowledgement, by response_url, by views.*. Which one when stands in `surfaces`."""

from collections.abc import Awaitable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from handlers.blocks.help import refused
from handlers.blocks.surfaces import EPHEMERAL
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

PRIVATELY = {"response_type": "ephemeral", "unfurl_links": False, "unfurl_media": False}


@dataclass(kw_only=True)
class Line:
    """What was heard, and all that it takes to answer. `response` is what the acknowledgement will carry."""

    heard: Heard
    client: AsyncWebClient
    services: Services
    response_url: str = ""
    response: Json = field(default_factory=dict)


async def acknowledge(line: Line, said: Json) -> None:
    """The answer to a command stands under it."""
    line.response = PRIVATELY | said


async def acknowledge_with_update(line: Line, view: Json) -> None:
    line.response = {"response_action": "update", "view": view}


async def acknowledge_with_errors(line: Line, errors: Json) -> None:
    line.response = {"response_action": "errors", "errors": errors}


async def respond(line: Line, said: Json) -> None:
    await line.services.speak(_by_response_url(line, said, replace_original=False))


async def respond_in_place(line: Line, said: Json) -> None:
    await line.services.speak(_by_response_url(line, said, replace_original=True))


async def views_open(line: Line, view: Json) -> None:
    opening = line.client.views_open(trigger_id=line.heard.trigger_id, view=view)
    await line.services.speak(_opened(line, opening))


async def views_push(line: Line, view: Json) -> None:
    pushing = line.client.views_push(trigger_id=line.heard.trigger_id, view=view)
    await line.services.speak(_opened(line, pushing))


async def views_update(line: Line, view: Json) -> None:
    """What was clicked in becomes this."""
    await _update(line, "id", view)


async def update_view_below(line: Line, view: Json) -> None:
    """What lies below the form that was sent in becomes this; the form closes."""
    await _update(line, "previous_view_id", view)


async def views_publish(line: Line, view: Json) -> None:
    """Their Home becomes this, whatever it showed: with a hash, the later of two quick clicks would be refused."""
    publishing = line.client.views_publish(user_id=line.heard.who.user_id, view=view)
    await line.services.speak(_got_through(publishing))


async def _update(line: Line, which: str, view: Json) -> None:
    updating = line.client.views_update(view_id=(line.heard.view or {})[which], view=view)
    await line.services.speak(_got_through(updating))


async def _opened(line: Line, opening: Awaitable[Any]) -> None:
    """Of a form that did not open the person hears, or they would wait for it. One that opened before is there."""
    failure = await _failure_of(opening)
    if failure is not None and word_for(failure) != OPENED_BEFORE and line.response_url:
        await _by_response_url(line, EPHEMERAL.shows(refused(_why(failure))), replace_original=False)


def _why(failure: Exception) -> str:
    """Why a form did not open, as far as anybody knows."""
    if word_for(failure) in TRIGGER_RAN_OUT:
        return _("The form did not open: it took me longer than Slack waits. Please try again.")
    if is_limited(failure):
        return _("The form did not open: Slack wants me to wait. Please try again in a minute.")
    if not has_refused(failure):
        return _("The form did not open: Slack did not answer. Please try again.")
    return _("The form did not open: Slack refuses it. Whoever runs me finds the reason in the log.")


async def _by_response_url(line: Line, said: Json, *, replace_original: bool) -> None:
    webhook = AsyncWebhookClient(line.response_url, session=line.services.session, retry_handlers=[])
    await _got_through(_delivered(webhook, PRIVATELY | said | {"replace_original": replace_original}))


async def _delivered(webhook: AsyncWebhookClient, said: Json) -> None:
    answer = await webhook.send_dict(said)
    if answer.status_code != HTTPStatus.OK:
        log.warning("a private answer was refused", status=answer.status_code)


async def _got_through(speech: Awaitable[Any]) -> bool:
    return await _failure_of(speech) is None


async def _failure_of(speech: Awaitable[Any]) -> Exception | None:
    try:
        await speech
    except FAILURES as failure:
        log.warning("an answer did not get through", error=word_for(failure))
        return failure
    return None
