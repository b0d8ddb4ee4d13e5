import pytest, json
from handlers.blocks.ids import *
from playground.slack import *
from storage.database import Database
from sqlalchemy import text
from tests.clock import FrozenClock
from tests.handlers.steps import *
from tests.story import *
pytestmark = on_sqlite

async def test_cards_in_shared(empty_slack: Story, database: Database, clock: FrozenClock) -> None:
    slack=empty_slack
    set_up(database, clock, PLAN.replace('office = "1 Main St, San Francisco"','office = "1 Main St, San Francisco"\nchannel = "C0SHARED"'))
    async with bot_in(slack, clock, database.engine.url.render_as_string(hide_password=False)) as b:
        r = await slack.types("U0MEMBER", SHARED, "/agenda add Secret thing")
        await at_rest(database, clock)
        card = await slack.in_channel("Secret thing")
        await slack.clicks("U0CURATOR", card, LEAVE_OUT)
        print(await send(slack, "U0CURATOR", reason="too full", note="NOTE because Priya always talks too long"))
        await at_rest(database, clock)
        print([m.text for m in slack.world.messages[SHARED] if m.only_for is None])
    assert 0

async def test_guest_and_foreign_admin(slack: Story, database: Database, clock: FrozenClock) -> None:
    # an admin of ANOTHER workspace in the shared channel, our only admin deactivated
    slack.add_person("U0FADMIN", "T0OTHER", "Foreign Admin", is_admin=True)
    slack.world.channels[SHARED].members.append("U0FADMIN")
    await slack.deactivates("U0ADMIN")
    st = await standing(slack)
    try:
        print("F:", (await slack.clicks("U0FADMIN", st, SETTINGS)).text)
    except Exception as e: print(repr(e)[:200])
    assert 0

async def test_bring_again_and_tips_counted(slack: Story, database: Database, clock: FrozenClock) -> None:
    for n in range(3):
        await slack.types("U0MEMBER", SHARED, "/agenda add " + "\n".join(f"- d{n} {i}" for i in range(20)))
    r = await slack.types("U0MEMBER", SHARED, "/agenda tip hello there")
    print(r.text)
    # edit one item into a wholly other: allowed
    m = await slack.types("U0MEMBER", SHARED, "/agenda mine")
    print(m.text[-300:])
    # withdraw then ...
    assert 0

async def test_dst(slack: Story, database: Database, clock: FrozenClock) -> None:
    r = await slack.types("U0CURATOR", SHARED, "/agenda curate")
    for day, starts, minutes in [("2027-03-14","02:30","120"),("2027-11-07","01:30","120"),("2999-12-31","23:59","720"),("2026-11-23","03:00","15"),("2026-11-23","04:30","15"),("0001-01-01","00:00","15"),("2027-02-29","10:00","60"),("2027-01-21","24:00","60"),("2027-01-21","10:00:00","60"),("2027-01-21","10:00","１５"),("2027-01-21","10:00","1_5"),("2027-01-21","10:00"," 60 "),("2027-01-21","10:00","1e2"),("2027-01-21","10:00","-60"),("2027-01-21","10:00","9"*5000)]:
        await slack.clicks("U0CURATOR", r, CHANGE)
        v = slack.form("U0CURATOR")
        if v is None: print("no form"); break
        e=v.entries
        e["day"]["day"]["selected_date"]=day; e["starts"]["starts"]["selected_time"]=starts; e["minutes"]["minutes"]["value"]=minutes
        try:
            print(day, starts, minutes[:9], await slack.submits("U0CURATOR"))
        except Exception as ex: print("EXC", repr(ex)[:300])
        await slack.closes("U0CURATOR", everything=True)
        await at_rest(database, clock)
        with database.transaction() as s: print("    ", s.connection().execute(text("select day, starts, minutes from meeting")).all())
    assert 0
