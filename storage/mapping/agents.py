"""Agents, assignments and charges."""

from core.domain.agent import Agent, Prompt
from core.domain.conversation import Usage
from core.domain.experiment import Assignment
from core.domain.money import Charge, Purpose
from core.domain.run import Stage
from storage.mapping.packing import Columns, packed, unpacked
from storage.tables import AgentRow, AssignmentRow, ChargeRow


def agent_of(row: AgentRow) -> Agent:
    """The agent of a row."""
    return Agent(
        name=row.name,
        model=row.model,
        version=row.version,
        base_url=row.base_url,
        fallback=row.fallback,
        prompts=tuple(unpacked(Prompt, one) for one in row.prompts),
        temperature=row.temperature,
        batch_messages=row.batch_messages,
        gap_minutes=row.gap_minutes,
        min_length=row.min_length,
        created_at=row.created_at,
    )


def agent_columns(agent: Agent) -> Columns:
    """The columns of an agent."""
    return {**vars(agent), "prompts": [packed(one) for one in agent.prompts]}


def assignment_of(row: AssignmentRow) -> Assignment:
    """The assignment of a row."""
    return Assignment(row.project_id, Stage(row.stage), tuple(row.agents), row.since)


def assignment_columns(assignment: Assignment) -> Columns:
    """The columns of an assignment."""
    return {
        "project_id": assignment.project_id,
        "stage": assignment.stage.value,
        "agents": list(assignment.agents),
        "since": assignment.since,
    }


def charge_of(row: ChargeRow) -> Charge:
    """The charge of a row."""
    return Charge(
        id=row.id,
        purpose=Purpose(row.purpose),
        agent=row.agent,
        agent_version=row.agent_version,
        model=row.model,
        at=row.at,
        usage=Usage(row.input_tokens, row.output_tokens, row.cost_usd),
        project_id=row.project_id,
        run_id=row.run_id,
        batch_id=row.batch_id,
        is_settled=row.is_settled,
    )


def charge_columns(charge: Charge) -> Columns:
    """The columns of a charge."""
    return {
        "id": charge.id,
        "purpose": charge.purpose.value,
        "agent": charge.agent,
        "agent_version": charge.agent_version,
        "model": charge.model,
        "at": charge.at,
        "input_tokens": charge.usage.input_tokens,
        "output_tokens": charge.usage.output_tokens,
        "cost_usd": charge.usage.cost_usd,
        "project_id": charge.project_id,
        "run_id": charge.run_id,
        "batch_id": charge.batch_id,
        "is_settled": charge.is_settled,
    }
