"""A run steps only where the mapping leads."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.accuracy import accuracy_of, band_of
from core.domain.proposal import ProposalStatus
from core.domain.run import OPEN, Accuracy, Outcomes, Run, RunStatus, eta
from core.errors import RunHasPending, WrongStep
from tests.builders import START, a_proposal, a_review, a_run

NOTHING = Accuracy(Outcomes(), {}, {})
STEPS: dict[str, Callable[[Run], Run]] = {
    "start": lambda run: run.start(START),
    "complete": lambda run: run.complete(START),
    "fail": lambda run: run.fail(START),
    "cancel": lambda run: run.cancel(START),
    "resume": lambda run: run.resume(),
    "keep": lambda run: run.keep(START),
    "review": lambda run: run.review(START),
    "reopen": lambda run: run.reopen(),
    "close": lambda run: run.close(START, NOTHING, pending=0),
}
S = RunStatus
ALLOWED: dict[tuple[RunStatus, str], RunStatus] = {
    (S.PENDING, "start"): S.RUNNING,
    (S.PENDING, "cancel"): S.CANCELLED,
    (S.RUNNING, "complete"): S.COMPLETED,
    (S.RUNNING, "fail"): S.FAILED,
    (S.RUNNING, "cancel"): S.CANCELLED,
    (S.FAILED, "resume"): S.RUNNING,
    (S.FAILED, "keep"): S.COMPLETED,
    (S.COMPLETED, "review"): S.REVIEWED,
    (S.COMPLETED, "close"): S.CLOSED,
    (S.REVIEWED, "reopen"): S.COMPLETED,
    (S.REVIEWED, "close"): S.CLOSED,
}


@pytest.mark.parametrize("status", RunStatus)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_taken_where_allowed_and_refused_elsewhere(status: RunStatus, step: str) -> None:
    run = a_run(24, status=status)
    if (status, step) in ALLOWED:
        assert STEPS[step](run).status is ALLOWED[status, step]
        return
    with pytest.raises(WrongStep) as refusal:
        STEPS[step](run)
    assert (refusal.value.number, refusal.value.status) == ("R-24", status)


def test_closing_with_something_neither_settled_nor_carried_is_refused() -> None:
    with pytest.raises(RunHasPending):
        a_run(status=S.COMPLETED).close(START, NOTHING, pending=1)


def test_failed_closed_and_cancelled_runs_do_not_hold_the_slot() -> None:
    assert {S.PENDING, S.RUNNING, S.COMPLETED, S.REVIEWED} == OPEN


def test_outcomes_are_a_partition() -> None:
    proposals = [
        a_proposal(1).approve(a_review()),
        a_proposal(2).approve(a_review(was_edited=True)),
        a_proposal(3).reject(a_review()),
        a_proposal(4).merge(a_review()),
        a_proposal(5).expire(a_review()),
        a_proposal(6).carried(START),
        a_proposal(7).replaced(a_review()),
    ]
    accuracy = accuracy_of(proposals, cost_usd=0.4)
    assert accuracy.outcomes == Outcomes(1, 1, 1, 1, 1, 1, 1)
    assert accuracy.cost_per_approved_usd == pytest.approx(0.2)
    assert sum(one.total for one in accuracy.by_band.values()) == len(proposals)
    assert sum(one.total for one in accuracy.by_category.values()) == len(proposals)


def test_the_median_time_counts_only_what_people_decided() -> None:
    hour = START + timedelta(hours=1)
    tapped = a_proposal(1).approve(a_review(at=hour))
    by_age = a_proposal(2).expire(a_review(at=hour + timedelta(days=14), by_id=None))
    assert accuracy_of([tapped, by_age], None).median_seconds_to_decision == 3600


def test_an_unknown_price_stays_unknown() -> None:
    approved = a_proposal().approve(a_review())
    assert accuracy_of([approved], None).cost_per_approved_usd is None


@pytest.mark.parametrize(
    ("confidence", "band"),
    [(0.0, "<0.50"), (0.5, "0.50-0.75"), (0.75, "0.75-0.90"), (0.9, ">=0.90"), (1.0, ">=0.90")],
)
def test_bands_begin_where_they_say(confidence: float, band: str) -> None:
    assert band_of(confidence) == band


def test_time_left_follows_the_pace_so_far() -> None:
    assert eta(9, 0, timedelta(seconds=9)) is None
    assert eta(9, 3, timedelta(seconds=6)) == 12


def test_every_status_of_a_proposal_has_an_outcome() -> None:
    for status in ProposalStatus:
        proposal = replace(a_proposal(), status=status, review=a_review())
        assert accuracy_of([proposal], 0.0).outcomes.total == 1
