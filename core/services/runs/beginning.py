"""A run begins: in the open slot of its project and stage, with all that it is made with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from core.domain.agent import Agent
from core.domain.ids import Kind
from core.domain.person import Actor, Project
from core.domain.run import Run, RunStatus, Snapshot, Stage, Trigger, Window
from core.domain.showing.spot import Urgency
from core.errors import NothingToRead
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock, Ids, Lane, Wakeups
from core.services.agents.answering import Answering
from core.services.agents.choosing import Choosing, bounds_of
from core.services.runs.closing import CloseMode, Closing
from core.services.showing.placing import Placing
from core.settings import Settings

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""Where "from the oldest unread message" starts."""

MOMENT = timedelta(microseconds=1)
"""A window's end is exclusive; what happened this very moment still belongs to the run."""


ASKING = ("output", "context_tokens", "answer_tokens", "timeout_seconds", "retries")
"""What of `[llm]` shapes a request, beside the agent."""


@dataclass(frozen=True)
class Wish:
    """The run somebody or something wants."""

    project_id: UUID
    stage: Stage
    trigger: Trigger = Trigger.MANUAL
    window: Window | None = None
    uses_context: bool = True


@dataclass(frozen=True)
class Beginning:
    """Opens runs inside the caller's transaction."""

    transactions: Transactions
    clock: Clock
    ids: Ids
    wakeups: Wakeups
    answering: Answering
    choosing: Choosing
    closing: Closing
    placing: Placing
    settings: Settings

    async def free_slot(self, tx: UnitOfWork, wish: Wish) -> Run | None:
        """The run in the way; one that only waits for its undo window to pass is closed."""
        blocking = await tx.runs.find_open(wish.project_id, wish.stage)
        if blocking is not None and blocking.status is RunStatus.REVIEWED:
            await self.closing.close(tx, blocking, CloseMode.CARRY)
            return None
        return blocking

    async def has_work(self, tx: UnitOfWork, project_id: UUID, stage: Stage) -> bool:
        """Whether a stage has anything to read."""
        if stage is Stage.KNOWLEDGE:
            return await tx.messages.count_unread(project_id) > 0
        return await tx.knowledge.count_unstudied(project_id) > 0

    async def open(self, tx: UnitOfWork, wish: Wish, actor: Actor | None) -> Run:
        """A pending run in the open slot; the unique index refuses a second one (RunTaken)."""
        if not await self.has_work(tx, wish.project_id, wish.stage):
            raise NothingToRead(wish.stage)
        project = await tx.projects.get(wish.project_id)
        now = self.clock.now()
        agent = await self.choosing.choose(tx, project.id, wish.stage)
        await self.choosing.keep(tx, agent)
        run = Run(
            id=self.ids.new(),
            project_id=project.id,
            number=await tx.projects.next_number(project.id, Kind.RUN),
            stage=wish.stage,
            window=wish.window or Window(await self._oldest(tx, wish), now + MOMENT),
            trigger=wish.trigger,
            started_by=actor.name if actor else "",
            started_by_id=actor.person_id if actor else None,
            snapshot=self._snapshot(project, agent, wish),
            created_at=now,
        )
        await tx.runs.add(run)
        await self.wake_for(tx, run)
        return run

    async def _oldest(self, tx: UnitOfWork, wish: Wish) -> datetime:
        oldest = await tx.messages.oldest_unread(wish.project_id) if wish.stage is Stage.KNOWLEDGE else None
        return oldest or BEGINNING

    async def wake_for(self, tx: UnitOfWork, run: Run, batches: Sequence[UUID] = ()) -> None:
        """Show that it goes on, and wake the workers once that is committed."""
        await self.placing.touch(tx, run.id, run.project_id, urgency=Urgency.PROGRESS)
        self.transactions.after_commit(lambda: self.wakeups.wake(Lane.BATCHES, batches))

    def _snapshot(self, project: Project, agent: Agent, wish: Wish) -> Snapshot:
        """What the run is made with; raises BadConfig, NotLocal where the agent cannot answer."""
        analyst = self.answering.analyst_of(agent)
        sections = {
            "analysis": {**vars(self.settings.analysis), **vars(bounds_of(agent, self.settings.analysis))},
            "review": vars(self.settings.review),
        }
        if not agent.is_built_in:
            # The rest of it stands in the agent; an address may hold a password.
            sections["llm"] = {name: getattr(self.settings.llm, name) for name in ASKING}
        return Snapshot(
            agent=agent.name,
            agent_version=agent.version,
            model=agent.model,
            base_url=agent.base_url,
            fallback=agent.fallback,
            prompts=analyst.prompts,
            temperature=analyst.temperature,
            project_version=project.version,
            settings={
                f"{section}.{key}": value
                for section, part in sections.items()
                for key, value in part.items()
            },
            keywords=project.keywords,
            glossary=project.glossary,
            components=project.components,
            description=project.description,
            language=project.language,
            timezone=project.timezone,
            uses_context=wish.uses_context,
        )
