import asyncio, pytest, json
from dataclasses import replace
from handlers.blocks.ids import *
from playground.slack import *
from storage.database import Database
from sqlalchemy import text
from tests.clock import FrozenClock
from tests.handlers.steps import *
from tests.story import *
pytestmark = on_sqlite

@pytest.mark.parametrize("body", ['{"ok":true}','{"ok":true,"url":null}','{"ok":true,"url":5}','{"ok":true,"url":"http://x"}','[]','nope','{"ok":false,"error":"internal_error"}','{"ok":true,"url":"wss://127.0.0.1:1/x"}', '{"ok":true,"url":""}'])
async def test_connections_open(empty_slack: Story, database: Database, clock: FrozenClock, body) -> None:
    slack=empty_slack
    set_up(database, clock)
    for _ in range(3): slack.next_answer("apps.connections.open", Garbled(body, "application/json"))
    async with asyncio.timeout(15):
        async with bot_in(slack, clock, database.engine.url.render_as_string(hide_password=False), transport="socket", timeouts=replace(UNHURRIED, ping=0.2)) as b:
            r = await slack.types("U0MEMBER", SHARED, "/agenda add x")
            print(r.text[:30])

async def test_link_disabled(empty_slack: Story, database: Database, clock: FrozenClock) -> None:
    slack=empty_slack
    set_up(database, clock)
    async with asyncio.timeout(15):
        async with bot_in(slack, clock, database.engine.url.render_as_string(hide_password=False), transport="socket", timeouts=replace(UNHURRIED, ping=0.2)) as b:
            for reason in ["link_disabled","warning","refresh_requested","too_many_websockets","zzz"]:
                await slack.sockets.disconnect(reason)
                await slack.sockets.connection()
                r = await slack.types("U0MEMBER", SHARED, "/agenda add x")
                print(reason, r.text[:30])
            [s] = slack.sockets._open
            for f in ['{"type":"interactive","envelope_id":"q1","payload":null}','{"type":"events_api","envelope_id":null,"payload":{}}','{"type":"disconnect"}', '{"type":"slash_commands","envelope_id":"q2"}', '{"type":"disconnect","reason":5}']:
                await s.send_str(f)
            await s.send_bytes(b"\x00\xff")
            await asyncio.sleep(0.3)
            print(len(slack.sockets._open))
            await slack.sockets.connection()
            r = await slack.types("U0MEMBER", SHARED, "/agenda add x"); print(r.text[:20])

@pytest.mark.parametrize("name", ["\u200b", "x"*5000, "a\nb\nc", "<!channel>", "*bold*", "", None, "\u202eevil", "🙂"*300, "<@U0ADMIN>", "&amp;", 5])
async def test_names(empty_slack: Story, database: Database, clock: FrozenClock, name) -> None:
    slack=empty_slack
    set_up(database, clock)
    slack.world.people["U0NEW"].real_name = name
    async with bot_in(slack, clock, database.engine.url.render_as_string(hide_password=False)) as b:
        r = await slack.types("U0NEW", SHARED, "/agenda add Rent")
        await slack.clicks("U0NEW", r, JOIN)
        v=opened(slack,"U0NEW"); val=[b for b in v.blocks if b["type"]=="input"][0]["element"]["options"][0]["value"]
        print(await send(slack,"U0NEW",collaborative=val))
        await at_rest(database, clock)
        print(repr([m.text[:150] for m in slack.world.messages[slack.direct("U0CURATOR").id]]))
        r = await slack.types("U0MEMBER", SHARED, "/agenda list"); print(repr(r.text[-200:]))
        with database.transaction() as s: print(s.connection().execute(text("select state, error from post")).all())
    assert 0
