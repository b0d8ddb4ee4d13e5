"""A collaborative leaves with everything, or without a trace; what others planned with stays."""

from datetime import date

import pytest
from sqlalchemy import select

from bot.decisions import add_to_agenda
from bot.hosting import give
from bot.leaving import Neutral
from bot.leaving_together import Unnamed, erase_collaborative, everything_of_collaborative
from bot.publishing import publish
from bot.seats import leave_rotation
from bot.seen.meetings import Welcome
from bot.setup import after_holding
from bot.tips import keep
from bot.welcoming import welcome
from storage.consortia import Collaborative, rotation
from storage.meetings import Meeting, Publication
from storage.people import Curator, Person
from storage.post_kinds import PostKind
from storage.tenancy import across_consortia
from storage.upkeep.records import Base
from tests.builders import Scene, deliver
from tests.drawn import draw
from tests.handlers.steps import shown
from tests.refusals import refusal

NEUTRAL = Neutral("A former member", "An item of a former member", "To do")
UNNAMED = Unnamed("A former member of our group", "(no address)")
ITS_WORDS = ("CCSJ", "1 Main St", "Priya", "Theo", "Maria", "cousin")


@pytest.fixture
def left(scene: Scene) -> Collaborative:
    """It hosted, and brought something; it is out of hosting order, and hosts no more."""
    host = scene.actor("U0CURATOR")
    for title, by in (("Priya's cousin", "U0MEMBER"), ("Budget", "U0SAM")):
        item = scene.propose(title, by=by, minutes=15)
        add_to_agenda(scene.session, host, item.id, scene.now)
    publish(scene.session, host, scene.meeting.id, scene.now)
    keep(scene.session, scene.actor("U0MEMBER"), "Referrals", "Priya's cousin can tell", scene.now)
    [agenda] = scene.posts(PostKind.AGENDA)
    deliver(agenda, scene.now)
    scene.clock.strikes("2027-01-22 12:00")
    its = scene.collaborative("CCSJ")
    leave_rotation(scene.session, its)
    for user_id in ("U0CURATOR", "U0DEPUTY"):
        scene.actor(user_id).person.collaborative = its
    scene.session.flush()
    return its


def erases(scene: Scene, its: Collaborative) -> None:
    erase_collaborative(scene.session, scene.consortium, its, NEUTRAL, UNNAMED, scene.now)
    scene.session.expire_all()


def in_database(scene: Scene) -> str:
    with across_consortia(scene.session):
        rows = [
            row
            for table in Base.metadata.sorted_tables
            if "consortium_id" in table.columns
            for row in scene.session.execute(
                select(table).where(table.c.consortium_id == scene.consortium.id)
            )
        ]
    return repr(rows)


def test_its_file_holds_its_rows_and_those_of_its_people_and_nothing_of_others(
    scene: Scene, left: Collaborative
) -> None:
    exported = everything_of_collaborative(scene.session, scene.consortium, left)
    assert [row["name"] for row in exported["its collaborative"]] == ["CCSJ"]
    assert [row["day"] for row in exported["its meeting"]] == [date(2027, 1, 21)]
    assert [(row["of"], row["title"]) for row in exported["items brought"]] == [
        ("Priya Nair", "Priya's cousin")
    ]
    assert [row["text"] for row in exported["what worked"]] == ["Priya's cousin can tell"]
    assert "Budget" not in repr(exported)
    assert "Sam" not in repr(exported)


def test_it_goes_with_its_people_its_name_and_its_address(scene: Scene, left: Collaborative) -> None:
    assert all(word in in_database(scene) for word in ITS_WORDS)
    erases(scene, left)
    assert [word for word in ITS_WORDS if word in in_database(scene)] == []
    assert scene.session.scalars(select(Curator).where(Curator.collaborative_id == left.id)).all() == []
    assert {one.user_id for one in scene.session.scalars(select(Person)) if one.erased_at is None} >= {
        "U0SAM",
        "U0ADMIN",
    }


def test_what_others_brought_stays_and_so_do_the_places_of_its_items(
    scene: Scene, left: Collaborative
) -> None:
    erases(scene, left)
    [publication] = scene.session.scalars(select(Publication))
    told = [(entry["title"], entry["minutes"], entry["collaborative"]) for entry in publication.entries]
    assert told == [(NEUTRAL.title, 15, UNNAMED.name), ("Budget", 15, "Sunset")]
    [agenda] = scene.posts(PostKind.AGENDA)
    assert agenda.shows_removed_words
    drawn = draw(scene.session, agenda, scene.now)
    assert drawn is not None
    assert [word for word in ITS_WORDS if word in shown(drawn)] == []


def test_who_is_known_twice_goes_with_all_their_rows(scene: Scene, left: Collaborative) -> None:
    scene.actor("U0MEMBER", "T0TOLD").person.name = "Priya Nair"
    scene.session.flush()
    erases(scene, left)
    assert "Priya" not in in_database(scene)


def test_the_name_that_it_had_before_goes_from_agendas_of_that_time(
    scene: Scene, left: Collaborative
) -> None:
    left.name = "Care in San José"
    scene.session.flush()
    erases(scene, left)
    assert [word for word in ("CCSJ", "José") if word in in_database(scene)] == []


def test_its_address_goes_from_a_meeting_that_it_gave_away(scene: Scene) -> None:
    its, admin = scene.collaborative("CCSJ"), scene.actor("U0ADMIN")
    host = scene.actor("U0CURATOR")
    welcome(scene.session, host, scene.meeting.id, Welcome(arrival="Ring twice"), scene.now)
    give(scene.session, admin, scene.meeting.id, scene.collaborative("Mission").id, scene.now)
    host.person.collaborative = scene.actor("U0DEPUTY").person.collaborative = its
    leave_rotation(scene.session, its)
    erases(scene, its)
    assert [word for word in ("CCSJ", "1 Main St", "Ring twice") if word in in_database(scene)] == []
    assert scene.meeting.office == "3 Bryant St, San Francisco"


def test_its_name_goes_from_agendas_of_others_also_where_who_brought_it_is_elsewhere_by_now(
    scene: Scene, left: Collaborative
) -> None:
    scene.actor("U0MEMBER").person.collaborative = mission = scene.collaborative("Mission")
    give_meeting_of_the_past(scene, mission)
    erases(scene, left)
    [agenda] = scene.posts(PostKind.AGENDA)
    assert agenda.shows_removed_words


def give_meeting_of_the_past(scene: Scene, host: Collaborative) -> None:
    """As if the other had hosted it."""
    [publication] = scene.session.scalars(select(Publication))
    meeting = scene.session.get_one(Meeting, publication.meeting_id)
    meeting.host = host
    scene.session.flush()


def test_two_that_left_have_not_one_name(scene: Scene, left: Collaborative) -> None:
    erases(scene, left)
    other = scene.collaborative("Bayview")
    leave_rotation(scene.session, other)
    erases(scene, other)
    assert (left.name, other.name) == (UNNAMED.name, f"{UNNAMED.name} 2")
    assert other not in rotation(scene.session)


def test_one_that_is_in_hosting_order_is_not_erased(scene: Scene) -> None:
    with refusal("has its place in hosting order"):
        erases(scene, scene.collaborative("Mission"))


def test_one_that_hosts_a_meeting_to_come_is_not_erased(scene: Scene) -> None:
    mission = scene.collaborative("Mission")
    give(scene.session, scene.actor("U0ADMIN"), scene.meeting.id, mission.id, scene.now)
    leave_rotation(scene.session, mission)
    with refusal("Mission hosts on"):
        erases(scene, mission)


def test_while_a_hold_lasts_none_is_erased(scene: Scene, left: Collaborative) -> None:
    after_holding(scene.session, scene.actor("U0ADMIN"), "Why", date(2027, 6, 30), scene.now)
    with refusal("a hold lasts up to"):
        erases(scene, left)
    assert left.name == "CCSJ"
