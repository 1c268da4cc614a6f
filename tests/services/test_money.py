"""Money: no call passes the month's budget, what calls cost is kept, and a budget is spoken of once."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.domain.agent import AgentKey
from core.domain.conversation import Extraction, Reading, Usage
from core.domain.money import Purpose, Spent, month_start, next_month_start
from core.domain.person import Role
from core.domain.run import BUDGET, BatchStatus, Run, RunStatus, Stage, Trigger
from core.domain.showing.view import EstimateCard, Notice, RunCard
from core.errors import AnalystFailed, BadKnob, BudgetReached, NotOwner
from core.services.money.paying import Call, Paying
from core.services.runs.closing import CloseMode
from tests.builders import PROJECT, an_actor
from tests.databases import BOTH
from tests.house import DIRECT, REVIEWER, House, each_message_a_note

DATABASES = BOTH


def costing(cost: float | None) -> Callable[[Reading], Extraction]:
    def extract(reading: Reading) -> Extraction:
        return replace(each_message_a_note(reading), usage=Usage(1000, 100, cost))

    return extract


def price(house: House, cost: float | None, *, real: float | None = None) -> None:
    """What a call may cost at most, and does."""
    house.analyst.cost = cost
    house.analyst.extracts = costing(cost if real is None else real)


async def started(house: House) -> None:
    """Tap Start on the estimate the run begins with."""
    await house.offer(Stage.KNOWLEDGE)
    async with house.transactions.reading() as tx:
        [spot, *_] = [s for s in await tx.spots.list_about(PROJECT) if isinstance(s.view, EstimateCard)]
    await house.do.runs.start_spot(spot.id, REVIEWER)
    await house.work()


async def spent(house: House) -> Spent:
    async with house.transactions.reading() as tx:
        return await tx.ledger.spent(PROJECT, datetime(2026, 11, 1, tzinfo=UTC))


async def last_run(house: House) -> Run:
    async with house.transactions.reading() as tx:
        run = await tx.runs.find_last(PROJECT)
    assert run is not None
    return run


async def notices(house: House, key: str) -> list[Notice]:
    async with house.transactions.reading() as tx:
        waiting = await tx.spots.list_unsaid(DIRECT.chat_id, house.clock.now())
    return [spot.view for spot in waiting if isinstance(spot.view, Notice) and spot.view.key == key]


async def limit(house: House, usd: float | None) -> None:
    await house.do.budget.set(PROJECT, usd, REVIEWER)


async def test_a_run_stops_before_the_call_that_would_pass_the_budget(house: House) -> None:
    price(house, 0.4)
    await limit(house, 1.0)
    await house.say(*(f"the login is dead, {number}" for number in range(20)))
    await started(house)
    run = await last_run(house)
    assert (await spent(house)).cost_usd == pytest.approx(0.8)
    assert house.analyst.calls == 2
    assert run.status is RunStatus.FAILED
    async with house.transactions.reading() as tx:
        batches = await tx.runs.list_batches(run.id)
    assert [one.status for one in batches] == [BatchStatus.DONE] * 2 + [BatchStatus.FAILED] * 2
    assert {one.error for one in batches if one.status is BatchStatus.FAILED} == {BUDGET}


async def test_an_owner_raises_the_budget_and_the_run_goes_on_where_it_stopped(house: House) -> None:
    price(house, 0.4)
    await limit(house, 0.5)
    await house.say(*(f"the login is dead, {number}" for number in range(10)))
    await started(house)
    run = await last_run(house)
    with pytest.raises(NotOwner):
        await house.do.runs.raise_and_resume(run.id, 5, an_actor(7))
    await house.do.runs.raise_and_resume(run.id, 5, REVIEWER)
    await house.work()
    run = await last_run(house)
    assert run.status is RunStatus.COMPLETED
    assert house.analyst.calls == 2
    assert (run.input_tokens, run.cost_usd) == (2000, pytest.approx(0.8))


async def test_calls_at_once_do_not_pass_the_budget_together(house: House) -> None:
    await limit(house, 1.0)
    paying: Paying = house.do.work.reading.paying
    call = Call(PROJECT, Purpose.READ, AgentKey("careful", 1), "m", Usage(10, 10, 0.3), is_free=False)
    settled, everybody = 0, asyncio.Event()

    def count() -> None:
        nonlocal settled
        settled += 1
        if settled == 8:
            everybody.set()

    async def ask() -> Extraction:
        count()
        await everybody.wait()
        return Extraction(usage=Usage(10, 10, 0.1))

    async def one() -> bool:
        try:
            await paying.answered(call, ask)
        except BudgetReached:
            count()
            return False
        return True

    async with asyncio.TaskGroup() as group:
        calls = [group.create_task(one()) for _ in range(8)]
    assert sorted(task.result() for task in calls) == [False] * 5 + [True] * 3
    assert (await spent(house)).cost_usd == pytest.approx(0.3)


async def test_an_answer_that_was_lost_stays_paid_for(house: House) -> None:
    paying: Paying = house.do.work.reading.paying
    call = Call(PROJECT, Purpose.READ, AgentKey("careful", 1), "m", Usage(10, 10, 0.3), is_free=False)

    async def lost() -> Extraction:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await paying.answered(call, lost)
    assert await spent(house) == Spent(0.3, 0, 1, 10, 10)


async def test_what_failed_calls_cost_is_kept(house: House) -> None:
    price(house, 0.2)
    house.analyst.failures = [AnalystFailed("invalid", input_tokens=500, output_tokens=20, cost_usd=0.05)]
    await house.say("login is dead")
    await started(house)
    run = await last_run(house)
    paid = await spent(house)
    assert (paid.calls, paid.tokens, paid.cost_usd) == (2, 1620, pytest.approx(0.25))
    assert (run.input_tokens, run.cost_usd) == (1500, pytest.approx(0.25))


async def test_an_unknown_price_stays_unknown(house: House) -> None:
    house.analyst.cost = None
    house.analyst.extracts = costing(None)
    await limit(house, 0.0)
    await house.say("login is dead")
    await started(house)
    run = await last_run(house)
    assert run.status is RunStatus.COMPLETED, "what nobody can price cannot be held back"
    assert (run.cost_usd, run.input_tokens) == (None, 1000)
    assert await spent(house) == Spent(0.0, 1, 1, 1000, 100)


async def test_the_rules_leave_no_line_in_the_ledger(house: House) -> None:
    house.analyst.is_free = True
    await house.say("login is dead")
    await house.run(Stage.KNOWLEDGE)
    assert await spent(house) == Spent()


async def test_reviewers_are_told_of_each_share_once_a_month(house: House) -> None:
    await limit(house, 1.0)
    for step in (0.3, 0.3, 0.3, 0.05):
        price(house, step)
        await house.say("login is dead")
        await started(house)
        await house.do.runs.close((await last_run(house)).id, REVIEWER, CloseMode.CARRY)
    told = [one.args["percent"] for one in await notices(house, "budget-spent")]
    assert told == [50, 90], "75 was passed together with 90, and the highest is told"
    await limit(house, 2.0)
    await limit(house, 1.0)
    price(house, 0.01)
    await house.say("login is dead")
    await started(house)
    assert len(await notices(house, "budget-spent")) == 2


async def test_a_scheduled_run_above_what_is_left_does_not_start_and_says_so_once(house: House) -> None:
    price(house, 0.4)
    await limit(house, 0.3)
    await house.say("login is dead")
    for _ in range(2):
        started_ = await house.do.runs.start_scheduled(PROJECT, Stage.KNOWLEDGE, Trigger.SCHEDULED)
        assert started_ is None
    assert len(await notices(house, "budget-holds-back")) == 1
    await limit(house, 1.0)
    assert await house.do.runs.start_scheduled(PROJECT, Stage.KNOWLEDGE, Trigger.SCHEDULED) is not None


async def test_a_new_month_begins_with_nothing_spent(house: House) -> None:
    price(house, 0.4)
    await limit(house, 0.5)
    await house.say("login is dead")
    await started(house)
    house.clock.move(days=30)
    async with house.transactions.reading() as tx:
        budget = await house.do.budget.budgets.of(tx, await tx.projects.get(PROJECT))
    assert budget.spent == Spent()


async def test_only_owners_set_what_a_month_may_cost(house: House) -> None:
    async with house.transactions() as tx:
        await tx.people.set_role(PROJECT, an_actor(7).person_id, Role.REVIEWER)
    with pytest.raises(NotOwner):
        await house.do.budget.set(PROJECT, 5, an_actor(7))
    with pytest.raises(BadKnob):
        await house.do.budget.set(PROJECT, -1, REVIEWER)
    await limit(house, 5)
    async with house.transactions.reading() as tx:
        project = await tx.projects.get(PROJECT)
        assert (await house.do.budget.budgets.of(tx, project)).limit_usd == 5
    await limit(house, None)
    async with house.transactions.reading() as tx:
        project = await tx.projects.get(PROJECT)
        assert (await house.do.budget.budgets.of(tx, project)).limit_usd == 10


async def test_a_run_out_of_money_says_so_with_a_way_on(house: House) -> None:
    price(house, 0.4)
    await limit(house, 0.3)
    await house.say("login is dead")
    await started(house)
    run = await last_run(house)
    async with house.transactions.reading() as tx:
        [spot] = [s for s in await tx.spots.list_about(run.id) if isinstance(s.view, RunCard)]
        loaded = await house.do.delivery.loading.load(tx, spot)
    shown = loaded.shown
    assert getattr(shown, "is_out_of_money") is True  # noqa: B009 - of one of many pictures
    assert getattr(shown, "budget").limit_usd == 0.3  # noqa: B009 - as above


@pytest.mark.parametrize(
    ("now", "zone", "start", "end"),
    [
        ("2026-11-30T23:30+00:00", "Europe/Kyiv", "2026-11-30T22:00+00:00", "2026-12-31T22:00+00:00"),
        ("2026-11-30T21:30+00:00", "Europe/Kyiv", "2026-10-31T22:00+00:00", "2026-11-30T22:00+00:00"),
        ("2026-12-31T12:00+00:00", "UTC", "2026-12-01T00:00+00:00", "2027-01-01T00:00+00:00"),
    ],
)
def test_a_month_is_the_projects_own(now: str, zone: str, start: str, end: str) -> None:
    at = datetime.fromisoformat(now)
    assert month_start(at, zone) == datetime.fromisoformat(start)
    assert next_month_start(at, zone) == datetime.fromisoformat(end)
