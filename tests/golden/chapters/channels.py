"""What happens to channels: what admins hear of it, and what stands where."""

from storage.consortia import Collaborative
from tests.golden.teller import Teller
from tests.story import SHARED

ADMIN, ELSEWHERE, FRESH, HOSTS = "U0ADMIN", "C0OTHER", "C0FRESH", "C0HOSTS"


async def tell(teller: Teller) -> None:
    slack = teller.slack
    bot = slack.app.user_id
    slack.world.channels[ELSEWHERE].members += [ADMIN, "U0SAM"]
    slack.add_channel(FRESH, "agenda-anew", ["T0SISTER"], [ADMIN, "U0MEMBER"])
    await _closed_and_open_again(teller)
    slack.world.channels[FRESH].is_private = True
    await _replaced(teller)
    slack.world.channels[FRESH].members.append(bot)
    await teller.minutes_pass(11)
    await _shared_and_unshared(teller)


async def _closed_and_open_again(teller: Teller) -> None:
    slack = teller.slack
    await teller.happens("the shared channel is archived", lambda: slack.archives(SHARED))
    await teller.minutes_pass(1)
    await teller.types(ADMIN, "setup", ELSEWHERE)
    await teller.happens("it is brought back", lambda: slack.unarchives(SHARED))
    await teller.minutes_pass(1)
    await teller.happens("the bot is taken out of it", lambda: slack.removes_app(SHARED))
    await teller.minutes_pass(1)
    slack.world.channels[SHARED].members.append(slack.app.user_id)
    await teller.minutes_pass(11)
    with teller.database.transaction(1) as session:
        session.query(Collaborative).order_by(Collaborative.position).first().curators_channel_id = HOSTS
    slack.add_channel(HOSTS, "hosts", ["T0SISTER"], ["U0CURATOR", slack.app.user_id])
    for what, happens in (("archived", slack.archives), ("deleted", slack.deletes)):
        await teller.happens(f"the channel of the curators is {what}", lambda: happens(HOSTS))  # noqa: B023
        await teller.minutes_pass(1)


async def _replaced(teller: Teller) -> None:
    settings = await teller.types(ADMIN, "setup")
    await teller.clicks(ADMIN, settings, "setup.consortium")
    await teller.sends(ADMIN, channel=FRESH)
    await teller.minutes_pass(1)
    await teller.types("U0SAM", "list", ELSEWHERE)
    await teller.types(ADMIN, "setup", ELSEWHERE)


async def _shared_and_unshared(teller: Teller) -> None:
    """The new one is private: Slack calls it a group until it is shared, and its id changes then."""
    slack = teller.slack
    place = slack.world.channels[FRESH]
    await teller.happens("the new one is archived", lambda: slack.archives(place))
    await teller.happens("it is brought back", lambda: slack.unarchives(place))
    await teller.happens("it is shared with another workspace", lambda: slack.shares(place, "T0OTHER"))
    await teller.types("U0MEMBER", "list", place.id)
    await teller.happens("it is shared no longer", lambda: slack.unshares(place, "T0OTHER"))
    await teller.happens("the bot is taken out of it", lambda: slack.removes_app(place))
    await teller.happens("it is deleted", lambda: slack.deletes(place))
