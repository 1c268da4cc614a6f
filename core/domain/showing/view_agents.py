"""Views of what a project's agents cost and made."""

from dataclasses import dataclass
from uuid import UUID

from core.domain.run import Stage


@dataclass(frozen=True)
class BudgetCard:
    """What a project's month may cost, and did."""

    project_id: UUID


@dataclass(frozen=True)
class EmbeddingCard:
    """How far everything is embedded anew, by the model that is now in use."""

    model: str


@dataclass(frozen=True)
class AgentsCard:
    """What each agent made of a project's runs; with a stage, who is to make that stage's next ones."""

    project_id: UUID
    stage: Stage | None = None
