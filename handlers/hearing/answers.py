"""The ways to answer what was heard: privately, where it was said, in the form, in its place."""

from collections.abc import Awaitable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from handlers.blocks.help import refused
from handlers.blocks.kit import Message, View, notice
from handlers.hearing.payloads import Heard
from handlers.services import Services
from handlers.slack.outcomes import FAILURES, word_for
from handlers.words import _

log = structlog.get_logger(__name__)

PRIVATELY = {"response_type": "ephemeral", "unfurl_links": False, "unfurl_media": False}


@dataclass(kw_only=True)
class Answers:
    """`response` is what the acknowledgement will carry."""

    heard: Heard
    client: AsyncWebClient
    services: Services
    response_url: str = ""
    response: dict[str, Any] = field(default_factory=dict)

    async def answer(self, message: Message) -> None:
        """Say it to this person alone, where they are: under the command, in the form, on the Home tab, or in the channel."""
        if self.heard.kind == "command":
            self.response = PRIVATELY | _said(message)
        elif self.heard.kind == "view":
            await self.become(notice(message))
        elif self.heard.kind == "event":
            await self._show_at_home(message)
        elif self.heard.view is not None:
            await self.open(notice(message))
        else:
            await self.services.speak(self._by_response_url(message))

    async def answer_in_place(self, message: Message) -> None:
        """Say it in the place of what the person clicked in; of what a form lies upon, when that form was sent in."""
        view = self.heard.view
        if view is None:
            await self.services.speak(self._by_response_url(message, replace_original=True))
        elif self.heard.kind == "view" and view.get("previous_view_id"):
            await self._update(view["previous_view_id"], notice(message))
        else:
            await self.become(notice(message))

    async def open(self, view: View) -> None:
        """Show a form; upon another one if the click came from there, in its place if Slack would stack no more."""
        below, trigger_id = self.heard.view, self.heard.trigger_id
        if below is None or below.get("type") != "modal":
            await self.services.speak(self._opened(self.client.views_open(trigger_id=trigger_id, view=view)))
        elif _is_highest(below):
            await self._update(below["id"], view)
        else:
            await self.services.speak(self._opened(self.client.views_push(trigger_id=trigger_id, view=view)))

    async def become(self, view: View) -> None:
        """Show this in the form that was sent in, or that was clicked in."""
        if self.heard.kind == "view":
            self.response = {"response_action": "update", "view": view}
        elif self.heard.view is not None:
            await self._update(self.heard.view["id"], view)

    def correct(self, block_id: str, text: str) -> None:
        """Leave the form open, as it was filled, and say what is wrong with one field."""
        self.response = {"response_action": "errors", "errors": {block_id: text}}

    async def _show_at_home(self, message: Message) -> None:
        home = {"type": "home", "blocks": message.blocks}
        publishing = self.client.views_publish(user_id=self.heard.who.user_id, view=home)
        await self.services.speak(_got_through(publishing))

    async def _update(self, view_id: str, view: View) -> None:
        await self.services.speak(_got_through(self.client.views_update(view_id=view_id, view=view)))

    async def _opened(self, opening: Awaitable[Any]) -> None:
        """Of a form that did not open the person hears, or they would wait for it."""
        if not await _got_through(opening) and self.response_url:
            await self._by_response_url(
                refused(_("The form did not open: Slack was too slow. Please try again."))
            )

    async def _by_response_url(self, message: Message, *, replace_original: bool = False) -> None:
        webhook = AsyncWebhookClient(self.response_url, session=self.services.session, retry_handlers=[])
        said = PRIVATELY | _said(message) | {"replace_original": replace_original}
        await _got_through(_delivered(webhook, said))


def _said(message: Message) -> dict[str, Any]:
    return {"text": message.text, "blocks": message.blocks}


def _is_highest(form: View) -> bool:
    """Whether it is the third of the three that Slack stacks (docs.slack.dev/surfaces/modals)."""
    return form.get("previous_view_id") not in (None, form.get("root_view_id"))


async def _delivered(webhook: AsyncWebhookClient, said: dict[str, Any]) -> None:
    answer = await webhook.send_dict(said)
    if answer.status_code != HTTPStatus.OK:
        log.warning("a private answer was refused", status=answer.status_code)


async def _got_through(speech: Awaitable[Any]) -> bool:
    try:
        await speech
    except FAILURES as failure:
        log.warning("an answer did not get through", error=word_for(failure))
        return False
    return True
