"""Who may do what."""

import pytest

from bot.consortia import apply
from bot.errors import UserError
from bot.meetings import arrange
from bot.people import Actor
from bot.policies import (
    Policy,
    admin,
    anyone,
    author,
    decides_on_item,
    decides_on_meeting,
    decides_on_next_meeting,
    shared_tip,
)
from bot.tips import keep
from handlers.words import worded
from storage.consortia import Collaborative
from storage.items import Item
from storage.meetings import Meeting
from storage.tenancy import across_consortia
from tests.builders import Scene, a_plan, an_arrangement
from tests.refusals import refusal

EVERYBODY = (
    *(("T0SISTER", user) for user in ("U0ADMIN", "U0CURATOR", "U0DEPUTY", "U0MEMBER", "U0SAM", "U0NEW")),
    *(("T0OTHER", user) for user in ("U0RUTH", "U0KOFI")),
    *(("T0NOISE", user) for user in ("U0ADMIN", "U0CURATOR", "U0MEMBER")),
)
CURATORS = {
    "CCSJ": {("T0SISTER", "U0CURATOR"), ("T0SISTER", "U0DEPUTY")},
    "Bayview": {("T0OTHER", "U0RUTH")},
    "Mission": {("T0SISTER", "U0ADMIN")},  # it has no curator
    "Sunset": {("T0SISTER", "U0SAM")},
}


def allowed(scene: Scene, policy: Policy, subject: int | None) -> set[tuple[str, str]]:
    return {(team, user) for team, user in EVERYBODY if may(scene, policy, scene.actor(user, team), subject)}


def may(scene: Scene, policy: Policy, actor: Actor, subject: int | None) -> bool:
    try:
        policy(scene.session, actor, subject, scene.now)
    except UserError as refused:
        return "Nothing was changed." not in worded(refused)
    return True


def hosted_by(scene: Scene, name: str) -> Meeting:
    meeting = scene.meeting
    meeting.host = scene.collaborative(name)
    scene.session.flush()
    return meeting


@pytest.mark.parametrize("host", list(CURATORS))
def test_the_curators_of_the_host_decide_and_where_it_has_none_the_admins(scene: Scene, host: str) -> None:
    item = scene.propose()
    meeting = hosted_by(scene, host)

    assert allowed(scene, decides_on_item, item.id) == CURATORS[host]
    assert allowed(scene, decides_on_meeting, meeting.id) == CURATORS[host]


def test_each_meeting_is_decided_on_by_its_own_host(scene: Scene) -> None:
    later = arrange(
        scene.session,
        scene.consortium,
        scene.collaborative("Bayview"),
        an_arrangement(day=scene.meeting.day.replace(month=4)),
        scene.now,
    )

    assert allowed(scene, decides_on_meeting, scene.meeting.id) == CURATORS["CCSJ"]
    assert allowed(scene, decides_on_meeting, later.id) == CURATORS["Bayview"]


def test_who_is_no_curator_any_more_decides_no_more(scene: Scene) -> None:
    item = scene.propose()
    apply(scene.session, a_plan(**{'curators = ["U0CURATOR", "U0DEPUTY"]': ""}), scene.now)

    assert allowed(scene, decides_on_item, item.id) == {("T0SISTER", "U0ADMIN")}


def test_only_the_author_changes_an_item(scene: Scene) -> None:
    assert allowed(scene, author, scene.propose(by="U0MEMBER").id) == {("T0SISTER", "U0MEMBER")}
    assert allowed(scene, author, scene.propose(by="U0CURATOR").id) == {("T0SISTER", "U0CURATOR")}


def test_only_an_admin_of_this_consortium_changes_the_settings(scene: Scene) -> None:
    assert allowed(scene, admin, None) == {("T0SISTER", "U0ADMIN")}


def test_everyone_who_was_met_may_bring_something(scene: Scene) -> None:
    assert allowed(scene, anyone, None) == set(EVERYBODY)


@pytest.mark.parametrize("host", list(CURATORS))
def test_the_board_of_the_next_meeting_is_for_its_host(scene: Scene, host: str) -> None:
    hosted_by(scene, host)

    assert allowed(scene, decides_on_next_meeting, None) == CURATORS[host]


def test_without_a_next_meeting_there_is_no_board(scene: Scene) -> None:
    scene.clock.strikes("2027-01-21 13:00")

    with refusal("there is no board"):
        decides_on_next_meeting(scene.session, scene.actor("U0CURATOR"), None, scene.now)


def test_only_who_shared_a_tip_files_it_elsewhere(scene: Scene) -> None:
    tip = keep(scene.session, scene.actor("U0MEMBER"), "General", "Bring snacks", scene.now)

    assert allowed(scene, shared_tip, tip.id) == {("T0SISTER", "U0MEMBER")}


def theirs(scene: Scene) -> Meeting:
    """Hosted by one without a curator, so that it is admins who decide."""
    [meeting] = scene.theirs(Meeting)
    [mission] = [host for host in scene.theirs(Collaborative) if host.name == "Mission"]
    with across_consortia(scene.session):
        meeting.host = mission
    return meeting


@pytest.mark.parametrize("policy", [author, decides_on_item])
def test_the_items_of_another_consortium_are_nobodys(scene: Scene, policy: Policy) -> None:
    theirs(scene)
    others = scene.theirs(Item)

    assert len(others) > 5
    assert not any(allowed(scene, policy, item.id) for item in others)


def test_the_meetings_of_another_consortium_are_nobodys(scene: Scene) -> None:
    assert not allowed(scene, decides_on_meeting, theirs(scene).id)


@pytest.mark.parametrize("policy", [author, decides_on_item, decides_on_meeting, shared_tip])
@pytest.mark.parametrize("subject", [None, 0, -1, 999_999])
def test_what_is_not_there_is_nobodys(scene: Scene, policy: Policy, subject: int | None) -> None:
    assert not allowed(scene, policy, subject)


def test_what_has_no_meeting_has_no_host_to_decide(scene: Scene) -> None:
    scene.clock.strikes("2027-01-21 13:00")

    assert not allowed(scene, decides_on_item, scene.propose().id)
