import pytest, json
from handlers.blocks.ids import *
from playground.slack import *
from storage.database import Database
from sqlalchemy import text
from tests.clock import FrozenClock
from tests.handlers.steps import *
from tests.story import SHARED, Story
pytestmark = on_sqlite
T = ["ADD Rent","add: Rent","add:Rent","“add” Rent","add-Rent","add\u00a0Rent","add\nRent","add\n- Rent\n- Food","Add, Rent","add Rent for 15 min","add Rent for Alan","add Rent on behalf of Alan","add Rent (for Alan) (10 min)","Rent (15 min)","add 'Rent'","add add Rent","please add Rent","add it","add help","add ?","add form","add list","help add","?","--help","hilfe","lst","agenda","/agenda","/agenda add Rent","items","status","who hosts","when","next","next meeting","remind","remind me","remind me tomorrow","remind Alan","remind off","remind me in 2 weeks","forget","unremind me","mine 2","list 2","list Rent","list all","edit Rent","delete Rent","withdraw Rent","curate","digest now","digest","tip","tip x","tip referrals","tip 9:30: bring coffee","tip https://x.org: good","tip Note: bring coffee","tip referrals : ask","tip referrals:ask","tip re: ask","tip : ask","tip Intake: a: b","tips","tips ","tips referrals: intake","tip\nreferrals: ask","setup x","SETUP","add <@U0MEMBER|priya> talk","add see <https://x.org|x.org>","add <!channel> hi","add &lt;b&gt;","add "+"x"*3900,"add "+"🙂"*300, "add \u202eevil\u202c","add \u0000","ädd Rent","ad Rent","tipp foo: bar","tps foo","searh foo","search foo", "find foo"]
async def test_typed(slack: Story, database: Database, clock: FrozenClock) -> None:
    for t in T:
        try:
            r = await slack.types("U0MEMBER", SHARED, f"/agenda {t}")
            f = slack.form("U0MEMBER")
            print(repr(t[:50]).ljust(40), repr((r.text if r else "NONE")[:230]), "FORM" if f else "")
            if f: await slack.closes("U0MEMBER")
        except Exception as e:
            print(repr(t[:50]), "EXC", repr(e)[:200])
    assert 0
