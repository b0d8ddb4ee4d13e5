"""Setting up in Slack: from nothing to a working consortium, and later changes."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import select

from bot.consortia import apply
from bot.plan.plan import read_plan
from handlers.blocks.ids import COLLABORATIVE, CONSORTIUM, MEETING, SETTINGS
from playground.page.hands import Hands
from playground.slack.faults import Answering
from storage.consortia import Collaborative, Consortium, every_collaborative, every_consortium, rotation
from storage.database import Database
from storage.people import admins, members
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import enter
from tests.builders import a_plan
from tests.clock import FrozenClock
from tests.handlers.quarter import Quarter
from tests.handlers.steps import (
    at_rest,
    everything,
    filled,
    on_sqlite,
    opened,
    send,
    shown,
    standing,
    words_to,
)
from tests.story import NAMES, OURS, PLAN, SHARED, Story, bot_in, set_up


@pytest.fixture
async def new_slack(empty_slack: Story, clock: FrozenClock, database: Database) -> AsyncIterator[Story]:
    """The bot is installed, and nothing is set up."""
    async with bot_in(empty_slack, clock, database.engine.url.render_as_string(hide_password=False)):
        yield empty_slack


async def test_three_forms_make_a_working_consortium(new_slack: Story) -> None:
    slack = new_slack
    slack.world.channels[SHARED].members.append(slack.app.user_id)
    await slack.types("U0ADMIN", SHARED, "/agenda setup")
    assert await send(slack, "U0ADMIN", name="Peace", channel=SHARED, admins=["U0ADMIN"]) == {}
    overview = opened(slack, "U0ADMIN")
    assert "Settings of Peace" in shown(overview)
    assert "1. Add your collaboratives, in the order in which they host." in shown(overview)
    assert "Admins: Joan Castell." in shown(overview)

    for name, curators in (("CCSJ", ["U0CURATOR", "U0DEPUTY"]), ("Bayview", ["U0RUTH"]), ("Mission", [])):
        await slack.clicks("U0ADMIN", overview, COLLABORATIVE, value="0")
        entered = {"name": name, "office": f"{name} St", "curators": curators}
        assert await send(slack, "U0ADMIN", **entered) == {}
        assert slack.form("U0ADMIN") is overview
        assert all(NAMES[one] in shown(overview) for one in curators)
    assert "2. Add the first meeting." in shown(overview)
    assert "Someone" not in shown(overview)
    listed = shown(overview).partition("in hosting order")[2]
    assert listed.index("CCSJ") < listed.index("Bayview") < listed.index("Mission")

    await slack.clicks("U0ADMIN", overview, MEETING)
    assert await send(slack, "U0ADMIN", day="2027-01-21") == {}
    assert "Thursday, January 21, 2027" in shown(overview)
    await slack.closes("U0ADMIN", everything=True)

    await slack.in_channel("The agenda of Peace")
    receipt = await slack.types("U0CURATOR", SHARED, "/agenda add Budget (15 min)")
    assert "CCSJ St\nCCSJ hosts." in receipt.text
    assert await slack.in_direct("U0DEPUTY", "Budget")


@on_sqlite
async def test_who_sets_up_keeps_the_settings_even_without_naming_themself(new_slack: Story) -> None:
    slack = new_slack
    await slack.types("U0ADMIN", SHARED, "/agenda setup")
    assert await send(slack, "U0ADMIN", name="Peace", channel=SHARED, admins=["U0SAM"]) == {}
    assert "Settings of Peace" in (await slack.types("U0ADMIN", SHARED, "/agenda setup")).text
    assert "Settings of Peace" in (await slack.types("U0SAM", SHARED, "/agenda setup")).text


@on_sqlite
async def test_before_anything_is_set_up_only_a_workspace_admin_begins(
    new_slack: Story, database: Database, clock: FrozenClock
) -> None:
    slack = new_slack
    for typed in ("setup", "", "add Budget", "curate"):
        refusal = await slack.types("U0MEMBER", SHARED, f"/agenda {typed}")
        assert "An admin of this workspace begins with /agenda setup" in refusal.text
        assert typed in refusal.text
    assert slack.form("U0MEMBER") is None
    home = await slack.opens_home("U0MEMBER")
    assert "begins with /agenda setup" in shown(home)
    assert not any((await everything(database, clock)).values())


@on_sqlite
async def test_whoever_runs_the_workspace_begins_by_a_button_wherever_they_are(new_slack: Story) -> None:
    """The channel where they stand, and they themself, are chosen already."""
    slack = new_slack
    for screen in (
        await slack.types("U0ADMIN", SHARED, "/agenda"),
        await slack.types("U0ADMIN", SHARED, "/agenda add Budget"),
        await slack.opens_home("U0ADMIN"),
    ):
        await slack.clicks("U0ADMIN", screen, SETTINGS)
        first = opened(slack, "U0ADMIN")
        is_in_channel = hasattr(screen, "ts")
        assert filled(first, "channel") == (SHARED if is_in_channel else None)
        assert filled(first, "admins") == ["U0ADMIN"]
        await slack.closes("U0ADMIN", everything=True)


@on_sqlite
async def test_the_first_form_offers_no_direct_message_for_the_shared_channel(new_slack: Story) -> None:
    slack = new_slack
    await slack.types("U0ADMIN", slack.direct("U0ADMIN").id, "/agenda setup")
    assert filled(opened(slack, "U0ADMIN"), "channel") is None


async def runs_their_own(answering: Answering, _: web.Request) -> web.Response:
    """A Slack that says also of people elsewhere that they run their workspace."""
    told = json.loads(answering().text)
    return web.json_response(told | {"user": told["user"] | {"is_admin": True}})


@on_sqlite
async def test_whoever_runs_another_workspace_of_the_channel_does_not_begin(
    new_slack: Story, database: Database, clock: FrozenClock
) -> None:
    slack = new_slack
    slack.weather_becomes(lambda method: runs_their_own if method == "users.info" else None)
    refusal = await slack.types("U0ADMIN", SHARED, "/agenda")
    refusal.only_for = None
    await slack.clicks("U0RUTH", refusal, SETTINGS)
    assert slack.form("U0RUTH") is None
    assert "An admin of this workspace begins" in words_to(slack, "U0RUTH")[-1]
    assert not any((await everything(database, clock)).values())


@on_sqlite
async def test_a_form_left_open_by_somebody_who_is_no_admin_sets_nothing_up(
    new_slack: Story, database: Database, clock: FrozenClock
) -> None:
    slack = new_slack
    await slack.types("U0ADMIN", SHARED, "/agenda setup")
    slack.world.people["U0ADMIN"].is_admin = False
    refused = await send(slack, "U0ADMIN", name="Peace", channel=SHARED, admins=["U0ADMIN"])
    assert "An admin of this workspace begins" in refused["name"]
    assert not any((await everything(database, clock)).values())


@on_sqlite
@pytest.mark.parametrize("person", ["U0MEMBER", "U0CURATOR"])
async def test_once_set_up_only_its_admins_see_the_settings(slack: Story, person: str) -> None:
    refusal = await slack.types(person, SHARED, "/agenda setup")
    assert "Only an admin can change the settings" in refusal.text


@on_sqlite
@pytest.mark.parametrize(
    ("field", "entered", "why"),
    [
        ("timezone", "America/San Francisco", "“America/San Francisco” is no time zone"),
        ("timezone", "Los Angeles", "Did you mean America/Los_Angeles?"),
        ("timezone", "   ", "Please name a time zone."),
        ("call_days", "4 weeks", "Whole numbers"),
        ("call_days", "28, 400", "up to 366"),
        ("call_days", ",", "Whole numbers"),
        ("name", "  ", "It needs a name."),
        ("called_one", "x" * 31, "30 characters"),
        ("called_many", "x" * 31, "30 characters"),
        ("called_one", "two\nlines", "one line of plain text"),
    ],
)
async def test_what_cannot_be_is_named_at_its_field_and_nothing_is_half_saved(
    slack: Story, database: Database, clock: FrozenClock, field: str, entered: str, why: str
) -> None:
    settings = await slack.types("U0ADMIN", SHARED, "/agenda setup")
    before = (await everything(database, clock))["consortium"]
    await slack.clicks("U0ADMIN", settings, CONSORTIUM)
    refused = await send(slack, "U0ADMIN", told_after=10, **{field: entered})

    assert list(refused) == [field]
    assert why in refused[field]
    assert filled(opened(slack, "U0ADMIN"), "told_after") == "10"
    assert (await everything(database, clock))["consortium"] == before


@on_sqlite
@pytest.mark.parametrize("zone", ["EST", "America/Atlantis"])
async def test_a_time_zone_that_nobody_knows_here_is_changed_in_the_settings(
    slack: Story, database: Database, clock: FrozenClock, zone: str
) -> None:
    """An older version took it, or another machine knows it."""
    with database.transaction() as session:
        [ours] = every_consortium(session)
        ours.timezone = zone
    settings = await slack.types("U0ADMIN", SHARED, "/agenda setup")
    assert f"Times are those of {zone}." in shown(settings)
    await slack.clicks("U0ADMIN", settings, CONSORTIUM)
    assert filled(opened(slack, "U0ADMIN"), "timezone") == zone
    assert "is no time zone" in (await send(slack, "U0ADMIN", name="Sisters"))["timezone"]
    assert await send(slack, "U0ADMIN", timezone="America/Denver", admins=["U0ADMIN", "U0SAM"]) == {}
    assert "Times are those of America/Denver." in shown(opened(slack, "U0ADMIN"))


@on_sqlite
async def test_people_are_named_while_nobody_knows_the_time_zone(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    await at_rest(database, clock)
    with database.transaction(OURS) as session:
        [ours] = every_consortium(session)
        ours.timezone = "America/Atlantis"
        doors = session.scalars(select(Post).where(Post.kind == PostKind.STANDING)).one()
        doors.state = PostState.UNKNOWN
    settings = await slack.types("U0ADMIN", SHARED, "/agenda setup")
    await slack.clicks("U0ADMIN", settings, COLLABORATIVE, value="1")
    assert await send(slack, "U0ADMIN", curators=["U0DEPUTY", "U0RUTH"]) == {}
    assert "Ruth" in shown(opened(slack, "U0ADMIN"))


@on_sqlite
async def test_settings_change_later_and_lose_nothing(slack: Story) -> None:
    await slack.types("U0MEMBER", SHARED, "/agenda add Budget")
    settings = await slack.types("U0ADMIN", SHARED, "/agenda setup")
    await slack.clicks("U0ADMIN", settings, CONSORTIUM)
    assert filled(opened(slack, "U0ADMIN"), "call_days") == "28, 14, 7, 1"
    assert await send(slack, "U0ADMIN", told_after=0, call_days="21 3", digest_at="08:30") == {}
    changed = shown(opened(slack, "U0ADMIN"))
    assert "21 and 3 days before a meeting" in changed
    assert "8:30 AM" in changed

    await slack.clicks("U0ADMIN", settings, COLLABORATIVE, value="1")
    form = opened(slack, "U0ADMIN")
    assert filled(form, "curators") == ["U0CURATOR", "U0DEPUTY"]
    assert await send(slack, "U0ADMIN", name="Justice", curators=["U0DEPUTY", "U0RUTH"]) == {}
    assert "Justice" in shown(opened(slack, "U0ADMIN"))

    assert "Budget" in (await slack.in_direct("U0RUTH", "Budget")).text
    assert "Budget" in (await slack.types("U0MEMBER", SHARED, "/agenda list")).text


@on_sqlite
async def test_a_consortium_says_its_own_word_from_its_first_answer_on(new_slack: Story) -> None:
    slack = new_slack
    slack.world.channels[SHARED].members.append(slack.app.user_id)
    await slack.types("U0ADMIN", SHARED, "/agenda setup")
    begun = {"name": "Peace", "channel": SHARED, "admins": ["U0ADMIN"]}
    assert await send(slack, "U0ADMIN", **begun, called_one="coalition", called_many="coalitions") == {}
    overview = opened(slack, "U0ADMIN")
    assert "Add your coalitions, in the order" in shown(overview)
    assert "[Add the first coalition…]" in shown(overview)

    await slack.clicks("U0ADMIN", overview, CONSORTIUM)
    assert filled(opened(slack, "U0ADMIN"), "called_one") == "coalition"
    assert await send(slack, "U0ADMIN", called_one="partner", called_many="partners") == {}
    assert "Your partners, in hosting order" in shown(overview)
    assert "coalition" not in shown(overview)

    await slack.clicks("U0ADMIN", overview, CONSORTIUM)
    assert await send(slack, "U0ADMIN", called_one="", called_many=" ") == {}
    assert "Your collaboratives, in hosting order" in shown(overview)


@on_sqlite
@pytest.mark.parametrize(
    ("entered", "missing", "asked"),
    [
        ("called_one", "called_many", "And what do you call several?"),
        ("called_many", "called_one", "What do you call one of them?"),
    ],
)
async def test_of_its_own_word_a_consortium_names_both_forms(
    slack: Story, entered: str, missing: str, asked: str
) -> None:
    settings = await slack.types("U0ADMIN", SHARED, "/agenda setup")
    await slack.clicks("U0ADMIN", settings, CONSORTIUM)
    assert await send(slack, "U0ADMIN", **{entered: "coalition"}) == {missing: asked}
    assert filled(opened(slack, "U0ADMIN"), entered) == "coalition"


@on_sqlite
async def test_a_refusal_says_the_word_too(slack: Story) -> None:
    settings = await slack.types("U0ADMIN", SHARED, "/agenda setup")
    await slack.clicks("U0ADMIN", settings, CONSORTIUM)
    assert await send(slack, "U0ADMIN", called_one="<!channel> {one}", called_many="{x}") == {}
    await slack.clicks("U0ADMIN", settings, COLLABORATIVE, value="2")
    refused = await send(slack, "U0ADMIN", name="CCSJ")
    assert refused == {"name": "Another <!channel> {one} has that name already."}


@on_sqlite
async def test_people_of_other_workspaces_are_kept_with_theirs(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    settings = await slack.types("U0ADMIN", SHARED, "/agenda setup")
    slack.add_person("U0LENA", "T0OTHER", "Lena Ortiz")
    slack.world.channels[SHARED].members.append("U0LENA")
    await slack.clicks("U0ADMIN", settings, COLLABORATIVE, value="3")
    assert await send(slack, "U0ADMIN", curators=["U0LENA"], members=["U0NEW"]) == {}

    people = {(row[2], row[3]) for row in (await everything(database, clock))["person"]}
    assert {("T0OTHER", "U0LENA"), ("T0SISTER", "U0NEW")} <= people


@on_sqlite
async def test_a_name_that_is_taken_is_named_at_its_field(slack: Story) -> None:
    settings = await slack.types("U0ADMIN", SHARED, "/agenda setup")
    await slack.clicks("U0ADMIN", settings, COLLABORATIVE, value="3")
    for name in ("CCSJ", "ccsj", "BAYVIEW "):
        assert "that name already" in (await send(slack, "U0ADMIN", name=name))["name"]


@on_sqlite
async def test_slack_is_asked_only_about_people_whom_the_settings_do_not_name_yet(slack: Story) -> None:
    settings = await slack.types("U0ADMIN", SHARED, "/agenda setup")
    await slack.clicks("U0ADMIN", settings, COLLABORATIVE, value="1")
    before = len(slack.calls)
    assert await send(slack, "U0ADMIN", curators=["U0CURATOR", "U0RUTH", "U0NEW"]) == {}
    asked = [call for call in slack.calls[before:] if call.method == "users.info"]
    assert [call.arguments["user"] for call in asked] == ["U0NEW"]


@on_sqlite
async def test_somebody_whom_slack_hides_is_named_at_the_field(slack: Story) -> None:
    settings = await slack.types("U0ADMIN", SHARED, "/agenda setup")
    await slack.clicks("U0ADMIN", settings, COLLABORATIVE, value="3")
    refused = await send(slack, "U0ADMIN", curators=["U0NOBODY"])
    assert list(refused) == ["curators"]
    assert await send(slack, "U0ADMIN", curators=["U0SAM"]) == {}


@on_sqlite
async def test_a_guest_who_is_a_curator_is_made_no_admin(slack: Story) -> None:
    slack.world.people["U0CURATOR"].is_restricted = True
    settings = await slack.types("U0ADMIN", SHARED, "/agenda setup")
    await slack.clicks("U0ADMIN", settings, CONSORTIUM)
    assert "is a guest" in (await send(slack, "U0ADMIN", admins=["U0CURATOR"]))["admins"]


@on_sqlite
async def test_more_people_than_one_menu_takes_stay_where_the_file_put_them(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    crowd = [f"U1{number:03}" for number in range(60)]
    with database.transaction() as session:
        apply(session, a_plan(**{'members = ["U0MEMBER"]': f"members = {crowd}"}), clock())
    settings = await slack.types("U0ADMIN", SHARED, "/agenda setup")
    await slack.clicks("U0ADMIN", settings, COLLABORATIVE, value="1")
    assert set(crowd) <= set(filled(opened(slack, "U0ADMIN"), "members"))
    assert await send(slack, "U0ADMIN") == {}


@on_sqlite
async def test_as_many_call_days_as_there_can_be_stay_where_the_file_put_them(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    every_day = [*range(367), *range(367), *[7] * 1000]
    with database.transaction() as session:
        apply(session, read_plan(PLAN.replace("[28, 14, 7, 1]", str(every_day))), clock())
    settings = await slack.types("U0ADMIN", SHARED, "/agenda setup")
    await slack.clicks("U0ADMIN", settings, CONSORTIUM)
    assert filled(opened(slack, "U0ADMIN"), "call_days") == ", ".join(map(str, range(366, -1, -1)))
    assert await send(slack, "U0ADMIN", name="Sisters") == {}
    with database.transaction() as session:
        [ours] = every_consortium(session)
        assert (ours.name, ours.call_days) == ("Sisters", [*range(366, -1, -1)])


@on_sqlite
async def test_a_day_that_is_taken_is_named_at_its_field(slack: Story) -> None:
    settings = await slack.types("U0ADMIN", SHARED, "/agenda setup")
    await slack.clicks("U0ADMIN", settings, MEETING)
    assert "already" in (await send(slack, "U0ADMIN", day="2027-01-21"))["day"]
    assert await send(slack, "U0ADMIN", day="2027-04-15", host="4", office="The library") == {}
    assert "April 15" in shown(opened(slack, "U0ADMIN"))


@on_sqlite
async def test_the_channel_of_a_hosts_curators_does_not_become_the_shared_one(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    with database.transaction(OURS) as session:
        session.get_one(Collaborative, 1).curators_channel_id = "C0OTHER"
    before = (await everything(database, clock))["consortium"]
    settings = await slack.types("U0ADMIN", SHARED, "/agenda setup")
    await slack.clicks("U0ADMIN", settings, CONSORTIUM)
    slack.world.channels["C0OTHER"].members.append("U0ADMIN")
    refused = await send(slack, "U0ADMIN", channel="C0OTHER")
    assert "can't be the shared one" in refused["channel"]
    assert (await everything(database, clock))["consortium"] == before


LEARNT_LATER = {"address", "confirmed_at", "next_look_at"}
"""The clock asks Slack, or looks."""
"""Which a tick writes; no later column says anything yet."""


async def test_the_same_first_form_delivered_twice_sets_up_once(
    new_slack: Story, database: Database, clock: FrozenClock
) -> None:
    slack = new_slack
    await slack.types("U0ADMIN", SHARED, "/agenda setup")
    await send(slack, "U0ADMIN", name="Peace", channel=SHARED, admins=["U0ADMIN"])
    before = await _said_in_the_form(database, clock)
    answer = await slack.again(resigned=True)
    assert answer.status == 200
    assert await _said_in_the_form(database, clock) == before


async def _said_in_the_form(database: Database, clock: FrozenClock) -> list[dict[str, Any]]:
    names = Consortium.__table__.columns.keys()
    rows = [dict(zip(names, row, strict=True)) for row in (await everything(database, clock))["consortium"]]
    return [{name: row[name] for name in names if name not in LEARNT_LATER} for row in rows]


@on_sqlite
async def test_the_settings_say_that_the_bot_is_not_in_the_shared_channel(new_slack: Story) -> None:
    slack = new_slack
    invite = "invite me there with /invite @Agenda"
    channel = slack.world.channels[SHARED]
    if slack.app.user_id in channel.members:
        channel.members.remove(slack.app.user_id)
    await slack.types("U0ADMIN", SHARED, "/agenda setup")
    assert await send(slack, "U0ADMIN", name="Peace", channel=SHARED, admins=["U0ADMIN"]) == {}
    await slack.in_direct("U0ADMIN", "The shared channel")
    assert invite in (await slack.types("U0ADMIN", SHARED, "/agenda setup")).text


@on_sqlite
async def test_who_saves_the_settings_brings_the_deleted_doors_back(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    doors = await standing(slack)
    await at_rest(database, clock)
    slack.world.delete(doors)
    overview = await slack.types("U0ADMIN", SHARED, "/agenda setup")
    await slack.clicks("U0ADMIN", overview, CONSORTIUM)
    assert await send(slack, "U0ADMIN") == {}
    assert (await standing(slack)).ts != doors.ts


A_COLLABORATIVE = '\n[[collaborative]]\nname = "Collaborative {number}"\noffice = "{number} Main St"\n'


@on_sqlite
async def test_each_of_many_collaboratives_can_be_changed(
    empty_slack: Story, clock: FrozenClock, database: Database
) -> None:
    slack = empty_slack
    more = "".join(A_COLLABORATIVE.format(number=number) for number in range(5, 131))
    set_up(database, clock, PLAN + more)
    async with bot_in(slack, clock, database.engine.url.render_as_string(hide_password=False)):
        overview = await slack.types("U0ADMIN", SHARED, "/agenda setup")
        await slack.clicks("U0ADMIN", overview, SETTINGS, value="page:1")
        assert "Collaborative 14" in shown(overview)
        assert "Collaborative 30" not in shown(overview)
        await slack.clicks("U0ADMIN", overview, COLLABORATIVE, value="14")
        assert filled(opened(slack, "U0ADMIN"), "name") == "Collaborative 14"
        assert await send(slack, "U0ADMIN", name="Fourteen", position="130") == {}
        await slack.clicks("U0ADMIN", overview, MEETING)
        assert await send(slack, "U0ADMIN", day="2027-12-16", host="14") == {}
        assert "Fourteen" in (await slack.types("U0ADMIN", SHARED, "/agenda setup")).text


@on_sqlite
async def test_where_there_is_no_collaborative_nobody_is_asked_for_theirs(new_slack: Story) -> None:
    slack = new_slack
    await slack.types("U0ADMIN", SHARED, "/agenda setup")
    assert await send(slack, "U0ADMIN", name="Peace", channel=SHARED, admins=["U0ADMIN"]) == {}
    receipt = await slack.types("U0NEW", SHARED, "/agenda add Early bird")
    assert "We got it" in receipt.text
    assert "The next meeting is not set yet. What you brought waits for it" in receipt.text
    listed = await slack.types("U0MEMBER", SHARED, "/agenda list")
    while "Please try again" in listed.text:  # it may just learn who is in the channel
        listed = await slack.types("U0MEMBER", SHARED, "/agenda list")
    assert "Early bird" in listed.text
    assert "Waiting for the host" in (await slack.types("U0NEW", SHARED, "/agenda mine")).text
    assert "add the first collaborative" in (await slack.types("U0ADMIN", SHARED, "/agenda setup")).text


@on_sqlite
async def test_settings_that_were_open_while_the_channel_got_its_new_id_leave_it_so(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    settings = await slack.types("U0ADMIN", SHARED, "/agenda setup")
    await slack.clicks("U0ADMIN", settings, CONSORTIUM)
    place = slack.world.channels[SHARED]
    place.teams.remove("T0OTHER")
    place.is_private = True
    await slack.shares(place, "T0OTHER")
    await at_rest(database, clock)
    assert await send(slack, "U0ADMIN", name="Sisters") == {}
    with database.transaction() as session:
        (consortium,) = every_consortium(session)
        assert (consortium.name, consortium.channel_id) == ("Sisters", place.id)


@on_sqlite
async def test_who_joins_a_collaborative_while_its_form_is_open_stays_with_it(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    settings = await slack.types("U0ADMIN", SHARED, "/agenda setup")
    await slack.clicks("U0ADMIN", settings, COLLABORATIVE, value="1")
    assert "U0MEMBER" in filled(opened(slack, "U0ADMIN"), "members")
    await slack.types("U0NEW", SHARED, "/agenda add Food bank")
    assert await send(slack, "U0NEW", collaborative="1") == {}

    assert await send(slack, "U0ADMIN", members=["U0RUTH"]) == {}
    with database.transaction() as session:
        (consortium,) = every_consortium(session)
        enter(session, consortium.id)
        (host, *_others) = rotation(session)
        assert {person.user_id for person in members(session, host)} >= {"U0NEW", "U0RUTH"}
        assert "U0MEMBER" not in {person.user_id for person in members(session, host)}


@on_sqlite
async def test_two_admins_who_change_the_admins_at_the_same_time_undo_nothing_of_each_other(
    slack: Story, database: Database
) -> None:
    assert await _admins_chosen(slack, "U0ADMIN", ["U0ADMIN", "U0SAM"]) == {}
    for admin in ("U0ADMIN", "U0SAM"):
        await _opens_settings(slack, admin)
    assert await send(slack, "U0ADMIN", admins=["U0ADMIN", "U0SAM", "U0RUTH"]) == {}
    assert await send(slack, "U0SAM", admins=["U0SAM", "U0ADMIN"], name="Sisters") == {}
    assert _keep(database) == {"U0ADMIN", "U0SAM", "U0RUTH"}


@on_sqlite
async def test_two_admins_who_take_each_other_out_at_the_same_time_leave_one(
    slack: Story, database: Database
) -> None:
    assert await _admins_chosen(slack, "U0ADMIN", ["U0ADMIN", "U0SAM"]) == {}
    for admin in ("U0ADMIN", "U0SAM"):
        await _opens_settings(slack, admin)
    assert await send(slack, "U0ADMIN", admins=["U0ADMIN"]) == {}
    await send(slack, "U0SAM", admins=["U0SAM"])
    assert _keep(database) == {"U0ADMIN"}


async def _opens_settings(slack: Story, admin: str) -> None:
    settings = await slack.types(admin, SHARED, "/agenda setup")
    await slack.clicks(admin, settings, CONSORTIUM)


async def _admins_chosen(slack: Story, admin: str, admins: list[str]) -> dict[str, str]:
    await _opens_settings(slack, admin)
    return await send(slack, admin, admins=admins)


def _keep(database: Database) -> set[str]:
    with database.transaction() as session:
        (consortium,) = every_consortium(session)
        enter(session, consortium.id)
        return {person.user_id for person in admins(session)}


@on_sqlite
async def test_a_new_collaborative_does_not_overwrite_one_of_its_name(slack: Story) -> None:
    settings = await slack.types("U0ADMIN", SHARED, "/agenda setup")
    await slack.clicks("U0ADMIN", settings, COLLABORATIVE, value="0")
    for name in ("CCSJ", "ccsj", "CcsJ "):
        refused = await send(slack, "U0ADMIN", name=name, office="elsewhere")
        assert refused == {"name": "Another collaborative has that name already."}


@on_sqlite
async def test_a_collaborative_may_get_other_capitals_and_is_known_by_them_in_the_file(
    slack: Story, database: Database, clock: FrozenClock
) -> None:
    settings = await slack.types("U0ADMIN", SHARED, "/agenda setup")
    await slack.clicks("U0ADMIN", settings, COLLABORATIVE, value="1")
    assert await send(slack, "U0ADMIN", name="ccsj") == {}
    with database.transaction() as session:
        apply(session, read_plan(PLAN), clock())
    with database.transaction(OURS) as session:
        assert next((one.id, one.name) for one in rotation(session)) == (1, "CCSJ")
        assert len(every_collaborative(session)) == 4


@on_sqlite
async def test_twins_from_before_can_be_changed_in_all_but_their_name(
    slack: Story, database: Database
) -> None:
    with database.transaction(OURS) as session:
        session.get_one(Collaborative, 3).name = "ccsj"
    settings = await slack.types("U0ADMIN", SHARED, "/agenda setup")
    for twin in ("1", "3"):
        await slack.clicks("U0ADMIN", settings, COLLABORATIVE, value=twin)
        assert await send(slack, "U0ADMIN", office="9 Elm St") == {}
    await slack.clicks("U0ADMIN", settings, COLLABORATIVE, value="3")
    assert "that name already" in (await send(slack, "U0ADMIN", name="Ccsj"))["name"]


@on_sqlite
async def test_the_last_admin_who_can_act_stays_one(quarter: Quarter) -> None:
    """The other was deactivated, and the settings have named them before."""
    slack = quarter.slack
    await quarter.plans(PLAN.replace('["U0ADMIN"]', '["U0ADMIN", "U0DEPUTY"]'))
    slack.world.people["U0DEPUTY"].deleted = True
    quarter.clock.passes(hours=25)
    for _ in range(2):
        await quarter.ticks()
    overview = await slack.types("U0ADMIN", SHARED, "/agenda setup")
    await slack.clicks("U0ADMIN", overview, CONSORTIUM)
    assert "choose somebody else, too" in (await send(slack, "U0ADMIN", admins=["U0DEPUTY"]))["admins"]
    assert quarter.person("U0ADMIN").is_admin


@on_sqlite
async def test_the_steps_of_the_playground_hear_of_a_form_also_where_another_takes_its_place(
    new_slack: Story,
) -> None:
    told: list[str] = []
    await new_slack.types("U0ADMIN", SHARED, "/agenda setup")
    await new_slack.fills("U0ADMIN", "name", "name", "Peace")
    assert await Hands(new_slack, "U0ADMIN", told.append, lambda _times: None).submit()
    assert told == ["Settings:"]
    assert "Settings of Peace" in shown(opened(new_slack, "U0ADMIN"))
