"""Who people are: Slack is asked when they are first met, when it says that they changed, and once a day."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NothingChanged, UserError, Words
from bot.participation import Identity, ToAskFor, must_be_able_to_act, note_asked, people_to_ask
from bot.reading.text import storable, visible
from handlers.hearing.payloads import ODD_SHAPE
from handlers.hearing.questions import AT_A_TIME, ask_in_turn, begin_anew_if_all_were_tried
from handlers.services import Services
from handlers.slack.connection import Connection
from handlers.slack.outcomes import FAILURES, NOT_TOLD, concerns_all, error_of, word_for
from storage.consortia import Places, enter_consortium_of
from storage.lanes import Lane
from storage.people import Who
from storage.tenancy import Session

log = structlog.get_logger(__name__)

SLACKBOT = "USLACKBOT"
GUESTS = ("is_restricted", "is_ultra_restricted")
ADMINS = ("is_admin", "is_owner")


async def introduction(client: AsyncWebClient, who: Who, seconds: float) -> Identity:
    """Who it is that wants to act. Raises NothingChanged if Slack does not tell in so many seconds: then we do not let them in."""
    try:
        async with asyncio.timeout(seconds):
            identity = await _identity(client, who.user_id)
    except FAILURES as failure:
        log.warning("somebody's identity is not known", error=word_for(failure))
        identity = None
    if identity is None:
        raise NothingChanged(
            "Slack does not tell me who you are just now.", then=Words("Please try again in a minute.")
        )
    if not identity.may_be_of(who.team_id):
        raise NothingChanged("Slack tells me of somebody else under your name, so I can't let you in.")
    return identity


async def runs_workspace(client: AsyncWebClient, who: Who, team_id: str, seconds: float) -> bool:
    """Whether they are an admin or an owner of that workspace. Raises NothingChanged as an introduction does."""
    identity = await introduction(client, who, seconds)
    return identity.runs_workspace and identity.is_of(team_id)


async def ask_who_people_are(services: Services, connection: Connection) -> None:
    """The clock's part: whom we never asked for, and whom we asked for a day ago, a few at a time.

    Slack knows the people of its own workspace, and those who share a channel with it: nobody else is asked for.
    """
    team, now, in_vain = connection.team, services.clock(), services.unanswered.people

    def take_up(session: Session) -> list[ToAskFor]:
        if enter_consortium_of(session, team) is None:
            return []
        return people_to_ask(session, now, AT_A_TIME, behind=in_vain)

    people = await services.database.run(take_up, lane=Lane.CLOCK)
    begin_anew_if_all_were_tried(people[0].person_id if people else None, in_vain)
    await ask_in_turn(people, partial(_ask_for, services, connection), services.timeouts.questions)


async def _ask_for(services: Services, connection: Connection, person: ToAskFor) -> bool:
    """Whether others may be asked for, too."""
    in_vain = services.unanswered.people
    in_vain.add(person.person_id)
    try:
        identity = await _identity(connection.client, person.user_id)
    except FAILURES as failure:  # a later tick tries again
        log.warning("somebody can't be asked for now", error=word_for(failure))
        if concerns_all(failure):
            in_vain.discard(person.person_id)
        return not concerns_all(failure)
    in_vain.discard(person.person_id)

    def write_down(session: Session) -> None:
        consortium = enter_consortium_of(session, connection.team, Places.CHANGE)
        if consortium is not None:
            note_asked(session, consortium, person, identity, services.clock())

    await services.database.run(write_down, lane=Lane.CLOCK)
    return True


async def identity_of_chosen(client: AsyncWebClient, user_id: str, field: str) -> Identity:
    """Who it is that was chosen in a form. Raises UserError if Slack does not tell, and if they can't act here."""
    not_told = UserError("Slack does not tell me who this is. Are they in the shared channel?", field=field)
    identity = (await _told_or(not_told, client, [user_id]))[user_id]
    must_be_able_to_act(identity, field)
    return identity


async def identities_of_chosen(
    client: AsyncWebClient, user_ids: Sequence[str], field: str
) -> dict[str, Identity]:
    """Who they are that were chosen in a form, by user id. Raises UserError if Slack does not tell of one."""
    not_told = UserError(
        "Slack does not tell me who all of these are. Are they in the shared channel?", field=field
    )
    return await _told_or(not_told, client, user_ids)


async def _told_or(
    not_told: UserError, client: AsyncWebClient, user_ids: Sequence[str]
) -> dict[str, Identity]:
    try:
        return await _identities(client, user_ids)
    except (LookupError, *FAILURES) as failure:
        log.warning("people's workspaces are not known", error=word_for(failure))
        raise not_told from None


async def _identities(client: AsyncWebClient, user_ids: Sequence[str]) -> dict[str, Identity]:
    """Who they are, by user id. Raises LookupError if Slack does not tell of one, and what a call to Slack raises."""
    found = await asyncio.gather(*(_identity(client, user_id) for user_id in user_ids))
    told = {user_id: one for user_id, one in zip(user_ids, found, strict=True) if one is not None}
    if len(told) < len(set(user_ids)):
        raise LookupError
    return told


async def _identity(client: AsyncWebClient, user_id: str) -> Identity | None:
    """None where Slack does not tell all that matters."""
    try:
        answer = await client.users_info(user=user_id)
    except SlackApiError as error:
        if error_of(error) in NOT_TOLD:
            return None
        raise
    return _read(answer["user"])


def _read(user: Any) -> Identity | None:
    try:
        return _told(user)
    except ODD_SHAPE:
        log.warning("somebody's identity has an odd shape")
        return None


def _told(user: dict[str, Any]) -> Identity:
    """What is not so may be left out (docs.slack.dev/reference/objects/user-object); what forbids is so unless it is a plain no, and what allows only by a plain yes."""
    return Identity(
        team_id=user["team_id"],
        name=_name(user),
        is_bot=user.get("is_bot", False) is not False or user["id"] == SLACKBOT,  # whom Slack calls no bot
        is_deactivated=user.get("deleted", False) is not False,
        is_stranger=bool(user.get("is_stranger")),
        is_guest=any(user.get(fact, False) is not False for fact in GUESTS),
        runs_workspace=any(user.get(fact) is True for fact in ADMINS),
        teams=frozenset(_teams_of_the_organization(user)),
    )


def _teams_of_the_organization(user: dict[str, Any]) -> list[str]:
    """In an Enterprise organization one person may be of several workspaces."""
    teams = (user.get("enterprise_user") or {}).get("teams") or []
    return [team for team in teams if isinstance(team, str)]


def _name(user: dict[str, Any]) -> str | None:
    """The name on their profile; of people in other workspaces Slack may withhold it."""
    profile = user.get("profile") or {}
    # Full names first: between organizations, a handle tells little.
    names = (profile.get("real_name"), user.get("real_name"), profile.get("display_name"), user.get("name"))
    told = (storable(" ".join(str(name).split())) for name in names if name)
    return next((name for name in told if visible(name)), None)
