"""Agents, their assignments, and what each made."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from core.domain.agent import Agent, AgentKey
from core.domain.experiment import Assignment, Record
from core.domain.ids import Kind
from core.domain.proposal import ProposalStatus
from core.domain.run import RunStatus, Stage
from core.errors import Stale
from storage.mapping.agents import agent_columns, agent_of, assignment_columns, assignment_of
from storage.repositories.rows import Repository, all_rows, first_row, insert_checked, row_where, upsert
from storage.tables import AgentRow, AssignmentRow, MeasuredRow, ProposalRow, RunRow, table_of

_run, _proposal = table_of(RunRow), table_of(ProposalRow)


class SqlAgents(Repository):
    """Agents, each in all its versions, and their assignments."""

    async def find(self, name: str, version: int | None = None) -> Agent | None:
        """That version, the newest without one."""
        which = [col(AgentRow.name) == name]
        if version is not None:
            which.append(col(AgentRow.version) == version)
        newest = sa.select(AgentRow).where(*which).order_by(col(AgentRow.version).desc())
        row = await first_row(self.connection, newest)
        return None if row is None else agent_of(row)

    async def list_newest(self) -> list[Agent]:
        """The newest version of each, by name."""
        versions = sa.select(AgentRow).order_by(col(AgentRow.name), col(AgentRow.version))
        by_name = {row.name: row for row in await all_rows(self.connection, versions)}
        return [agent_of(row) for row in by_name.values()]

    async def add(self, agent: Agent) -> None:
        """Store a new version; raises Stale when it is there already."""
        try:
            await insert_checked(self.connection, AgentRow, agent_columns(agent))
        except IntegrityError as error:
            raise Stale("agent", agent.name) from error

    async def assignment(self, project_id: UUID, stage: Stage) -> Assignment | None:
        """Who makes the runs of a stage; None where nobody chose."""
        row = await row_where(self.connection, AssignmentRow, project_id=project_id, stage=stage.value)
        return None if row is None else assignment_of(row)

    async def assign(self, assignment: Assignment) -> None:
        """Put it in place of the one before."""
        await upsert(self.connection, AssignmentRow, assignment_columns(assignment))

    async def unassign(self, project_id: UUID, stage: Stage) -> None:
        """Leave the choice to the configuration again."""
        table = table_of(AssignmentRow)
        await self.connection.execute(
            sa.delete(table).where(table.c.project_id == project_id, table.c.stage == stage.value)
        )

    async def count_runs(self, assignment: Assignment) -> dict[str, int]:
        """How many runs each agent made since the assignment began, those called off left out."""
        counted = (
            sa.select(_run.c.agent, sa.func.count().label("runs"))
            .where(
                _run.c.project_id == assignment.project_id,
                _run.c.stage == assignment.stage.value,
                _run.c.created_at >= assignment.since,
                _run.c.status != RunStatus.CANCELLED.value,
            )
            .group_by(_run.c.agent)
        )
        return {row.agent: row.runs for row in (await self.connection.execute(counted)).all()}

    async def contexts(self) -> dict[str, int]:
        """Tokens read at once, by the model's place, as measured last."""
        rows = await all_rows(self.connection, sa.select(MeasuredRow))
        return {row.model: row.context_tokens for row in rows}

    async def put_context(self, place: str, tokens: int, at: datetime) -> None:
        """Keep what was measured, in place of what was before."""
        measured = {"model": place, "context_tokens": tokens, "measured_at": at}
        await upsert(self.connection, MeasuredRow, measured)

    async def list_records(self, project_id: UUID) -> list[Record]:
        """What each version of each agent made, by stage, name and version; only those that made a run."""
        runs = (await self.connection.execute(_RUNS, {"project": project_id})).all()
        made = (await self.connection.execute(_MADE, {"project": project_id})).all()
        counts = {(row.stage, row.agent, row.agent_version): row for row in made}
        return [_record(row, counts.get((row.stage, row.agent, row.agent_version))) for row in runs]


def _record(run: Any, made: Any | None) -> Record:
    return Record(
        agent=AgentKey(run.agent, run.agent_version),
        model=run.model,
        stage=Stage(run.stage),
        runs=run.runs,
        cost_usd=None if run.unknown else run.cost_usd,
        **({} if made is None else {name: getattr(made, name) for name in _COUNTED}),
    )


_KEY = (_run.c.stage, _run.c.agent, _run.c.agent_version)
_STARTED = _run.c.status.not_in([RunStatus.PENDING.value])
_RUNS = (
    sa.select(
        *_KEY,
        sa.func.max(_run.c.snapshot["model"].as_string()).label("model"),
        sa.func.count().label("runs"),
        sa.func.sum(sa.func.coalesce(_run.c.cost_usd, 0.0)).label("cost_usd"),
        sa.func.sum(sa.case((_run.c.cost_usd.is_(None), 1), else_=0)).label("unknown"),
    )
    .where(_run.c.project_id == sa.bindparam("project", type_=_run.c.project_id.type), _STARTED)
    .group_by(*_KEY)
    .order_by(*_KEY)
)


def _counting(status: ProposalStatus, *also: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((sa.and_(_proposal.c.status == status.value, *also), 1), else_=0))


_COUNTS: dict[str, sa.ColumnElement[int]] = {
    "approved": _counting(ProposalStatus.APPROVED),
    "edited": _counting(ProposalStatus.APPROVED, _proposal.c.was_edited.is_(True)),
    "rejected": _counting(ProposalStatus.REJECTED),
    "merged": _counting(ProposalStatus.MERGED),
    "pending": _counting(ProposalStatus.PENDING),
}
_COUNTED = tuple(_COUNTS)
_MADE = (
    sa.select(*_KEY, *(count.label(name) for name, count in _COUNTS.items()))
    .select_from(_run.join(_proposal, _proposal.c.run_id == _run.c.id))
    .where(
        _run.c.project_id == sa.bindparam("project", type_=_run.c.project_id.type),
        # A subject is decided on with its notes, not by itself.
        _proposal.c.kind != Kind.TOPIC.value,
    )
    .group_by(*_KEY)
)
