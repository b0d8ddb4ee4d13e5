"""Which collaborative a person is with."""

from bot.items import choices, choices_to_make
from bot.membership import join
from storage.consortia import Collaborative, rotation
from tests.builders import Scene
from tests.refusals import refusal


def test_who_says_whom_they_are_with_is_with_them(scene: Scene) -> None:
    newcomer = scene.actor("U0NEW")
    assert [choice.name for choice in choices(scene.session, newcomer)] == [
        "CCSJ",
        "Bayview",
        "Mission",
        "Sunset",
    ]

    joined = join(scene.session, newcomer, scene.collaborative("Mission").id, scene.now)
    assert (joined.collaborative, joined.received.items) == ("Mission", ())
    assert newcomer.person.collaborative is scene.collaborative("Mission")
    assert scene.propose(by="U0NEW").collaborative is scene.collaborative("Mission")


def test_whose_collaborative_was_just_set_can_be_read_after_the_transaction(scene: Scene) -> None:
    newcomer = scene.actor("U0NEW")
    join(scene.session, newcomer, scene.collaborative("Mission").id, scene.now)
    item = scene.propose(by="U0NEW")
    scene.session.flush()
    scene.session.expunge_all()

    assert item.proposer is newcomer.person
    assert newcomer.person.collaborative is not None
    assert newcomer.person.collaborative.name == "Mission"


def test_an_old_question_does_not_change_whom_somebody_is_with(scene: Scene) -> None:
    newcomer = scene.actor("U0NEW")
    join(scene.session, newcomer, scene.collaborative("Mission").id, scene.now)

    with refusal("You are with Mission already"):
        join(scene.session, newcomer, scene.collaborative("Sunset").id, scene.now)
    assert newcomer.person.collaborative is scene.collaborative("Mission")


def test_what_was_typed_before_is_handed_in_by_whoever_was_named_a_member_meanwhile(scene: Scene) -> None:
    newcomer = scene.actor("U0NEW")
    draft = scene.propose(by="U0NEW")
    newcomer.person.collaborative = scene.collaborative("Mission")

    joined = join(scene.session, newcomer, scene.collaborative("Sunset").id, scene.now)
    assert joined.collaborative == "Mission"
    assert [item.id for item in joined.received.items] == [draft.id]
    assert draft.collaborative is newcomer.person.collaborative is scene.collaborative("Mission")


def test_a_collaborative_that_is_not_here_cannot_be_joined(scene: Scene) -> None:
    gone = scene.collaborative("Sunset")
    gone.position = None

    for strange in (999_999, scene.theirs(Collaborative)[0].id, gone.id):
        with refusal("no longer here") as refused:
            join(scene.session, scene.actor("U0NEW"), strange, scene.now)
        assert refused.value.field == "collaborative"
    assert scene.actor("U0NEW").person.collaborative is None


def test_where_nobody_hosts_there_is_nothing_to_choose_and_what_was_written_is_kept(scene: Scene) -> None:
    newcomer = scene.actor("U0NEW")
    assert choices_to_make(scene.session, newcomer) == choices(scene.session, newcomer)
    for one in rotation(scene.session):
        one.position = None
    with refusal("what you wrote is kept"):
        choices_to_make(scene.session, newcomer)
