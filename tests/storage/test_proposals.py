"""Proposals: settled once, counted from the rows, found by what they rest and stand on."""

from dataclasses import replace
from typing import Any

import pytest

from core.domain.ids import Kind, PersonId, Ref
from core.domain.proposal import Proposal, ProposalStatus, Reason
from core.domain.run import Run, Tally
from core.errors import NotFound, Stale
from storage.unit_of_work import SqlTransactions, SqlUnitOfWork
from tests.storage.making import (
    NOON,
    a_note,
    a_project,
    a_proposal,
    a_run,
    a_subject,
    evidence,
    key,
    minutes,
    new_id,
    settled,
    stored_project,
)


async def _add(tx: SqlUnitOfWork, *proposals: Proposal) -> None:
    for proposal in proposals:
        await tx.proposals.add(proposal)


async def _settle(tx: SqlUnitOfWork, proposal: Proposal, status: ProposalStatus, **fields: Any) -> Proposal:
    return await tx.proposals.save(settled(proposal, status, **fields))


def _numbers(proposals: list[Proposal]) -> list[int]:
    return [proposal.number for proposal in proposals]


async def test_a_proposal_comes_back_with_all_it_rests_on(
    transactions: SqlTransactions,
) -> None:
    project = await stored_project(transactions)
    proposal = a_proposal(project, evidence=evidence(2, 1, 2), sources=(new_id(), new_id()))
    async with transactions() as tx:
        await _add(tx, proposal)
    async with transactions.reading() as tx:
        assert await tx.proposals.get(proposal.id) == proposal
        assert await tx.proposals.find_by_number(project.id, 1) == proposal
        assert await tx.proposals.find_by_number(project.id, 2) is None
        with pytest.raises(NotFound):
            await tx.proposals.get(new_id())


async def test_ids_are_listed_in_the_order_asked(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    one, other = a_proposal(project, 1), a_proposal(project, 2)
    async with transactions() as tx:
        await _add(tx, one, other)
        assert await tx.proposals.list_ids([other.id, new_id(), one.id, other.id]) == [other, one]


async def test_a_decision_is_kept_and_an_older_one_is_stale(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    proposal = a_proposal(project, evidence=evidence(1), sources=(new_id(),))
    async with transactions() as tx:
        await _add(tx, proposal)
        saved = await _settle(tx, proposal, ProposalStatus.REJECTED, reason=Reason.TOO_VAGUE, note="why")
        assert saved.revision == 1
        with pytest.raises(Stale):
            await _settle(tx, proposal, ProposalStatus.APPROVED)
    async with transactions.reading() as tx:
        assert await tx.proposals.get(proposal.id) == saved


@pytest.mark.parametrize("is_read_first", [True, False], ids=["read in this transaction", "read before"])
async def test_evidence_and_sources_are_saved_when_they_changed(
    transactions: SqlTransactions, *, is_read_first: bool
) -> None:
    project = await stored_project(transactions)
    proposal = a_proposal(project, evidence=evidence(1, 2), sources=(new_id(),))
    changed = replace(proposal.rested_on(evidence(2)), sources=(new_id(), new_id()))
    async with transactions() as tx:
        await _add(tx, proposal)
    async with transactions() as tx:
        if is_read_first:
            await tx.proposals.get(proposal.id)
        saved = await tx.proposals.save(changed)
        again = await tx.proposals.save(replace(saved, reasoning="more"))
    async with transactions.reading() as tx:
        assert await tx.proposals.get(proposal.id) == again


async def _run_of(transactions: SqlTransactions) -> Run:
    project = await stored_project(transactions)
    run = a_run(project)
    async with transactions() as tx:
        await tx.runs.add(run)
    return run


async def test_a_tally_counts_each_status_of_the_run(transactions: SqlTransactions) -> None:
    run = await _run_of(transactions)
    project = a_project(id=run.project_id)
    async with transactions() as tx:
        proposals = [a_proposal(project, number, run_id=run.id) for number in range(1, 8)]
        await _add(tx, *proposals, a_proposal(project, 9))
        settling = [status for status in ProposalStatus if status is not ProposalStatus.PENDING]
        for proposal, status in zip(proposals, settling, strict=False):
            await _settle(tx, proposal, status)
        expected = Tally(pending=2, approved=1, rejected=1, merged=1, replaced=1, expired=1)
        assert await tx.proposals.tally(run.id) == expected
        assert await tx.proposals.tally(new_id()) == Tally()


async def test_a_run_lists_its_proposals_by_number(transactions: SqlTransactions) -> None:
    run = await _run_of(transactions)
    project = a_project(id=run.project_id)
    async with transactions() as tx:
        proposals = [a_proposal(project, number, run_id=run.id) for number in (3, 1, 2)]
        await _add(tx, *proposals, a_proposal(project, 9))
        await _settle(tx, proposals[0], ProposalStatus.REJECTED)
        assert _numbers(await tx.proposals.list_of_run(run.id)) == [1, 2, 3]
        rejected = await tx.proposals.list_of_run(run.id, status=ProposalStatus.REJECTED)
        assert _numbers(rejected) == [3]


async def test_pending_are_listed_by_kind_and_wakefulness(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    task = a_proposal(project, 3)
    note = a_proposal(project, 2, content=a_note(), snoozed_until=NOON)
    subject = a_proposal(project, 1, content=a_subject(), snoozed_until=NOON + minutes(5))
    async with transactions() as tx:
        other = a_project()
        await tx.projects.add(other)
        done = a_proposal(project, 4)
        await _add(tx, task, note, subject, done, a_proposal(other, 1))
        await _settle(tx, done, ProposalStatus.EXPIRED)
        listed = tx.proposals.list_pending
        assert _numbers(await listed(project.id)) == [1, 2, 3]
        knowledge = frozenset({Kind.ATOM, Kind.TOPIC})
        assert _numbers(await listed(project.id, kinds=knowledge)) == [1, 2]
        assert _numbers(await listed(project.id, awake_at=NOON)) == [2, 3]
        assert await listed(project.id, kinds=frozenset()) == []
        assert await tx.proposals.count_pending(project.id, kinds=knowledge) == 2


async def test_the_carried_do_not_count_against_their_run(transactions: SqlTransactions) -> None:
    run = await _run_of(transactions)
    project = a_project(id=run.project_id)
    async with transactions() as tx:
        await _add(
            tx,
            a_proposal(project, 1, run_id=run.id),
            a_proposal(project, 2, run_id=run.id).carried(NOON),
            a_proposal(project, 3),
        )
        assert await tx.proposals.count_pending(project.id) == 3
        assert await tx.proposals.count_pending(project.id, uncarried_run=run.id) == 1


async def test_settled_are_listed_latest_decision_first(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    async with transactions() as tx:
        for number in (1, 2, 3):
            proposal = a_proposal(project, number, content=a_note() if number == 3 else a_subject())
            await _add(tx, proposal)
            await _settle(tx, proposal, ProposalStatus.REJECTED, at=NOON + minutes(number))
        listed = tx.proposals.list_settled
        since = NOON + minutes(2)
        assert _numbers(await listed(project.id, ProposalStatus.REJECTED, since)) == [3, 2]
        only_notes = frozenset({Kind.ATOM})
        assert _numbers(await listed(project.id, ProposalStatus.REJECTED, NOON, only_notes)) == [3]
        assert await listed(project.id, ProposalStatus.APPROVED, NOON) == []


async def test_the_last_act_is_the_persons_latest_not_undone(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    first, last, undone = new_id(), new_id(), new_id()
    async with transactions() as tx:
        for number, act in enumerate((first, last, last, undone), start=1):
            proposal = a_proposal(project, number)
            await _add(tx, proposal)
            at = NOON + minutes(number)
            saved = await _settle(tx, proposal, ProposalStatus.REJECTED, at=at, act_id=act)
            if act == undone:
                await tx.proposals.save(saved.undone(at, minutes(10)))
        assert _numbers(await tx.proposals.list_act(last)) == [2, 3]
        assert await tx.proposals.list_act(undone) == []
        assert await tx.proposals.last_act(PersonId(1), NOON) == last
        assert await tx.proposals.last_act(PersonId(1), NOON + minutes(4)) is None
        assert await tx.proposals.last_act(PersonId(2), NOON) is None


async def test_only_people_decide(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    async with transactions() as tx:
        assert await tx.proposals.last_decision_at(project.id) is None
        for number, by_id in ((1, PersonId(1)), (2, None)):
            proposal = a_proposal(project, number)
            await _add(tx, proposal)
            at = NOON + minutes(number)
            await _settle(tx, proposal, ProposalStatus.EXPIRED, at=at, by_id=by_id)
        assert await tx.proposals.last_decision_at(project.id) == NOON + minutes(1)


async def test_pending_proposals_are_found_by_a_message_they_rest_on(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    async with transactions() as tx:
        gone = a_proposal(project, 3, evidence=evidence(1))
        await _add(
            tx,
            a_proposal(project, 2, evidence=evidence(1, 2)),
            a_proposal(project, 1, evidence=evidence(1, 1)),
            gone,
            a_proposal(project, 4, evidence=evidence(2)),
        )
        await _settle(tx, gone, ProposalStatus.REJECTED)
        assert _numbers(await tx.proposals.resting_on(key(1))) == [1, 2]
        assert await tx.proposals.resting_on(key(1, chat_id=-5)) == []


async def test_proposals_are_found_by_the_atoms_they_stand_on(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    atoms = [new_id() for _ in range(3)]
    async with transactions() as tx:
        both = a_proposal(project, 2, sources=tuple(atoms[:2]))
        await _add(tx, both, a_proposal(project, 1, sources=(atoms[0],)), a_proposal(project, 3))
        await _settle(tx, both, ProposalStatus.APPROVED)
        assert _numbers(await tx.proposals.standing_on(atoms)) == [1, 2]
        assert _numbers(await tx.proposals.standing_on([atoms[1]])) == [2]
        assert await tx.proposals.standing_on([atoms[2]]) == []


async def test_merged_ones_are_found_by_their_target(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    target = Ref(Kind.TASK, new_id())
    async with transactions() as tx:
        for number, status in enumerate((ProposalStatus.MERGED, ProposalStatus.APPROVED), start=1):
            proposal = a_proposal(project, number)
            await _add(tx, proposal)
            await _settle(tx, proposal, status, result=target)
        assert _numbers(await tx.proposals.merged_into(target)) == [1]


async def test_the_snoozed_and_the_old_are_found_by_time(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    async with transactions() as tx:
        await _add(
            tx,
            a_proposal(project, 1, snoozed_until=NOON + minutes(2)),
            a_proposal(project, 2, snoozed_until=NOON + minutes(1), created_at=NOON - minutes(1)),
            a_proposal(project, 3, created_at=NOON - minutes(2), content=a_note()),
        )
        assert _numbers(await tx.proposals.list_snoozed(NOON + minutes(1))) == [2]
        assert _numbers(await tx.proposals.list_snoozed(NOON + minutes(2))) == [2, 1]
        every = frozenset({Kind.TASK, Kind.ATOM})
        assert _numbers(await tx.proposals.list_created_before(NOON, every)) == [3, 2]
        assert _numbers(await tx.proposals.list_created_before(NOON, frozenset({Kind.TASK}))) == [2]


async def test_a_list_longer_than_one_query_holds_is_whole(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    async with transactions() as tx:
        for number in range(1, 1203):
            await tx.proposals.add(a_proposal(project, number, evidence=evidence(number)))
        listed = await tx.proposals.list_pending(project.id)
    assert [proposal.evidence for proposal in listed] == [evidence(number) for number in range(1, 1203)]
