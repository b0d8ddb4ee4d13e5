"""What a host makes of an item."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.audiences import EVERYBODY
from bot.carry_over import gather_items
from bot.consortia import apply
from bot.decisions import add_to_agenda, hold, leave_out, reconsider, undecided_item, undo
from bot.errors import UserError
from bot.items import Proposal, edit, withdraw
from bot.people import Actor
from bot.rotation import turn_over
from bot.seen.knowing import known_state
from bot.word_to_proposers import outcome_key
from handlers.words import worded
from storage.database import Database
from storage.items import Item, ItemState, Reason
from storage.post_facts import Gap, PostState
from storage.post_kinds import PostKind
from storage.tenancy import Session
from storage.upkeep.note_gap import note_gap
from tests.at_once import at_once
from tests.bot.hosting import board_of, publish
from tests.builders import Scene, a_plan, a_scene, deliver, post_at
from tests.clock import FrozenClock
from tests.drawn import draw
from tests.refusals import refusal

Decision = Callable[[Session, Actor, int, datetime], Item]


def decline(session: Session, actor: Actor, item_id: int, now: datetime) -> Item:
    return leave_out(session, actor, item_id, now, Reason.TOO_FULL, "Next time!")


def decide(scene: Scene, item: Item, by: str = "U0CURATOR", decision: Decision = add_to_agenda) -> Item:
    return decision(scene.session, scene.actor(by), item.id, scene.now)


EVERY_DECISION = pytest.mark.parametrize(
    ("decision", "state"),
    [
        (add_to_agenda, ItemState.ON_AGENDA),
        (hold, ItemState.HELD),
        (decline, ItemState.NOT_TAKEN),
    ],
)


@EVERY_DECISION
def test_a_decision_names_who_and_when(scene: Scene, decision: Decision, state: ItemState) -> None:
    item = decide(scene, scene.propose(), decision=decision)

    assert item.state == state
    assert item.decided_by is scene.actor("U0CURATOR").person
    assert (item.decided_at, item.told_at) == (scene.now, None)


def test_a_reason_and_a_line_of_their_own_are_kept(scene: Scene) -> None:
    item = decide(scene, scene.propose(), decision=decline)
    assert (item.reason, item.note) == (Reason.TOO_FULL, "Next time!")

    undo(scene.session, scene.actor("U0DEPUTY"), item.id, 1, scene.now)
    assert (item.reason, item.note) == (None, None)


def test_the_proposer_hears_when_it_can_no_longer_be_undone(scene: Scene) -> None:
    item = decide(scene, scene.propose())
    [post] = scene.posts(PostKind.OUTCOME)

    assert (post.place, post.subject_id, post.state) == ("U0MEMBER", item.id, PostState.DUE)
    assert post.due_at == scene.now + timedelta(minutes=5)


def test_with_no_minutes_to_undo_the_proposer_hears_at_once(scene: Scene) -> None:
    scene.consortium.told_after_minutes = 0
    decide(scene, scene.propose())

    assert scene.posts(PostKind.OUTCOME)[0].due_at == scene.now


def test_every_card_says_what_was_decided(scene: Scene) -> None:
    item = scene.propose()
    before = [post.wanted_version for post in scene.posts(PostKind.CARD, about=item.id)]

    decide(scene, item)
    assert [post.wanted_version for post in scene.posts(PostKind.CARD, about=item.id)] == [
        n + 1 for n in before
    ]


@EVERY_DECISION
def test_a_stale_card_decides_nothing(scene: Scene, decision: Decision, state: ItemState) -> None:
    item = decide(scene, scene.propose(), decision=decision)

    scene.clock.passes(minutes=1)
    for second in (add_to_agenda, hold, decline):
        with refusal(r"Maria Vega .* already, Mon, Nov 23, 12:00 PM"):
            decide(scene, item, by="U0DEPUTY", decision=second)
    assert (item.state, item.decisions) == (state, 1)
    assert item.decided_by is scene.actor("U0CURATOR").person


def test_who_decided_themselves_is_told_so(scene: Scene) -> None:
    item = decide(scene, scene.propose())

    with refusal(r"^You added this to the agenda already, Mon, Nov 23, 12:00 PM\. Not"):
        undecided_item(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)


def test_of_an_item_withdrawn_the_host_hears_by_whom(scene: Scene) -> None:
    item = scene.propose()
    withdraw(scene.session, scene.actor("U0MEMBER"), item.id, scene.now)

    with refusal(r"^Priya Nair has withdrawn this item"):
        decide(scene, item)
    scene.actor("U0MEMBER").person.name = None
    with refusal(r"^Someone has withdrawn this item"):
        decide(scene, item)
    assert item.state == ItemState.WITHDRAWN


def test_after_the_meeting_nothing_is_decided_for_it_any_more(scene: Scene) -> None:
    item = scene.propose()
    scene.clock.strikes("2027-01-21 12:00")

    for decision in (add_to_agenda, hold, decline):
        with refusal("This meeting is over. The item goes to the next host"):
            decide(scene, item, decision=decision)
    turn_over(scene.session, scene.consortium, scene.now)
    assert item.state == ItemState.WAITING


def test_the_item_of_another_consortium_is_not_there(scene: Scene) -> None:
    item = scene.theirs(Item)[0]

    for decision in (add_to_agenda, hold, decline):
        with refusal("no longer here"):
            decide(scene, item, decision=decision)


@EVERY_DECISION
def test_until_it_is_told_a_decision_can_be_undone(
    scene: Scene, decision: Decision, state: ItemState
) -> None:
    item = decide(scene, scene.propose(), decision=decision)
    assert item.state == state

    undo(scene.session, scene.actor("U0DEPUTY"), item.id, 1, scene.now)
    assert (item.state, item.position) == (ItemState.WAITING, None)
    assert (item.decided_by, item.decided_at) == (None, None)
    assert scene.posts(PostKind.OUTCOME)[0].state == PostState.NOT_NEEDED


def test_what_was_told_cannot_be_undone(scene: Scene) -> None:
    item = decide(scene, scene.propose())
    scene.tell(item)

    with refusal(r"^Priya Nair has been told already"):
        undo(scene.session, scene.actor("U0CURATOR"), item.id, 1, scene.now)
    assert item.state == ItemState.ON_AGENDA


def test_what_may_have_been_told_cannot_be_undone(scene: Scene) -> None:
    item = decide(scene, scene.propose())
    post = post_at(scene.session, outcome_key(item))
    for state, may_be_there in ((PostState.SENDING, False), (PostState.DUE, True), (PostState.UNKNOWN, True)):
        post.state, post.may_be_there, post.fence = state, may_be_there, 1
        with refusal("told already"):
            undo(scene.session, scene.actor("U0CURATOR"), item.id, 1, scene.now)


def test_what_is_decided_again_after_a_restore_can_be_undone(scene: Scene) -> None:
    item = scene.propose()
    note_gap(scene.session, Gap(scene.now, scene.now))
    decide(scene, item)
    assert post_at(scene.session, outcome_key(item)).may_be_there
    undo(scene.session, scene.actor("U0CURATOR"), item.id, 1, scene.now)
    assert item.state == ItemState.WAITING


def test_what_slack_refused_to_tell_can_be_undone(scene: Scene) -> None:
    item = decide(scene, scene.propose())
    post_at(scene.session, outcome_key(item)).state = PostState.FAILED

    undo(scene.session, scene.actor("U0CURATOR"), item.id, 1, scene.now)
    assert item.state == ItemState.WAITING


def test_an_undo_from_an_old_card_leaves_a_newer_decision_alone(scene: Scene) -> None:
    item = decide(scene, scene.propose())
    undo(scene.session, scene.actor("U0CURATOR"), item.id, 1, scene.now)
    with refusal("stands no more"):
        undo(scene.session, scene.actor("U0CURATOR"), item.id, 1, scene.now)

    decide(scene, item, decision=hold)
    with refusal("stands no more"):
        undo(scene.session, scene.actor("U0CURATOR"), item.id, 1, scene.now)
    assert (item.state, item.decisions) == (ItemState.HELD, 2)


def outcomes(scene: Scene) -> list[tuple[str, PostState]]:
    return [(post.key, post.state) for post in scene.posts(PostKind.OUTCOME)]


def test_what_was_undone_in_time_leaves_its_outcome_to_the_next_decision(scene: Scene) -> None:
    item = decide(scene, scene.propose())
    undo(scene.session, scene.actor("U0CURATOR"), item.id, 1, scene.now)
    assert outcomes(scene) == [(f"outcome:{item.id}:1", PostState.NOT_NEEDED)]

    scene.clock.passes(minutes=10)
    decide(scene, item, decision=hold)
    assert outcomes(scene) == [(f"outcome:{item.id}:1", PostState.DUE)]
    assert scene.posts(PostKind.OUTCOME)[0].due_at == scene.now + timedelta(minutes=5)


def test_each_decision_that_was_told_has_an_outcome_of_its_own(scene: Scene) -> None:
    item = decide(scene, scene.propose())
    scene.tell(item)
    reconsider(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    decide(scene, item, decision=hold)
    assert [key for key, _ in outcomes(scene)] == [f"outcome:{item.id}:1", f"outcome:{item.id}:2"]


def test_what_may_have_been_told_is_not_undone_but_taken_up_again(scene: Scene) -> None:
    item = decide(scene, scene.propose())
    [outcome] = scene.posts(PostKind.OUTCOME)
    outcome.may_be_there, outcome.fence = True, 1
    with refusal("may have been told already"):
        undo(scene.session, scene.actor("U0CURATOR"), item.id, 1, scene.now)

    reconsider(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    assert item.state == ItemState.WAITING
    assert draw(scene.session, outcome, scene.now) is None
    [doubts] = scene.posts(PostKind.RECONSIDERED)
    assert draw(scene.session, doubts, scene.now) is not None
    decide(scene, item, decision=hold)
    assert [key for key, _ in outcomes(scene)] == [f"outcome:{item.id}:1", f"outcome:{item.id}:2"]


def test_what_was_held_and_may_have_been_told_is_told_anew_after_the_next_meeting(scene: Scene) -> None:
    item = decide(scene, scene.propose(), decision=hold)
    [outcome] = scene.posts(PostKind.OUTCOME)
    outcome.may_be_there, outcome.fence = True, 1
    scene.clock.strikes("2027-01-22 09:00")
    apply(scene.session, a_plan(**{"2027-01-21": "2027-04-22"}), scene.now)
    gather_items(scene.session, scene.consortium, scene.now)
    assert item.state == ItemState.WAITING
    decide(scene, item)
    assert [key for key, _ in outcomes(scene)] == [f"outcome:{item.id}:1", f"outcome:{item.id}:2"]


def test_what_was_told_can_be_reconsidered_and_told_anew(scene: Scene) -> None:
    item = decide(scene, scene.propose(), decision=decline)
    scene.tell(item)

    reconsider(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    assert (item.state, item.told_at, item.reason) == (ItemState.WAITING, None, None)
    decide(scene, item)
    assert [post.key for post in scene.posts(PostKind.OUTCOME)][-1] == f"outcome:{item.id}:2"


def test_who_was_told_hears_when_it_no_longer_stands(scene: Scene) -> None:
    item = decide(scene, scene.propose())
    scene.tell(item)
    reconsider(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)

    [post] = scene.posts(PostKind.RECONSIDERED)
    assert (post.place, post.due_at) == ("U0MEMBER", scene.now + timedelta(minutes=5))
    message = draw(scene.session, post, scene.now)
    assert "CCSJ is looking at your item again" in str(message and message.blocks)


def test_who_hears_a_new_decision_in_time_need_not_hear_of_the_doubts(scene: Scene) -> None:
    item = decide(scene, scene.propose())
    scene.tell(item)
    reconsider(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    decide(scene, item, decision=hold)
    [post] = scene.posts(PostKind.RECONSIDERED)
    assert draw(scene.session, post, scene.now) is None

    undo(scene.session, scene.actor("U0CURATOR"), item.id, 2, scene.now)
    assert draw(scene.session, post, scene.now) is not None


def test_that_it_was_taken_up_again_is_owed_anew_where_it_was_decided_by_a_slip(scene: Scene) -> None:
    item = decide(scene, scene.propose())
    scene.tell(item)
    reconsider(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    decide(scene, item, decision=hold)
    [post] = scene.posts(PostKind.RECONSIDERED)
    post.state = PostState.NOT_NEEDED  # its time came while the item was decided
    scene.session.flush()
    undo(scene.session, scene.actor("U0CURATOR"), item.id, 2, scene.now)
    [post] = scene.posts(PostKind.RECONSIDERED)
    assert post.state == PostState.DUE


def test_who_never_heard_of_a_decision_hears_of_no_doubts(scene: Scene) -> None:
    item = decide(scene, scene.propose())
    undo(scene.session, scene.actor("U0CURATOR"), item.id, 1, scene.now)
    decide(scene, item, decision=hold)
    undo(scene.session, scene.actor("U0CURATOR"), item.id, 2, scene.now)
    assert scene.posts(PostKind.RECONSIDERED) == []


def test_reconsidering_what_was_not_told_is_an_undo(scene: Scene) -> None:
    item = decide(scene, scene.propose())

    reconsider(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    assert item.state == ItemState.WAITING
    assert scene.posts(PostKind.OUTCOME)[0].state == PostState.NOT_NEEDED
    with refusal("not decided"):
        reconsider(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)


def test_items_stand_on_the_agenda_in_the_order_in_which_they_were_added(scene: Scene) -> None:
    first, second, third = (scene.propose(title) for title in ("One", "Two", "Three"))
    for item in (third, first, second):
        decide(scene, item)
    assert (third.position, first.position, second.position) == (1, 2, 3)

    undo(scene.session, scene.actor("U0CURATOR"), first.id, 1, scene.now)
    decide(scene, first)
    assert (third.position, second.position, first.position) == (1, 3, 4)
    assert decide(scene, scene.propose(), decision=hold).position is None


def test_publishing_tells_at_once_those_whose_items_are_on_it(scene: Scene) -> None:
    added, held = scene.propose("Added"), scene.propose("Held")
    decide(scene, added)
    decide(scene, held, decision=hold)
    due = {post.subject_id: post.due_at for post in scene.posts(PostKind.OUTCOME)}

    scene.clock.passes(minutes=1)
    publish(scene)
    hastened = {post.subject_id: post.due_at for post in scene.posts(PostKind.OUTCOME)}
    assert hastened == {added.id: scene.now, held.id: due[held.id]}


def test_what_was_published_cannot_be_undone_though_its_proposer_waits_for_their_word(scene: Scene) -> None:
    item = decide(scene, scene.propose())
    publish(scene)
    published_at = scene.now
    [post] = scene.posts(PostKind.OUTCOME)
    assert post.state == PostState.DUE

    with refusal("told already"):
        undo(scene.session, scene.actor("U0CURATOR"), item.id, 1, scene.now)
    assert (item.state, post.state) == (ItemState.ON_AGENDA, PostState.DUE)
    scene.clock.passes(minutes=1)
    scene.tell(item)
    assert item.told_at == published_at  # or the digest would tell of it twice


def test_of_publishing_and_an_undo_at_once_the_undo_comes_too_late(
    database: Database, clock: FrozenClock
) -> None:
    with database.transaction() as session:
        scene = a_scene(session, clock)
        item_id = decide(scene, scene.propose()).id

    def publishes(session: Session) -> None:
        publish(Scene.found(session, clock))

    def undoing(session: Session) -> Item:
        return undo(session, Scene.found(session, clock).actor("U0DEPUTY"), item_id, 1, clock())

    _, undone = at_once(database, publishes, undoing)
    assert isinstance(undone, UserError)


def test_of_an_undo_and_publishing_at_once_what_was_undone_is_not_published(
    database: Database, clock: FrozenClock
) -> None:
    with database.transaction() as session:
        scene = a_scene(session, clock)
        item_id = decide(scene, scene.propose()).id

    def undoing(session: Session) -> Item:
        scene = Scene.found(session, clock)
        item = undo(session, scene.actor("U0DEPUTY"), item_id, 1, clock())
        board_of(scene)
        return item

    def publishes(session: Session) -> None:
        publish(Scene.found(session, clock))

    _, published = at_once(database, undoing, publishes)
    assert isinstance(published, UserError)
    assert "nothing on the agenda" in worded(published)


def test_a_decision_not_told_yet_is_nobodys_news(scene: Scene) -> None:
    item = decide(scene, scene.propose(), decision=decline)
    assert known_state(item, EVERYBODY) == ItemState.WAITING
    edit(scene.session, scene.actor("U0MEMBER"), item.id, Proposal("Better"), shown=100, now=scene.now)

    scene.tell(item)
    assert known_state(item, EVERYBODY) == ItemState.NOT_TAKEN
    with refusal("decided on this item already"):
        edit(scene.session, scene.actor("U0MEMBER"), item.id, Proposal("Worse"), shown=100, now=scene.now)
    assert item.title == "Better"


def test_of_two_curators_at_once_one_decides_and_the_other_sees_who_did(
    database: Database, clock: FrozenClock
) -> None:
    with database.transaction() as session:
        item_id = a_scene(session, clock).propose().id

    def deciding(user_id: str, decision: Decision) -> Callable[[Session], Item]:
        def unit(session: Session) -> Item:
            return decision(session, Scene.found(session, clock).actor(user_id), item_id, clock())

        return unit

    won, lost = at_once(database, deciding("U0CURATOR", add_to_agenda), deciding("U0DEPUTY", hold))
    assert won.state == ItemState.ON_AGENDA
    assert isinstance(lost, UserError)
    assert worded(lost).startswith("Maria Vega added this to the agenda already, Mon, Nov 23, 12:00 PM.")
    with database.transaction() as session:
        Scene.found(session, clock)
        item = session.get_one(Item, item_id)
        assert (item.state, item.decisions) == (ItemState.ON_AGENDA, 1)


def test_a_told_post_and_an_undo_at_once_do_not_both_win(database: Database, clock: FrozenClock) -> None:
    with database.transaction() as session:
        scene = a_scene(session, clock)
        item_id = decide(scene, scene.propose()).id

    def telling(session: Session) -> None:
        Scene.found(session, clock)
        post = post_at(session, f"outcome:{item_id}:1")
        deliver(post, clock())

    def undoing(session: Session) -> Item:
        actor = Scene.found(session, clock).actor("U0CURATOR")
        return undo(session, actor, item_id, 1, clock())

    _, undone = at_once(database, telling, undoing)
    assert isinstance(undone, UserError)
