"""The metrics: what happened is counted under the names that operators know, and nobody is named."""

from datetime import datetime, timedelta

import pytest

from handlers.metrics import Metrics
from storage.figures import Figures

NONE_DUE = Figures(oldest_due=timedelta(0), unknown=0)
NOON = 1_800_000_000.0  # Fri, 15 Jan 2027 08:00:00 GMT


class Clock:
    now = NOON

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def metrics(clock: Clock) -> Metrics:
    return Metrics(clock)


def samples(text: str) -> dict[str, str]:
    """Each sample with its labels, and its value."""
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return dict(line.rsplit(" ", 1) for line in lines)


def shown(metrics: Metrics, figures: Figures | None = NONE_DUE) -> dict[str, str]:
    return samples(metrics.exposition(figures))


def test_what_happened_is_counted_under_its_name(metrics: Metrics) -> None:
    metrics.was_sent("call", "sent", timedelta(seconds=40))
    metrics.was_sent("card", "refused")
    metrics.was_limited("chat.postMessage")
    metrics.lease_was_lost()
    metrics.double_was_found()
    metrics.chart_was_refused()
    metrics.was_denied("admin")
    metrics.was_denied("decides_on_item")
    metrics.was_repeated()
    metrics.could_not_open()
    once = {
        'posts_total{kind="call",result="sent"}',
        'posts_total{kind="card",result="refused"}',
        "post_lateness_seconds_count",
        'post_lateness_seconds_bucket{le="60.0"}',
        'slack_429_total{method="chat.postMessage"}',
        "lease_lost_total",
        "duplicates_found_total",
        "charts_refused_total",
        'authz_denied_total{policy="admin"}',
        'authz_denied_total{policy="decides_on_item"}',
        "inbox_duplicates_total",
        "decrypt_failed_total",
    }
    now = shown(metrics)
    assert {name: now.get(name) for name in once} == dict.fromkeys(once, "1.0")
    assert now['post_lateness_seconds_bucket{le="30.0"}'] == "0.0"


def test_one_bot_counts_nothing_of_another(metrics: Metrics) -> None:
    metrics.was_repeated()
    assert shown(Metrics())["inbox_duplicates_total"] == "0.0"


def test_what_the_database_knows_is_told_and_no_number_stands_for_its_silence(metrics: Metrics) -> None:
    known = shown(metrics, Figures(oldest_due=timedelta(minutes=2), unknown=3))
    assert (known["outbox_oldest_due_seconds"], known["outbox_unknown"]) == ("120.0", "3.0")
    unknown = shown(metrics, None)
    assert (unknown["outbox_oldest_due_seconds"], unknown["outbox_unknown"]) == ("NaN", "NaN")


def test_the_age_of_a_tick_grows_until_the_next(metrics: Metrics, clock: Clock) -> None:
    assert shown(metrics)["tick_age_seconds"] == "NaN"
    metrics.it_ticked()
    clock.now += 90
    assert shown(metrics)["tick_age_seconds"] == "90.0"
    metrics.it_ticked()
    assert shown(metrics)["tick_age_seconds"] == "0.0"


@pytest.mark.parametrize(
    ("date", "skew"),
    [("2027-01-15 08:02:00+00:00", "120.0"), ("2027-01-15 07:59:30+00:00", "-30.0")],
)
def test_the_clocks_are_held_against_each_other(metrics: Metrics, date: str, skew: str) -> None:
    assert shown(metrics)["clock_skew_seconds"] == "NaN"
    metrics.slack_says_it_is(datetime.fromisoformat(date))
    assert shown(metrics)["clock_skew_seconds"] == skew
