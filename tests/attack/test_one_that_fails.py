"""One person, or one channel, of which Slack never tells: the others are asked about all the same."""
from datetime import timedelta

from playground.slack import Refused, ServerError
from sqlalchemy import select, text
from storage.database import Database
from storage.people import Person
from storage.tenancy import across_consortia
from tests.clock import FrozenClock
from tests.handlers.steps import on_sqlite
from tests.story import SHARED, PLAN, Story, bot_in, set_up

pytestmark = on_sqlite


def about(word, fault):
    async def falls(answering, request):
        said = request.query_string + await request.text()
        return await fault(answering, request) if word in said else answering()

    return falls


async def test_one_person_that_slack_never_tells_of_holds_up_no_other(empty_slack: Story, database: Database, clock: FrozenClock) -> None:
    set_up(database, clock)
    slack = empty_slack
    slack.weather_becomes(lambda m: about("U0ADMIN", Refused("fatal_error")) if m == "users.info" else None)
    async with bot_in(slack, clock, database.engine.url.render_as_string(hide_password=False)) as b:
        slack.world.people["U0MEMBER"].deleted = True  # while nobody heard it
        for _ in range(5):
            clock.passes(days=1)
            await b.tick()
            await b.comes_to_rest()
        print([c.arguments["user"] for c in slack.calls if c.method == "users.info"])
    with database.transaction() as s, across_consortia(s):
        assert s.query(Person).filter_by(user_id="U0MEMBER").one().deactivated_at is not None


async def test_one_channel_that_slack_never_tells_of_holds_up_no_other(empty_slack: Story, database: Database, clock: FrozenClock) -> None:
    slack = empty_slack
    slack.add_channel("C0ABOARD", "board", ["T0SISTER"], ["U0CURATOR"])
    set_up(database, clock, PLAN.replace('office = "1 Main St, San Francisco"','office = "1 Main St, San Francisco"\nchannel = "C0ABOARD"'))
    slack.weather_becomes(lambda m: about("C0ABOARD", ServerError(500)) if m == "conversations.info" else None)
    async with bot_in(slack, clock, database.engine.url.render_as_string(hide_password=False)) as b:
        slack.world.channels[SHARED].members.remove("U0MEMBER")  # while nobody heard it
        for _ in range(5):
            clock.passes(days=1)
            await b.tick()
            await b.comes_to_rest()
        print([c.arguments for c in slack.calls if c.method in ("conversations.info", "conversations.members")])
    with database.transaction() as s, across_consortia(s):
        assert s.query(Person).filter_by(user_id="U0MEMBER").one().left_at is not None
