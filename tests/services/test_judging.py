"""The judge: asked about doubtful neighbours before the commit; it adds to what is seen, hides nothing."""

import asyncio
from dataclasses import replace

import pytest

from core.domain.advice import Comparing, Verdict, Verdicts
from core.domain.conversation import Usage
from core.domain.ids import Kind
from core.domain.proposal import Proposal
from core.domain.run import Stage
from core.domain.similarity import EVEN, SimilarType, Spread
from core.errors import AnalystFailed, BudgetReached, Failing
from core.ports.analysis import Candidate, Likeness
from core.ports.meter import Part
from core.services.money.apart import apart
from core.services.runs.closing import CloseMode
from core.services.runs.judging import MOST_PAIRS, SAME_AT, settled
from core.services.wiring import wired
from core.settings import LlmSettings
from tests.builders import PROJECT
from tests.fakes import TitleMatcher
from tests.house import REVIEWER, House
from tests.services.test_agents import FakeAnalysts

LLM = LlmSettings(analyst="llm", model="openai:gpt-5-mini")


class HalfAlike(TitleMatcher):
    """Everything is as likely the same as not."""

    def compare(self, new: Candidate, known: Candidate, spread: Spread = EVEN) -> Likeness:
        return Likeness(0.6, SimilarType.SEMANTIC, is_shown=True, is_duplicate=False)


def judged_by(house: House, models: FakeAnalysts, verdict: Verdict) -> None:
    """The house read by a model that finds every pair so."""
    models.adviser.judges = lambda asked: Verdicts((verdict,) * len(asked.pairs), Usage(10, 5))
    house.ports = replace(house.ports, models=models, matcher=HalfAlike())
    house.settings = replace(house.settings, llm=LLM)
    house.do = wired(house.ports, house.settings)


async def pending(house: House, kind: Kind) -> list[Proposal]:
    async with house.transactions.reading() as tx:
        return await tx.proposals.list_pending(PROJECT, kinds=frozenset({kind}))


async def second_run(house: House, *texts: str) -> None:
    """A note is there and waits; then more is said and read."""
    await house.say("login is dead")
    run = await house.run(Stage.KNOWLEDGE)
    await house.do.runs.close(run.id, REVIEWER, CloseMode.CARRY)
    await house.say(*texts)
    await house.run(Stage.KNOWLEDGE)


def alike(score: float, *, shown: bool, duplicate: bool) -> Likeness:
    kind = SimilarType.SEMANTIC if shown else SimilarType.NONE
    return Likeness(score, kind, is_shown=shown, is_duplicate=duplicate)


HIDDEN, RELATED, SAME = (
    alike(0.4, shown=False, duplicate=False),
    alike(0.6, shown=True, duplicate=False),
    alike(0.85, shown=True, duplicate=True),
)


@pytest.mark.parametrize(
    ("before", "verdict", "kind", "shown", "duplicate"),
    [
        (HIDDEN, Verdict.SAME, Kind.TASK, True, True),
        (RELATED, Verdict.SAME, Kind.TASK, True, True),
        (HIDDEN, Verdict.SAME, Kind.ATOM, True, False),
        (RELATED, Verdict.SAME, Kind.ATOM, True, False),
        (SAME, Verdict.SAME, Kind.ATOM, True, True),
        (SAME, Verdict.DIFFERENT, Kind.TASK, True, False),
        (SAME, Verdict.RELATED, Kind.ATOM, True, False),
        (RELATED, Verdict.DIFFERENT, Kind.TASK, False, False),
        (HIDDEN, Verdict.RELATED, Kind.TASK, True, False),
        (HIDDEN, Verdict.UNSURE, Kind.TASK, False, False),
        (SAME, Verdict.UNSURE, Kind.ATOM, True, True),
        (RELATED, None, Kind.TASK, True, False),
    ],
)
def test_what_a_verdict_does_to_what_the_rules_say(  # a table
    before: Likeness, verdict: Verdict | None, kind: Kind, *, shown: bool, duplicate: bool
) -> None:
    after = settled(before, verdict, kind)
    assert (after.is_shown, after.is_duplicate) == (shown, duplicate)
    assert after.score >= SAME_AT or not after.is_duplicate


def test_shared_evidence_is_no_matter_of_opinion() -> None:
    exact = Likeness(0.92, SimilarType.EXACT_MESSAGES, is_shown=True, is_duplicate=True)
    assert settled(exact, Verdict.DIFFERENT, Kind.TASK) == exact


async def test_all_doubts_of_a_batch_are_one_call_with_no_transaction_open(house: House) -> None:
    models = FakeAnalysts()
    judged_by(house, models, Verdict.UNSURE)

    async def write() -> None:
        """Waits for ever where somebody holds the writer's lock."""
        await asyncio.wait_for(apart(touch()), 3)

    async def touch() -> None:
        async with house.transactions() as tx:
            await house.do.placing.touch(tx, PROJECT)

    models.adviser.meanwhile = write
    await second_run(house, "the login fails", "nobody can log in")
    (asked,) = models.adviser.asked
    assert isinstance(asked, Comparing)
    assert [(one.title, one.known_title) for one in asked.pairs] == [
        ("the login fails", "login is dead"),
        ("nobody can log in", "login is dead"),
    ]


async def test_no_call_is_longer_than_so_many_pairs(house: House) -> None:
    models = FakeAnalysts()
    judged_by(house, models, Verdict.UNSURE)
    await house.say(*(f"login is dead, {number}" for number in range(5)))
    run = await house.run(Stage.KNOWLEDGE)
    await house.do.runs.close(run.id, REVIEWER, CloseMode.CARRY)
    house.ports.conversations.size = 30  # pyright: ignore[reportAttributeAccessIssue] -- the fake's own
    await house.say(*(f"login fails, {number}" for number in range(20)))
    await house.run(Stage.KNOWLEDGE)
    asked = models.adviser.asked[-1]
    assert isinstance(asked, Comparing)
    assert len(asked.pairs) == MOST_PAIRS


@pytest.mark.parametrize(
    ("verdict", "similar"),
    [(Verdict.UNSURE, True), (Verdict.DIFFERENT, False), (Verdict.RELATED, True), (Verdict.SAME, True)],
)
async def test_a_note_is_proposed_whatever_the_judge_says(
    house: House, verdict: Verdict, *, similar: bool
) -> None:
    judged_by(house, FakeAnalysts(), verdict)
    await second_run(house, "the login fails")
    first, second = sorted(await pending(house, Kind.ATOM), key=lambda one: one.number)
    assert first.similar is None
    assert (second.similar is not None) == similar
    assert second.similar is None or not second.similar.is_duplicate


async def test_what_the_judge_calls_the_same_task_is_shown_as_a_duplicate(house: House) -> None:
    judged_by(house, FakeAnalysts(), Verdict.SAME)
    await second_run(house, "the login fails")
    for note in await pending(house, Kind.ATOM):
        await house.do.review.approve(note.id, REVIEWER, note.press_version)
    await house.run(Stage.TASKS)
    first, second = sorted(await pending(house, Kind.TASK), key=lambda one: one.number)
    # Both came of one batch: what is not there yet when a batch is judged is left to the rules.
    assert second.similar is not None
    assert (second.similar.target.id, second.similar.is_duplicate) == (first.id, False)
    async with house.transactions.reading() as tx:
        run = await tx.runs.find_last(PROJECT, Stage.TASKS)
    assert run is not None
    await house.do.runs.close(run.id, REVIEWER, CloseMode.CARRY)
    await house.say("no login at all")
    third = await house.run(Stage.KNOWLEDGE)
    for note in await pending(house, Kind.ATOM):
        await house.do.review.approve(note.id, REVIEWER, note.press_version)
    await house.do.runs.close(third.id, REVIEWER, CloseMode.CARRY)
    await house.run(Stage.TASKS)
    *_, last = sorted(await pending(house, Kind.TASK), key=lambda one: one.number)
    assert last.similar is not None
    assert last.similar.is_duplicate
    assert last.similar.score == SAME_AT


async def test_a_judge_that_fails_leaves_the_rules_verdict_and_is_counted_and_paid(house: House) -> None:
    models = FakeAnalysts()
    judged_by(house, models, Verdict.DIFFERENT)
    models.adviser.is_free = False
    models.adviser.failures = [
        AnalystFailed(Failing.INVALID, input_tokens=70, output_tokens=7, cost_usd=0.01)
    ]
    await second_run(house, "the login fails")
    second = (await pending(house, Kind.ATOM))[-1]
    assert second.similar is not None
    assert ("failed", Part.ADVISING, AnalystFailed) in house.meter.counts
    async with house.transactions.reading() as tx:
        run = await tx.runs.find_last(PROJECT)
        assert run is not None
        spent = await tx.ledger.spent_by_run(run.id)
    assert (spent.calls, spent.cost_usd) == (1, 0.01)
    assert run.cost_usd == 0.01


async def test_where_the_budget_does_not_allow_a_verdict_the_batch_is_kept_all_the_same(
    house: House,
) -> None:
    models = FakeAnalysts()
    judged_by(house, models, Verdict.DIFFERENT)
    models.adviser.is_free, models.adviser.cost = False, 1_000.0
    await second_run(house, "the login fails")
    assert models.adviser.asked == []
    assert len(await pending(house, Kind.ATOM)) == 2
    assert ("failed", Part.ADVISING, BudgetReached) in house.meter.counts
