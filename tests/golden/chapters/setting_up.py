"""Settings: from nothing by three forms, changed later; and what can't be set."""

from bot.consortia import apply
from bot.plan.plan import read_plan
from storage.consortia import confirm
from tests.golden.teller import Teller
from tests.story import PLAN, SHARED

ADMIN = "U0ADMIN"


async def tell(teller: Teller) -> None:
    await _before_anything(teller)
    await _from_nothing(teller)
    await _what_can_not_be(teller)
    await _later(teller)
    await _not_for_others(teller)
    await _who_can_not_keep_them(teller)
    await _a_channel_of_others(teller)


async def _before_anything(teller: Teller) -> None:
    await teller.types("U0MEMBER", "")
    await teller.types("U0MEMBER", "setup")
    await teller.opens_home("U0MEMBER")
    await teller.types(ADMIN, "add Budget")
    await teller.types(ADMIN, "setup")
    await teller.tampers(ADMIN, name="Peace", channel="", admins=[ADMIN])
    teller.slack.world.people[ADMIN].is_admin = False
    await teller.tampers(ADMIN, name="Peace", channel=SHARED, admins=[ADMIN])
    teller.slack.world.people[ADMIN].is_admin = True


async def _from_nothing(teller: Teller) -> None:
    channel = teller.slack.world.channels[SHARED]
    channel.members.remove(teller.slack.app.user_id)
    await teller.sends(ADMIN, name="Peace", channel=SHARED, admins=[ADMIN])
    await teller.types(ADMIN, "setup")
    channel.members.append(teller.slack.app.user_id)
    await teller.minutes_pass(5)
    await teller.slack.again(resigned=True)
    await teller.tells("Slack delivers the same form once more")
    overview = teller.form(ADMIN)
    await teller.types(ADMIN, "")
    await teller.types(ADMIN, "curate")
    await teller.types(ADMIN, "start")
    await teller.types("U0MEMBER", "add Early bird")
    await teller.types(ADMIN, "list")
    for name, more in (
        ("CCSJ", {"curators": ["U0CURATOR"], "members": ["U0MEMBER"]}),
        ("Bayview", {"curators": ["U0RUTH"]}),
        ("Mission", {}),
    ):
        await teller.clicks(ADMIN, overview, "setup.collaborative", value="0")
        await teller.sends(ADMIN, name=name, office=f"{name} St", **more)
        await teller.names_are_learnt()
        if name == "CCSJ":
            await teller.clicks(ADMIN, overview, "setup.take_out")
            await teller.slack.closes(ADMIN)
    await teller.types("U0MEMBER", "hosts")
    await teller.types("U0MEMBER", "mine")
    await teller.types("U0MEMBER", "add Another early bird")
    await teller.types("U0MEMBER", "")
    await teller.clicks(ADMIN, overview, "setup.meeting")
    await teller.sends(ADMIN, day="2027-01-21")
    await teller.slack.closes(ADMIN, everything=True)


async def _what_can_not_be(teller: Teller) -> None:
    overview = await teller.types(ADMIN, "setup")
    await teller.clicks(ADMIN, overview, "setup.consortium")
    for field, answers in (
        ("name", ["", "x" * 100, "two\nlines"]),
        ("channel", ["", "twelve"]),
        ("called_one", ["coalition", "x" * 31, "two\nlines"]),
        ("called_many", ["coalitions"]),
        ("timezone", ["", "Los Angeles", "Pacific time", "America/San Francisco", "Nowhere"]),
        ("admins", [[], ["U0NOBODY"], [f"U{n}" for n in range(51)]]),
        ("call_days", ["4 weeks", "28, 400", "7, 7", ","]),
        ("call_at", ["noon", "25:00"]),
        ("closes", ["-1", "400"]),
        ("weekday", ["Funday", "munday"]),
        ("digest_at", ["noon"]),
        ("told_at", ["noon"]),
        ("told_after", ["-1"]),
        ("quiet", ["deafening"]),
    ):
        for answer in answers:
            await teller.tampers(ADMIN, **{field: answer})
    await teller.slack.closes(ADMIN)
    await _no_such_collaborative(teller, overview)
    await _no_such_meeting(teller, overview)


async def _no_such_collaborative(teller: Teller, overview) -> None:
    await teller.clicks(ADMIN, overview, "setup.collaborative", value="3")
    for answers in (
        {"name": ""},
        {"name": "CCSJ"},
        {"name": "ccsj"},
        {"name": "x" * 100},
        {"office": " "},
        {"curators": ["U0NOBODY"]},
        {"curators": ["U0SAM"], "members": ["U0SAM"]},
        {"position": "0"},
        {"position": "twelve"},
        {"position": "999"},
    ):
        await teller.tampers(ADMIN, **answers)
    await teller.tampers(ADMIN, about="9999")
    await teller.tampers(ADMIN, about="twelve")
    await teller.slack.closes(ADMIN)


async def _no_such_meeting(teller: Teller, overview) -> None:
    await teller.clicks(ADMIN, overview, "setup.meeting")
    for answers in ({"day": "2027-01-21"}, {"day": "2020-01-01"}, {"day": "2027-07-01", "host": "9999"}):
        await teller.tampers(ADMIN, **answers)
    await teller.sends(ADMIN, day="2027-04-15", host="2", office="The library")
    await teller.slack.closes(ADMIN, everything=True)


async def _later(teller: Teller) -> None:
    status = await teller.types(ADMIN, "")
    overview = await teller.clicks(ADMIN, status, "setup.show")
    await teller.clicks(ADMIN, overview, "setup.consortium")
    await teller.sends(ADMIN, name="Sister Peace", told_after="10", call_days="21 3", weekday="friday")
    await teller.slack.closes(ADMIN, everything=True)
    await teller.clicks(ADMIN, overview, "setup.collaborative", value="1")
    await teller.sends(ADMIN, name="Justice", curators=["U0DEPUTY"], position="2")
    await teller.names_are_learnt()
    await teller.slack.closes(ADMIN, everything=True)
    await teller.opens_home(ADMIN)
    await _a_host_keeps_the_order(teller)
    await _their_own_word(teller)


async def _their_own_word(teller: Teller) -> None:
    overview = await teller.types(ADMIN, "setup")
    await teller.clicks(ADMIN, overview, "setup.consortium")
    await teller.sends(ADMIN, called_one="partner organization", called_many="partner organizations")
    await teller.clicks(ADMIN, overview, "setup.take_out")
    await teller.slack.closes(ADMIN, everything=True)
    await teller.types("U0NEW", "add Whom we met")


async def _a_host_keeps_the_order(teller: Teller) -> None:
    board = await teller.types("U0DEPUTY", "curate")
    await teller.clicks("U0DEPUTY", board, "meeting.change")
    await teller.tampers("U0DEPUTY", day="2027-05-06")
    await teller.tampers("U0DEPUTY", day="2026-11-23", starts="06:00")
    await teller.slack.closes("U0DEPUTY")


async def _not_for_others(teller: Teller) -> None:
    await teller.types("U0MEMBER", "setup")
    for action in ("setup.show", "setup.consortium", "setup.collaborative", "setup.meeting"):
        await teller.forges("U0MEMBER", action, "1")


async def _who_can_not_keep_them(teller: Teller) -> None:
    """And who then opens them: Sam Whitfield runs the workspace in Slack."""
    slack = teller.slack
    slack.add_person("U0ROBOT", "T0SISTER", "Robot", is_bot=True)
    slack.add_person("U0GONE", "T0SISTER", "Gone", deleted=True)
    slack.add_person("U0GUEST", "T0SISTER", "Guest", is_restricted=True)
    overview = await teller.types(ADMIN, "setup")
    await teller.clicks(ADMIN, overview, "setup.consortium")
    for person in ("U0ROBOT", "U0GONE", "U0GUEST"):
        await teller.tampers(ADMIN, admins=[person])
    await slack.closes(ADMIN, everything=True)
    slack.world.people[ADMIN].is_restricted = slack.world.people["U0SAM"].is_admin = True
    for person in (ADMIN, "U0SAM"):
        await slack.happens({"type": "user_change", "user": {"id": person, "team_id": "T0SISTER"}})
    await teller.comes_to_light(
        "Joan Castell is a guest from now on, and Sam Whitfield an admin of the workspace"
    )
    await teller.types(ADMIN, "setup")
    await teller.types("U0MEMBER", "setup")
    overview = await teller.types("U0SAM", "setup")
    await teller.clicks("U0SAM", overview, "setup.consortium")
    await teller.sends("U0SAM", admins=["U0SAM", "U0CURATOR"])


async def _a_channel_of_others(teller: Teller) -> None:
    others = {"T0SISTER": "T0BAY", SHARED: "C0OTHER", 'name = "CCSJ"': 'name = "CCSJ"\nchannel = "C0HOSTS"'}
    plan = PLAN
    for ours, theirs in others.items():
        plan = plan.replace(ours, theirs)
    with teller.database.transaction() as session:
        apply(session, read_plan(plan), teller.clock())
    await teller.clicks("U0SAM", teller.form("U0SAM"), "setup.consortium")
    await teller.tampers("U0SAM", channel="C0OTHER")
    with teller.database.transaction() as session:
        confirm(session, "T0BAY", teller.clock())
    await teller.tampers("U0SAM", channel="C0OTHER")
    await teller.tampers("U0SAM", channel="C0HOSTS")
