"""Posts: owed once, claimed by one, in order, and edited when their subject changes."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from storage import claims, outbox
from storage.claims import claim, held_claim
from storage.consortia import Consortium
from storage.database import Database
from storage.post_facts import PUT_OFF, TRIES_IN_ORDER, PostState
from storage.post_kinds import PostKind
from storage.posts import Post
from storage.series import last_due
from storage.tenancy import Session, across_consortia, enter
from storage.upkeep.schema import bring_up_to_date
from tests.at_once import at_once
from tests.builders import NOON, a_consortium, a_post, deliver, post_at
from tests.servers import PostgresServer

LEASE = timedelta(seconds=60)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def claimed(session: Session, later: timedelta = timedelta(), *busy: str) -> list[str]:
    return [post.key for post in claim(session, NOON + later, LEASE, set(busy))]


def again(session: Session, key: str) -> Post:
    session.flush()
    session.expire_all()
    return post_at(session, key)


def refreshed(session: Session) -> None:
    outbox.refresh(session, PostKind.CARD, subject_id=1)


@pytest.mark.usefixtures("ours")
def test_a_post_is_owed_once_for_ever_under_its_key(session: Session) -> None:
    debt = {"subject_id": 1, "place": "C1"}

    assert outbox.owe(session, PostKind.CALL, "call", due=NOON, **debt)
    for state in PostState:
        post_at(session, "call").state = state
        assert not outbox.owe(session, PostKind.CALL, "call", due=NOON + MINUTE, **debt)
    assert again(session, "call").due_at == NOON


@pytest.mark.usefixtures("ours")
@pytest.mark.parametrize("state", PostState)
def test_a_post_is_owed_again_where_it_is_needed_no_longer(session: Session, state: PostState) -> None:
    debt = {"subject_id": 1, "place": "C1"}
    for _ in range(2):
        outbox.owe_again(session, PostKind.CARD, "card", due=NOON, **debt)
    post = post_at(session, "card")
    assert (post.state, post.due_at) == (PostState.DUE, NOON)

    post.state, reference = state, post.reference
    outbox.owe_again(session, PostKind.CARD, "card", due=NOON + MINUTE, **debt)
    is_anew = state == PostState.NOT_NEEDED
    found = again(session, "card")
    assert (found.due_at, found.reference) == (NOON + MINUTE if is_anew else NOON, reference)


def test_no_two_posts_have_one_reference(session: Session, ours: Consortium) -> None:
    references = {a_post(session, ours, str(number)).reference for number in range(5)}

    assert len(references) == 5


def test_of_two_who_owe_at_once_one_does(database: Database) -> None:
    with database.transaction() as session:
        consortium_id = a_consortium(session).id

    def owing(session: Session) -> bool:
        about = {"subject_id": 1, "place": "C1"}
        return outbox.owe(session, PostKind.CALL, "call", due=NOON, **about)

    assert at_once(database, owing, owing, consortium_id) == (True, False)


def test_what_was_sent_is_owed_again_when_it_changes_and_a_burst_is_one_edit(
    session: Session, ours: Consortium, others: Consortium
) -> None:
    posts = {
        "ours": a_post(session, ours, "ours"),
        "theirs": a_post(session, others, "theirs"),
        "another subject": a_post(session, ours, "another subject", subject_id=2),
        "another kind": a_post(session, ours, "another kind", kind=PostKind.OUTCOME),
    }
    with across_consortia(session):
        for post in posts.values():
            deliver(post, NOON)

    for _ in range(3):
        refreshed(session)
    assert {key: (again(session, key).state, again(session, key).wanted_version) for key in posts} == {
        "ours": (PostState.DUE, 4),
        "theirs": (PostState.SENT, 1),
        "another subject": (PostState.SENT, 1),
        "another kind": (PostState.SENT, 1),
    }
    assert claimed(session) == ["ours"]
    assert claimed(session) == []


@pytest.mark.parametrize("state", list(PostState))
def test_what_changes_on_its_way_is_wanted_anew_and_what_is_over_stays_so(
    session: Session, ours: Consortium, state: PostState
) -> None:
    a_post(session, ours, "card").state = state
    session.flush()

    refreshed(session)
    post = again(session, "card")
    is_over = state in (PostState.MISSED, PostState.NOT_NEEDED)
    assert post.wanted_version == (1 if is_over else 2)
    stays = is_over or state in (PostState.SENDING, PostState.UNKNOWN)
    assert post.state == (state if stays else PostState.DUE)


def test_what_was_refused_is_tried_anew_when_it_changes(session: Session, ours: Consortium) -> None:
    post = a_post(session, ours, "refused")
    post.state, post.attempts, post.ts = PostState.FAILED, 5, "1.1"
    session.flush()

    refreshed(session)
    refused = again(session, "refused")
    assert (refused.state, refused.attempts, refused.ts) == (PostState.DUE, 0, "1.1")


def test_what_may_be_there_is_not_sent_again_when_it_changes(session: Session, ours: Consortium) -> None:
    post = a_post(session, ours, "unknown")
    post.state, post.may_be_there = PostState.UNKNOWN, True
    session.flush()

    refreshed(session)
    assert claimed(session, timedelta(days=1)) == []
    assert again(session, "unknown").wanted_version == 2


@pytest.mark.parametrize("state", list(PostState))
@pytest.mark.parametrize("seen", ["no", "sent", "perhaps"])
def test_only_what_surely_nobody_has_seen_is_withheld(
    session: Session, ours: Consortium, state: PostState, seen: str
) -> None:
    post = a_post(session, ours, "outcome")
    a_post(session, ours, "another")
    post.state, post.may_be_there, post.fence = state, seen == "perhaps", 1
    post.ts = "1.1" if seen == "sent" else None
    session.flush()
    in_time = seen == "no" and state in (PostState.DUE, PostState.FAILED)

    assert outbox.withhold(session, "outcome") is in_time
    assert again(session, "outcome").state == (PostState.NOT_NEEDED if in_time else state)
    assert again(session, "another").state == PostState.DUE


def test_what_is_too_late_is_missed_unless_it_was_sent(session: Session, ours: Consortium) -> None:
    deliver(a_post(session, ours, "sent"), NOON)
    a_post(session, ours, "owed")
    debt = {"subject_id": 1, "place": "C1", "due": NOON}

    for key in ("sent", "owed", "never owed"):
        outbox.miss(session, PostKind.CALL, key, **debt)
    assert [
        (again(session, key).state, again(session, key).error) for key in ("sent", "owed", "never owed")
    ] == [
        (PostState.SENT, None),
        (PostState.MISSED, "missed"),
        (PostState.MISSED, "missed"),
    ]
    assert claimed(session) == []


def test_what_was_for_later_is_hastened_for_these_subjects_alone(
    session: Session, ours: Consortium, others: Consortium
) -> None:
    later = NOON + 5 * MINUTE
    for key, consortium, changes in (
        ("this", ours, {}),
        ("theirs", others, {}),
        ("another subject", ours, {"subject_id": 2}),
        ("another kind", ours, {"kind": PostKind.CARD}),
        ("due already", ours, {"due": NOON - MINUTE}),
        ("taken back", ours, {"state": PostState.NOT_NEEDED}),
    ):
        a_post(session, consortium, key, **{"kind": PostKind.OUTCOME, "due": later} | changes)

    outbox.hasten(session, PostKind.OUTCOME, subject_ids=[1, 9], now=NOON)
    session.expire_all()
    hastened = {post.key: post.due_at for post in session.query(Post) if post.due_at != later}
    assert hastened == {"this": NOON, "due already": NOON - MINUTE}


def rescheduled(session: Session, due: datetime, *subject_ids: int) -> int:
    return outbox.reschedule(session, PostKind.OUTCOME, subject_ids=list(subject_ids), due=due)


def test_what_is_owed_about_these_subjects_alone_is_rescheduled(
    session: Session, ours: Consortium, others: Consortium
) -> None:
    then = NOON + 9 * MINUTE
    for key, consortium, changes in (
        ("this", ours, {}),
        ("this, elsewhere", ours, {"place": "U0DEPUTY"}),
        ("this, for later", ours, {"due": NOON + MINUTE}),
        ("this, overdue", ours, {"due": NOON - MINUTE}),
        ("theirs", others, {}),
        ("another subject", ours, {"subject_id": 2}),
        ("another kind", ours, {"kind": PostKind.CARD}),
    ):
        a_post(session, consortium, key, **{"kind": PostKind.OUTCOME} | changes)

    assert rescheduled(session, then, 1, 9) == 4
    session.expire_all()
    moved = {post.key for post in session.query(Post) if post.due_at == then}
    assert moved == {"this", "this, elsewhere", "this, for later", "this, overdue"}


def test_what_is_put_off_is_claimed_then_and_what_is_brought_forward_at_once(
    session: Session, ours: Consortium
) -> None:
    a_post(session, ours, "put off", kind=PostKind.OUTCOME, place="A")
    a_post(
        session, ours, "brought forward", kind=PostKind.OUTCOME, place="B", subject_id=2, due=NOON + MINUTE
    )

    rescheduled(session, NOON + MINUTE, 1)
    rescheduled(session, NOON - MINUTE, 2)
    assert claimed(session) == ["brought forward"]
    assert claimed(session, MINUTE) == ["put off"]


def test_what_is_on_its_way_can_be_rescheduled_no_more(session: Session, ours: Consortium) -> None:
    a_post(session, ours, "outcome", kind=PostKind.OUTCOME)
    assert claimed(session) == ["outcome"]

    assert rescheduled(session, NOON + MINUTE, 1) == 0
    assert again(session, "outcome").due_at == NOON


@pytest.mark.parametrize("state", [state for state in PostState if state != PostState.DUE])
def test_what_is_due_no_longer_is_not_rescheduled(
    session: Session, ours: Consortium, state: PostState
) -> None:
    a_post(session, ours, "outcome", kind=PostKind.OUTCOME, state=state)

    assert rescheduled(session, NOON + MINUTE, 1) == 0
    assert (again(session, "outcome").due_at, again(session, "outcome").state) == (NOON, state)


@pytest.mark.parametrize("seen", [{"ts": "1.1"}, {"may_be_there": True, "fence": 1}])
def test_what_may_have_been_seen_is_not_rescheduled(
    session: Session, ours: Consortium, seen: dict[str, object]
) -> None:
    post = a_post(session, ours, "outcome", kind=PostKind.OUTCOME)
    for name, value in seen.items():
        setattr(post, name, value)

    assert rescheduled(session, NOON + MINUTE, 1) == 0
    assert again(session, "outcome").due_at == NOON


@pytest.mark.usefixtures("ours")
def test_what_was_too_late_stays_so_when_its_time_is_put_off(session: Session) -> None:
    debt = {"subject_id": 1, "place": "C1", "due": NOON - MINUTE}
    outbox.miss(session, PostKind.OUTCOME, "outcome", **debt)

    assert rescheduled(session, NOON + MINUTE, 1) == 0
    assert claimed(session, MINUTE) == []


def test_each_place_gets_its_posts_one_by_one_and_in_order(session: Session, ours: Consortium) -> None:
    a_post(session, ours, "second", place="A", due=NOON - MINUTE)
    a_post(session, ours, "first", place="A", due=NOON - 2 * MINUTE)
    a_post(session, ours, "third", place="A", due=NOON - MINUTE)
    a_post(session, ours, "elsewhere", place="B", due=NOON)
    a_post(session, ours, "not yet", place="C", due=NOON + MINUTE)

    assert claimed(session) == ["first", "elsewhere"]
    assert claimed(session) == []
    for key in ("second", "third"):
        for post in session.query(Post).filter(Post.state == PostState.SENDING):
            deliver(post, NOON)
        assert claimed(session) == [key]


def test_many_posts_for_one_place_do_not_hold_up_another(session: Session, ours: Consortium) -> None:
    for number in range(30):
        a_post(session, ours, f"A{number}", place="A", due=NOON - MINUTE)
    a_post(session, ours, "B", place="B")

    assert claimed(session) == ["A0", "B"]


def test_a_busy_place_is_left_alone(session: Session, ours: Consortium) -> None:
    a_post(session, ours, "A", place="A")
    a_post(session, ours, "B", place="B")

    assert claimed(session, MINUTE, "A") == ["B"]


def test_a_place_rests_as_long_as_slack_asked_for(session: Session, ours: Consortium) -> None:
    a_post(session, ours, "refused", place="A").not_before = NOON + MINUTE
    a_post(session, ours, "next", place="A")
    a_post(session, ours, "B", place="B")

    assert claimed(session) == ["B"]
    assert claimed(session, MINUTE) == ["refused"]


@pytest.mark.parametrize("error", ["ratelimited", "internal_error", PUT_OFF])
def test_what_goes_first_waits_for_no_other_that_rests_there_and_for_one_that_is_under_way(
    session: Session, ours: Consortium, error: str
) -> None:
    resting = a_post(session, ours, "resting", place="A")
    resting.not_before, resting.error = NOON + 10 * MINUTE, error
    a_post(session, ours, "live", place="A", kind=PostKind.LIVE)
    a_post(session, ours, "under way", place="B")
    assert claimed(session) == ["live", "under way"]
    a_post(session, ours, "live, too", place="B", kind=PostKind.LIVE)
    assert claimed(session) == []


@pytest.mark.parametrize(("hindrances", "passed"), [(TRIES_IN_ORDER - 1, []), (TRIES_IN_ORDER, ["second"])])
def test_others_pass_a_post_that_stands_aside_while_it_rests(
    session: Session, ours: Consortium, hindrances: int, passed: list[str]
) -> None:
    first = a_post(session, ours, "first")
    a_post(session, ours, "second", due=NOON + MINUTE)
    first.hindrances, first.not_before = hindrances, NOON + 10 * MINUTE
    session.flush()
    assert claimed(session, MINUTE) == passed
    for post in passed:
        deliver(post_at(session, post), NOON)
    assert claimed(session, 10 * MINUTE) == ["first"]
    a_post(session, ours, "third", due=NOON + 2 * MINUTE)
    assert claimed(session, 10 * MINUTE) == []  # one at a time, as ever


@pytest.mark.parametrize(("error", "passed"), [(None, []), ("accesslimited", []), (PUT_OFF, ["second"])])
def test_others_pass_a_post_with_which_the_bot_itself_waits(
    session: Session, ours: Consortium, error: str | None, passed: list[str]
) -> None:
    first = a_post(session, ours, "first")
    a_post(session, ours, "second", due=NOON + MINUTE)
    first.error, first.not_before = error, NOON + 10 * MINUTE
    session.flush()
    assert claimed(session, MINUTE) == passed
    for post in passed:
        deliver(post_at(session, post), NOON)
    assert claimed(session, 10 * MINUTE) == ["first"]


def test_a_claim_has_a_lease_and_a_fence(session: Session, ours: Consortium) -> None:
    a_post(session, ours, "card")
    [post] = claim(session, NOON, LEASE, set())

    assert (post.state, post.lease_until, post.fence) == (PostState.SENDING, NOON + LEASE, 1)
    assert not post.may_be_there
    assert claimed(session, LEASE) == []


def test_a_post_was_first_tried_when_it_was_first_claimed(session: Session, ours: Consortium) -> None:
    """It may arrive long before its claim ends, and is looked for from then on."""
    a_post(session, ours, "card")
    for later in (timedelta(), LEASE + MINUTE):
        [post] = claim(session, NOON + later, LEASE, set())
        assert post.first_tried_at == NOON


def test_an_abandoned_claim_is_taken_over_and_may_be_there(session: Session, ours: Consortium) -> None:
    a_post(session, ours, "card")
    a_post(session, ours, "next")
    [mine] = claim(session, NOON, LEASE, set())
    fence = mine.fence

    [taken_over] = claim(session, NOON + LEASE + timedelta(seconds=1), LEASE, set())
    assert (taken_over.key, taken_over.fence, taken_over.may_be_there) == ("card", fence + 1, True)
    assert held_claim(session, taken_over.id, fence) is None
    assert held_claim(session, taken_over.id, fence + 1) is taken_over


def test_a_claim_is_held_until_its_post_is_sent(session: Session, ours: Consortium) -> None:
    a_post(session, ours, "card")
    [post] = claim(session, NOON, LEASE, set())
    assert held_claim(session, post.id, 1) is post

    deliver(post, NOON)
    assert held_claim(session, post.id, 1) is None


def test_what_was_perhaps_sent_stays_so_until_it_is_known(session: Session, ours: Consortium) -> None:
    a_post(session, ours, "card").may_be_there = True

    [post] = claim(session, NOON, LEASE, set())
    assert post.may_be_there


def test_two_claimers_get_different_posts_and_no_place_twice(database: Database) -> None:
    with database.transaction() as session:
        consortium = a_consortium(session)
        ours = consortium.id
        for place in ("A", "B"):
            for number in range(3):
                a_post(session, consortium, f"{place}{number}", place=place)

    def one_claims(session: Session) -> list[str]:
        enter(session, ours)
        return [post.key for post in claim(session, NOON, LEASE, set(), limit=1)]

    assert at_once(database, one_claims, one_claims) == (["A0"], ["B0"])
    assert at_once(database, one_claims, one_claims) == ([], [])


def test_a_claimer_does_not_wait_for_another(postgres: PostgresServer) -> None:
    """On Postgres: SQLite has one writer, and so one claimer, at a time."""
    database = Database(postgres.create())
    bring_up_to_date(database.engine)
    with database.transaction() as session:
        consortium = a_consortium(session)
        a_post(session, consortium, "card")

    with database.transaction(consortium.id) as one, database.transaction(consortium.id) as another:
        another.connection().execute(text("SET LOCAL lock_timeout = '2s'"))
        assert (claimed(one), claimed(another)) == (["card"], [])
    database.close()


@pytest.mark.parametrize("state", list(PostState))
@pytest.mark.parametrize("ts", [None, "1.1"])
def test_the_digest_before_is_the_last_that_was_told_or_may_be(
    session: Session, ours: Consortium, others: Consortium, state: PostState, ts: str | None
) -> None:
    digest = {"kind": PostKind.DIGEST}
    a_post(session, ours, "oldest", due=NOON - 2 * MINUTE, **digest)
    a_post(session, ours, "before", due=NOON - MINUTE, state=state, **digest).ts = ts
    a_post(session, ours, "now", due=NOON, **digest)
    a_post(session, others, "theirs", due=NOON - timedelta(seconds=1), **digest)
    a_post(session, ours, "another kind", due=NOON - timedelta(seconds=1))

    leaves_it = [PostState.MISSED, PostState.FAILED, *([] if ts else [PostState.NOT_NEEDED])]
    had_its_say = state not in leaves_it
    found = last_due(session, PostKind.DIGEST, before=NOON)
    assert found == NOON - (1 if had_its_say else 2) * MINUTE
    assert last_due(session, PostKind.CALL, before=NOON) is None


def test_what_may_stand_there_twice_is_swept_once_per_lease(
    session: Session, ours: Consortium, others: Consortium
) -> None:
    with across_consortia(session):
        for key, consortium, state, sweep_at in (
            ("ripe", ours, PostState.SENT, NOON),
            ("theirs", others, PostState.SENT, NOON),
            ("not yet", ours, PostState.SENT, NOON + MINUTE),
            ("on its way", ours, PostState.SENDING, NOON),
            ("while an edit rests", ours, PostState.DUE, NOON),
            ("after an edit that was refused", ours, PostState.FAILED, NOON),
            ("sent once", ours, PostState.SENT, None),
        ):
            post = a_post(session, consortium, key)
            post.state, post.ts, post.sweep_at = state, "1.1", sweep_at
        a_post(session, ours, "deleted, and looked for").sweep_at = NOON

    ripe = {"ripe", "while an edit rests", "after an edit that was refused"}
    assert {post.key for post in claims.claim_sweeps(session, NOON, LEASE)} == ripe
    assert claims.claim_sweeps(session, NOON, LEASE) == []
    later = {post.key for post in claims.claim_sweeps(session, NOON + LEASE, LEASE)}
    assert later == ripe | {"not yet"}


def test_after_the_last_sweep_there_is_none_and_an_edit_knows_of_it(
    session: Session, ours: Consortium
) -> None:
    """As long as one is under way, a copy that is gone may be the one that it has deleted."""
    post = a_post(session, ours, "old")
    post.state, post.ts, post.sent_at, post.sweep_at = PostState.SENT, "1.1", NOON - 30 * DAY, NOON
    assert claims.claim_sweeps(session, NOON, LEASE) == [post]
    assert post.sweep_at == NOON + DAY
    assert claims.claim_sweeps(session, NOON + DAY, LEASE) == []
    assert post.sweep_at is None


def a_swept_post(session: Session, consortium: Consortium) -> Post:
    post = a_post(session, consortium, "swept")
    deliver(post, NOON)
    post.sweep_at, post.stray_ts = NOON, "2.2"
    session.flush()
    session.expunge(post)  # as the sweeper holds it, beside the one that others change
    return post


def test_after_a_sweep_nothing_is_left_to_do(session: Session, ours: Consortium) -> None:
    claims.swept(session, a_swept_post(session, ours), "1.1", NOON)

    post = again(session, "swept")
    assert (post.state, post.ts, post.sweep_at, post.stray_ts) == (PostState.SENT, "1.1", None, None)


def test_when_another_copy_is_left_it_is_brought_up_to_date(session: Session, ours: Consortium) -> None:
    claims.swept(session, a_swept_post(session, ours), "0.9", NOON)

    post = again(session, "swept")
    assert (post.state, post.ts, post.shown_version) == (PostState.DUE, "0.9", 0)


@pytest.mark.parametrize("change", [{"fence": 9}, {"stray_ts": "3.3"}])
def test_what_happened_during_a_sweep_is_swept_once_more(
    session: Session, ours: Consortium, change: dict[str, object]
) -> None:
    claimed = a_swept_post(session, ours)
    for name, value in change.items():
        setattr(post_at(session, "swept"), name, value)
    session.flush()

    claims.swept(session, claimed, "0.9", NOON)
    post = again(session, "swept")
    assert (post.ts, post.sweep_at) == ("1.1", NOON)
