"""An admin changes who hosts, cancels a meeting and takes a collaborative out, all in the settings."""

import pytest

from handlers.blocks.ids import CANCEL, CHANGE, COLLABORATIVE, HOST, TAKE, TAKE_OUT
from playground.slack import Message
from tests.handlers.quarter import Quarter
from tests.handlers.steps import on_sqlite, opened, send, shown, standing
from tests.story import PLAN, SHARED

pytestmark = on_sqlite

APRIL = '\n[[meeting]]\ndate = "2027-04-15"\nstarts = "10:00"\nminutes = 120\nhost = "Bayview"\n'
ADMIN = "U0ADMIN"


@pytest.fixture
async def settings(quarter: Quarter) -> Message:
    await quarter.plans(PLAN + APRIL)
    return await quarter.slack.types(ADMIN, SHARED, "/agenda setup")


async def test_an_admin_mends_a_mistyped_day_and_reads_nothing_of_what_the_host_has_decided(
    quarter: Quarter, settings: Message
) -> None:
    await quarter.slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    await quarter.ticks()
    [card] = quarter.cards(quarter.slack.direct("U0CURATOR").id)
    await quarter.slack.clicks("U0CURATOR", card, TAKE)
    await quarter.slack.clicks(ADMIN, settings, CHANGE, value="1")
    assert await send(quarter.slack, ADMIN, day="2027-01-28") == {}
    await quarter.ticks()
    read = shown(opened(quarter.slack, ADMIN))
    assert "✓ Changed.\nThursday, January 28, 2027" in read
    assert "Budget" not in read
    assert len(quarter.said(SHARED, "The meeting moved")) == 1
    assert "January 28" in (await standing(quarter.slack)).text


async def test_an_admin_gives_a_meeting_to_another_host(quarter: Quarter, settings: Message) -> None:
    await quarter.slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    await quarter.ticks()
    await quarter.slack.clicks(ADMIN, settings, HOST, value="1")
    assert "January 21, 2027" in shown(opened(quarter.slack, ADMIN))
    assert await send(quarter.slack, ADMIN, host="give:2") == {}
    await quarter.ticks()
    assert len(quarter.told("U0RUTH", "Bayview hosts on")) == 1
    assert len(quarter.cards(quarter.slack.direct("U0RUTH").id)) == 1
    assert quarter.cards(quarter.slack.direct("U0CURATOR").id) == []
    assert len(quarter.told("U0CURATOR", "This is with Bayview now")) == 1
    assert len(quarter.said(SHARED, "The meeting moved")) == 1  # to the office of the new host
    assert "Bayview hosts" in (await standing(quarter.slack)).text


async def test_who_gets_a_meeting_back_hears_it_in_a_new_message(quarter: Quarter, settings: Message) -> None:
    for host in (2, 3, 2):
        await quarter.slack.clicks(ADMIN, settings, HOST, value="1")
        assert await send(quarter.slack, ADMIN, host=f"give:{host}") == {}
        await quarter.slack.closes(ADMIN, everything=True)
        await quarter.ticks()
    assert ["Bayview hosts" in said for said in quarter.told("U0RUTH", "January 21")] == [True, True]


async def test_two_hosts_change_places(quarter: Quarter, settings: Message) -> None:
    await quarter.slack.clicks(ADMIN, settings, HOST, value="1")
    form = opened(quarter.slack, ADMIN)
    assert "In exchange for Thu, Apr 15: Bayview" in str(form.blocks)
    assert await send(quarter.slack, ADMIN, host="swap:2:2") == {}
    settings = await quarter.slack.types(ADMIN, SHARED, "/agenda setup")
    assert "12:00 PM · Bayview" in settings.text
    assert "12:00 PM · CCSJ" in settings.text
    assert settings.text.index("PM · Bayview") < settings.text.index("PM · CCSJ")


async def test_an_admin_cancels_a_meeting_in_the_settings(quarter: Quarter, settings: Message) -> None:
    await quarter.slack.clicks(ADMIN, settings, CANCEL, value="1")
    assert await send(quarter.slack, ADMIN) == {}
    await quarter.ticks()
    assert len(quarter.said(SHARED, "We do not meet on Thursday, January 21")) == 1
    for host in ("U0CURATOR", "U0DEPUTY"):
        assert len(quarter.told(host, "We do not meet on Thursday, January 21")) == 1
    refusal = await quarter.slack.clicks(ADMIN, settings, HOST, value="1")
    assert refusal is not None
    assert "Thursday, January 21, 2027 is cancelled. Nothing was changed." in refusal.text


async def test_an_admin_takes_a_collaborative_out_and_adds_it_again(
    quarter: Quarter, settings: Message
) -> None:
    await quarter.slack.clicks(ADMIN, settings, TAKE_OUT, value="1")
    asked = str(opened(quarter.slack, ADMIN).blocks)
    for said in (
        "CCSJ",
        "It no longer hosts",
        "What its people brought stays",
        "Who hosts on Thursday, January 21",
    ):
        assert said in asked
    assert await send(quarter.slack, ADMIN, **{"host:1": "3"}) == {}
    await quarter.ticks()
    assert "Mission hosts" in (await standing(quarter.slack)).text
    refusal = await quarter.slack.clicks(ADMIN, settings, TAKE_OUT, value="1")
    assert refusal is not None
    assert "no longer here. Nothing was changed" in refusal.text
    refusal = await quarter.slack.types("U0CURATOR", SHARED, "/agenda curate")
    assert "Mission hosts this meeting, so its team decides" in refusal.text

    settings = await quarter.slack.types(ADMIN, SHARED, "/agenda setup")
    await quarter.slack.clicks(ADMIN, settings, COLLABORATIVE, value="0")
    assert await send(quarter.slack, ADMIN, name="CCSJ", office="1 Main St", curators=["U0CURATOR"]) == {}
    settings = await quarter.slack.types(ADMIN, SHARED, "/agenda setup")
    assert settings.text.count("1 Main St") == 1
    assert TAKE not in settings.text
