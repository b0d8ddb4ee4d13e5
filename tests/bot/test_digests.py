"""The weekly digest: what is new, nothing lost and nothing twice."""

from datetime import datetime, timedelta

import pytest

from bot.decisions import add_to_agenda, hold, leave_out
from bot.digests import digest_until, is_past_use, owe_due_digest, preview
from bot.items import withdraw
from bot.seen.digests import Digest
from bot.seen.items import ItemSeen
from bot.seen.lists import Seen
from bot.series import note_missed
from bot.tips import keep
from storage.database import Database
from storage.items import Item, Reason
from storage.post_facts import PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.tenancy import Session
from tests.at_once import at_once
from tests.builders import Scene, a_scene, deliver
from tests.clock import SAN_FRANCISCO, FrozenClock


def look(scene: Scene, local: str) -> list[Post]:
    scene.clock.strikes(local)
    owe_due_digest(scene.session, scene.consortium, scene.now)
    return [post for post in scene.posts(PostKind.DIGEST) if post.state == PostState.DUE]


def local(moment: datetime) -> str:
    return f"{moment.astimezone(SAN_FRANCISCO):%m-%d %H:%M}"


def digests(scene: Scene) -> list[tuple[str, PostState]]:
    posts = sorted(scene.posts(PostKind.DIGEST), key=lambda post: post.due_at)
    return [(local(post.due_at), post.state) for post in posts]


def digest_now(scene: Scene) -> Digest:
    return digest_until(scene.session, scene.consortium, scene.now)


def ids(items: Seen[ItemSeen]) -> list[int]:
    return [item.id for item in items.shown]


def decided(scene: Scene) -> dict[str, Item]:
    added, held, gone, untold = (scene.propose(title) for title in ("Added", "Held", "Gone", "Untold"))
    curator = scene.actor("U0CURATOR")
    add_to_agenda(scene.session, curator, added.id, scene.now)
    hold(scene.session, curator, held.id, scene.now)
    leave_out(scene.session, curator, gone.id, scene.now, Reason.OTHER, None)
    add_to_agenda(scene.session, curator, untold.id, scene.now)
    for item in (added, held, gone):
        scene.tell(item)
    return {item.title: item for item in (added, held, gone, untold)}


def test_a_digest_is_owed_each_week_at_its_minute_and_once(scene: Scene) -> None:
    look(scene, "2026-11-30 08:59")
    assert digests(scene) == []

    for minute in ("09:00", "09:00", "09:01", "20:00"):
        look(scene, f"2026-11-30 {minute}")
    assert digests(scene) == [("11-30 09:00", PostState.DUE)]
    [post] = scene.posts(PostKind.DIGEST)
    assert post.place == "C0SHARED"


def test_digests_keep_local_time_over_the_change_of_clocks(scene: Scene) -> None:
    for when in ("2027-03-08 08:59", "2027-03-08 09:00", "2027-03-15 08:59", "2027-03-15 09:00"):
        look(scene, when)

    assert [post.due_at.hour for post in scene.posts(PostKind.DIGEST)][-2:] == [17, 16]
    assert [when for when, _ in digests(scene)][-2:] == ["03-08 09:00", "03-15 09:00"]


def test_after_a_time_away_one_digest_is_late_and_the_older_ones_are_missed(scene: Scene) -> None:
    scene.clock.passes(hours=1)
    scene.propose("Budget cuts")
    look(scene, "2026-12-15 10:00")

    assert digests(scene) == [
        ("11-30 09:00", PostState.MISSED),
        ("12-07 09:00", PostState.MISSED),
        ("12-14 09:00", PostState.DUE),
    ]


def test_one_with_nothing_to_say_is_missed_by_nobody(scene: Scene) -> None:
    look(scene, "2026-11-30 09:00")
    scene.clock.strikes("2026-12-02 12:00")
    scene.propose("Budget cuts")
    look(scene, "2026-12-22 10:00")

    assert digests(scene) == [
        ("11-30 09:00", PostState.NOT_NEEDED),
        ("12-07 09:00", PostState.MISSED),
        ("12-14 09:00", PostState.MISSED),
        ("12-21 09:00", PostState.DUE),
    ]
    assert len(scene.posts(PostKind.UNDELIVERED)) == 1


def test_when_slack_was_away_the_older_ones_that_were_owed_are_missed_too(scene: Scene) -> None:
    scene.clock.passes(hours=1)
    scene.propose("Budget cuts")
    look(scene, "2026-11-30 09:00")
    look(scene, "2026-12-07 09:00")

    assert digests(scene) == [("11-30 09:00", PostState.MISSED), ("12-07 09:00", PostState.DUE)]


def test_none_is_owed_for_hours_before_they_were_agreed_on(scene: Scene) -> None:
    scene.clock.strikes("2026-12-03 12:00")
    scene.apply(**{"[[meeting]]": '[digest]\nweekday = "wednesday"\n[[meeting]]'})

    look(scene, "2026-12-03 12:01")
    assert digests(scene) == []
    look(scene, "2026-12-09 09:00")
    assert digests(scene) == [("12-09 09:00", PostState.DUE)]


def test_a_change_that_jumps_over_a_digest_makes_it_late(scene: Scene) -> None:
    scene.consortium.confirmed_at = scene.now
    look(scene, "2026-11-30 08:30")
    scene.apply(Los_Angeles="Chicago")
    [digest] = look(scene, "2026-11-30 08:31")
    assert local(digest.due_at) == "11-30 07:00"
    assert look(scene, "2026-11-30 12:00") == [digest]


def test_a_digest_tells_what_is_new_and_what_was_decided_and_told(scene: Scene) -> None:
    scene.clock.passes(hours=1)
    items = decided(scene)
    new = scene.propose("New")
    withdraw(scene.session, scene.actor("U0MEMBER"), scene.propose("Withdrawn").id, scene.now)
    keep(scene.session, scene.actor("U0MEMBER"), "Grants", "Call early", scene.now)

    scene.clock.strikes("2026-11-30 09:00")
    digest = digest_now(scene)
    # What was not taken is not named, not even as new.
    assert ids(digest.new) == [items[title].id for title in ("Added", "Held", "Untold")] + [new.id]
    assert (ids(digest.added), ids(digest.held)) == ([items["Added"].id], [items["Held"].id])
    assert digest.not_taken == 1
    assert digest.tips == 1
    assert digest.is_news


def test_a_week_in_which_nothing_changed_is_not_news(scene: Scene) -> None:
    scene.propose()
    for local_time in ("2026-11-30 09:00", "2026-12-07 09:00"):
        [post] = look(scene, local_time)
        deliver(post, scene.now)

    assert not digest_until(scene.session, scene.consortium, post.due_at).is_news


@pytest.mark.parametrize("news", ["item", "told", "tip"])
def test_each_kind_of_news_is_news(scene: Scene, news: str) -> None:
    item = scene.propose()
    deliver(look(scene, "2026-11-30 09:00")[0], scene.now)
    scene.clock.passes(hours=1)
    assert not digest_now(scene).is_news

    match news:
        case "item":
            scene.propose()
        case "told":
            add_to_agenda(scene.session, scene.actor("U0CURATOR"), item.id, scene.now)
            assert not digest_now(scene).is_news
            scene.tell(item)
        case "tip":
            keep(scene.session, scene.actor("U0MEMBER"), "Grants", "Call early", scene.now)
    assert digest_now(scene).is_news


@pytest.mark.parametrize("second", [PostState.SENT, PostState.NOT_NEEDED, PostState.MISSED, PostState.FAILED])
@pytest.mark.parametrize("sent_at", ["2026-12-07 09:00", "2026-12-09 17:00"])
def test_every_item_is_in_one_digest(scene: Scene, second: PostState, sent_at: str) -> None:
    """Also when one comes late, and when one never comes or has nothing to say: the one after it then tells its news."""
    scene.clock.strikes("2026-11-25 09:00")
    items = []
    for _ in range(40):
        scene.clock.passes(hours=12)
        items.append(scene.propose(f"at {scene.now}"))
    told: list[int] = []

    for when, state in (
        ("2026-11-30 09:00", PostState.SENT),
        (sent_at, second),
        ("2026-12-14 09:00", PostState.SENT),
        ("2026-12-21 09:00", PostState.SENT),
    ):
        [post] = look(scene, when)
        post.state = state
        if state == PostState.SENT:
            told += ids(digest_until(scene.session, scene.consortium, post.due_at).new)
    assert told == [item.id for item in items]


def test_the_very_minute_belongs_to_one_digest(scene: Scene) -> None:
    scene.clock.strikes("2026-11-30 09:00")
    item = scene.propose()
    [post] = look(scene, "2026-11-30 09:00")
    deliver(post, scene.now)

    assert ids(digest_until(scene.session, scene.consortium, post.due_at).new) == [item.id]
    next_one = digest_until(scene.session, scene.consortium, post.due_at + timedelta(days=7))
    assert next_one.new.count == 0
    assert next_one.since == post.due_at


def test_the_first_digest_begins_with_the_consortium(scene: Scene) -> None:
    assert digest_now(scene).since == scene.consortium.created_at


@pytest.mark.parametrize(
    ("changed", "next_one"),
    [('weekday = "wednesday"', "2026-12-02 09:00"), ('at = "18:00"', "2026-12-07 18:00")],
    ids=["another day", "another hour"],
)
def test_what_waits_since_the_schedule_was_another_is_missed_and_the_next_tells_its_news(
    scene: Scene, changed: str, next_one: str
) -> None:
    scene.clock.passes(hours=1)
    item = scene.propose()
    look(scene, "2026-11-30 09:00")
    scene.clock.strikes("2026-11-30 12:00")
    scene.apply(**{"[[meeting]]": f"[digest]\n{changed}\n[[meeting]]"})
    look(scene, "2026-11-30 12:01")
    assert digests(scene) == [("11-30 09:00", PostState.DUE)]

    [newer] = look(scene, next_one)
    assert digests(scene) == [("11-30 09:00", PostState.MISSED), (next_one[5:], PostState.DUE)]
    assert ids(digest_until(scene.session, scene.consortium, newer.due_at).new) == [item.id]


def test_what_is_missed_after_a_newer_one_was_told_is_told_by_an_edit_of_that_one(scene: Scene) -> None:
    """As where it may have been sent, and was looked for when the newer one was out already."""
    scene.clock.passes(hours=1)
    item = scene.propose()
    [older] = look(scene, "2026-11-30 09:00")
    older.may_be_there, older.fence = True, 1
    scene.clock.strikes("2026-12-02 12:00")
    another = scene.propose("Another")
    newer = look(scene, "2026-12-07 09:00")[-1]
    deliver(newer, scene.now)
    assert ids(digest_until(scene.session, scene.consortium, newer.due_at).new) == [another.id]

    older.state = PostState.MISSED
    note_missed(scene.session, older, scene.now)
    assert (newer.state, newer.ts) == (PostState.DUE, "1.1")
    assert ids(digest_until(scene.session, scene.consortium, newer.due_at).new) == [item.id, another.id]


def test_one_with_nothing_to_say_stands_in_nobodys_way(scene: Scene) -> None:
    """What came before it may be missed after it."""
    scene.clock.passes(hours=1)
    item = scene.propose()
    [older] = look(scene, "2026-11-30 09:00")
    older.may_be_there, older.fence = True, 1
    empty = look(scene, "2026-12-07 09:00")[-1]
    empty.state, older.state = PostState.NOT_NEEDED, PostState.MISSED

    [newest] = look(scene, "2026-12-14 09:00")
    assert ids(digest_until(scene.session, scene.consortium, newest.due_at).new) == [item.id]


@pytest.mark.parametrize(
    ("now", "is_too_late"),
    [("2026-12-06 08:59", False), ("2026-12-06 09:00", True), ("2026-12-07 09:00", True)],
    ids=["the next is far", "the next is near", "a newer one is due"],
)
def test_what_may_have_been_sent_is_past_use_as_any_other_is(
    scene: Scene, now: str, *, is_too_late: bool
) -> None:
    [digest] = look(scene, "2026-11-30 09:00")
    digest.may_be_there = True
    scene.clock.strikes(now)
    assert is_past_use(scene.session, scene.consortium, digest, scene.now) is is_too_late


def test_two_who_look_at_once_owe_one_digest(database: Database, clock: FrozenClock) -> None:
    with database.transaction() as session:
        a_scene(session, clock)
    clock.strikes("2026-11-30 09:00")

    def looking(session: Session) -> None:
        owe_due_digest(session, Scene.found(session, clock).consortium, clock())

    assert at_once(database, looking, looking) == (None, None)
    with database.transaction() as session:
        assert digests(Scene.found(session, clock)) == [("11-30 09:00", PostState.DUE)]


def test_a_preview_says_what_the_next_digest_will(scene: Scene) -> None:
    look(scene, "2026-11-30 09:00")
    scene.clock.passes(days=1)
    scene.propose("Budget", minutes=15)
    seen = preview(scene.session, scene.actor("U0SAM"), scene.now)
    [due] = look(scene, "2026-12-07 09:00")[-1:]
    told = digest_until(scene.session, scene.consortium, due.due_at, scene.now)
    assert [item.title for item in seen.new.shown] == ["Budget"] == [item.title for item in told.new.shown]
