"""Everybody at once on Postgres: nobody hears that something went wrong."""
import asyncio, random
import pytest
from handlers.blocks.ids import *
from storage.database import Database
from tests.clock import FrozenClock
from tests.handlers.steps import *
from tests.story import *
pytestmark = pytest.mark.parametrize("databases", ["postgres"], indirect=True, scope="session")

@pytest.mark.parametrize("seed", [1])
async def test_storm(slack: Story, database: Database, clock: FrozenClock, seed, capsys) -> None:
    rng = random.Random(seed)
    for i in range(10):
        await slack.types("U0MEMBER", SHARED, f"/agenda add Rent {i}")
    await at_rest(database, clock)
    def cards(p):
        d = slack.direct(p).id
        return [m for m in slack.world.messages[d] if m.blocks]
    said=[]
    async def back_and_forth():
        for who in ("U0DEPUTY", "U0CURATOR"):
            await slack.leaves(who, SHARED)
        for who in ("U0DEPUTY", "U0CURATOR"):
            await slack.joins(who, SHARED)

    async def one(i):
        k = rng.random()
        try:
            if k<0.25: r = await slack.types(rng.choice(["U0MEMBER","U0SAM","U0CURATOR","U0ADMIN"]), SHARED, f"/agenda add X {i}")
            elif k<0.35: r = await slack.types(rng.choice(["U0MEMBER","U0SAM"]), SHARED, f"/agenda tip X {i}")
            elif k<0.4: r = await slack.types("U0MEMBER", SHARED, "/agenda remind me")
            elif k<0.8:
                p = rng.choice(["U0CURATOR","U0DEPUTY"]); c = rng.choice(cards(p))
                act = rng.choice([TAKE,HOLD,UNDO,TAKE])
                r = await slack.clicks(p, c, act)
            elif k<0.9:
                m = await slack.types("U0MEMBER", SHARED, "/agenda mine")
                r = await slack.clicks("U0MEMBER", m, WITHDRAW)
            else:
                b = await slack.types("U0CURATOR", SHARED, "/agenda curate")
                r = await slack.clicks("U0CURATOR", b, PUBLISH)
            if r is not None and "wrong on our side" in r.text: said.append((k, r.text[:100]))
        except (LookupError, PermissionError): pass
    for _ in range(4):
        await asyncio.gather(*[one(i) for i in range(14)], back_and_forth())
        pass
    await at_rest(database, clock)
    out = capsys.readouterr().out
    bad = [l for l in out.splitlines() if "a turn failed" in l or "eadlock detected" in l or "[error" in l]
    print("BAD", len(bad), bad[:5], said[:5])
    assert not bad and not said
