"""Settings that a Postgres may have for a database or a role: the bot starts, and a story goes well."""
import asyncio
import pytest
from sqlalchemy import create_engine, text, make_url
from storage.database import Database
from storage.upkeep.schema import bring_up_to_date
from tests.clock import FrozenClock
from tests.keys import RING
from tests.handlers.steps import *
from tests.story import *
from handlers.blocks.ids import *
pytestmark = pytest.mark.parametrize("databases", ["postgres"], indirect=True, scope="session")

@pytest.mark.parametrize("setting", [
 "client_encoding = 'LATIN1'", "client_encoding='SQL_ASCII'", "client_encoding='WIN1252'",
 "default_transaction_isolation = 'serializable'", "default_transaction_isolation = 'repeatable read'", "default_transaction_deferrable=on",
 "standard_conforming_strings = off", "DateStyle = 'German, DMY'", "IntervalStyle='sql_standard'", "TimeZone='Asia/Tokyo'", "bytea_output='escape'",
 "search_path = ''", "search_path='nowhere, public'", "transform_null_equals=on", "lock_timeout='1ms'", "idle_in_transaction_session_timeout='5ms'", "idle_session_timeout='50ms'", "quote_all_identifiers=on","row_security=off","enable_seqscan=off", "synchronous_commit=off", "extra_float_digits=-15", "backslash_quote=off", "escape_string_warning=on", "array_nulls=off", "default_tablespace=''", "check_function_bodies=off","xmloption='content'","lc_messages='C'",
])
async def test_it(empty_slack: Story, new_database, clock: FrozenClock, databases, setting) -> None:
    slack = empty_slack
    url = new_database()
    name = make_url(url).database
    e = create_engine(make_url(url), isolation_level="AUTOCOMMIT")
    with e.connect() as c: c.execute(text(f'ALTER DATABASE "{name}" SET {setting}'))
    e.dispose()
    db = Database(url, RING)
    try:
        bring_up_to_date(db.engine)
        set_up(db, clock)
        async with asyncio.timeout(20):
            async with bot_in(slack, clock, url) as b:
                rs = await asyncio.gather(*[slack.types("U0MEMBER" if i%2 else "U0SAM", SHARED, f"/agenda add “Rent” {i} → 🙂 \\' é") for i in range(12)])
                bad = [r.text[:120] for r in rs if "Added" not in r.text]
                await at_rest(db, clock)
                print("SETTING", setting, "bad:", bad[:2], len(bad))
                assert not bad
    finally:
        db.close()
