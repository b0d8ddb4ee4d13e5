"""Words that show who somebody is: out of the item, out of what was published, and out of every message that told them."""

import json
from collections import defaultdict
from datetime import date

import pytest
from sqlalchemy import select

from bot.after_meeting import Listed
from bot.agenda import agenda_of
from bot.copies import bring_copy
from bot.decisions import add_to_agenda, leave_out
from bot.follow_ups import Agreed, agree, take_out
from bot.items import Proposal, edit, propose, withdraw
from bot.items_to_read import item_to_read
from bot.participation import Identity
from bot.people import Actor, meet
from bot.publishing import publish
from bot.removal import remove_words, words_to_remove
from bot.results import choose
from bot.seen.results import Became
from bot.tips import find, keep
from bot.tips import remove_words as remove_tip
from storage.consortia import Places, consortium_of
from storage.database import Base, Database
from storage.follow_ups import FollowUp
from storage.items import Item, Reason, lock_item
from storage.meetings import last_publications
from storage.people import Who
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.tenancy import Session, across_consortia
from tests.at_once import at_once
from tests.bot.hosting import OVER
from tests.builders import Scene, a_post, a_result, deliver
from tests.clock import FrozenClock
from tests.drawn import draw
from tests.refusals import refusal
from tests.story import OURS, set_up

CANARY = "canary"
INSTEAD = "(taken out)"
WORDS = {field: f"{CANARY} {field}" for field in ("details", "links", "lead", "on_behalf_of")}


def brought(scene: Scene) -> Item:
    return scene.propose(f"{CANARY} title", **WORDS)


def removes(scene: Scene, item: Item, by: str = "U0CURATOR") -> None:
    remove_words(scene.session, scene.actor(by), item.id, INSTEAD, scene.now)
    scene.session.expire_all()


def everything(scene: Scene) -> str:
    with across_consortia(scene.session):
        rows = [row for table in Base.metadata.sorted_tables for row in scene.session.execute(select(table))]
    return repr(rows)


def test_no_word_of_it_is_left_in_the_database(scene: Scene) -> None:
    item = brought(scene)
    add_to_agenda(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
    for words in (f"{CANARY} title", f"{CANARY} better"):
        sent = Proposal(words, **WORDS)
        edit(scene.session, scene.actor("U0MEMBER"), item.id, sent, shown=100, now=scene.now)
        publish(scene.session, scene.actor("U0CURATOR"), scene.meeting.id, scene.now)
    assert everything(scene).count(CANARY) > len(WORDS)

    removes(scene, item)
    assert CANARY not in everything(scene)
    assert item.title == INSTEAD
    assert agenda_of(scene.session, scene.consortium, scene.meeting).is_as_published
    newest, before = last_publications(scene.session, scene.meeting)
    assert [entry["title"] for entry in (*newest.entries, *before.entries)] == [INSTEAD, INSTEAD]


def test_a_hosts_own_line_goes_too_and_the_decision_stays(scene: Scene) -> None:
    item = brought(scene)
    leave_out(scene.session, scene.actor("U0CURATOR"), item.id, scene.now, Reason.OTHER, f"{CANARY} note")
    removes(scene, item)
    assert (item.note, item.reason) == (None, Reason.OTHER)


TELLING = (
    PostKind.CARD,
    PostKind.OUTCOME,
    PostKind.RECONSIDERED,
    PostKind.CARRIED_OVER,
    PostKind.WITHDRAWAL,
    PostKind.AGENDA,
    PostKind.CALL,
    PostKind.DIGEST,
    PostKind.REMINDER,
    PostKind.STILL_WAITING,
)


@pytest.mark.parametrize("is_over", [False, True])
@pytest.mark.parametrize("kind", TELLING)
def test_every_message_that_stands_is_edited_and_says_none_of_it(
    scene: Scene, kind: PostKind, *, is_over: bool
) -> None:
    """Also one that would have nothing more to say, and so would stay as it is."""
    item = brought(scene)
    subject = {"item": item.id, "meeting": scene.meeting.id, "consortium": scene.consortium.id}[kind.about]
    key = kind.key_format.format_map(defaultdict(lambda: 1))
    post = a_post(scene.session, scene.consortium, key, kind=kind, subject_id=subject, place="U0SAM")
    deliver(post, scene.now)
    if is_over:
        scene.clock.strikes("2027-01-22 09:00")
        scene.session.flush()

    removes(scene, item)
    assert (post.state, post.wanted_version) == (PostState.DUE, post.shown_version + 1)
    message = draw(scene.session, post, scene.now)
    assert message is not None
    assert CANARY not in json.dumps(message.blocks) + message.text

    post.shown_version = post.wanted_version
    later = draw(scene.session, post, scene.now)
    assert later is None or "were removed" not in later.text


def test_its_author_is_told_once_for_each_time_and_nobody_who_did_it_themselves(scene: Scene) -> None:
    item = brought(scene)
    removes(scene, item)
    [told] = scene.posts(PostKind.WORDS_REMOVED)
    assert told.place == "U0MEMBER"
    message = draw(scene.session, told, scene.now)
    assert message is not None
    assert "could show who somebody is" in message.text
    assert "[Edit]" in message.text
    with refusal("removed already"):
        removes(scene, item)
    item.title = "Worse"
    removes(scene, item)
    assert len(scene.posts(PostKind.WORDS_REMOVED)) == 2

    own = scene.propose(f"{CANARY} own", by="U0CURATOR")
    removes(scene, own)
    assert len(scene.posts(PostKind.WORDS_REMOVED)) == 2


def test_who_may_not_see_an_item_takes_nothing_out_of_it(scene: Scene) -> None:
    item = brought(scene)
    leave_out(scene.session, scene.actor("U0CURATOR"), item.id, scene.now, Reason.OTHER, None)
    scene.tell(item)
    for verb in (words_to_remove, item_to_read):
        with refusal("no longer here"):
            verb(scene.session, scene.actor("U0ADMIN"), item.id, scene.now)
    with refusal("no longer here"):
        removes(scene, item, by="U0ADMIN")
    assert (
        words_to_remove(scene.session, scene.actor("U0CURATOR"), item.id, scene.now).item.title
        == f"{CANARY} title"
    )


def test_of_a_withdrawn_item_those_who_may_take_words_out_read_on(scene: Scene) -> None:
    item = brought(scene)
    withdraw(scene.session, scene.actor("U0MEMBER"), item.id, scene.now)
    assert item_to_read(scene.session, scene.actor("U0ADMIN"), item.id, scene.now).may_remove
    with refusal("has withdrawn this item"):
        item_to_read(scene.session, scene.actor("U0SAM"), item.id, scene.now)
    removes(scene, item, by="U0ADMIN")
    assert item.title == INSTEAD


def test_words_of_a_tip_go_too_and_nobody_finds_them(scene: Scene) -> None:
    """Also out of a topic that somebody typed."""
    tip = keep(scene.session, scene.actor("U0MEMBER"), f"{CANARY} street", f"{CANARY} helped", scene.now)
    remove_tip(scene.session, scene.actor("U0CURATOR"), tip.id, INSTEAD, scene.now, ["Housing", "General"])
    scene.session.expire_all()
    assert CANARY not in everything(scene)
    found = find(scene.session, scene.actor("U0SAM"), ["taken"], scene.now)
    assert [one.text for one in found.tips.shown] == [INSTEAD]
    [told] = scene.posts(PostKind.TIP_REMOVED)
    assert told.place == "U0MEMBER"
    message = draw(scene.session, told, scene.now)
    assert message is not None
    assert "could show who somebody is" in message.text
    with refusal("removed already"):
        remove_tip(scene.session, scene.actor("U0CURATOR"), tip.id, INSTEAD, scene.now, ["General"])


@pytest.mark.parametrize(("person", "may"), [("U0CURATOR", True), ("U0ADMIN", True), ("U0SAM", False)])
def test_the_next_host_and_admins_are_offered_to_take_words_out_of_a_tip(
    scene: Scene, person: str, *, may: bool
) -> None:
    keep(scene.session, scene.actor("U0MEMBER"), "General", "Breathe", scene.now)
    assert find(scene.session, scene.actor(person), [], scene.now).may_remove is may


def ours(session: Session, user_id: str = "U0CURATOR", places: Places = Places.STAY) -> Actor:
    consortium = consortium_of(session, "T0SISTER", places)
    assert consortium is not None
    return meet(session, consortium, Who("T0SISTER", user_id), None)


@pytest.fixture
def listed(database: Database, clock: FrozenClock) -> Listed:
    """An item of a meeting that was held."""
    set_up(database, clock)
    with database.transaction(OURS) as session:
        actor = ours(session, "U0MEMBER", Places.CHANGE)
        item_id = propose(session, actor, [Proposal(f"{CANARY} title", minutes=10)], clock()).items[0].id
    with database.transaction(OURS) as session:
        add_to_agenda(session, ours(session), item_id, clock())
        [meeting_id] = session.scalars(select(Item.meeting_id))
    clock.strikes(OVER)
    return Listed(meeting_id or 0, item_id)


def titles(database: Database) -> set[str]:
    with database.transaction(OURS) as session:
        return set(session.scalars(select(Item.title)))


def test_words_are_removed_also_while_somebody_takes_out_what_was_to_be_done(
    database: Database, clock: FrozenClock, listed: Listed
) -> None:
    friday = date(2027, 2, 5)
    agreed = Agreed(
        f"{CANARY} calls",
        Who("T0SISTER", "U0MEMBER"),
        friday,
        Identity("T0SISTER", None, is_bot=False, is_deactivated=False),
    )
    with database.transaction(OURS) as session:
        agree(session, ours(session), listed, agreed, clock())
        [follow_up_id] = session.scalars(select(FollowUp.id))
    _, failed = at_once(
        database,
        lambda session: take_out(session, ours(session), listed, follow_up_id, clock()).page,
        lambda session: remove_words(session, ours(session), listed.item_id, INSTEAD, clock()),
        OURS,
    )
    assert failed is None
    assert titles(database) == {INSTEAD}


def test_words_are_removed_also_from_a_copy_of_a_copy_that_somebody_brings_meanwhile(
    database: Database, clock: FrozenClock, listed: Listed
) -> None:
    with database.transaction(OURS) as session:
        choose(session, ours(session), listed, Became.AGAIN, clock())
        copy_id = session.scalars(select(Item.id).where(Item.original_id.is_not(None))).one()

    def brings_another(session: Session) -> None:
        copy = lock_item(session, copy_id)
        assert copy is not None
        assert copy.meeting is not None
        bring_copy(session, copy.meeting, copy, a_result(session, copy))

    _, failed = at_once(
        database,
        brings_another,
        lambda session: remove_words(session, ours(session), listed.item_id, INSTEAD, clock()),
        OURS,
    )
    assert failed is None
    assert titles(database) == {INSTEAD}
