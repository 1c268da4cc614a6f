"""What people say to a task: an answer to its card that changes nothing."""

from dataclasses import dataclass
from uuid import UUID

from core.domain.evidence import Evidence, Quote


@dataclass(frozen=True)
class Comment:
    """One answer to a task's card; the quote is all of it, and says where it was said."""

    id: UUID
    task_id: UUID
    quote: Quote

    @property
    def evidence(self) -> Evidence:
        """What it rests on: itself."""
        return Evidence((self.quote,))
