import pytest, json
from handlers.blocks.ids import *
from playground.slack import *
from storage.database import Database
from sqlalchemy import text
from tests.clock import FrozenClock
from tests.handlers.steps import *
from tests.story import SHARED, Story
pytestmark = on_sqlite

async def test_vt(slack: Story, database: Database, clock: FrozenClock) -> None:
    for sep in ["\x0b", "\x85", "\x0c", "\x1c"]:
        r = await slack.types("U0MEMBER", SHARED, f"/agenda add - Rent{sep}- Food")
        print(repr(sep), repr(r.text[:90]))
        await slack.clicks("U0MEMBER", r, EDIT)
        print("   title", repr(filled(opened(slack,"U0MEMBER"),"title")), await send(slack, "U0MEMBER", minutes="10"))
        await slack.closes("U0MEMBER")
    assert 0

TIPS = ["Äpfel und Birnen", "Cafe\u0301 visit", "Straße", "İstanbul", "naïve", "100% sure", "a_b", "C:\\x", "don’t", "e-mail", "日本語テスト", "ﬁnance", "ΣΊΣΥΦΟΣ", "C++ rules", "#food", "@maria", "$5", "R&D", "<b>x</b>", "“quoted” words", "wi-fi", "U.S. aid", "https://x.org/a?b=c", ":tada: party", "co­operate"]
Q = ["äpfel","apfel","ÄPFEL","café","cafe","strasse","STRASSE","istanbul","İSTANBUL","naive","100%","%","_","a_b","c:\\x","don't","dont","email","e-mail","日本","finance","σίσυφος","c++","C++ ","#food","food","@maria","$5","r&d","R & D","<b>","quoted words",'"quoted words"',"wifi","wi-fi","u.s.","US","https://x.org/a?b=c","x.org",":tada:","tada","🎉","cooperate", "-", "—", "*", "..", "a OR b"]
async def test_search(slack: Story, database: Database, clock: FrozenClock) -> None:
    for t in TIPS:
        r = await slack.types("U0MEMBER", SHARED, f"/agenda tip general: {t}")
    for q in Q:
        r = await slack.types("U0MEMBER", SHARED, f"/agenda tips {q}")
        print(repr(q).ljust(25), repr(r.text[:200]))
    assert 0
