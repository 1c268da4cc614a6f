"""Whose turn it is: the agent that makes the next run of a project's stage."""

from dataclasses import dataclass
from uuid import UUID

from core.domain.agent import BUILT_IN, RULES, Agent
from core.domain.models import without_password
from core.domain.person import Project
from core.domain.run import Snapshot, Stage
from core.errors import NotFound
from core.ports.unit_of_work import UnitOfWork
from core.ports.world import Clock
from core.settings import AnalysisSettings, LlmSettings

CONFIGURED = "llm"
"""The agent `config.toml` describes; where `[llm]` changed since, it is the next version."""


@dataclass(frozen=True)
class Bounds:
    """What is read and how it is put together; see `[analysis]`."""

    min_length: int
    batch_messages: int
    gap_minutes: int


def bounds_of(agent: Agent, settings: AnalysisSettings) -> Bounds:
    """The agent's own bounds, else the configuration's."""
    own = (agent.min_length, agent.batch_messages, agent.gap_minutes)
    default = (settings.min_length, settings.batch_messages, settings.gap_minutes)
    return Bounds(*(one if one is not None else other for one, other in zip(own, default, strict=True)))


def bounds_in(snapshot: Snapshot, settings: AnalysisSettings) -> Bounds:
    """The bounds a run was made with."""
    kept = {name: snapshot.settings.get(f"analysis.{name}") for name in vars(bounds_of(RULES, settings))}
    default = vars(bounds_of(RULES, settings))
    return Bounds(**{name: default[name] if one is None else int(one) for name, one in kept.items()})


@dataclass(frozen=True)
class Choosing:
    """Chooses by the project's assignment, else by the configuration."""

    clock: Clock
    settings: LlmSettings

    async def choose(self, tx: UnitOfWork, project_id: UUID, stage: Stage) -> Agent:
        """The agent of the next run; two that share the runs take turns."""
        assignment = await tx.agents.assignment(project_id, stage)
        if assignment is None:
            return await self.configured(tx)
        made = await tx.agents.count_runs(assignment) if assignment.is_experiment else {}
        return await self.get(tx, assignment.next_of(made))

    async def assigned(self, tx: UnitOfWork, project_id: UUID, stage: Stage) -> tuple[str, ...]:
        """The names of who makes a stage's runs: one, or two that share them."""
        assignment = await tx.agents.assignment(project_id, stage)
        return assignment.agents if assignment else ((await self.configured(tx)).name,)

    async def get(self, tx: UnitOfWork, name: str) -> Agent:
        """The newest version of an agent; raises NotFound."""
        if name == RULES.name:
            return RULES
        found = await self.configured(tx) if name == CONFIGURED else await tx.agents.find(name)
        if found is None or found.name != name:
            raise NotFound("agent", name)
        return found

    async def configured(self, tx: UnitOfWork) -> Agent:
        """The agent the configuration names: the rules, or `llm` in the version that is like it."""
        if self.settings.analyst == RULES.name:
            return RULES
        known = await tx.agents.find(CONFIGURED)
        now = self.clock.now()
        wanted = Agent(
            CONFIGURED,
            self.settings.model,
            base_url=without_password(self.settings.base_url),
            fallback=self.settings.fallback,
            temperature=self.settings.temperature,
            created_at=now,
        )
        if known is None or known.is_like(wanted):
            return known or wanted
        return wanted.as_version(known.version + 1, now)

    async def models(self, tx: UnitOfWork, project: Project | None) -> str:
        """The names of the models that read a project, or any project; "built-in" for none."""
        projects = await tx.projects.list_all() if project is None else [project]
        names = {
            name for one in projects for stage in Stage for name in await self.assigned(tx, one.id, stage)
        }
        agents = [await self.get(tx, name) for name in sorted(names)] or [await self.configured(tx)]
        away = sorted({one.model for one in agents if not one.is_built_in})
        return ", ".join(away) or BUILT_IN

    async def keep(self, tx: UnitOfWork, agent: Agent) -> None:
        """Store the configuration's agent with the first run it makes, so that its versions stay apart."""
        if agent.name == CONFIGURED and await tx.agents.find(agent.name, agent.version) is None:
            await tx.agents.add(agent)

    async def list_all(self, tx: UnitOfWork) -> list[Agent]:
        """Every agent that can be assigned, the rules first, then the configuration's, then by name."""
        configured = await self.configured(tx)
        stored = [one for one in await tx.agents.list_newest() if one.name != CONFIGURED]
        return [RULES, *([] if configured.is_built_in else [configured]), *stored]
