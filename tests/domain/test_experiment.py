"""Comparing agents: intervals as published, and no difference told before it shows."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.agent import Agent, AgentKey, is_agent_name, prompt_of
from core.domain.experiment import Assignment, Comparison, Record, difference, wilson
from core.domain.run import Snapshot, Stage

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)


def a_record(name: str, approved: int, rejected: int, cost: float | None = 0.0) -> Record:
    return Record(
        AgentKey(name, 1), "m", Stage.TASKS, 5, approved=approved, rejected=rejected, cost_usd=cost
    )


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    # Newcombe 1998 (doi:10.1002/(SICI)1097-0258(19980430)17:8<857), table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_an_interval_is_the_published_one(successes: int, trials: int, low: float, high: float) -> None:
    interval = wilson(successes, trials)
    assert (interval.low, interval.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    # Newcombe 1998 (doi:10.1002/(SICI)1097-0258(19980430)17:8<873), table II, method 10.
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
    ],
)
def test_the_interval_of_a_difference_is_the_published_one(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    interval = difference(first, second)
    assert (interval.low, interval.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_share_lies_in_its_interval_and_that_in_the_whole(successes: int, others: int) -> None:
    interval = wilson(successes, successes + others)
    assert interval.high is not None
    assert 0 <= interval.low <= interval.high <= 1
    if successes + others:
        assert interval.low - 1e-9 <= successes / (successes + others) <= interval.high + 1e-9


def test_a_difference_is_told_only_once_it_shows() -> None:
    few = Comparison(a_record("a", 5, 1), a_record("b", 3, 3))
    many = Comparison(a_record("a", 50, 10), a_record("b", 30, 30))
    assert few.better is None
    assert many.better is many.first
    assert Comparison(many.second, many.first).better is many.first
    assert Comparison(a_record("a", 0, 0), many.second).better is None


def test_what_an_approved_one_costs_is_as_sure_as_the_share_approved() -> None:
    record = a_record("a", 10, 10, 2.0)
    interval = record.cost_interval
    assert record.cost_per_approved_usd == pytest.approx(0.2)
    assert interval is not None
    assert interval.low == pytest.approx(0.1 / (record.approval.high or 1.0))
    assert interval.high == pytest.approx(0.1 / record.approval.low)
    assert a_record("a", 10, 10, None).cost_per_approved_usd is None
    assert a_record("a", 0, 3, 1.0).cost_per_approved_usd is None


@pytest.mark.parametrize("turns", [6, 7])
def test_two_that_share_the_runs_are_never_more_than_one_apart(turns: int) -> None:
    assignment = Assignment(UUID(int=1), Stage.TASKS, ("rules", "careful"), NOW)
    made: dict[str, int] = {}
    for _ in range(turns):
        name = assignment.next_of(made)
        made[name] = made.get(name, 0) + 1
        assert abs(made.get("rules", 0) - made.get("careful", 0)) <= 1


def test_a_snapshot_makes_the_very_agent_again() -> None:
    told = prompt_of("extract", "Read it.")
    snapshot = Snapshot(
        "careful", "openai:gpt-5-mini", "1.0", {}, (told,), 0.2,
        agent_version=3, base_url="http://here/v1", fallback="ollama:qwen3:14b",
    )  # fmt: skip
    assert snapshot.as_agent() == Agent(
        "careful", "openai:gpt-5-mini", 3, "http://here/v1", "ollama:qwen3:14b", (told,), 0.2
    )
    assert len(told.sha256) == 64


@pytest.mark.parametrize(
    ("name", "fits"), [("careful", True), ("v2-long", True), ("Careful", False), ("", False), ("1a", False)]
)
def test_names_of_agents_are_short_and_plain(name: str, fits: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_agent_name(name) is fits
