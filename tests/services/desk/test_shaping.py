"""Splitting, promoting, moving, un-merging: what takes a proposal's place, and the one undo."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from core.domain.evidence import Evidence
from core.domain.ids import Kind, PersonId, Ref
from core.domain.knowledge import AtomDraft, AtomType, Link, LinkType
from core.domain.person import Role
from core.domain.proposal import Proposal, ProposalStatus, Source
from core.domain.run import RunStatus, Stage
from core.domain.showing.view import ProposalCard, SessionCard
from core.domain.splitting import parts_in, split
from core.domain.task import Category, Priority, TaskDraft
from core.errors import NotReviewer, OldPress, UndoBlocked, WordsGone, WrongStep
from core.services.desk.sessions import OnCard
from tests import builders
from tests.builders import (
    PROJECT,
    a_message,
    a_note_draft,
    a_project,
    a_quote,
    a_run,
    a_task_draft,
    an_actor,
)  # fmt: skip
from tests.databases import BOTH
from tests.house import DIRECT, REVIEWER, House

DATABASES = BOTH
FIRST = 50
"""Numbers from here on are not given out in a test."""
STEPS = ("Mend the button", "Mend the logo")
OTHER = UUID(int=77)


def a_proposal(number: int = FIRST, **more: Any) -> Proposal:
    return builders.a_proposal(number, **more)


def with_steps(**more: Any) -> Proposal:
    return a_proposal(content=a_task_draft(title="Login", sub_tasks=STEPS), **more)


def a_twin(**more: Any) -> Proposal:
    return a_proposal(FIRST + 1, content=a_task_draft(title="Twin", tags=("ios",)), **more)


async def pressed(
    house: House, proposal: Proposal, view: ProposalCard | SessionCard | None = None
) -> OnCard:
    async with house.transactions() as tx:
        if await tx.proposals.find_by_number(proposal.project_id, proposal.number) is None:
            await tx.proposals.add(proposal)
        card = view or ProposalCard(proposal.id)
        spot = await house.do.placing.show(tx, card, DIRECT, about={proposal.id})
    return OnCard(spot.id, proposal.press_version, REVIEWER)


async def get(house: House, id_: UUID) -> Proposal:
    async with house.transactions.reading() as tx:
        return await tx.proposals.get(id_)


async def approve(house: House, proposal: Proposal) -> Proposal:
    return (await house.do.review.approve(proposal.id, REVIEWER, proposal.press_version)).proposal


class TestParts:
    """What something could be split into."""

    @pytest.mark.parametrize(
        ("content", "parts"),
        [
            (a_task_draft(sub_tasks=STEPS), STEPS),
            (a_task_draft(description="Please:\n- mend one\n- mend two"), ("mend one", "mend two")),
            (a_task_draft(description="1. mend it\n2) ship it"), ("mend it", "ship it")),
            (a_task_draft(description="It is dead. It is gone!"), ("It is dead", "It is gone!")),
            (a_task_draft(title="It is dead. It is gone", description=""), ("It is dead", "It is gone")),
            (a_task_draft(description="One thing only"), ()),
            (a_task_draft(description="Ok. The button is dead"), ()),
            (a_note_draft(content="We ship soon. Max tells them."), ("We ship soon", "Max tells them")),
        ],
    )  # fmt: skip
    def test_steps_then_list_items_then_sentences(self, content: Any, parts: tuple[str, ...]) -> None:
        assert parts_in(a_proposal(content=content)) == parts

    def test_a_list_in_a_quoted_message_counts_too(self) -> None:
        said = a_message(1, "todo:\n- mend the button\n- mend the logo")
        proposal = a_proposal(content=a_task_draft(), evidence=Evidence((a_quote(said),)))
        assert parts_in(proposal) == ("mend the button", "mend the logo")

    def test_each_part_rests_on_the_quotes_that_say_it_else_on_all(self) -> None:
        one, two = a_message(1, "Mend the button please"), a_message(2, "and the colours")
        proposal = with_steps(evidence=Evidence((a_quote(one), a_quote(two))))
        first, second = split(proposal, frozenset())
        assert (first.evidence.quotes, second.evidence) == ((a_quote(one),), proposal.evidence)

    def test_parts_keep_priority_tags_and_owner_but_not_the_steps(self) -> None:
        (first, _) = split(with_steps(), frozenset())
        assert first.content == TaskDraft("Mend the button", priority=Priority.HIGH, category=Category.BUG)

    def test_parts_left_out_stay_together_under_the_old_title(self) -> None:
        steps = ("one thing", "two thing", "three")
        proposal = a_proposal(content=a_task_draft(title="Login", sub_tasks=steps))
        first, rest = split(proposal, frozenset({1, 2}))
        assert isinstance(first.content, TaskDraft)
        assert isinstance(rest.content, TaskDraft)
        assert (first.content.title, rest.content.title) == ("one thing", "Login")
        assert rest.content.sub_tasks == steps[1:]

    def test_only_one_part_takes_the_place_of_what_a_decision_contradicts(self) -> None:
        link = Link(LinkType.CONTRADICTS, Ref(Kind.ATOM, UUID(int=3)))
        note = AtomDraft(
            AtomType.DECISION, "Ship", "We ship on Thursday. Max tells the client.", links=(link,)
        )
        first, second = split(a_proposal(content=note), frozenset())
        assert isinstance(first.content, AtomDraft)
        assert isinstance(second.content, AtomDraft)
        assert (first.content.superseded, second.content.superseded) == ((link.target,), ())


class TestSplit:
    """Parts in the place of the whole."""

    async def test_parts_wait_in_its_place_and_one_undo_puts_the_whole_back(self, house: House) -> None:
        whole = with_steps()
        parts = await house.do.shaping.split(await pressed(house, whole))
        assert [(one.name, one.title) for one in parts] == [("P-1", STEPS[0]), ("P-2", STEPS[1])]
        given_up = await get(house, whole.id)
        assert given_up.status is ProposalStatus.REPLACED
        assert given_up.review is not None
        assert given_up.review.result == Ref(Kind.PROPOSAL, parts[0].id)
        undone = await house.do.review.undo(whole.id, REVIEWER)
        assert [one.id for one in undone.proposals] == [whole.id]
        assert (await get(house, whole.id)).status is ProposalStatus.PENDING
        assert {(await get(house, one.id)).status for one in parts} == {ProposalStatus.REPLACED}

    async def test_undo_is_refused_naming_the_part_somebody_decided_on(self, house: House) -> None:
        whole = with_steps()
        first, second = await house.do.shaping.split(await pressed(house, whole))
        await approve(house, second)
        with pytest.raises(UndoBlocked) as refused:
            await house.do.review.undo(whole.id, REVIEWER)
        assert refused.value.standing == ("P-2",)
        await house.do.review.undo(second.id, REVIEWER)
        await house.do.review.undo(whole.id, REVIEWER)
        assert (await get(house, first.id)).status is ProposalStatus.REPLACED

    async def test_it_can_be_split_again_after_an_undo(self, house: House) -> None:
        whole = with_steps()
        press = await pressed(house, whole)
        await house.do.shaping.split(press)
        await house.do.review.undo(whole.id, REVIEWER)
        parts = await house.do.shaping.split(press)
        await house.do.review.undo(whole.id, REVIEWER)
        assert {(await get(house, one.id)).status for one in parts} == {ProposalStatus.REPLACED}
        assert (await get(house, whole.id)).status is ProposalStatus.PENDING

    async def test_what_was_merged_into_it_follows_the_first_part(self, house: House) -> None:
        whole, twin = with_steps(), a_twin()
        async with house.transactions() as tx:
            await tx.proposals.add(twin)
        press = await pressed(house, whole)
        await house.do.review.merge(twin.id, Ref(Kind.PROPOSAL, whole.id), REVIEWER, twin.press_version)
        parts = await house.do.shaping.split(press)
        approved = await approve(house, parts[0])
        assert approved.review is not None
        assert approved.review.result is not None
        async with house.transactions.reading() as tx:
            task = await tx.tasks.get(approved.review.result.id)
        assert task.whole.tags == ("ios",)

    async def test_parts_belong_to_the_run_that_found_the_whole(self, house: House) -> None:
        run = a_run(stage=Stage.TASKS, status=RunStatus.COMPLETED)
        async with house.transactions() as tx:
            await tx.runs.add(run)
        parts = await house.do.shaping.split(await pressed(house, with_steps(run_id=run.id)))
        async with house.transactions.reading() as tx:
            tally = await tx.proposals.tally(run.id)
            assert (tally.pending, tally.replaced) == (2, 1)
        for part in parts:
            await approve(house, part)
        async with house.transactions.reading() as tx:
            assert (await tx.runs.get(run.id)).status is RunStatus.REVIEWED

    async def test_a_session_goes_on_with_the_first_part(self, house: House) -> None:
        whole = with_steps()
        press = await pressed(house, whole, SessionCard(PROJECT, at=whole.id))
        parts = await house.do.shaping.split(press)
        async with house.transactions.reading() as tx:
            view = (await tx.spots.get(press.spot_id)).view
        assert isinstance(view, SessionCard)
        assert view.at == parts[0].id

    async def test_what_says_one_thing_is_not_split(self, house: House) -> None:
        with pytest.raises(WrongStep):
            await house.do.shaping.split(await pressed(house, a_proposal()))

    async def test_only_reviewers_split_and_only_what_they_saw(self, house: House) -> None:
        press = await pressed(house, with_steps())
        with pytest.raises(NotReviewer):
            await house.do.shaping.split(replace(press, actor=an_actor()))
        with pytest.raises(OldPress):
            await house.do.shaping.split(replace(press, press_version=1))


class TestByHand:
    """Another kind, another project."""

    @pytest.mark.parametrize(
        ("type_", "category"),
        [
            (AtomType.QUESTION, Category.QUESTION),
            (AtomType.PROBLEM, Category.BUG),
            (AtomType.REQUIREMENT, Category.FEATURE),
            (AtomType.DECISION, Category.CHORE),
        ],
    )
    async def test_a_note_becomes_a_task_with_its_evidence(
        self, house: House, type_: AtomType, category: Category
    ) -> None:
        note = a_proposal(content=a_note_draft(type=type_))
        task = await house.do.shaping.promote(await pressed(house, note))
        assert task.content == TaskDraft("Login is dead", "Login is dead on iOS", category=category)
        assert (task.evidence, task.source, task.run_id) == (note.evidence, Source.MESSAGE, None)
        await house.do.review.undo(note.id, REVIEWER)
        assert (await get(house, task.id)).status is ProposalStatus.REPLACED

    async def test_a_task_is_no_note(self, house: House) -> None:
        with pytest.raises(WrongStep):
            await house.do.shaping.promote(await pressed(house, a_proposal()))

    async def test_a_task_moves_to_another_project_and_gets_a_number_there(self, house: House) -> None:
        async with house.transactions() as tx:
            await tx.projects.add(a_project(id=OTHER, name="Web"))
            await tx.people.set_role(OTHER, PersonId(1), Role.OWNER)
        task = a_proposal()
        moved = await house.do.shaping.move(await pressed(house, task), OTHER)
        assert (moved.project_id, moved.name, moved.title) == (OTHER, "P-1", task.title)
        await house.do.review.undo(task.id, REVIEWER)
        assert (await get(house, task.id)).status is ProposalStatus.PENDING

    async def test_it_moves_only_where_its_mover_decides(self, house: House) -> None:
        async with house.transactions() as tx:
            await tx.projects.add(a_project(id=OTHER, name="Web", has_named_reviewers=True))
        with pytest.raises(NotReviewer):
            await house.do.shaping.move(await pressed(house, a_proposal()), OTHER)


class TestUnmerge:
    """A merge is taken back at any time."""

    async def merged(self, house: House, **more: Any) -> tuple[Proposal, UUID]:
        target, twin = a_proposal(), a_twin(**more)
        async with house.transactions() as tx:
            await tx.proposals.add(target)
            await tx.proposals.add(twin)
        approved = await approve(house, target)
        assert approved.review is not None
        assert approved.review.result is not None
        task = approved.review.result
        await house.do.review.merge(twin.id, task, REVIEWER, twin.press_version)
        return twin, task.id

    async def test_what_it_gave_goes_and_it_waits_again_long_after_undo_is_over(self, house: House) -> None:
        twin, task_id = await self.merged(house)
        house.clock.move(days=40)
        back = await house.do.review.unmerge(twin.id, REVIEWER)
        assert back.status is ProposalStatus.PENDING
        async with house.transactions.reading() as tx:
            assert (await tx.tasks.get(task_id)).contributions == ()

    async def test_a_closed_run_gets_it_back_as_left_for_later(self, house: House) -> None:
        run = a_run(stage=Stage.TASKS, status=RunStatus.CLOSED)
        async with house.transactions() as tx:
            await tx.runs.add(run)
        twin, _ = await self.merged(house, run_id=run.id)
        assert (await house.do.review.unmerge(twin.id, REVIEWER)).carried_at == house.clock.now()

    async def test_only_a_merge_is_unmerged_and_only_by_reviewers(self, house: House) -> None:
        twin, _ = await self.merged(house)
        with pytest.raises(NotReviewer):
            await house.do.review.unmerge(twin.id, an_actor())
        await house.do.review.unmerge(twin.id, REVIEWER)
        with pytest.raises(WrongStep):
            await house.do.review.unmerge(twin.id, REVIEWER)

    async def test_there_is_nothing_to_decide_on_when_its_words_are_gone(self, house: House) -> None:
        twin, _ = await self.merged(house)
        async with house.transactions() as tx:
            merged = await tx.proposals.get(twin.id)
            await tx.proposals.save(replace(merged, evidence=Evidence()))
        with pytest.raises(WordsGone):
            await house.do.review.unmerge(twin.id, REVIEWER)
