"""From what Slack sends to the one listener in the table, and back: errors become answers here."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NothingChanged, UserError
from bot.policies import Policy
from bot.reading.patterns import pattern
from handlers.blocks.help import refused
from handlers.blocks.kit import Element
from handlers.blocks.pieces import about_me_door, set_up_door, status_door
from handlers.hearing import payloads
from handlers.hearing.introductions import runs_workspace
from handlers.hearing.not_admitted import NothingSetUp, NotInChannel, NotMetYet
from handlers.hearing.payloads import ODD_SHAPE, Body, Heard, Kind
from handlers.hearing.surfaces import HOME_OPENED
from handlers.hearing.turn import Turn
from handlers.services import Services
from handlers.words import own_word, worded
from storage.troubles import DatabaseTrouble

log = structlog.get_logger(__name__)

EVERY = pattern("")


@dataclass(frozen=True)
class Listener:
    """Who may, and what then happens. No policy, no listener.

    `begins`: it is heard also while nothing is set up, so that nobody has a role, and asks then itself who may.
    `is_private`: who did it is not remembered beyond what it changed.
    `is_news`: Slack says it, of somebody who does nothing. So nobody is let in by it, and nobody is answered.
    """

    policy: Policy
    handle: Callable[[Turn], Awaitable[None]]
    begins: bool = False
    is_private: bool = False
    is_news: bool = False

    def __post_init__(self) -> None:
        if not callable(self.policy):
            raise TypeError("a listener needs a policy")


class Dispatcher:
    """Looks listeners up; `otherwise` is the id of the command that hears what no other does. Turns speak by `client`."""

    def __init__(
        self,
        listeners: Mapping[tuple[Kind, str], Listener],
        otherwise: str,
        services: Services,
        client: AsyncWebClient,
    ) -> None:
        self._listeners = listeners
        self._otherwise = otherwise
        self._services = services
        self._client = client

    def listen(self, app: AsyncApp, command: str) -> None:
        app.command(command)(self._hears(payloads.command))
        app.action(EVERY)(self._hears(payloads.action))
        app.view(EVERY)(self._hears(payloads.view))
        app.shortcut(EVERY)(self._hears(payloads.shortcut))
        app.event(EVERY)(self._hears(payloads.event))
        app.error(_not_dispatched)

    def _hears(self, read: Callable[[Body], Heard]) -> Callable[..., Awaitable[BoltResponse | None]]:
        async def hear(ack: AsyncAck, body: Body, context: AsyncBoltContext) -> BoltResponse | None:
            heard = _heard(read, body)
            try:
                await ack(**await self._response(heard, context))
            except Exception as error:  # Bolt would hand it to those who answer for payloads of odd shape
                log.exception("a listener failed", kind=heard and heard.kind)
                self._services.note_failure(error)
                return _again()
            return None

        return hear

    async def _response(self, heard: Heard | None, context: AsyncBoltContext) -> dict[str, Any]:
        """What the acknowledgement carries, when the listener has heard it."""
        listener = self._listener(heard) if heard else None
        if heard is None or listener is None:
            log.info("nobody listens", kind=heard and heard.kind)
            return {}
        turn = Turn(
            heard=heard,
            policy=listener.policy,
            is_private=listener.is_private,
            installed_team=_installed_team(context),
            client=self._client,
            services=self._services,
            response_url=heard.response_url,
        )
        if (
            heard.kind == "event"
        ):  # Slack tells again what is not acknowledged, so it waits until it was heard
            await (_tell if listener.is_news else _take)(turn, listener)
            return turn.response
        return await _acknowledgement(turn, listener, self._redraw_home)

    async def _redraw_home(self, turn: Turn) -> None:
        """What somebody did may show on their Home, which Slack tells us of only when they open it."""
        drawn = turn.services.homes.as_drawn(turn.heard.who.user_id)
        if drawn is None or not turn.has_acted:
            return
        listener = self._listeners["event", HOME_OPENED]
        opened = replace(turn.heard, kind="event", id=HOME_OPENED, value="home", answers={}, view=drawn)
        await _take(replace(turn, heard=opened, policy=listener.policy, response={}), listener)

    def _listener(self, heard: Heard) -> Listener | None:
        found = self._listeners.get((heard.kind, heard.id))
        if found is None and heard.kind == "command":
            return self._listeners[heard.kind, self._otherwise]
        return found


def _heard(read: Callable[[Body], Heard], body: Body) -> Heard | None:
    """What was heard; nothing where Slack, or somebody with its secret, sent a shape that is not documented."""
    try:
        return read(body)
    except ODD_SHAPE as error:  # its text may hold a person's words
        log.warning("request refused", reason="odd shape", error=type(error).__name__)
        return None


def _again() -> BoltResponse:
    """Slack tells an event again that was answered so, and in Socket Mode one that was not acknowledged."""
    return BoltResponse(status=503)


async def _not_dispatched(error: Exception) -> BoltResponse:
    """What came to no listener: no error of a listener comes here. Slack is told that it arrived; only where we failed ourselves it may try again."""
    if isinstance(error, BoltUnhandledRequestError):
        log.info("nobody listens")
        return BoltResponse(status=200)
    if isinstance(error, ODD_SHAPE):
        log.warning("request refused", reason="odd shape")
        return BoltResponse(status=200)
    log.error("request failed", exc_info=error)
    return _again()


async def _acknowledgement(
    turn: Turn, listener: Listener, and_then: Callable[[Turn], Coroutine[Any, Any, None]]
) -> dict[str, Any]:
    """What the turn answers with it; if the turn takes longer than Slack waits, it goes on and answers in other ways."""
    taking = turn.services.begin(_take_up(turn, listener, and_then))
    await asyncio.wait({taking}, timeout=turn.services.timeouts.acknowledge)
    if taking.done():
        taking.result()
        return turn.response
    return turn.acknowledged_early()


async def _take_up(
    turn: Turn, listener: Listener, and_then: Callable[[Turn], Coroutine[Any, Any, None]]
) -> None:
    await _take(turn, listener)
    await turn.ends()
    turn.services.begin(and_then(turn))


async def _tell(turn: Turn, listener: Listener) -> None:
    """Let the listener hear news. It may refuse them: nobody is there to be told, and told again they would be refused again."""
    try:
        await listener.handle(turn)
    except UserError:
        log.info("news were refused", kind=turn.heard.kind, job=listener.handle.__name__)


async def _take(turn: Turn, listener: Listener) -> None:
    own_word.set(turn.own_word)  # or that of the turn before would stay
    try:
        await _hear(turn, listener)
    except UserError as error:
        await _refuse(turn, error)
    except Exception as error:
        log.exception("a turn failed", kind=turn.heard.kind, job=listener.handle.__name__)
        turn.services.note_failure(error)
        await _refuse(turn, _apology(turn, error))
    else:
        await _write_down_who_was_met(turn)


async def _hear(turn: Turn, listener: Listener) -> None:
    """Who may not is told that, and nothing else of what was wrong."""
    turn.is_judged = listener.begins and not await turn.is_set_up()
    try:
        await listener.handle(turn)
    except UserError:
        await turn.admit()
        raise
    await turn.admit()  # also where nothing was asked and nothing said


async def _write_down_who_was_met(turn: Turn) -> None:
    """They have their answer by now. Where this fails, they are met again the next time."""
    try:
        await turn.write_down_who_was_met()
    except Exception as error:
        log.exception("nobody wrote down who was met", kind=turn.heard.kind)
        turn.services.note_failure(error)


def _apology(turn: Turn, error: Exception) -> UserError:
    if isinstance(error, DatabaseTrouble) and not turn.has_acted:  # one that broke off may still have kept it
        return UserError(
            "I can't get at my notes at the moment. Please try again in a while. If “Where things stand” shows it by then, it counted."
        )
    if turn.has_acted:
        return UserError(
            "This is saved, but something went wrong on our side in showing it. “Where things stand” shows what is saved."
        )
    return UserError("Something went wrong on our side, and nothing was changed. Please try again.")


async def _refuse(turn: Turn, error: UserError) -> None:
    """Say what was wrong where it was typed: at the field of a form, with the words of a command, or where they are."""
    heard, said = turn.heard, worded(error)
    turn.is_judged = True  # who is refused needs no leave for it
    if heard.kind == "view" and heard.answers:
        await turn.correct(_field(heard, error), said)
    else:
        typed = heard.value if heard.kind == "command" else ""
        await turn.answer(refused(said, typed, await _door(turn, error)))


async def _door(turn: Turn, error: UserError) -> Element | None:
    """Where they can do something about it by a button."""
    match error:
        case NotMetYet():
            return status_door()
        case NotInChannel(is_known=True):
            return about_me_door()
        case NothingSetUp() if await _may_begin(turn):
            return set_up_door()
    return None


async def _may_begin(turn: Turn) -> bool:
    seconds = turn.services.timeouts.answer
    try:
        return await runs_workspace(turn.client, turn.heard.who, turn.installed_team, seconds)
    except NothingChanged:  # Slack does not tell: they read how to begin all the same
        return False


def _field(heard: Heard, error: UserError) -> str:
    """The field the error is about; else the form's first, as Slack shows errors nowhere but at fields."""
    return error.field if error.field in heard.answers else next(iter(heard.answers), "")


def _installed_team(context: AsyncBoltContext) -> str:
    """The workspace that the token is of, as Slack itself said: payloads of other workspaces' people name theirs."""
    authorized: Any = context.authorize_result
    return (authorized and authorized.team_id) or context.team_id or ""
