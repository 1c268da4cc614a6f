"""`/agents`: which agents there are, and who makes the runs of a project's stage."""

from dataclasses import dataclass
from uuid import UUID

from core.domain.agent import RULES, Agent, is_agent_name
from core.domain.experiment import MOST_SHARING, Assignment
from core.domain.person import Actor
from core.domain.run import Stage
from core.errors import BadConfig
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock
from core.services.access.rights import ensure_owner
from core.services.agents.choosing import CONFIGURED, Choosing
from core.services.showing.placing import Placing

_TAKEN = frozenset({RULES.name, CONFIGURED})
"""Names whose agents the program and the configuration describe."""


@dataclass(frozen=True)
class StaffService:
    """Agents as people see and assign them."""

    transactions: Transactions
    clock: Clock
    placing: Placing
    choosing: Choosing

    async def list_all(self) -> list[Agent]:
        """The newest version of each, the rules first."""
        async with self.transactions.reading() as tx:
            return await self.choosing.list_all(tx)

    async def put(self, agent: Agent) -> Agent:
        """Store a new agent, or the next version of a known one; one that is alike stays as it is.

        Raises BadConfig for a name that cannot be used, Stale when somebody else did the same.
        """
        where = f"agent {agent.name}"
        if not is_agent_name(agent.name):
            mend = "use small letters, digits and hyphens, a letter first, 32 at most"
            raise BadConfig(where, "it cannot be called so", mend)
        if agent.name in _TAKEN:
            raise BadConfig(where, "that name is the program's own", "choose another name")
        async with self.transactions() as tx:
            known = await tx.agents.find(agent.name)
            if known is not None and known.is_like(agent):
                return known
            version = 1 if known is None else known.version + 1
            stored = agent.as_version(version, self.clock.now())
            await tx.agents.add(stored)
            return stored

    async def toggle(self, project_id: UUID, stage: Stage, name: str, actor: Actor) -> tuple[str, ...]:
        """Let an agent make a stage's runs, or no longer; return who makes them from now on.

        A second one shares them, a third takes the second's place, the last one stays. Counting begins
        anew. Raises NotOwner, NotFound.
        """
        async with self.transactions() as tx:
            project = await ensure_owner(tx, project_id, actor)
            await self.choosing.get(tx, name)
            present = await self.choosing.assigned(tx, project.id, stage)
            agents = _toggled(present, name)
            if agents != present:
                await self._assign(tx, Assignment(project.id, stage, agents, self.clock.now()))
            return agents

    async def _assign(self, tx: UnitOfWork, assignment: Assignment) -> None:
        await tx.agents.assign(assignment)
        await self.placing.touch(tx, assignment.project_id)


def _toggled(present: tuple[str, ...], name: str) -> tuple[str, ...]:
    if name not in present:
        return (*present[: MOST_SHARING - 1], name)
    return tuple(one for one in present if one != name) or present
