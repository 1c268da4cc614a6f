"""Agents and the ledger: versions stay, whose turn it is is counted, sums know what they do not know."""

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from core.domain.agent import Agent, AgentKey, prompt_of
from core.domain.conversation import Usage
from core.domain.experiment import Assignment, Record
from core.domain.money import Charge, Purpose, Spent
from core.domain.person import Project
from core.domain.proposal import ProposalStatus
from core.domain.run import Run, RunStatus, Snapshot, Stage
from core.errors import Stale
from storage.engine import Database, open_engine
from storage.migrations import downgrade, upgrade
from storage.unit_of_work import SqlTransactions
from tests.storage.making import (
    NOON,
    StillClock,
    a_note,
    a_proposal,
    a_run,
    a_subject,
    minutes,
    new_id,
    settled,
    stored_project,
)

CAREFUL = Agent("careful", "openai:gpt-5-mini", prompts=(prompt_of("extract", "Read."),), created_at=NOON)


def made_by(project: Project, number: int, agent: str, version: int = 1, **fields: Any) -> Run:
    snapshot = Snapshot(agent, f"model of {agent}", "1.0", {}, agent_version=version)
    defaults: dict[str, Any] = {"snapshot": snapshot, "status": RunStatus.CLOSED}
    return a_run(project, number, **{**defaults, **fields})


def a_charge(project: Project, cost: float | None, **fields: Any) -> Charge:
    defaults: dict[str, Any] = {
        "id": new_id(), "purpose": Purpose.READ, "agent": "careful", "agent_version": 1, "model": "m",
        "at": NOON, "usage": Usage(100, 10, cost), "project_id": project.id,
    }  # fmt: skip
    return Charge(**{**defaults, **fields})


async def test_every_version_of_an_agent_stays(transactions: SqlTransactions) -> None:
    second = replace(CAREFUL, version=2, temperature=0.5)
    async with transactions() as tx:
        await tx.agents.add(CAREFUL)
        await tx.agents.add(second)
    async with transactions.reading() as tx:
        assert await tx.agents.find("careful") == second
        assert await tx.agents.find("careful", 1) == CAREFUL
        assert await tx.agents.find("nobody") is None
        assert await tx.agents.list_newest() == [second]
    with pytest.raises(Stale):
        async with transactions() as tx:
            await tx.agents.add(second)


async def test_runs_are_counted_from_the_assignment_on(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    assignment = Assignment(project.id, Stage.KNOWLEDGE, ("rules", "careful"), NOON + minutes(2))
    async with transactions() as tx:
        await tx.agents.assign(replace(assignment, agents=("rules",)))
        await tx.agents.assign(assignment)
        for number, agent in enumerate(("rules", "rules", "careful", "rules"), start=1):
            await tx.runs.add(made_by(project, number, agent))
        await tx.runs.add(made_by(project, 5, "careful", status=RunStatus.CANCELLED))
        await tx.runs.add(made_by(project, 6, "careful", stage=Stage.TASKS))
    async with transactions.reading() as tx:
        assert await tx.agents.assignment(project.id, Stage.KNOWLEDGE) == assignment
        assert await tx.agents.assignment(project.id, Stage.TASKS) is None
        assert await tx.agents.count_runs(assignment) == {"rules": 2, "careful": 1}


async def test_what_an_agent_made_is_counted_by_version_and_stage(transactions: SqlTransactions) -> None:
    project, other = await stored_project(transactions), await stored_project(transactions)
    first = made_by(project, 1, "careful", cost_usd=0.5)
    second = made_by(project, 2, "careful", cost_usd=0.25)
    third = made_by(project, 3, "careful", 2, cost_usd=None)
    await _run_with(transactions, project, first, 1, [ProposalStatus.APPROVED, ProposalStatus.REJECTED])
    await _run_with(transactions, project, second, 5, [ProposalStatus.APPROVED], was_edited=True)
    await _run_with(transactions, project, third, 9, [])
    await _run_with(transactions, other, made_by(other, 1, "careful"), 1, [ProposalStatus.APPROVED])
    async with transactions() as tx:
        # A subject is decided on with its notes.
        await tx.proposals.add(a_proposal(project, 20, content=a_subject(), run_id=first.id))
    async with transactions.reading() as tx:
        records = await tx.agents.list_records(project.id)
    key, model = AgentKey("careful", 1), "model of careful"
    assert records == [
        Record(key, model, Stage.KNOWLEDGE, 2, approved=2, edited=1, rejected=1, cost_usd=0.75),
        Record(AgentKey("careful", 2), model, Stage.KNOWLEDGE, 1, cost_usd=None),
    ]


async def _run_with(
    transactions: SqlTransactions,
    project: Project,
    run: Run,
    number: int,
    ends: list[ProposalStatus],
    **review: Any,
) -> None:
    async with transactions() as tx:
        await tx.runs.add(run)
        for offset, status in enumerate(ends):
            proposal = a_proposal(project, number + offset, content=a_note(), run_id=run.id)
            await tx.proposals.add(proposal)
            await tx.proposals.save(settled(proposal, status, **review))


async def test_sums_count_apart_what_has_no_price(transactions: SqlTransactions) -> None:
    project, other = await stored_project(transactions), await stored_project(transactions)
    run = a_run(project)
    set_aside = a_charge(project, 0.5, run_id=run.id)
    async with transactions() as tx:
        await tx.runs.add(run)
        await tx.ledger.add(set_aside)
        await tx.ledger.add(a_charge(project, None))
        await tx.ledger.add(a_charge(project, 9.0, at=NOON - minutes(1)))
        await tx.ledger.add(a_charge(other, 7.0))
        assert await tx.ledger.spent(project.id, NOON) == Spent(0.5, 1, 2, 200, 20)
        await tx.ledger.settle(set_aside.settled(Usage(50, 5, 0.125)))
        assert await tx.ledger.spent(project.id, NOON) == Spent(0.125, 1, 2, 150, 15)
        assert await tx.ledger.spent_by_run(run.id) == Spent(0.125, 0, 1, 50, 5)
        assert await tx.ledger.spent(project.id, NOON + minutes(1)) == Spent()
        await tx.ledger.drop(set_aside.id)
        assert await tx.ledger.list_spent(project.id, NOON) == [("read", "m", Spent(0.0, 1, 1, 100, 10))]


async def test_a_share_of_a_month_is_spoken_of_once(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    async with transactions() as tx:
        claims = [await tx.ledger.claim_notice(project.id, NOON, percent, NOON) for percent in (50, 50, 75)]
        assert claims == [True, False, True]
        assert await tx.ledger.claim_notice(project.id, NOON + minutes(1), 50, NOON)


async def test_runs_of_before_say_which_agent_made_them(url: str) -> None:
    before = open_engine(url)
    transactions = SqlTransactions(before, StillClock())
    project = await stored_project(transactions)
    run = a_run(project, snapshot=Snapshot("built-in", "built-in", "1.0", {}))
    async with transactions() as tx:
        await tx.runs.add(run)
    await before.dispose()
    await downgrade(url, "0001")
    await upgrade(url)
    after = open_engine(url)
    assert await _column(after, "SELECT agent || ' ' || agent_version FROM run") == ["rules 1"]
    async with SqlTransactions(after, StillClock()).reading() as tx:
        assert (await tx.runs.get(run.id)).snapshot == replace(run.snapshot, agent="rules")
    await after.dispose()


async def _column(database: Database, statement: str) -> list[Any]:
    async with database.reading() as connection:
        return list((await connection.execute(sa.text(statement))).scalars())
