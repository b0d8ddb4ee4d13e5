"""Curators and admins who left the shared channel."""

from handlers.blocks.ids import TAKE
from storage.database import Database
from tests.clock import FrozenClock
from tests.handlers.steps import at_rest, on_sqlite
from tests.story import SHARED, Story

pytestmark = on_sqlite


async def test_the_only_curator_left(slack: Story, database: Database, clock: FrozenClock) -> None:
    for one in ("U0CURATOR", "U0DEPUTY"):
        await slack.leaves(one, SHARED)
    r = await slack.types("U0MEMBER", SHARED, "/agenda add Secret thing")
    await at_rest(database, clock)
    for one in ("U0CURATOR", "U0ADMIN"):
        try:
            print(one, [m.text for m in slack.world.messages[slack.direct(one).id]])
        except Exception as e:
            print(one, "none", repr(e))
    a = await slack.types("U0ADMIN", SHARED, "/agenda curate")
    print("ADMIN CURATE:", a.text)
    card = await slack.in_direct("U0CURATOR", "Secret thing")
    print(card.text)
    got = await slack.clicks("U0CURATOR", card, TAKE)
    print("CURATOR:", got and got.text)
    print("SETUP:", (await slack.types("U0ADMIN", SHARED, "/agenda setup")).text)
    assert 0


async def test_the_only_admin_left(slack: Story, database: Database, clock: FrozenClock) -> None:
    slack.add_person("U0OWNER", "T0SISTER", "Own Er", is_admin=True)
    slack.world.channels[SHARED].members.append("U0OWNER")
    await slack.leaves("U0ADMIN", SHARED)
    print("OWNER:", (await slack.types("U0OWNER", SHARED, "/agenda setup")).text)
    r = await slack.types("U0ADMIN", "C0OTHER", "/agenda setup")
    print("ADMIN:", r and r.text)
    assert 0
