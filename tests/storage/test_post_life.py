"""The life of a post, row by row: what follows from each thing that can happen to it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import post_tries
from storage.happenings import (
    Changed,
    Claimed,
    FilePromised,
    FilesFound,
    Happening,
    Hastened,
    Missed,
    OwedAgain,
    PassedOn,
    PlaceReplaced,
    Rescheduled,
    RestEnded,
    Restored,
    RestShortened,
    SaidToBeMissing,
    SaidToBeThere,
    ShownAlong,
    StaleEditNoted,
    StrayNoted,
    SweepClaimed,
    Swept,
    Tried,
    Withheld,
)
from storage.outcomes import (
    Closed,
    CutShort,
    Gone,
    Hindered,
    NotDrawn,
    NotNeeded,
    NotSent,
    Outcome,
    PutOff,
    Refused,
    Sent,
    TooLate,
    Unclear,
    Unknowable,
)
from storage.post_facts import PUT_OFF, TRIES_IN_ORDER, Gap, Life, PostState, posted_at
from storage.post_life import BEFALLS, MAY_CONCERN, after
from storage.post_tries import (
    FAILURES,
    FIRST_PAUSE,
    FOR_THE_LONGEST_PAUSE,
    LONGEST_REST,
    MOST_OF_ANY_REASON,
    MOST_TRIES,
    MOST_TRIES_TO_DRAW,
)
from tests.builders import NOON
from tests.storage.lives import EARLIER, HAPPENINGS, HOUR, LATER, LEASE, LONG_AGO, SETTLE, WORD, a_life, lives

DUE, SENDING, SENT, UNKNOWN, FAILED, MISSED, NOT_NEEDED = PostState
OVER = (MISSED, NOT_NEEDED)
IN_THE_ERA = st.sampled_from([EARLIER, NOON, LATER])


def sending(**facts: Any) -> Life:
    return a_life(SENDING, **{"fence": 1, "lease_until": LATER} | facts)


def tried(life: Life, outcome: Outcome, **values: Any) -> Life:
    return after(life, Tried(outcome, **{"version": 1, "settle": SETTLE} | values), NOON)


def differs(before: Life, later: Life) -> dict[str, Any]:
    """The facts that changed, and what they are now."""
    return {name: value for name, value in vars(later).items() if getattr(before, name) != value}


def test_the_table_knows_everything_that_can_happen() -> None:
    assert BEFALLS.keys() | MAY_CONCERN.keys() == {*Happening.__args__} == {type(one) for one in HAPPENINGS}
    assert not BEFALLS.keys() & MAY_CONCERN.keys()
    outcomes = {type(one.outcome) for one in HAPPENINGS if isinstance(one, Tried)}
    assert outcomes == {*Outcome.__args__}
    assert outcomes - {Sent, NotNeeded, TooLate, PutOff, Gone, Closed} == FAILURES.keys()


@pytest.mark.parametrize("state", PostState)
@pytest.mark.parametrize("happening", HAPPENINGS, ids=lambda happening: type(happening).__name__)
def test_what_makes_no_sense_is_an_error_or_changes_nothing(happening: Happening, state: PostState) -> None:
    states, _ = (BEFALLS | MAY_CONCERN)[type(happening)]
    life = a_life(state)
    if state in states:
        return
    if type(happening) in BEFALLS:
        with pytest.raises(LookupError, match=f"{type(happening).__name__} can't befall .* {state}"):
            after(life, happening, NOON)
    else:
        assert after(life, happening, NOON) == life


# A claim


def test_a_claim_takes_up_what_is_due() -> None:
    life = a_life(wanted_version=3, tried_version=1)
    taken_up = after(life, Claimed(LEASE), NOON)
    assert differs(life, taken_up) == {
        "state": SENDING,
        "tried_version": 3,
        "first_tried_at": NOON,
        "lease_until": NOON + LEASE,
        "fence": 1,
    }


def test_an_abandoned_claim_is_taken_over_and_its_version_may_be_there() -> None:
    life = sending(lease_until=EARLIER, wanted_version=3, tried_version=1, first_tried_at=EARLIER)
    taken_over = after(life, Claimed(LEASE), NOON)
    assert differs(life, taken_over) == {"may_be_there": True, "lease_until": NOON + LEASE, "fence": 2}


@pytest.mark.parametrize(
    "life",
    [
        a_life(due_at=LATER),
        a_life(not_before=LATER),
        sending(lease_until=LATER),
        sending(lease_until=NOON),
        sending(lease_until=None),
    ],
    ids=["not due", "resting", "held", "held to the end", "held for ever"],
)
def test_what_is_not_ripe_cannot_be_claimed(life: Life) -> None:
    with pytest.raises(LookupError, match="rests"):
        after(life, Claimed(LEASE), NOON)


# A try that reached Slack


def test_what_was_sent_stands_there() -> None:
    life = sending(attempts=3, error=WORD, may_be_there=False)
    assert differs(life, tried(life, Sent("C1", "1.1"))) == {
        "state": SENT,
        "shown_version": 1,
        "channel_id": "C1",
        "ts": "1.1",
        "sent_at": NOON,
        "attempts": 0,
        "lease_until": None,
        "error": None,
    }


def test_what_changed_on_its_way_is_owed_once_more() -> None:
    later = tried(sending(wanted_version=2), Sent("C1", "1.1"))
    assert (later.state, later.shown_version) == (DUE, 1)


def test_what_was_found_may_say_anything_and_is_edited() -> None:
    later = tried(sending(may_be_there=True), Sent("C1", "1.1", is_current=False))
    assert (later.state, later.shown_version, later.may_be_there) == (DUE, 0, False)


@pytest.mark.parametrize(("may_be_there", "sweep_at"), [(True, NOON + SETTLE), (False, LATER)])
def test_where_a_first_copy_may_still_come_it_is_looked_for(*, may_be_there: bool, sweep_at: object) -> None:
    later = tried(sending(may_be_there=may_be_there, sweep_at=LATER), Sent("C1", "1.1"))
    assert later.sweep_at == sweep_at


def test_it_was_sent_when_it_was_first_sent() -> None:
    assert tried(sending(ts="1.1", sent_at=EARLIER), Sent("C1", "1.1")).sent_at == EARLIER


def test_what_is_found_was_sent_when_slack_stored_it_and_not_when_it_was_found() -> None:
    ts = f"{EARLIER.timestamp():.6f}"
    assert tried(sending(may_be_there=True), Sent("C1", ts, is_current=False)).sent_at == EARLIER
    ahead = f"{LATER.timestamp():.6f}"
    assert tried(sending(may_be_there=True), Sent("C1", ahead, is_current=False)).sent_at == NOON


@pytest.mark.parametrize(("ts", "state"), [(None, NOT_NEEDED), ("1.1", SENT)])
def test_where_nothing_is_left_to_say_what_stands_there_stays(ts: str | None, state: PostState) -> None:
    later = tried(sending(ts=ts, wanted_version=2), NotNeeded())
    assert (later.state, later.ts, later.error) == (state, ts, None)


def test_what_was_looked_for_in_vain_and_is_past_use_is_missed() -> None:
    life = sending(may_be_there=True, attempts=3, hindrances=9, error=WORD)
    assert differs(life, tried(life, TooLate())) == {
        "state": MISSED,
        "may_be_there": False,
        "hindrances": 0,
        "lease_until": None,
        "error": "missed",
    }


@pytest.mark.parametrize(
    "facts", [{}, {"attempts": 4, "hindrances": 7, "error": WORD}, {"may_be_there": True}]
)
def test_what_is_put_off_waits_and_has_not_failed(facts: dict[str, Any]) -> None:
    life = sending(**facts)
    later = tried(life, PutOff(20))
    assert differs(life, later) == {
        "state": DUE,
        "error": PUT_OFF,
        "not_before": NOON + timedelta(seconds=20),
        "lease_until": None,
    }
    assert later.is_put_off


@pytest.mark.parametrize("outcome", [Sent("C1", "1.1"), NotNeeded(), NotSent(WORD), Hindered(WORD)])
def test_what_was_put_off_is_so_no_longer_once_it_is_tried(outcome: Outcome) -> None:
    assert not tried(sending(error=PUT_OFF), outcome).is_put_off


def test_what_can_be_edited_no_more_is_said_in_a_message_of_its_own() -> None:
    there = {"channel_id": "C1", "ts": "1.1", "stray_ts": "2.2"}
    life = sending(**there, attempts=2, first_tried_at=EARLIER, error=WORD)
    later = tried(life, Closed(WORD))
    assert differs(life, later) == {
        "state": DUE,
        "channel_id": None,
        "ts": None,
        "stray_ts": None,
        "attempts": 0,
        "first_tried_at": None,
        "lease_until": None,
        "error": None,
        "reference": later.reference,
    }
    assert later.reference != life.reference


def test_what_is_told_once_and_can_be_edited_no_more_is_left_as_it_is() -> None:
    later = tried(sending(ts="1.1", sent_at=NOON, wanted_version=2), Closed(WORD), is_told_once=True)
    assert (later.state, later.ts, later.shown_version) == (SENT, "1.1", 2)


@pytest.mark.parametrize("outcome", [Gone(WORD), Closed(WORD)], ids=["deleted", "closed"])
def test_what_surely_never_stood_among_others_is_a_message_of_its_own_where_theirs_takes_no_edit(
    outcome: Outcome,
) -> None:
    unsure = tried(sending(), Unclear(WORD, "C1", "1.1"))
    assert (unsure.state, unsure.ts, unsure.channel_id, unsure.sent_at) == (DUE, "1.1", "C1", None)
    assert (unsure.may_be_there, unsure.not_before) == (False, NOON + SETTLE)
    later = tried(replace(unsure, state=SENDING), outcome, is_told_once=True)
    assert (later.state, later.ts, later.error) == (DUE, None, None)


def test_what_may_stand_among_others_is_there_once_their_message_was_edited_again() -> None:
    unsure = replace(tried(sending(), Unclear(WORD, "C1", "1.1")), state=SENDING)
    later = tried(unsure, Sent("C1", "1.1"))
    assert (later.state, later.ts, later.sent_at) == (SENT, "1.1", NOON)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, SENT),
        ({"wanted_version": 3}, DUE),  # something newer is to be said
        ({"shown_version": 0}, DUE),  # it was found, or is to join
        ({"error": WORD}, DUE),  # what is wrong with it was not shown
        ({"ts": None}, DUE),
    ],
)
def test_what_was_shown_along_with_others_needs_no_edit_of_its_own(
    facts: dict[str, Any], state: PostState
) -> None:
    life = a_life(DUE, **{"ts": "1.1", "shown_version": 1, "wanted_version": 2} | facts)
    later = after(life, ShownAlong(2), NOON)
    assert later.state == state
    assert differs(life, later) == ({} if state == DUE else {"state": SENT, "shown_version": 2})


@pytest.mark.parametrize(
    ("facts", "until"),
    [
        ({}, NOON),
        ({"not_before": EARLIER}, EARLIER),  # it rests no longer than it was to
        ({"hindrances": 0}, LATER),  # Slack has asked for it
        ({"ts": None}, LATER),
    ],
)
def test_what_had_trouble_rests_no_longer_than_is_said(facts: dict[str, Any], until: datetime) -> None:
    life = a_life(DUE, **{"ts": "1.1", "hindrances": 6, "not_before": LATER} | facts)
    later = after(life, RestShortened(NOON), NOON)
    assert later == replace(life, not_before=until)


def test_what_somebody_deleted_is_owed_no_more() -> None:
    later = tried(sending(ts="1.1", sent_at=NOON), Gone(WORD), is_told_once=True)
    assert (later.state, later.ts, later.error) == (NOT_NEEDED, "1.1", WORD)


def test_what_is_replaced_is_owed_anew_when_somebody_has_deleted_it() -> None:
    life = sending(ts="1.1")
    later = tried(life, Gone(WORD), is_replaced=True)
    assert (later.state, later.ts, later.may_be_there, later.error) == (DUE, None, False, None)
    assert later.reference != life.reference


@pytest.mark.parametrize("is_replaced", [False, True])
def test_of_two_the_later_was_deleted_and_the_earlier_is_looked_for(*, is_replaced: bool) -> None:
    life = sending(ts="2.2", sweep_at=LATER)
    later = tried(life, Gone(WORD), is_replaced=is_replaced)
    assert (later.state, later.ts, later.may_be_there) == (DUE, None, True)
    assert later.reference == life.reference


@pytest.mark.parametrize(("is_replaced", "state"), [(False, NOT_NEEDED), (True, DUE)])
def test_where_no_earlier_one_is_found_either_somebody_has_deleted_it(
    *, is_replaced: bool, state: PostState
) -> None:
    looked_for = tried(sending(ts="2.2", sweep_at=LATER), Gone(WORD), is_replaced=is_replaced)
    assert looked_for.is_perhaps_deleted
    later = tried(replace(looked_for, state=SENDING, lease_until=LATER), Gone(WORD), is_replaced=is_replaced)
    assert (later.state, later.ts, later.may_be_there, later.sweep_at) == (state, None, False, None)
    assert (later.reference != looked_for.reference) is is_replaced


def test_what_began_anew_is_not_taken_for_deleted() -> None:
    for happened in (Closed(WORD), Gone(WORD)):
        begun = tried(sending(ts="1.1", sweep_at=LATER), happened, is_replaced=True)
        later = tried(replace(begun, state=SENDING), Unclear(WORD))
        assert later.is_perhaps_deleted is isinstance(happened, Gone)


def test_what_somebody_has_deleted_stays_deleted_unless_it_comes_back() -> None:
    life = a_life(NOT_NEEDED, due_at=EARLIER, ts="1.1", error=WORD)
    assert after(life, OwedAgain(None), NOON) == life
    assert after(life, OwedAgain(None, comes_back=True), NOON).state == DUE


def test_what_comes_back_is_a_new_message() -> None:
    life = a_life(
        NOT_NEEDED, due_at=EARLIER, ts="1.1", error=WORD, attempts=3, sweep_at=LATER, stray_ts="2.2"
    )
    later = after(life, OwedAgain(None, comes_back=True), NOON)
    assert (later.state, later.due_at, later.error, later.attempts) == (DUE, NOON, None, 0)
    assert (later.ts, later.stray_ts, later.sweep_at, later.is_unseen) == (None, None, None, True)
    assert later.reference != life.reference


# A try that failed: outcome by attempts

SURE, UNSURE = {"may_be_there": False}, {"may_be_there": True}
MAYBE_FOR_GOOD = [NotDrawn(WORD), Refused(WORD)]
TRIED_FOR_EVER = [NotSent(WORD), CutShort(WORD), Unclear(WORD), Hindered(WORD)]


def counted(outcome: Outcome, tries: int) -> int:
    """As the machine counts so many tries that failed so."""
    return -tries if outcome in MAYBE_FOR_GOOD else tries


@pytest.mark.parametrize(
    ("outcome", "tries", "there", "state"),
    [
        (NotSent(WORD), 1, SURE, DUE),
        (NotSent(WORD), 1000, SURE, DUE),
        (NotSent(WORD), 1000, UNSURE, DUE),
        (Unclear(WORD), 1, SURE, DUE),
        (Unclear(WORD), 1000, SURE, DUE),
        (CutShort(WORD), 1, UNSURE, DUE),
        (CutShort(WORD), 1000, UNSURE, DUE),
        (NotDrawn(WORD), 1, SURE, DUE),
        (NotDrawn(WORD), MOST_TRIES_TO_DRAW - 1, SURE, DUE),
        (NotDrawn(WORD), MOST_TRIES_TO_DRAW, SURE, FAILED),
        (NotDrawn(WORD), MOST_TRIES_TO_DRAW, UNSURE, FAILED),
        (Hindered(WORD), 1000, SURE, DUE),
        (Hindered(WORD), 1000, UNSURE, DUE),
        (Refused(WORD), 1, SURE, DUE),
        (Refused(WORD), MOST_TRIES - 1, SURE, DUE),
        (Refused(WORD), MOST_TRIES, SURE, FAILED),
        (Refused(WORD), MOST_TRIES, UNSURE, FAILED),
        (Unknowable(WORD), 1, UNSURE, UNKNOWN),
        (Unknowable(WORD), 1000, UNSURE, UNKNOWN),
    ],
)
def test_what_a_failure_makes_of_it(
    outcome: Outcome, tries: int, there: dict[str, bool], state: PostState
) -> None:
    failed_before = counted(outcome, tries - 1)
    later = tried(sending(attempts=failed_before, error=WORD if tries > 1 else None, **there), outcome)
    assert (later.state, later.attempts, later.error) == (state, counted(outcome, tries), WORD)
    assert (later.not_before is None) == (state != DUE)
    assert later.lease_until is None


@pytest.mark.parametrize("outcome", MAYBE_FOR_GOOD)
def test_what_fails_for_another_reason_is_not_given_up_yet(outcome: Outcome) -> None:
    assert tried(sending(attempts=-1000, error="another word"), outcome).state == DUE


def tried_over(life: Life, *outcomes: Outcome) -> Life:
    for outcome in outcomes:
        life = tried(replace(life, state=SENDING, lease_until=LATER), outcome)
    return life


def ends_after(*outcomes: Outcome, life: Life | None = None) -> int | None:
    """At which of these tries it is given up."""
    life = life or a_life()
    for number, outcome in enumerate(outcomes, start=1):
        life = tried_over(life, outcome)
        if life.state == FAILED:
            return number
    return None


@pytest.mark.parametrize("before", TRIED_FOR_EVER)
@pytest.mark.parametrize("outcome", MAYBE_FOR_GOOD)
def test_what_is_tried_for_ever_counts_nothing_towards_giving_up(before: Outcome, outcome: Outcome) -> None:
    """Also where it failed with the same word, as by a mistake of ours while it is drawn, and while it is sent."""
    aside = tried_over(a_life(), *[before] * 200)
    tries = FAILURES[type(outcome)].tries
    assert ends_after(*[outcome] * 100, life=aside) == tries
    assert ends_after(*[outcome, before] * 200, life=aside) is None
    by_turns = [outcome, replace(outcome, error="another word")] * 100
    left = MOST_OF_ANY_REASON - min(aside.hindrances, FOR_THE_LONGEST_PAUSE)
    assert ends_after(*by_turns, life=aside) == left


@settings(deadline=None)
@given(life=lives(SENDING), outcome=st.sampled_from(TRIED_FOR_EVER), last=st.sampled_from(MAYBE_FOR_GOOD))
def test_one_odd_failure_gives_nothing_up(life: Life, outcome: Outcome, last: Outcome) -> None:
    assert tried_over(life, outcome, last).state == DUE


@pytest.mark.parametrize("drawn", range(1, MOST_TRIES_TO_DRAW))
def test_one_refusal_gives_up_nothing_that_could_not_be_drawn_before(drawn: int) -> None:
    assert (
        ends_after(*[NotDrawn("another word")] * drawn, *[Refused(WORD)] * MOST_TRIES) == drawn + MOST_TRIES
    )


@pytest.mark.parametrize(
    "before", [NotSent("another word"), Unclear("another word"), Hindered("another word")]
)
def test_only_tries_that_failed_alike_count(before: Outcome) -> None:
    life = sending(attempts=5, error=before.error)
    for number in range(1, MOST_TRIES + 1):
        life = tried(replace(life, state=SENDING), Refused(WORD))
        assert (life.state, life.attempts) == (FAILED if number == MOST_TRIES else DUE, -number)
    assert ends_after(*[NotSent(WORD)] * 5, *[Refused("another word")] * MOST_TRIES) == 5 + MOST_TRIES


def test_two_refusals_by_turns_come_to_an_end() -> None:
    assert ends_after(*[Refused(WORD), Refused("another word")] * 50) == MOST_OF_ANY_REASON


@pytest.mark.parametrize(("ts", "may_be_there"), [(None, True), ("1.1", False)])
def test_of_what_nobody_heard_a_message_may_be_there_and_an_edit_may_be_made_again(
    ts: str | None, *, may_be_there: bool
) -> None:
    later = tried(sending(ts=ts), Unclear(WORD), version=2)
    assert (later.may_be_there, later.tried_version) == (may_be_there, 2)
    assert later.not_before == NOON + SETTLE


@pytest.mark.parametrize(("asked", "seconds"), [(7, 7), (0.2, 1), (900, 900)])
def test_it_rests_as_long_as_slack_asked(asked: float, seconds: int) -> None:
    for outcome in (NotSent(WORD, wait=asked), CutShort(WORD, wait=asked)):
        assert tried(sending(), outcome).not_before == NOON + timedelta(seconds=seconds)


@pytest.mark.parametrize("between", [[], [NotSent("another word", is_soon=True)], [Refused("another word")]])
def test_what_may_go_on_at_once_goes_on_in_growing_pauses_whatever_fails_in_between(
    between: list[Outcome],
) -> None:
    """What Slack did not ask for, and is the same for ever, would be a loop."""
    soon = NotSent(WORD, is_soon=True)
    assert tried(sending(), soon).not_before == NOON + timedelta(seconds=1)
    assert tried_over(a_life(), *[soon, *between] * 20).not_before == NOON + post_tries.LONGEST_PAUSE


NOT_FOR_GOOD = [NotSent(WORD), NotSent("another word")]


@pytest.mark.parametrize(
    ("outcome", "attempts", "pause"),
    [
        *((one, *each) for one in NOT_FOR_GOOD + MAYBE_FOR_GOOD for each in [(1, 1), (2, 2), (3, 4)]),
        *((one, *each) for one in NOT_FOR_GOOD for each in [(6, 32), (7, 60), (1000, 60)]),
        (NotDrawn(WORD), 7, 60),
    ],
)
def test_it_rests_twice_as_long_after_each_failure(outcome: Outcome, attempts: int, pause: int) -> None:
    later = tried(sending(attempts=counted(outcome, attempts - 1), error=WORD), outcome)
    assert later.not_before == NOON + pause * post_tries.FIRST_PAUSE


MINUTE, SOON = timedelta(minutes=1), timedelta(seconds=15)


@pytest.mark.parametrize(
    "outcome", [NotSent(WORD), CutShort(WORD), Hindered(WORD), NotDrawn(WORD), Refused(WORD)]
)
def test_what_people_wait_for_is_tried_again_soon_however_often_it_fails(outcome: Outcome) -> None:
    for failures in (3, 4, 18):
        life = sending(attempts=counted(outcome, failures), hindrances=failures)
        later = tried(life, outcome, longest_pause=SOON)
        assert later.not_before is not None
        assert later.not_before <= NOON + SOON


@pytest.mark.parametrize(
    ("outcome", "rest"),
    [
        (NotSent(WORD, wait=60), MINUTE),
        (CutShort(WORD, wait=60), MINUTE),
        (Unclear(WORD), SETTLE),
    ],
)
def test_it_waits_all_the_same_as_long_as_slack_asks_or_may_need(outcome: Outcome, rest: timedelta) -> None:
    life = sending(hindrances=TRIES_IN_ORDER + 3)
    assert tried(life, outcome, longest_pause=SOON).not_before == NOON + rest


@pytest.mark.parametrize("failures", [1, 30, 1000])
def test_a_look_that_was_cut_short_goes_on_soon_and_others_pass_it(failures: int) -> None:
    life = tried_over(a_life(may_be_there=True), *[CutShort(WORD)] * failures)
    assert life.not_before == NOON + FIRST_PAUSE
    assert life.hindrances == min(failures, TRIES_IN_ORDER)
    further = tried_over(life, Unclear(WORD))
    assert further.not_before is not None
    assert further.not_before < NOON + LONGEST_REST


def test_refusals_by_turns_take_their_time() -> None:
    life = tried_over(a_life(), *[Refused(WORD), Refused("another word")] * 10)
    assert life.not_before == NOON + post_tries.LONGEST_PAUSE


# A post that stands aside

ITS_OWN = [CutShort(WORD), Unclear(WORD), Hindered(WORD), NotDrawn(WORD), Refused(WORD)]


@pytest.mark.parametrize("outcome", ITS_OWN)
@pytest.mark.parametrize("ts", [None, "1.1"])
def test_what_failed_five_times_by_itself_stands_aside(outcome: Outcome, ts: str | None) -> None:
    life = tried(sending(hindrances=TRIES_IN_ORDER - 2, ts=ts), outcome)
    assert not life.stands_aside
    later = tried(replace(life, state=SENDING, error="another word"), outcome)
    assert (later.state, later.stands_aside) == (DUE, True)


@pytest.mark.parametrize("outcome", [NotSent(WORD), NotSent(WORD, wait=7)])
def test_what_any_other_would_fail_at_moves_nobody_aside(outcome: Outcome) -> None:
    assert tried(sending(hindrances=TRIES_IN_ORDER - 1), outcome).hindrances == TRIES_IN_ORDER - 1


@pytest.mark.parametrize("outcome", [Unclear(WORD), Hindered(WORD)])
@pytest.mark.parametrize(("failures", "minutes"), [(5, 5), (6, 10), (7, 20), (8, 40), (9, 60), (1000, 60)])
def test_aside_it_is_tried_in_long_pauses(outcome: Outcome, failures: int, minutes: int) -> None:
    later = tried(sending(hindrances=failures - 1, attempts=failures - 1), outcome)
    assert later.not_before == NOON + minutes * MINUTE


def test_aside_it_still_rests_until_slack_has_settled() -> None:
    later = tried(sending(hindrances=TRIES_IN_ORDER), Unclear(WORD), settle=3 * HOUR)
    assert later.not_before == NOON + 3 * HOUR


@pytest.mark.parametrize("happening", [Changed(), StaleEditNoted(), Hastened(), Rescheduled(LATER)])
def test_what_changes_while_it_stands_aside_stays_aside(happening: Happening) -> None:
    for state in (DUE, SENDING):
        life = a_life(state, hindrances=TRIES_IN_ORDER, not_before=LATER)
        later = after(life, happening, NOON)
        assert (later.stands_aside, later.not_before) == (True, LATER)


@pytest.mark.parametrize(
    ("life", "happening"),
    [
        (sending(), Tried(Sent("C1", "1.1"), version=1, settle=SETTLE)),
        (sending(ts="1.1"), Tried(Closed(WORD), version=1, settle=SETTLE)),
        (a_life(UNKNOWN), SaidToBeMissing()),
        (a_life(FAILED), Changed()),
        (a_life(NOT_NEEDED), OwedAgain(None)),
    ],
    ids=["sent", "closed", "said to be missing", "given up and changed", "owed again"],
)
def test_what_begins_anew_stands_in_line_again(life: Life, happening: Happening) -> None:
    assert after(replace(life, hindrances=TRIES_IN_ORDER), happening, NOON).hindrances == 0


# What people say where the bot can't look


@pytest.mark.parametrize(("wanted_version", "state"), [(1, SENT), (2, DUE)])
def test_what_is_said_to_be_there_is_owed_only_where_it_has_changed(
    wanted_version: int, state: PostState
) -> None:
    life = a_life(
        UNKNOWN, may_be_there=True, tried_version=1, wanted_version=wanted_version, sweep_at=LATER, error=WORD
    )
    assert differs(life, after(life, SaidToBeThere(), NOON)) == {
        "state": state,
        "shown_version": 1,
        "may_be_there": False,
        "sweep_at": None,
        "error": None,
    }


def test_what_is_said_to_be_missing_is_owed_as_a_new_message() -> None:
    life = a_life(UNKNOWN, may_be_there=True, attempts=5, error=WORD, first_tried_at=EARLIER)
    later = after(life, SaidToBeMissing(), NOON)
    assert (later.state, later.is_unseen, later.attempts, later.error) == (DUE, True, 0, None)
    assert (later.first_tried_at, later.reference != life.reference) == (None, True)


# Sweeps


@pytest.mark.parametrize("state", [SENT, DUE, FAILED])
def test_a_sweep_is_claimed_when_it_is_due_also_while_an_edit_fails(state: PostState) -> None:
    life = a_life(state, ts="1.1", sweep_at=NOON)
    assert differs(life, after(life, SweepClaimed(LEASE), NOON)) == {"sweep_at": NOON + LEASE}


@pytest.mark.parametrize(
    ("age", "pause"),
    [
        (LEASE, LEASE),
        (timedelta(hours=4), timedelta(hours=1)),
        (timedelta(days=20), timedelta(days=1)),
        (timedelta(days=31), None),
    ],
)
def test_a_sweep_that_fails_again_and_again_takes_its_time_and_ends(
    age: timedelta, pause: timedelta | None
) -> None:
    life = a_life(SENT, ts="1.1", sweep_at=NOON, sent_at=NOON - age)
    later = after(life, SweepClaimed(LEASE), NOON)
    assert later.sweep_at == (None if pause is None else NOON + pause)


@pytest.mark.parametrize("facts", [{"sweep_at": None}, {"sweep_at": LATER}, {"ts": None}])
def test_a_sweep_that_is_not_due_cannot_be_claimed(facts: dict[str, Any]) -> None:
    life = a_life(SENT, **{"ts": "1.1", "sweep_at": NOON} | facts)
    with pytest.raises(LookupError, match="not due"):
        after(life, SweepClaimed(LEASE), NOON)


@pytest.mark.parametrize("state", [SENT, DUE, FAILED])
def test_after_a_sweep_the_copy_that_is_kept_stays(state: PostState) -> None:
    life = a_life(state, ts="1.1", sweep_at=LATER, stray_ts="2.2", fence=1)
    swept = after(life, Swept("1.1", fence=1, stray_ts="2.2"), NOON)
    assert differs(life, swept) == {"sweep_at": None, "stray_ts": None}


def test_after_a_sweep_another_copy_is_brought_up_to_date() -> None:
    life = a_life(SENT, ts="1.1", shown_version=1, sweep_at=LATER, fence=1)
    swept = after(life, Swept("0.9", fence=1, stray_ts=None), NOON)
    assert differs(life, swept) == {"state": DUE, "ts": "0.9", "shown_version": 0, "sweep_at": None}


@pytest.mark.parametrize("changed", [{"fence": 2}, {"stray_ts": "3.3"}])
def test_what_changed_during_a_sweep_is_swept_once_more(changed: dict[str, Any]) -> None:
    life = a_life(SENT, ts="1.1", sweep_at=LATER, **{"fence": 1} | changed)
    assert after(life, Swept("0.9", fence=1, stray_ts=None), NOON) == life


@pytest.mark.parametrize(
    ("state", "ts"),
    [(DUE, None), (SENDING, None), (DUE, "1.1"), (SENT, "1.1"), (FAILED, "1.1")],
)
def test_a_stray_copy_is_remembered_by_who_will_find_it(state: PostState, ts: str | None) -> None:
    life = a_life(state, ts=ts)
    noted = after(life, StrayNoted("C1", "2.2"), NOON)
    assert differs(life, noted) == {"channel_id": "C1", "stray_ts": "2.2", "sweep_at": NOON}
    assert after(replace(life, channel_id="C2"), StrayNoted("C1", "2.2"), NOON).channel_id == "C2"


@pytest.mark.parametrize(
    ("state", "ts"),
    [(SENT, None), (UNKNOWN, None), (FAILED, None), (MISSED, None), (NOT_NEEDED, None), (NOT_NEEDED, "1.1")],
)
def test_a_stray_copy_of_what_nobody_tries_any_more_is_the_message_after_all(
    state: PostState, ts: str | None
) -> None:
    """It is drawn anew: it may say what holds no longer, and others may be there besides."""
    life = a_life(state, ts=ts, may_be_there=True, attempts=-5, hindrances=7, error=WORD, not_before=LATER)
    noted = after(life, StrayNoted("C1", "2.2"), NOON)
    adopted = a_life(DUE, channel_id="C1", ts="2.2", sent_at=posted_at("2.2"), sweep_at=NOON)
    assert noted == adopted


@pytest.mark.parametrize(
    "outcome", [NotNeeded(), TooLate(), Unknowable(WORD), Refused(WORD)], ids=lambda one: type(one).__name__
)
def test_a_stray_copy_that_was_noted_before_the_end_is_the_message_too(outcome: Outcome) -> None:
    life = sending(
        stray_ts="2.2", attempts=-4, error=WORD, may_be_there=True, sweep_at=NOON, lease_until=LATER
    )
    later = tried(life, outcome)
    assert (later.state, later.ts, later.stray_ts, later.may_be_there) == (DUE, "2.2", None, False)
    assert later.is_ripe(NOON)


def test_what_others_get_in_its_stead_is_edited_where_a_stray_copy_of_it_stands() -> None:
    later = after(a_life(DUE, stray_ts="2.2", sweep_at=NOON), PassedOn(), NOON)
    assert (later.state, later.ts) == (DUE, "2.2")


def test_what_was_sent_by_somebody_whose_claim_had_run_out_is_not_taken_back() -> None:
    life = a_life(DUE, stray_ts="2.2", sweep_at=NOON)
    assert after(life, Withheld(), NOON) == after(life, Missed(), NOON) == life


@pytest.mark.parametrize("is_replaced", [False, True])
@pytest.mark.parametrize("stray_ts", [None, "1.1", "2.2"])
def test_of_copies_that_were_all_deleted_each_is_tried_once(
    stray_ts: str | None, *, is_replaced: bool
) -> None:
    """As the sender does: it adopts a stray copy without looking, and looks where there is none."""
    life = a_life(SENDING, ts="1.1", stray_ts=stray_ts, sweep_at=LATER, fence=1)
    for _ in range(5):
        life = tried(life, Gone(WORD), is_replaced=is_replaced)
        if life.state == NOT_NEEDED or life.is_unseen:
            break
        life = replace(life, state=SENDING, ts=life.ts or life.stray_ts)
    assert life.state == (DUE if is_replaced else NOT_NEEDED)


def test_the_pauses_of_sweeps_grow_from_when_this_copy_was_sent() -> None:
    begun = tried(sending(ts="1.1", sent_at=LONG_AGO), Gone(WORD), is_replaced=True)
    assert begun.sent_at is None


@pytest.mark.parametrize("state", PostState)
def test_after_a_stale_edit_what_stood_there_is_owed_once_more(state: PostState) -> None:
    life = a_life(state, attempts=2)
    noted = after(life, StaleEditNoted(), NOON)
    assert (noted.state, noted.wanted_version) == (DUE if state == SENT else state, 2)
    assert noted.attempts == 2


# What is said of many


@pytest.mark.parametrize("state", [DUE, SENDING, SENT, UNKNOWN, FAILED])
def test_what_changes_is_wanted_anew_and_owed_where_it_was_sent_or_refused(state: PostState) -> None:
    changed = after(a_life(state, attempts=4), Changed(), NOON)
    is_owed_anew = state in (SENT, FAILED)
    assert changed.wanted_version == 2
    assert (changed.state, changed.attempts) == ((DUE, 0) if is_owed_anew else (state, 4))


@pytest.mark.parametrize(("due_at", "is_due"), [(EARLIER, EARLIER), (NOON, NOON), (LATER, NOON)])
def test_what_was_for_later_is_hastened(due_at: object, is_due: object) -> None:
    assert after(a_life(due_at=due_at), Hastened(), NOON).due_at == is_due


SEEN = [{"ts": "1.1"}, {"may_be_there": True, "fence": 1}, {"ts": "1.1", "may_be_there": True}]


@pytest.mark.parametrize("due_at", [EARLIER, NOON, LATER])
@pytest.mark.parametrize("due", [EARLIER, NOON, LATER, LATER + HOUR])
def test_what_nobody_has_seen_is_rescheduled(due_at: object, due: Any) -> None:
    life = a_life(due_at=due_at)
    assert after(life, Rescheduled(due), NOON) == replace(life, due_at=due)


@pytest.mark.parametrize("seen", SEEN)
@pytest.mark.parametrize("happening", [Rescheduled(LATER), Withheld(), Missed()])
def test_what_may_have_been_seen_is_neither_moved_nor_taken_back(
    happening: Happening, seen: dict[str, Any]
) -> None:
    for state in PostState:
        life = a_life(state, **seen)
        assert after(life, happening, NOON) == life


@pytest.mark.parametrize("state", [DUE, FAILED])
def test_what_surely_nobody_has_seen_is_taken_back(state: PostState) -> None:
    life = a_life(state, error=WORD)
    assert differs(life, after(life, Withheld(), NOON)) == {"state": NOT_NEEDED}
    assert differs(life, after(life, Missed(), NOON)) == {"state": MISSED, "error": "missed"}


@pytest.mark.parametrize("state", [DUE, FAILED])
def test_what_was_never_taken_up_before_a_restore_still_moves_with_what_it_is_about(state: PostState) -> None:
    restored = after(a_life(state, fence=0), Restored(since=EARLIER, not_before=LATER), NOON)
    assert (restored.may_be_there, restored.is_unseen) == (True, True)


@pytest.mark.parametrize("state", [DUE, SENDING, FAILED])
def test_what_was_not_sent_before_a_restore_is_looked_for(state: PostState) -> None:
    life = a_life(state, tried_version=1, lease_until=LATER, fence=1)
    assert differs(life, after(life, Restored(since=EARLIER, not_before=LATER), NOON)) == {
        **({"state": DUE} if state == SENDING else {}),
        "may_be_there": True,
        "tried_version": 0,
        "fence": 2,
        "lease_until": None,
        "not_before": LATER,
        "first_tried_at": EARLIER,
    }
    tried_before = replace(life, first_tried_at=LONG_AGO)
    assert after(tried_before, Restored(since=EARLIER, not_before=LATER), NOON).first_tried_at == LONG_AGO
    there = replace(life, ts="1.1")
    assert after(there, Restored(since=EARLIER, not_before=LATER), NOON) == there


# Whatever happens


@settings(deadline=None)
@given(life=lives(*OVER), happenings=st.lists(st.sampled_from(HAPPENINGS), max_size=8))
def test_what_is_over_stays_so_unless_it_is_owed_again_or_was_sent_after_all(
    life: Life, happenings: list[Happening]
) -> None:
    others = [one for one in happenings if not isinstance(one, OwedAgain | StrayNoted)]
    assert lived(life, others, [NOON] * len(others)).state == life.state


def test_what_was_owed_no_longer_is_owed_again_under_its_own_reference() -> None:
    dropped = a_life(PostState.NOT_NEEDED, attempts=3, error=WORD, not_before=LATER)
    again = after(dropped, OwedAgain(None), NOON)
    assert again == a_life(PostState.DUE)


@pytest.mark.parametrize(
    ("life", "happening"),
    [
        (sending(ts="1.1"), Tried(Closed(WORD), 1, SETTLE, gap=Gap(LONG_AGO, EARLIER))),
        (sending(ts="1.1"), Tried(Gone(WORD), 1, SETTLE, is_replaced=True, gap=Gap(LONG_AGO, EARLIER))),
        (a_life(NOT_NEEDED), OwedAgain(Gap(LONG_AGO, EARLIER))),
        (a_life(NOT_NEEDED, ts="1.1"), OwedAgain(Gap(LONG_AGO, EARLIER), comes_back=True)),
    ],
)
def test_after_a_restore_what_begins_anew_is_looked_for_under_the_reference_that_it_had_when_it_began_so(
    life: Life, happening: Tried | OwedAgain
) -> None:
    began = after(life, replace(happening, gap=None), NOON)
    assert differs(began, after(life, happening, NOON)) == {
        "may_be_there": True,
        "first_tried_at": LONG_AGO,
        "not_before": EARLIER,
    }


def test_what_may_be_there_since_long_before_the_backup_is_looked_for_from_then_on() -> None:
    """And it still rests as long as Slack may need."""
    settles = a_life(NOT_NEEDED, may_be_there=True, first_tried_at=LONG_AGO, not_before=LATER)
    owed = after(settles, OwedAgain(Gap(EARLIER, NOON)), NOON)
    assert (owed.first_tried_at, owed.not_before) == (LONG_AGO, LATER)


@pytest.mark.parametrize(
    ("facts", "not_before"),
    [
        ({"error": "is_archived"}, None),
        ({"error": "is_archived", "ts": "1.1"}, None),
        ({"error": "is_archived", "may_be_there": True}, LATER),
        ({"error": "HTTP 500", "ts": "1.1"}, LATER),
        ({"error": "ratelimited"}, LATER),
    ],
)
def test_in_a_place_that_is_open_again_only_that_rests_no_longer_which_rested_for_it(
    facts: dict[str, Any], not_before: object
) -> None:
    opened = after(a_life(DUE, not_before=LATER, **facts), RestEnded(frozenset({"is_archived"})), NOON)
    assert opened.not_before == not_before


def test_what_may_be_there_is_looked_for_before_it_is_owed_anew() -> None:
    facts = {"may_be_there": True, "first_tried_at": LONG_AGO, "tried_version": 1, "fence": 3}
    dropped = a_life(NOT_NEEDED, due_at=EARLIER, attempts=3, error=WORD, **facts)
    assert after(dropped, OwedAgain(None), NOON) == a_life(DUE, **facts)


@pytest.mark.parametrize("state", [PostState.DUE, PostState.SENDING])
@pytest.mark.parametrize("may_be_there", [False, True])
def test_in_another_place_a_post_begins_anew_and_who_sends_it_to_the_old_one_has_lost_the_claim(
    state: PostState, *, may_be_there: bool
) -> None:
    """What may have been stored is looked for in the new place too: it may be the same channel."""
    when = {"not_before": LATER, "first_tried_at": EARLIER}
    tried = a_life(
        state, fence=4, attempts=2, lease_until=LATER, may_be_there=may_be_there, error=WORD, **when
    )
    known = {"may_be_there": True, **when}
    assert after(tried, PlaceReplaced(), NOON) == a_life(fence=5, **(known if may_be_there else {}))
    under_way = after(tried, PlaceReplaced(is_under_way=True), NOON)
    assert under_way == a_life(fence=5, **(known if may_be_there or state == SENDING else {}))
    assert after(replace(tried, ts="1.1"), PlaceReplaced(), NOON) == replace(tried, ts="1.1")


def test_after_a_restore_it_is_looked_for_in_the_other_place() -> None:
    tried = a_life(DUE, fence=4, may_be_there=True, first_tried_at=EARLIER, error=WORD)
    moved = after(tried, PlaceReplaced(Gap(LONG_AGO, LATER)), NOON)
    assert moved == a_life(fence=5, may_be_there=True, first_tried_at=LONG_AGO, not_before=LATER)


@pytest.mark.parametrize("happening", [Rescheduled(LATER), Withheld()])
def test_what_was_never_taken_up_is_moved_or_taken_back_also_where_something_that_was_lost_may_stand(
    happening: Happening,
) -> None:
    surely_new = a_life()
    owed = surely_new.owed_after(Gap(LONG_AGO, NOON))
    assert owed.may_be_there
    becomes = differs(surely_new, after(surely_new, happening, NOON))
    assert becomes == differs(owed, after(owed, happening, NOON)) != {}


def test_what_may_have_been_said_in_the_time_that_a_restore_has_lost_is_looked_for_before_it_is_missed() -> (
    None
):
    owed = a_life().owed_after(Gap(LONG_AGO, NOON))
    assert after(owed, Missed(), NOON) == owed


@pytest.mark.parametrize("state", PostState)
@pytest.mark.parametrize("may_be_there", [False, True])
def test_what_others_get_in_its_stead_is_over_where_it_does_not_surely_stand(
    state: PostState, *, may_be_there: bool
) -> None:
    life = a_life(state, may_be_there=may_be_there, first_tried_at=EARLIER, not_before=LATER)
    ends = {"state": NOT_NEEDED} if state in (DUE, UNKNOWN, FAILED) else {}
    assert differs(life, after(life, PassedOn(), NOON)) == ends
    stays = state == DUE and may_be_there
    assert differs(life, after(life, PassedOn(is_looked_for=True), NOON)) == ({} if stays else ends)
    there = replace(life, ts="1.1")
    assert after(there, PassedOn(), NOON) == there


@settings(deadline=None)
@given(
    life=lives(*PostState),
    happened=st.lists(st.tuples(st.sampled_from(HAPPENINGS), IN_THE_ERA), max_size=12),
)
def test_whatever_happens_no_fence_and_no_version_comes_back(
    life: Life, happened: list[tuple[Happening, Any]]
) -> None:
    for happening, now in happened:
        later = lived(life, [happening], [now])
        assert later.fence >= life.fence
        assert later.wanted_version >= life.wanted_version
        takes_the_claim = Claimed | Restored | PlaceReplaced
        assert later.fence == life.fence or isinstance(happening, takes_the_claim)
        life = later


@settings(deadline=None)
@given(life=lives(*PostState), happening=st.sampled_from(HAPPENINGS), now=IN_THE_ERA)
def test_what_may_be_there_is_forgotten_only_by_those_who_know_or_leave_it_behind(
    life: Life, happening: Happening, now: Any
) -> None:
    later = lived(life, [happening], [now])
    knows = (
        isinstance(happening, SaidToBeThere | SaidToBeMissing | StrayNoted)
        or (isinstance(happening, OwedAgain) and life.ts is not None)
        or (life.stray_ts is not None and later.ts == life.stray_ts)  # it is that copy
        or (isinstance(happening, Tried) and isinstance(happening.outcome, Sent | TooLate | Gone | Closed))
    )
    assert later.may_be_there >= life.may_be_there or knows


def lived(life: Life, happenings: list[Happening], moments: list[Any]) -> Life:
    """The life after all of it, without what can't happen to it."""
    for happening, now in zip(happenings, moments, strict=True):
        try:
            life = after(life, happening, now)
        except LookupError:
            continue
    return life


# --- Files


def test_every_file_that_was_promised_or_found_is_remembered_for_ever() -> None:
    sending = a_life(PostState.SENDING, fence=1)
    once = after(sending, FilePromised("F1"), NOON)
    twice = after(once, FilePromised("F2"), NOON)
    assert (once.files, twice.files) == ("F1", "F1 F2")
    assert after(twice, FilesFound(frozenset({"F3", "F1"})), NOON).files == "F1 F2 F3"
    alone = after(twice, Tried(Sent("D1", "1.1", without_file="missing_scope"), 1, SETTLE), NOON)
    assert alone.files == "F1 F2"


def test_what_went_without_its_file_is_sent_and_says_why() -> None:
    sent = Tried(Sent("D1", "1.1", without_file="missing_scope"), 1, SETTLE)
    life = after(a_life(PostState.SENDING, fence=1), sent, NOON)
    assert (life.state, life.error, life.attempts) == (PostState.SENT, "missing_scope", 0)


def test_of_what_begins_anew_and_of_what_goes_to_another_place_the_files_are_known_still() -> None:
    unknown = a_life(PostState.UNKNOWN, files="F1")
    assert after(unknown, SaidToBeMissing(), NOON).files == "F1"
    moved = after(a_life(files="F1", may_be_there=True), PlaceReplaced(), NOON)
    assert (moved.files, moved.may_be_there) == ("F1", True)
