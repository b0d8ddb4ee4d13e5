"""A consortium's own word for a collaborative: only its own screens say it, and only as text."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import UserError
from bot.policies import admin
from bot.setup import settings
from handlers.blocks.surfaces import MESSAGE
from handlers.hearing import payloads
from handlers.hearing.dispatch import Listener, _take
from handlers.hearing.turn import Turn
from handlers.services import Services
from handlers.words import OwnWord, own_word, own_words
from storage.database import Database
from tests.clock import FrozenClock
from tests.golden.words import PLACE, sentences
from tests.handlers.drawings import DRAWINGS
from tests.handlers.steps import on_sqlite
from tests.handlers.user_text import HARMLESS, OUR_CHANNEL, Written, shown
from tests.story import PLAN, SHARED, set_up

USUAL = "collaborative"
TRICK = OwnWord("<!channel> {one}", "*<@U0ADMIN>* &")
WHERE_IT_IS_ASKED_FOR = "Leave this empty if you say collaborative."
OF_THE_FILE = ("bot/plan/", "bot/planned_meetings.py")
SAY_IT = {
    "duties.duties",
    "hosting.take_out_form",
    "membership.join_form",
    "membership.question",
    "setup.overview",
    "setup_forms.collaborative_form",
}
"""All of them are answers. A message that the bot owes has no turn, and would say the usual word."""


@pytest.fixture
def trick() -> Iterator[None]:
    before = own_word.set(TRICK)
    yield
    own_word.reset(before)


@pytest.mark.parametrize("name", DRAWINGS)
def test_no_screen_says_the_usual_word_where_there_is_another(name: str, trick: None) -> None:
    said = [shown(draw(Written(HARMLESS))) for draw in DRAWINGS[name]]
    texts = "\n".join(text for seen in said for text in seen.texts)
    ours = re.sub("«.*?»", "", texts).replace(WHERE_IT_IS_ASKED_FOR, "")
    assert USUAL not in ours.lower()
    assert any(str(word) in texts for word in vars(TRICK).values()) == (name in SAY_IT)
    assert [seen.alive for seen in said if seen.alive] == []


@pytest.mark.parametrize("name", sorted(SAY_IT))
def test_who_has_it_read_aloud_hears_it_as_text(name: str, trick: None) -> None:
    for drawn in (draw(Written(HARMLESS)) for draw in DRAWINGS[name]):
        if not isinstance(drawn, dict):
            assert "<" not in MESSAGE.shows(drawn)["text"].replace(f"<#{OUR_CHANNEL}>", "")


def test_no_sentence_holds_the_usual_word_itself() -> None:
    """Refusals too, which no screen is drawn for. What is said of the file names the file's own keys."""
    held = {
        one
        for one, module in sentences()
        if USUAL in PLACE.sub("", one) and not module.startswith(OF_THE_FILE)
    }
    assert {one for one in held if not one.endswith(WHERE_IT_IS_ASKED_FOR)} == {USUAL, f"{USUAL}s"}


# --- No word stays from one turn to another


def plan_of(team: str, channel: str, *words: str) -> str:
    plan = PLAN.replace("T0SISTER", team).replace(SHARED, channel)
    own = [f'{key} = "{word}"' for key, word in zip(("collaborative", "collaboratives"), words, strict=False)]
    return plan.replace("[consortium]", "\n".join(["[consortium]", *own]))


CONSORTIA = {
    "T0SISTER": ("coalition", "coalitions"),
    "T0BAY": ("partner", "partners"),
    "T0HILL": ("collaborative", "collaboratives"),
}


@pytest.fixture
def three(database: Database, clock: FrozenClock) -> Database:
    """Two with words of their own, and one that has the usual one."""
    set_up(database, clock, plan_of("T0SISTER", "C0SHARED", *CONSORTIA["T0SISTER"]))
    set_up(database, clock, plan_of("T0BAY", "C0BAY", *CONSORTIA["T0BAY"]))
    set_up(database, clock, plan_of("T0HILL", "C0HILL"))
    return database


def turn_of(team: str, services: Services) -> Turn:
    said = {"team_id": team, "user_id": "U0ADMIN", "trigger_id": f"1.{team}", "channel_id": SHARED}
    return Turn(
        heard=payloads.command(said),
        policy=admin,
        installed_team=team,
        client=AsyncWebClient(),
        services=services,
    )


def refuses(*_given: Any) -> None:
    raise UserError("This {collaborative} is no longer here.")


@on_sqlite
async def test_consortia_on_one_process_each_say_their_own(three: Database, clock: FrozenClock) -> None:
    async with ClientSession() as session:
        services = Services(three, clock, session)
        for team in (*CONSORTIA, *reversed(CONSORTIA)):
            await turn_of(team, services).look(settings, clock())
            assert tuple(own_words().values()) == CONSORTIA[team]
        for team, words in CONSORTIA.items():
            with pytest.raises(UserError):
                await turn_of(team, services).look(refuses)
            assert tuple(own_words().values()) == words


@on_sqlite
async def test_a_turn_begins_without_the_word_of_the_turn_before(three: Database, clock: FrozenClock) -> None:
    """Also where one task hears both."""
    said = []

    async def says(turn: Turn) -> None:
        said.append(own_words()["collaborative"])
        await turn.look(settings, turn.now)
        said.append(own_words()["collaborative"])

    async with ClientSession() as session:
        services = Services(three, clock, session)
        for team in ("T0SISTER", "T0BAY"):
            await _take(turn_of(team, services), Listener(admin, says))
    assert said == ["collaborative", "coalition", "collaborative", "partner"]
