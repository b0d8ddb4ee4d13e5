"""What is counted for Prometheus: by kind, result, method and policy, and never by person, place or workspace."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from storage.figures import Figures

MINUTE, HOUR = 60, 3600
LATENESS = (1, 5, 10, 30, MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 6 * HOUR, 24 * HOUR)
"""Seconds; what is on time goes out within a tick."""
NOBODY_KNOWS = float("nan")


class Metrics:
    """Its methods are named after what happened, and may be called from any thread. `clock` gives Unix seconds."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._ticked_at = NOBODY_KNOWS
        registry = self._registry = CollectorRegistry()

        def counter(name: str, meaning: str, *labels: str) -> Counter:
            return Counter(name, meaning, labels, registry=registry)

        def gauge(name: str, meaning: str) -> Gauge:
            return Gauge(name, meaning, registry=registry)

        self._posts = counter("posts_total", "Attempts to deliver, by what became of them", "kind", "result")
        self._lateness = Histogram(
            "post_lateness_seconds", "From due to sent, of new messages", registry=registry, buckets=LATENESS
        )
        self._limited = counter("slack_429_total", "Calls that Slack asked to wait", "method")
        self._leases = counter("lease_lost_total", "Claims that ran out before their outcome was known")
        self._doubles = counter("duplicates_found_total", "Messages that stood there twice, and were found")
        self._charts = counter(
            "charts_refused_total", "Messages whose chart the workspace refused, sent without it"
        )
        self._denied = counter("authz_denied_total", "What somebody asked for and may not", "policy")
        self._repeated = counter("inbox_duplicates_total", "What Slack delivered again, and counted once")
        self._unopened = counter("decrypt_failed_total", "Sealed values that no key opened")
        self._oldest_due = gauge("outbox_oldest_due_seconds", "How long the oldest unsent message is overdue")
        self._unknown = gauge("outbox_unknown", "Messages of which nobody knows whether they arrived")
        self._unserved = gauge("outbox_unserved", "Messages that are due in workspaces for which no bot runs")
        self._skew = gauge("clock_skew_seconds", "How far Slack's clock is ahead of ours")
        self._skew.set(NOBODY_KNOWS)
        gauge("tick_age_seconds", "Since the clock last ticked").set_function(
            lambda: self._clock() - self._ticked_at
        )

    def was_sent(self, kind: str, result: str, lateness: timedelta | None = None) -> None:
        """An attempt came to its end. Only a message that is new there can be late."""
        self._posts.labels(kind, result).inc()
        if lateness is not None:
            self._lateness.observe(max(lateness.total_seconds(), 0))

    def was_limited(self, method: str) -> None:
        self._limited.labels(method).inc()

    def lease_was_lost(self) -> None:
        self._leases.inc()

    def double_was_found(self) -> None:
        self._doubles.inc()

    def chart_was_refused(self) -> None:
        self._charts.inc()

    def was_denied(self, policy: str) -> None:
        self._denied.labels(policy).inc()

    def was_repeated(self) -> None:
        self._repeated.inc()

    def could_not_open(self) -> None:
        self._unopened.inc()

    def it_ticked(self) -> None:
        self._ticked_at = self._clock()

    def slack_says_it_is(self, told: datetime) -> None:
        """By an answer that has just come."""
        self._skew.set(told.timestamp() - self._clock())

    def exposition(self, figures: Figures | None) -> str:
        """All of it as Prometheus reads it; without figures the database did not answer."""
        self._oldest_due.set(figures.oldest_due.total_seconds() if figures else NOBODY_KNOWS)
        self._unknown.set(figures.unknown if figures else NOBODY_KNOWS)
        self._unserved.set(figures.unserved if figures else NOBODY_KNOWS)
        return generate_latest(self._registry).decode()
