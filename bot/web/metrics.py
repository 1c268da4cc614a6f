"""`PrometheusMeter`: this process in numbers, as Prometheus reads them; none is about a person."""

from datetime import datetime, timedelta

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)

from core.domain.conversation import Usage
from core.domain.run import Run, Stage
from core.errors import AnalystFailed, StorageFailed
from core.ports.backlog import Backlog
from core.ports.chat import Fate
from core.ports.meter import Part

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""https://prometheus.io/docs/instrumenting/exposition_formats/#basic-info."""
_QUICK = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300)
_SLOW = (0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600)
"""Bounds of buckets, in seconds: an update or a batch, and a whole run."""


class PrometheusMeter:
    """`core.ports.meter.Meter` over a registry of its own, so that two apps in a process count apart."""

    def __init__(self) -> None:
        # Else each comes a second time, with the moment at which the program began.
        disable_created_metrics()
        self._registry = of = CollectorRegistry()
        self._heard = Counter("triagram_updates", "Updates kept", registry=of)
        self._lag = Histogram(
            "triagram_update_lag_seconds",
            "From receiving an update to its effect",
            registry=of,
            buckets=_QUICK,
        )
        self._delivered = Counter(
            "triagram_deliveries", "Cards sent and messages edited", ["act", "fate"], registry=of
        )
        self._limited = Counter("triagram_limits_hit", "429s from Telegram", registry=of)
        self._batches = Histogram(
            "triagram_batch_seconds", "Reading of a batch", ["stage"], registry=of, buckets=_QUICK
        )
        self._runs = Histogram(
            "triagram_run_seconds",
            "A run from its start to its end",
            ["stage", "end"],
            registry=of,
            buckets=_SLOW,
        )
        self._tokens = Counter("triagram_tokens", "Tokens of models", ["way"], registry=of)
        self._cost = Counter("triagram_cost_usd", "What models cost where the price is known", registry=of)
        self._unpriced = Counter("triagram_unpriced_batches", "Batches of unknown price", registry=of)
        self._errors = Counter("triagram_errors", "Errors outlived", ["part", "kind"], registry=of)
        self._inbox = Gauge("triagram_inbox_waiting", "Updates without effect yet", registry=of)
        self._oldest = Gauge("triagram_inbox_oldest_seconds", "Age of the oldest of them", registry=of)
        self._queue = Gauge("triagram_queue_batches", "Batches to be done", registry=of)
        self._due = Gauge("triagram_spots_due", "Cards to be sent or edited", registry=of)

    def heard(self, updates: int) -> None:
        """So many updates were kept that were not there before."""
        self._heard.inc(updates)

    def took(self, lag: timedelta) -> None:
        """An update had its effect so long after it was received."""
        self._lag.observe(max(0.0, lag.total_seconds()))

    def delivered(self, fate: Fate, *, is_edit: bool) -> None:
        """What became of a card sent, or of a message edited."""
        self._delivered.labels("edit" if is_edit else "send", fate.value).inc()

    def limited(self) -> None:
        """Telegram answered 429."""
        self._limited.inc()

    def read(self, stage: Stage, seconds: float, usage: Usage) -> None:
        """A batch was committed."""
        self._batches.labels(stage.value).observe(seconds)
        self._tokens.labels("in").inc(usage.input_tokens)
        self._tokens.labels("out").inc(usage.output_tokens)
        if usage.cost_usd is None:
            self._unpriced.inc()
        else:
            self._cost.inc(usage.cost_usd)

    def ended(self, run: Run) -> None:
        """A run was completed, failed or called off; one that never began took no time."""
        begun, ended = run.started_at, run.ended_at
        seconds = (ended - begun).total_seconds() if begun and ended else 0.0
        self._runs.labels(run.stage.value, run.status.value).observe(max(0.0, seconds))

    def failed(self, part: Part, error: BaseException) -> None:
        """An error was met and outlived."""
        self._errors.labels(part.value, _kind_of(error)).inc()

    def exposition(self, backlog: Backlog | None, now: datetime) -> str:
        """All counts, and what waits: NaN where nobody could count it."""
        for gauge, number in self._waiting(backlog, now):
            gauge.set(number)
        return generate_latest(self._registry).decode()

    def _waiting(self, backlog: Backlog | None, now: datetime) -> list[tuple[Gauge, float]]:
        gauges = (self._inbox, self._oldest, self._queue, self._due)
        if backlog is None:
            return [(gauge, float("nan")) for gauge in gauges]
        oldest = backlog.oldest_update_at
        age = 0.0 if oldest is None else max(0.0, (now - oldest).total_seconds())
        return list(zip(gauges, (backlog.updates, age, backlog.batches, backlog.spots), strict=True))


def _kind_of(error: BaseException) -> str:
    """Its class, and which one of those that have kinds; there are as many as the source names."""
    name = type(error).__name__
    return f"{name}:{error.kind}" if isinstance(error, AnalystFailed | StorageFailed) else name
