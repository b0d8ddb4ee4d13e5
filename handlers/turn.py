"""A turn: one thing heard, the one verb it runs, and the ways to answer it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, TypeVar

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient
from slack_sdk.webhook.webhook_response import WebhookResponse

from bot.errors import UserError
from bot.people import Actor, meet
from bot.policies import Policy
from bot.words import _
from handlers.blocks.kit import Message, View, notice
from handlers.hearing import Heard
from handlers.services import Services
from storage import Session
from storage.consortia import consortium_of
from storage.inbox import hear
from storage.people import person_at

log = structlog.get_logger(__name__)

Answer = TypeVar("Answer")
Values = ParamSpec("Values")
Verb = Callable[Concatenate[Session, Actor, Values], Answer]


class Stranger(Exception):  # noqa: N818 - no fault of anybody's, and never shown
    """Somebody we have not met, who did not speak from the shared channel."""

    def __init__(self, channel_id: str) -> None:
        self.channel_id = channel_id


@dataclass
class Turn:
    """`response` is what the acknowledgement will carry. A turn runs one verb that acts, at most."""

    heard: Heard
    policy: Policy
    installed_team: str
    client: AsyncWebClient
    services: Services
    response_url: str = ""
    response: dict[str, Any] = field(default_factory=dict)
    is_vouched_for: bool = False

    def __post_init__(self) -> None:
        self.now = self.services.clock()

    async def begin(
        self,
        verb: Callable[Concatenate[Session, Values], Answer],
        *args: Values.args,
        **kwargs: Values.kwargs,
    ) -> Answer:
        """Let the verb act where nothing is set up yet, and so nobody has a role. Who may is for the caller to make sure."""

        def unit(session: Session) -> Answer:
            if consortium_of(session, self.installed_team) is not None:
                raise UserError(_("This is set up already. Nothing was changed."))
            return verb(session, *args, **kwargs)

        answer = await self.services.database.run(unit)
        self.services.outbox_changed.set()
        return answer

    async def is_set_up(self) -> bool:
        team = self.installed_team
        return await self.services.database.run(lambda session: consortium_of(session, team) is not None)

    async def do(self, verb: Verb[Values, Answer], *args: Values.args, **kwargs: Values.kwargs) -> Answer:
        """Let the verb act, once however often Slack delivers this: permission, memory and deed in one transaction."""
        return await self._run(verb, *args, is_deed=True, **kwargs)

    async def look(self, verb: Verb[Values, Answer], *args: Values.args, **kwargs: Values.kwargs) -> Answer:
        """Let the verb only look, as often as Slack asks."""
        return await self._run(verb, *args, is_deed=False, **kwargs)

    async def _run(self, verb: Callable[..., Answer], *args: Any, is_deed: bool, **kwargs: Any) -> Answer:
        def unit(session: Session) -> Answer:
            actor = self._actor(session)
            self.policy(session, actor, self.heard.subject)
            if is_deed and not hear(session, self.heard.key, self.now):
                raise UserError(_("This reached us already, and counts once. Nothing more was changed."))
            return verb(session, actor, *args, **kwargs)

        try:
            answer = await self.services.database.run(unit)
        except Stranger as stranger:
            if not await self._reads(stranger.channel_id):
                raise UserError(
                    _("This is for people who are in the shared channel. Ask an admin to add you.")
                ) from None
            self.is_vouched_for = True
            answer = await self.services.database.run(unit)
        self.services.outbox_changed.set()
        return answer

    def _actor(self, session: Session) -> Actor:
        consortium = consortium_of(session, self.installed_team)
        if consortium is None:
            raise UserError(
                _("Nothing is set up here yet. An admin of this workspace begins with /agenda setup.")
            )
        is_known = self.is_vouched_for or self.heard.channel_id == consortium.channel_id
        if not is_known and person_at(session, consortium, self.heard.who) is None:
            if self.heard.kind == "event":
                raise UserError(
                    _("Events do not always say whose workspace a person is of, so they introduce nobody.")
                )
            raise Stranger(consortium.channel_id)
        return meet(session, consortium, self.heard.who, self.heard.called)

    async def _reads(self, channel_id: str) -> bool:
        """Whether the person is in the channel: anyone who can read it may take part."""
        cursor = ""
        while True:
            page = await self.client.conversations_members(channel=channel_id, limit=200, cursor=cursor)
            if self.heard.who.user_id in page["members"]:
                return True
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return False

    @property
    def subject(self) -> int:
        """The id of what this is about."""
        if self.heard.subject is None:
            raise UserError(_("What this was about is no longer here. Nothing was changed."))
        return self.heard.subject

    async def answer(self, message: Message) -> None:
        """Say it to this person alone, where they are: under the command, in the form, or in the channel."""
        if self.heard.kind == "command":
            self.response = {"response_type": "ephemeral", "text": message.text, "blocks": message.blocks}
        elif self.heard.kind == "view":
            await self.become(notice(message))
        elif self.heard.view is not None:
            await self.open(notice(message))
        else:
            await self._by_response_url(message, replace_original=False)

    async def answer_in_place(self, message: Message) -> None:
        """Say it in the place of the message, or the form, that the person clicked in."""
        if self.heard.view is not None:
            await self.become(notice(message))
        else:
            await self._by_response_url(message, replace_original=True)

    async def open(self, view: View) -> None:
        """Show a form; upon another one if the click came from there."""
        is_inside_a_form = self.heard.view is not None and self.heard.view.get("type") == "modal"
        show = self.client.views_push if is_inside_a_form else self.client.views_open
        await self._in_time(show(trigger_id=self.heard.trigger_id, view=view))

    async def become(self, view: View) -> None:
        """Show this in the form that was sent in, or that was clicked in."""
        if self.heard.kind == "view":
            self.response = {"response_action": "update", "view": view}
        elif self.heard.view is not None:
            await self._in_time(self.client.views_update(view_id=self.heard.view["id"], view=view))

    def correct(self, block_id: str, text: str) -> None:
        """Leave the form open, as it was filled, and say what is wrong with one field."""
        self.response = {"response_action": "errors", "errors": {block_id: text}}

    async def _by_response_url(self, message: Message, *, replace_original: bool) -> None:
        webhook = AsyncWebhookClient(self.response_url, session=self.services.session, retry_handlers=[])
        said = {"text": message.text, "blocks": message.blocks}
        await self._in_time(
            self._delivered(
                webhook.send_dict(
                    {"response_type": "ephemeral", "replace_original": replace_original, **said}
                )
            )
        )

    async def _delivered(self, sending: Awaitable[WebhookResponse]) -> None:
        answer = await sending
        if answer.status_code != 200:  # noqa: PLR2004 - HTTP's
            log.warning("a private answer was refused", status=answer.status_code)

    async def _in_time(self, speech: Awaitable[Any]) -> None:
        await self.services.speak(self._logged(speech))

    async def _logged(self, speech: Awaitable[Any]) -> None:
        try:
            await speech
        except SlackApiError as error:
            log.warning("Slack refused an answer", error=error.response.get("error"))
        except (ClientError, OSError, TimeoutError) as error:
            log.warning("an answer did not get through", error=type(error).__name__)
