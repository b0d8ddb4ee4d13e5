"""The agenda: its order, what everyone may see of it, and its publication."""

import pytest
from sqlalchemy import event, text

from bot.agenda import (
    board,
    entries_of,
    hosts_agenda,
    last_changes,
    lead_of,
    move_earlier,
    move_later,
    next_agenda,
    publish,
)
from bot.decisions import add_to_agenda, hold, reconsider, undo
from bot.errors import UserError
from bot.items import Proposal, edit, withdraw
from bot.people import Actor
from handlers.delivery.posts import draw
from handlers.words import worded
from storage.database import Database
from storage.items import Item
from storage.meetings import Meeting
from storage.outbox import PostKind, PostState
from storage.tenancy import Session
from storage.upkeep.schema import bring_up_to_date
from tests.at_once import at_once
from tests.builders import Scene, a_scene, deliver
from tests.clock import FrozenClock
from tests.refusals import refusal
from tests.servers import PostgresServer


def curator(scene: Scene) -> Actor:
    return scene.actor("U0CURATOR")


def on_agenda(scene: Scene, *titles: str, told: bool = True) -> list[Item]:
    items = [scene.propose(title, minutes=10) for title in titles]
    for item in items:
        add_to_agenda(scene.session, curator(scene), item.id, scene.now)
        if told:
            scene.tell(item)
    return items


def publish_it(scene: Scene) -> None:
    publish(scene.session, curator(scene), scene.meeting.id, scene.now)


def titles(items: list[Item]) -> list[str]:
    return [item.title for item in items]


def published(scene: Scene) -> list[str]:
    stands = hosts_agenda(scene.session, scene.consortium, scene.meeting)
    return [entry.title for entry in entries_of(stands.publications[0])]


def test_what_was_not_told_shows_to_its_host_alone(scene: Scene) -> None:
    waiting = scene.propose("Waiting")
    [untold] = on_agenda(scene, "Untold", told=False)
    [told] = on_agenda(scene, "Told")
    held = scene.propose("Held")
    hold(scene.session, curator(scene), held.id, scene.now)

    everyones = next_agenda(scene.session, scene.consortium, scene.now)
    assert (everyones.on_agenda, everyones.held) == ([told], [])
    assert everyones.waiting == [waiting, untold, held]  # by age: their order tells nothing either
    hosts = board(scene.session, curator(scene), scene.meeting.id)
    assert (hosts.on_agenda, hosts.waiting, hosts.held) == ([untold, told], [waiting], [held])
    assert (hosts.minutes, everyones.minutes) == (20, 10)


def test_who_brought_nothing_yet_is_known(scene: Scene) -> None:
    scene.propose(by="U0MEMBER")
    withdraw(scene.session, scene.actor("U0SAM"), scene.propose(by="U0SAM").id, scene.now)
    names = [host.name for host in next_agenda(scene.session, scene.consortium, scene.now).without_items]

    assert names == ["Bayview", "Mission", "Sunset"]


def test_without_a_meeting_there_is_what_waits_for_one(scene: Scene) -> None:
    scene.clock.strikes("2027-01-21 13:00")
    item = scene.propose()
    stands = next_agenda(scene.session, scene.consortium, scene.now)

    assert (stands.meeting, stands.waiting, stands.publications) == (None, [item], [])


def test_items_move_one_place_at_a_time_and_not_beyond_the_ends(scene: Scene) -> None:
    one, two, three = on_agenda(scene, "One", "Two", "Three")

    assert titles(move_earlier(scene.session, curator(scene), three.id).on_agenda) == ["One", "Three", "Two"]
    assert titles(move_later(scene.session, curator(scene), one.id).on_agenda) == ["Three", "One", "Two"]
    for move, item in ((move_earlier, three), (move_later, two)):
        with refusal("any further that way"):
            move(scene.session, curator(scene), item.id)
    with refusal("no longer on the agenda"):
        move_later(scene.session, curator(scene), scene.propose().id)


def test_an_agenda_is_published_in_the_shared_channel(scene: Scene) -> None:
    on_agenda(scene, "One", "Two", told=False)
    scene.propose("Waiting")
    publish_it(scene)

    [post] = scene.posts(PostKind.AGENDA)
    assert (post.place, post.subject_id, post.due_at) == ("C0SHARED", scene.meeting.id, scene.now)
    assert published(scene) == ["One", "Two"]


def test_later_edits_show_when_it_is_published_again(scene: Scene) -> None:
    [item] = on_agenda(scene, "One")
    publish_it(scene)
    edit(scene.session, scene.actor("U0MEMBER"), item.id, Proposal("Uno", minutes=10))
    assert published(scene) == ["One"]
    assert not board(scene.session, curator(scene), scene.meeting.id).is_published_as_it_stands

    publish_it(scene)
    assert published(scene) == ["Uno"]


def test_publishing_again_edits_the_message_and_says_what_changed(scene: Scene) -> None:
    one, two, three = on_agenda(scene, "One", "Two", "Three")
    publish_it(scene)
    assert last_changes(hosts_agenda(scene.session, scene.consortium, scene.meeting)) is None
    deliver(scene.posts(PostKind.AGENDA)[0], scene.now)

    [four] = on_agenda(scene, "Four")
    reconsider(scene.session, curator(scene), one.id, scene.now)
    edit(scene.session, scene.actor("U0MEMBER"), two.id, Proposal("Two!", minutes=10))
    move_earlier(scene.session, curator(scene), four.id)
    publish_it(scene)
    [post] = scene.posts(PostKind.AGENDA)
    assert (post.state, post.wanted) == (PostState.DUE, 2)
    changed = last_changes(hosts_agenda(scene.session, scene.consortium, scene.meeting))
    assert changed is not None
    assert [entry.item_id for entry in changed.added] == [four.id]
    assert [entry.item_id for entry in changed.removed] == [one.id]
    assert [entry.title for entry in changed.edited] == ["Two!"]
    assert published(scene) == ["Two!", "Four", "Three"]
    assert three.position == 3


@pytest.mark.parametrize("state", [PostState.FAILED, PostState.UNKNOWN])
def test_an_agenda_that_slack_did_not_take_is_not_called_published_and_can_be_published_again(
    scene: Scene, state: PostState
) -> None:
    on_agenda(scene, "One")
    publish_it(scene)
    [post] = scene.posts(PostKind.AGENDA)
    post.state = state
    scene.session.flush()
    assert not board(scene.session, curator(scene), scene.meeting.id).is_published_as_it_stands

    publish_it(scene)
    assert [post.state for post in scene.posts(PostKind.AGENDA)] == [PostState.DUE]


def test_an_agenda_is_not_published_twice_just_as_it_stands(scene: Scene) -> None:
    on_agenda(scene, "One")
    publish_it(scene)
    assert board(scene.session, curator(scene), scene.meeting.id).is_published_as_it_stands

    with refusal("just as it stands"):
        publish_it(scene)
    assert [post.wanted for post in scene.posts(PostKind.AGENDA)] == [1]


def test_after_a_move_to_another_channel_it_is_published_there_and_no_more_in_the_old_one(
    scene: Scene,
) -> None:
    on_agenda(scene, "One")
    publish_it(scene)
    scene.apply(C0SHARED="C0LATER")
    on_agenda(scene, "Two")
    publish_it(scene)

    drawn = {
        post.place: draw(scene.session, post, scene.now) is not None for post in scene.posts(PostKind.AGENDA)
    }
    assert drawn == {"C0SHARED": False, "C0LATER": True}


def test_of_two_who_publish_at_once_one_does_and_the_other_is_told_so(
    database: Database, clock: FrozenClock
) -> None:
    with database.transaction() as session:
        on_agenda(a_scene(session, clock), "One")

    def publishing(session: Session) -> None:
        publish_it(Scene.found(session, clock))

    published_first, refused = at_once(database, publishing, publishing)
    assert published_first is None
    assert isinstance(refused, UserError)
    assert "just as it stands" in worded(refused)


def test_items_can_be_brought_while_somebody_publishes(postgres: PostgresServer, clock: FrozenClock) -> None:
    """On Postgres: SQLite has one writer at a time."""
    database = Database(postgres.create())
    bring_up_to_date(database.engine)
    with database.transaction() as session:
        on_agenda(a_scene(session, clock), "One")

    with database.transaction() as one, database.transaction() as another:
        publish_it(Scene.found(one, clock))
        another.connection().execute(text("SET LOCAL lock_timeout = '2s'"))
        assert Scene.found(another, clock).propose("Two").meeting is not None
    database.close()


def test_another_number_of_items_held_is_a_change(scene: Scene) -> None:
    on_agenda(scene, "One")
    publish_it(scene)
    held = scene.propose("Held")
    hold(scene.session, curator(scene), held.id, scene.now)
    assert board(scene.session, curator(scene), scene.meeting.id).is_published_as_it_stands
    scene.tell(held)
    assert not board(scene.session, curator(scene), scene.meeting.id).is_published_as_it_stands

    publish_it(scene)
    stands = board(scene.session, curator(scene), scene.meeting.id)
    assert [publication.held for publication in stands.publications] == [1, 0]
    assert stands.is_published_as_it_stands


def test_what_is_held_and_not_told_yet_is_not_counted(scene: Scene) -> None:
    on_agenda(scene, "One")
    held = scene.propose("Held")
    hold(scene.session, curator(scene), held.id, scene.now)
    publish_it(scene)

    [publication] = board(scene.session, curator(scene), scene.meeting.id).publications
    assert publication.held == 0


def test_nothing_is_published_while_nothing_is_on_it(scene: Scene) -> None:
    item = scene.propose()
    add_to_agenda(scene.session, curator(scene), item.id, scene.now)
    undo(scene.session, curator(scene), item.id, 1, scene.now)

    with refusal("nothing on the agenda yet"):
        publish_it(scene)
    assert scene.posts(PostKind.AGENDA) == []


def test_after_the_meeting_its_agenda_is_not_published_any_more(scene: Scene) -> None:
    on_agenda(scene, "One")
    meeting = scene.meeting
    scene.clock.strikes("2027-01-21 12:00")

    with refusal("This meeting is over"):
        publish(scene.session, curator(scene), meeting.id, scene.now)


def test_a_board_and_an_agenda_of_another_consortium_are_not_there(scene: Scene) -> None:
    [other] = scene.theirs(Meeting)

    with refusal("no longer here"):
        board(scene.session, curator(scene), other.id)
    with refusal("no longer here"):
        publish(scene.session, curator(scene), other.id, scene.now)


def test_who_leads_is_the_one_named_or_whom_it_is_for_or_the_proposer(scene: Scene) -> None:
    assert lead_of(scene.propose(lead="Lea", on_behalf_of="Dana")) == "Lea"
    assert lead_of(scene.propose(on_behalf_of="Dana")) == "Dana"
    assert lead_of(scene.propose()) == "Priya Nair"


def test_items_of_many_people_are_read_with_as_many_questions_as_those_of_one(scene: Scene) -> None:
    def questions() -> int:
        scene.session.flush()
        scene.session.expunge_all()
        asked: list[str] = []
        connection = scene.session.connection()
        note = lambda *said: asked.append(said[2])  # noqa: E731 - the same object is taken off again
        event.listen(connection, "before_cursor_execute", note)
        stands = next_agenda(scene.session, scene.consortium, scene.now)
        assert all(item.proposer.name and item.collaborative for item in stands.waiting)
        event.remove(connection, "before_cursor_execute", note)
        return len(asked)

    scene.propose(by="U0MEMBER")
    of_one = questions()
    for user in ("U0CURATOR", "U0DEPUTY", "U0SAM"):
        scene.propose(by=user)
    assert questions() == of_one


def test_all_of_an_agenda_can_be_read_after_the_transaction(scene: Scene) -> None:
    on_agenda(scene, "One")
    publish_it(scene)
    scene.session.flush()
    scene.session.expunge_all()
    stands = hosts_agenda(scene.session, scene.consortium, scene.meeting)
    scene.session.expunge_all()

    [item] = stands.on_agenda
    assert stands.meeting is not None
    assert stands.meeting.host.name == "CCSJ"
    assert item.proposer.collaborative is not None
    assert item.meeting is not None
    assert item.decided_by is not None
    assert (item.meeting.host.name, item.decided_by.name) == ("CCSJ", "Maria Vega")
    assert item.collaborative is not None
    assert stands.publications[0].by.name == "Maria Vega"
