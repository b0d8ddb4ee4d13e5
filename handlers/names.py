"""How people are called: Slack is asked once for each, and until then its handle serves."""

from functools import partial

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.people import learn_name
from handlers.outcomes import FAILURES, error_of, word_for
from handlers.services import Services
from storage.people import unnamed

log = structlog.get_logger(__name__)

AT_A_TIME = 20
NOT_TOLD = frozenset({"user_not_found", "user_not_visible"})
"""Of these people Slack tells us no name, whenever we ask."""


async def learn_names(services: Services, client: AsyncWebClient) -> None:
    nameless = await services.database.run(lambda session: unnamed(session, AT_A_TIME))
    for person in nameless:
        try:
            name = await _name(client, person.user_id)
        except FAILURES as failure:  # whatever it is, the others would fare alike: the next tick tries again
            log.warning("names can't be learned now", error=word_for(failure))
            return
        learned = partial(learn_name, person_id=person.id, name=name, now=services.clock())
        await services.database.run(learned, person.consortium_id)


async def _name(client: AsyncWebClient, user_id: str) -> str | None:
    """The name on their profile; of people in other workspaces Slack may withhold it."""
    try:
        user = (await client.users_info(user=user_id))["user"]
    except SlackApiError as error:
        if error_of(error) in NOT_TOLD:
            return None
        raise
    profile = user.get("profile") or {}
    # Full names first: between organizations, a handle tells little.
    names = (profile.get("real_name"), user.get("real_name"), profile.get("display_name"), user.get("name"))
    return next((str(name) for name in names if name), None)
