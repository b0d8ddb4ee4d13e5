"""Who somebody is: as Slack tells it, whatever those wrote who gave them a role."""

from dataclasses import replace

import pytest

from bot import channels
from bot.channels import Standing, channels_to_ask
from bot.participation import Identity, has_left, is_there, known_as, note, note_asked, people_to_ask
from bot.people import Actor, deciders, keepers, may_decide, may_keep_settings, meet, who_can_not_act
from bot.tips import keep
from storage.brought import items_of_person
from storage.items import ItemState
from storage.people import Person, Who, admins, curators, people_behind
from storage.post_kinds import PostKind
from storage.tips import Tip
from tests.builders import Scene, an_item
from tests.counting import counting

RUTH = "U0RUTH"
ELSEWHERE, HERE = Who("T0OTHER", RUTH), Who("T0SISTER", RUTH)
TOLD = Identity("T0OTHER", "Ruth Adeyemi", is_bot=False, is_deactivated=False)


def tells(scene: Scene, who: Who, identity: Identity = TOLD) -> None:
    note(scene.session, scene.consortium, scene.actor(who.user_id, who.team_id).person, identity, scene.now)


def misnamed(scene: Scene) -> None:
    """Ruth, written without her workspace, before Slack was ever asked of anybody."""
    scene.session.query(Person).filter_by(user_id=RUTH).update({"named_at": None, "asked_at": None})
    scene.apply(**{'curators = ["T0OTHER/U0RUTH"]': 'curators = ["U0RUTH"]'})


def curators_of_bayview(scene: Scene) -> list[Who]:
    return [person.who for person in curators(scene.session, scene.collaborative("Bayview"))]


def test_a_curator_written_without_their_workspace_decides_once_slack_has_told_it(scene: Scene) -> None:
    misnamed(scene)
    assert curators_of_bayview(scene) == [HERE]

    tells(scene, HERE)
    assert curators_of_bayview(scene) == [ELSEWHERE]
    actor = meet(scene.session, scene.consortium, ELSEWHERE, None)
    assert may_decide(scene.session, actor, scene.collaborative("Bayview"))


def test_they_decide_also_if_slack_tells_it_when_they_first_act(scene: Scene) -> None:
    misnamed(scene)
    tells(scene, ELSEWHERE)
    assert curators_of_bayview(scene) == [ELSEWHERE]


def test_whom_nobody_else_stands_for_is_moved_with_all_that_is_theirs(scene: Scene) -> None:
    scene.apply(**{'"T0OTHER/U0KOFI"': '"U0NEW"', 'admins = ["U0ADMIN"]': 'admins = ["U0NEW"]'})
    written = scene.actor("U0NEW").person
    tells(scene, written.who, replace(TOLD, name="Noor"))

    assert written.who == Who("T0OTHER", "U0NEW")
    assert [person.who for person in admins(scene.session)] == [Who("T0OTHER", "U0NEW")]
    assert people_behind(scene.session, "U0NEW") == [written]


def test_the_same_file_again_takes_nobody_back_to_the_wrong_workspace(scene: Scene) -> None:
    misnamed(scene)
    tells(scene, HERE)
    before = {post.key for post in scene.posts(PostKind.CARD)}

    scene.apply(**{'curators = ["T0OTHER/U0RUTH"]': 'curators = ["U0RUTH"]'})
    assert curators_of_bayview(scene) == [ELSEWHERE]
    assert {post.key for post in scene.posts(PostKind.CARD)} == before


@pytest.mark.parametrize(
    ("told", "is_theirs"),
    [
        (replace(TOLD, teams=frozenset({"T0SISTER"})), True),
        (replace(TOLD, team_id="E0ORG"), True),
        (TOLD, False),
    ],
    ids=["a workspace of their organization", "an organization", "another workspace"],
)
def test_in_an_organization_one_may_be_of_several_workspaces(
    scene: Scene, told: Identity, *, is_theirs: bool
) -> None:
    misnamed(scene)
    tells(scene, HERE, told)
    assert curators_of_bayview(scene) == [HERE if is_theirs else ELSEWHERE]


@pytest.mark.parametrize(
    ("told", "is_one"),
    [
        (replace(TOLD, teams=frozenset({"T0OTHER", "T0SISTER"})), True),
        (replace(TOLD, team_id="T0SISTER", teams=frozenset({"T0OTHER", "T0SISTER"})), True),
        (replace(TOLD, team_id="T0SISTER"), False),
        (replace(TOLD, team_id="E0ORG"), False),
        (None, False),
    ],
    ids=["of both", "of both, and at home in the other", "of another", "of what may be another", "not told"],
)
def test_who_speaks_from_another_workspace_of_their_organization_is_the_same_person(
    scene: Scene, told: Identity | None, *, is_one: bool
) -> None:
    ruth = scene.actor(*ELSEWHERE[::-1]).person
    assert known_as(scene.session, ELSEWHERE, None) == ruth
    assert known_as(scene.session, HERE, told) == (ruth if is_one else None)


OF_BOTH = replace(TOLD, teams=frozenset({"T0OTHER", "T0SISTER"}))
NAMED_TWICE = {'admins = ["U0ADMIN"]': 'admins = ["U0ADMIN", "U0RUTH"]'}
"""Ruth curates Bayview as T0OTHER/U0RUTH, and is an admin as U0RUTH."""


def named_twice(scene: Scene) -> tuple[Person, Person]:
    """Before Slack was ever asked of her."""
    scene.session.query(Person).filter_by(user_id=RUTH).update({"named_at": None, "asked_at": None})
    scene.apply(**NAMED_TWICE)
    curator, keeper = people_behind(scene.session, RUTH)
    return curator, keeper


def slack_tells_of_all(scene: Scene) -> None:
    """As the clock asks."""
    for asked in people_to_ask(scene.session, scene.now, 100, ()):
        if asked.user_id == RUTH:
            note_asked(scene.session, scene.consortium, asked, OF_BOTH, scene.now)


@pytest.mark.parametrize("team", ["T0OTHER", "T0SISTER"])
def test_one_person_of_several_workspaces_has_the_roles_of_all(scene: Scene, team: str) -> None:
    named_twice(scene)
    slack_tells_of_all(scene)
    ruth = known_as(scene.session, Who(team, RUTH), OF_BOTH)
    assert people_behind(scene.session, RUTH) == [ruth]
    assert ruth is not None
    actor = Actor(scene.consortium, ruth)
    assert may_keep_settings(scene.session, actor)
    assert may_decide(scene.session, actor, scene.collaborative("Bayview"))
    assert ruth.collaborative is scene.collaborative("Bayview")


@pytest.mark.parametrize("speaks_from", [ELSEWHERE, HERE])
def test_whoever_of_the_two_speaks_first_stays_and_is_found_in_the_bots_workspace(
    scene: Scene, speaks_from: Who
) -> None:
    named_twice(scene)
    speaker = scene.actor(RUTH, speaks_from.team_id).person
    note(scene.session, scene.consortium, speaker, OF_BOTH, scene.now)
    assert people_behind(scene.session, RUTH) == [speaker]
    assert admins(scene.session)[-1] is speaker
    assert curators_of_bayview(scene) == [HERE]


def test_what_the_two_brought_and_did_is_one_persons(scene: Scene) -> None:
    curator, keeper = named_twice(scene)
    brought = [an_item(scene.session, one, title="Rents") for one in (curator, keeper)]
    for one in (curator, keeper):
        keep(scene.session, Actor(scene.consortium, one), "rents", "Ask early", scene.now)
    keeper.left_at = scene.now
    scene.session.flush()
    slack_tells_of_all(scene)
    [ruth] = people_behind(scene.session, RUTH)
    assert {item.id for item in items_of_person(scene.session, ruth, *ItemState)} == {
        one.id for one in brought
    }
    assert {tip.person_id for tip in scene.session.query(Tip).filter_by(topic="rents")} == {ruth.id}
    assert not ruth.reads_along


def test_the_same_file_again_makes_no_second_of_them(scene: Scene) -> None:
    named_twice(scene)
    slack_tells_of_all(scene)
    [ruth] = people_behind(scene.session, RUTH)
    scene.apply(**NAMED_TWICE)
    assert people_behind(scene.session, RUTH) == [ruth]
    assert ruth.is_admin
    assert curators_of_bayview(scene) == [ruth.who]


@pytest.mark.parametrize(
    "told", [replace(TOLD, team_id="E0ORG"), replace(TOLD, team_id="E0ORG", teams=frozenset({"T0OTHER"}))]
)
def test_who_may_be_another_stays_apart(scene: Scene, told: Identity) -> None:
    curator, keeper = named_twice(scene)
    tells(scene, HERE, told)
    tells(scene, ELSEWHERE, told)
    assert people_behind(scene.session, RUTH) == [curator, keeper]


# --- Who keeps the settings


def admin_is(scene: Scene, **facts: object) -> Actor:
    actor = scene.actor("U0ADMIN")
    for name, value in facts.items():
        setattr(actor.person, name, value)
    scene.session.flush()
    return actor


CAN_NOT = pytest.mark.parametrize(
    "facts",
    [{"is_bot": True}, {"is_guest": True}, {"named_at": None}, "deactivated"],
    ids=["a bot", "a guest", "mistyped", "deactivated"],
)


@CAN_NOT
def test_where_no_admin_can_act_who_runs_the_workspace_opens_the_settings(
    scene: Scene, facts: dict[str, object] | str
) -> None:
    runs_it, elsewhere = scene.actor("U0SAM"), scene.actor("U0KOFI", "T0OTHER")
    runs_it.person.runs_workspace = elsewhere.person.runs_workspace = True
    assert not may_keep_settings(scene.session, runs_it)

    locked = admin_is(scene, **({"deactivated_at": scene.now} if isinstance(facts, str) else facts))
    assert not may_keep_settings(scene.session, locked)
    assert may_keep_settings(scene.session, runs_it)
    assert not may_keep_settings(scene.session, elsewhere)
    assert not may_keep_settings(scene.session, scene.actor("U0MEMBER"))


@CAN_NOT
def test_an_admin_who_can_not_act_is_told_and_does_not_stand_in_for_hosts(
    scene: Scene, facts: dict[str, object] | str
) -> None:
    locked = admin_is(scene, **({"deactivated_at": scene.now} if isinstance(facts, str) else facts))
    assert keepers(scene.session) == deciders(scene.session, scene.collaborative("Mission")) == []
    assert who_can_not_act(scene.session, scene.now) == [locked.person]


def test_a_guest_decides_where_they_are_a_curator(scene: Scene) -> None:
    guest = scene.actor("U0CURATOR")
    guest.person.is_guest = True
    assert may_decide(scene.session, guest, scene.collaborative("CCSJ"))
    assert who_can_not_act(scene.session, scene.now) == []


def test_whom_slack_does_not_know_can_not_act_and_is_told(scene: Scene) -> None:
    curator = scene.actor("U0CURATOR").person
    curator.named_at = None
    assert who_can_not_act(scene.session, scene.now) == [curator]
    curator.asked_at = None  # nobody has asked yet
    assert who_can_not_act(scene.session, scene.now) == []


def test_who_has_left_the_rotation_and_still_hosts_is_followed(scene: Scene) -> None:
    """Its cards go to admins when its curators are gone, and they are named among those who can't act."""
    item = scene.propose()
    scene.cards(item)
    scene.collaborative("CCSJ").position = None
    scene.session.flush()
    for user_id in ("U0CURATOR", "U0DEPUTY"):
        tells(scene, Who("T0SISTER", user_id), replace(TOLD, team_id="T0SISTER", is_deactivated=True))

    assert scene.cards(item) == {"U0CURATOR": False, "U0DEPUTY": False, "U0ADMIN": True}
    assert len(who_can_not_act(scene.session, scene.now)) == 2
    scene.clock.strikes("2027-01-25 09:00")  # its meeting is over, and what happened may be asked
    assert len(who_can_not_act(scene.session, scene.now)) == 2
    scene.clock.passes(days=92)
    assert who_can_not_act(scene.session, scene.now) == []


def test_where_one_of_two_rows_is_back_slack_is_asked_who_is_there_when_they_become_one(scene: Scene) -> None:
    """Also if a list of the members was asked for before. A user id may be somebody else's in another workspace, so it is asked."""
    curator, keeper = named_twice(scene)
    has_left(scene.session, "T0SISTER", ELSEWHERE, scene.consortium.channel_id, scene.now)
    scene.clock.passes(minutes=1)
    is_there(scene.session, scene.consortium, curator, scene.now)
    assert not keeper.reads_along
    [asked] = [one for one in channels_to_ask(scene.session, scene.consortium, scene.now) if one.is_shared]
    tells(scene, ELSEWHERE, OF_BOTH)
    for _ in range(2):
        members = Standing(None, frozenset({RUTH}))
        channels.note_asked(scene.session, scene.consortium, asked, members, scene.now)
        [asked, *_] = channels_to_ask(scene.session, scene.consortium, scene.now) or [asked]
    [ruth] = people_behind(scene.session, RUTH)
    assert ruth.reads_along
    assert ruth in deciders(scene.session, scene.collaborative("Bayview"))


@pytest.mark.parametrize("heard_from", ["T0SISTER", "T0OTHER"])
def test_who_became_one_is_found_in_the_bots_workspace_without_asking_slack(
    scene: Scene, heard_from: str
) -> None:
    named_twice(scene)
    tells(scene, Who(heard_from, RUTH), OF_BOTH)
    assert known_as(scene.session, Who("T0SISTER", RUTH), None) is not None


# --- Of whom Slack tells what it told before, nothing is looked up again


AGAIN = replace(TOLD, team_id="T0SISTER", name="Joan Castell")


def test_of_whom_slack_tells_the_same_nobody_looks_who_decides(scene: Scene) -> None:
    tells(scene, Who("T0SISTER", "U0ADMIN"), AGAIN)
    with counting(scene.session.get_bind()) as again:
        tells(scene, Who("T0SISTER", "U0ADMIN"), AGAIN)
    with counting(scene.session.get_bind()) as anew:
        tells(scene, Who("T0SISTER", "U0ADMIN"), replace(AGAIN, is_guest=True))
    assert again.figures.statements < anew.figures.statements / 2


def test_a_role_that_was_given_without_their_workspace_meanwhile_is_theirs(scene: Scene) -> None:
    tells(scene, ELSEWHERE)
    named = {"consortium_id": scene.consortium.id, "team_id": HERE.team_id, "user_id": RUTH}
    scene.session.add(Person(**named, is_admin=True))
    scene.session.flush()

    tells(scene, ELSEWHERE)
    assert {person.who for person in admins(scene.session)} & {HERE, ELSEWHERE} == {ELSEWHERE}


def test_whoever_is_of_another_workspace_by_now_is_known_there(scene: Scene) -> None:
    noor = scene.actor("U0NEW").person
    tells(scene, noor.who, AGAIN)
    tells(scene, noor.who, replace(AGAIN, team_id="T0OTHER"))
    assert noor.who == Who("T0OTHER", "U0NEW")


def test_cards_go_to_an_admin_whom_slack_knows_again_as_it_did(scene: Scene) -> None:
    admin = scene.actor("U0ADMIN").person
    tells(scene, admin.who, AGAIN)
    for user_id in ("U0CURATOR", "U0DEPUTY"):
        tells(scene, Who("T0SISTER", user_id), replace(AGAIN, name=None, is_deactivated=True))
    admin.named_at = None  # it told nothing of them
    scene.session.flush()
    item = scene.propose()
    assert scene.cards(item) == {}

    tells(scene, admin.who, AGAIN)
    assert scene.cards(item) == {"U0ADMIN": True}
