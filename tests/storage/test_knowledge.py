"""Topics and atoms, and where their references lead."""

from dataclasses import replace

import pytest

from core.domain.ids import Kind, Ref
from core.domain.knowledge import Link, LinkType
from core.domain.person import Project
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.run import Window
from core.errors import NotFound, Stale
from storage.unit_of_work import SqlTransactions, SqlUnitOfWork
from tests.storage.making import (
    NOON,
    a_proposal,
    a_subject,
    a_topic,
    an_atom,
    evidence,
    minutes,
    new_id,
    of,
    settled,
    stored_project,
)


async def _subject(tx: SqlUnitOfWork, project: Project, number: int = 1) -> Proposal:
    proposal = a_proposal(project, number, content=a_subject())
    await tx.proposals.add(proposal)
    return proposal


async def test_topics_are_kept_listed_and_removed(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    one, other = a_topic(project, 2), a_topic(project, 1, proposal_id=new_id())
    async with transactions() as tx:
        await tx.knowledge.add_topic(one)
        await tx.knowledge.add_topic(other)
        assert await tx.knowledge.list_topics(project.id) == [other, one]
        await tx.knowledge.remove_topic(one.id)
        assert await tx.knowledge.get_topic(other.id) == other
        with pytest.raises(NotFound):
            await tx.knowledge.get_topic(one.id)


async def test_an_atom_comes_back_whole_and_is_swapped_by_revision(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    link = Link(LinkType.SOLVES, Ref(Kind.ATOM, new_id()))
    atom = an_atom(project, evidence=evidence(1, 2), links=(link,), topic=Ref(Kind.TOPIC, new_id()))
    async with transactions() as tx:
        await tx.knowledge.add_atom(atom)
        assert await tx.knowledge.get_atom(atom.id) == atom
        saved = await tx.knowledge.save_atom(replace(atom.superseded(NOON), evidence=evidence(3)))
        assert await tx.knowledge.get_atom(atom.id) == saved
        with pytest.raises(Stale):
            await tx.knowledge.save_atom(atom)
        await tx.knowledge.remove_atom(atom.id)
        with pytest.raises(NotFound):
            await tx.knowledge.get_atom(atom.id)
        with pytest.raises(NotFound):
            await tx.knowledge.save_atom(saved)


async def test_atoms_come_oldest_first_in_force_and_in_window(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    atoms = [an_atom(project, number) for number in (3, 1, 2)]
    async with transactions() as tx:
        for atom in atoms:
            await tx.knowledge.add_atom(atom)
        await tx.knowledge.save_atom(atoms[1].superseded(NOON))
        window = Window(NOON + minutes(1), NOON + minutes(3))
        listed = tx.knowledge.list_atoms
        assert [one.number for one in await listed(project.id)] == [2, 3]
        assert [one.number for one in await listed(project.id, only_in_force=False)] == [1, 2, 3]
        in_window = await listed(project.id, only_in_force=False, created=window)
        assert [one.number for one in in_window] == [1, 2]


async def test_an_atom_is_studied_once_until_it_changes(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    atom, other = an_atom(project, 1), an_atom(project, 2)
    async with transactions() as tx:
        await tx.knowledge.add_atom(atom)
        await tx.knowledge.add_atom(other)
        assert await tx.knowledge.list_unstudied(project.id) == [atom, other]
        await tx.knowledge.mark_studied({atom.id: 1, other.id: 1})
        await tx.knowledge.mark_studied({})
        assert await tx.knowledge.count_unstudied(project.id) == 0
        await tx.knowledge.save_atom(atom.superseded(NOON + minutes(30)))
        await tx.knowledge.mark_studied({atom.id: 1})
        assert [one.id for one in await tx.knowledge.list_unstudied(project.id)] == [atom.id]
        later = Window(NOON + minutes(20), NOON + minutes(40))
        earlier = Window(NOON - minutes(20), NOON)
        assert len(await tx.knowledge.list_unstudied(project.id, later)) == 1
        assert await tx.knowledge.list_unstudied(project.id, earlier) == []


async def test_a_save_does_not_take_back_what_was_studied_meanwhile(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    atom = an_atom(project)
    async with transactions() as tx:
        await tx.knowledge.add_atom(atom)
        read = await tx.knowledge.get_atom(atom.id)
        await tx.knowledge.mark_studied({atom.id: 1})
        await tx.knowledge.save_atom(replace(read, title="Other"))
        assert await tx.knowledge.count_unstudied(project.id) == 0


@pytest.mark.parametrize(
    ("status", "leads"),
    [
        (ProposalStatus.APPROVED, True),
        (ProposalStatus.MERGED, True),
        (ProposalStatus.REJECTED, False),
        (ProposalStatus.EXPIRED, False),
        (ProposalStatus.REPLACED, False),
    ],
)
async def test_a_reference_follows_the_draft_it_names_and_back(
    transactions: SqlTransactions, status: ProposalStatus, *, leads: bool
) -> None:
    project = await stored_project(transactions)
    item = Ref(Kind.TOPIC, new_id())
    async with transactions() as tx:
        subject = await _subject(tx, project)
        atom = an_atom(project, topic=of(subject), links=(Link(LinkType.SOLVES, of(subject)),))
        await tx.knowledge.add_atom(atom)
        assert await tx.knowledge.get_atom(atom.id) == atom
        saved = await tx.proposals.save(settled(subject, status, item if leads else None))
        followed = await tx.knowledge.get_atom(atom.id)
        assert followed.topic == (item if leads else None)
        assert followed.links == ((Link(LinkType.SOLVES, item),) if leads else ())
        await tx.proposals.save(saved.undone(NOON, minutes(10)))
        assert await tx.knowledge.get_atom(atom.id) == atom


async def test_a_reference_follows_a_chain_of_merges_to_its_end(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    item = Ref(Kind.TOPIC, new_id())
    async with transactions() as tx:
        first, second, third = [await _subject(tx, project, number) for number in (1, 2, 3)]
        atom = an_atom(project, topic=of(first))
        await tx.knowledge.add_atom(atom)
        await tx.proposals.save(settled(first, ProposalStatus.MERGED, of(second)))
        await tx.proposals.save(settled(second, ProposalStatus.MERGED, of(third)))
        assert (await tx.knowledge.get_atom(atom.id)).topic == of(third)
        await tx.proposals.save(settled(third, ProposalStatus.APPROVED, item))
        assert (await tx.knowledge.get_atom(atom.id)).topic == item


async def test_a_ring_of_merges_leads_nowhere(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    async with transactions() as tx:
        first, second = [await _subject(tx, project, number) for number in (1, 2)]
        atom = an_atom(project, topic=of(first))
        await tx.knowledge.add_atom(atom)
        await tx.proposals.save(settled(first, ProposalStatus.MERGED, of(second)))
        await tx.proposals.save(settled(second, ProposalStatus.MERGED, of(first)))
        assert (await tx.knowledge.get_atom(atom.id)).topic is None


async def test_a_reference_to_nothing_known_is_dropped(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    atom = an_atom(project, topic=Ref(Kind.PROPOSAL, new_id()))
    async with transactions() as tx:
        await tx.knowledge.add_atom(atom)
        assert (await tx.knowledge.get_atom(atom.id)).topic is None


async def test_saving_a_followed_reference_leaves_it_to_undo(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    item = Ref(Kind.TOPIC, new_id())
    async with transactions() as tx:
        subject = await _subject(tx, project)
        atom = an_atom(project, topic=of(subject), links=(Link(LinkType.SOLVES, of(subject)),))
        await tx.knowledge.add_atom(atom)
        approved = await tx.proposals.save(settled(subject, ProposalStatus.APPROVED, item))
        read = await tx.knowledge.get_atom(atom.id)
        saved = await tx.knowledge.save_atom(replace(read, title="Other"))
        assert saved.topic == item
        await tx.proposals.save(approved.undone(NOON, minutes(10)))
        assert (await tx.knowledge.get_atom(atom.id)).topic == of(subject)
        assert (await tx.knowledge.get_atom(atom.id)).links == atom.links


async def test_a_new_topic_given_by_hand_is_saved(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    other = Ref(Kind.TOPIC, new_id())
    async with transactions() as tx:
        atom = an_atom(project, topic=of(await _subject(tx, project)))
        await tx.knowledge.add_atom(atom)
        await tx.knowledge.save_atom(replace(atom, topic=other))
        assert (await tx.knowledge.get_atom(atom.id)).topic == other


async def test_a_topic_holds_the_atoms_that_lead_to_it(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    topic, empty = a_topic(project, 1), a_topic(project, 2)
    async with transactions() as tx:
        approved, pending = [await _subject(tx, project, number) for number in (1, 2)]
        await tx.knowledge.add_topic(topic)
        await tx.knowledge.add_topic(empty)
        await tx.proposals.save(settled(approved, ProposalStatus.APPROVED, of(topic)))
        topics = (of(topic), of(approved), of(pending), None)
        for number, given in enumerate(topics, start=1):
            await tx.knowledge.add_atom(an_atom(project, number, topic=given))
        assert await tx.knowledge.count_atoms(project.id) == {topic.id: 2}
