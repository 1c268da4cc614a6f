"""Tasks and what merges gave them."""

from dataclasses import replace
from datetime import date

import pytest

from core.domain.evidence import Evidence
from core.domain.ids import Kind, PersonId, Ref
from core.domain.person import Project
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.run import Window
from core.domain.task import Assignee, Due, Gain, TaskDraft, TaskStatus
from core.errors import NotFound, Stale
from storage.unit_of_work import SqlTransactions, SqlUnitOfWork
from tests.storage.making import (
    NOON,
    a_contribution,
    a_proposal,
    a_task,
    an_atom,
    evidence,
    minutes,
    new_id,
    of,
    settled,
    stored_project,
)


async def _proposals(tx: SqlUnitOfWork, project: Project, number: int) -> list[Proposal]:
    proposals = [a_proposal(project, one) for one in range(1, number + 1)]
    for proposal in proposals:
        await tx.proposals.add(proposal)
    return proposals


async def test_a_task_comes_back_whole_and_is_swapped_by_revision(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    task = a_task(project, evidence=evidence(1, 2))
    async with transactions() as tx:
        await tx.tasks.add(task)
        assert await tx.tasks.get(task.id) == task
        saved = await tx.tasks.save(replace(task.moved(TaskStatus.DONE), evidence=evidence(3)))
        assert await tx.tasks.get(task.id) == saved
        with pytest.raises(Stale):
            await tx.tasks.save(task)
        await tx.tasks.remove(task.id)
        with pytest.raises(NotFound):
            await tx.tasks.get(task.id)
        with pytest.raises(NotFound):
            await tx.tasks.save(saved)


async def test_lists_are_newest_first_and_filtered(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    olya = Assignee("Olya", PersonId(7))
    drafts = [
        TaskDraft("one", assignee=olya, due=Due(date(2025, 11, 14))),
        TaskDraft("two", assignee=Assignee("Max"), due=Due(date(2025, 11, 20))),
        TaskDraft("three"),
    ]
    tasks = [a_task(project, number, draft=draft) for number, draft in enumerate(drafts, start=1)]
    tasks[2] = tasks[2].moved(TaskStatus.DONE)
    async with transactions() as tx:
        for task in tasks:
            await tx.tasks.add(task)
        listed = tx.tasks.list_of
        assert await listed(project.id) == tasks[::-1]
        assert await listed(project.id, statuses=frozenset({TaskStatus.OPEN})) == tasks[1::-1]
        assert await listed(project.id, assignee=PersonId(7)) == [tasks[0]]
        assert await listed(project.id, due_before=date(2025, 11, 20)) == [tasks[0]]
        window = Window(NOON + minutes(2), NOON + minutes(3))
        assert await listed(project.id, created=window) == [tasks[1]]


async def test_what_a_task_got_is_saved_to_lists_when_it_changes(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    task = a_task(project)
    async with transactions() as tx:
        await tx.tasks.add(task)
        await tx.tasks.save(task.assigned(Assignee("Olya", PersonId(7))))
        assert len(await tx.tasks.list_of(project.id, assignee=PersonId(7))) == 1


async def test_a_merge_gives_and_its_undo_takes_exactly_that(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    task = a_task(project)
    async with transactions() as tx:
        await tx.tasks.add(task)
        first, second = await _proposals(tx, project, 2)
        later = a_contribution(first, of(task), gain=Gain(tags=("ios",)), at=NOON + minutes(2))
        earlier = a_contribution(second, of(task), evidence=evidence(4))
        await tx.tasks.contribute(later)
        await tx.tasks.contribute(earlier)
        assert (await tx.tasks.get(task.id)).contributions == (earlier, later)
        await tx.tasks.withdraw_contribution(second.id)
        assert await tx.tasks.list_of(project.id) == [replace(task, contributions=(later,))]
        await tx.tasks.withdraw_contribution(new_id())


async def test_a_task_has_what_the_draft_it_came_from_was_given(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    async with transactions() as tx:
        draft, giver = await _proposals(tx, project, 2)
        given = a_contribution(giver, of(draft))
        await tx.tasks.contribute(given)
        assert await tx.tasks.contributions_to(of(draft)) == [given]
        task = a_task(project, proposal_id=draft.id)
        await tx.tasks.add(task)
        assert (await tx.tasks.get(task.id)).contributions == (given,)
        assert await tx.tasks.contributions_to(of(task)) == [given]


async def test_what_a_merged_draft_had_been_given_follows_it(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    task, other = a_task(project, 1), a_task(project, 2)
    async with transactions() as tx:
        await tx.tasks.add(task)
        await tx.tasks.add(other)
        first, second, third = await _proposals(tx, project, 3)
        chain = [
            a_contribution(first, of(second)),
            a_contribution(second, of(third), at=NOON + minutes(1)),
            a_contribution(third, of(task), at=NOON + minutes(2)),
        ]
        for one in chain:
            await tx.tasks.contribute(one)
        assert await tx.tasks.contributions_to(of(task)) == chain
        assert await tx.tasks.contributions_to(of(second)) == chain[:1]
        listed = {one.number: one.contributions for one in await tx.tasks.list_of(project.id)}
        assert listed == {1: tuple(chain), 2: ()}
        await tx.tasks.withdraw_contribution(third.id)
        assert await tx.tasks.contributions_to(of(task)) == []


async def test_a_ring_of_merges_ends(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    async with transactions() as tx:
        first, second = await _proposals(tx, project, 2)
        ring = [a_contribution(first, of(second)), a_contribution(second, of(first))]
        for one in ring:
            await tx.tasks.contribute(one)
        assert await tx.tasks.contributions_to(of(first)) == ring


async def test_an_atom_has_contributions_too(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    async with transactions() as tx:
        draft, giver, other = await _proposals(tx, project, 3)
        atom = an_atom(project, proposal_id=draft.id)
        await tx.knowledge.add_atom(atom)
        given = [a_contribution(giver, of(draft)), a_contribution(other, of(atom), evidence=evidence(1))]
        for one in given:
            await tx.tasks.contribute(one)
        assert await tx.tasks.contributions_to(of(atom)) == given
        assert await tx.tasks.contributions_to(Ref(Kind.TOPIC, new_id())) == []


async def test_withdrawing_leaves_no_evidence_behind(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    async with transactions() as tx:
        first, second = await _proposals(tx, project, 2)
        given = a_contribution(first, of(second), evidence=evidence(1))
        await tx.tasks.contribute(given)
        await tx.tasks.withdraw_contribution(first.id)
        await tx.tasks.contribute(replace(given, evidence=Evidence()))
        assert await tx.tasks.contributions_to(of(second)) == [replace(given, evidence=Evidence())]


async def test_a_parent_follows_the_draft_it_was(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    item = Ref(Kind.TASK, new_id())
    async with transactions() as tx:
        (parent,) = await _proposals(tx, project, 1)
        task = a_task(project, draft=TaskDraft("part", parent=of(parent)))
        await tx.tasks.add(task)
        approved = await tx.proposals.save(settled(parent, ProposalStatus.APPROVED, item))
        read = await tx.tasks.get(task.id)
        assert read.draft.parent == item
        await tx.tasks.save(read.moved(TaskStatus.DONE))
        await tx.proposals.save(approved.undone(NOON, minutes(10)))
        assert (await tx.tasks.get(task.id)).draft.parent == of(parent)
