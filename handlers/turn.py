"""A turn: one thing heard, the one verb it runs, and the ways to answer it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, TypeVar

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.errors import UserError
from bot.people import Actor, meet
from bot.policies import Policy
from bot.words import _
from handlers.blocks.help import refused
from handlers.blocks.kit import Message, View, notice
from handlers.hearing import Heard
from handlers.outcomes import FAILURES, word_for
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
    """`response` is what the acknowledgement will carry. A turn runs one verb that acts, at most: then it `has_acted`."""

    heard: Heard
    policy: Policy
    installed_team: str
    client: AsyncWebClient
    services: Services
    response_url: str = ""
    response: dict[str, Any] = field(default_factory=dict)
    is_vouched_for: bool = False
    has_acted: bool = False

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
        self.has_acted = True
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
        self.has_acted = self.has_acted or is_deed
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
                # Events do not always say whose workspace a person is of, so they introduce nobody.
                raise UserError(
                    _("We have not met yet. Type /agenda, and from then on this page shows how things stand.")
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
        said = {"text": message.text, "blocks": message.blocks}
        private = {"response_type": "ephemeral", "replace_original": replace_original}
        await _got_through(_delivered(webhook, private | said))


def _is_highest(form: View) -> bool:
    """Whether it is the third of the three that Slack stacks (docs.slack.dev/surfaces/modals)."""
    return form.get("previous_view_id") not in (None, form.get("root_view_id"))


async def _delivered(webhook: AsyncWebhookClient, said: dict[str, Any]) -> None:
    answer = await webhook.send_dict(said)
    if answer.status_code != 200:  # noqa: PLR2004 - HTTP's
        log.warning("a private answer was refused", status=answer.status_code)


async def _got_through(speech: Awaitable[Any]) -> bool:
    try:
        await speech
    except FAILURES as failure:
        log.warning("an answer did not get through", error=word_for(failure))
        return False
    return True
