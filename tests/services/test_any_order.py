"""Approve, reject, merge, undo, keep, close in any order: no sequence breaks a rule."""

import asyncio
import shutil
import tempfile
from collections import Counter
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from core.domain.ids import Kind, Ref
from core.domain.patch import Patch
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.run import OPEN, Run, RunStatus, Stage
from core.domain.showing.view import Bulk, NotesList, ProposalCard
from core.domain.task import Task, TaskStatus
from core.errors import Refusal
from core.services.desk.sessions import OnCard
from core.services.runs.closing import CloseMode
from storage.engine import open_engine
from storage.unit_of_work import SqlTransactions
from tests.builders import PROJECT
from tests.databases import fresh_database, migrated_database
from tests.fakes import FakeClock
from tests.house import DIRECT, REVIEWER, House
from tests.postgres import running_postgres

T = TypeVar("T")
PICK = st.integers(min_value=0, max_value=10**6)


class Desk(RuleBasedStateMachine):
    """One reviewer who presses anything at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="triagram-order-"))
        self.loop = asyncio.new_event_loop()
        self.database = open_engine(self.opened())
        clock = FakeClock()
        self.house = House(SqlTransactions(self.database, clock), clock)
        self.say_count = 0
        self.do(self.house.furnish())

    def opened(self) -> str:
        """The address of its database."""
        return fresh_database(migrated_database(), self.folder)

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def try_to(self, work: Coroutine[Any, Any, object]) -> None:
        """Refusals are answers; anything else is a failure."""
        try:
            self.do(work)
        except Refusal:
            return

    async def _proposals(self) -> list[Proposal]:
        """Those of runs, and those by hand that took their place."""
        async with self.house.transactions.reading() as tx:
            runs = await tx.runs.list_of(PROJECT, 1000)
            found = [one for run in runs for one in await tx.proposals.list_of_run(run.id)]
            by_hand = [
                new for one in found for new in await tx.proposals.list_from(one.id) if not new.run_id
            ]
            again = [part for one in by_hand for part in await tx.proposals.list_from(one.id)]
            return [*found, *by_hand, *again]

    async def _runs(self) -> list[Run]:
        async with self.house.transactions.reading() as tx:
            return await tx.runs.list_of(PROJECT, 1000)

    async def _tasks(self) -> list[Task]:
        async with self.house.transactions.reading() as tx:
            return await tx.tasks.list_of(PROJECT)

    def pick(self, number: int) -> Proposal | None:
        proposals = self.do(self._proposals())
        return proposals[number % len(proposals)] if proposals else None

    @initialize()
    def a_first_morning(self) -> None:
        self.talk(3)
        self.read()

    @rule(count=st.integers(min_value=1, max_value=4))
    def talk(self, count: int) -> None:
        texts = [f"thing {self.say_count + n} is broken" for n in range(count)]
        self.say_count += count
        self.do(self.house.say(*texts))

    @rule()
    def read(self) -> None:
        self.try_to(self.house.offer(Stage.KNOWLEDGE))
        self.do(self.house.work())

    @rule()
    def find_tasks(self) -> None:
        self.try_to(self.house.offer(Stage.TASKS))
        self.do(self.house.work())

    @rule(number=PICK, is_late=st.booleans())
    def approve(self, number: int, *, is_late: bool) -> None:
        if proposal := self.pick(number):
            version = proposal.press_version + (1 if is_late else 0)
            self.try_to(self.house.do.review.approve(proposal.id, REVIEWER, version))

    @rule(number=PICK)
    def reject(self, number: int) -> None:
        if proposal := self.pick(number):
            self.try_to(self.house.do.review.reject(proposal.id, REVIEWER, proposal.press_version))

    @rule(number=PICK, into=PICK, is_task=st.booleans())
    def merge(self, number: int, into: int, *, is_task: bool) -> None:
        proposal, other, tasks = self.pick(number), self.pick(into), self.do(self._tasks())
        if proposal is None or other is None or proposal.kind is not Kind.TASK:
            return
        target = Ref(Kind.PROPOSAL, other.id)
        if is_task and tasks:
            target = Ref(Kind.TASK, tasks[into % len(tasks)].id)
        elif other.kind is not Kind.TASK:
            return
        merging = self.house.do.review.merge(proposal.id, target, REVIEWER, proposal.press_version)
        self.try_to(merging)

    @rule(number=PICK)
    def undo(self, number: int) -> None:
        if proposal := self.pick(number):
            self.try_to(self.house.do.review.undo(proposal.id, REVIEWER))

    @rule(number=PICK)
    def unmerge(self, number: int) -> None:
        if proposal := self.pick(number):
            self.try_to(self.house.do.review.unmerge(proposal.id, REVIEWER))

    @rule(number=PICK, title=st.sampled_from(["one thing. another thing", "a title"]))
    def edit(self, number: int, title: str) -> None:
        if proposal := self.pick(number):
            changed = Patch(text=title).applied(proposal.content)
            self.try_to(self.house.do.review.edit(proposal.id, changed, REVIEWER, proposal.press_version))

    async def press_on(self, proposal: Proposal) -> OnCard:
        async with self.house.transactions() as tx:
            card = ProposalCard(proposal.id)
            spot = await self.house.do.placing.show(tx, card, DIRECT, about={proposal.id})
        return OnCard(spot.id, proposal.press_version, REVIEWER)

    @rule(number=PICK)
    def split(self, number: int) -> None:
        if proposal := self.pick(number):
            self.try_to(self.house.do.shaping.split(self.do(self.press_on(proposal))))

    @rule(number=PICK)
    def promote(self, number: int) -> None:
        if proposal := self.pick(number):
            self.try_to(self.house.do.shaping.promote(self.do(self.press_on(proposal))))

    @rule(bulk=st.sampled_from(Bulk))
    def settle_all(self, bulk: Bulk) -> None:
        pending = [one for one in self.do(self._proposals()) if one.status is ProposalStatus.PENDING]
        notes_and_tasks = [one.id for one in pending if one.kind is not Kind.TOPIC][:4]
        self.try_to(self.house.do.review.settle_all(notes_and_tasks, bulk, REVIEWER))

    @rule()
    def undo_last(self) -> None:
        self.try_to(self.house.do.review.undo_last(REVIEWER))

    @rule(find_tasks=st.booleans())
    def keep_the_list(self, *, find_tasks: bool) -> None:
        async def keep() -> None:
            async with self.house.transactions.reading() as tx:
                run = await tx.runs.find_last(PROJECT, Stage.KNOWLEDGE)
                spots = await tx.spots.list_about(run.id) if run else []
            for spot in spots:
                if isinstance(spot.view, NotesList):
                    await self.house.keep(spot.id, find_tasks=find_tasks)
                    return

        self.try_to(keep())
        self.do(self.house.work())

    @rule(number=PICK, mode=st.sampled_from(CloseMode))
    def close(self, number: int, mode: CloseMode) -> None:
        runs = self.do(self._runs())
        if runs:
            run = runs[number % len(runs)]
            self.try_to(self.house.do.runs.close(run.id, REVIEWER, mode))

    @rule(minutes=st.sampled_from([1, 5, 20, 60 * 24 * 20]))
    def time_passes(self, minutes: int) -> None:
        self.house.clock.move(minutes=minutes)
        self.do(self.house.do.runs.close_reviewed())
        self.do(self.house.do.review.expire_old())

    @rule(number=PICK)
    def somebody_works_on_a_task(self, number: int) -> None:
        async def move() -> None:
            async with self.house.transactions() as tx:
                tasks = await tx.tasks.list_of(PROJECT, statuses=frozenset({TaskStatus.OPEN}))
                if tasks:
                    await tx.tasks.save(tasks[number % len(tasks)].moved(TaskStatus.DONE))

        self.do(move())

    @invariant()
    def settled_means_reviewed_and_pending_means_not(self) -> None:
        for proposal in self.do(self._proposals()):
            assert (proposal.review is None) == (proposal.status is ProposalStatus.PENDING)

    @invariant()
    def every_approval_has_exactly_its_item_and_every_item_its_approval(self) -> None:
        async def made() -> Counter[object]:
            async with self.house.transactions.reading() as tx:
                atoms = await tx.knowledge.list_atoms(PROJECT, only_in_force=False)
                topics = await tx.knowledge.list_topics(PROJECT)
                tasks = await tx.tasks.list_of(PROJECT)
                return Counter(one.proposal_id for one in (*atoms, *topics, *tasks))

        approved = Counter(
            one.id for one in self.do(self._proposals()) if one.status is ProposalStatus.APPROVED
        )
        assert self.do(made()) == approved

    @invariant()
    def every_merge_gave_its_target_one_contribution(self) -> None:
        async def given() -> None:
            async with self.house.transactions.reading() as tx:
                for proposal in await self._proposals():
                    if proposal.status is not ProposalStatus.MERGED or proposal.review is None:
                        continue
                    assert proposal.review.result is not None
                    there = await tx.tasks.contributions_to(proposal.review.result)
                    assert [one.proposal_id for one in there].count(proposal.id) == 1

        self.do(given())

    @invariant()
    def what_took_anothers_place_waits_or_counts_only_while_that_is_given_up(self) -> None:
        proposals = {one.id: one for one in self.do(self._proposals())}
        for part in proposals.values():
            origin = proposals.get(part.origin_id) if part.origin_id else None
            if origin is not None and origin.status is not ProposalStatus.REPLACED:
                assert part.status is ProposalStatus.REPLACED, (part.name, part.status, origin.status)

    @invariant()
    def one_open_run_a_stage(self) -> None:
        held = Counter(run.stage for run in self.do(self._runs()) if run.status in OPEN)
        assert all(count == 1 for count in held.values())

    @invariant()
    def counts_are_those_of_the_rows_and_statuses_follow_them(self) -> None:
        async def check() -> None:
            async with self.house.transactions.reading() as tx:
                for run in await tx.runs.list_of(PROJECT, 1000):
                    rows = await tx.proposals.list_of_run(run.id)
                    tally = await tx.proposals.tally(run.id)
                    assert tally.total == len(rows)
                    assert run.status is not RunStatus.REVIEWED or tally.pending == 0
                    assert run.status is not RunStatus.COMPLETED or tally.pending > 0
                    loose = [r for r in rows if not r.carried_at and r.status.value == "pending"]
                    assert run.status is not RunStatus.CLOSED or not loose
                    assert (run.accuracy is not None) == (run.status is RunStatus.CLOSED)

        self.do(check())

    @precondition(lambda self: self.say_count > 0)
    @invariant()
    def no_message_is_read_twice(self) -> None:
        async def batches() -> Counter[object]:
            async with self.house.transactions.reading() as tx:
                runs = await tx.runs.list_of(PROJECT, 1000)
                all_ = [b for run in runs for b in await tx.runs.list_batches(run.id)]
                return Counter(key for batch in all_ for key in batch.messages)

        assert all(count == 1 for count in self.do(batches()).values())

    def teardown(self) -> None:
        self.do(self.database.dispose())
        self.loop.close()
        shutil.rmtree(self.folder)


migrated_database()  # outside of the machine's own loop

TestDesk = Desk.TestCase
TestDesk.settings = settings(
    max_examples=15,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


class PostgresDesk(Desk):
    """The same on PostgreSQL."""

    def opened(self) -> str:
        return running_postgres().fresh()

    def teardown(self) -> None:
        super().teardown()
        running_postgres().give_back(self.database.writer.engine.url.render_as_string(hide_password=False))


TestPostgresDesk = PostgresDesk.TestCase
TestPostgresDesk.settings = settings(TestDesk.settings, max_examples=4)
