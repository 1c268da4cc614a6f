"""What a project's knobs take, and what hint its decisions give."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from core.domain.hints import SURE, Hint, hint_of, is_earned, record_of
from core.domain.knobs import AS_FOUND, OWNERS, WHOLE, Knob, Knobs, terms_of, value_of
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.rest import Rest, rest_of
from core.domain.showing.view_settings import PAGES
from core.domain.task import Category
from core.domain.trust import Share
from core.errors import BadKnob, Bug
from tests.builders import a_project, a_proposal, a_review, a_task_draft


@pytest.mark.parametrize(
    ("knob", "text", "value"),
    [
        (Knob.QUIET_FROM, "8:05", "08:05"),
        (Knob.QUIET_UNTIL, " 22.30 ", "22:30"),
        (Knob.TICK_CONFIDENCE, "75", 0.75),
        (Knob.TICK_CONFIDENCE, "75 %", 0.75),
        (Knob.TICK_CONFIDENCE, "0,8", 0.8),
        (Knob.TICK_CONFIDENCE, "1%", 0.01),
        (Knob.WEEKENDS, "Да", True),
        (Knob.WEEKENDS, "off", False),
        (Knob.CARDS_PER_RUN, "0", 0),
        (Knob.RETENTION_DAYS, "30", 30),
        (Knob.EXPIRE_DAYS, "default", None),
        (Knob.EXPIRE_DAYS, "-", None),
    ],
)
def test_a_knob_takes_what_people_write(knob: Knob, text: str, value: object) -> None:
    assert value_of(knob, text) == value


@pytest.mark.parametrize(
    ("knob", "text"),
    [
        (Knob.QUIET_FROM, "25:00"),
        (Knob.QUIET_FROM, "evening"),
        (Knob.TICK_CONFIDENCE, "101"),
        (Knob.TICK_CONFIDENCE, "-5"),
        (Knob.WEEKENDS, "maybe"),
        (Knob.CARDS_PER_RUN, "51"),
        (Knob.RETENTION_DAYS, "0"),
        (Knob.RETENTION_DAYS, "1.5"),
        (Knob.MESSAGES_PER_DAY, "²"),
        (Knob.NAME, "anything"),
    ],
)
def test_a_knob_refuses_anything_else(knob: Knob, text: str) -> None:
    with pytest.raises(BadKnob):
        value_of(knob, text)


def test_every_knob_stands_on_one_page_but_the_place_which_is_on_the_first() -> None:
    paged = [knob for knobs in PAGES.values() for knob in knobs]
    assert sorted(paged) == sorted(set(Knob) - {Knob.PLACE})
    assert set(WHOLE) | OWNERS <= set(paged)


def test_a_glossary_grows_by_lines_and_loses_a_term_by_an_empty_meaning() -> None:
    known = {"WAU": "weekly active users", "PR": "pull request"}
    assert terms_of("NPS: promoter score\nPR:", known) == {
        "WAU": "weekly active users", "NPS": "promoter score",
    }  # fmt: skip
    with pytest.raises(BadKnob):
        terms_of("no colon here", known)


@pytest.mark.parametrize(
    "rest",
    [
        Rest("UTC"), Rest("Europe/Kyiv", "22:00"), Rest("UTC", None, "08:00", weekends=False),
        Rest("UTC", messages_per_day=5),
    ],
)  # fmt: skip
def test_quiet_hours_are_read_as_they_were_written(rest: Rest) -> None:
    assert rest_of(str(rest)) == rest


def test_what_is_no_rest_is_a_bug_and_a_project_that_turned_nothing_waits_by_its_time_zone() -> None:
    with pytest.raises(Bug):
        rest_of("UTC 22:00")
    assert a_project().rest == "UTC"
    assert a_project(knobs=Knobs(weekends=True)).rest == "UTC - - 1 -"


def decided(count: int, status: ProposalStatus, **more: Any) -> list[Proposal]:
    edited = more.pop("was_edited", False)
    by_id = more.pop("by_id", 1)
    review = a_review(was_edited=edited, by_id=by_id)
    return [a_proposal(number, status=status, review=review, **more) for number in range(count)]


def mixed(approved: int, rejected: int, confidence: float) -> list[Proposal]:
    return [
        *decided(approved, ProposalStatus.APPROVED, confidence=confidence),
        *decided(rejected, ProposalStatus.REJECTED, confidence=confidence),
    ]


def hinted(lately: Sequence[Proposal], knobs: Knobs = AS_FOUND) -> Hint | None:
    return hint_of(lately, lately, knobs)


def test_what_is_proposed_in_vain_is_advised_to_be_hidden_with_what_that_would_cost() -> None:
    hint = hinted([*mixed(1, 18, 0.52), *mixed(20, 5, 0.8)])
    assert hint == Hint(Knob.PROPOSE_FROM, "55", Share(1, 19))
    assert hint is not None
    assert hint.lost_a_month == 1
    assert replace(hint, share=Share(0, 19)).lost_a_month == 0


@pytest.mark.parametrize(
    "lately",
    [
        mixed(1, 13, 0.52),
        mixed(3, 17, 0.52),
        [*mixed(0, 40, 0.4), *mixed(5, 5, 0.52)][40:],
        decided(30, ProposalStatus.REJECTED, confidence=0.4, by_id=None),
        decided(30, ProposalStatus.EXPIRED, confidence=0.4),
    ],
    ids=["too few", "too many right", "half right", "nobody tapped", "let go"],
)
def test_nothing_is_advised_without_enough_clear_decisions_of_people(lately: list[Proposal]) -> None:
    assert hinted(lately) is None


def test_a_threshold_never_reaches_over_a_step_that_was_worth_it() -> None:
    hint = hinted([*mixed(0, 40, 0.42), *mixed(5, 5, 0.52), *mixed(0, 20, 0.6)])
    assert hint is not None
    assert hint.value == "45"


def test_what_is_hidden_already_is_not_advised_again() -> None:
    assert hinted(mixed(1, 18, 0.52), Knobs(propose_from=0.55)) is None


@pytest.mark.parametrize(
    ("hits", "of", "earned"),
    [
        (49, 49, False),
        (50, 50, False),
        (72, 72, False),
        (73, 73, True),
        (109, 110, True),
        (108, 109, False),
    ],
)
def test_a_kind_goes_untapped_only_when_the_lower_bound_says_so(
    hits: int, of: int, *, earned: bool
) -> None:
    assert is_earned(Share(hits, of)) is earned
    assert (Share(hits, of).interval.low >= SURE) is earned


def test_an_edit_is_no_approval_and_a_merge_neither() -> None:
    bug = a_task_draft(category=Category.BUG)
    settled = [
        *decided(4, ProposalStatus.APPROVED, content=bug),
        *decided(2, ProposalStatus.APPROVED, content=bug, was_edited=True),
        *decided(1, ProposalStatus.MERGED, content=bug),
        *decided(3, ProposalStatus.APPROVED, content=a_task_draft(category=Category.CHORE)),
        *decided(9, ProposalStatus.APPROVED, content=bug, by_id=None),
    ]
    assert record_of(settled, "bug") == Share(4, 7)


def test_a_kind_that_earned_it_is_advised_once() -> None:
    sure = mixed(80, 0, 0.9)
    assert hinted(sure) == Hint(Knob.AUTO_APPROVE, "bug", Share(80, 80))
    assert hinted(sure, Knobs(auto_approve=("bug",))) is None
