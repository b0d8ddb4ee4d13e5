"""Where one statement changes many posts, it makes of each what the machine makes of it."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import select

from storage import claims, outbox, outbox_doubted, rests, together
from storage.happenings import (
    Changed,
    Claimed,
    ClockSetBack,
    Happening,
    Hastened,
    Missed,
    OwedAgain,
    PlaceReplaced,
    Rescheduled,
    RestEnded,
    Restored,
    RestShortened,
    ShownAlong,
    SweepClaimed,
    Withheld,
)
from storage.post_facts import PUT_OFF, Life
from storage.post_kinds import PostKind
from storage.post_life import after
from storage.posts import Post
from storage.tenancy import Session
from tests.builders import NOON
from tests.long_forms import examples
from tests.storage.lives import EARLIER, LATER, LEASE, SETTLE, WORD, some_of_each_state

CARD = PostKind.CARD
SET_BACK = ClockSetBack(timedelta(minutes=5), LEASE, SETTLE)
Verb = Callable[[Session], Any]


def of_each(verb: Callable[[Session, str], Any]) -> Verb:
    """A verb for one post, done to each."""

    def to_each(session: Session) -> None:
        for key in session.scalars(select(Post.key)).all():
            verb(session, key)

    return to_each


def too_late_for(session: Session, key: str) -> None:
    outbox.miss(session, CARD, key, subject_id=1, place=key, due=NOON)


def owed_after_all(session: Session, key: str) -> None:
    outbox.owe_again(session, CARD, key, subject_id=1, place=key, due=NOON)


def comes_back(session: Session, key: str) -> None:
    outbox.owe_again(session, CARD, key, subject_id=1, place=key, due=NOON, comes_back=True)


def moved_elsewhere(session: Session, key: str) -> None:
    outbox.move(session, [CARD], place_of(session, key), "C0NEW", NOON)


def place_of(session: Session, key: str) -> str:
    return session.scalars(select(Post.place).where(Post.key == key)).one()


def messages(session: Session) -> list[str]:
    return [ts for ts in session.scalars(select(Post.ts).distinct()) if ts]


def shown_along(session: Session, ts: str) -> dict[int, int]:
    return dict.fromkeys(session.scalars(select(Post.id).where(Post.ts == ts)), 2)


IN_SQL: dict[str, tuple[Verb, Happening]] = {
    "refresh": (lambda s: outbox.refresh(s, CARD, subject_id=1), Changed()),
    "refresh kinds": (lambda s: outbox.refresh_kinds(s, [CARD], subject_id=1), Changed()),
    "refresh all": (lambda s: outbox.refresh_all(s, CARD, subject_ids=[1]), Changed()),
    "show along": (
        lambda s: [together.note_shown(s, ts, shown_along(s, ts)) for ts in messages(s)],
        ShownAlong(2),
    ),
    "shorten rests": (
        lambda s: [
            together.shorten_rests_in(s, place, ts, EARLIER)
            for place, ts in s.execute(select(Post.place, Post.ts).where(Post.ts.is_not(None))).all()
        ],
        RestShortened(EARLIER),
    ),
    "hasten": (lambda s: outbox.hasten(s, CARD, subject_ids=[1], now=NOON), Hastened()),
    "put off": (lambda s: outbox.reschedule(s, CARD, subject_ids=[1], due=LATER), Rescheduled(LATER)),
    "bring forward": (
        lambda s: outbox.reschedule(s, CARD, subject_ids=[1], due=EARLIER),
        Rescheduled(EARLIER),
    ),
    "bring forward what is due later": (
        lambda s: outbox.bring_forward(s, CARD, subject_ids=[1], latest=EARLIER),
        Rescheduled(EARLIER),
    ),
    "withhold": (of_each(outbox.withhold), Withheld()),
    "withhold all": (lambda s: outbox.withhold_all(s, CARD, subject_id=1), Withheld()),
    "owe again": (of_each(owed_after_all), OwedAgain(None)),
    "owe again what was deleted": (of_each(comes_back), OwedAgain(None, comes_back=True)),
    "move": (of_each(moved_elsewhere), PlaceReplaced(is_under_way=True)),
    "open": (
        of_each(lambda s, key: rests.end_rests_in(s, place_of(s, key), [WORD])),
        RestEnded(frozenset({WORD})),
    ),
    "wait for something else": (rests.look_anew_at_what_is_put_off, RestEnded(frozenset({PUT_OFF}))),
    "miss": (of_each(too_late_for), Missed()),
    "restore": (
        lambda s: outbox_doubted.mark_what_may_have_been_sent(s, EARLIER, LATER),
        Restored(since=EARLIER, not_before=LATER),
    ),
    "set back": (
        lambda s: outbox_doubted.set_back(s, NOON, lambda _post: SET_BACK),
        SET_BACK,
    ),
    "claim": (lambda s: claims.claim(s, NOON, LEASE, set()), Claimed(LEASE)),
    "claim sweeps": (lambda s: claims.claim_sweeps(s, NOON, LEASE), SweepClaimed(LEASE)),
}
"""A post that can't be claimed is left alone by whoever claims."""


@pytest.mark.slow
@pytest.mark.usefixtures("ours")
@pytest.mark.parametrize("done", IN_SQL)
@settings(
    max_examples=examples(8),
    deadline=None,
    phases=[
        Phase.generate
    ],  # the lives that differ are named; to shrink them against a database takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(before=some_of_each_state)
def test_what_sql_makes_of_a_post_is_what_the_machine_makes_of_it(
    session: Session, done: str, before: tuple[Life, ...]
) -> None:
    verb, happening = IN_SQL[done]
    with session.begin_nested() as tried:
        keys = write(session, before)
        verb(session)
        found = as_it_is(session, keys)
        tried.rollback()
    expected = [becomes(life, happening, NOON) for life in before]
    assert [each for each in zip(before, found, expected, strict=True) if each[1] != each[2]] == []


def write(session: Session, lives: Iterable[Life]) -> list[str]:
    """A post for each life, each at a place of its own."""
    posts = [
        Post(key=f"post {number}", kind=CARD, subject_id=1, place=f"C{number}", **vars(life))
        for number, life in enumerate(lives)
    ]
    session.add_all(posts)
    session.flush()
    return [post.key for post in posts]


def as_it_is(session: Session, keys: list[str]) -> list[Life]:
    session.flush()
    session.expire_all()
    posts = {post.key: post.life for post in session.scalars(select(Post))}
    return [posts[key] for key in keys]


def becomes(life: Life, happening: Happening, now: datetime) -> Life:
    try:
        return after(life, happening, now)
    except LookupError:
        return life
