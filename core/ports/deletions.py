"""What was deleted, kept where no backup brings it back to an earlier day."""

from typing import Protocol

from core.domain.deletion import Deletion


class Deletions(Protocol):
    """Grows only; lies outside of the database, beside it."""

    def note(self, deletion: Deletion) -> None:
        """Append one, on disk before this returns; called once its transaction has committed."""
        ...

    def list_all(self) -> list[Deletion]:
        """All of them, oldest first."""
        ...
