"""What a clock that was ahead has written down: every moment of the record is brought back, or there is a reason why not."""

from datetime import timedelta

from bot.channels import channels_to_ask
from storage.channels import channel_known
from storage.consortia import Consortium
from storage.database import Base, UtcDateTime
from storage.gaps import STILL_ON_ITS_WAY
from storage.heartbeats import Heartbeat
from storage.past import HAPPENED, nothing_happened_after
from storage.people import last_asked_before
from storage.posts import Post
from storage.tenancy import Session, enter
from tests.builders import NOON, a_consortium, a_person

OTHERWISE = {
    Consortium.created_at: "bot/clock_set_back.py brings it back, since it is no row of a consortium",
    Consortium.scheduled_since: "the same",
    Consortium.confirmed_at: "it is only asked whether there is one",
    Heartbeat.at: "the clock forgets what lies ahead",
    **dict.fromkeys(
        (
            *(Post.due_at, Post.lease_until, Post.not_before),
            *(Post.first_tried_at, Post.sent_at, Post.sweep_at),
        ),
        "storage/post_life.py brings it back by what the post lives through",
    ),
}
"""Why a moment is left where it is."""


def test_every_moment_of_the_record_is_brought_back_or_has_a_reason_not_to_be() -> None:
    moments = {
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, UtcDateTime)
    }
    brought_back = {moment.property.columns[0] for moment in HAPPENED}
    left = {moment.property.columns[0] for moment in OTHERWISE}
    assert brought_back | left == moments
    assert not brought_back & left


def test_slack_is_asked_again_in_time_about_whom_and_what_it_was_asked_by_a_clock_that_was_ahead(
    session: Session,
) -> None:
    ahead = NOON + timedelta(days=300)
    consortium = a_consortium(session)
    enter(session, consortium.id)
    told = {"named_at": ahead, "asked_at": ahead, "doubted_at": ahead}
    person = a_person(session, consortium, **told)
    lately = a_person(session, consortium, user_id="U0LATELY", asked_at=NOON - timedelta(hours=1))
    channel = channel_known(session, consortium.channel_id)
    channel.asked_at = channel.closed_at = ahead
    session.flush()

    nothing_happened_after(session, NOON)
    session.expire_all()
    assert (person.named_at, person.asked_at, person.doubted_at) == (NOON, NOON, NOON)
    assert (channel.asked_at, channel.closed_at) == (NOON, NOON)
    assert lately.asked_at == NOON - timedelta(hours=1)
    later = NOON + timedelta(days=1, seconds=1)
    assert person in last_asked_before(session, later - timedelta(days=1), limit=9)
    assert channels_to_ask(session, consortium, later)


def test_a_gap_may_end_as_much_later_as_a_message_is_on_its_way(session: Session) -> None:
    consortium = a_consortium(session)
    enter(session, consortium.id)
    ends = NOON + STILL_ON_ITS_WAY
    consortium.gap_since, consortium.gap_until = NOON, ends
    session.flush()
    nothing_happened_after(session, NOON)
    session.expire_all()
    assert consortium.gap_until == ends

    consortium.gap_until = NOON + timedelta(days=300)
    session.flush()
    nothing_happened_after(session, NOON)
    session.expire_all()
    assert consortium.gap_until == NOON


def test_what_another_consortium_wrote_down_is_left_to_its_own_bot(session: Session) -> None:
    ours, theirs = a_consortium(session), a_consortium(session, team_id="T0OTHER")
    ahead = NOON + timedelta(days=300)
    ours.gap_until = theirs.gap_until = ahead
    session.flush()
    enter(session, ours.id)
    nothing_happened_after(session, NOON)
    session.expire_all()
    assert (ours.gap_until, theirs.gap_until) == (NOON, ahead)
