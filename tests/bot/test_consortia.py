"""Setting a consortium up, and changing it later."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import select

from bot.cards import ask_to_confirm
from bot.consortia import apply, describe, settle
from bot.decisions import add_to_agenda
from bot.items import withdraw
from bot.meetings import arrange, arrangement_of, change
from bot.plan.plan import collaborative_from
from bot.rotation import turn_over
from bot.seats import seat
from bot.setup import meet, settings, settings_to_meet
from bot.undelivered import ask_whether_it_is_there
from handlers.delivery import kinds
from storage.consortia import Collaborative, rotation
from storage.database import Database
from storage.items import ItemState
from storage.meetings import Meeting, MeetingState, meetings_from
from storage.people import admins, curators, members
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.tenancy import Session, across_consortia
from storage.upkeep.records import Base
from tests.bot.hosting import on_agenda
from tests.builders import Scene, a_plan, an_arrangement
from tests.clock import FrozenClock
from tests.drawn import draw
from tests.refusals import refusal

FIRST_MEETING = """
[[meeting]]
date = "2027-01-21"
starts = "10:00"
minutes = 120
host = "CCSJ"
"""


def everything(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """All that the database holds."""
    with across_consortia(session):
        return {
            table.name: sorted(map(tuple, session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }


def names(scene: Scene) -> list[str]:
    return [host.name for host in rotation(scene.session)]


def days(scene: Scene) -> dict[date, Meeting]:
    return {one.day: one for one in meetings_from(scene.session, date.min)}


def test_a_plan_is_set_up_whole(scene: Scene) -> None:
    consortium = scene.consortium
    assert (consortium.name, consortium.channel_id) == ("Sister Peace Initiatives", "C0SHARED")
    assert (consortium.timezone, consortium.call_days) == ("America/Los_Angeles", [28, 14, 7, 1])
    assert (consortium.call_at, consortium.digest_weekday, consortium.digest_at) == (
        time(10),
        "monday",
        time(9),
    )
    assert (consortium.closes_days_before, consortium.told_after_minutes) == (7, 5)
    assert [person.user_id for person in admins(scene.session)] == ["U0ADMIN"]
    assert names(scene) == ["CCSJ", "Bayview", "Mission", "Sunset"]
    people = {
        host.name: (
            [person.user_id for person in curators(scene.session, host)],
            [person.user_id for person in members(scene.session, host)],
        )
        for host in rotation(scene.session)
    }
    assert people == {
        "CCSJ": (["U0CURATOR", "U0DEPUTY"], ["U0MEMBER", "U0CURATOR", "U0DEPUTY"]),
        "Bayview": (["U0RUTH"], ["U0KOFI", "U0RUTH"]),
        "Mission": ([], []),
        "Sunset": (["U0SAM"], ["U0SAM"]),
    }
    assert [post.place for post in scene.posts(PostKind.STANDING)] == ["C0SHARED"]


def test_the_same_file_twice_changes_nothing(scene: Scene) -> None:
    scene.propose()
    before = everything(scene.session)

    scene.clock.passes(days=3)
    scene.apply()
    assert everything(scene.session) == before


def test_the_same_file_changes_nothing_after_its_meeting_and_a_proposed_one_either(scene: Scene) -> None:
    scene.propose()
    scene.clock.strikes("2027-01-25 09:00")
    turn_over(scene.session, scene.consortium, scene.now)
    before = everything(scene.session)

    scene.apply()
    assert everything(scene.session) == before


def test_settings_changed_later_lose_nothing(scene: Scene) -> None:
    item = scene.propose()
    add_to_agenda(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    before = everything(scene.session)

    scene.apply(
        **{
            '"Sister Peace Initiatives"': '"Sisters"',
            '"America/Los_Angeles"': '"America/New_York"',
            '"1 Main St, San Francisco"': '"9 Oak St"',
            "minutes = 120": "minutes = 90",
        }
    )
    assert (scene.consortium.name, scene.consortium.timezone) == ("Sisters", "America/New_York")
    assert (scene.meeting.minutes, scene.meeting.office) == (90, "9 Oak St")
    after = everything(scene.session)
    unchanged = set(after) - {"consortium", "collaborative", "meeting", "post"}
    assert {table: after[table] for table in unchanged} == {table: before[table] for table in unchanged}
    rows = {table: len(after[table]) - len(before[table]) for table in after}
    assert {table: more for table, more in rows.items() if more} == {"post": 1}
    assert len(scene.posts(PostKind.MOVED_MEETING)) == 1


def test_the_standing_message_takes_the_new_name(scene: Scene) -> None:
    before = scene.posts(PostKind.STANDING)[0].wanted_version

    scene.apply(**{'"Sister Peace Initiatives"': '"Sisters"'})
    assert scene.posts(PostKind.STANDING)[0].wanted_version == before + 1


def test_a_new_shared_channel_gets_the_standing_message(scene: Scene) -> None:
    scene.apply(C0SHARED="C0LATER")

    assert [post.place for post in scene.posts(PostKind.STANDING)] == ["C0SHARED", "C0LATER"]


def test_nothing_is_owed_for_hours_before_they_were_agreed_on(scene: Scene) -> None:
    since = scene.consortium.scheduled_since
    scene.clock.passes(days=1)
    scene.apply(**{'"Sister Peace Initiatives"': '"Sisters"'})
    assert scene.consortium.scheduled_since == since

    scene.apply(**{"[calls]": '[calls]\nat = "11:00"'})
    assert scene.consortium.scheduled_since == scene.now


def test_a_meeting_whose_date_the_file_changed_is_moved_with_its_items(scene: Scene) -> None:
    item, meeting = scene.propose(), scene.meeting

    scene.apply(**{"2027-01-21": "2027-01-28"})
    assert list(days(scene)) == [date(2027, 1, 28)]
    assert days(scene)[date(2027, 1, 28)] is item.meeting is meeting


def test_the_same_file_again_leaves_alone_what_the_host_changed_in_slack(scene: Scene) -> None:
    moved = an_arrangement(day=date(2027, 1, 28), starts=time(14), minutes=90, office="Library")
    change(scene.session, scene.actor("U0CURATOR"), scene.meeting.id, moved, scene.now)
    before = everything(scene.session)

    scene.apply()
    assert everything(scene.session) == before


def test_of_a_meeting_changed_in_slack_the_file_changes_what_it_says_otherwise(scene: Scene) -> None:
    meeting = scene.meeting
    moved = an_arrangement(day=date(2027, 1, 28), starts=time(14), office="Library")
    change(scene.session, scene.actor("U0CURATOR"), meeting.id, moved, scene.now)

    scene.apply(**{"minutes = 120": "minutes = 90"})
    assert arrangement_of(meeting) == replace(moved, minutes=90)
    scene.apply(**{"minutes = 120": "minutes = 90", "2027-01-21": "2027-02-04"})
    assert arrangement_of(meeting) == replace(moved, minutes=90, day=date(2027, 2, 4))
    assert list(days(scene)) == [date(2027, 2, 4)]


def test_a_meeting_of_another_quarter_leaves_the_proposed_one_alone(scene: Scene) -> None:
    scene.clock.strikes("2027-01-25 09:00")
    turn_over(scene.session, scene.consortium, scene.now)
    proposed = scene.meeting
    another = FIRST_MEETING.replace("01-21", "07-15").replace('host = "CCSJ"', "")

    scene.apply(**{FIRST_MEETING: FIRST_MEETING + another})
    assert (proposed.day, proposed.state) == (date(2027, 4, 15), MeetingState.PROPOSED)
    assert list(days(scene)) == [date(2027, 1, 21), date(2027, 4, 15), date(2027, 7, 15)]


def test_a_meeting_added_to_the_file_leaves_the_others_alone(scene: Scene) -> None:
    meeting = scene.meeting
    another = FIRST_MEETING.replace("01-21", "04-15").replace("CCSJ", "Bayview")

    scene.apply(**{FIRST_MEETING: FIRST_MEETING + another})
    assert [one.host.name for one in days(scene).values()] == ["CCSJ", "Bayview"]
    assert days(scene)[date(2027, 1, 21)] is meeting


def test_a_meeting_that_the_file_no_longer_names_stays(scene: Scene) -> None:
    scene.apply(**{FIRST_MEETING: ""})

    assert list(days(scene)) == [date(2027, 1, 21)]


def test_the_file_settles_a_proposed_meeting_on_another_day(scene: Scene) -> None:
    scene.clock.strikes("2027-01-25 09:00")
    turn_over(scene.session, scene.consortium, scene.now)
    proposed = scene.meeting
    another = FIRST_MEETING.replace("01-21", "04-22").replace('host = "CCSJ"', "")

    scene.apply(**{FIRST_MEETING: FIRST_MEETING + another})
    assert days(scene)[date(2027, 4, 22)] is proposed
    assert (proposed.state, proposed.host.name) == (MeetingState.SET, "Bayview")
    assert len(days(scene)) == 2


def test_without_a_host_it_is_whose_turn_it_is_then_and_stays_theirs(scene: Scene) -> None:
    another = FIRST_MEETING.replace("01-21", "04-15").replace('host = "CCSJ"', "")
    for _ in range(2):
        scene.apply(**{FIRST_MEETING: FIRST_MEETING + another})
        assert [one.host.name for one in days(scene).values()] == ["CCSJ", "Bayview"]


def test_another_host_gets_the_cards(scene: Scene) -> None:
    item = scene.propose()

    scene.apply(**{'host = "CCSJ"': 'host = "Sunset"'})
    assert scene.cards(item) == {"U0CURATOR": False, "U0DEPUTY": False, "U0SAM": True}


def test_a_dropped_collaborative_leaves_the_rotation_and_keeps_its_past(scene: Scene) -> None:
    item = scene.propose(by="U0SAM")
    sunset = """[[collaborative]]
name = "Sunset"
office = "4 Noriega St, San Francisco"
curators = ["U0SAM"]
"""
    scene.apply(**{sunset: ""})
    assert names(scene) == ["CCSJ", "Bayview", "Mission"]
    assert item.collaborative is scene.collaborative("Sunset")
    assert [person.user_id for person in curators(scene.session, scene.collaborative("Sunset"))] == ["U0SAM"]

    scene.apply()
    assert names(scene) == ["CCSJ", "Bayview", "Mission", "Sunset"]


def test_hosting_order_follows_the_file(scene: Scene) -> None:
    scene.apply(Bayview="Swap", Mission="Bayview")
    scene.apply(Bayview="Swap", Mission="Bayview")

    assert names(scene) == ["CCSJ", "Swap", "Bayview", "Sunset"]


def test_other_curators_get_the_cards_and_those_before_lose_their_buttons(scene: Scene) -> None:
    item = scene.propose()
    assert scene.cards(item) == {"U0CURATOR": True, "U0DEPUTY": True}

    scene.apply(**{'["U0CURATOR", "U0DEPUTY"]': '["U0DEPUTY", "U0NEW"]'})
    assert scene.cards(item) == {"U0CURATOR": False, "U0DEPUTY": True, "U0NEW": True}


def test_a_channel_of_the_curators_gets_the_cards_in_their_place(scene: Scene) -> None:
    item = scene.propose()
    scene.cards(item)

    scene.apply(**{'members = ["U0MEMBER"]': 'members = ["U0MEMBER"]\nchannel = "C0CURATORS"'})
    assert scene.cards(item) == {"U0CURATOR": False, "U0DEPUTY": False, "C0CURATORS": True}


def test_hosts_are_never_asked_where_everybody_reads(scene: Scene) -> None:
    asked_there = {'members = ["U0MEMBER"]': 'members = ["U0MEMBER"]\nchannel = "C0SHARED"'}
    with refusal("those who decide for CCSJ can't be the shared one") as refused:
        scene.apply(**asked_there)
    assert refused.value.field == "channel"


def test_the_channels_of_curators_and_of_all_change_places_in_one_file(scene: Scene) -> None:
    scene.apply(**{'members = ["U0MEMBER"]': 'members = ["U0MEMBER"]\nchannel = "C0CURATORS"'})
    changed = {
        'channel = "C0SHARED"': 'channel = "C0CURATORS"',
        'members = ["U0MEMBER"]': 'members = ["U0MEMBER"]\nchannel = "C0HOSTS"',
    }
    scene.apply(**changed)
    assert scene.consortium.channel_id == "C0CURATORS"


def test_a_channel_taken_out_of_the_file_gives_the_cards_back_to_the_curators(scene: Scene) -> None:
    scene.apply(**{'members = ["U0MEMBER"]': 'members = ["U0MEMBER"]\nchannel = "C0CURATORS"'})
    item = scene.propose()
    assert scene.cards(item) == {"C0CURATORS": True}

    scene.apply()
    assert scene.collaborative("CCSJ").curators_channel_id is None
    assert scene.cards(item) == {"C0CURATORS": False, "U0CURATOR": True, "U0DEPUTY": True}


def in_channel(channel: str) -> dict[str, str]:
    """The change to the file by which the host's curators are asked in this channel."""
    return {'members = ["U0MEMBER"]': f'members = ["U0MEMBER"]\nchannel = "{channel}"'}


def a_card(scene: Scene) -> PostKind:
    scene.propose()
    return PostKind.CARD


def a_withdrawal(scene: Scene) -> PostKind:
    [item] = on_agenda(scene, "Rent")
    withdraw(scene.session, scene.actor("U0MEMBER"), item.id, scene.now)
    return PostKind.WITHDRAWAL


def a_question_about_the_meeting(scene: Scene) -> PostKind:
    scene.meeting.state = MeetingState.PROPOSED
    ask_to_confirm(scene.session, scene.meeting, scene.now)
    return PostKind.PROPOSED_MEETING


def a_question_about_a_message(scene: Scene) -> PostKind:
    lost = scene.posts(PostKind.STANDING)[0]
    lost.state, lost.may_be_there = PostState.UNKNOWN, True
    ask_whether_it_is_there(scene.session, lost, scene.now)
    return PostKind.UNSURE


FATES = [
    {"state": PostState.DUE},
    {"state": PostState.DUE, "may_be_there": True},
    {"state": PostState.UNKNOWN, "may_be_there": True},
    {"state": PostState.FAILED},
    {"state": PostState.SENDING},
]


@pytest.mark.parametrize("fate", FATES, ids=str)
@pytest.mark.parametrize(
    "asks", [a_card, a_withdrawal, a_question_about_the_meeting, a_question_about_a_message]
)
def test_what_stands_surely_in_no_channel_of_before_is_asked_in_the_new_one_and_never_in_the_old(
    scene: Scene, asks: Callable[[Scene], PostKind], fate: dict[str, object]
) -> None:
    scene.apply(**in_channel("C0OLD"))
    kind = asks(scene)
    scene.session.flush()
    [old] = [post for post in scene.posts(kind) if post.place == "C0OLD"]
    for name, value in fate.items():
        setattr(old, name, value)
    scene.session.flush()

    scene.apply(**in_channel("C0NEW"))
    [new] = [post for post in scene.posts(kind) if post.place == "C0NEW"]
    assert new.state == PostState.DUE
    assert kinds.view(scene.session, new, scene.now) is not None
    assert kinds.view(scene.session, old, scene.now) is None
    is_to_be_found = fate == {"state": PostState.DUE, "may_be_there": True} and kind != PostKind.WITHDRAWAL
    stays = is_to_be_found or fate["state"] == PostState.SENDING
    assert old.state == (fate["state"] if stays else PostState.NOT_NEEDED)

    scene.apply(**in_channel("C0OLD"))
    assert old.state in (PostState.DUE, PostState.SENDING)
    assert old.may_be_there == fate.get("may_be_there", False)


def test_a_form_keeps_the_curators_channel_which_it_does_not_show(scene: Scene) -> None:
    known = scene.collaborative("Bayview")
    known.curators_channel_id = "C0CURATORS"

    described = collaborative_from({"name": "Bayview", "office": "5 Fifth St"})
    seat(scene.session, scene.consortium, described, 2, scene.now, known)
    assert known.curators_channel_id == "C0CURATORS"


def test_who_is_taken_out_in_the_form_is_with_them_no_longer(scene: Scene) -> None:
    known = scene.collaborative("CCSJ")
    for who in ("U0NEW", "U0CURATOR"):
        scene.actor(who).person.collaborative = known

    people = {"curators": ["T0SISTER/U0CURATOR"], "members": ["T0SISTER/U0NEW"]}
    described = collaborative_from({"name": "CCSJ", "office": "1 Main St", **people})
    seat(scene.session, scene.consortium, described, 1, scene.now, known)
    assert {one.user_id for one in members(scene.session, known)} == {"U0NEW", "U0CURATOR"}
    assert scene.actor("U0MEMBER").person.collaborative is None


def test_other_admins_get_the_cards_of_a_host_without_curators(scene: Scene) -> None:
    mission = {'host = "CCSJ"': 'host = "Mission"'}
    scene.apply(**mission)
    item = scene.propose()
    assert scene.cards(item) == {"U0ADMIN": True}

    scene.apply(**mission, **{'admins = ["U0ADMIN"]': 'admins = ["U0NEW"]'})
    assert scene.cards(item) == {"U0ADMIN": False, "U0NEW": True}
    assert [person.user_id for person in admins(scene.session)] == ["U0NEW"]


def test_other_admins_get_the_cards_also_where_no_curator_can_act_any_more(scene: Scene) -> None:
    mission = {
        'host = "CCSJ"': 'host = "Mission"',
        'name = "Mission"': 'name = "Mission"\ncurators = ["U0GONE"]',
    }
    scene.apply(**mission)
    scene.actor("U0GONE").person.deactivated_at = scene.now
    item = scene.propose()
    assert scene.cards(item) == {"U0ADMIN": True}

    scene.apply(**mission, **{'admins = ["U0ADMIN"]': 'admins = ["U0NEW"]'})
    assert scene.cards(item) == {"U0ADMIN": False, "U0NEW": True}


def test_new_curators_are_asked_to_confirm_what_is_proposed(scene: Scene) -> None:
    scene.clock.strikes("2027-01-25 09:00")
    turn_over(scene.session, scene.consortium, scene.now)

    scene.apply(**{'["T0OTHER/U0RUTH"]': '["U0NEW"]'})
    assert [post.place for post in scene.posts(PostKind.PROPOSED_MEETING)] == ["U0RUTH", "U0NEW"]


def test_changing_one_collaborative_leaves_the_cards_of_another_hosts_meeting(scene: Scene) -> None:
    item = scene.propose()
    before = [(post.key, post.wanted_version) for post in scene.posts(PostKind.CARD, about=item.id)]

    scene.apply(**{'curators = ["U0SAM"]': 'curators = ["U0NEW"]'})
    assert [(post.key, post.wanted_version) for post in scene.posts(PostKind.CARD, about=item.id)] == before


def test_who_was_mistyped_in_the_file_is_with_nobody_once_it_is_corrected(scene: Scene) -> None:
    ccsj = scene.collaborative("CCSJ")
    before = members(scene.session, ccsj)
    scene.apply(U0MEMBER="U0MISTYPED", U0DEPUTY="U0MISSPELT")
    scene.apply()
    assert members(scene.session, ccsj) == before


def test_people_who_said_themselves_whom_they_are_with_stay_with_them(scene: Scene) -> None:
    said = scene.actor("U0NEW").person
    said.collaborative, said.named_at = scene.collaborative("Mission"), scene.now

    scene.apply()
    assert [person.user_id for person in members(scene.session, scene.collaborative("Mission"))] == ["U0NEW"]


def test_an_error_half_way_saves_nothing(database: Database, clock: FrozenClock) -> None:
    def all_of_it() -> dict[str, list[tuple[Any, ...]]]:
        with database.transaction() as session:
            return everything(session)

    with database.transaction() as session:
        consortium = apply(session, a_plan(), clock())
        sunset = rotation(session)[-1]
        arrange(session, consortium, sunset, an_arrangement(day=date(2027, 4, 15)), clock())
    before = all_of_it()
    fails = a_plan(
        **{'"Sister Peace Initiatives"': '"Sisters"', "Mission": "Missions", "2027-01-21": "2027-02-18"}
    )
    strange = fails.meetings[0].model_copy(update={"host": "Nobody"})
    with refusal("Nobody is no collaborative"), database.transaction() as session:
        apply(session, fails.model_copy(update={"meetings": (strange,)}), clock())
    assert all_of_it() == before


def test_a_collaborative_that_is_known_can_be_renamed(scene: Scene) -> None:
    known = scene.collaborative("Bayview")
    described = collaborative_from({"name": "Bayview Hill", "office": "5 Fifth St"})

    changed = seat(scene.session, scene.consortium, described, 4, scene.now, known)
    assert changed is known
    assert (known.name, known.office) == ("Bayview Hill", "5 Fifth St")
    assert names(scene) == ["CCSJ", "Mission", "Sunset", "Bayview Hill"]
    assert curators(scene.session, known) == []


def test_two_collaboratives_have_not_one_name(scene: Scene) -> None:
    described = collaborative_from({"name": "Sunset", "office": "5 Fifth St"})

    with refusal("Another collaborative has that name already") as refused:
        seat(scene.session, scene.consortium, described, 1, scene.now, scene.collaborative("Bayview"))
    assert refused.value.field == "name"


def test_a_new_collaborative_takes_its_place_among_the_others(scene: Scene) -> None:
    described = collaborative_from({"name": "Excelsior", "office": "6 Sixth St"})

    seat(scene.session, scene.consortium, described, 2, scene.now)
    assert names(scene) == ["CCSJ", "Excelsior", "Bayview", "Mission", "Sunset"]


def settled(scene: Scene, host_id: int | None = None, **changes: Any) -> Meeting:
    arrangement = an_arrangement(**{"day": date(2027, 4, 15)} | changes)
    return settle(scene.session, scene.consortium, arrangement, host_id, scene.now)


def test_a_meeting_settled_without_host_and_office_is_at_whose_turn_it_is(scene: Scene) -> None:
    meeting = settled(scene, office="")

    assert (meeting.host.name, meeting.office) == ("Bayview", "2 Third St, San Francisco")
    assert meeting.state == MeetingState.SET


@pytest.mark.parametrize(("who", "told"), [("U0ADMIN", ["U0RUTH"]), ("U0RUTH", [])])
def test_the_host_hears_of_a_meeting_that_somebody_else_adds(scene: Scene, who: str, told: list[str]) -> None:
    actor = scene.actor(who, "T0OTHER" if who == "U0RUTH" else "T0SISTER")
    meet(scene.session, actor, an_arrangement(day=date(2027, 4, 15)), None, scene.now)
    posts = scene.posts(PostKind.PROPOSED_MEETING)
    assert [post.place for post in posts] == told
    for post in posts:
        message = draw(scene.session, post, scene.now)
        assert message is not None
        assert "Bayview hosts on Thu, Apr 15" in message.text
        assert "You can still change it" in message.text


def test_a_meeting_is_settled_with_the_host_and_the_office_that_were_named(scene: Scene) -> None:
    meeting = settled(scene, scene.collaborative("Sunset").id, office="Library")

    assert (meeting.host.name, meeting.office) == ("Sunset", "Library")


def test_a_collaborative_of_another_consortium_hosts_nothing_here(scene: Scene) -> None:
    theirs = scene.theirs(Collaborative)[3]

    with refusal("no longer here") as refused:
        settled(scene, theirs.id)
    assert refused.value.field == "host"


def test_the_past_cannot_be_settled(scene: Scene) -> None:
    with refusal("has passed") as refused:
        settled(scene, day=date(2026, 11, 22))
    assert refused.value.field == "day"


def test_a_decided_item_survives_a_new_host(scene: Scene) -> None:
    item = scene.propose()
    add_to_agenda(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)

    scene.apply(**{'host = "CCSJ"': 'host = "Sunset"'})
    assert (item.state, item.meeting) == (ItemState.ON_AGENDA, scene.meeting)


def test_a_meeting_in_the_past_is_refused_as_the_form_refuses_it(scene: Scene) -> None:
    another = FIRST_MEETING.replace("2027-01-21", "2026-10-01")
    with refusal("October 1, 2026 has passed. Choose a day to come."):
        scene.apply(**{FIRST_MEETING: FIRST_MEETING + another})


def test_each_meeting_of_a_file_that_is_in_the_past_is_named(scene: Scene) -> None:
    others = [FIRST_MEETING.replace("2027-01-21", day) for day in ("2026-10-01", "2027-07-15", "2026-11-23")]
    with refusal(
        r"^meeting 2 \(2026-10-01\): Thursday, October 1, 2026 has passed. Choose a day to come.\n"
        r"meeting 4 \(2026-11-23\): On Monday, November 23, 2026 this time has passed."
    ):
        scene.apply(**{FIRST_MEETING: "".join([FIRST_MEETING, *others])})


def test_a_meeting_is_not_moved_into_the_past(scene: Scene) -> None:
    with refusal("November 22, 2026 has passed. Choose a day to come."):
        scene.apply(**{"2027-01-21": "2026-11-22"})


def test_a_meeting_of_today_is_taken_until_it_would_be_over(scene: Scene) -> None:
    today = FIRST_MEETING.replace("2027-01-21", "2026-11-23")
    with refusal("this time has passed. Choose a later one."):
        scene.apply(**{FIRST_MEETING: FIRST_MEETING + today})

    scene.apply(**{FIRST_MEETING: FIRST_MEETING + today.replace("10:00", "14:00")})
    assert sorted(days(scene)) == [date(2026, 11, 23), date(2027, 1, 21)]


def test_an_old_file_may_name_a_meeting_that_a_host_has_moved_since_and_that_was_held(scene: Scene) -> None:
    meeting = days(scene)[date(2027, 1, 21)]
    change(
        scene.session, scene.actor("U0CURATOR"), meeting.id, an_arrangement(day=date(2027, 1, 28)), scene.now
    )
    scene.clock.strikes("2027-02-10 09:00")
    turn_over(scene.session, scene.consortium, scene.now)
    before = everything(scene.session)
    scene.apply()
    assert everything(scene.session) == before


def test_settings_described_again_as_they_are_change_nothing(scene: Scene) -> None:
    before = (scene.consortium.name, scene.consortium.scheduled_since, len(scene.posts(PostKind.STANDING)))
    describe(scene.session, a_plan(), scene.now)
    assert (
        scene.consortium.name,
        scene.consortium.scheduled_since,
        len(scene.posts(PostKind.STANDING)),
    ) == before


def test_a_meeting_can_be_added_once_somebody_could_host_it(scene: Scene) -> None:
    admin = scene.actor("U0ADMIN")
    assert settings_to_meet(scene.session, admin, scene.now) == settings(scene.session, admin, scene.now)
    for one in rotation(scene.session):
        one.position = None
    with refusal("add the first collaborative"):
        settings_to_meet(scene.session, admin, scene.now)
