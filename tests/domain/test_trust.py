"""What people decided, counted, with bounds that are honest about few decisions."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.domain.proposal import Proposal, Reason
from core.domain.trust import Share, trust_of
from tests.builders import START, a_proposal, a_review


@pytest.mark.parametrize(
    ("hits", "of", "bounds"),
    [(0, 0, (0, 100)), (1, 1, (21, 100)), (0, 10, (0, 28)), (10, 10, (72, 100)), (81, 100, (72, 87))],
)
def test_bounds_are_those_wilson_gives(hits: int, of: int, bounds: tuple[int, int]) -> None:
    assert Share(hits, of).bounds == bounds


def decided(*, days: int, is_approved: bool, reason: Reason | None = None) -> Proposal:
    review = replace(a_review(), at=START + timedelta(days=days), reason=reason)
    proposal = a_proposal()
    return proposal.approve(review) if is_approved else proposal.reject(review)


def test_decisions_count_in_the_week_they_were_made_in_and_rejections_by_their_reason() -> None:
    settled = [
        decided(days=0, is_approved=True),
        decided(days=7, is_approved=True),
        decided(days=7, is_approved=False, reason=Reason.TOO_VAGUE),
        decided(days=8, is_approved=False),
    ]
    trust = trust_of(settled, START + timedelta(days=9), "UTC")
    assert trust.right == Share(2, 4)
    assert list(trust.weeks.values()) == [Share(1, 1), Share(1, 3)]
    assert all(monday.weekday() == 0 for monday in trust.weeks)
    assert trust.reasons == {Reason.TOO_VAGUE: 1}


def test_what_nobody_tapped_says_nothing_of_trust() -> None:
    by_itself = a_proposal().expire(replace(a_review(), by_id=None, reason=Reason.AGE))
    assert trust_of([by_itself], START, "UTC").right == Share(0, 0)


def test_a_week_begins_on_monday_where_the_project_is() -> None:
    sunday_night = replace(a_review(), at=START - timedelta(days=START.weekday()) + timedelta(hours=-1))
    [monday] = trust_of([a_proposal().approve(sunday_night)], START, "Pacific/Auckland").weeks
    assert monday == (START - timedelta(days=START.weekday())).date()
    assert monday > date(2000, 1, 1)
