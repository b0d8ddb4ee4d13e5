"""Who is speaking, and how they are called."""

from bot.people import deciders, learn_name, meet, places_to_decide
from storage.database import Database
from storage.people import Person, Who
from storage.post_kinds import PostKind
from storage.tenancy import Session
from tests.at_once import at_once
from tests.builders import Scene, a_scene
from tests.clock import FrozenClock


def test_a_person_is_met_once_in_each_consortium_and_workspace(scene: Scene) -> None:
    member = scene.actor("U0MEMBER").person

    assert scene.actor("U0MEMBER").person is member
    assert scene.actor("U0MEMBER", "T0OTHER").person is not member
    [elsewhere] = [person for person in scene.theirs(Person) if person.user_id == "U0RUTH"]
    assert scene.actor("U0RUTH", "T0OTHER").person is not elsewhere


def test_what_slack_calls_them_serves_until_a_better_name_is_known(scene: Scene) -> None:
    who = Who("T0SISTER", "U0NEW")
    person = meet(scene.session, scene.consortium, who, "noor").person
    assert person.name == "noor"

    learn_name(scene.session, person.id, "Noor Haddad", scene.now)
    assert meet(scene.session, scene.consortium, who, "noor").person.name == "Noor Haddad"
    learn_name(scene.session, person.id, None, scene.now)
    assert (person.name, person.named_at) == ("Noor Haddad", scene.now)


def test_a_better_name_shows_on_the_cards(scene: Scene) -> None:
    item, other = scene.propose(by="U0MEMBER"), scene.propose(by="U0CURATOR")
    person = scene.actor("U0MEMBER").person

    learn_name(scene.session, person.id, "Priya N.", scene.now)
    learn_name(scene.session, person.id, "Priya N.", scene.now)
    assert {post.wanted_version for post in scene.posts(PostKind.CARD, about=item.id)} == {2}
    assert {post.wanted_version for post in scene.posts(PostKind.CARD, about=other.id)} == {1}


def test_cards_go_to_those_who_decide_or_to_their_channel(scene: Scene) -> None:
    def places(name: str) -> list[str]:
        return places_to_decide(scene.session, scene.collaborative(name))

    assert places("CCSJ") == ["U0CURATOR", "U0DEPUTY"]
    assert places("Mission") == ["U0ADMIN"]
    scene.collaborative("CCSJ").curators_channel_id = "C0CURATORS"
    assert places("CCSJ") == ["C0CURATORS"]
    mission = deciders(scene.session, scene.collaborative("Mission"))
    assert [person.team_id for person in mission] == ["T0SISTER"]


def test_two_first_times_at_once_make_one_person(database: Database, clock: FrozenClock) -> None:
    with database.transaction() as session:
        a_scene(session, clock)

    def meeting(session: Session) -> int:
        return Scene.found(session, clock).actor("U0NEW").person.id

    first, second = at_once(database, meeting, meeting)
    assert first == second
