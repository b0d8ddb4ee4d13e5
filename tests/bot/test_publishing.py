"""Publishing: what becomes everybody's, when, and in which message."""

import pytest
from sqlalchemy import text

from bot import publishing
from bot.audiences import EVERYBODY
from bot.decisions import add_to_agenda, reconsider, undo
from bot.errors import UserError
from bot.items import Proposal, edit, withdraw
from bot.seen.agenda import PublishedSeen, seen_published
from handlers.words import worded
from storage.database import Database
from storage.meetings import Meeting, last_publications
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.tenancy import Session
from storage.upkeep.schema import bring_up_to_date
from tests.at_once import at_once
from tests.bot.hosting import board_of, curator, held, on_agenda, publications, publish
from tests.bot.test_board import move
from tests.builders import Scene, a_scene, deliver
from tests.clock import FrozenClock
from tests.drawn import draw
from tests.refusals import refusal
from tests.servers import PostgresServer

LONG_ENOUGH = 2_000
"""How many characters of the details a form could show."""


def seen(scene: Scene) -> PublishedSeen:
    return seen_published(scene.meeting, publications(scene), [], EVERYBODY)


def published(scene: Scene) -> list[str]:
    return [entry.title for entry in seen(scene).entries.shown]


def say_better(scene: Scene, item_id: int, title: str) -> None:
    proposal = Proposal(title, minutes=10)
    edit(scene.session, scene.actor("U0MEMBER"), item_id, proposal, LONG_ENOUGH, scene.now)


def test_an_agenda_is_published_in_the_shared_channel(scene: Scene) -> None:
    on_agenda(scene, "One", "Two", told=False)
    scene.propose("Waiting")
    publish(scene)

    [post] = scene.posts(PostKind.AGENDA)
    assert (post.place, post.subject_id, post.due_at) == ("C0SHARED", scene.meeting.id, scene.now)
    assert published(scene) == ["One", "Two"]


def test_who_publishes_sees_the_board_as_it_stands_then(scene: Scene) -> None:
    on_agenda(scene, "One")
    before, after = board_of(scene), publish(scene)

    assert (before.was_published, before.is_published_as_it_stands) == (False, False)
    assert (after.was_published, after.is_published_as_it_stands) == (True, True)


def test_later_edits_show_when_it_is_published_again(scene: Scene) -> None:
    [item] = on_agenda(scene, "One")
    publish(scene)
    say_better(scene, item.id, "Uno")
    assert published(scene) == ["One"]
    assert not board_of(scene).is_published_as_it_stands

    publish(scene)
    assert published(scene) == ["Uno"]


def test_publishing_again_edits_the_message_and_says_what_changed(scene: Scene) -> None:
    one, two, three = on_agenda(scene, "One", "Two", "Three")
    publish(scene)
    assert seen(scene).changed is None
    deliver(scene.posts(PostKind.AGENDA)[0], scene.now)

    [four] = on_agenda(scene, "Four")
    reconsider(scene.session, curator(scene), one.id, scene.now)
    say_better(scene, two.id, "Two!")
    move(scene, four, "earlier")
    publish(scene)
    [post] = scene.posts(PostKind.AGENDA)
    assert (post.state, post.wanted_version) == (PostState.DUE, 2)
    changed = seen(scene).changed
    assert changed is not None
    assert [entry.item_id for entry in changed.added] == [four.id]
    assert [entry.item_id for entry in changed.removed] == [one.id]
    assert [entry.title for entry in changed.reworded] == ["Two!"]
    assert published(scene) == ["Two!", "Four", "Three"]
    assert three.position == 3


def test_what_was_published_before_collaboratives_were_named_is_published_as_it_stands(scene: Scene) -> None:
    on_agenda(scene, "One")
    publish(scene)
    [before] = last_publications(scene.session, scene.meeting)
    before.entries = [
        {"item_id": one["item_id"], "title": one["title"], "minutes": one["minutes"], "lead": "Priya Nair"}
        for one in before.entries
    ]
    scene.session.flush()
    with refusal("just as it stands"):
        publish(scene)


@pytest.mark.parametrize("state", [PostState.FAILED, PostState.UNKNOWN])
def test_an_agenda_that_slack_did_not_take_is_not_called_published_and_can_be_published_again(
    scene: Scene, state: PostState
) -> None:
    on_agenda(scene, "One")
    publish(scene)
    [post] = scene.posts(PostKind.AGENDA)
    post.state = state
    scene.session.flush()
    assert not board_of(scene).is_published_as_it_stands

    publish(scene)
    [post] = scene.posts(PostKind.AGENDA)
    assert post.state == PostState.DUE
    assert "What changed" not in str(draw(scene.session, post, scene.now))


def test_what_was_published_and_is_empty_now_is_published_empty(scene: Scene) -> None:
    [item] = on_agenda(scene, "One")
    publish(scene)
    withdraw(scene.session, scene.actor("U0MEMBER"), item.id, scene.now)
    publish(scene)
    assert published(scene) == []
    [post] = scene.posts(PostKind.AGENDA)
    said = str(draw(scene.session, post, scene.now))
    assert "Nothing is on the agenda at the moment." in said
    assert "Taken off: One" in said


def test_an_agenda_is_not_published_twice_just_as_it_stands(scene: Scene) -> None:
    on_agenda(scene, "One")
    publish(scene)
    assert board_of(scene).is_published_as_it_stands

    with refusal("just as it stands"):
        publish(scene)
    assert [post.wanted_version for post in scene.posts(PostKind.AGENDA)] == [1]


def test_after_a_move_to_another_channel_it_is_published_there_and_no_more_in_the_old_one(
    scene: Scene,
) -> None:
    on_agenda(scene, "One")
    publish(scene)
    scene.apply(C0SHARED="C0LATER")
    on_agenda(scene, "Two")
    publish(scene)

    drawn = {
        post.place: draw(scene.session, post, scene.now) is not None for post in scene.posts(PostKind.AGENDA)
    }
    assert drawn == {"C0SHARED": False, "C0LATER": True}


def test_of_two_who_publish_at_once_one_does_and_the_other_is_told_so(
    database: Database, clock: FrozenClock
) -> None:
    with database.transaction() as session:
        on_agenda(a_scene(session, clock), "One")

    def publishes(session: Session) -> bool:
        return publish(Scene.found(session, clock)).is_published_as_it_stands

    published_first, refused = at_once(database, publishes, publishes)
    assert published_first is True
    assert isinstance(refused, UserError)
    assert "just as it stands" in worded(refused)


def test_items_can_be_brought_while_somebody_publishes(postgres: PostgresServer, clock: FrozenClock) -> None:
    """On Postgres: SQLite has one writer at a time."""
    database = Database(postgres.create())
    bring_up_to_date(database.engine)
    with database.transaction() as session:
        on_agenda(a_scene(session, clock), "One")

    with database.transaction() as one, database.transaction() as another:
        publish(Scene.found(one, clock))
        another.connection().execute(text("SET LOCAL lock_timeout = '2s'"))
        assert Scene.found(another, clock).propose("Two").meeting is not None
    database.close()


def test_another_number_of_items_held_is_a_change(scene: Scene) -> None:
    on_agenda(scene, "One")
    publish(scene)
    aside = held(scene)
    assert board_of(scene).is_published_as_it_stands
    scene.tell(aside)
    assert not board_of(scene).is_published_as_it_stands

    publish(scene)
    assert [publication.held for publication in publications(scene)] == [1, 0]
    assert board_of(scene).is_published_as_it_stands


def test_what_is_held_and_not_told_yet_is_not_counted(scene: Scene) -> None:
    on_agenda(scene, "One")
    held(scene)
    publish(scene)

    assert seen(scene).held == 0


def test_nothing_is_published_while_nothing_is_on_it(scene: Scene) -> None:
    item = scene.propose()
    add_to_agenda(scene.session, curator(scene), item.id, scene.now)
    undo(scene.session, curator(scene), item.id, 1, scene.now)

    with refusal("nothing on the agenda yet"):
        publish(scene)
    assert scene.posts(PostKind.AGENDA) == []


def test_after_the_meeting_its_agenda_is_not_published_any_more(scene: Scene) -> None:
    on_agenda(scene, "One")
    meeting = scene.meeting
    scene.clock.strikes("2027-01-21 12:00")

    with refusal("This meeting is over"):
        publishing.publish(scene.session, curator(scene), meeting.id, scene.now)


def test_an_agenda_of_another_consortium_is_not_there(scene: Scene) -> None:
    [other] = scene.theirs(Meeting)

    with refusal("no longer here"):
        publishing.publish(scene.session, curator(scene), other.id, scene.now)
