from sqlalchemy import text

from handlers.blocks.ids import *
from playground.slack import *
from storage.database import Database
from tests.clock import FrozenClock
from tests.handlers.steps import *
from tests.story import SHARED, Story

pytestmark = on_sqlite


async def test_drafts_pile(slack: Story, database: Database, clock: FrozenClock) -> None:
    for day in range(4):
        for n in range(3):
            r = await slack.types(
                "U0NEW", SHARED, "/agenda add " + "\n".join(f"- d{day} {n} {i}" for i in range(20))
            )
            print(day, n, r.text[:100].replace("\n", "|"))
        clock.passes(days=1)
    st = await standing(slack)
    print(r.text[-600:])
    got = await slack.clicks("U0NEW", r, JOIN)
    print(got and got.text)
    v = opened(slack, "U0NEW")
    print(shown(v))
    print(v.entries)
    opts = [b for b in v.blocks if b["type"] == "input"]
    val = opts[0]["element"]["options"][0]["value"]
    print(await send(slack, "U0NEW", collaborative=val))
    await at_rest(database, clock)
    with database.transaction() as s:
        from storage.tenancy import across_consortia

        with across_consortia(s):
            print(s.execute(text("select state, count(*) from item group by state")).all())
            print(s.execute(text("select kind, count(*) from post group by kind")).all())
    assert 0
